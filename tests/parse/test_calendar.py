import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import calendar
from sevenbot.parse.message import Repeats
from tests.parse.limited import report_within_limits


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART:20261102T090000Z", "2026-11-02T09:00:00+00:00"),
        ("DTSTART;TZID=Europe/Berlin:20260702T090000", "2026-07-02T09:00:00+02:00"),
        ("DTSTART;TZID=Europe/Berlin:20261102T090000", "2026-11-02T09:00:00+01:00"),
        ('DTSTART;TZID="W. Europe Standard Time":20260702T090000', "2026-07-02T09:00:00+02:00"),
        ("DTSTART;TZID=America/New_York:20261101T013000", "2026-11-01T01:30:00-04:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20261102T090000", "2026-11-02T09:00:00+01:00"),
        ("DTSTART;TZID=Nowhere:20261102T090000", "2026-11-02T09:00:00"),
        ("DTSTART;TZID=../../etc/passwd:20261102T090000", "2026-11-02T09:00:00"),
        ("DTSTART:20261102T090000", "2026-11-02T09:00:00"),
        ("DTSTART;VALUE=DATE:20261102", "2026-11-02"),
        ("DTSTART:20261302T090000", None),
        ("DTSTART:soon", None),
        ("X:1", None),
    ],
)
def test_start_is_the_moment_in_its_zone(line: str, start: str | None) -> None:
    invite = calendar.read(event(line))

    assert invite is not None
    assert invite.start == start


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("DTEND;TZID=Europe/Berlin:20261025T040000", "2026-10-25T04:00:00+01:00"),
        ("DURATION:PT1H30M", "2026-10-24T10:30:00+02:00"),
        ("DURATION:P1D", "2026-10-25T09:00:00+01:00"),
        ("DURATION:PT24H", "2026-10-25T08:00:00+01:00"),
        ("DURATION:P1W", "2026-10-31T09:00:00+01:00"),
        ("DURATION:-PT1H", None),
        ("DURATION:x", None),
        ("X:1", None),
    ],
)
def test_end_is_told_or_counted(line: str, end: str | None) -> None:
    invite = calendar.read(event("DTSTART;TZID=Europe/Berlin:20261024T090000", line))

    assert invite is not None
    assert invite.end == end


def test_values_are_unfolded_and_unescaped() -> None:
    invite = calendar.read(
        event(
            "SUMMARY:Lunch\\, again\\; w", " ith soup", "LOCATION:Mill Lane\\n4", 'ORGANIZER;CN="Lee: Sam":mailto:s@x.y'
        )
    )

    assert invite is not None
    assert (invite.summary, invite.location) == ("Lunch, again; with soup", "Mill Lane\n4")
    assert (invite.method, invite.organizer) == ("REQUEST", "Lee: Sam")


def test_organizer_without_a_name_is_an_address() -> None:
    invite = calendar.read(event("ORGANIZER:MAILTO:s@x.y"))

    assert invite is not None
    assert invite.organizer == "s@x.y"


def test_midnights_that_exchange_means_as_days_are_days() -> None:
    times = ("DTSTART;TZID=Europe/Berlin:20261102T000000", "DTEND;TZID=Europe/Berlin:20261103T000000")
    invite = calendar.read(event(*times, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"))

    assert invite is not None
    assert (invite.start, invite.end) == ("2026-11-02", "2026-11-03")


ZONE = [
    "BEGIN:VTIMEZONE", "TZID:Ours", "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT", "END:VTIMEZONE",
]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        ("20260215T090000", "+01:00"),
        ("20260328T090000", "+01:00"),
        ("20260329T090000", "+02:00"),
        ("20261024T090000", "+02:00"),
        ("20261026T090000", "+01:00"),
    ],
)
def test_zone_that_only_its_rules_explain_is_read(moment: str, offset: str) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", *ZONE, "BEGIN:VEVENT", f"DTSTART;TZID=Ours:{moment}", "END:VEVENT"])

    invite = calendar.read(text)

    assert invite is not None
    assert invite.start is not None
    assert invite.start.endswith(offset)


@pytest.mark.parametrize("broken", ["TZOFFSETTO:+9900", "TZOFFSETTO:x", "DTSTART:16011341T030000", "DTSTART:x"])
def test_zone_with_broken_rules_leaves_the_time_without_one(broken: str) -> None:
    name = broken.partition(":")[0]
    zone = [broken if line.startswith(name) else line for line in ZONE]
    text = "\r\n".join(["BEGIN:VCALENDAR", *zone, "BEGIN:VEVENT", "DTSTART;TZID=Ours:20261102T090000", "END:VEVENT"])

    invite = calendar.read(text)

    assert invite is not None
    assert invite.start == "2026-11-02T09:00:00"


@pytest.mark.parametrize(
    ("lines", "is_update", "is_cancelled"),
    [
        (["SEQUENCE:0"], False, False),
        (["SEQUENCE:2"], True, False),
        (["SEQUENCE:2", "STATUS:CANCELLED"], True, True),
        (["STATUS:CONFIRMED"], False, False),
    ],
)
def test_update_and_cancellation_are_told_from_the_first_invitation(
    lines: list[str], *, is_update: bool, is_cancelled: bool
) -> None:
    invite = calendar.read(event(*lines))

    assert invite is not None
    assert (invite.is_update, invite.is_cancelled) == (is_update, is_cancelled)


def test_answer_of_a_guest_is_told() -> None:
    text = event('ATTENDEE;CN="Tom";PARTSTAT=DECLINED:mailto:tom@x.y').replace("METHOD:REQUEST", "METHOD:REPLY")

    invite = calendar.read(text)

    assert invite is not None
    assert (invite.method, invite.answer, invite.guest) == ("REPLY", "DECLINED", "Tom")


@pytest.mark.parametrize(
    ("rule", "repeats"),
    [
        ("FREQ=WEEKLY;BYDAY=WE,MO;INTERVAL=2;UNTIL=20261231T225959Z", Repeats("weekly", 2, (0, 2), None, "2026-12-31")),
        ("FREQ=DAILY;COUNT=10", Repeats("daily", count=10)),
        ("FREQ=MONTHLY;BYDAY=1MO", Repeats("monthly")),
        ("FREQ=YEARLY;INTERVAL=0;UNTIL=x", Repeats("yearly")),
        ("FREQ=SECONDLY", None),
        ("nonsense", None),
    ],
)
def test_series_is_told(rule: str, repeats: Repeats | None) -> None:
    invite = calendar.read(event(f"RRULE:{rule}"))

    assert invite is not None
    assert invite.repeats == repeats


def test_series_goes_before_its_exceptions() -> None:
    invite = calendar.read(
        event("SUMMARY:moved", "RECURRENCE-ID:20261102T090000Z", "END:VEVENT", "BEGIN:VEVENT", "SUMMARY:series")
    )

    assert invite is not None
    assert invite.summary == "series"


def test_deep_and_endless_calendars_are_read_within_the_limits() -> None:
    for text in ("BEGIN:VEVENT\r\n" * 30_000, "BEGIN:X\r\nEND:Y\r\n" * 30_000, "X;" * 150_000, 'A;B="' * 90_000):
        found = report_within_limits(b"From: a@b.example\nContent-Type: text/calendar\n\n" + text.encode())
        assert (found["invite"] or {"start": None})["start"] is None


def test_only_the_first_event_counts_and_alarms_are_no_events() -> None:
    text = event(
        "SUMMARY:one", "BEGIN:VALARM", "SUMMARY:alarm", "END:VALARM", "END:VEVENT", "BEGIN:VEVENT", "SUMMARY:two"
    )

    invite = calendar.read(text)

    assert invite is not None
    assert invite.summary == "one"


def test_method_of_the_part_helps_out() -> None:
    invite = calendar.read("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "cancel")

    assert invite is not None
    assert invite.method == "CANCEL"


@pytest.mark.parametrize("text", ["", "BEGIN:VCALENDAR", "BEGIN:VTODO\nSUMMARY:x\nEND:VTODO", "hello"])
def test_calendar_without_event_is_no_invitation(text: str) -> None:
    assert calendar.read(text) is None


@given(st.text(alphabet='ABEGINVTDS:;="\\\n 019TZ-', max_size=200))
def test_any_calendar_is_read_property(text: str) -> None:
    calendar.read(f"BEGIN:VEVENT\nDTSTART:20260101\n{text}")
