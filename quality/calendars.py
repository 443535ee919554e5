"""
Invitations: begin, end and title of the first event beside what the `icalendar` library sees in the same calendar.

Calendars that the library does not read, or whose first event has no time it can tell, are only counted as read.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from icalendar import Calendar, Event
from quality.corpus import Case, cases_of
from quality.row import Labelled, Row, share_row

from sevenbot.parse import calendar
from sevenbot.parse.message import Invite

SETS: tuple[str, ...] = ("icalendar",)

_Facts = tuple[str | None, str | None, str]


def rows(corpus: Path) -> list[Row]:
    """Read each calendar with both."""
    cases = [case for case in cases_of(corpus) if case.kind == "calendar"]
    compared = [label for case in cases for label in _compared(case, (corpus / case.path).read_bytes())]
    return [share_row("invitations, as the icalendar library", compared, None)]


def _compared(case: Case, raw: bytes) -> Iterator[Labelled]:
    ours = calendar.read(raw.decode("utf-8", "replace"))
    theirs = _theirs(raw)
    if theirs is not None:
        yield Labelled(case.path, theirs, _facts(ours) if ours else None)


def _facts(invite: Invite) -> _Facts:
    # Without an end the library counts one from the start (RFC 5545 §3.6.1); we leave it open.
    return invite.start, invite.end, " ".join(invite.summary.split())


def _theirs(raw: bytes) -> _Facts | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells by warnings which time zones it guesses
        try:
            calendars = Calendar.from_ical(raw, multiple=True)
            events = [event for each in calendars for event in each.walk("VEVENT") if isinstance(event, Event)]
            event = next((event for event in events if "RECURRENCE-ID" not in event), events[0])
            end = event.end.isoformat() if "DTEND" in event or "DURATION" in event else None
            return event.start.isoformat(), end, " ".join(str(event.get("SUMMARY") or "").split())
        except (ValueError, AttributeError, IndexError, KeyError, TypeError):
            return None
