"""One line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, ours and the peer's (or the limit), and what it should be; all as shown."""

    what: str
    ours: str
    peer: str  # or the limit
    ratio: str
    reach: str
    note: str  # printed below the table, once
