"""Sizes, dates and spans of time as each language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sevenbot.texts.catalogue import Texts

#: Far from where date arithmetic overflows.
_YEARS = (1900, 9000)


def size(size_bytes: int, words: Texts) -> str:
    """Return a size as file managers show it, powers of 1,000: "340 kB", "1.2 MB"."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    if size_bytes < 999_500:
        return f"{size_bytes / 1000:.0f} kB"
    megabytes = size_bytes / 1_000_000
    shown = f"{megabytes:.1f}" if megabytes < 9.95 else f"{megabytes:.0f}"
    return f"{shown.removesuffix('.0')} MB".replace(".", words.decimal_point)


def ago(moment: datetime, now: datetime, words: Texts) -> str:
    """Return how long ago *moment* was; a clock that runs a little behind says "just now"."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return words.just_now
    if minutes < 60:
        return words.minutes_ago.format(n=minutes)
    if minutes < 48 * 60:
        return words.hours_ago.format(n=minutes // 60)
    return words.days_ago.format(n=minutes // (24 * 60))


def day(moment: date, words: Texts) -> str:
    """Return a date with its weekday: "Mon 2 Nov 2026"."""
    return words.date.format(
        weekday=words.weekdays[moment.weekday()],
        day=moment.day,
        month=words.months[moment.month - 1],
        year=moment.year,
    )


def day_of(iso: str, words: Texts) -> str | None:
    """Return the date of an ISO 8601 date or moment with its weekday, or None when it is neither."""
    moment = _read(iso)
    return None if moment is None else day(moment, words)


@dataclass(frozen=True, slots=True)
class Moments:
    """When something with a time of day begins and ends: as moments, and in words without and with its zone."""

    starts: datetime
    ends: datetime | None  # after *starts*, and alike in having a zone
    begin: str  # "Mon 2 Nov 2026, 10:00"
    end: str  # "11:30", or with its day when it is another; "" when not known
    zone: str  # "UTC+1", or ""

    @property
    def whole(self) -> str:
        """Return it all: "Mon 2 Nov 2026, 10:00–11:30 UTC+1"."""
        apart = " – " if "," in self.end else "–"
        return f"{self.begin}{apart if self.end else ''}{self.end} {self.zone}".rstrip()


def moments(start: str, end: str | None, words: Texts) -> Moments | None:
    """Return when something takes place, from ISO 8601, or None when *start* is no moment."""
    first, last = _read(start), _read(end or "")
    if not isinstance(first, datetime):
        return None
    begin = f"{day(first, words)}, {first:%H:%M}"
    if isinstance(last, datetime) and (last.tzinfo is None) == (first.tzinfo is None):
        last = last.astimezone(first.tzinfo) if last.tzinfo else last
        if first < last:
            until = f"{last:%H:%M}" if last.date() == first.date() else f"{day(last, words)}, {last:%H:%M}"
            return Moments(first, last, begin, until, _zone(first))
    return Moments(first, None, begin, "", _zone(first))


def period(start: str, end: str | None, words: Texts) -> str:
    """
    Return when something takes place: "Mon 2 Nov 2026, 10:00–11:30 UTC+1".

    Args:
        start: ISO 8601, a date or a moment; anything else is returned as it is.
        end: The same; the end of whole days is the day after (RFC 5545 §3.6.1).
    """
    if (told := moments(start, end, words)) is not None:
        return told.whole
    first = _read(start)
    return start if first is None else _days(first, _read(end or ""), words)


def _days(first: date, last: date | None, words: Texts) -> str:
    final = last - timedelta(days=1) if last is not None and not isinstance(last, datetime) else first
    return day(first, words) if final <= first else f"{day(first, words)} – {day(final, words)}"


def _read(text: str) -> date | datetime | None:
    try:
        moment = date.fromisoformat(text) if len(text) == len("2026-11-02") else datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if _YEARS[0] <= moment.year <= _YEARS[1] else None


def _zone(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    if not offset:
        return str(UTC)
    minutes = round(abs(offset).total_seconds() / 60)
    sign = "+" if offset > timedelta() else "−"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
