"""
Time zones as calendars name them: an IANA name, also behind a maker's prefix, a Windows name, or rules of their own.

    zone_of("W. Europe Standard Time", moment, {})  -> ZoneInfo("Europe/Berlin")

The name goes before the rules of a VTIMEZONE (RFC 5545 §3.6.5): those are often cut to a year or two.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sevenbot.parse import windows_zones
from sevenbot.parse.ics import Component

_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?")
_ONSET = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)")
_BY_DAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# A zone has two rules; some mails bring its whole history.
_MAX_RULES = 60


def zone_of(name: str | None, moment: datetime, zones: dict[str, Component]) -> tzinfo | None:
    """
    Return the zone called *name*, or None when nobody knows it: the time then is the reader's own.

    Args:
        name: The TZID.
        moment: The naive moment it is wanted for; the rules of a VTIMEZONE give the offset at that moment.
        zones: The VTIMEZONE components of the calendar by TZID.
    """
    if not name:
        return None
    rules = zones.get(name)
    location = rules.value("X-LIC-LOCATION") if rules else ""
    for spelled in (location or name, windows_zones.IANA.get(name, ""), _tail(name)):
        if re.fullmatch(r"[A-Za-z][\w+-]*(?:/[\w+-]+)*", spelled):
            try:
                return ZoneInfo(spelled)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
    return _by_rules(rules, moment) if rules else None


def _tail(name: str) -> str:
    """Return the zone at the end of names like /freeassociation.sourceforge.net/Europe/Paris."""
    return "/".join(name.strip("/").split("/")[-2:]) if name.startswith("/") else ""


def _by_rules(rules: Component, moment: datetime) -> tzinfo | None:
    """Return the offset of the rule that set in last before *moment*; before all of them, that of the first."""
    observances = [child for child in rules.children if child.name in ("STANDARD", "DAYLIGHT")][:_MAX_RULES]
    begun = [(onset, rule) for rule in observances for onset in _onsets(rule, moment.year)]
    passed = [(onset, rule) for onset, rule in begun if onset <= moment]
    if passed:
        return _offset(max(passed, key=lambda pair: pair[0])[1].value("TZOFFSETTO"))
    return _offset(min(begun, key=lambda pair: pair[0])[1].value("TZOFFSETFROM")) if begun else None


def _onsets(rule: Component, year: int) -> Iterator[datetime]:
    """Yield when a rule sets in, as far as it matters for *year*: the year before, that year, and its first day."""
    found = _ONSET.match(rule.value("DTSTART"))
    if found is None:
        return
    try:
        first = datetime(*(int(number) for number in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return
    yield first
    repeats = dict(part.split("=", 1) for part in rule.value("RRULE").upper().split(";") if "=" in part)
    by_day, month = _BY_DAY.fullmatch(repeats.get("BYDAY", "")), repeats.get("BYMONTH", str(first.month))
    if repeats.get("FREQ") != "YEARLY" or not month.isdecimal() or not 1 <= int(month) <= 12:
        return
    for each in (year - 1, year):
        if each >= first.year and repeats.get("UNTIL", "9999")[:4] >= str(each):
            day = _day(each, int(month), by_day) if by_day else min(first.day, monthrange(each, int(month))[1])
            yield first.replace(year=each, month=int(month), day=day)


def _day(year: int, month: int, by_day: re.Match[str]) -> int:
    """Return the day of "-1SU", the last Sunday of the month."""
    first_weekday, length = monthrange(year, month)
    days = range(1 + (WEEKDAYS.index(by_day[2]) - first_weekday) % 7, length + 1, 7)
    nth = int(by_day[1])
    return days[max(nth, -len(days))] if nth < 0 else days[min(nth, len(days)) - 1]


def _offset(text: str) -> tzinfo | None:
    found = _OFFSET.fullmatch(text)
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)
