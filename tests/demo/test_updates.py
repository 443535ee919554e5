from __future__ import annotations

import asyncio

from aiohttp import web

from .conftest import CHAT, Telegram


async def test_long_poll_ends_as_soon_as_somebody_writes(telegram: Telegram) -> None:
    poll = asyncio.create_task(telegram.call("getUpdates", timeout=50))
    while telegram.simulator.updates.is_waiting is False:
        await asyncio.sleep(0)

    await telegram.control("updates", {"text": "/start register"})

    message = (await poll)["result"][0]["message"]
    assert message["text"] == "/start register"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "en"


async def test_updates_stay_until_an_offset_confirms_them(telegram: Telegram) -> None:
    for text in ("one", "two"):
        await telegram.control("updates", {"text": text})
    first = (await telegram.call("getUpdates", limit=1))["result"]

    again = (await telegram.call("getUpdates"))["result"]
    rest = (await telegram.call("getUpdates", offset=first[0]["update_id"] + 1))["result"]

    assert [len(first), len(again), len(rest)] == [1, 2, 1]


async def test_negative_offset_keeps_only_the_last(telegram: Telegram) -> None:
    for text in ("one", "two", "three"):
        await telegram.control("updates", {"text": text})

    updates = (await telegram.call("getUpdates", offset=-1))["result"]

    assert [update["message"]["text"] for update in updates] == ["three"]


async def test_second_poll_ends_the_first_with_409(telegram: Telegram) -> None:
    first = asyncio.create_task(telegram.call("getUpdates", timeout=50))
    while telegram.simulator.updates.is_waiting is False:
        await asyncio.sleep(0)

    await telegram.call("getUpdates", timeout=0)

    assert (await first)["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_only_the_kinds_asked_for_come(telegram: Telegram) -> None:
    await telegram.call("getUpdates", allowed_updates=["callback_query"])

    await telegram.control("updates", {"text": "x"})

    assert (await telegram.call("getUpdates"))["result"] == []


async def test_blocking_the_bot_is_told_and_refused_until_the_person_writes_again(telegram: Telegram) -> None:
    await telegram.control("updates", {"text": "/start"})
    await telegram.control("block", {"is_blocked": True})

    reason = await telegram.refusal("sendMessage", chat_id=CHAT, text="x")
    await telegram.control("updates", {"text": "/start"})

    assert reason == "Forbidden: bot was blocked by the user"
    assert (await telegram.call("sendMessage", chat_id=CHAT, text="x"))["ok"]
    kinds = [
        next(key for key in update if key != "update_id") for update in (await telegram.call("getUpdates"))["result"]
    ]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_webhook_gets_each_update_with_the_secret_and_again_after_a_failure(
    telegram: Telegram, unused_tcp_port: int
) -> None:
    calls: list[tuple[str | None, str]] = []
    done = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        calls.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"]))
        if len(calls) == 3:
            done.set()
        return web.Response(status=500 if len(calls) == 1 else 200)

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()

    await telegram.call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/hook", secret_token="S-1")
    for text in ("one", "two"):
        await telegram.control("updates", {"text": text})
    await asyncio.wait_for(done.wait(), 5)

    assert calls == [("S-1", "one"), ("S-1", "one"), ("S-1", "two")]
    info = (await telegram.call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    await runner.cleanup()


async def test_polling_is_refused_while_a_webhook_is_set(telegram: Telegram) -> None:
    await telegram.call("setWebhook", url="https://bot.example/hook")

    reason = await telegram.refusal("getUpdates")

    assert reason.startswith("Conflict: can't use getUpdates method while webhook is active")
    await telegram.call("deleteWebhook")
    assert (await telegram.call("getUpdates"))["ok"]


async def test_webhook_needs_https(telegram: Telegram) -> None:
    reason = await telegram.refusal("setWebhook", url="http://bot.example/hook")

    assert reason == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
