"""Plain text: what may stand in a chat."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.flat import flat
from sevenbot.summarise.plain import cut, plain, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc", "abc"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("\u2066a\u2069", "a"),
        ("p\u200bay\u2060pal\ufeff", "paypal"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("  a \t\n b\xa0c\u3000d ", "a b c d"),
        ("pre\u200c\u200c \u200c\u200c header\u200c", "pre header"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_cannot_be_seen_is_removed(text, shown):
    assert plain(text) == shown


def test_lines_stay_lines():
    assert visible("a\r\nb\rc\x07") == "a\nb\nc"


@pytest.mark.parametrize(
    ("text", "searched"),
    [("Ａ１２－３", "a12-3"), ("٤٨२", "482"), ("x\xa0–\tY", "x - y"), ("İSTANBUL", "istanbul"), ("It’s", "it's")],
)
def test_flat_makes_writing_alike(text, searched):
    assert flat(text) == searched


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("unbreakable", 5, "unbr…"),
        ("one, two", 6, "one…"),
        ("", 0, ""),
    ],
)
def test_a_cut_is_between_words_and_marked(text, limit, shown):
    assert cut(text, limit) == shown


@given(st.text())
def test_plain_twice_is_plain_once_property(text):
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_plain_text_has_no_controls_and_is_utf8_property(text):
    shown = plain(text)

    shown.encode()
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs"}
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@given(st.text())
def test_flat_is_as_long_as_the_text_property(text):
    assert len(flat(text)) == len(text)


@given(st.text(), st.integers(1, 50))
def test_a_cut_fits_property(text, limit):
    assert len(cut(text, limit)) <= limit
