"""
What a mail bears out: links, addresses, codes, numbers, amounts, names, weekdays and months that a sentence may state.

Numbers are compared without their separators, so "1,234.50" is "1.234,50"; names without accents, endings and alphabet
(`names`). What the mail says to machines bears nothing out: it was cut away before (`planted`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from sevenbot.flat import flat
from sevenbot.parse.message import Message
from sevenbot.summarise.addressed import is_addressed_to_machine
from sevenbot.summarise.amounts import every_amount, value
from sevenbot.summarise.dates import find_dates
from sevenbot.summarise.names import is_known, months, names, sounds, stems, weekdays
from sevenbot.summarise.phrases import any_phrase

# What a summary states is looked for in this much of the mail: far more than the prompt holds.
MAIL_CHARS = 100_000
_PREFIX = 4

_URL = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}:|//)[^\s<>\"']{2,}|\bwww\.\S+", re.IGNORECASE)
_SCHEME = any_phrase(r"""
    (?:h(?:xx|tt)ps?|ftp|tg|mailto|tel|data|javascript|file|intent|ton|sms|callto|skype|viber|whatsapp)\s?[:：]
""")
_DOTTED = re.compile(r"[^\s@/:,;()\[\]<>\"'“”‘’«»]+(?:\.|。|．|｡)[^\W\d_]{2,24}(?![\w])")
_DISGUISED_DOT = any_phrase(r"""
    \s?[\[({]\s?(?:\.|dot|punkt|point|punto|точка)\s?[\])}]\s?|\s(?:dot|punkt|punto)\s(?=[a-z]{2,10}\b)
""")
_DISGUISED_AT = re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,255}")
_HANDLE = re.compile(r"(?<![\w/])[@#/$][A-Za-z_][\w]{2,}")
# 1,234.50 · 1 234 · 482-913 · +49 171 1234567 · 2026-03-05 · 14:30
_NUMBER = re.compile(r"[0-9]+(?:[.,'/:() -]{1,2}[0-9]+)*")
_MIXED = re.compile(r"(?<![\w-])(?=[\w-]{0,40}[0-9])(?=[\w-]{0,40}[^\W\d_])[\w-]{4,40}(?![\w-])")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9-]{3,}(?![^\W_])")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_NUMERIC_DATE = re.compile(r"\b[0-9]{1,4}([./-])[0-9]{1,2}(?:\1[0-9]{1,4})?\b")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may be stated, ready for looking up."""

    text: str  # flat: lower case, plain digits, blanks folded
    squeezed: str  # without blanks and hyphens
    numbers: frozenset[str]  # digits only, each number as a whole and its parts
    amounts: frozenset[tuple[str, str]]
    stems: set[str]
    prefixes: set[str]  # of the stems: "meet" is borne out by "meeting"
    sounds: set[str]
    weekdays: set[int]
    months: set[int]

    @classmethod
    def of(cls, message: Message) -> Grounds:
        """Return the grounds of *message*, from which `planted.for_people` has cut what speaks to machines."""
        whole = " ".join(_told(message))
        flattened = searchable(whole)
        dates = [fact.iso for fact in find_dates(whole, message.date) if fact.iso]
        sent = [message.date.date().isoformat()] if message.date else []
        days = [date.fromisoformat(iso[:10]) for iso in [*dates, *sent]]
        numeric = {int(part) for found in _NUMERIC_DATE.finditer(flattened) for part in re.findall("[0-9]+", found[0])}
        return cls(
            flattened,
            _squeezed(flattened),
            frozenset(_numbers(flattened)),
            frozenset(map(value, every_amount(flattened))),
            said := stems(whole),
            {stem[:_PREFIX] for stem in said if len(stem) >= _PREFIX},
            sounds(whole),
            weekdays(whole) | {day.weekday() for day in days},
            months(whole) | {day.month for day in days} | numeric,
        )

    def bear(self, sentence: str, *, with_names: bool = True) -> bool:
        """
        Say whether nothing in *sentence* is foreign to the mail.

        Args:
            with_names: Whether capitalised words are names in its language.
        """
        # Compatibility forms: ⁴⁸²⁹¹³ and ①② read as digits too (Unicode TR 15).
        low = searchable(unicodedata.normalize("NFKC", unquote(sentence)))
        undisguised = _DISGUISED_AT.sub("@", _DISGUISED_DOT.sub(".", low))
        return (
            not is_addressed_to_machine(sentence)
            and _links_occur(undisguised, self)
            and all(match.group().strip(".,;:!?") in self.text for match in _ADDRESS.finditer(undisguised))
            and all(match.group() in self.text for match in _HANDLE.finditer(low))
            and all(_squeezed(match.group()) in self.squeezed for match in _MIXED.finditer(_UNSPACED.sub(" ", low)))
            and all(_squeezed(match.group().lower()) in self.squeezed for match in _CAPITALS.finditer(sentence))
            and all(_number_occurs(match.group(), self) for match in _NUMBER.finditer(low))
            and all(_amount_occurs(amount, self) for amount in every_amount(low))
            and weekdays(sentence) <= self.weekdays
            and months(sentence) <= self.months
            and (not with_names or all(is_known(name, self.sounds) for name in names(_UNSPACED.sub(" ", sentence))))
        )

    def evidence(self, sentence: str) -> tuple[int, int]:
        """Return how many things in *sentence* the mail has too, and how many words that carry meaning it has."""
        said = stems(sentence)
        numbers = [number for number in _NUMBER.findall(searchable(sentence)) if len(number) > 1]
        known = [stem for stem in said if stem in self.stems or stem[:_PREFIX] in self.prefixes]
        return len(known) + len(numbers), len(said) + len(numbers)

    def quoted(self, quote: str) -> bool:
        """Say whether *quote* stands in the mail, blanks, case and Unicode form apart."""
        wanted = _squeezed(searchable(unicodedata.normalize("NFKC", quote))).strip(".…\"'“”")
        return bool(wanted) and wanted in self.squeezed


def searchable(text: str) -> str:
    """Return *text* flat, its blanks folded."""
    return " ".join(flat(text).split())


def _told(message: Message) -> Iterator[str]:
    yield message.subject
    for box in (message.sender, *message.to, *message.cc, *message.reply_to):
        if box:
            yield f"{box.name} {box.address}"
    if message.date:
        yield message.date.isoformat()
    if invite := message.invite:
        told = (invite.summary, invite.start, invite.end, invite.location, invite.organizer)
        yield from (part for part in told if part)
    yield from (part.filename or "" for part in message.attachments)
    yield message.text[:MAIL_CHARS]
    yield from (link.url for link in message.links)


def _numbers(text: str) -> set[str]:
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        runs = re.findall(r"[0-9]+", match.group())
        found.update(runs)
        found.update(
            "".join(runs[first:last])
            for first in range(len(runs))
            for last in range(first + 2, min(first + 7, len(runs) + 1))
        )
    return found


def _links_occur(low: str, mail: Grounds) -> bool:
    if _SCHEME.search(low) and not all(match.group() in mail.text for match in _SCHEME.finditer(low)):
        return False
    found = [match.group() for match in (*_URL.finditer(low), *_DOTTED.finditer(low))]
    return all(link.rstrip(".,;:!?") in mail.text for link in found)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def _number_occurs(number: str, mail: Grounds) -> bool:
    """Say whether the mail has this number: as a whole, without zero cents, or as a date of numbers it has."""
    runs = re.findall(r"[0-9]+", number)
    whole = "".join(runs)
    if len(whole) < 3 or whole in mail.numbers:
        return True
    if len(runs) > 1 and runs[-1] == "00" and "".join(runs[:-1]) in mail.numbers:
        return True
    # "5.3.2026" for "5 March 2026", "14:30" for "2:30 PM": only the year is long enough to be worth checking.
    is_date = len(runs) <= 5 and all(len(run) <= 2 or re.fullmatch(r"(?:19|20)[0-9]{2}", run) for run in runs)
    return (
        is_date
        and re.search(r"[/:.-]", number) is not None
        and all(len(run) <= 2 or run in mail.numbers for run in runs)
    )


def _amount_occurs(amount: str, mail: Grounds) -> bool:
    digits, currency = value(amount)
    if (digits, currency) in mail.amounts:
        return True
    # A currency's name the mail writes in another way ("dollars" for "AUD"): then the number at least is there.
    return (
        digits in mail.numbers
        and currency not in {known for _, known in mail.amounts}
        and _names_currency(amount, mail)
    )


def _names_currency(amount: str, mail: Grounds) -> bool:
    sign = re.sub(r"[0-9.,' -]", "", amount)
    return sign in mail.text
