"""
What mails with a code speak of, in many languages: entering, the occasion for it, keeping it secret. Data only.

Stems: a word that begins so counts; a stem that ends in "." is a whole word, "_" is a blank. Writing without blanks
between words is searched as it stands.
"""

from __future__ import annotations

import re


def beginnings(stems: str, eastern: str = "") -> re.Pattern[str]:
    """Return a pattern for words that begin with one of *stems*, or for one of *eastern* anywhere."""
    parts = [
        re.escape(stem.replace("_", " ").removesuffix(".")) + (r"\b" if stem.endswith(".") else r"\w*")
        for stem in stems.split()
    ]
    anywhere = "".join(f"|{re.escape(word.replace('_', ' '))}" for word in eastern.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)}){anywhere}")


#: What one does with a code.
ENTER = beginnings(
    """
    enter. entering. type. typing. key_in. keying pop. input. paste. copy. use. using. confirm_with. punch_in.
    submit. fill_in. provide. gib. geben_sie gebt. eingeben eintipp tipp eintrag trag verwende benutz nutze
    bestätigen_sie_mit übertrag saisi entrez entre. tape. tapes. tapez utilis indiquez indique. recopi renseign
    reportez introdu ingres escrib teclea usa. usar. pon. inseri digit. digita. digite. insira informe. scriv
    utilizz vul. voer. typ. tik. toets gebruik. neem. wpis wprowad podaj użyj przepisz введ укажите впиш ввест впис
    ввод вказ використ ввес унеси въвед напиш girin gir. girerek girip yaz kullan ange. skriv. knapp. fyll_i
    indtast. brug. bruk. tast. syötä käytä kirjoita zadejte opište vložte použij zadajte ketik masukkan gunakan isi.
    εισ εισά πληκτρολογ χρησιμοποι írja. adja_meg üsse. használ unesi upiši vnesi uporabi įvesk ievad sisesta nhập
    dùng. ilagay i-type taip taste odpíš gamitin escriu weka ingiza tumia daxil sláðu sartu idatzi erabili vendos
    shkruaj përdor fut. skriv_inn skriv_in try. probier versuch essaie. essayez prueba prova. provate tenta. tente
    probeer spróbuj попробуй попробуйте спробуй пробвай dene. deneyin próbáld încearcă incearca testa. prøv. prøv
    kokeile zkus skús δοκίμασε probaj poskusi thử coba. jaribu wklep wstukaj вбей вбий
    """,
    """
    输入 輸入 使用 填写 填寫 填入 键入 鍵入 入力 입력 기입 أدخل ادخل إدخال استخدم اكتب وارد הזן הזינ הקלד הקליד הקיש
    กรอก ใส่ ป้อน दर्ज डालें लिखें შეიყვან մուտքագր লিখুন প্রবেশ உள்ளிட నమోదు درج प्रविष्ट ရိုက် បញ្ចូល ປ້ອນ ያስገቡ 填
    试试 試試 試して 써봐 넣어 جرب תנסה डालो ลอง
    """,
)
#: The same where the verb comes behind: Turkish, Japanese, Korean, Hindi, German and Dutch infinitives.
ENTER_BEHIND = beginnings(
    """
    girin gir. girerek girip yaz kullan eingeben einzugeben eintippen eintragen verwenden invoeren in_te_voeren pop.
    enter. type. tap.
    """,
    """
    入力 输入 輸入 입력 기입 दर्ज डालें وارد
    """,
)
#: What makes it the reader's own, or this one.
YOURS = beginnings(
    """
    your my this these that same sent came received got here new following below six four eight six-digit dein ihr.
    ihre. ihren. ihrem. euer eure dies folgende neuer. neue. neuen. sechsstellig vierstellig votre ton ce. cet.
    suivant nouveau nouvel tu. tus. su. este. nuevo siguiente tuo tua suo questo nuovo seguente seu. teu. sua. novo
    seguinte uw. je. jouw deze nieuwe volgende twój twoj tego ten. następujący nowy надісл прийш присл пришел пришёл
    пришл ваш вашего тво этот новый следующий цей новий наступний bu. şu. aşağıdaki yeni din. ditt. denna dette
    denne nya följande følgende sinun tämä uusi váš tento nový následující nasledujúci ön. következő új. σας вашият
    vaš naš ovaj jūsų teie anda tău. dvs dumneavoastră
    """,
)
#: Right before the word only: "the code", "een code"; "the branch code" is another thing.
ARTICLE = beginnings(
    """
    the. a. an. one. der. den. dem. die. das. ein. eine. einen. einem. le. un. une. el. il. o. de. een. az. ez. ο.
    τον. το. et. en.
    """,
)
#: What a code is called by what it is made of.
DIGITS = beginnings(
    """
    digits ziffer zahl chiffres dígitos cifre cijfers getal cyfr цифр rakam sayı siffror sifre číslic číslo čísla
    számjegy cifrele ψηφί numeroa αριθμ figures
    """,
    """
    数字 數字 桁の番号 숫자 자리_번호 الرقم الأرقام ספרות ตัวเลข عدد अंक
    """,
)
#: The same with letters; these are counted more often ("3000 characters") than entered.
CHARACTERS = beginnings(
    """
    characters zeichen caractères caracteres caratteri tekens znaki znaków znaky znakov символы символи karakter
    tecken tegn merkit χαρακτήρ
    """,
    """
    字元 字符 次の文字 문자
    """,
)
SECRET = beginnings(
    """
    pin. tan. key. clé. schlüssel chiave. llave. klucz ключ anahtar nyckel password. passwort kennwort contraseña
    clave. senha. hasło. wachtwoord парол şifre parola lösenord adgangskode passord heslo mot_de_passe
    """,
    """
    口令 密码 密碼 パスワード 비밀번호
    """,
)
#: A password that is good for once, or is a number, is a code.
PASSWORD = beginnings(
    """
    password passwd passphrase pass. passe. passwort kennwort wachtwoord contraseñ clave. claves senha hasł
    şifre parol парол
    lösenord adgangskod passord heslo heslem hesla jelsz salasan slaptažod parool lozink лозинк geslo gesla parolă
    mật mot_de_passe contraseny clé. chave siri tunnuslu hasłem пароля salasõna slaptaž
    """,
)
#: What a code is entered for.
OCCASION = beginnings(
    """
    sign_in sign-in signing_in sign_up sign-up signing_up log_in log-in login logging_in logon log_on verif
    creating_your_account create_your_account prove_it authent authori re-auth access_your access_to confirm approve
    two-factor two-step 2fa reset recover unlock restore pair link_your zurücksetz zurückzusetz wiederherstell
    entsperr réinitial déverrouill récupér restablec recuper desbloq reimpost redefin sblocc herstel ontgrendel
    wachtwoord_te zmian resetow odzysk odblok восстанов сброс разблок відновл скид розблок sıfırla kilidi återställ
    lås_upp nulstil tilbakestill vaihtaa nollaa associ appair vincul koppel parowan kurtar pengesahan obnov odemk
    odomk visszaállít επαναφορ đặt_lại atur_ulang anmeld einlogg einzulogg bestätig freigab freizugeb konto_erstell
    verbinden zugang zugriff autoris registrier connex connect vérif valider_votre validation identifi
    iniciar_sesión inicio_de_sesión entrar. acced acceso. accès accesso acess acesso continuar. autoriz
    crear_tu_cuenta criar_sua_conta conferma registr conecta autentific inlog in_te_log aanmeld bevestig toegang
    activat aktivier activer. activar. ativação attivazion activeren aktywac активац zalog logowan potwierd
    вход войти влез подтверд подтверж авториз вхід увійти підтверд потврд потвърд giriş
    oturum_aç
    doğrula onayla logga_in logge_inn logge_på log_ind bekräft bekræft bekreft innlogg kirjaud vahvist přihlá ověř
    potvrz prihlás overen overov potvrd bejelentkez belép megerősít σύνδε συνδε επαλήθ επιβεβ verifi untuk_masuk
    masuk prijav prisijung patvirtin pieteik apstiprin sisselog kinnit đăng_nhập xác_minh xác_thực xác_nhận sahkan
    kumpirm potrd verifis konfirm potvrď potvrdi overte overi erősít regisztr hitelesít confirmă autentif conect
    înregistr rejestr регистр реєстр επιβεβαί εγγραφ ulog пријав најав verifier reģistr pieslēg logi_sisse
    registreer rekister tunnist kayıt oturum daftar log_masuk mag-log pag-log thibitish ingia staðfest innskrán
    egiazta baieztat saioa cadarnh dilys mewngofnod fíor deimhn logáil təsdiq раста кіру tasdiq kirish баталгаа
    нэвтр
    """,
    """
    重置 重設 找回 解锁 解鎖 再設定 解除 解錠 재설정 잠금_해제 إعادة_تعيين استعادة بازیابی איפוס שחזור รีเซ็ต रीसेट
    登录 登入 登錄 验证 驗證 认证 認證 ログイン 認証 本人確認 サインイン 로그인 인증 본인_확인 본인확인 تسجيل_الدخول
    التحقق تأكيد ورود تحقق כניס להתחבר התחברות אימות เข้าสู่ระบบ ยืนยัน लॉगिन सत्यापन تأیید تایید アドレスの確認
    메일_확인 დადასტურ ვერიფიკ შესვლ հաստատ մուտք যাচাই লগইন சரிபார் உள்நுழை ధృవీక లాగిన్ पडताळ प्रमाणी ચકાસ تصدیق
    لاگ_ان සත්‍යාප အတည်ပြု ផ្ទៀងផ្ទាត់ ማረጋገጫ ຢືນຢັນ ਪੁਸ਼ਟੀ സ്ഥിരീകര ಪರಿಶೀಲ
    """,
)
#: What sort of code it is: a verification code, code de sécurité, código único, kod dostępu.
QUALITY = beginnings(
    """
    verif secur segur sicur sicher sécur veilig säker sikker access activ aktiv attiv one-time single-use otp pin
    sms tan uniq únic unic jednoraz dostęp weryf autoryz engangs freischalt zutritt einlass kertakäyt 2fa puk
    безопас доступ провер güven engångs autor auten ověř temporal tempor provis einmal eenmal zugang toegang prüf
    kontroll freigabe tymczas tillfäll midlertid väliaik dočasn ideiglenes prowizor тимчас времен προσωριν geçici
    zeitweil tijdelijk temporar vremen привремен biztons ellenőrz egyszeri nyitó пин jednokrat enkratn monouso dynam
    dinám dinam secret email e-mail phone mobile
    beveilig acces. verific bezpiecz bezpeč ασφαλ сигурн sigurn varnost
    saug drošīb turva bảo_mật keamanan безпек usalama siguran bezbedn безбедн
    """,
)
#: What is fetched or handed over for a code: "pickup code 9241", "senha de retirada 3391".
COLLECT = beginnings(
    """
    pick collect abhol retrait recog ritir retirad colet afha odbi odbior vyzved vyzdvih hämt hent nouto átvét ridic
    получ выдач отрим видач teslim deliver liefer livraison entreg consegn bezorg dostaw doruč levering kurier
    courier кур'єр курьер driver fahrer livreur repartidor corriere entregador retir abholen otvor
    """,
)
#: How a code came: "chegou aqui 480-931", "SMS kam gerade: 77-15-02".
ARRIVED = beginnings(
    """
    came arrived got sent received kam kommt bekommen steht reçu arrivé llegó llega arriva arrivat chegou recebi
    kreeg kwam przysz dosta пришл пришел пришёл прийшл прийшо geldi stod kom. fick tuli přiš jött küld venit primit
    nhận đến masuk ήρθε дойде стигна стигло stiglo stigao prišlo přišlo atėjo atnāca here. hier_die here_u voilà
    voici ecco eccolo aquí_tienes masz. вот. ось. fik. fikk. sain. trimis пратиха прислал прислали надіслали küldték
    """,
    """
    收到 来た 届い 왔 وصل הגיע اومد آمد رسید آیا আসছে এসেছে आया มาแล้ว ได้รับ 받았 来了 发来 送られて 着いた 显示的
    """,
)
#: Where a number is pressed, and how: "on the gate press 4402", "pour le portail tu fais 7702".
PLACE = beginnings(
    """
    door gate garage lock lockbox padlock keypad alarm safe. locker shed tür tor. tore. haustür schlüsselkasten
    schlüsselbox tresor alarmanlage porte portail digicode coffre boîte_à_clé cadenas puerta verja candado llaves
    portal caja_fuerte cancello portone porta. portão cadeado fechadura cofre deur poort sleutelkluis slot. drzwi
    brama bramy furtk kłódk domofon skrytk двер калитк домофон ворот замок сейф хвіртк kapı kilit kasa. dörr grind
    lås port. dør låsen ovi portti lukko dveř brán ajtó kapu uşă poarta lacăt vrata врат πόρτα boom barrier
    turnstile slagbaum schranke
    """,
    """
    门 門 锁 鎖 玄関 ドア 鍵 金庫 현관 문 باب بوابة דלת שער दरवाज़ ประตู
    """,
)
PRESS = beginnings(
    """
    punch. press. dial. set_to combination kombination combinaison combinación combinazione combinação kombinacj
    комбинаци drück drücken tippe. fais. faites composez. compose. marca. marque pulsa. pulse. teclea fai. premi.
    faccia aperte. druk. wstukaj naciśnij набери наберите набираеш нажми натисни tuşla bas. tryck tryk slå. paina
    stiskni nyomd apas opens_with
    """,
    """
    按 輸入 押 눌러 اضغط לחץ दबा กด
    """,
)
#: What else a code opens, for which it may be the plain "code 4471" or "PIN 4471".
OPENED = beginnings(
    """
    account konto compte cuenta conta. compte. device gerät appareil dispositiv apparaat urządz cihaz open öffn
    ouvertur apertur apert otwar otwor åpn åbn öppn door gate lock key tür tor. schlüssel port porta porte puerta
    deur brama drzwi двер kapı wifi wi-fi wlan tv télé watch to_continue weiter request password passwort
    mot_de_passe contraseña senha wachtwoord hasł парол şifre
    """,
    """
    密码 パスワード
    """,
)
#: What keeps a code a secret: how long it is good, and that nobody else may have it.
SECRECY = beginnings(
    """
    minut minuut минут хвилин dakika perc. λεπτ phút quarter_of_an_hour viertelstunde kwartier quart_d'heure expir
    abläuft abgelaufen läuft_ab verloopt caduca caducan vence. vencen scade. scadono wygaś ważn valid gültig valable
    válid geldig действ дійсн истека закінч geçerli süresi doluyor giltig gäller går_ut gyldig gælder gjelder udløb
    utløp platí érvényes lejár voimas vanhene hết_hạn berlaku not_share don't_share never_share share_this share_it
    not_forward don't_forward anyone anybody nobody no_one weitergeb weiterleit weiterzugeb nicht_teilen niemand
    personne communiq partag compart nadie reenv condivid nessuno inoltr partilh ninguém deel. niet_delen udostępn
    nikom никому никого сообщай сообщать нікому нікого paylaş dela. del_den ingen. jaa. μοιρα κοινοποι megoszt
    comunic zdiel sdíle sdělu nezdiel dijel delite chia_sẻ bagikan berikan usimpe daqiqa bermang verməyin dəqiqə
    айтпа mínút deila nóiméad roinn munud rhannu minutu partekatu ndani
    """,
    """
    分钟 分鐘 分間 分以内 分で 分内 分內 분간 분_이내 분_내 切れ 期限 دقائق دقيقة דקות นาที मिनट 有效 過期 过期 有効
    유효 만료 صالح בתוקף 泄露 洩漏 转发 轉發 告知 告诉 告訴 他人 教え 転送 공유 알려 전달 تشارك لأحد לשתף תשתף แชร์
    साझा شیئر به_اشتراک წუთ გაუზიარ րոպե মিনিট শেয়ার நிமிட నిమిష मिनेट منٹ នាទី ນາທີ ደቂቃ မိနစ် මිනිත්තු
    """,
)
#: Codes kept for later: backup codes, codes de secours, Notfallcodes, 備用驗證碼.
BACKUP = beginnings(
    """
    backup tans. tan-list tanlist tan-lijst back-up back_up recovery rescue scratch emergency fallback spare
    reserve restore wiederherst notfall ersatz
    einmal secours récup sauvegarde urgence rechange respaldo recuper emergenc reserva seguridad_de_un recupero
    emergenz riserva ripristin salvaguard herstel nood. noodcode reserv zapas odzysk awaryjn ratunk rezerw yedek
    kurtarma acil резерв запас восстанов аварий відновл återställ säkerhetskop gendan nødkode gjenopprett
    sikkerhetskop vara. varakood palautus záložn záloh obnov nouzov núdzov tartalék helyreáll vészhely rezerv
    urgență εφεδρ ανάκτησ έκτακτ възстанов pričuvn oporav sigurnosn atsarg atkūr atkop rezerves taaste tagavara
    dự_phòng khôi_phục cadangan pemulihan sandaran chelezo
    """,
    """
    备用 備用 备份 備份 恢复 恢復 復原 救援 紧急 緊急 应急 バックアップ 復旧 リカバリ 予備 回復 백업 복구 예비 비상
    احتياط استرداد استعادة الطوارئ גיבוי שחזור חירום پشتیبان بازیابی اضطراری बैकअप रिकवरी สำรอง กู้คืน ব্যাকআপ
    """,
)
#: What is good for one time.
ONCE = beginnings(
    """
    one-time one_time single-use once. only_once einmalig einmal. une_fois une_seule_fois usage_unique una_vez
    un_solo_uso una_sola_vez una_volta monouso uma_vez único eenmalig één_keer eenmaal jednoraz raz. tek_kullanım
    bir_kez одноразов один_раз разов engångs en_gång engangs én_gang en_gang kertakäyt kerran jednor jednou jedenkrát
    egyszer o_singură_dată μία_φορά μιας_χρήσης еднократ веднъж jednokrat jednom enkrat vienkart vienreiz ühekord
    một_lần sekali
    """,
    """
    一次 一回 1回 한_번 일회용 1회 مرة_واحدة פעם_אחת חד-פעמי یک_بار یکبار एक_बार ครั้งเดียว
    """,
)
#: What a code is given, sold or ordered with, and none for logging in.
GIFT = beginnings(
    """
    gift voucher coupon promo discount ticket. tickets licen invit referral gutschein geschenk rabatt lizenz
    einladung cadeau chèque réduction billet remise regalo cupón descuento entrada sconto buono biglietti presente
    cupom desconto ingresso bon. bony podarunk bilet zniżk korting cadeaukaart hediye indirim kupon подар скидк купон
    билет знижк квиток подарун presentkort gavekort serial
    """,
    """
    礼品 禮品 优惠 優惠 折扣 兑换 兌換 ギフト クーポン 割引 招待 할인 쿠폰 상품권 خصم هدية קופון מתנה
    """,
)
