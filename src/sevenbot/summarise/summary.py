"""
The few lines that matter, and where they came from. Values only.

The ledger keeps a Summary as JSON:

    {"text": "...", "source": "model", "language": "en", "degraded": false, "headline": "...", "asks": ["..."]}
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import msgspec


@dataclass(frozen=True, slots=True)
class DateFact:
    """A date as the mail words it and, where it can be read without doubt, as ISO 8601."""

    text: str
    iso: str | None
    is_deadline: bool = False  # something is wanted by then


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link worth showing."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What occurs in the mail itself, word for word; nothing here is ever invented."""

    codes: tuple[str, ...] = ()  # login and confirmation codes, without spaces and hyphens
    dates: tuple[DateFact, ...] = ()
    amounts: tuple[str, ...] = ()
    links: tuple[LinkFact, ...] = ()
    asks: tuple[str, ...] = ()  # sentences that ask the reader for something
    parcels: tuple[str, ...] = ()  # tracking numbers
    references: tuple[str, ...] = ()  # of bookings, orders, tickets


@dataclass(frozen=True, slots=True)
class Summary:
    """The text shown in the chat (plain, no markup), and what goes with it."""

    text: str
    source: Literal["offline", "model"]
    language: str | None = None  # ISO 639-1 of the text, when known
    degraded: bool = False  # a model was configured but did not help; the message says so
    headline: str = ""  # the same in at most 16 words
    asks: tuple[str, ...] = ()  # what the model says is asked of the reader; () leaves it to Facts.asks
    suspicious: bool = False  # something in the mail speaks to machines
    over_budget: bool = False  # degraded because the tokens of the day are used up
    replaced: int = 0  # parts of the model's answer that the mail does not bear out
    tokens: int = 0  # what asking the model took

    def to_json(self) -> str:
        """Return the form the ledger keeps; what is as by default is left out."""
        kept = {name: value for name, value in asdict(self).items() if name in _ALWAYS or value}
        return msgspec.json.encode(kept).decode()

    @classmethod
    def from_json(cls, text: str) -> Summary:
        """Read back what `to_json` wrote."""
        return msgspec.json.decode(text, type=cls)


_ALWAYS = ("text", "source", "language", "degraded")
