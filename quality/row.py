"""One line of the table, and how most lines come about: of labelled cases, the share that is found as wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# Where cleaned lead, the baseline, has no say.
NO_LEAD = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, ours and that of cleaned lead (its first sentences), and what it should be; all as shown."""

    measure: str
    ours: str
    lead: str
    reach: str  # "" when nothing is promised
    is_reached: bool
    misses: tuple[str, ...] = ()  # the cases that failed, for -v


@dataclass(frozen=True, slots=True)
class Labelled:
    """A case, what its label wants, and what was found."""

    name: str
    wanted: Any
    found: Any


def share(cases: Iterable[Labelled]) -> float:
    """Return the share of *cases* found as wanted; 1 of none."""
    marks = [case.wanted == case.found for case in cases]
    return sum(marks) / len(marks) if marks else 1.0


def share_row(measure: str, cases: Iterable[Labelled], reach: float | None, lead: str = NO_LEAD) -> Row:
    """Return the row of a share: *reach* of the cases, or nothing promised."""
    all_cases = list(cases)
    ours = share(all_cases)
    misses = (case for case in all_cases if case.wanted != case.found)
    return Row(
        f"{measure} ({len(all_cases)})",
        percent(ours),
        lead,
        "" if reach is None else percent(reach),
        is_reached=reach is None or ours >= reach,
        misses=tuple(f"{case.name}\n    wanted {case.wanted!r}\n    found  {case.found!r}" for case in misses),
    )


def percent(part: float) -> str:
    """Return a share as shown; never 100 % of what is not all."""
    return "100 %" if part == 1 else f"{min(part * 100, 99.9):.1f} %"
