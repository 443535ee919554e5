"""A backlog of 3,000 mails to 300 chats against Telegram's limits, and a quiet chat beside a flood."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from bench.row import Row
from tests.journeys.machine import BotProcess, telegram, wait_until

from sevenbot.envelope import Envelope, Recipient
from sevenbot.maillog import MailLog
from sevenbot.spool.accept import Spool
from sevenbot.spool.disk import DiskStore
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import User

CHATS = 300
MAILS = 3000
FLOOD = 1000
ALLOWED_PER_SECOND = 30


def measure() -> list[Row]:
    """Fill the spool while the bot is down, start it, and look at what the simulator saw."""
    return [_backlog(), _quiet_chat()]


def _backlog() -> Row:
    with tempfile.TemporaryDirectory() as folder, telegram("--limited", "--any-chat") as simulator:
        process = BotProcess(Path(folder), simulator.url)
        asyncio.run(fill(process, dict.fromkeys(range(1, CHATS + 1), MAILS // CHATS)))
        process.start()
        try:
            wait_until(lambda: len(simulator.messages(MAILS - 1)) == 1, 200, "all messages")
        finally:
            process.kill()
        messages = simulator.messages()
        refused = sum(
            count for call, count in simulator.call("/_control/calls")["counts"].items() if call.endswith(" 429")
        )
    rate = (len(messages) - 1) / (messages[-1]["at"] - messages[0]["at"])
    return Row(
        f"backlog of {MAILS} mails to {CHATS} chats",
        f"{rate:.1f} messages/s, {refused} answers 429",
        f"limit {ALLOWED_PER_SECOND}/s",
        f"{rate / ALLOWED_PER_SECOND:.2f}",
        "29/s, no 429",
        "",
    )


def _quiet_chat() -> Row:
    quiet = 2
    with tempfile.TemporaryDirectory() as folder, telegram("--limited", "--any-chat") as simulator:
        process = BotProcess(Path(folder), simulator.url)
        addresses = asyncio.run(fill(process, {1: FLOOD, quiet: 0}))
        process.start()
        try:
            wait_until(lambda: len(simulator.messages()) > 5, 30, "the flood under way")
            delays = [_one(process, simulator, addresses[quiet], quiet, n) for n in range(5)]
        finally:
            process.kill()
    worst = max(delays)
    return Row(
        f"a quiet chat's mail beside a flood of {FLOOD}",
        f"{worst * 1000:.0f} ms (worst of {len(delays)})",
        "limit 2 s",
        f"{worst / 2:.2f}",
        "2 s or less",
        "",
    )


def _one(process: BotProcess, simulator: Any, address: str, chat_id: int, number: int) -> float:
    subject = f"Quiet {number}"
    process.send(address, subject)
    sent_at = time.time()
    message = simulator.wait_for(subject, 30)
    if message["chat_id"] != chat_id:
        raise RuntimeError("it went to the wrong chat")
    time.sleep(1.2)
    return float(max(0.0, message["at"] - sent_at))


async def fill(process: BotProcess, mails: dict[int, int]) -> dict[int, str]:
    """Register chats and accept so many mails for each, in the folder of a bot that is not running."""
    data = Path(process.environ["SEVENBOT_DATA_DIR"])
    now = datetime.now(UTC)
    retention = timedelta(days=30)
    addresses = {chat_id: f"chat-number-{chat_id:08d}@{process.environ['SEVENBOT_DOMAIN']}" for chat_id in mails}
    async with (
        SqliteState.open(data / "sevenbot.db", retention=retention, exclusive=True) as state,
        DiskStore(data / "spool") as store,
    ):
        spool = Spool(state.ledger, store, MailLog(), retention=retention, on_accepted=lambda _due: None)
        for chat_id, address in addresses.items():
            await state.users.register(User(chat_id, address, now))
        for number in range(max(mails.values())):
            waiting = [chat_id for chat_id, count in mails.items() if number < count]
            await asyncio.gather(*(_accept(spool, chat_id, addresses[chat_id], number, now) for chat_id in waiting))
    return addresses


async def _accept(spool: Spool, chat_id: int, address: str, number: int, now: datetime) -> None:
    await spool.accept(_mail(chat_id, number), Envelope("", (Recipient(chat_id, address),), now, "bench"))


def _mail(chat_id: int, number: int) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Bob <bob@example.net>"
    mail["Subject"] = f"Mail {number} for {chat_id}"
    mail["Message-ID"] = f"<{number}.{chat_id}@example.net>"
    mail.set_content("Please send the signed contract by 12 November 2026. The fee is 1.250,00 EUR.\n")
    return bytes(mail)
