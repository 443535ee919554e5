"""Headers built to cost more than they are worth."""

import pytest

from tests.parse.limited import report_within_limits

MIB = 2**20

CUT = {
    "a subject of 24 MiB": (b"Subject: " + b"a" * (24 * MIB) + b"\r\n\r\nx", "subject was cut"),
    "a subject of 1 MiB in folds": (b"Subject: a\r\n" + b" b\r\n" * (MIB // 4) + b"\r\nx", "subject was cut"),
    "100,000 fields": (b"A: b\r\n" * 100_000 + b"\r\nx", "only the first 2000 header fields"),
    "24 MiB of empty fields": (b"A:\r\n" * (6 * MIB) + b"\r\nx", "only the first 2000 header fields"),
    "24 MiB of folds": (b"A: b\r\n" + b" \r\n" * (8 * MIB) + b"\r\nx", "header fields were read"),
    "lines that are no fields": (b"A: b\r\n" + b"junk\r\n" * (4 * MIB), "ends without an empty line"),
}


@pytest.mark.parametrize(("raw", "note"), CUT.values(), ids=CUT)
def test_bomb_is_cut_with_a_note(raw: bytes, note: str) -> None:
    found = report_within_limits(raw)

    assert any(note in told for told in found["notes"]), found["notes"]


def fields(**values: bytes) -> bytes:
    names = {"From": b"a@example.org"} | values
    return (
        b"".join(name.replace("_", "-").encode() + b": " + value + b"\r\n" for name, value in names.items()) + b"\r\nx"
    )


BORNE = {
    "encoded words": fields(Subject=b"=?utf-8?q?a?= " * 4500),
    "beginnings of encoded words": fields(Subject=b"=?a?b?" * 10_000, From=b"=?a?b?" * 10_000, To=b"=?a?b?" * 10_000),
    "a charset per word": fields(Subject=b"".join(b"=?x%d?q?=ff?= " % n for n in range(4000))),
    "nested comments": fields(From=b"(" * 60_000, To=b"(" * 30_000 + b")" * 30_000, Date=b"(" * 60_000),
    "open quotes": fields(From=b'"' * 60_001, To=b'"\\' * 30_000),
    "angles": fields(From=b"<" * 60_000, To=b"<a@b>" * 12_000, Cc=b"a@b " * 15_000),
    "colons": fields(From=b"a:" * 30_000, To=b";:" * 30_000),
    "ats": fields(From=b"@" * 60_000, To=b"a@" * 30_000, Cc=b"a b@ " * 12_000),
    "50,000 To fields": b"To: a@b\r\n" * 50_000 + b"\r\nx",
    "a long date": fields(Date=b"1 " * 30_000),
    "parameters": fields(Content_Type=b"text/plain; " + b"a=b; " * 12_000),
    "continuations": fields(Content_Type=b"text/plain; " + b"".join(b"a*%d=b; " % n for n in range(6000))),
    "spaces in a type": fields(Content_Type=b"text/plain" + b" " * 60_000 + b"x", Content_Disposition=b"(" * 60_000),
    "spaces before a comment": fields(Content_Type=b"text/plain; a=b" + b" " * 60_000 + b")"),
    "spaces in parameters": fields(Content_Type=b"text/plain; a" + b" " * 60_000 + b";" + b" a" * 1000),
    "escapes": fields(Content_Type=b'text/plain; a="' + b'\\"' * 30_000),
    "addresses in a name": fields(From=b'"' + b"a@b.c " * 10_000 + b'" <a@b>'),
    "punycode": fields(From=b"a@xn--" + b"a" * 50_000),
    "an endless label": fields(From=b"a@" + "é".encode() * 25_000),
    "unsubscribe": fields(List_Unsubscribe=b"<" * 30_000 + b"http://" * 4000),
    "signatures": fields(List_Unsubscribe=b"<https://a>", DKIM_Signature=b"h=a:" * 15_000),
}


@pytest.mark.parametrize("raw", BORNE.values(), ids=BORNE)
def test_bomb_is_read_within_two_seconds_and_300_mb(raw: bytes) -> None:
    found = report_within_limits(raw)

    assert found["kind"]
