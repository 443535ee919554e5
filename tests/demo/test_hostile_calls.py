"""Whatever a bot sends, the simulator answers as Telegram would: a result or a refusal, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.demo.chatstore import ChatStore
from sevenbot.demo.methods import Methods
from sevenbot.demo.parameters import METHODS, read_call
from sevenbot.demo.refusal import Refusal
from sevenbot.demo.requests import parts

from .conftest import CHAT, Telegram

WAITING = {"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"}  # not among `Methods`

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
buttons = st.dictionaries(st.sampled_from(["text", "url", "callback_data", "copy_text", "pay"]), json_values)
keyboards = st.fixed_dictionaries(
    {"inline_keyboard": st.lists(st.lists(buttons, max_size=2), max_size=2) | json_values}
)
entities = st.dictionaries(st.sampled_from(["type", "offset", "length", "url"]), json_values)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    method = draw(st.sampled_from(sorted(METHODS.keys() - WAITING)))
    given = draw(st.dictionaries(st.sampled_from([*METHODS[method], "unknown"]), json_values))
    likely = {
        "chat_id": CHAT,
        "message_id": 1,
        "text": draw(st.text(max_size=20)),
        "parse_mode": draw(st.sampled_from(["HTML", ""])),
        "reply_markup": draw(keyboards),
        "entities": draw(st.lists(entities, max_size=2)),
    }
    return method, {**given, **{name: likely[name] for name in draw(st.sets(st.sampled_from(sorted(likely))))}}


@given(calls())
def test_property_any_call_is_done_or_refused(call: tuple[str, dict[str, Any]]) -> None:
    store = ChatStore(username="bot", name="Bot", is_open=True)
    store.record("sendMessage", store.chat(CHAT), {"text": "first"}, "first")

    try:
        result = Methods(store, None).call(read_call(*call))
    except Refusal as refusal:
        result = refusal.to_json()

    assert json.dumps(result)


@given(st.binary(max_size=300))
def test_property_any_form_is_read_or_refused(body: bytes) -> None:
    for content in (body, b"--x\r\n" + body + b"\r\n--x--", b'--x\r\nContent-Disposition: form-data; name="a"' + body):
        try:
            arguments = parts(content, "multipart/form-data; boundary=x")
        except Refusal:
            continue
        assert isinstance(arguments, dict)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"chat_id": 1e999}', b"\xff", b'{"text": "\\ud800"}'])
async def test_strange_bodies_get_a_json_answer(telegram: Telegram, body: bytes) -> None:
    url = f"{telegram.address}/bot{telegram.simulator.token}/sendMessage"

    async with telegram.session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        told = await answer.json()

    assert (answer.status, told["error_code"]) == (400, 400)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": " "},
        {"press": {}},
        {"press": {"message_id": "x", "data": 1}},
        {"press": 5},
        {"update": 5},
        {"text": "x", "user": {}},
        {"text": "x", "user": "x"},
        {"text": "x", "chat_id": "x"},
    ],
)
async def test_senseless_moves_are_answered_with_the_reason(telegram: Telegram, given: dict[str, object]) -> None:
    answer = await telegram.control("updates", given)

    assert set(answer) == {"error"}
