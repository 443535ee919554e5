"""Foreign text made plain for a chat: one line, no control, invisible or direction-changing characters."""

from __future__ import annotations

import re

from sevenbot.unseen import UNSEEN

ELLIPSIS = "…"

# Controls (tab and line feed excepted), the braille blank, lone surrogates, which UTF-8 cannot carry, and all UNSEEN.
_INVISIBLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2800\ud800-\udfff{UNSEEN}]")
# Preheaders are padded with joiners that join nothing.
_IDLE_JOINERS = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[\u200c\u200d]))[\u200c\u200d]++|[\u200c\u200d]++(?=\s|$)")


def visible(text: str) -> str:
    """Return *text* without control, invisible and direction-changing characters; lines stay lines."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(text: str) -> str:
    """Return *text* as one line of visible characters, white space folded."""
    folded = " ".join(visible(text).split())
    return folded if folded.isascii() else " ".join(_IDLE_JOINERS.sub("", folded).split())


def cut(text: str, limit: int) -> str:
    """Return *text* in at most *limit* characters, cut between words where there is a blank, and marked with "…"."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    at_word = head.rpartition(" ")[0]
    kept = at_word if len(at_word) >= len(head) // 2 else head
    return kept.rstrip(" ,;:-\u200d\u200c") + ELLIPSIS
