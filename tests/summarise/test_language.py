"""Languages: guessed from script and small words, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Could you send me the report by Friday? It is for the board.", "en"),
        ("Kannst du mir bitte die Unterlagen schicken? Das ist für die Sitzung.", "de"),
        ("Pourriez-vous nous envoyer le contrat pour la réunion de vendredi ?", "fr"),
        ("¿Puedes enviarme el informe para la reunión de mañana? Gracias.", "es"),
        ("Potresti mandarmi il file per la riunione di domani? Grazie.", "it"),
        ("Você pode enviar o relatório para a reunião? Muito obrigado, não demora.", "pt"),
        ("Kun je me de offerte sturen? Het is voor de klant van morgen.", "nl"),
        ("Proszę o przesłanie faktury do piątku, ponieważ jest to pilne.", "pl"),
        ("Lütfen bu raporu cuma gününe kadar gönderin, çok acil bir konu.", "tr"),
        ("Kan du skicka rapporten till mig? Det är för mötet som vi har.", "sv"),
        ("Пожалуйста, пришлите договор, это для нас важно и не терпит.", "ru"),
        ("Будь ласка, підтвердьте зустріч, це важливо для нас і вас.", "uk"),
        ("Добрый день! Пришлите отчёт до вторника, мы ждём.", "ru"),
        ("Proszę prześlij mi podpisane dokumenty.", "pl"),
        ("Raporu cuma gününe kadar gönderebilir misin? Toplantı yarın sabah.", "tr"),
        ("Pode enviar o contrato? São dois dias, o prazo não muda.", "pt"),
        ("Meet Łukasz and Ağca at the station.", "en"),
        ("Pode enviar-me o contrato assinado até quinta-feira?", "pt"),
        ("Raporu cuma gününe kadar gönderebilir misin?", "tr"),
        ("请在三月四日之前回复确认。", "zh"),
        ("明日までに資料を送ってください。", "ja"),
        ("금요일까지 회신 부탁드립니다.", "ko"),
        ("يرجى إرسال التقرير قبل يوم الجمعة.", "ar"),
        ("לא נוכל להגיע מחר.", "he"),
        ("Παρακαλώ στείλτε την αναφορά.", "el"),
        ("กรุณาส่งรายงาน", "th"),
        ("कृपया रिपोर्ट भेजें", "hi"),
        ("لطفا گزارش را پیش از جمعه بفرستید", "fa"),
        ("Lorem", None),
        ("12345 €", None),
        ("", None),
        ("OK", None),
    ],
)
def test_a_language_is_recognised(text, language):
    assert guess_language(text) == language


@given(st.text())
def test_a_guess_is_a_code_or_nothing_property(text):
    guess = guess_language(text)

    assert guess is None or (len(guess) == 2 and guess.islower())
