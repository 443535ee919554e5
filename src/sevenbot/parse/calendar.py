"""
Calendar invitations (RFC 5545, RFC 5546): just the facts of the first event.

    BEGIN:VCALENDAR / METHOD:REQUEST / BEGIN:VEVENT / SUMMARY:Lunch / DTSTART;TZID=Europe/Paris:20261102T120000 ...

Times come out as ISO 8601: with the offset that held in the named zone on that day, "Z" times as +00:00, whole days
as dates, floating times (and zones nobody knows) without an offset.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sevenbot.parse import ics
from sevenbot.parse.ics import Component
from sevenbot.parse.message import Invite, Repeats
from sevenbot.parse.zones import WEEKDAYS, zone_of

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MOST_REPEATS = 9_999

_Zones = dict[str, Component]


def read(text: str, method: str = "") -> Invite | None:
    """
    Return the invitation in a calendar, or None when there is no event in it.

    Args:
        text: The calendar, any line ends.
        method: The method parameter of the part's Content-Type, for calendars that do not say.
    """
    root = ics.read(text)
    events = list(root.inside("VEVENT"))
    if not events:
        return None
    # The series goes before its exceptions; an update of one occurrence brings that one alone.
    event = next((event for event in events if not event.value("RECURRENCE-ID")), events[0])
    stated = next((found for part in (root, *root.children) if (found := part.value("METHOD"))), "")
    zones = {zone.value("TZID"): zone for zone in root.inside("VTIMEZONE")}
    said = (stated or method or "PUBLISH").strip().upper()[:40]
    start, end = _span(event, zones)
    return Invite(
        method=said,
        summary=event.text("SUMMARY") or "",
        start=_iso(start),
        end=_iso(end),
        location=event.text("LOCATION"),
        organizer=_person(event, "ORGANIZER"),
        is_cancelled=said == "CANCEL" or event.value("STATUS").upper() == "CANCELLED",
        is_update=event.value("SEQUENCE").lstrip("0")[:1].isdecimal(),
        answer=event.parameter("ATTENDEE", "PARTSTAT") if said == "REPLY" else None,
        guest=_person(event, "ATTENDEE") if said == "REPLY" else None,
        repeats=_repeats(event, zones),
    )


def _person(event: Component, name: str) -> str | None:
    """Return the name of an organizer or attendee, else the address."""
    value = event.parameter(name, "CN") or re.sub(r"^mailto:", "", event.value(name), flags=re.IGNORECASE)
    return ics.unescaped(value) or None


def _span(event: Component, zones: _Zones) -> tuple[datetime | str | None, datetime | str | None]:
    start = _moment(event, "DTSTART", zones)
    end = _moment(event, "DTEND", zones) or _by_duration(event, start)
    if event.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE" and _is_midnight(start) and _is_midnight(end):
        return _day(start), _day(end)  # Exchange writes whole days as midnights
    return start, end


def _is_midnight(moment: datetime | str | None) -> bool:
    return not isinstance(moment, datetime) or (moment.hour, moment.minute) == (0, 0)


def _day(moment: datetime | str | None) -> str | None:
    return moment.date().isoformat() if isinstance(moment, datetime) else moment


def _moment(event: Component, name: str, zones: _Zones) -> datetime | str | None:
    """Return a property's moment: a datetime, or a date as text."""
    return _read_moment(event.value(name), event.parameter(name, "TZID"), zones)


def _read_moment(value: str, zone_name: str | None, zones: _Zones) -> datetime | str | None:
    found = _TIME.match(value)
    if found is None:
        return None
    try:
        day = datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - its zone follows
        if found[4] is None:
            return day.date().isoformat()
        moment = day.replace(hour=int(found[4]), minute=int(found[5]), second=min(int(found[6] or 0), 59))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC if found[7] else zone_of(zone_name, moment, zones))


def _by_duration(event: Component, start: datetime | str | None) -> datetime | str | None:
    duration = _DURATION.fullmatch(event.value("DURATION").upper())
    if not isinstance(start, datetime) or duration is None or duration[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in duration.groups()[1:])
    try:
        if start.tzinfo is None:
            return start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        # RFC 5545 §3.3.6: days are counted on the calendar, hours on the clock.
        later = (start + timedelta(weeks=weeks, days=days)).astimezone(UTC)
        return (later + timedelta(hours=hours, minutes=minutes, seconds=seconds)).astimezone(start.tzinfo)
    except OverflowError:
        return None


def _repeats(event: Component, zones: _Zones) -> Repeats | None:
    """Return the rule of a series (RFC 5545 §3.3.10) as far as it can be told in a line; None when there is none."""
    rule = dict(part.split("=", 1) for part in event.value("RRULE").upper().split(";") if "=" in part)
    if rule.get("FREQ") not in _FREQUENCIES:
        return None
    until = _read_moment(rule.get("UNTIL", ""), None, zones)
    days = rule.get("BYDAY", "").split(",") if rule["FREQ"] == "WEEKLY" else []
    return Repeats(
        frequency=rule["FREQ"].lower(),
        interval=_count(rule.get("INTERVAL", "")) or 1,
        weekdays=tuple(sorted({WEEKDAYS.index(day) for day in days if day in WEEKDAYS})),
        count=_count(rule.get("COUNT", "")),
        until=_day(until),
    )


def _count(text: str) -> int | None:
    return min(int(text), _MOST_REPEATS) or None if re.fullmatch(r"[0-9]{1,6}", text) else None


def _iso(moment: datetime | str | None) -> str | None:
    try:
        return moment.isoformat() if isinstance(moment, datetime) else moment
    except (OverflowError, ValueError):
        return None
