"""Names, dates and words of two languages, compared."""

import pytest

from sevenbot.summarise.names import is_known, months, names, sounds, stems, weekdays


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Yesterday Anna Bauer signed.", ["Anna", "Bauer"]),
        ("Anna signed.", []),
        ("It is due on Friday in March.", []),
        ("The PDF is attached.", []),
        ("Вчера подписала Анна.", ["Анна"]),
        ("昨天安娜签了。", []),
        ("Signed, Bob and Eve.", ["Bob", "Eve"]),
    ],
)
def test_a_name_is_capitalised_inside_a_sentence(sentence, found):
    assert names(sentence) == found


@pytest.mark.parametrize(
    ("name", "mail"),
    [
        ("Moscow", "Встреча в Москве."),
        ("Москву", "The meeting is in Moscow."),
        ("Muller", "Herr Müller schrieb."),
        ("Annas", "Anna wrote."),
        ("Αθήνα", "The flight to Athina."),
    ],
)
def test_a_name_is_known_in_other_letters_and_with_other_endings(name, mail):
    assert is_known(name, sounds(mail))


def test_a_name_that_the_mail_does_not_have_is_not_known():
    assert not is_known("Mallory", sounds("Anna wrote to Bob about Moscow."))


@pytest.mark.parametrize(
    "text", ["on Tuesday", "am Dienstag", "mardi prochain", "во вторник", "星期二", "火曜日", "화요일"]
)
def test_a_weekday_is_the_same_in_every_language(text):
    assert weekdays(text) == {1}


@pytest.mark.parametrize("text", ["5 February", "im Februar", "en février", "5 февраля", "w lutym", "Şubat ayında"])
def test_a_month_is_the_same_in_every_language(text):
    assert months(text) <= {2}


def test_small_words_carry_no_meaning():
    assert stems("They would have been there with the contract") == {"contr"}
