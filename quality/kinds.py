"""
Kinds of mail, over labelled mails of our own: kinds.txt says how they are written.

They were all written before the rules were made, with the first half in view (the second then scored 94.6 %).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from quality.row import Labelled, Row, share_row

from sevenbot.parse.mail import parse

SETS: tuple[str, ...] = ()

_MAILS = Path(__file__).with_name("kinds.txt")
_HALVES = ("first half", "second half")


def rows(corpus: Path) -> list[Row]:  # noqa: ARG001 - the mails are our own
    """Tell the kind of each mail."""
    labelled: dict[str, list[Labelled]] = {name: [] for name in _HALVES}
    for block in _MAILS.read_text(encoding="utf-8").split("\n=== ")[1:]:
        kind, raw = block.split("\n", 1)
        half = _HALVES[hashlib.sha256(raw.encode()).digest()[0] % 2]
        subject = next((line for line in raw.split("\n") if line.startswith("Subject:")), "")
        labelled[half].append(Labelled(subject, kind, parse(raw.encode()).kind.value))
    return [share_row(f"kinds of mail, {name}", found, None) for name, found in labelled.items()]
