"""
Undo a content transfer encoding (RFC 2045 §6) as far as the bytes allow.

Nothing raises: damage costs the damaged piece, and a note says so.
"""

from __future__ import annotations

import binascii
import re
from itertools import islice

_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_WHITESPACE = b" \t\r\n\x0b\x0c"
_LINE_ENDS = _WHITESPACE.lstrip(b" ")
_LETTERS = bytes(set(range(256)) - set(_NOT_BASE64) - set(b"="))
# As much is looked at in one piece: a copy of this size, not of the whole attachment.
_PIECE_BYTES = 256 * 1024
# What says base64 and is a quarter other characters, or has a space for every fifteen letters, is plain text.
_MUCH_NOISE = 4
_MANY_SPACES = 15
# Joined base64 pieces ("...==...=="): mailing tools make a few, an attacker as many as fit.
_MAX_PIECES = 200

_NAME_CHARS = 40
_IDENTITY = frozenset(["", "7bit", "8bit", "binary", "none", "plain", "text"])
_BASE64 = frozenset(["base64", "b"])
_UUENCODED = frozenset(["xuuencode", "uuencode", "xuue", "uue"])


def decode(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """Return *body* without its transfer *encoding* (lower case), and a note when it was damaged or unknown."""
    encoding = _meant(encoding)
    if encoding in _IDENTITY:
        return body, None
    if encoding in _BASE64:
        return from_base64(body)
    if encoding in ("quotedprintable", "q"):
        return from_quoted_printable(body), None
    if encoding in _UUENCODED:
        return from_uuencode(body), None
    return body, "unknown transfer encoding, the part was read as it stands"


def _meant(encoding: str) -> str:
    """Return the name of an encoding without what people put into it: "base-64", "quoted/printable"."""
    return re.sub(r"[^a-z0-9]", "", encoding[:_NAME_CHARS])


def decoded_size(raw: bytes, start: int, end: int, encoding: str) -> tuple[int, str | None]:
    """Return how many bytes `decode` makes of raw[start:end], and its note; what is sound is counted, not copied."""
    encoding = _meant(encoding)
    if encoding in _IDENTITY:
        return max(end - start, 0), None
    letters = _sound_letters(raw, start, end) if encoding in _BASE64 else None
    if letters is not None:
        return letters * 3 // 4, None
    content, note = decode(raw[start:end], encoding)
    return len(content), note


def _sound_letters(raw: bytes, start: int, end: int) -> int | None:
    """Count the letters of base64 between line ends, padded at the end or not at all; None for anything else."""
    padding = raw.find(b"=", start, end)
    if padding >= 0 and raw[padding:end].strip(b"=" + _WHITESPACE):
        return None
    stop, count = end if padding < 0 else padding, 0
    for begin in range(start, stop, _PIECE_BYTES):
        piece = raw[begin : min(begin + _PIECE_BYTES, stop)].translate(None, _LINE_ENDS)
        if piece.translate(None, _LETTERS):
            return None
        count += len(piece)
    return None if count % 4 == 1 else count


def from_base64(body: bytes) -> tuple[bytes, str | None]:
    """Decode base64 with line noise, missing or early padding; plain text under a base64 label comes back as it is."""
    if (b"-" in body or b"_" in body) and _URL_BASE64.fullmatch(body):  # RFC 4648 §5
        body = body.translate(_URL_LETTERS)
    letters = body.translate(None, _NOT_BASE64)
    noise = len(body) - len(letters) - sum(body.count(byte) for byte in _WHITESPACE)
    if noise * _MUCH_NOISE > len(letters) or _is_plain(body):
        return body, "a part said base64 and was not, it was read as it stands"
    stripped = letters.rstrip(b"=")
    if b"=" not in stripped:
        content, whole = _quads(stripped)
        return content, _damage(noise, whole)
    if _is_text(body[body.index(b"=") :].lstrip(b"=")):  # a list's footer after the padding
        return _quads(letters[: letters.index(b"=")])[0], "text after the end of a base64 part was left out"
    first, *others = islice(re.finditer(rb"([^=]+)(=*)", letters), _MAX_PIECES)
    # What follows the padding counts when it is sound; else it is a word somebody put there.
    sound = [piece for piece in others if len(piece[0]) % 4 == 0]
    content = b"".join(_quads(piece[1])[0] for piece in (first, *sound))
    return content, _damage(noise, len(sound) == len(others))


_URL_BASE64 = re.compile(rb"[A-Za-z0-9_\s-]+={0,2}\s*")
_URL_LETTERS = bytes.maketrans(b"-_", b"+/")


def undeclared(text: bytes) -> tuple[bytes, str] | None:
    """Return a text that is encoded and does not say so, decoded, and a note; None when it is as it seems."""
    if not text.isascii():
        return None
    if _QP_UTF8.search(text):
        return from_quoted_printable(text), "a text was quoted-printable and did not say so"
    letters = text.translate(None, _WHITESPACE)
    if len(letters) < _SURELY_BASE64 or len(letters) % 4 or not _ALL_BASE64.fullmatch(letters):
        return None
    content = binascii.a2b_base64(letters)
    try:
        is_text = not _UNPRINTED.search(content.decode())
    except UnicodeDecodeError:
        return None
    return (content, "a text was base64 and did not say so") if is_text and b" " in content else None


# A letter of two bytes in UTF-8.
_QP_UTF8 = re.compile(rb"=[CD][0-9A-F]=[89AB][0-9A-F]")
_ALL_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
# A key of so many letters decodes to anything but words.
_SURELY_BASE64 = 24
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _is_plain(body: bytes) -> bool:
    """Say whether there are as many spaces before the padding as only words have."""
    end = body.find(b"=")
    end = len(body) if end < 0 else end
    return body.count(b" ", 0, end) * _MANY_SPACES > end


def _is_text(tail: bytes) -> bool:
    return bool(re.search(rb"[A-Za-z]{2,} [A-Za-z]{2,} |_{8,}", tail[:2000]))


def _damage(noise: int, whole: bool) -> str | None:  # noqa: FBT001 - a private pair of counts
    return None if whole and not noise else "damaged base64 was decoded as far as it goes"


def _quads(letters: bytes) -> tuple[bytes, bool]:
    spare = len(letters) % 4
    whole = spare != 1
    if not whole:
        letters, spare = letters[:-1], 0
    return binascii.a2b_base64(letters + b"=" * (-spare % 4)), whole


def from_quoted_printable(body: bytes) -> bytes:
    """Decode quoted-printable; an "=" that starts nothing stays as it is."""
    if b"= " in body or b"=\t" in body:  # RFC 2045 §6.7 (3): spaces a relay added after a soft line break
        body = re.sub(rb"=[ \t]{1,200}(?=\r?\n)", b"=", body)
    return binascii.a2b_qp(body)


def from_uuencode(body: bytes) -> bytes:
    """Decode the lines between "begin" and "end"; lines that are damaged are cut short."""
    content = bytearray()
    for line in body.splitlines():
        if line.strip() in (b"end", b"`") or line.startswith(b"begin "):
            continue
        content += _uu_line(line)
    return bytes(content)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders count wrongly: take what the length byte says and drop the rest.
        length = ((line[0] - 32) & 63) * 4 // 3 + 1 if line else 0
        try:
            return binascii.a2b_uu(line[: length + 1])
        except binascii.Error:
            return b""


# "begin 644 report.doc": three or four octal digits and a name, on a line of its own.
UU_BLOCK = re.compile(
    r"^begin [0-7]{3,4} (\S[^\n]{0,255})\n((?:[ -`]{1,90}\n)*?)(?:`\n)?end[ \t]*(?:\n|\Z)", re.MULTILINE
)
