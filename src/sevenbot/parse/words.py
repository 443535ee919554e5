"""
Encoded words (RFC 2047) to text, broken ones included.

Taken beyond the standard, because mail in the wild does it: words inside quotes, words glued to other text, spaces
and question marks inside a word, a language tag (RFC 2231 §5), a character split over two words, words of any length.
"""

from __future__ import annotations

import re

from sevenbot.parse import charset, transfer

# A whole subject in one word happens; the bound keeps a search over hostile text linear.
_WORD_CHARS = 4000
WORD = re.compile(rf"=\?([^?\s]{{1,60}})\?\s?([bBqQ])\s?\?((?>(?:[^?]|\?(?!=)){{0,{_WORD_CHARS}}}))\?=", re.DOTALL)
_UNCLOSED = re.compile(r"(?:\A|\s)=\?[\w-]{1,60}\?[bBqQ]\?[^?\s]{1,80}\Z")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")


def decode(text: str) -> str:
    """Return *text* with its encoded words decoded and its whitespace folded."""
    return fold(decoded(text) if "=?" in text else text)


def fold(text: str) -> str:
    """Return *text* on one line: runs of whitespace are one space, controls and invisible characters are gone."""
    return " ".join(_INVISIBLE.sub("", text).translate(_CONTROLS).split())


def shown(text: str) -> str:
    """Return a decoded subject: as `fold`, but runs of spaces inside a line stay as they were written."""
    return _INVISIBLE.sub("", decoded(text) if "=?" in text else text).translate(_CONTROLS).strip()


# Controls, and the marks that turn the direction of text: a display name must not reorder what stands beside it.
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ") | dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A)], ""
)


def decoded(text: str) -> str:
    """Return *text* with its encoded words decoded and all else as it is."""
    if _UNCLOSED.search(text[-_WORD_CHARS:]):  # cut where a program had room for no more
        text += "?="
    out: list[str] = []
    run: list[re.Match[str]] = []  # neighbours in one charset: a character may be split between them
    position = 0
    for word in WORD.finditer(text):
        between = text[position : word.start()]
        if position and not between.strip():
            between = ""  # RFC 2047 §6.2: white space between encoded words is not shown
        if run and (between or _charset(run[-1]) != _charset(word)):
            out.append(_joined(run))
            run = []
        # A filter's tag stuck to the word: [SPAM]=?utf-8?...
        out.append(f"{between} " if between.endswith((":", "]")) else between)
        run.append(word)
        position = word.end()
    out.append(_joined(run))
    return "".join(out) + text[position:]


def _charset(word: re.Match[str]) -> str:
    return word[1].partition("*")[0].lower()


def _joined(run: list[re.Match[str]]) -> str:
    if not run:
        return ""
    raw = b"".join(_bytes_of(word) for word in run)
    return charset.decode(raw, _charset(run[0]))[0]


def _bytes_of(word: re.Match[str]) -> bytes:
    content = word[3].replace("\n", "").encode("utf-8", "replace")
    if word[2] in "bB":
        return transfer.from_base64(content)[0]
    return transfer.from_quoted_printable(content.replace(b"_", b" "))
