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
from sevenbot.summarise.candidates import candidates, squashed
from sevenbot.summarise.plain import cut
from sevenbot.summarise.planted import for_people
from sevenbot.summarise.ranker import SHIPPED, scores
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
# What programs and editors send begins with its news; the ranker has learnt from what people write to each other.
_NEWS_FIRST = (Kind.CODE, Kind.TRANSACTIONAL, Kind.NOTIFICATION, Kind.NEWSLETTER, Kind.INVITE)
_NUMBERED = re.compile(r"\(?[0-9]{1,2}[.)] ")


@dataclass(frozen=True, slots=True)
class Lead:
    """The chosen sentences in the order of the mail, and the one that tells most; [] and "" when there are no words."""

    sentences: list[str]
    best: str


def lead(message: Message, facts: Facts) -> Lead:
    """Return the sentences of the summary, plain."""
    if message.kind is Kind.BOUNCE and message.bounce:
        return Lead([], "")  # the postmaster's standing phrases say less than `told.bounce`
    found = candidates(message, facts.codes)
    shown = {_key(message.subject), *(_key(link.text) for link in message.links[:200])}
    news = [sentence for sentence in found.telling if _key(sentence) not in shown] or list(found.telling)
    passages = list(_passages(news))
    if sum(size(passage.sentence) for passage in passages) < _FRAGMENT_WORDS:
        # Only courtesies and small print are better than nothing.
        fragments = _in_order(news or list(found.left_over))
        return Lead(fragments, fragments[0] if fragments else "")
    best_first = passages if message.kind in _NEWS_FIRST else _best_first(passages, message.subject)
    if coded := next((sentence for sentence in found.telling if _holds(sentence, facts.codes)), None):
        best_first = [_Passage(-1, coded), *(passage for passage in best_first if passage.sentence != coded)]
    return Lead(_within_budget(best_first), best_first[0].sentence)


def ranked(message: Message, weights: Weights = SHIPPED) -> list[str]:
    """Return the sentences that tell something, the best first, then what was left over, links first."""
    found = candidates(for_people(message))
    telling = list(found.telling)
    worth = scores(telling, message.subject, weights)
    best_first = sorted(range(len(telling)), key=lambda at: -worth[at])
    return [telling[at] for at in best_first] + sorted(found.left_over, key=lambda sentence: "://" not in sentence)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence, with the list that it leads on to ("You bought:")."""

    at: int
    sentence: str
    items: tuple[str, ...] = ()

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
        return [] if is_cut_off or size(self.sentence) > words else told


def _best_first(passages: list[_Passage], title: str) -> list[_Passage]:
    worth = scores([passage.sentence for passage in passages], title)
    return [passages[at] for at in sorted(range(len(passages)), key=lambda at: -worth[at])]


def _passages(news: list[str]) -> Iterator[_Passage]:
    """Yield the sentences; of the fragments only those of a list."""
    at = 0
    while at < len(news):
        sentence, start = news[at], at
        at += 1
        if not _stands_alone(sentence):
            continue
        if sentence.endswith(LEADS_ON):
            while at < len(news) and at - start < MOST_FRAGMENTS and _is_item(news[at]):
                at += 1
            at = max(at, min(start + 2, len(news)))
        yield _Passage(start, sentence, tuple(news[start + 1 : at]))


def _is_item(sentence: str) -> bool:
    return not _stands_alone(sentence) or _NUMBERED.match(sentence) is not None


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


def _within_budget(best_first: list[_Passage]) -> list[str]:
    """Return the best that fit together, in the order of the mail."""
    best, *others = best_first
    length = size(best.sentence)
    if length > LONGEST_SENTENCE_WORDS:
        first = [_shortened(best.sentence)]
    else:
        first = best.within(max(MOST_WORDS, length)) or [best.sentence]
    chosen = {best.at: first}
    room = MOST_WORDS - sum(map(size, first))
    for passage in others[:MOST_SENTENCES]:
        if len(chosen) < MOST_SENTENCES and (told := passage.within(room)):
            chosen[passage.at] = told
            room -= sum(map(size, told))
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
