"""Codes: found by the mail's wording, verbatim, and nothing that only looks like one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.code_lists import MOST
from sevenbot.parse.codes import read
from sevenbot.parse.mail import parse

CODES = [
    ("en-is", "", "Your verification code is 482913.", "482913"),
    ("en-your", "", "482913 is your Example code", "482913"),
    ("en-subject", "482913 is your Example login code", "Enter it to sign in.", "482913"),
    (
        "en-alone",
        "Your login code",
        "Hi Anna,\n\nUse this to finish signing in:\n\n482 913\n\nIt expires in 10 minutes.",
        "482913",
    ),
    ("en-google", "", "G-482913 is your Google verification code.", "G482913"),
    ("en-hyphen", "", "Your security code: 482-913", "482913"),
    ("en-4-digits", "", "Your PIN is 4829. Do not share it.", "4829"),
    ("en-10-digits", "", "Your access code is 4829130057", "4829130057"),
    ("en-spaced-digits", "", "Your code: 4 8 2 9 1 3", "482913"),
    ("en-cells", "Confirm your sign-in code", "Your code\n4\n8\n2\n9\n1\n3\nexpires soon", "482913"),
    ("en-alphanumeric", "", "Use verification code X7K2P9 to log in", "X7K2P9"),
    ("en-steam", "", "Steam Guard code you need to login:\n\nFJ2KQ\n", "FJ2KQ"),
    ("en-device", "", "Enter WDJB-MJHT as the device code", "WDJBMJHT"),
    (
        "en-slack",
        "",
        "Your confirmation code is below\n\nK7M-4QX\n\nIf you haven't requested this email, ignore it.",
        "K7M4QX",
    ),
    ("en-otp-money", "", "Your one-time password (OTP) for the transaction of Rs. 45000 is 882211.", "882211"),
    ("en-otp-card", "", "Your OTP is 4829 for txn of INR 1,250.00 at card ending 4432", "4829"),
    ("en-order-code", "", "Your code for order 12345 is 7712", "7712"),
    ("en-customer", "OTP", "Dear Customer, 604812 is the OTP for your transaction of INR 1,499.00.", "604812"),
    ("en-expired", "Your code", "Your code is: 204918.\n\nPrevious code 118822 has expired.", "204918"),
    ("es-expired", "", "Tu código es 482913. El código anterior 118822 ya no vale.", "482913"),
    ("cs-collect", "Objednávka 512345678", "Kód pro vyzvednutí: 48 29 13. Cena 1 299 Kč.", "482913"),
    ("sk", "", "Váš overovací kód je 482913.", "482913"),
    ("hu", "Bejelentkezés", "Az ellenőrző kódja: 482913. Ügyfélszolgálat: 06 1 234 5678", "482913"),
    ("lt", "", "Jūsų patvirtinimo kodas: 482913", "482913"),
    ("en-year-like", "", "Your code is 2024", "2024"),
    ("en-phone-below", "Your code", "Your code is 482913\n\nCall us: 0800 1234567", "482913"),
    ("en-passcode", "", "Your temporary passcode: 77120943", "77120943"),
    ("en-enter", "Your Example code", "Enter 482913 to sign in. This code expires in 15 minutes.", "482913"),
    ("en-bold-markers", "Verify your email", "Your verification code:\n\n*482913*\n", "482913"),
    ("en-dash", "", "482913 - your verification code", "482913"),
    (
        "en-piped-cells",
        "Confirm your email address",
        "Enter this code in the app:\n\n| 4 | 8 | 2 | 9 | 1 | 3 |\n\nThanks",
        "482913",
    ),
    ("en-meeting", "", "Zoom Meeting ID: 829 1345 5667, Passcode: 482913", "482913"),
    ("en-door", "", "The door code is 4829. Come to 1600 Main Street at 14:30.", "4829"),
    (
        "en-address-below",
        "Security code",
        "Security code: 482913\n\nExample Ltd, 410 Terry Avenue, Seattle, WA 98109-5210",
        "482913",
    ),
    ("it-iban", "", "Il codice OTP per il pagamento di EUR 1.250,00 a favore di IBAN IT60 è 482913.", "482913"),
    ("pl-number-date", "", "Hasło jednorazowe nr 3 z dnia 05-03-2026: 482913. Operacja: przelew 1250,00 PLN", "482913"),
    ("ja-phone", "", "ワンタイムパスワード\n482913\n\nお問い合わせ：03-1234-5678", "482913"),
    ("de", "", "Ihr Bestätigungscode lautet: 48 29 13", "482913"),
    ("de-tan", "", "Ihre TAN für den Auftrag lautet 482913.", "482913"),
    ("de-einmal", "", "Ihr Einmalpasswort: 482913", "482913"),
    (
        "de-alone",
        "Dein Anmeldecode",
        "Hallo Anna,\n\nhier ist dein Code:\n\n482913\n\nEr ist 10 Minuten gültig.",
        "482913",
    ),
    ("fr", "", "Votre code de vérification est 1234", "1234"),
    ("fr-after", "", "Le code de connexion à usage unique : 482 913", "482913"),
    ("es", "", "Su código de seguridad es 482913", "482913"),
    ("es-after", "", "482913 es tu código de verificación", "482913"),
    ("it", "", "Il tuo codice di verifica è 482913", "482913"),
    ("pt", "", "Seu código de verificação é 482913", "482913"),
    ("nl", "", "Je verificatiecode is 482913", "482913"),
    ("pl", "", "Twój kod weryfikacyjny to 482913", "482913"),
    ("sv", "", "Din engångskod är 482913", "482913"),
    ("ru", "", "Ваш код подтверждения: 482-913. Никому не сообщайте.", "482913"),
    ("ru-after", "", "482913 — код для входа в Пример", "482913"),
    ("uk", "", "Ваш код підтвердження: 482913", "482913"),
    ("tr", "", "doğrulama kodunuz: 482913", "482913"),
    ("zh", "", "您的验证码是482913，5分钟内有效。", "482913"),
    ("zh-before", "", "482913（登录验证码），请勿告诉他人。", "482913"),
    ("zh-hant", "", "您的驗證碼：482913", "482913"),
    ("ja", "", "認証コード：4829", "4829"),
    ("ja-alone", "ログインコード", "以下の確認コードを入力してください。\n\n482913\n", "482913"),
    ("ko", "", "인증번호는 [482913] 입니다.", "482913"),
    ("en-unnamed", "", "Type 738 204 on the sign-in page to prove it is you.", "738204"),
    ("fr-unnamed", "", "Saisissez le 0427 dans l'application pour valider votre connexion.", "0427"),
    ("nl-digits", "", "Vul de volgende cijfers in om in te loggen: 208841", "208841"),
    ("es-digits", "Accede a tu cuenta", "Introduce estos dígitos en la pantalla: 914 553", "914553"),
    ("ru-password", "", "Пароль для входа: 7093", "7093"),
    ("tr-password", "", "Giriş şifreniz 84 12 60", "841260"),
    ("ja-brackets", "", "認証番号は【4068】です。", "4068"),
    ("zh-wide", "驗證", "請在頁面輸入以下數字完成驗證：\n\n９０３１８８\n", "９０３１８８"),
    ("en-spelled", "Confirm your address", "Use this to confirm your address:\n\n5\n0\n9\n1\n7\n3\n", "509173"),
    ("en-words", "", "Your temporary login code:\n\nsparo-limdi-vexat-wolun\n\nBye", "sparolimdivexatwolun"),
    ("ar", "", "رمز التحقق الخاص بك هو 482913", "482913"),
    ("ar-digits", "", "رمز التحقق الخاص بك هو ٤٨٢٩١٣", "٤٨٢٩١٣"),
    ("sv-reset", "", "Skriv in koden 482913 för att välja ett nytt lösenord.", "482913"),
    ("fi-reset", "", "Syötä koodi 482913, niin pääset jatkamaan.", "482913"),
    ("bg-short", "Твоят код: 9K4T", "Здравей!", "9K4T"),
    ("zh-comma", "登录验证码", "您的验证码为 482913,10分钟内有效。", "482913"),
    ("zh-collect", "", "请凭取件码 4829 领取包裹。", "4829"),
    ("zh-letters", "", "您的驗證碼如下：\n\n8 F 3 T 2 Q\n", "8F3T2Q"),
    ("vi-digits", "", "Vui lòng nhập mã xác nhận 4 8 2 9 1 3 để đăng nhập.", "482913"),
    ("et", "", "Teie kinnituskood on 482913.", "482913"),
    ("fi-compound", "", "Kertakäyttökoodisi:\n\n4 8 2 9 1\n\nVoimassa 15 minuuttia.", "48291"),
    ("de-number", "", "Ihre Sicherheitsnummer: 48-29-13", "482913"),
    ("de-town", "", "Station 7 (Hafenstr. 2, 50667 Köln): geben Sie den Abholcode 4829 ein.", "4829"),
    ("es-secret", "", "Escribe la siguiente clave en la aplicación: 48 29 13", "482913"),
    ("pt-collect", "", "Apresente a senha de retirada 4829 no balcão.", "4829"),
    ("uk-courier", "", "Назвіть кур'єру код 4829.", "4829"),
    ("2fa", "", "fern 2FA: 48x0f9", "48x0f9"),
    ("de-now", "", "Der Code fürs Tor ist jetzt 4829.", "4829"),
    ("hi", "", "आपका सत्यापन कोड 482913 है।", "482913"),
    ("bn", "", "আপনার যাচাইকরণ কোড 482913।", "482913"),
    ("ka", "", "თქვენი ერთჯერადი კოდია 482913.", "482913"),
    ("sw", "", "Msimbo wako wa uthibitishaji ni 482913.", "482913"),
    ("uz", "", "Tasdiqlash kodi: 482913", "482913"),
    ("cy", "", "Eich cod dilysu yw 482913.", "482913"),
    ("otp-card", "", "OTP for txn of INR 1,499.00 on card XX4410 is 482913.Do not share it.", "482913"),
    ("single-digits", "", "Your code: 4-8-2-9-1-3", "482913"),
    ("middle-dot", "", "Your one-time code is 482·913", "482913"),
    ("puk", "", "PUK code 48291377, please keep it safe.", "48291377"),
    ("pl-password", "", "Użyj 482913 jako hasła tymczasowego.", "482913"),
    ("password-number", "", "The file opens with the password 482913.", "482913"),
    ("zh-lock", "", "您的临时开锁密码为 4829，今晚有效。", "4829"),
    ("de-far-password", "", "Kennwort zum Öffnen der Nachricht: 482913", "482913"),
    ("es-key", "", "Su clave dinámica es 482913.", "482913"),
    ("it-number", "", "Numero di verifica: 482913", "482913"),
    ("bg-pin", "", "ПИН код за получаване: 4829", "4829"),
    ("hr-password", "", "Vaša jednokratna lozinka je 482913.", "482913"),
    ("et-password", "", "Ühekordne parool: 482913", "482913"),
    ("ja-key", "", "ワンタイムキー：482913（有効期限10分）", "482913"),
    ("ar-password", "", "كلمة مرور مؤقتة: 482913", "482913"),
    ("th-password", "", "รหัสผ่านชั่วคราว 482913", "482913"),
    ("two-codes", "Your code", "Your security code is 482 913.\n\nPractice code H81066.", "482913"),
    ("own-number-word", "", "Votre code à usage unique :\n\n482 913\n\nAdhérent n° 11884207", "482913"),
]

TRAPS = [
    ("cs-discount", "", "Slevový kód: LETO2026. Objednávka 48291377, kód zboží 482913, PSČ 110 00."),
    ("hu-coupon", "", "Kuponkód: 482913, termékkód: 10023, irányítószám 1011."),
    ("en-order-comma", "", "Your order, 48291377, is on its way. Use code SAVE2026 for 10% off."),
    ("promo", "", "Your promo code: SAVE2025"),
    ("checkout", "", "Use code SUMMER25 at checkout."),
    ("percent", "", "Order 48291345 shipped. Use code SUMMER25 for 10% off."),
    ("order", "", "Your order number is 48291345. Call 0800 123456."),
    ("order-with-code-word", "Your order code", "Order code: 48291345"),
    ("zip", "", "Zip code 94043"),
    ("postcode-fr", "", "code postal 75011 Paris, code promo NOEL2024"),
    ("source", "", "The source code has 12345 lines"),
    ("sent-to-phone", "", "We sent a code to 01715551234"),
    ("error", "", "error code 50012 happened in 2024"),
    ("invoice", "Invoice 2026-00417", "Invoice no. 2026-00417 of 5 March 2026 over 1.250,00 EUR. Barcode below."),
    ("tracking", "", "Tracking code: 4829134455. Your parcel arrives tomorrow."),
    ("phone-only", "", "Call me at 555 123 4567 about the code review."),
    ("year", "", "Our code of conduct was updated in 2024."),
    ("house-number", "", "The door code comes later. We live at 1600 Main Street."),
    ("price", "", "The discount code saves you 4500 EUR."),
    ("no-wording", "", "482913"),
    ("card", "", "Your card ending in 4829 was charged. Verify your code by phone."),
    ("booking", "", "Booking code: ABC123. Your flight leaves at 14:30."),
    ("rabatt", "", "Ihr Gutscheincode: WINTER2025"),
    ("bestellnummer", "", "Ihre Bestellnummer lautet 48291345, die Postleitzahl 10115."),
    ("kundennummer", "", "Kundennummer: 48291345. Zum Code-Editor geht es hier."),
    ("promo-es", "", "Tu código de descuento es AHORRA20"),
    ("pedido", "", "Número de pedido: 48291345"),
    ("codice-fiscale", "", "Codice fiscale: RSSMRA80A01"),
    ("cap-it", "", "CAP 20121 Milano, codice sconto ESTATE25"),
    ("cep-pt", "", "código de rastreio: 4829134455"),
    ("kod-rabatowy", "", "Twój kod rabatowy: ZIMA2025"),
    ("kod-pocztowy", "", "kod pocztowy 00950"),
    ("promo-ru", "", "Ваш промокод: ЛЕТО2025, заказ 48291345"),
    ("index-ru", "", "Номер заказа 48291345, код товара 1234567"),
    ("tr-siparis", "", "Sipariş numarası: 48291345, posta kodu 34000"),
    ("zh-order", "", "订单号：48291345，优惠码：SAVE20"),
    ("zh-tail", "", "您尾号4829的卡，验证码已发送。"),
    ("ja-order", "", "注文番号：48291345　クーポンコード：AB1234"),
    ("ko-order", "", "주문번호: 48291345, 할인 코드: SAVE20"),
    ("ar-order", "", "رقم الطلب 48291345 و رمز الخصم SAVE20"),
    ("verb", "", "Learn to code in 2026! 10000 students joined."),
    ("flight", "Flight confirmation", "Confirmation code: X7K2P9\nFlight LH 1234 on 5 March 2026, seat 12A"),
    ("building", "", "Bring your student code card to room 2041, building 1200."),
    ("estate-it", "", "Numero ordine 48291345. Usa il codice ESTATE20."),
    ("nl-order", "", "Bestelnummer 48291345, track & trace 3SABCD1234567, kortingscode ZOMER20, postcode 1012 AB"),
    ("pl-parcel", "", "Zamówienie nr 48291345. Kod paczki 482913445. Kod rabatowy WIOSNA20. 00-950 Warszawa"),
    ("never-share", "", "We never ask for your verification code. Report fraud to 7726 or call 0345 300 0000."),
    ("about-codes", "", "Protect your account with a verification code. Over 50000 people use it since 2019."),
    ("review", "", "Please review PR 48291: fixes error code 50012 in line 1204 of main.py since 2024."),
    ("date", "", "Your code expires on 2026-03-05."),
    ("time", "", "The code is valid until 14:30 on 05.03.2026."),
    ("url", "", "Get your code at https://example.org/verify?t=482913"),
    ("tax", "", "Your new tax code is 1257L. The course code: CS4410, module code 20418."),
    ("de-branch", "", "Ihr Kundencode 482910 und der Filialcode 2211 stehen auf der Rechnung."),
    ("pl-office", "", "Kod urzędu skarbowego 1208, kod gminy 146501."),
    ("ru-department", "", "Код подразделения 770-045, код ОКПО 44821099."),
    ("es-subject", "", "Código de asignatura 20418, código de centro 28044."),
    ("tr-branch", "", "Vergi dairesi kodu 34210, şube kodu 1204."),
    ("el-order", "", "Κωδικός παραγγελίας 118842, σύνολο 21,40 €."),
    ("phishing", "", "Deposit credited. Block 21884120. Anti-phishing code: oakboat88"),
    ("example", "", "A code, for example 482913, is sent to your phone."),
    ("failure", "Sign-in", "Sign-ins were failing with code 5031 between ten and eleven."),
    ("atm", "", "Your PIN was used at ATM 448120 on High Street."),
    ("approval", "Thanks", "Approval code 882105, merchant Corner Deli, $12.40."),
    ("es-approval", "", "Código de autorización 882105, comercio 55120045, importe 12,40 €."),
    ("percent-number", "", "Enter code 448231 at checkout for 15% off your next order."),
    ("password-changed", "Password changed", "The password of account 4410223 was changed. Ticket: 882106."),
    ("card-number", "", "Die brauchen die Kartennummer 4471 und den dreistelligen Sicherheitscode."),
    ("he-postcode", "", "רחוב הים 4, מיקוד 6688312"),
    ("mail-address", "", "Your code was sent to 482913@example.org"),
]


@pytest.mark.parametrize(("subject", "text", "code"), [row[1:] for row in CODES], ids=[row[0] for row in CODES])
def test_a_code_is_found_by_the_words_around_it(subject, text, code):
    assert read(subject, text) == (code,)


@pytest.mark.parametrize(("subject", "text"), [row[1:] for row in TRAPS], ids=[row[0] for row in TRAPS])
def test_a_number_that_is_no_login_code_is_left_alone(subject, text):
    assert read(subject, text) == ()


def test_the_codes_of_two_ways_are_both_found():
    assert read("Your codes", "Email code: 482913\nPhone code: 771209") == ("482913", "771209")


def test_a_code_right_after_its_word_silences_other_numbers():
    assert read("", "Your code is 482913. Need help? Quote 771209 to log in.") == ("482913",)


def test_the_same_code_twice_is_reported_once():
    assert read("482913 is your code", "Your code is 482 913.") == ("482913",)


def test_backup_codes_are_bounded():
    lines = "\n".join(f"{number}" for number in range(482910, 482950))

    assert len(read("Your backup codes", lines)) == MOST


def test_a_code_in_a_quote_that_was_cut_is_found_all_the_same():
    message = parse(
        b"From: ann@example.org\n\nHere it is.\n\nOn Mon, 2 Mar 2026 at 10:00, Bob <bob@example.org> wrote:\n> Your code is 482913.\n"
    )

    assert (message.latest.strip(), message.codes) == ("Here it is.", ("482913",))


def test_the_numbers_in_a_bounce_are_no_codes():
    bounce = (
        b"From: MAILER-DAEMON@example.org\nSubject: failure notice\n\nYour code is 482913.\n<a@b.example>: unknown\n"
    )

    assert parse(bounce).codes == ()


@given(st.text(max_size=300), st.text(alphabet="code :is482913 -\n.PINк验证码", max_size=200))
def test_every_code_occurs_in_the_mail_property(subject, text):
    squeezed = re.sub(r"[\s|\u2010-\u2015\u2212-]", "", subject + text)

    for code in read(subject, text):
        assert code in squeezed
