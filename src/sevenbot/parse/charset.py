"""
Bytes to text, whatever the label says.

The order: the declared charset read strictly, UTF-8 read strictly, a guess by how plausible the letters look, and
last windows-1252, which takes every byte. Whatever had to be guessed or replaced is told in a note.

Only charsets of `_CODECS` are ever looked up: Python's codec registry also holds "zip" (a bomb), "punycode"
(quadratic) and "unicode_escape" (code-like), and a mail may name any of them.

Source: WHATWG Encoding Standard, "names and labels", for what mislabelled charsets mean in practice.
"""

from __future__ import annotations

import re
from itertools import islice

from sevenbot.parse import guess

# What a label means in practice: supersets in place of the subset that is named (WHATWG Encoding Standard §4.2).
_ALIASES = {
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "x-cp1252": "cp1252",
    "cp8859-1": "cp1252",
    "ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "logical": "iso-8859-8",
    "visual": "iso-8859-8",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "dos-874": "cp874",
    "ks-c-5601-1987": "cp949",
    "ks-c-5601-1989": "cp949",
    "ksc5601": "cp949",
    "ksc-5601": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "korean": "cp949",
    "uhc": "cp949",
    "gb2312": "gb18030",
    "gb-2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "csgb2312": "gb18030",
    "chinese": "gb18030",
    "euc-cn": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms-kanji": "cp932",
    "cp31j": "cp932",
    "eucjp": "euc-jp",
    "x-euc-jp": "euc-jp",
    "x-euc": "euc-jp",
    "iso-2022-jp-1": "iso-2022-jp",
    "iso-2022-jp-2": "iso-2022-jp",
    "iso-2022-jp-3": "iso-2022-jp",
    "iso-2022-jp-ms": "iso-2022-jp",
    "csiso2022jp": "iso-2022-jp",
    "cp50220": "iso-2022-jp",
    "cp50221": "iso-2022-jp",
    "koi8r": "koi8-r",
    "koi8": "koi8-r",
    "cskoi8r": "koi8-r",
    "koi": "koi8-r",
    "koi8-ru": "koi8-u",
    "x-cp1251": "cp1251",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "mac": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}

# Everything we agree to decode; the keys are the names after `_ALIASES`.
_CODECS = frozenset(
    [
        *["utf-8", "utf-7", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "utf-32be", "gb18030", "hz"],
        *["big5hkscs", "cp932", "euc-jp", "iso-2022-jp", "cp949", "iso-2022-kr", "johab", "koi8-r", "koi8-u", "koi8-t"],
        *["mac-roman", "mac-cyrillic", "mac-greek", "mac-turkish", "mac-latin2", "kz1048", "ptcp154"],
        *[f"iso-8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)],
        *[f"cp{n}" for n in (437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874)],
        *[f"cp{n}" for n in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)],
    ]
)

# Labels that say nothing.
_UNLABELLED = frozenset(
    [
        *[
            "",
            "ascii",
            "us-ascii",
            "ansi-x3.4-1968",
            "iso646-us",
            "7bit",
            "8bit",
            "binary",
            "default",
            "none",
            "unknown",
        ],
        *["unknown-8bit", "x-unknown", "-autodetect", "x-user-defined", "auto", "charset", "null", "undefined"],
    ]
)

# One byte is one character in these: any bytes "fit", so a fit proves nothing.
_SINGLE_BYTE = re.compile(r"cp(?:4|7|8|12)\d+|iso-8859-\d+|koi8-.|mac-.*|kz1048|ptcp154")

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# Up to one bad byte in so many is damage in a text that is otherwise what its label says.
_DAMAGE = 50
_JUDGED_CHARS = 20_000


def codec_for(label: str) -> str | None:
    """Return the Python codec a charset label stands for: None when it says nothing, "" when nobody knows it."""
    name = label.strip().strip("\"'<>").strip().lower()[:60]
    name = name.removeprefix("charset=").removeprefix("x-windows-").replace("_", "-")
    if name in _UNLABELLED:
        return None
    name = _SPELLING.sub(_respell, name)
    name = _ALIASES.get(name, name)
    return name if name in _CODECS else ""


# windows-1252, win1252, cp-1252 and 1252 are one; so are iso8859-1 and iso-8859-1, utf16 and utf-16.
_SPELLING = re.compile(r"^(windows-|win-?|cp-?|ibm-?|iso-?|utf-?|)(?=\d)")


def _respell(match: re.Match[str]) -> str:
    prefix = match[1].rstrip("-")
    return f"{prefix}-" if prefix in ("iso", "utf") else "cp"


def decode(raw: bytes, label: str | None = None) -> tuple[str, str | None]:
    """
    Return *raw* as text, and a note when it was not simply what *label* said.

    The text may hold any character but lone surrogates; line ends and controls are as in *raw*.
    """
    codec = codec_for(label or "")
    if raw.isascii() and (codec is None or codec in ("utf-8", "cp1252")) and b"\x1b" not in raw:
        return raw.decode("ascii"), None
    for bom, bom_codec in _BOMS:
        if raw.startswith(bom):
            return _lossy(raw, bom_codec).removeprefix("\ufeff"), None
    if not codec:
        return _undeclared(raw, unknown_label=label if codec == "" else None)
    text = _strict(raw, codec)
    if text is None:
        return _mislabelled(raw, codec, label or "")
    if _SINGLE_BYTE.fullmatch(codec) and (utf8 := _strict(raw, "utf-8")) is not None and not raw.isascii():
        return utf8, f"charset {_shown(label)} was really UTF-8"
    if codec == "cp1252" and guess.is_garbled(text) and (guessed := guess.codec_of(raw)) != codec:
        return _lossy(raw, guessed), f"charset {_shown(label)} was really {guessed}"
    return text, None


def _undeclared(raw: bytes, unknown_label: str | None) -> tuple[str, str | None]:
    text = _strict(raw, "utf-8")
    codec = "utf-8"
    if text is None or b"\x1b" in raw:
        codec = guess.codec_of(raw)
        text = _lossy(raw, codec)
    if unknown_label is not None:
        return text, f"unknown charset {_shown(unknown_label)}, read as {codec}"
    return text, None if codec == "utf-8" else f"no usable charset given, read as {codec}"


def _mislabelled(raw: bytes, codec: str, label: str) -> tuple[str, str | None]:
    utf8 = _strict(raw, "utf-8")
    if utf8 is not None and codec != "utf-8":
        return utf8, f"charset {_shown(label)} was really UTF-8"
    lossy = _lossy(raw, codec)
    damage = lossy.count("\ufffd")
    good = sum(1 for char in lossy[:_JUDGED_CHARS] if char > "\x7f" and char != "\ufffd")
    if good and (damage * _DAMAGE <= len(lossy) or damage * 4 <= good):
        return lossy, f"some bytes did not fit the charset {_shown(label)}"
    guessed = guess.codec_of(raw)
    return _lossy(raw, guessed), f"the bytes did not fit the charset {_shown(label)}, read as {guessed}"


def is_utf8(raw: bytes) -> bool:
    """Say whether *raw* reads as UTF-8 without error."""
    return _strict(raw, "utf-8") is not None


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return _without_surrogates(_iso_2022_jp(raw) if codec == "iso-2022-jp" else raw.decode(codec))
    except UnicodeDecodeError as exc:
        if codec == "utf-8" and "end of data" in exc.reason and not raw[: exc.start].isascii():
            return raw[: exc.start].decode(codec) + "\ufffd"  # a text cut in the middle of a character
        return None
    except UnicodeError:
        return None


def _lossy(raw: bytes, codec: str) -> str:
    if codec == "cp1252":  # the five bytes cp1252 leaves open are C1 controls in the WHATWG table: nothing to see
        return raw.decode("cp1252", "ignore")
    if codec == "iso-2022-jp":
        return _iso_2022_jp(raw)
    return _without_surrogates(raw.decode(codec, "replace"))


def _without_surrogates(text: str) -> str:
    # UTF-7 and some Asian codecs can hand out half of a pair.
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# Escape sequences of ISO-2022-JP (RFC 1468) and what telephones and Outlook add (JIS X 0201 kana, NEC rows).
_JIS_ESCAPE = re.compile(rb"\x1b(\([BJHI]|\$[@B]|\$\([@BD])")


def _iso_2022_jp(raw: bytes) -> str:
    """
    Read ISO-2022-JP as cp50221: Python's own codec lacks the NEC and IBM rows (the ① in half of Japan's mail).

    Source: WHATWG Encoding Standard §12.2.
    """
    beyond = next(islice(_JIS_ESCAPE.finditer(raw), _MAX_JIS_ESCAPES, None), None)
    rest = raw[beyond.start() :] if beyond else b""
    pieces = _JIS_ESCAPE.split(raw.removesuffix(rest))
    text = [_jis_single(pieces[0], kana=False)]
    for escape, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if escape in (b"$@", b"$B", b"$(@", b"$(B"):
            text.append(_jis_double(piece))
        elif escape == b"$(D":
            text.append(_jis_supplement(piece[:_ODD_JIS_BYTES]))
        else:
            text.append(_jis_single(piece, kana=escape == b"(I"))
    return "".join(text) + rest.decode("iso2022_jp_ext", "replace")


# The eighth bit for all but controls and space, which stand between the characters.
_HIGH_BIT = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in range(256))
# One run of a Japanese mail with vendors' characters; the slow way is for a line or a page.
_ODD_JIS_BYTES = 100_000
# Two for each run of Japanese: a page has hundreds. What comes behind so many is left to Python's codec.
_MAX_JIS_ESCAPES = 50_000


def _high(pair: bytes) -> bytes:
    return bytes(byte | 0x80 for byte in pair)


def _jis_single(piece: bytes, *, kana: bool) -> str:
    return (_high(piece) if kana else piece).decode("cp932", "replace")


def _jis_double(piece: bytes) -> str:
    try:
        return piece.translate(_HIGH_BIT).decode("euc-jp")  # the same characters with the eighth bit set
    except UnicodeDecodeError:
        return _jis_as_cp932(piece[:_ODD_JIS_BYTES])


def _jis_supplement(piece: bytes) -> str:
    """Read JIS X 0212, the rare characters."""
    return b"".join(b"\x8f" + _high(piece[i : i + 2]) for i in range(0, len(piece) - 1, 2)).decode("euc-jp", "replace")


def _jis_as_cp932(piece: bytes) -> str:
    # JIS X 0208 row and cell to Shift_JIS, which cp932 reads with the vendors' rows.
    shifted = bytearray()
    i = 0
    while i < len(piece):
        if piece[i] < 0x21 or i + 1 == len(piece):  # a line end inside: some forget to escape back
            shifted.append(piece[i] & 0x7F)
            i += 1
            continue
        row, cell = piece[i] & 0x7F, piece[i + 1] & 0x7F
        lead = ((row - 0x21) >> 1) + 0x81
        trail = cell + 0x7E if row % 2 == 0 else cell + 0x1F + (cell >= 0x60)
        shifted += bytes((lead + 0x40 if lead > 0x9F else lead, trail))
        i += 2
    return shifted.decode("cp932", "replace")


def _shown(label: str | None) -> str:
    return re.sub(r"[^ -~]", "?", label or "")[:40] or "(none)"
