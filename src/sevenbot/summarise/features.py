"""
What the ranker looks at: for each sentence of a mail its place, its words, its shape and its cues, as numbers. Pure.

Most of it means the same in every language; the cues come from lists in the languages of most mail. Texts written
without blanks are compared by pairs of characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sevenbot.parse import subjects
from sevenbot.summarise.asks import asks_for_something
from sevenbot.summarise.cues import BACKWARDS, NEWS, READER, STANCE, THANKS, WRITER
from sevenbot.summarise.sentences import LEADS_ON, is_finished, size

# A sentence is judged by this much of it.
READ_CHARS = 600

_PLACE = ("before", "place", "first", "last", "from_start", "from_end", "count")
_LENGTH = ("length", "relative_length", "longer_ones", "short")
_WORDS = ("in_title", "of_title", "central", "fresh")
_SHAPE = (
    *("question", "after_question", "finished", "leads_on", "lower_case", "aside", "digits", "commas"),
    *("exclamation", "trailing"),
)
_CUES = ("asks", "stance", "news", "writer", "reader", "backwards", "thanks")
NAMES = (*_PLACE, *_LENGTH, *_WORDS, *_SHAPE, *_CUES)

_WORD = re.compile(r"[^\W\d_]{4,}")
_UNSPACED_PAIR = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}))")
_COMMA = re.compile(r"[,;，、；،]")
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUESTION = ("?", "？", "؟")
# So much of a word stands for all its endings.
_STEM = 6

Row = tuple[float, ...]


def features(sentences: list[str], title: str) -> list[Row]:
    """Return a row of numbers for each of *sentences* (those of one mail, in order), in the order of NAMES."""
    read = [sentence[:READ_CHARS] for sentence in sentences]
    parts = zip(_places(read), _words(read, title), _shapes(read), map(_cues, read), strict=True)
    return [tuple(map(float, (*place, *words, *shape, *cues))) for place, words, shape, cues in parts]


def _places(read: list[str]) -> Iterator[Row]:
    sizes = [size(sentence) for sentence in read]
    count, total, before = len(read), sum(sizes) or 1.0, 0.0
    for at, length in enumerate(sizes):
        yield (
            before / total,  # share of the mail's words that come earlier
            at / count,
            at == 0,
            at == count - 1,
            min(at, 8),
            min(count - 1 - at, 8),
            min(count, 30),
            min(length, 50.0),
            min(length * count / total, 4.0),  # the mail's mean is 1
            sum(other > length for other in sizes) / count,
            length < 5,
        )
        before += length


def _words(read: list[str], title: str) -> Iterator[Row]:
    held_by = [_stems(sentence) for sentence in read]
    of_title = _stems(subjects.base(title))
    commonness = Counter(stem for held in held_by for stem in held)
    seen: set[str] = set()
    for held in held_by:
        shared, many = len(held & of_title), len(held) or 1
        yield (
            shared / many,
            shared / (len(of_title) or 1),
            min(sum(commonness[stem] - 1 for stem in held) / many, 3.0),  # other sentences with the same words
            min(len(held - seen), 15),
        )
        seen |= held


def _stems(text: str) -> set[str]:
    low = text.lower()
    found = {word[:_STEM] for word in _WORD.findall(low)}
    return found if low.isascii() else found.union(_UNSPACED_PAIR.findall(low))


def _shapes(read: list[str]) -> Iterator[Row]:
    previous = ""
    for sentence in read:
        yield (
            sentence.endswith(_QUESTION),
            previous.endswith(_QUESTION),
            is_finished(sentence),
            sentence.endswith(LEADS_ON),
            sentence[:1].islower(),
            sentence.startswith(("(", "[", "-", "–", "—", '"', "“")),
            any(map(str.isdigit, sentence)),
            min(len(_COMMA.findall(sentence)), 6),
            sentence.endswith(("!", "！")),
            "..." in sentence or "…" in sentence,
        )
        previous = sentence


def _cues(sentence: str) -> Row:
    spoken = _SPOKEN.findall(sentence.lower().replace("’", "'"))
    return (
        asks_for_something(sentence),
        STANCE.search(sentence) is not None,
        NEWS.search(sentence) is not None,
        not WRITER.isdisjoint(spoken),
        not READER.isdisjoint(spoken),
        bool(spoken) and spoken[0] in BACKWARDS,
        THANKS.match(sentence) is not None,
    )
