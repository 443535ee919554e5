"""What the offline summary says in its own words."""

import pytest

from sevenbot.parse.message import Bounce, Invite
from sevenbot.summarise import told


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru"])
def test_every_sentence_exists_in_five_languages(language):
    sentences = {told.empty(language), told.for_machines(language), told.failed(language)}

    assert len(sentences) == 3
    assert told.spoken(language) == language


@pytest.mark.parametrize("language", [None, "", "zh", "pt-br", "x"])
def test_any_other_reader_gets_english(language):
    assert told.empty(language) == told.empty("en")
    assert told.spoken(language) == "en"


def test_a_long_list_of_recipients_is_counted():
    bounce = Bounce(tuple(f"{n}@example.org" for n in range(5)), None, permanent=True)

    assert told.bounce(bounce, "en") == "Your mail to 0@example.org, 1@example.org, 2@example.org (+2) did not arrive."


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
