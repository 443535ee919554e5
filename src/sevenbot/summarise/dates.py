"""
Dates, with their times, as mails write them in many languages; ISO 8601 only where there is no doubt.

No doubt: the order of day and month is plain (a month's name, a year first, dots as in 05.03.2026, a number over 12, or
day and month alike), the day exists, a named weekday agrees, and the year is there. A missing year is filled in when
that day is near the mail's own, and farther off when a weekday is named and agrees. 05/03/2026 stays without ISO. A
time of day is added when it follows the date, its zone only when it is UTC or a numeric offset. "Tomorrow" and "Friday"
count from the day the mail was sent on, in its sender's zone, and only beside a time or as a deadline.

Each pattern finds day, month and year; what stands before (a weekday) and behind (a time) is then read from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sevenbot.flat import flat
from sevenbot.summarise import times
from sevenbot.summarise.months import (
    DEADLINE_AFTER,
    DEADLINE_BEFORE,
    EASTERN_WEEKDAYS,
    MONTHS,
    ORDINARY,
    RELATIVE_DAYS,
    WEEKDAYS,
)
from sevenbot.summarise.summary import DateFact

# A mail that is longer is a list or a digest, and its later dates are of no use in a chat line.
READ_CHARS = 12_000
MOST_DATES = 6
# A day without a year belongs to the year that brings it nearest to the mail, within half a year.
_NEAR_DAYS = 183
# Without a weekday that proves it, mails speak of what comes soon or has just been.
_DAYS_BACK, _DAYS_AHEAD = 60, 150

_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_NAME = r"[^\W\d_][^\W\d_'-]{1,13}"
# 20-22 March: the first day is the date.
_TO_DAY = rf"(?: ?- ?{_DAY}\.?(?![0-9]))?"

# 5 March 2026, 5th of March, 5. März 2026, 5 de marzo de 2026, 1er mars, 5 марта 2026 г., 5-Mar-2026
_DAY_MONTH = re.compile(
    rf"(?<![\w.,/:-])(?P<day>{_DAY})(?:st|nd|rd|th|er|\.|º|ª|-?го|-е)?{_TO_DAY}"
    rf"(?: (?:of|de|di)(?= )| d')?[ -]{{0,2}}(?P<month>{_NAME})(?:\.(?=,? ?[0-9]))?"
    rf"(?:(?: de| del|,|-)?,? ?(?P<year>{_YEAR})(?![0-9])(?: ?(?:года?|г\.|р\.|року))?)?"
)
# March 5, 2026; March 5th; Mar. 5
_MONTH_DAY = re.compile(
    rf"(?<![\w-])(?P<month>{_NAME})\.? {{1,2}}(?P<day>{_DAY})(?:st|nd|rd|th)?{_TO_DAY}(?![\w%€$£]|[:.,/-][0-9])"
    rf"(?:,? {{1,2}}(?P<year>{_YEAR})(?![0-9]))?"
)
# 2026-03-05, 2026/3/5, 2026.03.05
_YEAR_FIRST = re.compile(
    rf"(?<![\w.,/:-])(?P<year>{_YEAR})(?P<sep>[-/.]) ?(?P<month>1[0-2]|0?[1-9])"
    rf"(?P=sep) ?(?P<day>{_DAY})(?![0-9]|[./-][0-9])"
)
# 05.03.2026, 3/5/26, 05-03-2026
_YEAR_LAST = re.compile(
    rf"(?<![\w.,/:$€£-])(?P<first>{_DAY})(?P<sep>[-/.]) ?(?P<second>{_DAY})"
    rf"(?P=sep) ?(?P<year>{_YEAR}|[0-9]{{2}})(?![\w%€$£]|[./-][0-9])"
)
# am 5.3., bis 05.03., Do 5.3.
_NO_YEAR = re.compile(rf"(?<=[a-z,.] )(?P<day>{_DAY})\. ?(?P<month>1[0-2]|0?[1-9])\.(?![0-9])")
_BEFORE_NO_YEAR = re.compile(r"(?<!\w)(?:am|bis|vom|zum|den|dem|ab|der|seit)\Z")
# 2026年3月5日, 3月5日, 2026년 3월 5일
_EASTERN = re.compile(
    rf"(?:(?P<year>{_YEAR}) ?[年년] ?)?(?<![0-9])(?P<month>1[0-2]|0?[1-9]) ?[月월]"
    rf" ?(?P<day>{_DAY}) ?[日号號일]"
    r"(?: ?[(（]?(?:星期|周|週)?(?P<weekday>[一二三四五六天日月火水木金土월화수목금토일])(?:曜日?|요일|(?=[)）]))[)）]?"
    r"| ?(?:星期|周|週)(?P<chinese>[一二三四五六天日]))?"
)

_DAY_NAMES = [*RELATIVE_DAYS, *(name for name in WEEKDAYS if len(name) > 4 and name not in ORDINARY)]
_RELATIVE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(_DAY_NAMES, reverse=True))})(?![^\W\u3040-\u30ff\u3400-\u9fff])"
)
_WEEKDAY_BEFORE = re.compile(rf"(?<![\w-])({_NAME})(?:-feira)?\.?,?(?: (?:the|den|dem|el|le|il|de|dnia))? {{0,2}}\Z")
_EASTERN_WEEKDAY_BEFORE = re.compile(r"(?:星期|周|週)([一二三四五六天日])[ ,，]*\Z")


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in the text: where, and what of it is certain."""

    start: int
    end: int
    month: int
    day: int
    year: int | None
    is_certain: bool = True  # the order of day and month is plain
    weekday: int | None = None  # Monday is 0
    time: str = ""  # "T14:30", "T14:30+02:00"
    is_relative: bool = False


def find_dates(text: str, sent: datetime | None) -> tuple[DateFact, ...]:
    """Return the dates in *text*, in order, without repeats; *sent* is the mail's own date."""
    text = text[:READ_CHARS]
    low = flat(text)
    facts: dict[str, DateFact] = {}
    reach = 0
    dated = [_with_weekday(low, found) for found in _days(low, text)]
    days = [*dated, *(found for found in _relative_days(low, sent) if not _is_part(found, dated))]
    for found in sorted(days, key=lambda found: (found.start, -found.end)):
        if found.start < reach:
            continue
        whole = _with_time(low, found, reach)
        is_deadline = _is_deadline(low, whole)
        if found.is_relative and not (whole.time or is_deadline):
            continue
        reach = whole.end
        fact = DateFact(" ".join(text[whole.start : whole.end].split()), _iso(whole, sent), is_deadline)
        facts.setdefault(fact.iso or fact.text.lower(), fact)
    return tuple(facts.values())[:MOST_DATES]


def _days(low: str, text: str) -> Iterator[_Found]:
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(low):
            month = MONTHS.get(match["month"])
            if month and (match["year"] or _is_meant(low, match, text[match.start("month")])):
                yield _found(match, month, int(match["day"]), match["year"])
    for match in _YEAR_FIRST.finditer(low):
        yield _found(match, int(match["month"]), int(match["day"]), match["year"])
    for match in _YEAR_LAST.finditer(low):
        yield from _year_last(match)
    for match in _NO_YEAR.finditer(low):
        before = low[max(match.start() - 12, 0) : match.start()].rstrip()
        if _BEFORE_NO_YEAR.search(before) or _weekday_before(low, match.start()) is not None:
            yield _found(match, int(match["month"]), int(match["day"]), None)
    if not low.isascii():
        yield from map(_eastern, _EASTERN.finditer(low))


def _is_meant(low: str, match: re.Match[str], initial: str) -> bool:
    """Tell the month from the ordinary word: "May 5" from "may 5 people come"; a weekday before it makes it one."""
    return match["month"] not in ORDINARY or initial.isupper() or _weekday_before(low, match.start()) is not None


def _is_part(found: _Found, dated: list[_Found]) -> bool:
    """Say whether a day's name belongs to a date that is told in full: "Friday, March 20"."""
    return any(date.start <= found.start < date.end for date in dated)


def _relative_days(low: str, sent: datetime | None) -> Iterator[_Found]:
    """Yield "today", "tomorrow" and the next "Friday", counted from the sender's own day."""
    if sent is None:
        return
    for match in _RELATIVE.finditer(low):
        weekday = WEEKDAYS.get(match[0])
        ahead = RELATIVE_DAYS[match[0]] if weekday is None else (weekday - sent.weekday()) % 7 or 7
        try:
            day = sent.date() + timedelta(days=ahead)
        except OverflowError:  # a mail from the last day of the year 9999
            continue
        yield _Found(match.start(), match.end(), day.month, day.day, day.year, is_relative=True)


def _is_deadline(low: str, found: _Found) -> bool:
    before = DEADLINE_BEFORE.search(low, max(found.start - 30, 0), found.start)
    return before is not None or DEADLINE_AFTER.match(low, found.end) is not None


def _found(match: re.Match[str], month: int, day: int, year: str | None, *, is_certain: bool = True) -> _Found:
    return _Found(match.start(), match.end(), month, day, int(year) if year else None, is_certain)


def _year_last(match: re.Match[str]) -> Iterator[_Found]:
    first, second = int(match["first"]), int(match["second"])
    year = match["year"]
    if max(first, second) > 31 or min(first, second) > 12 or (match["sep"] == "." and second > 12):
        return
    if len(year) == 2 and (match["sep"] == "-" or (match["sep"] == "." and len(match.group()) < 8)):
        return  # 48-29-13 is as likely a part number, 4.9.10 a version
    day, month = (second, first) if second > 12 else (first, second)
    is_certain = len(year) == 4 and (match["sep"] == "." or first > 12 or second > 12 or first == second)
    yield _found(match, month, day, year if len(year) == 4 else None, is_certain=is_certain)


def _eastern(match: re.Match[str]) -> _Found:
    found = _found(match, int(match["month"]), int(match["day"]), match["year"])
    name = match["weekday"] or match["chinese"]
    return replace(found, weekday=EASTERN_WEEKDAYS[name]) if name else found


def _weekday_before(low: str, at: int) -> tuple[int, int] | None:
    """Return the weekday (Monday 0) that stands right before *at*, and where it begins."""
    window = low[max(at - 26, 0) : at]
    if match := _EASTERN_WEEKDAY_BEFORE.search(window):
        return EASTERN_WEEKDAYS[match[1]], at - len(window) + match.start()
    match = _WEEKDAY_BEFORE.search(window)
    if match is None or match[1] not in WEEKDAYS:
        return None
    return WEEKDAYS[match[1]], at - len(window) + match.start()


def _with_weekday(low: str, found: _Found) -> _Found:
    before = _weekday_before(low, found.start) if found.weekday is None else None
    if before is None or (found.start - before[1] == len("do ") and not _fits(found, before[0])):
        return found  # "do" is Thursday in German, and "until" in Polish
    return replace(found, weekday=before[0], start=before[1])


def _fits(found: _Found, weekday: int) -> bool:
    try:
        return found.year is not None and date(found.year, found.month, found.day).weekday() == weekday
    except ValueError:
        return False


def _with_time(low: str, found: _Found, reach: int) -> _Found:
    """Return the date with the time behind it; for "tomorrow" and "Friday", the time before it will do."""
    if after := times.after(low, found.end):
        return replace(found, end=after.at, time=after.time)
    before = times.before(low, found.start, reach) if found.is_relative else None
    return replace(found, start=before.at, time=before.time) if before else found


def _iso(found: _Found, sent: datetime | None) -> str | None:
    if not found.is_certain:
        return None
    years = [found.year] if found.year else _likely_years(found, sent)
    for year in years:
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        if found.weekday is None or day.weekday() == found.weekday:
            return day.isoformat() + found.time
    return None


def _likely_years(found: _Found, sent: datetime | None) -> list[int]:
    """Return the year that brings the day near to *sent*: with a weekday to prove it farther off than without."""
    if sent is None:
        return []
    back, ahead = (_NEAR_DAYS, _NEAR_DAYS) if found.weekday is not None else (_DAYS_BACK, _DAYS_AHEAD)
    near = []
    for year in (sent.year - 1, sent.year, sent.year + 1):
        try:
            days = (date(year, found.month, found.day) - sent.date()).days
        except ValueError:
            continue
        if -back <= days <= ahead:
            near.append((abs(days), year))
    return [year for _, year in sorted(near)[:1]]
