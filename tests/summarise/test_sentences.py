"""Sentences: split where a reader would, in the languages of most mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.sentences import is_finished, paragraphs, sentences, size, split

TABLE = [
    ("plain", "One two. Three four. Five!", ["One two.", "Three four.", "Five!"]),
    ("question", "Really? Yes. Sure!", ["Really?", "Yes.", "Sure!"]),
    ("ellipsis", "Well... Let us see. Fine…", ["Well...", "Let us see.", "Fine…"]),
    ("ellipsis-lower", "Well... let us see.", ["Well... let us see."]),
    ("quotes", 'He said "Go." Then he left.', ['He said "Go."', "Then he left."]),
    ("title", "Mr. Smith and Dr. Jones met. They spoke.", ["Mr. Smith and Dr. Jones met.", "They spoke."]),
    ("initials", "J. R. R. Tolkien wrote it. Read it.", ["J. R. R. Tolkien wrote it.", "Read it."]),
    ("decimal", "It costs 3.14 now. Buy it.", ["It costs 3.14 now.", "Buy it."]),
    ("host", "Visit example.org today. It is free.", ["Visit example.org today.", "It is free."]),
    ("us", "The U.S. Army came. They left.", ["The U.S. Army came.", "They left."]),
    ("eg", "Bring snacks, e.g. Apples. Thanks.", ["Bring snacks, e.g. Apples.", "Thanks."]),
    ("time", "Meet at 5 p.m. Tuesday works. Ok.", ["Meet at 5 p.m. Tuesday works.", "Ok."]),
    ("clock", "We are back at 14:30. Bring shoes.", ["We are back at 14:30.", "Bring shoes."]),
    (
        "de-street",
        "Er wohnt in der Flughafenstr. 12 im Hof. Gut.",
        ["Er wohnt in der Flughafenstr. 12 im Hof.", "Gut."],
    ),
    ("de-doctor", "Dr. med. Anna Weiss kommt. Gut.", ["Dr. med. Anna Weiss kommt.", "Gut."]),
    ("year-end", "It was 2024. Then it ended.", ["It was 2024.", "Then it ended."]),
    ("de-ordinal", "Am 5. März ist Sitzung. Bitte kommen.", ["Am 5. März ist Sitzung.", "Bitte kommen."]),
    ("de-zb", "Bring z. B. Wasser mit. Danke dir.", ["Bring z. B. Wasser mit.", "Danke dir."]),
    ("de-ca", "Es sind ca. 20 Leute. Gut.", ["Es sind ca. 20 Leute.", "Gut."]),
    ("fr", "Bonjour M. Dupont est là. Il attend.", ["Bonjour M. Dupont est là.", "Il attend."]),
    ("fr-space", "Ça va ? Oui ! Bien.", ["Ça va ?", "Oui !", "Bien."]),
    ("es", "¿Vienes? ¡Claro! La Sra. López también.", ["¿Vienes?", "¡Claro!", "La Sra. López también."]),
    ("it", "Il dott. Rossi arriva. Bene.", ["Il dott. Rossi arriva.", "Bene."]),
    ("pt", "O Sr. Silva ligou. Retorne.", ["O Sr. Silva ligou.", "Retorne."]),
    ("nl", "Neem bijv. Water mee. Tot dan.", ["Neem bijv. Water mee.", "Tot dan."]),
    ("pl", "Przynieś np. Wodę. Dzięki.", ["Przynieś np. Wodę.", "Dzięki."]),
    ("ru", "Встреча в г. Москве и т. д. Приходите. Ждём!", ["Встреча в г. Москве и т. д. Приходите.", "Ждём!"]),
    ("ru-plain", "Привет. Как дела? Хорошо.", ["Привет.", "Как дела?", "Хорошо."]),
    ("uk", "Ціна 5 грн. Дякую. Так!", ["Ціна 5 грн. Дякую.", "Так!"]),
    ("tr", "Dr. Yılmaz geldi. Bekliyor.", ["Dr. Yılmaz geldi.", "Bekliyor."]),
    ("zh", "你好。明天见！好吗？", ["你好。", "明天见！", "好吗？"]),
    ("zh-quote", "他说：“走吧。”然后离开了。", ["他说：“走吧。”", "然后离开了。"]),
    ("ja", "了解です。「はい。」と言った。", ["了解です。", "「はい。」", "と言った。"]),
    ("ko", "안녕하세요. 내일 봐요. 네!", ["안녕하세요.", "내일 봐요.", "네!"]),
    ("ar", "هل أنت بخير؟ نعم. شكرا!", ["هل أنت بخير؟", "نعم.", "شكرا!"]),
    ("hi", "यह ठीक है। हाँ।", ["यह ठीक है।", "हाँ।"]),
    ("emoji", "Great! 🎉 See you.", ["Great!", "🎉 See you."]),
    ("no-end", "no end mark here", ["no end mark here"]),
    ("empty", "", []),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_paragraph_is_split_where_a_reader_would(text, expected):
    assert split(text) == expected


def test_a_wrapped_line_is_put_together():
    text = "This line was wrapped by the mail program of the sender\nafter about seventy characters.\n\nNew paragraph."

    assert paragraphs(text) == [
        "This line was wrapped by the mail program of the sender after about seventy characters.",
        "New paragraph.",
    ]


def test_short_lines_stay_apart():
    assert paragraphs("Anna Bauer\nExample Ltd\nBerlin") == ["Anna Bauer", "Example Ltd", "Berlin"]


def test_a_line_that_goes_on_in_lower_case_is_put_together():
    assert paragraphs("This goes\non.") == ["This goes on."]


def test_a_greeting_is_not_put_together_with_what_follows():
    assert paragraphs("Hallo Anna,\nwir kommen morgen.") == ["Hallo Anna,", "wir kommen morgen."]


def test_items_of_a_list_stay_apart():
    assert paragraphs("Please bring all of these things with you to the meeting:\n- water\n- bread") == [
        "Please bring all of these things with you to the meeting:",
        "- water",
        "- bread",
    ]


def test_wrapped_chinese_is_put_together_without_a_blank():
    first = "这是一封很长的邮件，它被发件人的邮件程序折行了，因为每一行都不能太长"

    assert paragraphs(f"{first}\n所以在这里继续。") == [f"{first}所以在这里继续。"]


def test_blocks_of_html_are_not_put_together():
    text = "A heading that is quite long and has no full stop at all\nAnother block."

    assert paragraphs(text, wrapped=False) == text.split("\n")


@pytest.mark.parametrize(
    ("text", "words"), [("one two three", 3), ("", 0), ("会议将于三月举行", 4), ("한국어 단어", 2)]
)
def test_size_in_words(text, words):
    assert size(text) == words


@pytest.mark.parametrize(
    ("text", "finished"), [("Yes.", True), ('"Go!"', True), ("好。", True), ("Heading", False), ("So:", False)]
)
def test_a_sentence_is_finished_by_its_end_mark(text, finished):
    assert is_finished(text) is finished


@given(st.text(alphabet="aB1 .!?。\n\"'”)у-z。؟", max_size=200))
def test_splitting_loses_no_character_property(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_included_tax_does_not_end_a_sentence():
    assert sentences("Total: $54.20 (incl. VAT $8.65) is due.") == ["Total: $54.20 (incl. VAT $8.65) is due."]
