import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import dates


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mon, 2 Nov 2026 10:00:00 +0100", "2026-11-02T10:00:00+01:00"),
        ("2 Nov 2026 10:00 +0100", "2026-11-02T10:00:00+01:00"),
        ("Mon, 2 Nov 2026 10:00:00 GMT", "2026-11-02T10:00:00+00:00"),
        ("Mon, 2 Nov 2026 10:00:00 -0330 (NST (really))", "2026-11-02T10:00:00-03:30"),
        ("Mon, 02 Nov 26 10:00:00 EST", "2026-11-02T10:00:00-05:00"),
        ("Mon, 2 Nov 126 10:00:00 +0000", "2026-11-02T10:00:00+00:00"),
        ("Mon, 2-Nov-2026 10:00:00 +0000", "2026-11-02T10:00:00+00:00"),
        ("Mon, 2 November 2026 10:00:00 +0000", "2026-11-02T10:00:00+00:00"),
        ("Mon, 2 Nov 2026 10.00.00 +01:00", "2026-11-02T10:00:00+01:00"),
        ("Mon, 2 Nov 2026 10:00:00 GMT+0200", "2026-11-02T10:00:00+02:00"),
        ("Mon, 2 Nov 2026 1:05:00 PM +0000", "2026-11-02T13:05:00+00:00"),
        ("Mon, 2 Nov 2026 12:05:00 AM +0000", "2026-11-02T00:05:00+00:00"),
        ("Mo, 2 Okt 2026 10:00:00 +0200", "2026-10-02T10:00:00+02:00"),
        ("Mon Nov  2 10:00:00 2026", "2026-11-02T10:00:00+00:00"),
        ("2026-11-02T10:00:00Z", "2026-11-02T10:00:00+00:00"),
        ("2026-11-02 10:00:00.123 +0100", "2026-11-02T10:00:00+01:00"),
        ("Nov 2, 2026 10:00 AM", "2026-11-02T10:00:00+00:00"),
        ("Mon, 2 Nov 2026 23:59:60 +0000", "2026-11-02T23:59:59+00:00"),
        ("Mon, 32 Nov 2026 10:00:00 +0000", None),
        ("Mon, 2 Foo 2026 10:00:00 +0000", None),
        ("soon", None),
        ("", None),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
    ],
)
def test_date_is_read_in_all_its_spellings(text: str, wanted: str | None) -> None:
    moment, _ = dates.read(text)

    assert (moment.isoformat() if moment else None) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 2 Nov 2026 10:00:00",
        "Mon, 2 Nov 2026 10:00:00 +9999",
        "2 Nov 2026 10:00 XXX",
        "never",
        "99 Nov 2026 10:00",
    ],
)
def test_odd_date_is_told(text: str) -> None:
    assert dates.read(text)[1] is not None


@given(st.text(alphabet="0123456789 :+-.,/NovJaTZPM()", max_size=60))
def test_any_text_gives_an_aware_moment_or_none_property(text: str) -> None:
    moment, _ = dates.read(text)

    assert moment is None or moment.utcoffset() is not None
