"""What the offline summary says in its own words."""

from dataclasses import replace

import pytest

from sevenbot.parse.message import Bounce, Cause, Invite
from sevenbot.summarise import told


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "ru", "uk"])
def test_every_sentence_exists_in_every_language_of_the_bot(language):
    sentences = {told.empty(language), told.for_machines(language), told.failed(language)}

    assert len(sentences) == 3
    assert told.spoken(language) == language


@pytest.mark.parametrize("language", [None, "", "zh", "x"])
def test_any_other_reader_gets_english(language):
    assert told.empty(language) == told.empty("en")
    assert told.spoken(language) == "en"


def test_a_long_list_of_recipients_is_counted():
    bounce = Bounce(tuple(f"{n}@example.org" for n in range(5)), None, permanent=True)

    assert told.bounce(bounce, "en") == "Your mail to 0@example.org, 1@example.org, 2@example.org (+2) did not arrive."


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "ru", "uk"])
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_told_in_every_language(language, cause):
    with_cause = Bounce(("a@example.org",), None, permanent=True, cause=cause)

    assert len(told.bounce(with_cause, language)) > len(told.bounce(replace(with_cause, cause=None), language)) + 10


def test_a_delay_is_told_as_a_delay():
    bounce = Bounce(("a@example.org",), "4.4.1", permanent=False, cause=Cause.NO_ANSWER, is_waiting=True)

    assert (
        told.bounce(bounce, "en") == "Your mail to a@example.org has not arrived yet and is still being tried (4.4.1)."
    )


def test_a_hostile_recipient_is_made_plain():
    bounce = Bounce(("a\u202e\n@example.org",), "5.1.1\x00", permanent=True)

    assert told.bounce(bounce, "en") == "Your mail to a @example.org did not arrive (5.1.1)."


def test_an_invitation_over_days_shows_both():
    invite = Invite("REQUEST", "Trip", "2026-03-05", "2026-03-08", None, None)

    assert told.invitation(invite, "en") == "📅 Trip · 2026-03-05 – 2026-03-08"


def test_an_invitation_in_utc_keeps_its_zone():
    invite = Invite("REQUEST", "Call", "2026-03-05T14:00:00Z", None, None, None)

    assert told.invitation(invite, "en") == "📅 Call · 2026-03-05 14:00Z"


def test_an_empty_invitation_is_still_one():
    assert told.invitation(Invite("", "", None, None, None, None), "en") == "📅"
