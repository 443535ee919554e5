"""A bot with fakes around it, and people who talk to it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from sevenbot.bot.bot import Bot
from sevenbot.deliver.botapi import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)
from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.telegram import Telegram
from sevenbot.state.ledger import Due, Item, Status
from sevenbot.state.users import User as Owner
from tests.fake_telegram import FakeTelegram
from tests.fakes import FakeLedger, FakeStore, FakeUsers

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ADDRESS = "maple-otter-k7m4qx92@example.org"
ANN = User(42, first_name="Ann", username="ann", language_code="en")
BOB = User(43, first_name="Bob", language_code="de")
STAND_IN = User(1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")
GROUP = Chat(-100, "supergroup", title="Family")


class Unhurried(Pacer):
    """Every turn comes at once: pacing has tests of its own."""

    async def turn(self, chat_id: int, *, urgent: bool, patience: float | None = None) -> float | None:
        assert urgent, "answers go before summaries"
        return None


@dataclass
class World:
    telegram: FakeTelegram = field(default_factory=FakeTelegram)
    users: FakeUsers = field(default_factory=FakeUsers)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    store: FakeStore = field(default_factory=FakeStore)
    due: list[Due] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = itertools.count(1)
        self.bot = Bot(
            telegram=cast("Telegram", self.telegram),
            pacer=Unhurried(),
            users=self.users,
            ledger=self.ledger,
            store=self.store,
            domain="example.org",
            offer_again=self.offer_again,
            clock=lambda: NOW,
            username="SevenBot",
        )

    async def offer_again(self, message_id: str) -> None:
        item = await self.ledger.reopen(message_id, NOW)
        assert item is not None
        self.due.append(Due(item.message_id, item.chat_id, item.due_at))

    def knows(self, chat_id: int = ANN.id, **changes) -> Owner:
        """Put a record into the user table."""
        facts = {"email_address": ADDRESS, "created_at": NOW, "settings": {"language": "en"}}
        record = Owner(**{"chat_id": chat_id, **facts, **changes})
        self.users.records[chat_id] = record
        return record

    async def keeps(self, raw: bytes, chat_id: int = ANN.id, message_id: str = "5f" * 20, **changes) -> str:
        """Put a delivered mail into ledger and store; return its id."""
        raw_key = await self.store.put(raw, NOW)
        facts = {
            "message_id": message_id,
            "chat_id": chat_id,
            "email_address": ADDRESS,
            "raw_key": raw_key,
            "size_bytes": len(raw),
            "received_at": NOW,
            "updated_at": NOW,
            "due_at": NOW,
            "opened_at": NOW,
            "ttl": int(NOW.timestamp()) + 1000,
            "status": Status.DELIVERED,
        }
        item = Item(**{**facts, **changes})
        self.ledger.items[message_id] = item
        return message_id

    async def write(self, text: str | None, sender: User | None = ANN, chat: Chat | None = None, **more) -> None:
        """Say *text*, in private unless a chat is given."""
        if chat is None:
            assert sender is not None, "somebody writes, or it is a chat's own message"
            chat = Chat(sender.id, username=sender.username, first_name=sender.first_name)
        number = next(self.numbers)
        message = Message(number, chat, date=1, from_user=sender, text=text, **more)
        await self.bot.handle(Update(number, message=message))

    async def press(self, data: str | None, sender: User = ANN, chat: Chat | None = None) -> list[str | None]:
        """Press a button; return the answers to it."""
        number = next(self.numbers)
        message = Message(77, chat or Chat(sender.id), date=1)
        query = CallbackQuery(f"q{number}", sender, message, data)
        await self.bot.handle(Update(number, callback_query=query))
        return self.telegram.answers[f"q{number}"]

    async def standing(self, new: str, old: str, chat: Chat | None = None, sender: User = ANN) -> None:
        """Change the bot's own standing in a chat."""
        change = ChatMemberUpdated(chat or Chat(sender.id), sender, ChatMember(new), ChatMember(old))
        await self.bot.handle(Update(next(self.numbers), my_chat_member=change))

    @property
    def said(self) -> str:
        """The last message, as a reader sees it."""
        return self.telegram.last.text
