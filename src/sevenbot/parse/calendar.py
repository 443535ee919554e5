"""
Calendar invitations (RFC 5545, RFC 5546): just the facts of the first event.

    BEGIN:VCALENDAR / METHOD:REQUEST / BEGIN:VEVENT / SUMMARY:Lunch / DTSTART;TZID=Europe/Paris:20261102T120000 ...

Times come out as ISO 8601: with the offset that held in the named zone on that day, "Z" times as +00:00, whole days
as dates, floating times (and zones nobody knows) without an offset.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sevenbot.parse import windows_zones
from sevenbot.parse.message import Invite

# An event with hundreds of guests has 100 KB.
_CALENDAR_CHARS = 300_000
_MAX_LINES = 5_000

_LINE = re.compile(r"([A-Za-z0-9-]{1,60})((?>(?:;[^;:\"]*(?>(?:\"[^\"]*\"[^;:\"]*)*))*)):(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")


class _Event:
    """The properties of one event, the first of each name: name -> (parameters, value)."""

    def __init__(self) -> None:
        self.properties: dict[str, tuple[str, str]] = {}

    def text(self, name: str) -> str | None:
        value = self.properties.get(name, ("", ""))[1].strip()
        return _unescaped(value) or None

    def parameter(self, name: str, parameter: str) -> str | None:
        given = self.properties.get(name, ("", ""))[0]
        found = re.search(rf";{parameter}=(?:\"([^\"]*)\"|([^;:]*))", given, re.IGNORECASE)
        return (found[1] or found[2] or None) if found else None


def read(text: str, method: str = "") -> Invite | None:
    """
    Return the invitation in a calendar, or None when there is no event in it.

    Args:
        text: The calendar, any line ends.
        method: The method parameter of the part's Content-Type, for calendars that do not say.
    """
    event, zone_names, said = _first_event(text[:_CALENDAR_CHARS])
    if event is None:
        return None
    start = _moment(event, "DTSTART", zone_names)
    organizer = event.parameter("ORGANIZER", "CN") or _address(event.text("ORGANIZER"))
    return Invite(
        method=(said or method or "PUBLISH").strip().upper()[:40],
        summary=event.text("SUMMARY") or "",
        start=_iso(start),
        end=_iso(_end(event, start, zone_names)),
        location=event.text("LOCATION"),
        organizer=_unescaped(organizer) if organizer else None,
    )


def _first_event(text: str) -> tuple[_Event | None, dict[str, str], str]:
    event: _Event | None = None
    inside: list[str] = []
    zones: dict[str, str] = {}
    zone, method, done = "", "", False
    lines = re.sub(r"\r?\n[ \t]", "", text.replace("\r\r\n", "\n")).split("\n")
    for line in lines[:_MAX_LINES]:
        found = _LINE.match(line.rstrip("\r").strip())
        if found is None:
            continue
        name, value = found[1].upper(), found[3]
        if name == "BEGIN":
            inside.append(value.strip().upper())
            if inside[-1] == "VEVENT" and not done:
                event = event or _Event()
        elif name == "END":
            done = done or value.strip().upper() == "VEVENT"
            inside = inside[:-1]
        elif name == "METHOD" and inside[-1:] != ["VEVENT"]:
            method = method or value
        elif inside[-1:] == ["VTIMEZONE"]:
            zone = value.strip() if name == "TZID" else zone
            if name == "X-LIC-LOCATION":
                zones[zone] = value.strip()
        elif inside[-1:] == ["VEVENT"] and event is not None and not done:
            event.properties.setdefault(name, (found[2], value))
    return event, zones, method


def _unescaped(value: str) -> str:
    text = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def _address(organizer: str | None) -> str | None:
    return re.sub(r"^mailto:", "", organizer, flags=re.IGNORECASE) if organizer else None


def _moment(event: _Event, name: str, zones: dict[str, str]) -> datetime | str | None:
    """Return a property's moment: a datetime, or a date as text."""
    value = event.properties.get(name, ("", ""))[1].strip()
    found = _TIME.match(value)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        if found[4] is None:
            return datetime(year, month, day, tzinfo=UTC).date().isoformat()
        zone = UTC if found[7] else _zone(event.parameter(name, "TZID"), zones)
        return datetime(year, month, day, int(found[4]), int(found[5]), min(int(found[6] or 0), 59), tzinfo=zone)
    except ValueError:
        return None


def _zone(name: str | None, zones: dict[str, str]) -> tzinfo | None:
    if not name:
        return None
    for spelled in (zones.get(name, name), windows_zones.IANA.get(name, ""), _tail(name)):
        if re.fullmatch(r"[A-Za-z][\w+-]*(?:/[\w+-]+)*", spelled):
            try:
                return ZoneInfo(spelled)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
    return None


def _tail(name: str) -> str:
    """Return the zone at the end of names like /freeassociation.sourceforge.net/Europe/Paris."""
    return "/".join(name.strip("/").split("/")[-2:]) if name.startswith("/") else ""


def _end(event: _Event, start: datetime | str | None, zones: dict[str, str]) -> datetime | str | None:
    if (end := _moment(event, "DTEND", zones)) is not None:
        return end
    duration = _DURATION.fullmatch(event.properties.get("DURATION", ("", ""))[1].strip().upper())
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


def _iso(moment: datetime | str | None) -> str | None:
    try:
        return moment.isoformat() if isinstance(moment, datetime) else moment
    except (OverflowError, ValueError):
        return None
