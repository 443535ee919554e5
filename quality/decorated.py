"""What a summary loses when a banner, a signature, a disclaimer and a quoted reply are put around the mail."""

from __future__ import annotations

import statistics
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from quality.pages import f1, words
from quality.row import NO_LEAD, Row, percent
from quality.trimmings import TRIMMINGS, Trimmings

from sevenbot.parse.mail import parse
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.offline import summarise_offline

SETS: tuple[str, ...] = ()

_REACH = 0.01


def rows(corpus: Path) -> list[Row]:  # noqa: ARG001 - every measure is called so
    """Compare the summary of each small mail with that of the same mail in the trimmings of its language."""
    lost = {each.language: 1 - f1(_summary(each.body), _summary(decorate(each.body, each))) for each in TRIMMINGS}
    mean = statistics.mean(lost.values())
    misses = tuple(f"{language}: {percent(share)} of the words" for language, share in lost.items() if share)
    measure = f"words of the summary lost to a banner, signature, disclaimer and quote ({len(lost)})"
    return [Row(measure, percent(mean), NO_LEAD, percent(_REACH), is_reached=mean <= _REACH, misses=misses)]


def decorate(text: str, trimmings: Trimmings) -> str:
    """Return *text* as it comes out of a company: banner above; signature, disclaimer and a quoted reply below."""
    quoted = "\n".join(f"> {line}" for line in trimmings.quoted.split("\n"))
    return "\n\n".join(
        [
            trimmings.banner,
            text,
            f"{trimmings.signature}\n\n{trimmings.disclaimer}",
            f"{trimmings.attribution}\n{quoted}",
        ]
    )


def as_mail(text: str) -> bytes:
    """Return a mail with that text."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Paula <paula@example.org>", "ann@example.org", "Harrow Road 12"
    mail.set_content(text, cte="8bit")
    return mail.as_bytes()


def _summary(text: str) -> Counter[str]:
    message = parse(as_mail(text))
    return words(summarise_offline(message, find_facts(message)).text)
