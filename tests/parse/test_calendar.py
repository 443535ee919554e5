import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import calendar


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
