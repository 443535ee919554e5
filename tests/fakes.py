"""
Fakes of the state and spool ports: in memory, faithful (the contract tests run over them too).

`error`, once set, is raised by every call until it is None again, and nothing changes: a disk that is full, a database
that does not answer.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sevenbot.envelope import Envelope
from sevenbot.errors import AddressTaken, RawGone, SevenBotError, Transient
from sevenbot.state import transitions
from sevenbot.state.ledger import Due, Item, Status, Verdict
from sevenbot.state.positions import Position
from sevenbot.state.users import User, UserStatus

RETENTION = timedelta(days=30)


class Failing:
    """What all fakes share: a switch that makes every call fail."""

    def __init__(self) -> None:
        self.error: SevenBotError | None = None

    def _answer(self) -> None:
        if self.error is not None:
            raise self.error


class FakeUsers(Failing):
    """The user table as a dict by chat id."""

    def __init__(self, *users: User) -> None:
        super().__init__()
        self.records = {user.chat_id: user for user in users}

    async def register(self, user: User) -> User:
        self._answer()
        if user.chat_id not in self.records:
            if any(other.email_address == user.email_address for other in self.records.values()):
                raise AddressTaken("another chat has this address")
            self.records[user.chat_id] = user
        return self.records[user.chat_id]

    async def get(self, chat_id: int) -> User | None:
        self._answer()
        return self.records.get(chat_id)

    async def glance(self, chat_id: int) -> User | None:
        return await self.get(chat_id)

    async def find_by_address(self, email_address: str) -> User | None:
        self._answer()
        return next((user for user in self.records.values() if user.email_address == email_address), None)

    async def set_status(self, chat_id: int, status: UserStatus) -> User | None:
        self._change(chat_id, lambda user: replace(user, status=status))
        return self.records.get(chat_id)

    async def set_settings(self, chat_id: int, settings: dict[str, str]) -> None:
        self._change(chat_id, lambda user: replace(user, settings={**user.settings, **settings}))

    async def count_delivery(self, chat_id: int, at: datetime) -> None:
        self._change(chat_id, lambda user: replace(user, email_count=user.email_count + 1, last_summary_time=at))

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        self._answer()
        if chat_id in self.records and new_chat_id not in self.records:
            self.records[new_chat_id] = replace(self.records.pop(chat_id), chat_id=new_chat_id)

    async def erase(self, chat_id: int) -> bool:
        self._answer()
        return self.records.pop(chat_id, None) is not None

    async def all(self) -> AsyncIterator[User]:
        self._answer()
        for user in sorted(self.records.values(), key=lambda user: (user.created_at, user.chat_id)):
            yield user

    def _change(self, chat_id: int, change: Callable[[User], User]) -> None:
        self._answer()
        if chat_id in self.records:
            self.records[chat_id] = change(self.records[chat_id])


class FakeLedger(Failing):
    """The item table as a dict by message id, in order of arrival."""

    def __init__(self, *items: Item, retention: timedelta = RETENTION) -> None:
        super().__init__()
        self.items = {item.message_id: item for item in items}
        self._retention = retention

    async def accept(self, items: Sequence[Item]) -> list[bool]:
        self._answer()
        are_new = []
        for item in items:
            are_new.append(item.message_id not in self.items)
            self.items.setdefault(item.message_id, item)
        return are_new

    async def accept_leased(self, item: Item, now: datetime, duration: timedelta) -> Item | None:
        self._answer()
        if item.message_id in self.items:
            return None
        return self._put(transitions.leased(item, secrets.token_hex(8), now, duration, self._retention))

    async def lease(self, message_id: str, now: datetime, duration: timedelta) -> Item:
        self._answer()
        token = secrets.token_hex(8)
        return self._put(transitions.leased(self.items.get(message_id), token, now, duration, self._retention))

    async def sending(self, item: Item, summary: str, now: datetime) -> Item:
        self._answer()
        stands = self.items.get(item.message_id)
        return self._put(transitions.sending(stands, item.lease_token, summary, now, self._retention))

    async def settle(self, item: Item, verdict: Verdict, now: datetime) -> Item:
        self._answer()
        stands = self.items.get(item.message_id)
        return self._put(transitions.settled(stands, item.lease_token, verdict, now, self._retention))

    async def due(self) -> AsyncIterator[Due]:
        self._answer()
        unfinished = [item for item in self.items.values() if item.is_unfinished]
        for item in sorted(unfinished, key=lambda item: (transitions.free_at(item), item.message_id)):
            yield Due(item.message_id, item.chat_id, transitions.free_at(item))

    async def get(self, message_id: str) -> Item | None:
        self._answer()
        return self.items.get(message_id)

    async def find(
        self,
        *,
        statuses: Sequence[Status] = (),
        chat_id: int | None = None,
        message_id_prefix: str = "",
        raw_key: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Item]:
        self._answer()
        found = [
            item
            for item in reversed(self.items.values())
            if (not statuses or item.status in statuses)
            and (chat_id is None or item.chat_id == chat_id)
            and item.message_id.startswith(message_id_prefix)
            and raw_key in (None, item.raw_key)
        ]
        for item in found[:limit]:
            yield item

    async def reopen(self, message_id: str, now: datetime) -> Item | None:
        self._answer()
        changed = transitions.reopened(self.items.get(message_id), now, self._retention)
        return changed and self._put(changed)

    async def discard(self, message_id: str, now: datetime) -> Item | None:
        self._answer()
        changed = transitions.discarded(self.items.get(message_id), now, self._retention)
        return changed and self._put(changed)

    async def erase(self, chat_id: int) -> list[str]:
        self._answer()
        erased = [item for item in self.items.values() if item.chat_id == chat_id]
        for item in erased:
            del self.items[item.message_id]
        return sorted({item.raw_key for item in erased})

    async def expire(self, now: datetime) -> int:
        self._answer()
        expired = [item for item in self.items.values() if not item.is_unfinished and item.ttl <= int(now.timestamp())]
        for item in expired:
            del self.items[item.message_id]
        return len(expired)

    async def raw_keys_in_use(self, raw_keys: Sequence[str]) -> set[str]:
        self._answer()
        return {item.raw_key for item in self.items.values()} & set(raw_keys)

    async def count(self) -> dict[Status, int]:
        self._answer()
        return {status: sum(item.status is status for item in self.items.values()) for status in Status}

    def _put(self, item: Item) -> Item:
        self.items[item.message_id] = item
        return item


class FakePositions(Failing):
    """The positions as a dict by mailbox."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, Position] = {}

    async def get(self, mailbox: str) -> Position | None:
        self._answer()
        return self.records.get(mailbox)

    async def set(self, mailbox: str, position: Position) -> None:
        self._answer()
        self.records[mailbox] = position

    async def all(self) -> AsyncIterator[tuple[str, Position]]:
        self._answer()
        for mailbox, position in self.records.items():
            yield mailbox, position


class FakeStore(Failing):
    """Raw mails in a dict by key, each with the time it was put."""

    def __init__(self) -> None:
        super().__init__()
        self.raws: dict[str, tuple[bytes, datetime]] = {}

    async def put(self, raw: bytes, now: datetime) -> str:
        self._answer()
        raw_key = f"{now.astimezone(UTC):%Y/%m/%d}/{secrets.token_hex(16)}.eml"
        self.raws[raw_key] = (raw, now)
        return raw_key

    async def put_all(self, mails: Sequence[tuple[bytes, Envelope]]) -> list[str | Transient]:
        results: list[str | Transient] = []
        for raw, envelope in mails:
            try:
                results.append(await self.put(raw, envelope.received_at))
            except Transient as exc:
                results.append(exc)
        return results

    async def get(self, raw_key: str) -> bytes:
        self._answer()
        if raw_key not in self.raws:
            raise RawGone("no such raw mail")
        return self.raws[raw_key][0]

    async def delete(self, raw_key: str) -> None:
        self._answer()
        self.raws.pop(raw_key, None)

    async def keys(self, before: datetime) -> AsyncIterator[str]:
        self._answer()
        for raw_key in sorted(key for key, (_, at) in self.raws.items() if at < before):
            yield raw_key

    async def check(self) -> None:
        self._answer()
