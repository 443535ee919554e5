"""Codes made of words, and codes in short groups."""

import pytest

from sevenbot.parse.codes import read

CODES = [
    ("words below", "Your login", "Your temporary login code:\n\nsparo-limdi-vexat-wolun\n", "sparolimdivexatwolun"),
    ("words in a sentence", "Login", "With the one-time password fisk-torn-mole-7 you can log in.", "fisktornmole7"),
    ("words behind a label", "Hasło jednorazowe", "Hasło jednorazowe: wrona-42-klon\nDo godz. 9:45.", "wrona42klon"),
    (
        "words in a box",
        "Dein Login",
        "Melde dich mit diesem Code an:\n\nesche-rabe-27-fass\n\nDanke",
        "escherabe27fass",
    ),
    ("a passphrase", "Sign in", "Your one-time passphrase is ember-otter-lamp. It works once.", "emberotterlamp"),
    ("words to be entered", "Sign in", "Use ember-otter-41-lamp to sign in on your TV.", "emberotter41lamp"),
    ("words for access", "Zugang", "Ihr Freischaltwort lautet: NEBEL-42-FASS", "NEBEL42FASS"),
    ("a password to confirm", "Verifica email", "La parola d'ordine: faro-lago-33-nube", "farolago33nube"),
    ("characters", "Přihlášení", "Opište znaky 7K5P do okna přihlášení.", "7K5P"),
    ("groups of letters", "Giriş", "Şu karakterleri gir: T4 K9 3M", "T4K93M"),
    ("four digits with hyphens", "Вход", "Чтобы войти, введите 4-4-7-2", "4472"),
    ("access in Romanian", "Cod de acces", "Codul tău de acces: 44 72. Client nr. 882013", "4472"),
    ("short groups", "Confirm", "Enter the code 7Q-WX-4 to confirm your address.", "7QWX4"),
    ("groups of one", "Einmal-Passwort", "Sie erhalten das Einmal-Passwort 5-K-8-R-2-Z.", "5K8R2Z"),
    ("in the subject", "Güvenlik kodu: K7-MX-2", "Kodu konudan kopyalayıp yapıştır.", "K7MX2"),
    ("four in a box", "Giriş kodunuz hazır", "Merhaba,\n\nK4N8\n\nBu kodu giriş ekranına yaz.", "K4N8"),
    ("four digits apart", "Kod", "Podaj cyfry 9 1 2 7 jako kod potwierdzający.", "9127"),
    ("request before it", "Ihre TAN", "Ihre TAN für den Antrag 2026-4473 lautet 719206.", "719206"),
    ("security in Dutch", "Beveiligingscode", "U logt in. Uw beveiligingscode:\n\n3 4 0 9 7 2\n", "340972"),
]


@pytest.mark.parametrize(("subject", "text", "code"), [case[1:] for case in CODES], ids=[case[0] for case in CODES])
def test_a_code_of_an_unusual_form_is_read(subject, text, code):
    assert read(subject, text) == (code,)


NONE = [
    ("a plain word", "Your code", "This code is end-to-end encrypted."),
    ("a slug", "Review", "The code in src/parse-the-line-2 was merged."),
    ("a friend's code", "Gana 15 €", "Comparte tu código de referido LOLA-7782 con amigos."),
    ("a word of use", "Your code", "This code is one-time-use."),
    ("a postcode", "Your code", "You asked for a login code. Fern, 3 Mill Lane, LS1 4AB"),
    ("a parking zone", "Parking", "Zone code 4472. Confirm your parking in the app."),
    ("a friend code", "Invite a friend", "Your friend code: OMAR-5523. You both get 10 €."),
    ("three for two", "3x2 con el código ARENA3X2", "Usa el código ARENA3X2 este fin de semana."),
    ("an emergency line", "TAN per SMS", "Die TAN per SMS gilt nicht mehr. Sperr-Notruf 116 118."),
    ("an invitation", "招待コード", "招待コード KEI-7713 を教えると、二人とも得します。"),
]


@pytest.mark.parametrize(("subject", "text"), [case[1:] for case in NONE], ids=[case[0] for case in NONE])
def test_what_only_looks_like_one_is_none(subject, text):
    assert read(subject, text) == ()
