from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.demo.entities import Parsed, utf16_length
from sevenbot.demo.markup import parse_html
from sevenbot.demo.refusal import Refusal

REFUSALS = {
    "a tag Telegram lacks": ("<p>Hi</p>", 'Unsupported start tag "p" at byte offset 0'),
    "offset counts bytes": ("жы<p>", 'Unsupported start tag "p" at byte offset 4'),
    "less-than sign": ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    "less-than sign and a tag": ("<< Title", 'Unsupported start tag "<" at byte offset 0'),
    "never closed": ("<b>Hi", "Can't find end tag corresponding to start tag b"),
    "closed twice": ("<b>Hi</b></b>", "Unexpected end tag at byte offset 9"),
    "crossed": ("<b><i>Hi</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
    "start tag cut off": ("Hi <b", "Unclosed start tag at byte offset 3"),
    "attribute cut off": ('<a href="x', "Unclosed start tag at byte offset 0"),
    "end tag cut off": ("<b>Hi</b", "Unclosed end tag at byte offset 5"),
    "bare value": ("<a href=http://x.de>", "Unexpected end of name token at byte offset 8"),
    "no name": ('<a ="x">', 'Empty attribute name in the tag "a" at byte offset 0'),
    "span without class": ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    "surrogate": ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for"),
}


@pytest.mark.parametrize(("source", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_wrong_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_html(source)

    assert refusal.value.code == 400
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {reason}")


KINDS = {
    "<b>x</b>": {"type": "bold"},
    "<strong>x</strong>": {"type": "bold"},
    "<EM>x</em>": {"type": "italic"},
    "<u>x</u>": {"type": "underline"},
    "<s>x</s>": {"type": "strikethrough"},
    "<tg-spoiler>x</tg-spoiler>": {"type": "spoiler"},
    '<span class="tg-spoiler">x</span>': {"type": "spoiler"},
    "<code>x</code>": {"type": "code"},
    "<code class='language-py'>x</code>": {"type": "code"},
    "<pre>x</pre>": {"type": "pre"},
    '<pre><code class="language-py">x</code></pre>': {"type": "pre", "language": "py"},
    "<blockquote>x</blockquote>": {"type": "blockquote"},
    "<blockquote expandable>x</blockquote>": {"type": "expandable_blockquote"},
    '<a href="https://a.example/?a=1&amp;b=2">x</a>': {"type": "text_link", "url": "https://a.example/?a=1&b=2"},
}


@pytest.mark.parametrize("source", KINDS)
def test_every_tag_becomes_its_entity(source: str) -> None:
    assert parse_html(source) == Parsed("x", [{**KINDS[source], "offset": 0, "length": 1}])


def test_offsets_count_utf16_code_units() -> None:
    parsed = parse_html("🙂 <b>🙂!</b>")

    assert parsed.entities == [{"type": "bold", "offset": 3, "length": 3}]


def test_only_four_named_references_are_decoded() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#39;&#x41;&nbsp;&copy; & &;").text == "<>&\"'A&nbsp;&copy; & &;"


def test_link_without_a_real_host_keeps_its_text_only() -> None:
    assert parse_html('<a href="javascript:alert(1)">x</a>') == Parsed("x", [])


def test_empty_tags_leave_no_entity() -> None:
    assert parse_html("a<b></b>c") == Parsed("ac", [])


@given(st.text())
def test_property_escaped_text_comes_back_unchanged(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == Parsed(text, [])


@given(st.text(alphabet="<>/ab=\"' &#x3;\n🙂", max_size=60))
def test_property_any_markup_is_read_or_refused(source: str) -> None:
    try:
        parsed = parse_html(source)
    except Refusal:
        return

    total = utf16_length(parsed.text)
    assert all(e["offset"] >= 0 and e["length"] > 0 and e["offset"] + e["length"] <= total for e in parsed.entities)
