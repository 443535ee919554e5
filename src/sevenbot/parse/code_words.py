"""
The words by which mails in many languages speak of a login code, and of the numbers that are none. Lower case.

Data only; `codes.py` says how they are used. Where a language joins or bends words, stems and endings do the work
(Bestätigungscode, verificatiecode, engångskoden, doğrulama kodunuz; Bestellnummer, Sendungsverfolgung, заказа).
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of *text*."""
    return frozenset(text.split())


# A word that is, or ends like, a word for "code".
CODE_WORDS = words(
    "code codes token otp otps totp passcode passcodes pin pincode tan mtan smstan "  # en de fr nl and everybody
    "codigo código códigos codice codici codul cod "  # es pt it ro
    "kod kodu kodunu kodunuz kodun koda kodem kody kode koden kodi kood koodi koodin koodisi κωδικός κωδικος κωδικό "
    "kód kódu kódem kódy kódja kódod kódot kôd kodas kodą kods код кода коду кодом коде коды кодът mã otp-code pin-code"
)
CODE_ENDINGS = (
    "code",
    "codes",
    "coden",
    "kode",
    "koden",
    "kod",
    "kodu",
    "kód",
    "passcode",
    "koodi",
    "-pin",
    "-tan",
    "-код",
    "koodisi",
    "koodin",
)
# "Enter the following number": a code that is not called one.
THIS = words(
    "this following below these estos estas estes queste questi deze onderstaande folgende diese dieses ce cet "
    "cette suivant este esta siguiente questo questa seguente "
    "seguinte dit deze volgende ten tę poniższy następujący этот эту следующий следующее цей наступний bu şu aşağıdaki"
)
# Words that only together with a neighbour mean a code: "one-time password", "verification number".
PASSWORDS = words(
    "password pass passwort kennwort passwd wachtwoord contraseña clave senha password passe hasło şifre şifreniz "
    "parola şifreyi парол пароль lösenord adgangskode passord mật"
)
NUMBERS = words(
    "number nummer numarası número numéro numero номер numer nr n no č zahl getal chiffre chiffres digits "
    "dígitos cifre "
    "cijfers ziffern cyfry цифры цифри rakam rakamı siffror"
)
ONE_TIME = words(
    "one-time one time single-use temporary einmal einmal- einmaliges temporäres unique temporaire provisoire "
    "temporal operaciones seguridad confirmación verificación firma única temporária único solo uso temporanea "
    "monouso eenmalig eenmalige tijdelijk tijdelijke jednorazowe tymczasowe kullanımlık geçici одноразовый "
    "временный одноразовий тимчасовий dynamic verification security confirmation doğrulama onay подтверждения "
    "підтвердження 一次性 engångs"
)
# Beside a word for a password only: "password for logging in".
LOGINS = words("входа вход входу giriş getta connexion inloggen anmeldung login acceso accesso")
ONE_TIME_PASSWORDS = ("einmalpasswort", "einmalkennwort", "einmal-passwort", "engångslösenord", "engangspassord")

# A word before "code" (or its beginning, in compounds) that makes it another kind of code.
OTHER_CODES = (
    "tarif", "promo", "promotion", "promotional", "discount", "coupon", "voucher", "gift", "referral", "refer",
    "invite",
    "offer", "savings", "zip", "post", "postal", "error", "exit", "status", "qr", "bar", "source", "country", "area",
    "dial", "dialling", "dialing", "color", "colour", "dress", "swift", "sort", "bank", "product", "item", "order",
    "tracking", "booking", "reservation", "style", "model", "building", "tax", "sku", "response", "http", "morse",
    "byte", "airport", "currency", "language", "rabatt", "rabat", "gutschein", "aktion", "postleit", "fehler",
    "länder", "farb", "quell", "artikel", "bestell", "sendung", "buchung", "korting", "actie", "waardebon", "fout",
    "land", "kupong", "feil", "fejl", "indirim", "kupon", "posta", "ürün", "hata", "kampanya", "promosyon", "takip",
    "rezervasyon", "ülke", "alan", "sipariş", "promotie", "kampanj",
    "streck", "produkt", "flight", "trip", "máquina",
    "машин", "промо", "qr-", "штрих", "strich",
    "iata", "icao", "vat", "cost", "license", "licence", "machine", "shader",
    "slevový", "zľavový", "kedvezmény", "čárový", "čiarový", "chybový", "kupón", "termék", "hiba",
    "vonal", "rendelés", "nuolaidos", "pašto",
    # one that is not there
    "no", "without", "kein", "keinen", "keine", "ohne", "aucun", "sans", "ningún", "sin", "nessun", "senza", "nenhum",
    "sem", "geen", "zonder", "żadnego", "bez", "без", "utan",
    # one that is no longer good
    "previous", "old", "older", "expired", "former", "earlier", "vorheriger", "alter", "alte", "bisheriger", "ancien",
    "vorige", "oude", "poprzedni", "stary", "eski", "önceki", "старый", "предыдущий", "прежний", "старий", "попередній",
)  # fmt: skip
# The same in one word with "code"; shorter ones would take "engångskod" for "encode".
OTHER_CODE_STEMS = tuple(name for name in OTHER_CODES if len(name) > 3)
NO_CODES = words("unicode encode decode geocode opcode barcode qrcode zipcode vatcode bytecode genkode")
# A word before "code" that makes it a verb or a stuff: "learn to code", "lines of code".
BEFORE_THE_VERB = words("to of our some more")

# What may stand between "code" and such a word.
OF = words("de del di do da du des della van voor für for of to l la le el")

# A word after "code" that does the same: code postal, código de descuento, codice fiscale, kod pocztowy, код товара.
OTHER_CODES_AFTER = (
    "banque", "guichet", "banc", "agence", "qr", "bigliett", "billet", "bilet", "ticket", "avviso", "promo", "postal",
    "descuento", "desconto", "cupón",
    "cupom", "réduction", "suivi", "seguimiento", "rastreio",
    "rastreamento", "reserva", "réservation", "pedido", "área", "país",
    "barras", "error", "erro", "article", "produit",
    "erreur", "couleur", "source", "barre", "iban", "fiscale", "client", "ordine", "articolo", "prodotto",
    "prenotazione", "sconto", "tracciamento", "errore", "tracking", "pocztow", "rabat", "błęd", "produkt", "kreskow",
    "промо", "товар", "заказ", "ошибк", "скидк", "купон", "стран", "город", "замовл", "помил", "зниж", "країн",
    "paczk", "przesyłk", "review", "conduct", "base", "block", "snippet", "civil",
    "penal", "fuente", "commande", "anterior", "précédent", "precedente", "expirado", "expiré", "scaduto",
    "objedn", "zbož", "zásil", "slev", "zľav", "conduite", "parrain",
)  # fmt: skip

# A word whose number is something else. Whole words first, then beginnings of words.
OTHER_WORDS = words(
    "order orders purchase invoice invoices receipt bill case ref reference ticket booking "
    "reservation itinerary flight "
    "pnr customer client member membership policy id tel tél phone telephone mobile mobil cell fax call whatsapp "
    "hotline ending ends endet endend endziffern terminant terminado terminada termina eindigend biten serial sku "
    "isbn vat nip regon siret siren kvk btw hrb registered version build building room gate seat "
    "street str straße strasse "
    "avenue suite rue calle via ulica ul straat apartment apt flat wohnung issue bug pull pr post posts views "
    "followers points punkte participants people employees since copyright iban bic konto kontonr account parcel "
    "shipment suivi colis envío seguimiento spedizione zending kargo takip tracking package "
    "commande commandes facture "
    "factures pedido pedidos factura facturas ordine ordini fattura fatture encomenda encomendas fatura faturas "
    "model plz cap zip postcode zipcode postleitzahl box postfach floor chapter page seite total subtotal amount "
    "price sum balance summe betrag gesamt preis montant prix importe precio totale prezzo toplam "
    "tutar сумма цена итого "
    "инн кпп огрн едрпоу дом кв ул улица вул оф офис д ст cad no. dossier "
    "ext extension durchwahl poste доб dahili toestel nif cif cnpj cpf cuit rut nit abn acn"
)
OTHER_STEMS = (
    "bestel", "auftrag", "rechnung", "kunden", "vertrag", "sendung", "buchung", "telefon", "téléphon", "teléfon",
    "zamówien", "faktur", "factuur", "bestelling", "заказ", "замовлен",
    "счет", "счёт", "рахун", "sipariş", "przesyłk",
    "посылк", "отправлен", "телефон", "тел.", "referen", "référen", "riferiment", "kenmerk", "reservier", "reserver",
    "rezerw", "брон", "rezervasyon", "prenotazion", "réservation", "reserva", "kończąc", "оканчив", "transaction",
    "transakt", "steuer", "ust-id", "klantnummer", "klientnummer", "cliente", "postleit", "artikel", "postnummer",
    "promo", "промо", "coupon", "gutschein", "voucher", "müşteri", "fatura", "квитанц", "договор", "договір",
    "psč", "irányítósz", "ügyfélsz", "objedn", "zásil", "rendelés",
)  # fmt: skip

# Writing without blanks between words; searched as they stand.
EASTERN_CODES = (
    # zh
    "验证码", "校验码", "驗證碼", "校驗碼", "动态密码", "動態密碼", "动态码", "确认码", "確認碼", "安全码",
    "安全碼", "登录码",
    "登入碼", "一次性密码", "一次性密碼", "授权码", "认证码", "代码是", "代碼為",
    "以下數字", "以下数字", "下面的数字", "下列數字", "下列数字",
    # ja
    "次の数字", "以下の数字", "認証コード", "確認コード", "セキュリティコード", "セキュリティ コード",
    "ワンタイムパスワード",
    "ワンタイムコード",
    "ログインコード", "認証番号", "確認番号", "暗証番号", "パスコード", "検証コード", "コード",
    # ko
    "다음 숫자", "아래 숫자", "인증번호", "인증 번호", "인증코드", "인증 코드", "확인코드", "확인 코드", "보안코드",
    "보안 코드",
    "일회용 비밀번호",
    "로그인 코드", "일회용 코드", "코드",
    # ar fa he
    "رمز", "كود التحقق", "كود التفعيل", "كود الدخول",
    "كلمة المرور لمرة واحدة", "کد تأیید", "کد تایید", "کد ورود", "קוד",
    # th hi
    "รหัสยืนยัน", "รหัส otp", "सत्यापन कोड", "ओटीपी",
)  # fmt: skip
EASTERN_OTHERS = (
    # zh
    "优惠码", "優惠碼", "折扣码", "邮政编码", "邮编", "郵遞區號", "订单", "訂單", "电话", "電話", "快递",
    "单号", "运单", "错误代码", "源代码", "国家代码", "商品代码", "工单",
    "尾号", "末尾", "客服", "热线", "二维码", "发票", "金额", "账号", "帳號", "手机号", "编号",
    # ja
    "クーポンコード", "クーポン", "郵便番号", "注文", "電話", "追跡番号", "お問い合わせ番号", "予約番号", "会員番号",
    "お客様番号", "伝票", "請求", "下4桁", "〒", "エラーコード", "qrコード", "バーコード", "ソースコード", "国コード",
    "商品コード", "ドレスコード", "割引コード", "プロモーションコード", "紹介コード", "追跡コード", "電話番号",
    "受付番号",
    # ko
    "할인 코드", "할인코드", "오류 코드", "오류코드", "qr 코드", "qr코드", "바코드", "소스 코드", "소스코드",
    "국가 코드",
    "상품 코드", "추천인 코드", "프로모션 코드", "전화번호", "접수 번호", "쿠폰", "우편번호", "주문", "송장",
    "운송장", "전화", "고객센터", "예약",
    # ar
    "رمز الخصم", "كود الخصم", "كوبون", "الرمز البريدي", "رمز بريدي", "رقم الطلب", "هاتف", "جوال", "فاتورة",
    "رقم التتبع", "تنتهي", "رمز الخطأ", "رمز البلد", "رمز المنتج", "رقم التذكرة", "رمز ترويجي", "رمز القسيمة",
)  # fmt: skip

# "482913 is your code", "482913 ist Ihr Code", "482913 — ваш код", "482913（验证码）".
LOGIN_VERBS = (
    "sign in", "log in", "login", "signing in", "logging in", "verify your", "verify my", "confirm your", "anmeld",
    "einzuloggen", "bestätig", "connecter", "vérifier", "iniciar sesión", "accede", "verificar", "confirmar",
    "accedere",
    "verificare", "confermare", "entrar", "in te loggen", "bevestig", "zalogować", "potwierdzić", "войти", "входа",
    "подтверд", "увійти", "підтверд", "giriş yap", "doğrula", "登录", "登入", "ログイン", "로그인", "تسجيل الدخول",
)  # fmt: skip

# What one does with a code: "Enter 482913 to continue", also when the code is called so in the next sentence.
ENTER_VERBS = (
    "enter", "type", "use ", "input", "paste", "gib", "geben sie", "eingeben", "eintippen", "verwende", "saisi",
    "entrez",
    "tapez", "utilise", "introdu", "ingres", "escrib", "teclea", "inseri", "digita", "digite", "usa ", "use o", "vul ",
    "voer", "typ ", "gebruik", "wpis", "wprowad", "podaj", "użyj", "введ", "укажите", "впиш", "ввест", "girin", "gir ",
    "kullan", "ange ", "skriv", "knapp", "输入", "輸入", "填写", "入力", "입력", "أدخل", "ادخل", "استخدم",
)  # fmt: skip

# What kind of code it is, between the word and a number of four digits: "code de vérification 1234".
QUALIFIERS = (
    "verif", "vérif", "überprüf", "sicher", "secur", "sécur", "segur", "sicur", "acces", "accès", "acesso", "login",
    "log in",
    "sign", "connex", "connect", "anmeld", "confirm", "conferm", "bestätig", "activ", "aktiv", "attiv", "autori",
    "auten",
    "authen", "otp", "pin", "sms", "uniq", "único", "única", "unic", "one-time", "weryf", "dostęp", "potwierdz",
    "autoryz",
    "подтвер", "доступ", "вход", "безопас", "провер", "підтвер", "вхо", "doğru", "onay", "giriş", "güven", "bevest",
    "inlog", "toegang", "bekräft", "vahvist", "ověř",
)  # fmt: skip

# What a mail with a code to be entered speaks of besides: logging in and confirming (QUALIFIERS), how long the code is
# good, who may know it, what it opens. A mail that has nothing of it speaks of product codes and the like.
OCCASIONS = (
    *QUALIFIERS, *LOGIN_VERBS,
    "expire", "valid", "minute", "gültig", "minuten", "abläuft", "valable", "expire", "caduca", "vence", "scade",
    "valido",
    "expira", "geldig", "verloopt", "ważny", "wygaśnie", "действ", "минут", "дійсн", "хвилин", "geçerli", "dakika",
    "giltig",
    "gäller", "gyldig", "platí", "érvényes", "有效", "分钟", "有効", "分間", "유효", "분 이내", "صالح", "دقائق",
    "share", "request", "weiter", "teilen", "communiqu", "compart", "condivi", "partilh", "deel ", "udostępni",
    "сообщ", "повідом",
    "paylaş", "dela ", "泄露", "告知", "教えない", "알려",
    "password", "passwort", "mot de passe", "contraseña", "senha", "wachtwoord", "hasł", "парол", "şifre", "密码",
    "パスワード",
    "account", "konto", "compte", "cuenta", "conta ", "device", "gerät", "appareil", "dispositiv", "apparaat",
    "urządz", "cihaz",
    "door", "gate", "lock", "tür", "tor ", "schlüssel", "port", "porta", "puerta", "deur", "brama", "drzwi", "двер",
    "kapı",
    "pick", "abhol", "retrait", "recog", "ritir", "afhal", "odbi", "deliver", "entreg", "consegn", "wifi", "wi-fi",
    "wlan",
    "logga in", "logge in", "logg inn", "log ind", "přihlás", "bejelentkez", "kirjaud", "σύνδε", "autentific",
    "to continue", "registr", "tv", "télé", "watch", "identi",
)  # fmt: skip
# The plain words for "code", which stand before the number of anything.
PLAIN_CODE_WORDS = words(
    "code codes codigo código códigos codice codici codul cod kod kodu koda kodem kody kode koden kodi код кода коду "
    "кодом "
    "kód kódu kôd コード 코드 رمز"
)
