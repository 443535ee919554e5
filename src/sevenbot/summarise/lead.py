"""
Which sentences of a mail make its summary: of those that tell something, the best that fit together, in their order.

The words that lead to a list bring the list along; the sentence with the code comes first. Headings and table cells,
which nothing ranks, are taken as they come when there is nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise.around import coming
from sevenbot.summarise.candidates import candidates, squashed
from sevenbot.summarise.cues import THANKS
from sevenbot.summarise.dates import find_dates
from sevenbot.summarise.plain import ELLIPSIS, cut, plain
from sevenbot.summarise.planted import for_people
from sevenbot.summarise.point import Point
from sevenbot.summarise.ranker import SHIPPED
from sevenbot.summarise.sentences import LEADS_ON, is_finished, size
from sevenbot.summarise.summary import Facts
from sevenbot.summarise.weights import Weights

# What a chat shows without scrolling on a phone; a single sentence may be somewhat longer before it is cut.
MOST_SENTENCES = 3
MOST_WORDS = 45
LONGEST_SENTENCE_WORDS = 60
LONGEST_CHARS = 480
MOST_FRAGMENTS = 6
_FRAGMENT_WORDS = 6
_ROW_WORDS = 12
_LETTER_SENTENCES = 6
_VALUE = re.compile(r"\d|[:：]")
# What programs and editors send begins with its news; the ranker has learnt from what people write to each other.
_NEWS_FIRST = (Kind.CODE, Kind.TRANSACTIONAL, Kind.NOTIFICATION, Kind.NEWSLETTER, Kind.INVITE)
_CLOCK = re.compile(
    r"(?<![\d:.,])(?:[01]?\d|2[0-3])(?:[:h][0-5]\d(?![\d:])| ?(?:[ap]\.?m\b|uhr\b|[時시点]))", re.IGNORECASE
)
_NUMBERED = re.compile(r"\(?[0-9]{1,2}[.)] ")


@dataclass(frozen=True, slots=True)
class Lead:
    """The chosen sentences in the order of the mail, and the one that tells most; [] and "" when there are no words."""

    sentences: list[str]
    best: str


def lead(message: Message, facts: Facts, most_words: float = MOST_WORDS) -> Lead:
    """Return the sentences of the summary, plain; [] when there are no words, or none that fit into *most_words*."""
    if message.kind is Kind.BOUNCE and message.bounce:
        return Lead([], "")  # the postmaster's standing phrases say less than `told.bounce`
    numbers = (*facts.references, *facts.parcels)  # they have a row of their own in the chat
    found = candidates(message, (*facts.codes, *map(squashed, numbers)))
    shown = {_key(message.subject), *(_key(link.text) for link in message.links[:200])}
    news = [
        sentence for sentence in found.telling if _key(sentence) not in shown and not _is_number_row(sentence, numbers)
    ] or list(found.telling)
    dates = tuple(plain(date.text) for date in coming(facts.dates, message))
    passages = list(_passages(news, dates))
    if message.invite is not None:  # its time has been told
        passages = [passage for passage in passages if not (passage.is_row and passage.is_dated)]
        if not passages:
            return Lead([], "")
    if sum(size(passage.sentence) for passage in passages) < _FRAGMENT_WORDS:
        # Only courtesies and small print are better than nothing.
        fragments = _in_order(news or list(found.left_over))
        return Lead(fragments, fragments[0] if fragments else "")
    best_first = _best_first(passages, news, Point(message, found.telling, dates, facts.asks))
    if coded := next((sentence for sentence in found.telling if _holds(sentence, facts.codes)), None):
        best_first = [_Passage(-1, coded), *(passage for passage in best_first if passage.sentence != coded)]
    if most_words < MOST_WORDS:
        best_first = [passage for passage in best_first if passage.within(most_words)]
    return Lead(_within_budget(best_first, most_words), best_first[0].sentence) if best_first else Lead([], "")


def ranked(message: Message, weights: Weights = SHIPPED) -> list[str]:
    """Return the sentences that tell something, the best first, then what was left over, links first."""
    message = for_people(message)
    found = candidates(message)
    telling = list(found.telling)
    all_dates = find_dates(f"{message.subject}\n{message.latest or message.text}", message.date)
    dates = tuple(plain(date.text) for date in coming(all_dates, message))
    worth = Point(message, found.telling, dates).worth(telling, weights)
    best_first = sorted(range(len(telling)), key=lambda at: -worth[at])
    return [telling[at] for at in best_first] + sorted(found.left_over, key=lambda sentence: "://" not in sentence)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence, with the list that it leads on to ("You bought:"); or a row of a table."""

    at: int
    sentence: str
    items: tuple[str, ...] = ()
    is_dated: bool = False  # names a day or an hour that is to come

    @property
    def is_row(self) -> bool:
        """Say whether it belongs to a table, in which each row is short."""
        is_short = size(self.sentence) < (_ROW_WORDS if self.is_dated else _FRAGMENT_WORDS)
        return is_short and not is_finished(self.sentence)

    def within(self, words: float) -> list[str]:
        """Return its sentences in at most *words*, [] when that is too little to say anything."""
        told = [self.sentence]
        room = words - size(self.sentence)
        for item in self.items:
            room -= size(item)
            if room < 0:
                break
            told.append(item)
        is_cut_off = self.sentence.endswith(LEADS_ON) and len(told) == 1
        if 1 < len(told) <= len(self.items):  # nobody should take two things of three for all
            told[-1] = f"{told[-1].rstrip('.,;')}{ELLIPSIS}"
        return [] if is_cut_off or size(self.sentence) > words else told


def _best_first(passages: list[_Passage], news: list[str], point: Point) -> list[_Passage]:
    """Return *passages*, the best first, and behind those rows that say when the rows around them (who, where)."""
    if point.message.kind is Kind.NEWSLETTER:
        return passages
    if point.message.kind in _NEWS_FIRST and not _is_letter(passages):
        first, *others = sorted(passages, key=lambda passage: THANKS.match(passage.sentence) is not None)
        ordered = [first, *sorted(others, key=lambda passage: not passage.is_dated)]
    else:
        ordered = [passages[at] for at in point.best_first([passage.sentence for passage in passages])]
    last = max((at for at, passage in enumerate(ordered) if passage.is_dated and passage.is_row), default=-1)
    return [*ordered[: last + 1], *_around(passages, news), *ordered[last + 1 :]]


def _around(passages: list[_Passage], news: list[str]) -> list[_Passage]:
    """Return the rows next to those that say when, the nearest first."""
    known = {at for passage in passages for at in range(passage.at, passage.at + 1 + len(passage.items))}
    dated = [passage.at for passage in passages if passage.is_dated and passage.is_row]
    next_to = {at + step for at in dated for step in (-1, 1)}
    farther = {at + step for at in dated for step in (-2, 2)} - next_to
    rows = [_Passage(at, news[at]) for at in [*sorted(next_to), *sorted(farther)] if 0 <= at < len(news)]
    return [
        row for row in rows if row.is_row and row.at not in known and (row.at in next_to or _VALUE.search(row.sentence))
    ]


def _is_letter(passages: list[_Passage]) -> bool:
    """Tell what somebody wrote in an office from what a program filled in: it has sentences, one after another."""
    return sum(is_finished(passage.sentence) for passage in passages) >= _LETTER_SENTENCES


def _passages(news: list[str], dates: tuple[str, ...]) -> Iterator[_Passage]:
    """Yield the sentences; of the fragments only those of a list, and those that say when."""
    at = 0
    while at < len(news):
        sentence, start = news[at], at
        at += 1
        is_dated = any(date in sentence for date in dates) or _is_timed_row(sentence)
        if not (is_dated or _stands_alone(sentence)):
            continue
        if sentence.endswith(LEADS_ON):
            while at < len(news) and at - start < MOST_FRAGMENTS and _is_item(news[at]):
                at += 1
            if at == start + 1 and at < len(news):  # a heading above sentences
                continue
        yield _Passage(start, sentence, tuple(news[start + 1 : at]), is_dated)


def _is_timed_row(sentence: str) -> bool:
    return size(sentence) < _ROW_WORDS and not is_finished(sentence) and _CLOCK.search(sentence) is not None


def _is_number_row(sentence: str, numbers: tuple[str, ...]) -> bool:
    """Say whether *sentence* is just the words for a number and the number: "Booking reference K7QX2M"."""
    return size(sentence) < _FRAGMENT_WORDS and any(number in sentence for number in numbers)


def _is_item(sentence: str) -> bool:
    is_short = size(sentence) < _ROW_WORDS and not is_finished(sentence) and not sentence.endswith(LEADS_ON)
    return is_short or not _stands_alone(sentence) or _NUMBERED.match(sentence) is not None


def _stands_alone(sentence: str) -> bool:
    """Tell a sentence from a heading or a table cell."""
    words = size(sentence)
    if words < 2 and sentence.endswith("."):  # a name below the text: "Joe."
        return False
    return is_finished(sentence) or words >= _FRAGMENT_WORDS or (words > 2 and sentence.endswith(LEADS_ON))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _holds(sentence: str, codes: tuple[str, ...]) -> bool:
    return bool(codes) and any(code in squashed(sentence) for code in codes)


def _within_budget(best_first: list[_Passage], most_words: float) -> list[str]:
    """Return the best that fit together, in the order of the mail."""
    best, *others = best_first
    length = size(best.sentence)
    if length > LONGEST_SENTENCE_WORDS:
        first = [_shortened(best.sentence)]
    else:
        first = best.within(max(most_words, length)) or [best.sentence]
    chosen = {best.at: first}
    room = most_words - sum(map(size, first))
    rows = [passage for passage in others if passage.is_row][:MOST_FRAGMENTS]
    sentences = [passage for passage in others if not passage.is_row][:MOST_SENTENCES]
    left = {True: MOST_FRAGMENTS - best.is_row, False: MOST_SENTENCES - (not best.is_row)}
    for passage in (passage for passage in others if passage in rows or passage in sentences):
        if left[passage.is_row] and (told := passage.within(room)):
            chosen[passage.at] = told
            room -= sum(map(size, told))
            left[passage.is_row] -= 1
    return [sentence for at in sorted(chosen) for sentence in chosen[at]]


def _in_order(fragments: list[str]) -> list[str]:
    """Return the first few of *fragments*: headings and table cells, which nothing ranks."""
    chosen: list[str] = []
    words, whole = 0.0, 0
    for fragment in fragments:
        length = size(fragment)
        if chosen and words + length > MOST_WORDS:
            break
        chosen.append(_shortened(fragment) if length > LONGEST_SENTENCE_WORDS else fragment)
        words += length
        whole += _stands_alone(fragment)
        if whole == MOST_SENTENCES or len(chosen) == MOST_FRAGMENTS:
            break
    while len(chosen) > 1 and chosen[-1].endswith(LEADS_ON):  # "The key points:" without the points
        chosen.pop()
    return chosen


def _shortened(sentence: str) -> str:
    """Cut an endless sentence at a word, so that about MOST_WORDS are left."""
    share = MOST_WORDS / size(sentence)
    return cut(sentence, min(int(len(sentence) * share), LONGEST_CHARS))
