from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.answers import read_answer, refusal, stray, without_content
from sevenbot.errors import CallRefused, ChatGone, ChatMoved, CourierUnavailable, SevenBotError, TokenUnknown


def error_of(code: int, description: str, *, names_chat: bool = True, **parameters: Any) -> SevenBotError:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    answer = read_answer(json.dumps(body).encode())
    assert answer is not None
    return refusal("sendMessage", answer, code, names_chat=names_chat)


@pytest.mark.parametrize(
    "description",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: the group chat was deleted",
        "Forbidden: words that nobody has seen yet",
    ],
)
def test_every_403_about_a_chat_means_that_it_put_us_out(description: str) -> None:
    error = error_of(403, description)

    assert isinstance(error, ChatGone)
    assert error.blocked


@pytest.mark.parametrize(
    ("description", "blocked"),
    [
        ("Bad Request: chat not found", False),
        ("Bad Request: group chat was deactivated", False),
        ("Bad Request: PEER_ID_INVALID", False),
        ("Bad Request: group chat was upgraded to a supergroup chat", False),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", True),
        ("Bad Request: not enough rights to send text messages to the chat", True),
        ("Bad Request: have no rights to send a message", True),
        ("Bad Request: TOPIC_CLOSED", True),
        ("Bad Request: need administrator rights in the channel chat", True),
    ],
)
def test_400_about_the_chat_itself_means_that_it_is_gone(description: str, *, blocked: bool) -> None:
    error = error_of(400, description)

    assert isinstance(error, ChatGone)
    assert error.blocked is blocked


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: can't parse entities: unexpected end of tag",
        "Bad Request: message is too long",
        "Bad Request: message text is empty",
        "Bad Request: BUTTON_DATA_INVALID",
        "Bad Request: VOICE_MESSAGES_FORBIDDEN",
        "Bad Request: not enough rights to send documents to the chat",
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        "Bad Request: words that nobody has seen yet",
        "",
    ],
)
def test_400_about_anything_else_refuses_the_call(description: str) -> None:
    error = error_of(400, description)

    assert isinstance(error, CallRefused)
    assert error.code == 400


def test_upgraded_group_is_followed_to_its_new_id() -> None:
    error = error_of(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001234567890
    )

    assert isinstance(error, ChatMoved)
    assert error.new_chat_id == -1001234567890


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        ({"parameters": {"retry_after": 14}}, 14),
        ({"parameters": {"retry_after": 0}}, 0),
        ({"parameters": {"retry_after": "14"}}, 14),
        ({"parameters": {"retry_after": -3}}, 0),
        ({"parameters": {"retry_after": 1e300}}, 365 * 86400),
        ({"parameters": {}, "description": "Too Many Requests: retry after 35"}, 35),
        ({"parameters": {}, "description": "Too Many Requests: retry later"}, 5),
        ({"parameters": "odd"}, 5),
    ],
    ids=str,
)
def test_429_waits_as_told_whatever_the_form(answer: dict[str, Any], seconds: int) -> None:
    read = read_answer(json.dumps({"ok": False, "error_code": 429, **answer}).encode())
    assert read is not None
    error = refusal("sendMessage", read, 429, names_chat=True)

    assert isinstance(error, CourierUnavailable)
    assert error.retry_after == timedelta(seconds=seconds)
    assert not error.maybe_done


@pytest.mark.parametrize("code", [401, 404])
def test_wrong_token_is_no_reason_to_give_up(code: int) -> None:
    error = error_of(code, "Unauthorized")

    assert isinstance(error, TokenUnknown)
    assert "TELEGRAM_BOT_TOKEN" in str(error)


def test_second_poller_is_named_as_the_cause() -> None:
    assert "another process" in str(error_of(409, "Conflict: terminated by other getUpdates request"))


@pytest.mark.parametrize(
    ("code", "description", "maybe_done"),
    [
        (500, "Internal Server Error: sent message was immediately deleted", False),
        (500, "Internal Server Error: restart", True),
        (502, "Bad Gateway", False),
        (504, "Gateway Timeout", True),
        (599, "", False),
        (0, "", False),
        (200, "", False),
        (302, "", False),
    ],
)
def test_trouble_of_the_server_may_pass(code: int, description: str, *, maybe_done: bool) -> None:
    error = error_of(code, description)

    assert isinstance(error, CourierUnavailable)
    assert error.maybe_done is maybe_done


def test_too_large_upload_is_refused() -> None:
    assert isinstance(error_of(413, "Request Entity Too Large"), CallRefused)


def test_http_status_counts_when_the_answer_has_no_code() -> None:
    answer = read_answer(b'{"ok":false,"description":"Forbidden: bot was blocked by the user"}')
    assert answer is not None

    assert isinstance(refusal("sendMessage", answer, 403, names_chat=True), ChatGone)


@pytest.mark.parametrize("code", [400, 403])
def test_call_about_no_chat_cannot_lose_one(code: int) -> None:
    assert isinstance(error_of(code, "chat not found", names_chat=False), CallRefused)


@pytest.mark.parametrize(
    ("status", "maybe_done"),
    [(200, True), (204, True), (500, True), (502, True), (302, False), (403, False), (400, False)],
)
def test_gateway_never_makes_a_chat_gone_or_a_mail_dead(status: int, *, maybe_done: bool) -> None:
    error = stray("sendMessage", status, None)

    assert isinstance(error, CourierUnavailable)
    assert error.maybe_done is maybe_done


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), (None, 5), ("Wed, 21 Oct 2026 07:28:00 GMT", 5), ("-1", 5)])
def test_gateway_with_a_limit_of_its_own_is_waited_for(header: str | None, seconds: int) -> None:
    error = stray("sendMessage", 429, header)

    assert isinstance(error, CourierUnavailable)
    assert error.retry_after == timedelta(seconds=seconds)


def test_gateway_that_finds_a_file_too_large_refuses_it() -> None:
    assert isinstance(stray("sendDocument", 413, None), CallRefused)


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ('unsupported start tag "my password" at byte offset 5', "unsupported start tag … at byte offset 5"),
        ('tag "a" and "b"', "tag …"),
        ("can't parse entities: it's odd", "can't parse entities: it's odd"),
        ("button URL 'http://x/?secret=1' is invalid: Wrong HTTP URL", "button URL … is invalid: Wrong HTTP URL"),
        ("URL host is empty", "URL host is empty"),
        ("invalid file HTTP URL specified: http://secret", "invalid file HTTP URL specified: …"),
        ("two\nlines\x1b[31m", "two lines [31m"),
    ],
)
def test_words_of_a_message_are_left_out_of_the_reason(description: str, shown: str) -> None:
    assert without_content(description) == shown


@given(st.text(max_size=600))
def test_property_reason_is_one_short_printable_line(description: str) -> None:
    shown = without_content(description)

    assert len(shown) <= 300
    assert shown.isprintable()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)


@given(
    ok=st.booleans(),
    status=st.integers(100, 599),
    fields=st.fixed_dictionaries(
        {}, optional={"error_code": _JSON, "description": _JSON, "parameters": _JSON, "result": _JSON}
    ),
    parameters=st.fixed_dictionaries({}, optional={"retry_after": _JSON, "migrate_to_chat_id": _JSON}),
    names_chat=st.booleans(),
)
def test_property_every_answer_has_a_meaning(
    *, ok: bool, status: int, fields: dict[str, Any], parameters: dict[str, Any], names_chat: bool
) -> None:
    answer = read_answer(json.dumps({"ok": ok, "parameters": parameters, **fields}).encode())

    assert answer is not None
    assert answer.ok is ok
    assert isinstance(refusal("sendMessage", answer, status, names_chat=names_chat), SevenBotError)


@given(body=st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()), status=st.integers(100, 599))
def test_property_everything_else_is_not_telegram(body: bytes, status: int) -> None:
    answer = read_answer(body)

    assert answer is None or b'"ok"' in body
    assert isinstance(stray("sendMessage", status, None), SevenBotError)
