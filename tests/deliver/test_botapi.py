from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.botapi import Chat, ChatMember, Message, Update, User, encode, read_update


def test_update_of_a_minimal_server_is_read() -> None:
    update = read_update(b'{"update_id":7,"message":{"message_id":3,"chat":{"id":42},"text":"/start"}}')

    assert update.message == Message(3, Chat(42), text="/start")


def test_unknown_fields_and_kinds_are_ignored() -> None:
    assert read_update(b'{"update_id":7,"poll":{"id":"1"},"new":[1]}') == Update(7)


def test_sender_is_called_from_on_the_wire() -> None:
    update = read_update(
        b'{"update_id":7,"callback_query":{"id":"1","from":{"id":9,"language_code":"de"},"data":"t:1"}}'
    )

    assert update.callback_query is not None
    assert update.callback_query.from_user == User(9, language_code="de")


@pytest.mark.parametrize(
    "content",
    [
        '"message":7',
        '"message":{"message_id":1}',
        '"message":{"message_id":1,"chat":{"id":"x"}}',
        '"callback_query":{}',
    ],
)
def test_unreadable_content_leaves_the_number(content: str) -> None:
    assert read_update(f'{{"update_id":7,{content}}}'.encode()) == Update(7)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"7", b'{"update_id":"x"}', b'{"update_id":1', b"\xff\xff"])
def test_what_is_no_update_is_an_error(body: bytes) -> None:
    with pytest.raises(ValueError):
        read_update(body)


@pytest.mark.parametrize(
    ("status", "is_administrator", "is_present"),
    [
        ("creator", True, True),
        ("administrator", True, True),
        ("member", False, True),
        ("restricted", False, True),
        ("left", False, False),
        ("kicked", False, False),
    ],
)
def test_standing_in_a_chat(status: str, *, is_administrator: bool, is_present: bool) -> None:
    member = ChatMember(status)

    assert (member.is_administrator, member.is_present) == (is_administrator, is_present)


def test_restricted_member_may_have_left() -> None:
    assert not ChatMember("restricted", is_member=False).is_present


def test_chats_with_one_person_have_positive_ids() -> None:
    assert (Chat(42).is_private, Chat(-42).is_private) == (True, False)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)


@given(
    number=st.integers(-(2**63), 2**63 - 1),
    content=st.dictionaries(st.sampled_from(["message", "callback_query", "my_chat_member", "poll"]), _JSON),
)
def test_property_every_numbered_object_is_an_update(number: int, content: dict[str, Any]) -> None:
    assert read_update(json.dumps({"update_id": number, **content}).encode()).update_id == number


@given(st.binary(max_size=100))
def test_property_other_bytes_are_an_error_or_an_update(body: bytes) -> None:
    try:
        read_update(body)
    except ValueError:
        return


@given(st.recursive(st.text(st.characters(), max_size=5), lambda inner: st.lists(inner, max_size=3)))
def test_property_any_text_can_be_encoded(value: Any) -> None:
    assert encode(value).decode()
