"""
Sample mails of all kinds, made fresh each time: a current Date and a Message-ID of their own.

The texts are in `letters.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sevenbot.demo import letters

Builder = Callable[[str, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample mail."""

    name: str
    icon: str
    title: str
    description: str
    sender: str  # the reverse path; "" for the null sender
    builder: Builder

    def build(self, recipient: str, now: datetime | None = None) -> bytes:
        """Return the mail's bytes for *recipient*, CRLF line ends, dated *now* (local time when not given)."""
        return self.builder(recipient, now or datetime.now().astimezone())

    def to_json(self) -> dict[str, str]:
        """Return what the page lists."""
        return {"name": self.name, "icon": self.icon, "title": self.title, "description": self.description}


_ALL = (
    Sample(
        "person",
        "👋",
        "Friend",
        "A friend asks two things and quotes a mail",
        "nora@harbour-studio.example",
        letters.person,
    ),
    Sample("code", "🔑", "Code", "A sign-in code, good for ten minutes", "bounce@fernway.example", letters.code),
    Sample("receipt", "🧾", "Receipt", "Amounts, a date and a PDF", "orders@mossandbloom.example", letters.receipt),
    Sample(
        "newsletter",
        "📰",
        "Newsletter",
        "HTML with a tracking pixel and an unsubscribe link",
        "b48@slowbread.example",
        letters.newsletter,
    ),
    Sample(
        "invitation", "📅", "Invitation", "A meeting as calendar file", "priya@tidewater.example", letters.invitation
    ),
    Sample(
        "phishing",
        "🎣",
        "Phishing",
        "A look-alike sender and a link that lies",
        "service@mailer.test",
        letters.phishing,
    ),
    Sample("bounce", "↩️", "Bounce", "A mail that came back (null sender)", "", letters.bounce),
    Sample(
        "files", "📎", "3 files", "Attachments with names in three scripts", "mira@fieldnotes.example", letters.files
    ),
    Sample(
        "cyrillic", "🇷🇺", "Русский", "Russian: an appointment was moved", "anna@beregovaya.example", letters.cyrillic
    ),
    Sample(
        "chinese", "🇨🇳", "中文", "Chinese in GB18030: an order was sent", "shop@qingshi-tea.example", letters.chinese
    ),
    Sample(
        "arabic", "🇱🇧", "العربية", "Arabic, right to left: an invitation", "layla@dar-alkitab.example", letters.arabic
    ),
    Sample("emoji", "🎂", "Emoji", "Families, flags and cake", "joe@brassband.example", letters.emoji),
    Sample(
        "long", "📜", "Long", "Minutes of a meeting nobody wants to read", "tomasz@gardenhouse.example", letters.long
    ),
    Sample(
        "broken",
        "💥",
        "Broken",
        "Wrong on purpose, in nearly every way a mail can be",
        "info@tram.example",
        letters.broken,
    ),
)

SAMPLES: dict[str, Sample] = {sample.name: sample for sample in _ALL}
