"""
Text with a little markup, measured as Telegram measures: in UTF-16 units after entities are parsed.

A line is a tuple of spans. Lengths are cut here, on the text itself, and escaping comes last, so that no cut ever falls
into an entity. Source: https://core.telegram.org/bots/api#html-style (tags b, i, code, a, tg-time; &lt; &gt; &amp;
&quot;).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: Bot API, sendMessage: "1-4096 characters after entities parsing"; characters are UTF-16 units.
MESSAGE_UNITS = 4096

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Span:
    """
    A run of text in one style; how it shows in plain text is `plain`.

    `url` is where an "a" leads. A "tg-time" is shown as `unix_time` on the reader's own clock, by `clock_format`
    (https://core.telegram.org/bots/api#date-time-entity-formatting); clients that do not know it show the text.
    """

    text: str
    tag: Literal["", "b", "i", "code", "a", "tg-time"] = ""
    url: str = ""
    plain: str | None = None
    unix_time: int = 0
    clock_format: str = ""

    @property
    def html(self) -> str:
        """Return Telegram's HTML."""
        text = html.escape(self.text, quote=False)
        if not self.tag or not self.text:
            return text
        if self.tag == "a":
            return f'<a href="{html.escape(self.url)}">{text}</a>'
        if self.tag == "tg-time":
            return f'<tg-time unix="{self.unix_time}" format="{self.clock_format}">{text}</tg-time>'
        return f"<{self.tag}>{text}</{self.tag}>"


Line = tuple[Span, ...]


def line(*parts: Span | str) -> Line:
    """Make a line of spans and bare text."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def fill(template: str, **spans: Span) -> Line:
    """Put spans in the places of *template*: "Your address: {address}"."""
    parts = re.split(r"\{(\w+)\}", template)
    return tuple(spans[part] if place % 2 else Span(part) for place, part in enumerate(parts) if part)


def as_html(lines: Iterable[Line]) -> str:
    """Return lines as Telegram HTML."""
    return "\n".join("".join(span.html for span in spans) for spans in lines)


def as_plain(lines: Iterable[Line]) -> str:
    """Return lines without markup."""
    return "\n".join("".join(span.text if span.plain is None else span.plain for span in spans) for spans in lines)


def units(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, room: int) -> str:
    """Return *text* in at most *room* units, cut at a word's end where one is near, with an ellipsis if it was cut."""
    if units(text) <= room:
        return text
    if room < 1:
        return ""
    kept = text[: _cut(text, room - 1)]
    word_end = max(kept.rfind(" "), kept.rfind("\n"))
    if word_end > len(kept) * 3 // 4:
        kept = kept[:word_end]
    return kept.rstrip(" \n,;:–-") + ELLIPSIS


def split_text(text: str, room: int, *, most: int | None = None) -> list[str]:
    """
    Split *text* into pieces of at most *room* units each, in order, losing only white space at the seams.

    The seam is the last paragraph's end that leaves a piece at least half full, else a line's, a sentence's or a
    word's end, else between two characters as a reader sees them.

    Args:
        most: Stop after this many pieces; what follows is left out.
    """
    pieces: list[str] = []
    rest = text.strip()
    while units(rest[: room + 1]) > room:
        if len(pieces) == most:
            return pieces
        head = rest[: _cut(rest, room) or 1]
        end = _seam(head, rest[len(head) : len(head) + 1])
        pieces.append(head[:end].rstrip())
        rest = rest[end:].strip()
    return [piece for piece in (*pieces, rest) if piece]


def _seam(head: str, following: str) -> int:
    if following.isspace():
        return len(head)
    for mark in ("\n\n", "\n", ". ", "! ", "? ", "。", " "):
        end = head.rfind(mark)
        if end >= len(head) // 2:
            return end + len(mark)
    return len(head)


def _cut(text: str, room: int) -> int:
    """Return how many characters fit in *room* units without parting what a reader sees as one character."""
    end = spent = 0
    for end, char in enumerate(text[: room + 1]):  # noqa: B007 - the index is what we are after
        spent += 2 if char > "\uffff" else 1
        if spent > room:
            break
    else:
        return min(len(text), room)
    for back in range(min(end, _LONGEST_CLUSTER)):
        if not _is_joined(text, end - back):
            return end - back
    return end


_LONGEST_CLUSTER = 24


def _is_joined(text: str, at: int) -> bool:
    """Say whether a seam before the character *at* would part a cluster (UAX 29, without the rare rules)."""
    char, before = text[at], text[at - 1]
    if before == "\u200d" or char in "\u200c\u200d" or unicodedata.combining(char):
        return True
    if unicodedata.category(char) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    if _is_flag_half(char) and _is_flag_half(before):
        start = at
        while start > 0 and _is_flag_half(text[start - 1]):
            start -= 1
        return (at - start) % 2 == 1
    return False


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
