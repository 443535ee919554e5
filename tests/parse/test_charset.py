import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import charset


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ('"utf-8"', "utf-8"),
        ("charset=utf-8", "utf-8"),
        ("ISO-8859-1", "cp1252"),
        ("iso8859-1", "cp1252"),
        ("ISO_8859-15", "iso-8859-15"),
        ("windows-1251", "cp1251"),
        ("win-1251", "cp1251"),
        ("1252", "cp1252"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("Big5", "big5hkscs"),
        ("Shift_JIS", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("koi8-r", "koi8-r"),
        ("utf-16le", "utf-16le"),
        ("us-ascii", None),
        ("unknown-8bit", None),
        ("", None),
        ("klingon", ""),
        ("zip", ""),
        ("punycode", ""),
        ("unicode_escape", ""),
        ("rot13", ""),
    ],
)
def test_label_means_what_senders_mean(label: str, codec: str | None) -> None:
    assert charset.codec_for(label) == codec


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("Grüße aus Köln", "cp1252", "iso-8859-1"),
        ("Привет, как дела?", "koi8-r", "koi8-r"),
        ("会议改到星期三，镕基", "gb18030", "gb2312"),
        ("週末的聚會", "big5", "big5"),
        ("今日は①番の資料", "cp932", "shift_jis"),
        ("안녕하세요 똠방각하", "cp949", "euc-kr"),
        ("مرحبا", "cp1256", "windows-1256"),
        ("ภาษาไทย", "cp874", "tis-620"),
    ],
)
def test_declared_charset_is_read_without_a_note(text: str, codec: str, label: str) -> None:
    assert charset.decode(text.encode(codec), label) == (text, None)


def test_japanese_vendor_characters_survive_iso_2022_jp() -> None:
    raw = b"\x1b$B-!HV\x1b(B and \x1b(I1\x1b(B"

    assert charset.decode(raw, "iso-2022-jp") == ("①番 and ｱ", None)


def test_utf8_under_a_single_byte_label_is_read_as_utf8_with_a_note() -> None:
    text, note = charset.decode("Crème brûlée".encode(), "iso-8859-1")

    assert text == "Crème brûlée"
    assert note == "charset iso-8859-1 was really UTF-8"


def test_latin_bytes_under_a_utf8_label_are_guessed_with_a_note() -> None:
    text, note = charset.decode("Die Straße ist schön, Jörg".encode("cp1252"), "utf-8")

    assert text == "Die Straße ist schön, Jörg"
    assert note is not None
    assert "cp1252" in note


def test_some_damage_in_a_long_text_keeps_its_charset() -> None:
    raw = "Привет, как дела? ".encode() * 20

    text, note = charset.decode(raw[:50] + b"\xff" + raw[50:], "utf-8")

    assert text.count("Привет") >= 19
    assert note == "some bytes did not fit the charset utf-8"


def test_text_cut_inside_a_character_loses_only_that_character() -> None:
    assert charset.decode("schön".encode() + "ö".encode()[:1], "utf-8")[0] == "schön\ufffd"


@pytest.mark.parametrize("label", ["zip", "klingon", "base64", "../../etc/passwd", "mbcs"])
def test_unknown_label_is_told_and_the_text_is_read(label: str) -> None:
    text, note = charset.decode("schön".encode(), label)

    assert text == "schön"
    assert note is not None


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Здравствуйте! Встречаемся завтра в три часа дня у метро, возьмите документы.", "koi8-r"),
        ("Здравствуйте! Встречаемся завтра в три часа дня у метро, возьмите документы.", "cp1251"),
        ("今日は少し遅くなります。夕飯は先に食べてください。", "cp932"),
        ("今日は少し遅くなります。夕飯は先に食べてください。", "euc-jp"),
        ("您好，会议改到星期三下午三点，请带上合同和发票。", "gb18030"),
        ("您好，會議改到星期三下午三點，請帶上合約和發票。", "big5"),
        ("안녕하세요. 회의는 수요일 오후 세 시로 변경되었습니다.", "cp949"),
        ("Καλημέρα, η συνάντηση είναι την Τετάρτη στις τρεις.", "cp1253"),
        ("شكرا جزيلا على الرسالة، نلتقي غدا في المكتب", "cp1256"),
        ("שלום, הפגישה נדחתה ליום רביעי בשעה שלוש", "cp1255"),
        ("L'été dernier, nous étions à la plage près de Brême où ça s'est passé.", "cp1252"),
    ],
)
def test_undeclared_charset_is_guessed_by_plausibility(text: str, codec: str) -> None:
    assert charset.decode(text.encode(codec))[0] == text


@given(
    st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-7", "gb18030", "iso-2022-jp", "cp1252", "utf-16", "x"])
)
def test_any_bytes_make_text_that_utf8_can_hold_property(raw: bytes, label: str) -> None:
    text, _ = charset.decode(raw, label)

    text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\x1b"), max_size=200))
def test_utf8_is_always_read_back_property(text: str) -> None:
    assert charset.decode(text.encode(), "utf-8") == (text, None)


def test_japanese_behind_very_many_escapes_is_still_read():
    raw = b'a\x1b$B$"\x1b(B' * 60_000

    text, _ = charset.decode(raw, "iso-2022-jp")

    assert text == "aあ" * 60_000


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", "Завтра отключат воду с девяти до двенадцати часов, запаситесь заранее."),
        ("koi8-r", "Завтра отключат воду с девяти до двенадцати часов, запаситесь заранее."),
        ("cp1253", "Η συνάντηση θα γίνει αύριο στις δέκα το πρωί στο γραφείο."),
    ],
)
def test_another_alphabet_that_is_called_western_is_recognised(codec, text):
    assert charset.decode(text.encode(codec), "iso-8859-1") == (text, f"charset iso-8859-1 was really {codec}")


def test_western_text_keeps_its_charset():
    text = "Où êtes-vous ? L’été, là-bas, âgé de dix ans, il créa un café. Größe: äöü ÄÖÜ!"

    assert charset.decode(text.encode("cp1252"), "windows-1252") == (text, None)
