"""A true number, day or sender does not carry a claim that the mail does not make."""

import time

import pytest

from sevenbot.summarise.check import checked
from sevenbot.summarise.claims import Claims
from sevenbot.summarise.model import ModelAnswer
from tests.summarise import answers
from tests.summarise.mails import a_message


def kept(mail, language, said):
    subject, text = answers.MAILS[mail]
    return checked(ModelAnswer(said, language or None), a_message(text, subject), language=language or None)


@pytest.mark.parametrize(("mail", "language", "said"), answers.HONEST)
def test_an_honest_sentence_stands(mail, language, said):
    summary = kept(mail, language, said)

    assert summary is not None
    assert summary.replaced == 0


@pytest.mark.parametrize(("mail", "language", "said"), answers.FALSE)
def test_a_false_claim_with_a_true_number_falls(mail, language, said):
    assert kept(mail, language, said) is None


def test_a_grave_claim_in_a_language_without_words_here_is_let_pass():
    finnish = Claims.of("Lasku", "Lasku 4711 on 120 euroa, eräpäivä 5.3.", "fi")
    german = Claims.of("Erstattung", "Wir haben 120 Euro erstattet.", "de")

    assert finnish.allow("You owe 120 euro.", is_translation=True)
    assert not german.allow("You owe 120 euro.", is_translation=True)


@pytest.mark.parametrize("text", ["pay 12 " * 20_000, "a 12. " * 20_000, "call " * 20_000, "中12" * 20_000])
def test_no_mail_takes_long(text):
    start = time.process_time()

    Claims.of("", text, "en").allow("You owe 12 euro for this and that.", is_translation=False)

    assert time.process_time() - start < 1
