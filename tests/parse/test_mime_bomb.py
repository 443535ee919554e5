"""Mails built to cost more than they are worth: in parts, boundaries, encodings and nesting."""

import base64
import struct

import pytest

from tests.parse import outlook
from tests.parse.limited import report_within_limits

MIB = 2**20
HEAD = b"From: a@example.org\r\nSubject: bomb\r\nMIME-Version: 1.0\r\n"


def multipart(body: bytes, subtype: bytes = b"mixed") -> bytes:
    return HEAD + b"Content-Type: multipart/" + subtype + b"; boundary=x\r\n\r\n" + body


def nested(levels: int, innermost: bytes) -> bytes:
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level) for level in range(levels)
    )
    return HEAD + opening + b"\r\n" + innermost


def mails_in_mails(levels: int) -> bytes:
    mail = b"Content-Type: text/plain\r\n\r\ninnermost"
    for _ in range(levels):
        mail = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(mail)
    return mail


TYPED = b"--x\r\nContent-Type: %s\r\n\r\n%s\r\n"


def winmail(*attributes: bytes) -> bytes:
    return TYPED % (b"application/ms-tnef", outlook.stream(*attributes))


MANY_VALUES = outlook.attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x101F, 1, 1 << 31) + b"\0" * (8 * MIB))
PACKED_RTF = struct.pack("<IIII", 0, 1 << 31, 0x75465A4C, 0) + b"\0{\\rtf1 a" + b"\0{}{}{}{}" * 80_000
MUCH_RTF = outlook.attribute(1, 0x9003, outlook.properties(outlook.single(0x0102, 0x1009, PACKED_RTF)))

CUT = {
    "winmail.dat of many values": (multipart(winmail(MANY_VALUES) * 3), "could not be opened"),
    "winmail.dat of much RTF": (multipart(winmail(MUCH_RTF) * 5), "only the first 3 winmail.dat were opened"),
    "10,000 nested multiparts": (nested(10_000, b"hi"), "nested deeper than 30 levels"),
    "1,000 mails in mails": (HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1000, "nested deeper than 30 levels"),
    "100,000 boundaries": (multipart(b"--x\r\n\r\na\r\n" * 100_000), "only the first 1000 parts"),
    "nothing but boundaries": (multipart(b"--x\r\n" * (24 * MIB // 5)), "only the first 1000 parts"),
    "a digest of 5,000": (multipart(b"--x\r\n\r\nSubject: a\r\n\r\nb\r\n" * 5000, b"digest"), "only the first 1000"),
    "24 MiB of empty lines": (HEAD + b"\r\n" + b"\n" * (24 * MIB), "text was cut"),
    "24 MiB of text below 29 levels": (nested(29, b"a b c\r\n" * (24 * MIB // 7)), "text was cut"),
    "24 MiB of base64 text": (
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + (b"QUJD" * 19 + b"\r\n") * (24 * MIB // 78),
        "text was cut",
    ),
    "24 MiB of quoted-printable": (
        HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=41" * (8 * MIB),
        "text was cut",
    ),
    "999 plain texts": (multipart(TYPED % (b"text/plain", b"word " * 5000) * 999), "text was cut"),
    "999 pages": (multipart(TYPED % (b"text/html", b"<p>a" * 6000) * 999), "further HTML was left out"),
    "999 alternatives": (multipart(TYPED % (b"text/html", b"<p>a" * 6000) * 999, b"alternative"), "further HTML"),
    "flowed lines": (HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \n" * (8 * MIB), "text was cut"),
}


@pytest.mark.parametrize(("raw", "note"), CUT.values(), ids=CUT)
def test_bomb_is_cut_with_a_note(raw: bytes, note: str) -> None:
    found = report_within_limits(raw)

    assert any(note in told for told in found["notes"]), found["notes"]


BORNE = {
    "boundaries that are none": multipart(b"--xy\r\n" * (4 * MIB)),
    "boundaries that are none, nested": nested(25, b"\n--b1" * (4 * MIB)),
    "endless padding": multipart(
        b"--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QQ==" * (6 * MIB)
    ),
    "uuencoded blocks": HEAD + b"\r\n" + b"begin 644 x\n`\nend\n" * MIB,
    "uuencoded beginnings": HEAD + b"\r\n" + b"begin 644 x\n!!\n" * MIB + b"\nend",
    "mails in mails in base64": mails_in_mails(28),
    "Japanese escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b$B-!\x1b(B" * (3 * MIB),
    "rare Japanese characters": HEAD
    + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$(D"
    + b"!!" * (12 * MIB),
    "UTF-7 halves of pairs": HEAD + b"Content-Type: text/plain; charset=utf-7\r\n\r\n" + b"+2AA-" * (4 * MIB),
    "punycode as a charset": HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-b" * (8 * MIB),
    "zip as a charset": HEAD + b"Content-Type: text/plain; charset=zip\r\n\r\n" + b"PK" * MIB,
    "every high byte": HEAD
    + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    + bytes(range(128, 256)) * (24 * 2**13),
    "attributions": HEAD + b"\r\n" + b"On 1 x wrote\n" * (2 * MIB),
    "texts of no charset": multipart(
        (b"--x\r\nContent-Type: text/plain; charset=gb18030\r\n\r\n" + b"\x81\x30\xd3\xd8=81" * 1900 + b"\r\n") * 999
    ),
    "quotes": HEAD + b"\r\n" + b"> a\n" * (6 * MIB),
    "calendar lines": HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n" + b'A;B="c":d\r\n' * (2 * MIB),
    "calendar parameters": HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nA" + b';"' * (12 * MIB),
    "delivery reports": multipart(
        b"--x\r\nContent-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * MIB, b"report"
    ),
    "addresses in a bounce": b"From: mailer-daemon@x\r\nSubject: undeliverable\r\n\r\n" + b"a@b.c " * (4 * MIB),
}


@pytest.mark.parametrize("raw", BORNE.values(), ids=BORNE)
def test_bomb_is_read_within_two_seconds_and_300_mb(raw: bytes) -> None:
    found = report_within_limits(raw)

    assert found["kind"]
