from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sevenbot.state.dynamodb_items import (
    UNIT_BYTES,
    attribute,
    from_item,
    from_user,
    size_bytes,
    to_item,
    to_user,
    update,
)
from sevenbot.state.ledger import Item, Status
from sevenbot.state.users import User, UserStatus
from tests.items import NOON, new_item, new_user

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
MOMENTS = st.datetimes(timezones=st.just(UTC))


def test_a_user_has_the_attributes_and_types_of_the_setup_guide() -> None:
    user = new_user(
        123456789, last_summary_time=NOON + timedelta(minutes=5), email_count=3, username="ann", first_name="Ann"
    )

    assert from_user(user) == {
        "chat_id": {"N": "123456789"},
        "email_address": {"S": user.email_address},
        "created_at": {"S": "2026-11-02T12:00:00.123456Z"},
        "last_summary_time": {"S": "2026-11-02T12:05:00.123456Z"},
        "email_count": {"N": "3"},
        "username": {"S": "ann"},
        "first_name": {"S": "Ann"},
    }


def test_what_a_user_has_not_is_absent_rather_than_empty() -> None:
    assert from_user(new_user(username="", settings={})).keys() == {
        "chat_id",
        "email_address",
        "created_at",
        "email_count",
    }


def test_the_record_of_the_guides_own_snippet_is_a_user() -> None:
    found = to_user(
        {
            "chat_id": {"N": "123456789"},
            "email_address": {"S": "test-user@csearfarf.dev"},
            "created_at": {"S": "2026-11-02T12:00:00.123456"},  # datetime.utcnow().isoformat()
            "email_count": {"N": "0"},
        }
    )

    assert found == new_user(123456789, "test-user@csearfarf.dev")


def test_a_record_of_somebody_else_is_read_as_far_as_it_goes() -> None:
    odd: dict[str, Any] = {
        "chat_id": {"N": "1"},
        "email_address": {"S": "a@example.org"},
        "status": {"S": "vip"},
        "plan": {"BOOL": True},
    }

    found = to_user(odd)

    assert found is not None
    assert (found.status, found.email_count) == (UserStatus.ACTIVE, 0)
    assert to_user({"chat_id": {"N": "1"}}) is None


def test_an_item_of_another_program_is_none_of_ours() -> None:
    assert to_item({"message_id": {"S": "<1@example.net>"}, "ttl": {"N": "1769940000"}}) is None


def test_a_new_item_has_numbers_as_numbers_and_nothing_empty() -> None:
    attributes = from_item(new_item())

    assert {name for name, value in attributes.items() if "N" in value} == {"chat_id", "size_bytes", "ttl"}
    assert {name for name, value in attributes.items() if value.get("S") == ""} == set()
    assert "attempts" not in attributes
    assert attributes["status"] == {"S": "received"}


def test_a_summary_that_would_cost_a_second_unit_is_compressed() -> None:
    words = "Bitte bringen Sie am Dienstag um zehn die unterschriebenen Papiere mit. "
    item = new_item(summary=json.dumps({"text": words * 12}))

    attributes = from_item(item)

    assert "B" in attributes["summary"]
    assert size_bytes(attributes) <= UNIT_BYTES
    assert to_item(attributes) == item


def test_a_summary_that_fits_can_be_read_by_people() -> None:
    assert from_item(new_item(summary='{"text": "short"}'))["summary"] == {"S": '{"text": "short"}'}


ITEMS = st.builds(
    new_item,
    at=MOMENTS,
    chat_id=st.integers(-(2**62), 2**62),
    sender=TEXT,
    helo=TEXT,
    subaddress=st.none() | TEXT,
    summary=st.none() | st.text("abc é", max_size=3000),
)


@given(ITEMS)
def test_item_property_comes_back_as_it_was(item: Item) -> None:
    assert to_item(from_item(item)) == item


@given(
    st.dictionaries(st.text(min_size=1, max_size=20), TEXT), MOMENTS, st.none() | MOMENTS, st.sampled_from(UserStatus)
)
def test_user_property_comes_back_as_it_was(
    settings: dict[str, str], created: datetime, last: datetime | None, status: UserStatus
) -> None:
    user = User(1, "a@example.org", created, last, 2, "n" * 3, None, status, settings)

    assert to_user(from_user(user)) == user


def test_sizes_are_counted_as_the_service_counts_them() -> None:
    assert size_bytes(
        {"name": {"S": "né"}, "n": {"N": "-12345"}, "b": {"BOOL": True}, "m": {"M": {"a": {"S": "b"}}}}
    ) == ((4 + 3) + (1 + 5) + (1 + 1) + (1 + 3 + 1 + 1 + 1))


def test_an_update_names_only_what_it_changes() -> None:
    changes = {"status": attribute(Status.RETRY), "lease_token": None}

    assert update(changes, add={"attempts": 1}) == "SET #status = :status REMOVE #lease_token ADD #attempts :attempts"
