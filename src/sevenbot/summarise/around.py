"""
The line or the sentence of a mail that a fact stands in, when it is short: it says what the fact is.

    "131,90 €"    ->  "Total incl. shipping 131,90 €"
    "15 May"      ->  "The race starts on Friday, 15 May at 10:15."
"""

from __future__ import annotations

import re

from sevenbot.parse.message import Message
from sevenbot.summarise.plain import plain
from sevenbot.summarise.sentences import LEADS_ON, paragraphs, size, split
from sevenbot.summarise.summary import DateFact

READ_CHARS = 12_000
LONGEST_CHARS = 80


def passages(message: Message) -> tuple[str, ...]:
    """Return the short sentences and rows of what is new in *message*, in order."""
    read = (message.latest or message.text)[:READ_CHARS]
    found = [
        plain(sentence)
        for line in paragraphs(read, wrapped=message.text_source == "plain")
        if len(line) <= _LONGEST_LINE
        for sentence in split(line)
    ]
    return tuple(dict.fromkeys(sentence for sentence in found if len(sentence) <= LONGEST_CHARS))


# Longer ones are whole texts without a line break.
_LONGEST_LINE = 4_000


def around(fact: str, told: tuple[str, ...]) -> str:
    """Return the first of the passages *told* that holds *fact* and says more than it, else *fact* itself."""
    return next((passage for passage in told if fact in passage), fact)


def coming(dates: tuple[DateFact, ...], message: Message) -> tuple[DateFact, ...]:
    """Return *dates* without those that were past when the mail was sent, and without its own date above the text."""
    sent = message.date.date().isoformat() if message.date else ""
    read = (message.latest or message.text)[:READ_CHARS]
    lines = {plain(line) for line in read.split("\n")} if any(date.iso == sent for date in dates) else set()
    return tuple(
        date
        for date in dates
        if date.iso is None or date.iso[:10] > sent or (date.iso[:10] == sent and plain(date.text) not in lines)
    )


_LEADING_WORDS = 10
_BULLET = re.compile(r"\A[-*•·●>\s]+")


def words_before(url: str, message: Message) -> str:
    """Return the words that lead to *url* in the text, "Track your parcel here: https://...", or ""."""
    before, found, _ = message.text[:READ_CHARS].partition(url)
    if not found:
        return ""
    *above, line = before.split("\n")
    if not line.strip(" <(") and above and above[-1].rstrip().endswith(LEADS_ON):
        line = above[-1]
    said = split(plain(line.rstrip(" <(")))
    words = _BULLET.sub("", said[-1]).rstrip(" :：-–>→") if said else ""
    return words if "://" not in words and 0 < size(words) <= _LEADING_WORDS else ""
