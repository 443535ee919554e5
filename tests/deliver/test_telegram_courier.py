from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.courier import (
    Button,
    ChatMessage,
    Failed,
    Gone,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unknown,
    Wait,
)
from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.telegram_courier import TelegramCourier, Voice, keyboard
from sevenbot.errors import ChatGone, CourierUnavailable
from tests.deliver.peer import Answer, Peer, hang_up, in_turn, ok, peer, raw, refused, silence, telegram_at

CHAT = 42
OUR_BUTTON = Button("Whole text", callback_data="t:0123")
CODE_BUTTON = Button("123456", copy_text="123456")
LINK_BUTTON = Button("Open", url="https://example.org/")
MESSAGE = ChatMessage("<b>Hello</b> &amp; more", "Hello & more", ((CODE_BUTTON, LINK_BUTTON), (OUR_BUTTON,)))
SENT = ok({"message_id": 7})


@asynccontextmanager
async def courier_to(
    *answers: Answer, pacer: Pacer | None = None, timeout: timedelta = timedelta(seconds=5)
) -> AsyncIterator[tuple[TelegramCourier, Peer]]:
    async with peer(in_turn(*answers)) as server, telegram_at(server.url, timeout=timeout) as telegram:
        yield TelegramCourier(telegram, pacer or Pacer()), server


async def deliver(*answers: Answer, message: ChatMessage = MESSAGE) -> tuple[Outcome, list[dict[str, Any]]]:
    async with courier_to(*answers) as (courier, server):
        outcome = await courier.deliver(CHAT, message)
    return outcome, [call.fields for call in server.calls]


async def test_message_goes_as_html_with_buttons_and_without_preview() -> None:
    outcome, (fields,) = await deliver(SENT)

    assert outcome == Sent(7)
    assert fields == {
        "chat_id": CHAT,
        "text": "<b>Hello</b> &amp; more",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "123456", "copy_text": {"text": "123456"}},
                    {"text": "Open", "url": "https://example.org/"},
                ],
                [{"text": "Whole text", "callback_data": "t:0123"}],
            ]
        },
    }


async def test_message_without_buttons_has_no_keyboard() -> None:
    _, (fields,) = await deliver(SENT, message=ChatMessage("x", "x"))

    assert "reply_markup" not in fields


async def test_html_that_cannot_be_parsed_goes_plain_with_its_buttons() -> None:
    refusal = refused(400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"")

    outcome, (first, second) = await deliver(refusal, SENT)

    assert outcome == Sent(7)
    assert second["text"] == "Hello & more"
    assert "parse_mode" not in second
    assert second["reply_markup"] == first["reply_markup"]


async def test_text_that_is_too_long_goes_plain_and_shortened() -> None:
    message = ChatMessage("<b>x</b>" * 5000, "🦦" * 2048)

    outcome, (_, second) = await deliver(refused(400, "Bad Request: message is too long"), SENT, message=message)

    assert outcome == Sent(7)
    assert second["text"] == "🦦" * 1949 + "…"


@pytest.mark.parametrize(
    "words",
    ["BUTTON_DATA_INVALID", "BUTTON_URL_INVALID", "inline keyboard button URL 'x' is invalid", "COPY_TEXT_INVALID"],
)
async def test_refused_button_costs_only_those_made_of_the_mail(words: str) -> None:
    outcome, (first, second) = await deliver(refused(400, f"Bad Request: {words}"), SENT)

    assert outcome == Sent(7)
    assert second["text"] == first["text"]
    assert second["reply_markup"] == {"inline_keyboard": [[{"text": "Whole text", "callback_data": "t:0123"}]]}


async def test_buttons_refused_twice_go_altogether() -> None:
    refusal = refused(400, "Bad Request: reply markup is too long")

    outcome, (_, _, third) = await deliver(refusal, refusal, SENT)

    assert outcome == Sent(7)
    assert "reply_markup" not in third
    assert third["parse_mode"] == "HTML"


async def test_everything_refused_in_turn_leaves_the_bare_text() -> None:
    outcome, calls = await deliver(
        refused(400, "Bad Request: can't parse entities"),
        refused(400, "Bad Request: BUTTON_DATA_INVALID"),
        refused(400, "Bad Request: BUTTON_DATA_INVALID"),
        refused(400, "Bad Request: message is too long"),
        SENT,
    )

    assert outcome == Sent(7)
    assert calls[-1] == {"chat_id": CHAT, "text": "Hello & more", "link_preview_options": {"is_disabled": True}}


async def test_refusal_in_unknown_words_is_met_with_the_bare_text() -> None:
    outcome, (_, second) = await deliver(refused(400, "Bad Request: something new"), SENT)

    assert outcome == Sent(7)
    assert second == {"chat_id": CHAT, "text": "Hello & more", "link_preview_options": {"is_disabled": True}}


async def test_message_refused_in_its_barest_form_is_refused() -> None:
    outcome, calls = await deliver(refused(400, "Bad Request: message text is empty"))

    assert outcome == Refused("sendMessage: 400 Bad Request: message text is empty")
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), Gone),
        (refused(400, "Bad Request: chat not found"), Gone),
        (refused(502, "Bad Gateway"), Failed),
        (refused(401, "Unauthorized"), Failed),
        (raw(502, b"<html>", "text/html"), Unknown),
        (hang_up, Unknown),
        (refused(413, "Request Entity Too Large"), Refused),
    ],
)
async def test_every_answer_has_an_outcome(answer: Answer, outcome: type[Outcome]) -> None:
    assert isinstance((await deliver(answer))[0], outcome)


async def test_moved_group_is_told_with_its_new_id() -> None:
    answer = refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001)

    assert (await deliver(answer))[0] == Moved(-1001)


async def test_silence_after_a_refusal_is_unknown() -> None:
    async with courier_to(
        refused(400, "Bad Request: can't parse entities"), silence, timeout=timedelta(seconds=0.3)
    ) as (courier, _):
        assert isinstance(await courier.deliver(CHAT, MESSAGE), Unknown)


async def test_429_holds_this_chat_as_told() -> None:
    time = 100.0

    async with courier_to(refused(429, "x", retry_after=14), pacer=Pacer(lambda: time)) as (courier, _):
        outcome = await courier.deliver(CHAT, MESSAGE)

        assert outcome == Wait(timedelta(seconds=14))
        assert courier.ready_in(CHAT) == 14
        assert courier.ready_in(CHAT + 1) == 0
        assert await courier.turn(CHAT, timedelta(seconds=13)) == Wait(timedelta(seconds=14), by_pacing=True)


async def test_turn_that_has_come_is_no_wait() -> None:
    async with courier_to(SENT) as (courier, _):
        assert await courier.turn(CHAT, timedelta(seconds=1)) is None


@asynccontextmanager
async def voice_to(*answers: Answer, pacer: Pacer | None = None) -> AsyncIterator[tuple[Voice, Peer]]:
    async with peer(in_turn(*answers)) as server, telegram_at(server.url) as telegram:
        yield Voice(telegram, pacer or Pacer()), server


async def test_voice_speaks_without_preview() -> None:
    async with voice_to(SENT) as (voice, server):
        sent = await voice.send_message(CHAT, "<b>Hi</b>", parse_mode="HTML")

    assert sent.message_id == 7
    assert server.calls[0].fields["link_preview_options"] == {"is_disabled": True}


async def test_voice_hands_over_files() -> None:
    async with voice_to(SENT) as (voice, server):
        await voice.send_document(CHAT, "mail.eml", b"From: x", caption="The mail")

    assert server.calls[0].method == "sendDocument"
    assert b"From: x" in server.calls[0].body


async def test_voice_waits_as_told_and_says_it_again() -> None:
    async with voice_to(refused(429, "x", retry_after=0), SENT) as (voice, server):
        sent = await voice.send_message(CHAT, "x")

    assert sent.message_id == 7
    assert len(server.calls) == 2


async def test_voice_gives_up_after_three_429s() -> None:
    async with voice_to(refused(429, "x", retry_after=0)) as (voice, server):
        with pytest.raises(CourierUnavailable):
            await voice.send_message(CHAT, "x")

    assert len(server.calls) == 3


async def test_voice_does_not_wait_longer_than_anybody_would() -> None:
    async with voice_to(refused(429, "x", retry_after=600)) as (voice, server):
        with pytest.raises(CourierUnavailable) as caught:
            await voice.send_message(CHAT, "x")

    assert len(server.calls) == 1
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > timedelta(seconds=500)


@pytest.mark.parametrize(
    ("answer", "error"),
    [(hang_up, CourierUnavailable), (refused(403, "Forbidden: bot was kicked from the group chat"), ChatGone)],
)
async def test_voice_says_nothing_twice_that_may_have_been_heard(answer: Answer, error: type[Exception]) -> None:
    async with voice_to(answer) as (voice, server):
        with pytest.raises(error):
            await voice.send_message(CHAT, "x")

    assert len(server.calls) == 1


async def test_voice_stands_in_line_before_summaries() -> None:
    order: list[str] = []

    async with courier_to(SENT) as (courier, server), telegram_at(server.url) as telegram:
        voice = Voice(telegram, courier._pacer)

        async def bring(chat_id: int) -> None:
            await courier.turn(chat_id, timedelta(seconds=30))
            order.append("summary")

        async def speak() -> None:
            await voice.send_message(9999, "x")
            order.append("answer")

        async with asyncio.TaskGroup() as tasks:
            for chat_id in range(40):
                tasks.create_task(bring(chat_id))
            tasks.create_task(speak())

    assert order.index("answer") < 35


def test_keyboard_without_buttons_is_none() -> None:
    assert keyboard(()) is None
    assert keyboard(((CODE_BUTTON,),), only_ours=True) is None


_REFUSALS = st.sampled_from(
    ["can't parse entities", "message is too long", "BUTTON_DATA_INVALID", "reply markup is too long", "what?", ""]
)


@given(st.lists(_REFUSALS, max_size=12))
def test_property_forms_run_out(refusals: list[str]) -> None:
    from sevenbot.deliver.telegram_courier import Form

    form: Form | None = Form()
    seen = set()
    for words in refusals:
        assert form not in seen
        seen.add(form)
        form = form.plainer(words) if form else None
        if form is None:
            break
    assert len(seen) <= 6
