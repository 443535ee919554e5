"""
The words by which mails in many languages speak of a login code, and of the numbers that are none. Lower case.

Data only; `codes.py` says how they are used. Where a language joins or bends words, stems and endings do the work
(Bestätigungscode, verificatiecode, engångskoden, doğrulama kodunuz; Bestellnummer, Sendungsverfolgung, заказа).
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the words of *text*."""
    return frozenset(text.split())


def listed(text: str) -> tuple[str, ...]:
    """Return the words of *text* in order; "_" is a blank."""
    return tuple(word.replace("_", " ") for word in text.split())


# A word for "code", also as the end of a compound: verificatiecode, Anmeldecode, engångskoden, doğrulama kodunuz.
CODE_WORD = re.compile(
    r"(?:codes?|codi|cod|ch?ód|msimbo|codul\w{0,3}|c[oó]digos?|codic[ei]|kod(?!ak|eks|owa)\w{0,5}|k[óô]d\w{0,4}|код(?!ек|ир)\w{0,3}"
    r"|kood\w{0,4}|κωδικ\w{0,3}|mã|otps?|totp|m?tan|smstan|pins?|puk|пин|token|2fa|mfa)"
    r"|\w[\w-]*?(?:codes?|coden|kod(?:[aiosuą]|as|e[anrt]?|un(?:uz)?u?)?|kood(?:i(?:n|si|a)?)?|k[óô]d(?:ja)?|kóði(?:nn)?|код|-pin|-tan)"
)
# The plain ones stand before the number of anything.
PLAIN_CODE_WORD = re.compile(
    r"codes?|codi|cod|codul\w{0,3}|c[oó]digos?|codic[ei]|kod\w{0,4}|kood\w{0,4}|k[óô]d\w{0,4}|код\w{0,3}|κωδικ\w{0,3}|mã|コード|코드|رمز"
)
# "Enter the following number": a code that is not called one.
THIS = words("""
    this following below these estos estas estes queste questi deze onderstaande folgende diese dieses ce cet cette
    suivant este esta siguiente questo questa seguente seguinte dit volgende ten tę poniższy następujący этот эту
    следующий следующее цей наступний bu şu aşağıdaki
""")
# Words that only together with a neighbour mean a code: "one-time password", "verification number".
NUMBERS = words("""
    number nummer numarası número numéro numero номер numer nr n no č zahl getal chiffre chiffres digits dígitos
    cifre cijfers ziffern cyfry цифры цифри rakam rakamı siffror
""")
ONE_TIME = words("""
    one-time one time single-use temporary einmal einmal- einmaliges temporäres unique temporaire provisoire
    temporal operaciones seguridad confirmación verificación firma única temporária único solo uso temporanea
    monouso eenmalig eenmalige tijdelijk tijdelijke jednorazowe tymczasowe kullanımlık geçici одноразовый временный
    одноразовий тимчасовий dynamic verification security confirmation doğrulama onay подтверждения підтвердження
    一次性 engångs
""")
# Beside a word for a password only: "password for logging in".
LOGINS = words("входа вход входу giriş getta connexion inloggen anmeldung login acceso accesso")
ONE_TIME_PASSWORDS = ("einmalpasswort", "einmalkennwort", "einmal-passwort", "engångslösenord", "engangspassord")

# A word before "code" (or its beginning, in compounds) that makes it another kind of code.
OTHER_CODES = listed("""
    phishing anti-phishing antiphishing tarif promo promotion promotional discount coupon voucher gift referral
    refer invite offer savings zip post postal error exit status qr bar source country area dial dialling dialing
    color colour dress swift sort bank product item order tracking booking reservation style model building tax sku
    response http morse byte airport currency language rabatt rabat gutschein aktion postleit fehler länder farb
    quell artikel bestell sendung buchung korting actie waardebon fout land kupong feil fejl indirim kupon posta
    ürün hata kampanya promosyon takip rezervasyon ülke alan sipariş promotie kampanj streck produkt flight trip
    máquina машин промо qr- штрих strich iata icao vat cost license licence machine shader slevový zľavový
    kedvezmény čárový čiarový chybový kupón termék hiba vonal rendelés nuolaidos pašto no without kein keinen
    keine zone parking stall friend friend's friends реферальный реферальні пригласительный
    ohne aucun sans ningún sin nessun senza nenhum sem geen zonder żadnego bez без utan previous old older expired
    former earlier vorheriger alter alte bisheriger ancien vorige oude poprzedni stary eski önceki старый предыдущий
    прежний старий попередній
""")
# The same in one word with "code"; shorter ones would take "engångskod" for "encode".
OTHER_CODE_STEMS = tuple(name for name in OTHER_CODES if len(name) > 3)
NO_CODES = words("""
    unicode encode decode geocode opcode barcode qrcode zipcode vatcode bytecode genkode skoda škoda škody škodu
    škod nikodem kodiak
""")
# A word before "code" that makes it a verb or a stuff: "learn to code", "lines of code".
BEFORE_THE_VERB = words("to of our some more")

# Compounds of "code" that are sure to be entered somewhere.
CODES_BY_NAME = words("""
    passcode passcodes pincode pincodes pin-code otp-code keycode digicode türcode zahlencode strichkod
""")
# Between "code" and what it is the code of.
OF_ITS_OWN = words("de del di da do du des della van of d'")
# Behind "code", and no name of what it is the code of.
SAYS = words("""
    fürs vom beim are was will you expires expire for from and has that which lautet ist für zur zum ein läuft und
    oder auf bei der die das est sera pour qui que será para caduca per che scade scadrà expira voor dat jest dla
    wygaśnie który для або pre pro til och att som pentru care και για yra untuk adalah ialah của ima koji
""")
# What may stand between "code" and such a word.
OF = words("de del di do da du des della van voor für for of to l la le el")

# A word after "code" that does the same: code postal, código de descuento, codice fiscale, kod pocztowy, код товара.
OTHER_CODES_AFTER = listed("""
    banque guichet banc agence qr bigliett billet bilet ticket avviso promo postal descuento desconto cupón cupom
    réduction suivi seguimiento rastreio rastreamento reserva réservation pedido área país barras error erro article
    produit erreur couleur source barre iban fiscale client ordine articolo prodotto prenotazione sconto
    tracciamento errore tracking pocztow rabat błęd produkt kreskow промо товар заказ ошибк скидк купон стран город
    замовл помил зниж країн paczk przesyłk review conduct base block snippet civil penal fuente commande anterior
    précédent precedente expirado expiré scaduto objedn zbož zásil slev zľav conduite parrain cita pos poșt poşt
    cabang amigo referid indicaç convite convidad invit amico polec zaprosz davet arkadaş empfehl freund vriend
    uitnodig пригла реферал друга друзей запрош
""")

# A word whose number is something else. Whole words first, then beginnings of words.
OTHER_WORDS = words("""
    order orders purchase invoice invoices receipt bill case ref reference ticket booking reservation itinerary
    flight pnr customer client member membership policy id tel tél phone telephone mobile mobil cell fax call
    whatsapp hotline ending ends endet endend endziffern terminant terminado terminada termina eindigend biten
    serial sku isbn vat nip regon siret siren kvk btw hrb registered version build building room gate seat street
    str straße strasse avenue suite rue calle via ulica ul straat apartment apt flat wohnung issue bug pull pr post
    posts views followers points punkte participants people employees since copyright iban bic konto kontonr account
    parcel shipment suivi colis envío seguimiento spedizione zending kargo takip tracking package commande commandes
    facture factures pedido pedidos factura facturas ordine ordini fattura fatture encomenda encomendas fatura
    faturas model plz cap zip postcode zipcode postleitzahl box postfach floor chapter page seite total subtotal
    amount price sum balance summe betrag gesamt preis montant prix importe precio totale prezzo toplam tutar сумма
    цена итого индекс инн кпп огрн едрпоу дом кв ул улица вул оф офис д ст cad no. dossier ext extension durchwahl
    poste доб dahili toestel nif cif cnpj cpf cuit rut nit abn acn policy applicant student
    aktenzeichen notruf sperrnotruf sperr-notruf emergencias albumu indeksu başvuru poliçe expediente póliza polisa
    polisy полис полиса заявка заявки заявление звернення wniosku zgłoszenia pratica polizza matricola matrícula
    matricule helpline
""")
OTHER_STEMS = listed("""
    bestel auftrag rechnung kunden vertrag sendung buchung telefon téléphon teléfon zamówien faktur factuur
    bestelling заказ замовлен счет счёт рахун sipariş przesyłk посылк отправлен телефон тел. referen référen
    riferiment kenmerk reservier reserver rezerw брон rezervasyon prenotazion réservation reserva kończąc оканчив
    transaction transakt steuer ust-id klantnummer klientnummer cliente postleit artikel postnummer promo промо
    coupon gutschein voucher hotlin müşteri fatura квитанц договор договір psč irányítósz ügyfélsz objedn zásil
    rendelés
""")

# Kartennummer, Startnummer, kontonummer: in one word with what the number is of.
OTHER_ENDINGS = ("nummer", "nummern", "nummeret", "numret", "kennzeichen", "kenmerk")

# Writing without blanks between words; searched as they stand.
EASTERN_CODES = listed("""
    验证码 校验码 驗證碼 校驗碼 动态密码 動態密碼 动态码 确认码 確認碼 安全码 安全碼 登录码 登入碼 一次性密码
    一次性密碼 授权码 认证码 代码是 代碼為 以下數字 以下数字 下面的数字 下列數字 下列数字 取件码 取件碼 取货码
    取貨碼 提货码 提取码 自提码 核验码 激活码 啟用碼 开门码 门禁码 动态口令 動態口令 口令 短信码 通行码 通行碼
    访问码 存取碼 安全代码 安全代碼 验证代码 驗證代碼 确认代码 識別碼 识别码 临时密码 ワンタイムキー キーは キー:
    確認用の数字 임시번호 인증_번호 كلمة_مرور كلمة_المرور رمز_عبور รหัสผ่านชั่วคราว รหัสผ่าน პაროლი գաղտնաբառ
    او_ٹی_پی ஓடிபி 开锁密码 密码为 密码是 密码: パスワードは パスワード: 臨時密碼 登录密码 登入密碼 取件密码
    一次性口令 配对码 配對碼 授權碼 認證碼 次の数字 以下の数字 桁の数字 桁の番号 照合番号 解錠番号 解除番号
    セキュリティ番号 承認番号 一時パスワード 仮パスワード ワンタイムパス 認証コード 確認コード セキュリティコード
    セキュリティ_コード ワンタイムパスワード ワンタイムコード ログインコード 認証番号 確認番号 暗証番号 パスコード
    検証コード コード 다음_숫자 아래_숫자 자리_숫자 자리_번호 확인번호 확인_번호 보안번호 보안_번호 출입번호
    출입_번호 임시_비밀번호 일회용_번호 비밀번호는 비밀번호: 인증번호 인증코드 인증_코드 확인코드 확인_코드 보안코드
    보안_코드 일회용_비밀번호 로그인_코드 일회용_코드 코드 رمز كود_التحقق كود_التفعيل كود_الدخول
    كلمة_المرور_لمرة_واحدة كلمة_مرور_لمرة_واحدة كلمة_المرور_المؤقتة الرقم_السري كود کد קוד סיסמה_חד סיסמא_חד
    סיסמה_זמנית รหัส कोड ओटीपी पिन কোড ওটিপি કોડ ਕੋਡ குறியீடு கடவுக்குறி కోడ్ ಕೋಡ್ കോഡ് کوڈ კოდ կոդ ኮድ කේත ကုဒ်
    លេខកូដ ລະຫັດ
""")
EASTERN_OTHERS = listed("""
    优惠码 優惠碼 折扣码 邮政编码 邮编 郵遞區號 订单 訂單 电话 電話 快递 单号 运单 错误代码 源代码 国家代码 商品代码
    工单 尾号 尾號 末尾 邀请码 邀請碼 推荐码 推薦碼 兑换码 兌換碼 礼品码 付款码 条码 條碼 编码 編碼 号码 號碼 车次
    房号 序列号 编号 編號 流水号 交易号 卡号 卡號 户号 股票代码 客服 热线 二维码 发票 发票代码 金额 账号 帳號 手机号
    クーポンコード クーポン 郵便番号 注文 追跡番号 お問い合わせ番号 予約番号 会員番号 お客様番号 伝票 請求 下4桁 〒
    エラーコード qrコード バーコード ソースコード 国コード 商品コード ドレスコード カードのセキュリティコード
    証券コード 招待コード お友達コード 友達紹介 銀行コード
    支店コード 地域コード 割引コード プロモーションコード 紹介コード 追跡コード 電話番号
    受付番号 할인_코드 할인코드 오류_코드 오류코드 qr_코드 qr코드 바코드 소스_코드 소스코드 국가_코드 상품_코드
    추천인_코드 프로모션_코드 전화번호 접수_번호 쿠폰 우편번호 주문 송장 운송장 전화 고객센터 예약 رمز_الخصم
    كود_الخصم كوبون الرمز_البريدي رمز_بريدي رقم_الطلب هاتف جوال فاتورة رقم_التتبع تنتهي رمز_المنطقة رقم_الشحنة
    رقم_الحجز كود_خصم رمز_خصم رقم_الفاتورة رقم_الحساب کد_پستی کد_تخفیف کد_رهگیری کد_ملی کد_سفارش کد_پیگیری שובר
    קוד_קופון קוד_הנחה מיקוד קוד_מוצר קוד_שגיאה รหัสไปรษณีย์ รหัสส่วนลด รหัสสินค้า รหัสคำสั่งซื้อ รหัสพัสดุ
    รหัสการจอง รหัสลูกค้า รหัสโปรโมชั่น पिन_कोड पिनकोड कूपन_कोड प्रोमो_कोड डिस्काउंट_कोड पीएनआर बुकिंग ऑर्डर
    رمز_الخطأ رمز_البلد رمز_المنتج رقم_التذكرة رمز_ترويجي رمز_القسيمة
""")
