"""
Login and confirmation codes in 379 labelled mails of our own, half of them traps: codes.txt says how they are written.

Precision: of the codes found, how many are codes. Recall: of the codes there, how many are found. The first two hundred
mails were all written before the rules were made, with their first half in view (the second then scored 96.1 % and
89.1 %). The late ones were written when the rules stood for those (they scored 88.7 % and 91.3 %).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from quality.row import NO_LEAD, Row, percent

from sevenbot.parse.mail import parse
from sevenbot.summarise.facts import find_facts

SETS: tuple[str, ...] = ()

PRECISION, RECALL = 0.97, 0.95
_MAILS = Path(__file__).with_name("codes.txt")
_HALVES = ("first half", "second half", "late")


@dataclass(frozen=True, slots=True)
class LabelledMail:
    """A mail and the codes in it."""

    language: str
    codes: frozenset[str]
    is_html: bool
    half: str
    subject: str
    text: str

    def raw(self) -> bytes:
        """Return it as a service would send it."""
        message = EmailMessage()
        message["From"], message["To"] = "Example <no-reply@service.example>", "you@bot.example"
        message["Subject"], message["Date"] = self.subject, "Thu, 12 Mar 2026 10:00:00 +0000"
        message.set_content(self.text, subtype="html" if self.is_html else "plain")
        return message.as_bytes()


def mails() -> Iterator[LabelledMail]:
    """Read the labelled mails."""
    for block in _MAILS.read_text(encoding="utf-8").split("\n=== ")[1:]:
        label, subject, text = block.split("\n", 2)
        language, codes, *marks = label.split()
        named = frozenset() if codes == "-" else frozenset(codes.replace("-", "").split(","))
        half = "late" if "late" in marks else _HALVES[hashlib.sha256(subject.encode()).digest()[0] % 2]
        yield LabelledMail(language, named, "html" in marks, half, subject, text)


def rows(corpus: Path) -> list[Row]:  # noqa: ARG001 - the mails are our own
    """Look for the codes of each mail."""
    found = [(mail, frozenset(find_facts(parse(mail.raw())).codes)) for mail in mails()]
    return [row for half in _HALVES for row in _half(half, [pair for pair in found if pair[0].half == half])]


def _half(name: str, found: list[tuple[LabelledMail, frozenset[str]]]) -> Iterator[Row]:
    right = sum(len(mail.codes & codes) for mail, codes in found)
    wrong = [_miss(mail, codes) for mail, codes in found if codes - mail.codes]
    lost = [_miss(mail, codes) for mail, codes in found if mail.codes - codes]
    precision = right / sum(len(codes) for _, codes in found)
    recall = right / sum(len(mail.codes) for mail, _ in found)
    for measure, share, reach, misses in (("precision", precision, PRECISION, wrong), ("recall", recall, RECALL, lost)):
        shown = f"codes, {measure}, {name} ({len(found)})"
        yield Row(shown, percent(share), NO_LEAD, percent(reach), is_reached=share >= reach, misses=tuple(misses))


def _miss(mail: LabelledMail, codes: frozenset[str]) -> str:
    return f"{mail.language}: {mail.subject}\n    wanted {sorted(mail.codes)}\n    found  {sorted(codes)}"
