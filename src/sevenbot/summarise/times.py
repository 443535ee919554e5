"""
Times of day beside a date: 14:30, 4 pm, 9 Uhr, 14h, 下午3点; their zone only when it is UTC or a numeric offset.

All texts are in the form of `flat`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_AT = (
    r"(?:,? (?:at|um|à|a las|às|alle(?: ore)?|ore|om|o godz\.?|o|в|о|saat|kl\.?|@|-|gegen|ab|from|von|klo|الساعة)"
    r"|,|t)? ?"
)
_TIME = re.compile(
    rf"{_AT}(?P<hour>2[0-4]|[01]?[0-9])(?:"
    r"[:h.](?P<minute>[0-5][0-9])(?P<second>:[0-5][0-9](?:\.[0-9]{1,9})?)?(?![0-9.]{2})"
    r"(?: ?(?P<half>[ap])(?:\.m\.|m\b))?(?: uhr\b| hrs?\b| ч\b)?"
    r"| ?(?P<half_only>[ap])(?:\.m\.|m\b)| ?h\b| uhr\b)"
    r"(?P<zone> ?(?:z\b|(?:utc|gmt)(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?(?!\w)"
    r"|[+-][0-9]{2}:?[0-9]{2}(?![0-9])))?"
    r"(?P<named> \(?(?:[a-z]{1,4}t|uhr)\b\)?)?"
)
# 4 pm tomorrow, at 16:30 on Friday, a las 9:00 de mañana
_TIME_BEFORE = re.compile(
    r"(?<![\w.,:/-])(?P<hour>2[0-3]|[01]?[0-9])(?:[:h](?P<minute>[0-5][0-9])(?: ?(?P<half>[ap])(?:\.m\.|m))?"
    r"(?: uhr| hrs?| ч)?| ?(?P<half_only>[ap])(?:\.m\.|m)| ?h| uhr)(?: on| de| di| am| le| el| op| em| på| w| в| у)? \Z"
)
_BEFORE_CHARS = 24
_EASTERN_TIME = re.compile(
    r" ?(?P<noon>上午|下午|晚上|早上|午前|午後|오전|오후)? ?(?P<hour>2[0-4]|[01]?[0-9])"
    r" ?(?::(?P<minute>[0-5][0-9])|[点點時시时]"
    r"(?: ?(?P<minute2>[0-5]?[0-9]) ?[分분])?(?P<half>半|반)?)"
)
_AFTERNOON = ("下午", "晚上", "午後", "오후")


@dataclass(frozen=True, slots=True)
class Time:
    """A time as ISO 8601 has it ("T14:30", "T14:30+02:00"; "" when there is none such), and how far it reaches."""

    at: int
    time: str


def after(low: str, end: int) -> Time | None:
    """Return the time that follows a date's *end*."""
    if match := _TIME.match(low, end):
        zone = "" if match["named"] else _offset((match["zone"] or "").strip())
        return Time(match.end(), _clock(_hour(match), match["minute"], zone))
    if not low.isascii() and (match := _EASTERN_TIME.match(low, end)):
        hour = int(match["hour"])
        hour += 12 if match["noon"] in _AFTERNOON and hour < 12 else 0
        minute = "30" if match["half"] else match["minute"] or match["minute2"]
        return Time(match.end(), _clock(hour, minute, ""))
    return None


def before(low: str, start: int, reach: int) -> Time | None:
    """Return the time that leads to a date's *start*, from *reach* on: "4 pm tomorrow"."""
    match = _TIME_BEFORE.search(low, max(start - _BEFORE_CHARS, reach), start)
    return Time(match.start(), _clock(_hour(match), match["minute"], "")) if match else None


def _hour(match: re.Match[str]) -> int:
    half, hour = match["half"] or match["half_only"], int(match["hour"])
    return hour % 12 + (12 if half == "p" else 0) if half and 1 <= hour <= 12 else hour


def _clock(hour: int, minute: str | None, zone: str) -> str:
    return f"T{hour:02}:{int(minute or 0):02}{zone}" if hour < 24 else ""


def _offset(zone: str) -> str:
    """Return the ISO 8601 offset of "z", "utc", "gmt+2", "+0200"; "" when there is none."""
    digits = zone.removeprefix("utc").removeprefix("gmt")
    if not zone:
        return ""
    if digits in ("", "z"):
        return "+00:00"
    sign, numbers = digits[0], digits[1:].replace(":", "")
    hours, minutes = (numbers, "00") if len(numbers) <= 2 else (numbers[:-2], numbers[-2:])
    if int(hours + minutes) == 0:
        return "+00:00"
    return f"{sign}{int(hours):02}:{minutes}" if int(hours) <= 14 and int(minutes) < 60 else ""
