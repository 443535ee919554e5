"""A bot and a mail door of a few lines, so that the page can be tested without the rest of SevenBot."""

from __future__ import annotations

import asyncio
import email
import email.policy
import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiosmtpd.smtp import SMTP

from sevenbot.config import Listen
from sevenbot.demo.simulator import Simulator
from sevenbot.maillog import MailLog

ADDRESS = "maple-otter-k7m4qx92@sevenbot.example"
COMMANDS = {
    "start": "What this bot does",
    "register": "Get your private mail address",
    "status": "Your address and mails",
    "deactivate": "Pause the address",
    "help": "All commands",
}


class StandIn:
    """Answers commands, and tells each mail's subject and first lines."""

    def __init__(self, simulator: Simulator, address: str, session: aiohttp.ClientSession) -> None:
        self._base = f"{address}/bot{simulator.token}"
        self._session = session
        self.chat_id = int(simulator.person["id"])
        self._maillog = MailLog(simulator.strip.observe)
        self._count = 0

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self._session.post(f"{self._base}/{method}", json=arguments) as answer:
            body = await answer.json(content_type=None)
            return body.get("result")

    async def poll(self) -> None:
        await self.call("setMyCommands", commands=[{"command": c, "description": d} for c, d in COMMANDS.items()])
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20) or []:
                offset = update["update_id"] + 1
                await self._handle(update)

    async def _handle(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            query = update["callback_query"]
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Here is the whole text")
            await self.say("The whole text of the mail.")
        elif "message" in update:
            await self._answer(update["message"]["text"])

    async def _answer(self, text: str) -> None:
        match text.split(maxsplit=1)[0]:
            case "/start":
                await self.say("<b>Welcome!</b> Send /register and you get a private mail address.")
            case "/register":
                await self.say(f"Your address:\n<code>{ADDRESS}</code>\n\nWhatever comes there, I tell you here.")
            case _:
                await self.say(f"I did not understand <i>{html.escape(text)}</i>. See /help.")

    async def say(self, text: str, **arguments: Any) -> Any:
        return await self.call("sendMessage", chat_id=self.chat_id, text=text, parse_mode="HTML", **arguments)

    # aiosmtpd's handler

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address != ADDRESS:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._count += 1
        message_id = f"{self._count:040x}"
        size_bytes = len(envelope.content)
        self._maillog.received(size_bytes=size_bytes, via="smtp", seconds=0.0021)
        self._maillog.accepted(message_id, size_bytes=size_bytes, via="smtp", sender_domain="x.example", seconds=0.0042)
        self._maillog.parsed(message_id, seconds=0.0011, kind="personal", notes=0)
        self._maillog.summarised(message_id, seconds=0.0004, source="offline", degraded=False)
        await self._tell(envelope.content)
        self._maillog.delivered(message_id, seconds=0.0034, total_seconds=0.0112, attempts=1, possible_repeat=False)
        return "250 2.0.0 OK: kept"

    async def _tell(self, raw: bytes) -> None:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body else ""
        keyboard = [
            [{"text": "Copy 482 177", "copy_text": {"text": "482177"}}],
            [
                {"text": "Whole text", "callback_data": "t:1"},
                {"text": "Track it", "url": "https://mossandbloom.example/t"},
            ],
        ]
        await self.say(
            f"<b>{html.escape(str(message['from']))}</b>\n{html.escape(str(message['subject']))}\n\n"
            f"{html.escape(text[:300])}",
            reply_markup={"inline_keyboard": keyboard},
        )


@asynccontextmanager
async def stand_in(simulator: Simulator, address: str) -> AsyncIterator[StandIn]:
    """Run the bot and its mail door."""
    async with aiohttp.ClientSession() as session:
        bot = StandIn(simulator, address, session)
        loop = asyncio.get_running_loop()
        door = await loop.create_server(lambda: SMTP(bot, loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0)
        simulator.mail_door = Listen("127.0.0.1", door.sockets[0].getsockname()[1])
        polling = asyncio.create_task(bot.poll())
        try:
            yield bot
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
            door.close()
            await door.wait_closed()
