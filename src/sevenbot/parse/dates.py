"""
The Date field (RFC 5322 §3.3, obsolete forms of §4.3, and what programs write in its place) as an aware datetime.

One pattern each, over a bounded text: `email.utils` raises on some broken dates and does not know ISO 8601.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

# The longest honest date with a comment is under 80 characters.
_DATE_CHARS = 300

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
    # what Outlook and phones write when they forget that the standard is English
    "mai": 5, "mrz": 3, "mär": 3, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12, "ene": 1, "abr": 4,
    "ago": 8, "dic": 12, "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "out": 10, "fev": 2, "mrt": 3,
    "mei": 5, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10,
    "ноя": 11, "дек": 12,
}  # fmt: skip
# RFC 5322 §4.3, RFC 822 §5.1, and the names programs add; hours.
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "mez": 1, "cest": 2,
    "mest": 2, "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "msd": 4, "pkt": 5, "ist": 5.5, "hkt": 8, "sgt": 8,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "ast": -4, "adt": -3, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "brt": -3,
    "art": -3,
}  # fmt: skip

_TIME = (
    r"(?P<hour>\d{1,2})\s*[:.]\s*(?P<minute>\d{1,2})(?:\s*[:.]\s*(?P<second>\d{1,2}))?(?:[.,]\d+)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\b)?"
)
_NO_TIME = r"(?P<hour>)(?P<minute>)(?P<second>)(?P<half>)"
_ZONE = (
    r"\s*(?:(?:GMT|UTC|UT)?\s*(?P<sign>[-+])\s?(?P<offset>\d{1,2}:?\d{2}|\d{1,2})"
    r"|(?P<zone>[A-Za-z]{1,5})(?:\d\w{0,4})?\b)?"
)
_MONTH = r"(?P<month>[^\W\d_]{3})[^\W\d_]{0,7}"
_MONTH_DAY = _MONTH + r"\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
_DAY_MONTH = r"(?P<day>\d{1,2})[\s./-]*" + _MONTH + r"[\s.,/-]*"
_FORMS = tuple(
    re.compile(form + _ZONE)
    for form in (
        _DAY_MONTH + r"(?P<year>\d{2,5})[\s,T]+" + _TIME,  # RFC 5322 and close to it
        _MONTH_DAY + _TIME + r"\s*(?:[A-Z]{3,4}\s+)?(?P<year>\d{4})",  # C's asctime
        _MONTH_DAY + r"(?P<year>\d{4}),?\s+" + _TIME,  # American
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[T\s]+" + _TIME,  # ISO 8601
        _DAY_MONTH + r"(?P<year>\d{4})" + _NO_TIME,
    )
)


def read(text: str) -> tuple[datetime | None, str | None]:
    """Return the moment a Date field names (its own offset kept), and a note when it was odd or is of no use."""
    if not text:
        return None, None
    plain = _without_comments(text[:_DATE_CHARS])
    for form in _FORMS:
        if found := form.search(plain):
            return _moment(found)
    return None, "the date could not be read"


def _without_comments(text: str) -> str:
    out: list[str] = []
    depth = 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif not depth:
            out.append(char)
    return " ".join("".join(out).split())


def _moment(found: re.Match[str]) -> tuple[datetime | None, str | None]:
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.get(month.lower()[:3], 0)
    zone, note = _zone(found)
    second = int(found["second"] or 0)
    try:
        moment = datetime(
            _year(found["year"]), number, int(found["day"]), _hour(found), int(found["minute"] or 0), min(second, 59),
            tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None, "the date names a moment that does not exist"
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return None, "the date names a moment that does not exist"
    return moment, note


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:  # RFC 5322 §4.3
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"] or 0)
    if not found["half"]:
        return hour
    return hour % 12 + (12 if found["half"].lower().startswith("p") else 0)


def _zone(found: re.Match[str]) -> tuple[timezone, str | None]:
    if found["sign"]:
        digits = found["offset"].replace(":", "").rjust(2, "0")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 23 or minutes > 59:
            return UTC, "the date has an impossible time zone, UTC was taken"
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if found["sign"] == "-" else offset), None
    name = (found["zone"] or "").lower()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name])), None
    # RFC 5322 §4.3: military letters were defined wrongly and mean nothing but UTC.
    return UTC, None if len(name) == 1 else "the date has no usable time zone, UTC was taken"
