"""What a mail is about in a line: its most telling sentence, cut to the length of a headline."""

from __future__ import annotations

import re

from sevenbot.summarise.plain import ELLIPSIS, cut
from sevenbot.summarise.sentences import size

MOST_WORDS = 16
LONGEST_CHARS = 140
# A shorter beginning says too little: then the cut comes at a word.
_FEWEST_WORDS = 5

_BREAK = re.compile(r"[,;:(–—](?=\s)|[，、；：（]| [-–—] ")


def headline(sentence: str) -> str:
    """Return *sentence* in at most MOST_WORDS words, cut where a part of it ends, and without its full stop."""
    if size(sentence) <= MOST_WORDS and len(sentence) <= LONGEST_CHARS:
        return sentence[:-1] if sentence.endswith((".", "。")) and not sentence.endswith("..") else sentence
    short = cut(sentence, min(LONGEST_CHARS, _chars_of(sentence)))
    ends = [found.start() for found in _BREAK.finditer(short) if size(short[: found.start()]) >= _FEWEST_WORDS]
    return short[: ends[-1]].rstrip() + ELLIPSIS if ends else short


def _chars_of(sentence: str) -> int:
    """Return how many characters the first MOST_WORDS words take."""
    low, high = 0, len(sentence)
    while low < high:  # `size` grows with the text
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(sentence[:middle]) <= MOST_WORDS else (low, middle - 1)
    return low
