"""What is new in a mail, beside what people marked: exact after folding white space."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quality.corpus import Case, cases_of
from quality.row import Labelled, Row, share_row

from sevenbot.parse import html, quotes
from sevenbot.parse.mail import parse

SETS: tuple[str, ...] = ("email_reply_trimmer", "talon")


def rows(corpus: Path) -> list[Row]:
    """Compare each reply with its label."""
    return [share_row("expected replies, exact but for white space", _replies(corpus), 0.95)]


def _replies(corpus: Path) -> Iterator[Labelled]:
    for case in cases_of(corpus):
        for expected in case.expected:
            if expected["type"].startswith("reply-text"):
                label = expected.get("value") or (corpus / expected["path"]).read_text(encoding="utf-8")
                found = newest(case, (corpus / case.path).read_bytes())
                yield Labelled(case.path, "".join(label.split()), "".join(found.split()))


def newest(case: Case, raw: bytes) -> str:
    """Return the new words of a mail, a page or a text."""
    if case.kind == "reply-eml":
        return parse(raw).latest
    text = raw.decode("utf-8", "replace")
    return quotes.latest(html.read(text).text if case.kind == "reply-html" else text)
