"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """How a check ended."""

    OK = "ok"
    ADVICE = "advice"  # it works, but not as well or as safely as it could
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the operator; secrets never stand in it."""

    check: str  # "database"
    result: Result
    detail: str  # what was seen
    advice: str = ""  # what to do about it


def ok(check: str, detail: str) -> Finding:
    """Return that it works."""
    return Finding(check, Result.OK, detail)


def advise(check: str, detail: str, advice: str) -> Finding:
    """Return that it works, and could be better."""
    return Finding(check, Result.ADVICE, detail, advice)


def failed(check: str, detail: str, advice: str) -> Finding:
    """Return that it does not work, and what to do."""
    return Finding(check, Result.FAILED, detail, advice)
