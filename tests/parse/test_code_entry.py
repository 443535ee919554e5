"""Codes that are never called so: told by the verb, the occasion, and nothing that the number counts or names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.codes import READ_CHARS, read

CODES = [
    ("en", "Finish signing in", "Type 738 204 on the sign-in page to prove it is you.", "738204"),
    ("en-short", "Log in", "To log in, key in 5582 when the app asks.", "5582"),
    ("en-alone", "Log in to Fern", "Here you go:\n\n61 07 33\n\nPop that into the login window.", "610733"),
    ("en-digit-by-digit", "Fern", "Use this to confirm your address:\n\n5 0 9 1 7 3\n\nFern Ltd", "509173"),
    ("en-letters", "Fern", "Use the following to sign in\n\nAB7-9KX\n\nFern Ltd", "AB79KX"),
    ("de", "Freigabe", "Für die Freigabe Ihrer Zahlung tragen Sie 5523 im Feld ein.", "5523"),
    ("de-verb-last", "Anmeldung", "Zum Einloggen bitte folgende Zahl eintragen: 70413", "70413"),
    ("fr", "", "Saisissez le 0427 dans l’application pour valider votre connexion.", "0427"),
    ("fr-digits", "", "Voici vos six chiffres pour vous connecter : 118 902.", "118902"),
    ("es", "Verifica tu cuenta", "Para continuar, introduce estos dígitos en la pantalla: 914 553", "914553"),
    ("it-password", "", "La password usa e getta per accedere è 66120983.", "66120983"),
    ("pt", "", "Digite 440981 para entrar na sua conta.", "440981"),
    ("nl", "", "Vul de volgende cijfers in om in te loggen: 208841.", "208841"),
    ("pl", "Logowanie", "Wpisz cyfry 90 12 77 na stronie.", "901277"),
    ("ru-password", "", "Пароль для входа: 7093", "7093"),
    ("uk", "", "Щоб увійти, введіть 330 917.", "330917"),
    ("tr", "", "Oturum açmak için 664120 sayısını girin.", "664120"),
    ("zh", "登录", "请输入 408812 完成登录。", "408812"),
    ("ja", "", "ログインするには「728014」を入力してください。", "728014"),
    ("ko", "", "로그인하려면 551902을(를) 입력하세요.", "551902"),
    ("ar", "", "أدخل الرقم 730015 لتسجيل الدخول.", "730015"),
    ("hr", "Potvrda", "Unesite 551020 za prijavu.", "551020"),
    ("hi", "खाता", "लॉगिन करने के लिए 551021 दर्ज करें।", "551021"),
    ("vi", "", "Nhập 551022 để đặt lại mật khẩu.", "551022"),
    ("mixed-case", "", "To confirm the change enter  t4Rk8Q  (case matters).", "t4Rk8Q"),
    ("key", "", "To unlock your card, use unlock key 551023 in the app.", "551023"),
    ("set-out", "Sign-in attempt", "Somebody wants to access your account.\n\n551 024\n\nYou? That is all.", "551024"),
    ("left-over", "Session over", "Two-step login: 551025 gets you in. Never share it with anyone.", "551025"),
    ("ja-left-over", "", "さっき届いた、5510 です。認証コードは3分で切れます。", "5510"),
    ("note", "Fwd: bank", "My phone says you are to type this in over there: 551027. See you!", "551027"),
    ("pt-note", "Re: conta", "Chegou agora 551-028, entra logo", "551028"),
    ("de-note", "AW: Zugang", "SMS kam gerade: 75-10-29.", "751029"),
    ("line", "", "is that you?? 552 191 showed up here", "552191"),
    ("try", "Re: tickets", "ok try 339103, else I'll ask for another", "339103"),
    ("it-subject", "Re: codice", "eccolo 402191 fai presto", "402191"),
    ("subject", "Fern: 882 194", "Enter the number above to finish.", "882194"),
    ("gate", "gate", "Back on Sunday! On the side gate press 7742 and the star.", "7742"),
    ("es-box", "llaves", "La caja de las llaves se abre con 7743.", "7743"),
    ("case-of-place", "Vahvista sähköposti", "Yksi vaihe jäljellä: kirjoita 551031 ruudulle.", "551031"),
    ("hu-ending", "Belépés", "Használja a 551033-as kódot a belépéshez.", "551033"),
    ("tr-ending", "", "Giriş için 551034'ü kullanın.", "551034"),
    ("locker", "Locker 14", "Locker 14 is booked. It opens with 8813 between nine and five.", "8813"),
    ("subject-only", "551035", "is all you need to sign in.", "551035"),
    ("burmese-digits", "", "သင့်အတည်ပြုကုဒ်မှာ ၅၅၁၀၃၆ ဖြစ်သည်။", "၅၅၁၀၃၆"),
    ("is-for", "", "Fern here! 551037 is what you need to finish logging in.", "551037"),
    ("bracket-subject", "[Fern] 551038", "Use the number in the subject to continue.", "551038"),
    ("there-you-go", "Fern", "You asked for a login code. There you go! 551039 Cheers, Fern", "551039"),
    ("glued", "", "Use 551032 to log in.Do not share it.", "551032"),
]
TRAPS = [
    ("no-occasion", "TV", "Type 1080 into the search to find it."),
    ("no-verb", "New sign-in", "A sign-in at 0915 from device 440918."),
    ("counted", "Win", "Log in and use 5000 points. Already 12500 members joined."),
    ("own-number", "How to log in", "Click sign in and enter your student number 20264411."),
    ("meter", "", "Please enter the meter reading 004412 when you log in."),
    ("building", "Access", "To sign in, use entrance 4410 on Pine Road."),
    ("address", "Sign in", "Type 4410 Pine Road into your map, sign in at the desk."),
    ("year", "Log in", "Type 2026 to log in."),
    ("de-counted", "Login", "Geben Sie 3000 Zeichen ein."),
    ("de-reference", "Anmeldung", "Bitte geben Sie bei Rückfragen 2026-4410 an."),
    ("it-points", "Accesso", "Inserisci 5000 punti nel carrello e accedi."),
    ("label", "Sign-in", "New sign-in. Was it you?\n\nDevice\n551030\n\nDo not share this mail."),
    ("postcode", "Log in to Fern", "The button works once, for 15 minutes.\n\nFern Inc., 12 Pine St, Reno, NV 89501"),
    ("town", "Bestätigung", "Ihre Anmeldung gilt 15 Minuten. Treffpunkt: Am Hafen 2, 50667 Köln."),
    ("meters", "Re: meters", "Hi, gas is 04127 and power 88310, can you type both in?"),
    ("two-parts", "Re: part", "I need the 90231, not the 90233"),
    ("offer", "Re: house", "They want 450000, shall I offer 430500?"),
    ("order-came", "Re: order", "Got it, 44813 arrived today, thanks!"),
    ("date-in-one", "Re: token", "Rotate your sign-in key before 20261120."),
    ("masked", "Sign-in", "Confirm with the card XX4410 at hand, within 5 minutes."),
    ("device", "New sign-in", "Device 448121. Not you? Reset your password within 30 minutes."),
    ("ja-device", "ログイン", "端末 448121。心当たりがない場合は30分以内に変更してください。"),
    ("hotel", "Done", "Confirmation 88120345. It may take minutes. Do not share this receipt."),
    ("note-of-a-room", "Re: tonight", "Enter at the back, room 4410, and bring the 5000 flyers that came."),
    ("many", "Log in", "Log in. Enter 4411. Enter 4412. Enter 4413."),
]


@pytest.mark.parametrize(("subject", "text", "code"), [case[1:] for case in CODES], ids=[case[0] for case in CODES])
def test_a_number_to_be_entered_for_logging_in_is_a_code(subject, text, code):
    assert read(subject, text) == (code,)


@pytest.mark.parametrize(("subject", "text"), [case[1:] for case in TRAPS], ids=[case[0] for case in TRAPS])
def test_a_number_that_counts_or_names_something_is_no_code(subject, text):
    assert read(subject, text) == ()


def test_full_width_digits_are_found_and_reported_as_they_stand():
    assert read("驗證信", "請在頁面輸入以下數字完成驗證：\n\n９０３１８８\n") == ("９０３１８８",)


@given(st.text(st.sampled_from("log in type 4410 88:\n.「」输入 sign AB7-9KX")))
def test_whatever_is_found_stands_in_the_mail(text):
    squashed = text.replace(" ", "").replace("-", "").replace("\n", "")
    assert all(code in squashed for code in read("Log in", text))


def test_a_text_of_numbers_costs_little():
    began = time.process_time()
    read("Log in", "type 4410 88 " * (READ_CHARS // 13))
    assert time.process_time() - began < 1
