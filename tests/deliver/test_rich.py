from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.rich import Span, as_html, as_plain, fill, line, shorten, split_text, units
from tests.fake_telegram import read_html

BROKEN = st.text(st.sampled_from("ab \n.é\u0301👨\u200d👩🏽🇩🇪中\U0001f600"), max_size=120)


def test_units_count_as_telegram_counts():
    assert (units("aé中"), units("😀"), units("🇩🇪")) == (3, 2, 4)


def test_spans_escape_their_text_and_their_target():
    lines = [line("<&>", Span("x<y", "a", 'https://x.example/?a="&b'))]

    assert as_html(lines) == '&lt;&amp;&gt;<a href="https://x.example/?a=&quot;&amp;b">x&lt;y</a>'
    assert as_plain(lines) == "<&>x<y"


def test_an_empty_span_leaves_no_tags():
    assert as_html([line(Span("", "b"), "x")]) == "x"


def test_a_template_is_filled_with_spans():
    assert fill("Hello {who}!", who=Span("Ann", "b")) == (Span("Hello "), Span("Ann", "b"), Span("!"))


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("short", 5, "short"),
        ("some words here", 12, "some words…"),
        ("unbreakable", 6, "unbre…"),
        ("a, bcdefgh", 3, "a…"),
        ("😀😀😀", 4, "😀…"),
        ("ab👨\u200d👩\u200d👧x", 9, "ab…"),
        ("abe\u0301", 3, "ab…"),
        ("🇩🇪🇫🇷x", 7, "🇩🇪…"),
        ("👍🏽👍🏽", 7, "👍🏽…"),
        ("x", 0, ""),
    ],
)
def test_shortening_ends_at_a_word_and_never_within_a_character(text, room, expected):
    assert shorten(text, room) == expected


@given(BROKEN, st.integers(0, 60))
def test_property_a_shortened_text_fits_and_is_a_beginning(text, room):
    short = shorten(text, room)

    assert units(short) <= room or short == text
    assert text.startswith(short.removesuffix("…"))
    assert "\ufffd" not in short.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n ", []),
        ("one", ["one"]),
        ("first par\n\nsecond par", ["first par", "second par"]),
        ("first line\nsecond", ["first line", "second"]),
        ("One two. Three four", ["One two.", "Three four"]),
        ("one two three four", ["one two", "three four"]),
        ("0123456789abcdefg", ["0123456789ab", "cdefg"]),
        ("012345678901\n\nx", ["012345678901", "x"]),
    ],
)
def test_long_texts_are_split_at_the_best_seam(text, pieces):
    assert split_text(text, 12) == pieces


@given(BROKEN, st.integers(2, 40))
def test_property_pieces_fit_and_nothing_but_white_space_is_lost(text, room):
    pieces = split_text(text, room)

    assert all(0 < units(piece) <= room for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.lists(st.tuples(st.sampled_from(["", "b", "i", "code"]), BROKEN), max_size=5))
def test_property_html_reads_back_as_the_plain_text(spans):
    lines = [line(*(Span(text + "<&>\"'", tag) for tag, text in spans))]

    assert read_html(as_html(lines)).text == as_plain(lines)
