"""
The text of a Rich Text Format body as Outlook sends it, packed; or the HTML that it wraps.

Formatting is dropped: of the hundreds of control words only those count that stand for a character or a line, that
begin what is not text (fonts, colours, pictures), or that tell wrapped HTML from its RTF twin.

Source: [MS-OXRTFCP] §2.2 (packing), [MS-OXRTFEX] §2.1 (wrapped HTML), Rich Text Format 1.9.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sevenbot.parse import charset

# Far more than a letter with its formatting; unpacking and reading take about a microsecond a byte.
RTF_BYTES = 500_000

# What packed text may refer back to before it has written anything itself.
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096


@dataclass(frozen=True, slots=True)
class Rich:
    """The text; or the HTML when that is what it wraps, and then no text."""

    text: str = ""
    html: str = ""


def decompressed(packed: bytes) -> bytes:
    """Return what *packed* holds, at most RTF_BYTES of it, as far as it is sound."""
    if packed[8:12] == b"MELA":  # not packed at all
        return packed[16 : 16 + RTF_BYTES]
    if packed[8:12] != b"LZFu":
        return b""
    window = bytearray(_DICTIONARY)
    wanted = len(_DICTIONARY) + min(int.from_bytes(packed[4:8], "little"), RTF_BYTES)
    position = 16
    while position < len(packed) and len(window) < wanted:
        flags = packed[position]
        position += 1
        for bit in range(8):
            token = packed[position : position + (2 if flags >> bit & 1 else 1)]
            position += len(token)
            if flags >> bit & 1:
                if len(token) < 2 or not _repeat(window, token):
                    return bytes(window[len(_DICTIONARY) : wanted])
            else:
                window += token
    return bytes(window[len(_DICTIONARY) : wanted])


def _repeat(window: bytearray, token: bytes) -> bool:
    """Copy what stood before, as *token* says; False at the end of the text."""
    both = int.from_bytes(token, "big")
    distance = (len(window) - (both >> 4)) % _WINDOW
    start = len(window) - distance
    if distance == 0 or start < 0:  # a reference to itself ends the text
        return False
    length = (both & 15) + 2
    if length <= distance:
        window += window[start : start + length]
    else:  # it overlaps what it writes
        piece = bytes(window[start:])
        window += (piece * (length // distance + 1))[:length]
    return True


_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z\r\n])|\\?[\r\n]+|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)
# Groups that are no text; one that begins with \* is none unless it is known.
_NO_TEXT = frozenset(
    [
        *["fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf"],
        *[
            "footer",
            "footerl",
            "footerr",
            "footerf",
            "footnote",
            "listtable",
            "listoverridetable",
            "rsidtbl",
            "fldinst",
        ],
        *["generator", "themedata", "xmlnstbl", "latentstyles", "datastore", "pntext"],
    ]
)
_CHARACTERS = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t"}
_CHARACTERS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}
_CHARACTERS |= {"emdash": "—", "endash": "–", "nestcell": "\t", "nestrow": "\n"}
_SIGNS = {"~": "\xa0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_MAX_DEPTH = 500


def read(raw: bytes) -> Rich:
    """Return the text or the wrapped HTML of an RTF document, as far as it goes."""
    reader = _Reader(is_html=b"\\fromhtml" in raw[:2000])
    for token in _TOKEN.finditer(raw[:RTF_BYTES].decode("latin-1")):
        if not reader.take(token):
            break
    text = reader.finished()
    return Rich(html=text) if reader.is_html else Rich(text.strip())


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    shows: bool = True
    is_twin: bool = False  # the RTF rendering of wrapped HTML
    is_tag: bool = False  # wrapped HTML
    skipped: int = 1  # characters behind \u that stand in for it


class _Reader:
    def __init__(self, *, is_html: bool) -> None:
        self.is_html = is_html
        self._groups = [_Group()]
        self._out: list[str] = []
        self._bytes = bytearray()  # of \'xx, which may be halves of characters
        self._codepage = "cp1252"
        self._to_skip = 0
        self._is_starred = False

    def take(self, token: re.Match[str]) -> bool:
        """Take a token; False when the document nests deeper than any program writes."""
        if token["brace"] == "{":
            self._groups.append(replace(self._groups[-1]))
        elif token["brace"]:
            self._groups.pop()
        elif token["word"]:
            self._word(token["word"], int(token["number"]) if token["number"] else None)
        elif token["hex"]:
            self._hex(int(token["hex"], 16))
        elif token["sign"] == "*":
            self._is_starred = True
        elif token["sign"]:
            self._write(_SIGNS.get(token["sign"], ""))
        elif token["text"]:
            self._plain(token["text"])
        return 0 < len(self._groups) <= _MAX_DEPTH

    def finished(self) -> str:
        self._flush()
        return "".join(self._out)

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        starred, self._is_starred = self._is_starred, False
        if word == "htmltag":
            group.is_tag, group.shows = True, self.is_html
        elif word in _NO_TEXT or starred:
            group.shows = False
        elif word == "htmlrtf":
            group.is_twin = number != 0
        elif word == "ansicpg" and number:
            self._codepage = charset.codec_for(f"cp{number}") or self._codepage
        elif word == "uc" and number is not None:
            group.skipped = min(max(number, 0), 10)
        elif word == "u" and number is not None:
            self._write(chr(number % 0x10000) if not 0xD800 <= number % 0x10000 < 0xE000 else "\ufffd")
            self._to_skip = group.skipped
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])

    def _hex(self, byte: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._is_shown():
            self._bytes.append(byte)

    def _plain(self, text: str) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        self._write(text[skipped:])

    def _write(self, text: str) -> None:
        if text and self._is_shown():
            self._flush()
            self._out.append(text)

    def _is_shown(self) -> bool:
        group = self._groups[-1]
        return group.shows and not (self.is_html and group.is_twin)

    def _flush(self) -> None:
        if self._bytes:
            self._out.append(charset.decode(bytes(self._bytes), self._codepage)[0])
            self._bytes.clear()
