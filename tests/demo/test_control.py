from __future__ import annotations

import pytest

from .conftest import CHAT, Telegram


async def test_every_message_the_bot_sent_is_listed_in_order(telegram: Telegram) -> None:
    for chat_id, text in ((1, "<b>a</b>"), (2, "b"), (1, "<b>a</b>")):
        await telegram.call("sendMessage", chat_id=chat_id, text=text, parse_mode="HTML")

    everything = await telegram.control("messages")
    of_one = await telegram.control("messages?chat_id=1")
    since = await telegram.control("messages?after=2")

    assert [(m["seq"], m["chat_id"], m["text"]) for m in everything] == [(1, 1, "a"), (2, 2, "b"), (3, 1, "a")]
    assert everything[0]["source"] == "<b>a</b>"
    assert [m["seq"] for m in of_one] == [1, 3]
    assert [m["seq"] for m in since] == [3]


async def test_listed_message_stays_as_it_was_sent(telegram: Telegram) -> None:
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="one"))["result"]["message_id"]

    await telegram.call("editMessageText", chat_id=CHAT, message_id=message_id, text="two")

    assert [m["text"] for m in await telegram.control("messages")] == ["one"]


async def test_calls_are_counted_with_their_answers(telegram: Telegram) -> None:
    await telegram.call("sendMessage", chat_id=CHAT, text="one")
    await telegram.call("sendMessage", chat_id=CHAT, text="")

    calls = await telegram.control("calls")

    assert calls["counts"] == {"sendMessage 200": 1, "sendMessage 400": 1}
    assert calls["calls"][0]["chat_id"] == CHAT


async def test_state_is_all_the_page_needs(telegram: Telegram) -> None:
    await telegram.call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await telegram.control("updates", {"text": "/register"})
    await telegram.call(
        "sendMessage", chat_id=CHAT, text="It is maple-otter-k7m4qx92@mail.example, or +shop@mail.example"
    )

    state = await telegram.control("state")

    assert state["address"] == "maple-otter-k7m4qx92@mail.example"
    assert state["messages"][0]["text"] == "/register"
    assert state["commands"] == [{"command": "help", "description": "Help"}]
    assert state["mail_door"] is None


@pytest.mark.parametrize(
    "text",
    ["x+shop@mail.example", "a@mail.example.org", "a@notmail.example", "a@mail-example", "nothing"],
)
async def test_only_an_address_of_our_domain_is_taken_for_the_private_one(telegram: Telegram, text: str) -> None:
    await telegram.call("sendMessage", chat_id=CHAT, text=text)

    assert telegram.simulator.address() is None


async def test_chats_can_be_made_known_by_the_hundred(telegram: Telegram) -> None:
    telegram.simulator.store.is_open = False

    await telegram.control("chats", {"from": 1000, "to": 1299})

    assert (await telegram.call("sendMessage", chat_id=1299, text="x"))["ok"]


async def test_group_that_put_the_bot_out_says_so(telegram: Telegram) -> None:
    await telegram.control("chats", {"id": -5, "title": "Team", "is_blocked": True})

    reason = await telegram.refusal("sendMessage", chat_id=-5, text="x")

    assert reason == "Forbidden: bot was kicked from the group chat"


async def test_somebody_else_can_write_in_a_group(telegram: Telegram) -> None:
    await telegram.control("chats", {"id": -5, "title": "Team"})

    await telegram.control("updates", {"text": "/help", "user": 42, "chat_id": -5})

    message = (await telegram.call("getUpdates"))["result"][0]["message"]
    assert (message["from"]["id"], message["chat"]["type"]) == (42, "group")


async def test_person_can_change_language(telegram: Telegram) -> None:
    await telegram.control("person", {"language_code": "de"})
    await telegram.control("updates", {"text": "/start"})

    message = (await telegram.call("getUpdates"))["result"][0]["message"]
    assert message["from"]["language_code"] == "de"


async def test_samples_are_listed_and_can_be_read(telegram: Telegram) -> None:
    samples = await telegram.control("samples")
    shown = await telegram.control(f"samples/{samples[0]['name']}?to=me@mail.example")

    assert {"name", "icon", "title", "description"} == samples[0].keys()
    assert "me@mail.example" in shown["source"]
    assert await telegram.control("samples/nothing") == {"error": "no such sample"}


async def test_mail_cannot_be_sent_without_a_door(telegram: Telegram) -> None:
    answer = await telegram.control("send-mail", {"to": "a@mail.example", "sample": "code"})

    assert "there is no mail door here" in answer["error"]


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("style.css", "text/css"), ("main.js", "text/javascript"), ("icon.svg", "image/svg+xml")],
)
async def test_page_is_served_from_the_package_with_its_policy(
    telegram: Telegram, name: str, content_type: str
) -> None:
    async with telegram.session.get(f"{telegram.address}/page/{name}") as answer:
        assert (answer.status, answer.content_type) == (200, content_type)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_page_names_no_outside_resource(telegram: Telegram) -> None:
    async with telegram.session.get(telegram.address) as answer:
        page = await answer.text()

    assert "http://" not in page
    assert "https://" not in page
