"""The envelope that travels with an object."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.envelope import Envelope, Recipient
from sevenbot.spool.envelope_text import MAX_BYTES, parts, read, written

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ENVELOPE = Envelope("bob@example.net", (Recipient(42, "maple-otter-k7m4qx92@example.org", "shop"),), NOON, "imap")


def to_many(number: int) -> Envelope:
    recipients = tuple(Recipient(-(10**12) - n, f"maple-otter-k7m4qx{n:03}@mail.example.org") for n in range(number))
    return replace(ENVELOPE, recipients=recipients)


@given(st.text(max_size=80), st.text(max_size=20) | st.none(), st.text(max_size=20) | st.none())
def test_property_an_envelope_comes_back_as_it_was(sender: str, subaddress: str | None, helo: str | None) -> None:
    envelope = replace(
        ENVELOPE, sender=sender, recipients=(Recipient(-5, "a@b.c", subaddress), Recipient(7, "d@e.f")), helo=helo
    )

    text = written(envelope)

    assert text is not None
    assert text.isascii()
    assert text.isprintable()
    assert read(text) == envelope


@given(st.text())
def test_property_any_other_text_is_no_envelope(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["null", "{}", "[" * 100_000, '{"sender": 1}'])
def test_what_is_no_envelope_is_none(text: str) -> None:
    assert read(text) is None


def test_what_there_is_no_room_for_is_not_written_in_half() -> None:
    assert written(to_many(10)) is not None
    assert written(to_many(100)) is None


@pytest.mark.parametrize("number", [0, 1, 15, 100])
def test_many_recipients_are_divided_into_parts_that_there_is_room_for(number: int) -> None:
    envelope = to_many(number)

    divided = parts(envelope)

    assert all(len(written(part) or "x" * 9999) <= MAX_BYTES for part in divided)
    assert tuple(recipient for part in divided for recipient in part.recipients) == envelope.recipients
    assert {replace(part, recipients=()) for part in divided} == {replace(envelope, recipients=())}
