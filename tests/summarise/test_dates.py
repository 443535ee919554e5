"""Dates: as the mail words them, with ISO 8601 only where nobody could read them otherwise."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.dates import MOST_DATES, find_dates
from sevenbot.summarise.months import MONTHS, ORDINARY
from tests.summarise.mails import SENT

DATES = [
    ("iso", "on 2026-03-05.", "2026-03-05", "2026-03-05"),
    ("iso-time-zone", "at 2026-03-05T14:30:00+01:00 sharp", "2026-03-05T14:30:00+01:00", "2026-03-05T14:30+01:00"),
    ("iso-utc", "at 2026-03-05 14:30 UTC", "2026-03-05 14:30 UTC", "2026-03-05T14:30+00:00"),
    ("year-first-slashes", "on 2026/3/5", "2026/3/5", "2026-03-05"),
    ("en-long", "on Thursday, March 5, 2026 at 2:30 PM.", "Thursday, March 5, 2026 at 2:30 PM", "2026-03-05T14:30"),
    ("fr-mars", "le jeudi 5 mars à 14h30", "jeudi 5 mars à 14h30", "2026-03-05T14:30"),
    ("pl-do", "do 6 marca 2026", "6 marca 2026", "2026-03-06"),
    ("en-range", "on March 5-8, 2026", "March 5-8, 2026", "2026-03-05"),
    ("de-range", "vom 5.–8. März 2026", "5.–8. März 2026", "2026-03-05"),
    ("en-tomorrow", "See you tomorrow at 14:30.", "tomorrow at 14:30", "2026-03-03T14:30"),
    ("de-today", "Wir telefonieren heute um 9 Uhr.", "heute um 9 Uhr", "2026-03-02T09:00"),
    ("de-weekday", "Bitte geben Sie mir bis Freitag Bescheid.", "Freitag", "2026-03-06"),
    ("en-weekday-time", "See you Thursday at 10:00.", "Thursday at 10:00", "2026-03-05T10:00"),
    ("en-weekday-same", "Please answer by Monday.", "Monday", "2026-03-09"),
    ("fr-tomorrow", "Merci de répondre avant demain.", "demain", "2026-03-03"),
    ("en-ordinal", "the 5th of March 2026", "5th of March 2026", "2026-03-05"),
    ("en-short", "by Mar 5, 2026", "Mar 5, 2026", "2026-03-05"),
    ("en-12-am", "March 5, 2026, 12 am", "March 5, 2026, 12 am", "2026-03-05T00:00"),
    ("en-noon", "March 5, 2026 at 12:00 p.m. sharp", "March 5, 2026 at 12:00 p.m.", "2026-03-05T12:00"),
    ("en-weekday-no-year", "by Thursday, March 5", "Thursday, March 5", "2026-03-05"),
    ("en-no-year", "by March 5", "March 5", "2026-03-05"),
    ("en-soon", "by June 30", "June 30", "2026-06-30"),
    ("en-just-been", "on January 15", "January 15", "2026-01-15"),
    ("en-far-off", "on August 15", "August 15", None),
    ("en-december", "by 13 December 2026, and", "13 December 2026", "2026-12-13"),
    ("de-dezember", "am 24. Dezember 2026", "24. Dezember 2026", "2026-12-24"),
    ("es-diciembre", "el 24 de diciembre de 2026", "24 de diciembre de 2026", "2026-12-24"),
    ("en-full-stop", "back on 9 November. Bye", "9 November", None),
    ("en-abbreviated", "back on 9 Nov. 2026", "9 Nov. 2026", "2026-11-09"),
    ("en-wrong-weekday", "on Monday, March 5, 2026", "Monday, March 5, 2026", None),
    ("en-named-zone", "March 5, 2026 at 9:00 AM EST", "March 5, 2026 at 9:00 AM EST", "2026-03-05T09:00"),
    ("rfc5322", "Date: Mon, 2 Mar 2026 09:00:00 +0100", "Mon, 2 Mar 2026 09:00:00 +0100", "2026-03-02T09:00+01:00"),
    ("slash-open", "on 05/03/2026", "05/03/2026", None),
    ("slash-day-first", "on 25/03/2026", "25/03/2026", "2026-03-25"),
    ("slash-month-first", "on 03/25/2026", "03/25/2026", "2026-03-25"),
    ("slash-alike", "on 03/03/2026", "03/03/2026", "2026-03-03"),
    ("slash-two-digit-year", "on 25/03/26", "25/03/26", None),
    ("hyphen-open", "on 05-03-2026", "05-03-2026", None),
    ("dots", "am 05.03.2026", "05.03.2026", "2026-03-05"),
    ("dots-time", "am 05.03.2026 um 14:30 Uhr", "05.03.2026 um 14:30 Uhr", "2026-03-05T14:30"),
    ("dots-blanks", "am 5. 3. 2026", "5. 3. 2026", "2026-03-05"),
    ("de", "am Do., 5. März 2026", "Do., 5. März 2026", "2026-03-05"),
    ("de-no-year", "bis 5.3. fertig", "5.3.", "2026-03-05"),
    ("de-weekday-no-year", "am Donnerstag, 5. März um 9 Uhr", "Donnerstag, 5. März um 9 Uhr", "2026-03-05T09:00"),
    ("fr", "le jeudi 5 mars 2026 à 14h30", "jeudi 5 mars 2026 à 14h30", "2026-03-05T14:30"),
    ("fr-first", "le 1er avril 2026", "1er avril 2026", "2026-04-01"),
    ("es", "el 5 de marzo de 2026", "5 de marzo de 2026", "2026-03-05"),
    ("it", "giovedì 5 marzo 2026 alle 14:30", "giovedì 5 marzo 2026 alle 14:30", "2026-03-05T14:30"),
    (
        "pt",
        "quinta-feira, 5 de março de 2026 às 14:30",
        "quinta-feira, 5 de março de 2026 às 14:30",
        "2026-03-05T14:30",
    ),
    ("nl", "donderdag 5 maart 2026 om 14.30 uur", "donderdag 5 maart 2026 om 14.30", "2026-03-05T14:30"),
    ("pl", "5 marca 2026 o godz. 14:30", "5 marca 2026 o godz. 14:30", "2026-03-05T14:30"),
    ("ru", "5 марта 2026 г. в 14:30", "5 марта 2026 г. в 14:30", "2026-03-05T14:30"),
    ("uk", "5 березня 2026 року", "5 березня 2026 року", "2026-03-05"),
    ("tr", "5 Mart 2026 saat 14:30", "5 Mart 2026 saat 14:30", "2026-03-05T14:30"),
    ("sv", "den 5 mars 2026 kl. 14.30", "5 mars 2026 kl. 14.30", "2026-03-05T14:30"),
    ("cs", "5. března 2026", "5. března 2026", "2026-03-05"),
    ("zh", "会议于2026年3月5日下午3点举行", "2026年3月5日下午3点", "2026-03-05T15:00"),
    ("zh-weekday", "3月5日（星期四）", "3月5日（星期四）", "2026-03-05"),
    ("zh-no-year", "请在3月4日之前", "3月4日", "2026-03-04"),
    ("ja", "2026年3月5日(木)14時30分", "2026年3月5日(木)14時30分", "2026-03-05T14:30"),
    ("ko", "2026년 3월 5일 오후 2시 30분", "2026년 3월 5일 오후 2시 30분", "2026-03-05T14:30"),
    ("ar", "يوم 5 مارس 2026", "5 مارس 2026", "2026-03-05"),
    ("ar-digits", "٥ مارس ٢٠٢٦", "٥ مارس ٢٠٢٦", "2026-03-05"),
    ("nbsp", "le 5\xa0mars\xa02026", "5 mars 2026", "2026-03-05"),
    ("zh-weekday-before", "星期四，3月5日", "星期四，3月5日", "2026-03-05"),
    ("leap-day-no-year", "on Sunday, 29 February", "Sunday, 29 February", None),
    ("impossible", "on 31 February 2026", "31 February 2026", None),
    ("new-year", "on Thursday, December 31", "Thursday, December 31", None),
]

NONE = [
    ("may", "you may 5 times try"),
    ("march", "they march 20 miles"),
    ("dotted-part-number", "part 31.13.2026 and 40.40.2026"),
    ("numbered-section", "see 3.4. for more"),
    ("version", "version 4.9.10 is out"),
    ("ip", "host 10.12.2024.1"),
    ("price", "$3/25/2026x"),
    ("time-alone", "at 14:30"),
    ("fraction", "1/2 of it, 24/7"),
    ("phone", "call 05-03-20261234"),
    ("year-alone", "© 2026 Example"),
    ("month-alone", "in March 2026"),
    ("relative", "tomorrow at noon"),
]


@pytest.mark.parametrize(("text", "words", "iso"), [row[1:] for row in DATES], ids=[row[0] for row in DATES])
def test_a_date_is_reported_as_worded(text, words, iso):
    assert [(fact.text, fact.iso) for fact in find_dates(text, SENT)] == [(words, iso)]


@pytest.mark.parametrize("text", [row[1] for row in NONE], ids=[row[0] for row in NONE])
def test_what_is_no_absolute_date_is_left_alone(text):
    assert find_dates(text, SENT) == ()


def test_a_year_is_not_supplied_without_the_date_of_the_mail():
    assert find_dates("by Thursday, March 5", None)[0].iso is None


def test_the_same_day_is_reported_once():
    assert len(find_dates("5 March 2026 ... March 5, 2026", SENT)) == 1


def test_dates_are_bounded():
    assert len(find_dates(" ".join(f"2026-03-{day:02}" for day in range(1, 29)), SENT)) == MOST_DATES


@given(st.text(alphabet="0123456789./-: JanuaryMärz年月日,TZ+de\xa0", max_size=120))
def test_every_date_occurs_in_the_text_property(text):
    folded = " ".join(text.split())

    for fact in find_dates(text, SENT):
        assert fact.text in folded


@pytest.mark.parametrize("name", [name for name in MONTHS if name not in ORDINARY])
def test_every_name_of_a_month_is_read(name):
    found = find_dates(f"7 {name} 2026", SENT)

    assert [fact.iso for fact in found] == [f"2026-{MONTHS[name]:02}-07"]


@pytest.mark.parametrize(
    ("text", "is_deadline"),
    [
        ("Please answer by March 20, 2026.", True),
        ("No later than 20 March 2026", True),
        ("bis spätestens 20.03.2026", True),
        ("avant le 20 mars 2026", True),
        ("hasta el 20 de marzo de 2026", True),
        ("entro il 20 marzo 2026", True),
        ("até 20 de março de 2026", True),
        ("uiterlijk 20 maart 2026", True),
        ("do 20 marca 2026", True),
        ("до 20 марта 2026 г.", True),
        ("20 Mart 2026 tarihine kadar", True),
        ("2026年3月20日までに", True),
        ("请于2026年3月20日之前", True),
        ("We met on March 20, 2026.", False),
        ("am 20.03.2026", False),
    ],
)
def test_deadline_is_told_from_other_dates(text, is_deadline):
    assert [date.is_deadline for date in find_dates(text, SENT)] == [is_deadline]


@pytest.mark.parametrize(
    "text", ["Shop today!", "Guten Morgen!", "por la mañana", "On Friday we rest.", "Tomorrow never knows"]
)
def test_a_day_without_time_or_deadline_says_too_little(text):
    assert find_dates(text, SENT) == ()


def test_there_is_no_tomorrow_after_the_last_day_there_is():
    assert find_dates("tomorrow at 14:00", datetime(9999, 12, 31, tzinfo=UTC)) == ()


@pytest.mark.parametrize(
    ("text", "shown", "iso"),
    [
        ("Could we move it to 4 pm tomorrow?", "4 pm tomorrow", "T16:00"),
        ("Ruf mich um 9 Uhr morgen an.", "9 Uhr morgen", "T09:00"),
        ("On se voit à 14h demain.", "14h demain", "T14:00"),
        ("Nos vemos a las 9:30 de mañana.", "9:30 de mañana", "T09:30"),
        ("Созвон в 10:00 завтра.", "10:00 завтра", "T10:00"),
    ],
)
def test_time_that_leads_to_a_day_seen_from_today_is_its_time(text: str, shown: str, iso: str) -> None:
    found = find_dates(text, datetime(2026, 11, 16, 9, 12, tzinfo=UTC))

    assert [(fact.text, fact.iso) for fact in found] == [(shown, f"2026-11-17{iso}")]


def test_version_before_a_day_is_no_time() -> None:
    assert find_dates("We ship 2.10 tomorrow.", datetime(2026, 11, 16, 9, 12, tzinfo=UTC)) == ()
