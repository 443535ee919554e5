"""Pages built to cost more than they are worth. Tree builders are quadratic on the first of these."""

import pytest

from tests.parse.limited import report_within_limits

HEAD = b"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"

BORNE = {
    "100,000 nested divs": b"<div>" * 100_000 + b"x",
    "100,000 nested quotes": b"<blockquote>x" * 70_000,
    "100,000 nested lists": b"<ol><li>" * 100_000,
    "end tags of an element far out": b"<b><table>" + b"<i>" * 500 + b"</b>" * 200_000,
    "nested tables": b"<table><tr><td>" * 60_000,
    "lines within nested tables": b"<table><tr><td>" * 8_000 + b"x<br>" * 25_000 + b"</table>" * 8_000,
    "rows within rows": b"<table><tr><td>a<td>b" * 12_000,
    "50,000 attributes": b"<div " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">x",
    "quotes that never end": b'<a "' * 250_000,
    "mixed quotes": b"<a \">'" * 200_000 + b'"',
    "nothing but <": b"<" * 1_000_000,
    "comments that never end": b"<!--" * 250_000,
    "styles that never end": b"<style>" * 140_000,
    "vector graphics": b"<svg>" * 200_000,
    "entities": b"&#x" + b"9" * 500_000 + b";" + b"&#999999999999999;" * 10_000 + b"&" * 100_000,
    "zero-width characters": b"&zwnj;&nbsp;" * 80_000,
    "spaces": b" " * 1_000_000 + b"x",
    "line breaks": b"<br>" * 250_000 + b"x",
    "preformatted lines": b"<pre>" + b"\n" * 900_000 + b"x",
    "links": b"".join(b'<a href="http://x%d.example">a.b.c</a>' % n for n in range(20_000)),
    "hidden classes": b"<style>" + b".a{display:none}" * 20_000 + b"</style>" + b'<p class="a b c d">x' * 20_000,
    "a rule for each class": b"<style>"
    + b"".join(b".o%d .a{color:red}" % n for n in range(10_000))
    + b"</style>"
    + b'<p class="a o1 o2">x' * 30_000,
    "media queries that never end": b"<style>" + b"@media x{" * 22_000 + b"</style>x",
    "a style for each element": b"".join(b'<p style="color:#%06x;font:%dpx">x' % (n, n) for n in range(28_000)),
    "ends across blocks": b"<div><b>" * 20_000 + b"</b></span>" * 20_000,
    "a sheet per line": b"<style>.a{display:none}</style>" * 30_000,
    "one endless style": b'<p style="' + b"display:" * 100_000 + b'">x',
    "long font declarations": (b'<p style="font:x' + b" a" * 60 + b'">x') * 6000,
}


@pytest.mark.parametrize("page", BORNE.values(), ids=BORNE)
def test_bomb_is_read_within_two_seconds_and_300_mb(page: bytes) -> None:
    found = report_within_limits(HEAD + page)

    assert found["text_source"] in ("html", "none")


def test_page_of_25_mb_is_cut_with_a_note() -> None:
    found = report_within_limits(HEAD + b"<p>a" * (6 * 2**20))

    assert any("HTML was cut" in note for note in found["notes"])


def test_quotes_nested_without_end_keep_short_marks() -> None:
    found = report_within_limits(HEAD + b"<blockquote>x" * 70_000)

    assert len(found["text"]) < 5_000_000
    assert max(map(len, found["text"].split("\n"))) < 40
