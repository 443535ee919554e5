"""
The users in DynamoDB, found by address through the index `email-address-index`.

**Fresh enough.** The door asks for every recipient, the worker for every mail; both may see what is a few seconds old,
so records are remembered for half a minute (dynamodb_memory.py). What this process changes itself it remembers as
changed, since the index is a moment behind the table. A miss is looked at twice before it is believed.

**One address, one chat.** The key is the chat, so no condition can guard the address. With more than 60 random bits
in it, nobody else has it by chance; a look before and one after registering catch the rest (a restored table, a broken
random source), and within one process registrations of one address wait for each other.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sevenbot.aws.client import Refused
from sevenbot.errors import AddressTaken, StateUnavailable
from sevenbot.state.dynamodb_items import Attributes, attribute, from_user, to_user
from sevenbot.state.dynamodb_memory import Memory
from sevenbot.state.dynamodb_table import Standing, Table
from sevenbot.state.users import User, UserStatus

logger = logging.getLogger(__name__)

INDEX = "email-address-index"

SECOND_LOOK = timedelta(milliseconds=300)
"""Before a miss is believed; the index follows the table "within a fraction of a second" (developer guide, 2026-11)."""

SCANNED = timedelta(seconds=60)
"""Without the index: how long a reading of the whole table serves."""

RESCAN = timedelta(seconds=10)
"""Without the index: an address that is not known makes the table be read again, but not more often than this."""

_KNOWN = "attribute_exists(#chat_id)"
_NOT_COUNTED = f"{_KNOWN} AND (attribute_not_exists(#last_summary_time) OR #last_summary_time <> :last_summary_time)"


class DynamoUsers:
    """See `Users`, the port; *monotonic* and *sleep* are a test's to give."""

    def __init__(
        self,
        table: Table,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._table = table
        self._clock = monotonic
        self._sleep = sleep
        self._memory = Memory(monotonic)
        self._registering: dict[str, asyncio.Lock] = {}
        self._scan = asyncio.Lock()
        self._scanned_at = float("-inf")
        self._scanned: dict[str, int] = {}
        self._has_index = True

    async def register(self, user: User) -> User:
        """See `Users.register`; attributes that others put on the chat's record stay."""
        async with self._alone(user.email_address):
            if await self._owners(user.email_address) - {user.chat_id}:
                standing = await self.get(user.chat_id)
                if standing is not None:
                    return standing
                raise AddressTaken("another chat has this address")
            registered = await self._create(user)
            if registered.email_address == user.email_address and await self._lost(registered):
                raise AddressTaken("another chat took this address at the same moment")
            self._memory.keep(registered)
            return registered

    async def get(self, chat_id: int) -> User | None:
        """See `Users.get`; consistent, as a user would notice an old answer."""
        found = await self._table.get(attribute(chat_id), consistent=True)
        return self._learn(chat_id, found)

    async def glance(self, chat_id: int) -> User | None:
        """See `Users.glance`."""
        return self._memory.by_chat(chat_id) or await self._glance(chat_id)

    async def find_by_address(self, email_address: str) -> User | None:
        """See `Users.find_by_address`; may be half a minute old, a miss two seconds."""
        seen = self._memory.by_address(email_address)
        if seen is not None or self._memory.is_missed(email_address):
            return seen
        found = await self._look(email_address)
        if found is None and self._has_index:
            await self._sleep(SECOND_LOOK.total_seconds())
            found = self._memory.by_address(email_address) or await self._look(email_address)
        if found is None:
            self._memory.miss(email_address)
        return found

    async def set_status(self, chat_id: int, status: UserStatus) -> User | None:
        """See `Users.set_status`."""
        done = await self._table.update(attribute(chat_id), {"status": attribute(status)}, _KNOWN)
        return self._learn(chat_id, None if isinstance(done, Standing) else done)

    async def set_settings(self, chat_id: int, settings: dict[str, str]) -> None:
        """See `Users.set_settings`; each setting is an attribute of its own in the map."""
        if not settings:
            return
        names = {f"#s{number}": name for number, name in enumerate(settings)}
        values = {f":s{number}": attribute(value) for number, value in enumerate(settings.values())}
        expression = "SET " + ", ".join(f"#settings.#s{number} = :s{number}" for number in range(len(settings)))
        has_map = f"{_KNOWN} AND attribute_exists(#settings)"
        whole = {"settings": attribute(settings)}
        done: Attributes | Standing
        for _ in range(2):  # whoever makes the map, it is there the second time
            done = await self._table.update_with(attribute(chat_id), expression, has_map, values, names)
            if isinstance(done, Standing) and done.attributes is not None:
                done = await self._table.update(
                    attribute(chat_id), whole, f"{_KNOWN} AND attribute_not_exists(#settings)"
                )
            if not isinstance(done, Standing) or done.attributes is None:
                break
        self._learn(chat_id, None if isinstance(done, Standing) else done)

    async def count_delivery(self, chat_id: int, at: datetime) -> None:
        """
        See `Users.count_delivery`.

        When an answer got lost the SDK calls again, so a delivery at the moment of the last one counts only if it
        cannot be this very one. It counts twice when another one was counted in between.
        """
        key, changes, add = attribute(chat_id), {"last_summary_time": attribute(at)}, {"email_count": 1}
        done = await self._table.update(key, changes, _NOT_COUNTED, add=add)
        if isinstance(done, Standing) and done.attributes and not done.was_repeated:
            await self._table.update(key, changes, _KNOWN, add=add)

    async def move(self, chat_id: int, new_chat_id: int) -> None:
        """
        See `Users.move`: the record under the new id comes and the old one goes in one transaction.

        When the new chat has registered an address of its own, both records stay: mail to the old address goes on to
        the old chat's id, and is moved one by one as Telegram says so.
        """
        for _ in range(5):  # a delivery counted meanwhile makes the old record another one
            old = await self._table.get(attribute(chat_id), consistent=True)
            if old is None:
                return
            reasons = await self._table.transact(_move(old, new_chat_id))
            if not reasons:
                self._memory.forget(chat_id)
                self._learn(new_chat_id, {**old, "chat_id": attribute(new_chat_id)})
                return
            if reasons[0] == "ConditionalCheckFailed":
                return
        raise StateUnavailable("dynamodb: the record changed again and again while it was moved")

    async def erase(self, chat_id: int) -> bool:
        """See `Users.erase`."""
        removed = await self._table.delete(attribute(chat_id), _KNOWN)
        user = to_user(removed) if removed else None
        if user is not None:
            self._memory.forget(chat_id)
            self._memory.miss(user.email_address)  # the index knows it a moment longer
        return removed is not None

    async def all(self) -> AsyncIterator[User]:
        """See `Users.all`; in no order, by reading the whole table slowly: half a read unit per 4 KB."""
        async for found in self._table.scan():
            user = to_user(found)
            if user is not None:
                yield user

    @asynccontextmanager
    async def _alone(self, email_address: str) -> AsyncIterator[None]:
        lock = self._registering.setdefault(email_address, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._registering.pop(email_address, None)

    async def _create(self, user: User) -> User:
        """Write the record unless the chat has an address; return the one that stands."""
        changes = {name: value for name, value in from_user(user).items() if name != "chat_id"}
        done = await self._table.update(attribute(user.chat_id), changes, "attribute_not_exists(#email_address)")
        registered = to_user((done.attributes if isinstance(done, Standing) else done) or {})
        if registered is None:
            raise StateUnavailable("dynamodb: the record went while it was made")
        return registered

    async def _lost(self, user: User) -> bool:
        """Say whether an earlier record has the address too; ours is withdrawn then."""
        others = await self._owners(user.email_address) - {user.chat_id}
        if not others:
            return False
        condition = "#email_address = :email_address"
        await self._table.delete(attribute(user.chat_id), condition, {":email_address": attribute(user.email_address)})
        self._memory.forget(user.chat_id)
        return True

    async def _glance(self, chat_id: int) -> User | None:
        since = self._clock()
        found = await self._table.get(attribute(chat_id))
        user = None if found is None else to_user(found)
        return user and self._memory.keep_seen(user, since)

    async def _owners(self, email_address: str) -> set[int]:
        seen = self._memory.by_address(email_address)
        if seen is not None:
            return {seen.chat_id}
        return {user.chat_id for user in await self._look_all(email_address)}

    async def _look(self, email_address: str) -> User | None:
        since = self._clock()
        found = await self._look_all(email_address)
        first = min(found, key=lambda user: (user.created_at, user.chat_id), default=None)
        return first and self._memory.keep_seen(first, since)

    async def _look_all(self, email_address: str) -> list[User]:
        if self._has_index:
            try:
                found = await self._table.query_index(INDEX, "email_address", attribute(email_address))
            except Refused as exc:
                if "index" not in str(exc.response.get("Error", {}).get("Message", "")):
                    raise StateUnavailable(f"dynamodb: the call was refused ({exc.code})") from exc
                self._has_index = False
            else:
                return [user for user in map(to_user, found) if user is not None]
        chat_id = await self._scanned_chat(email_address)
        user = None if chat_id is None else await self._glance(chat_id)
        return [user] if user is not None and user.email_address == email_address else []

    async def _scanned_chat(self, email_address: str) -> int | None:
        """Return whose address it is by a reading of the whole table that is young enough."""
        async with self._scan:
            age = self._clock() - self._scanned_at
            chat_id = self._scanned.get(email_address)
            if age < RESCAN.total_seconds() or (chat_id is not None and age < SCANNED.total_seconds()):
                return chat_id
            is_first = not self._scanned
            only = ("chat_id", "email_address")
            self._scanned = {
                found["email_address"]["S"]: int(found["chat_id"]["N"])
                async for found in self._table.scan("attribute_exists(#email_address)", only=only)
            }
            self._scanned_at = self._clock()
            if is_first:
                logger.warning(_without_index(len(self._scanned)))
            return self._scanned.get(email_address)

    def _learn(self, chat_id: int, found: Attributes | None) -> User | None:
        user = None if found is None else to_user(found)
        if user is None:
            self._memory.forget(chat_id)
        else:
            self._memory.keep(user)
        return user


def _move(old: Attributes, new_chat_id: int) -> list[dict[str, Any]]:
    """Put the record under the new id if that is free, and remove the old one if it is still as it was read."""
    names = {f"#a{number}": name for number, name in enumerate(old) if name != "chat_id"}
    values = {f":a{placeholder[2:]}": old[name] for placeholder, name in names.items()}
    as_read = " AND ".join(f"{placeholder} = :a{placeholder[2:]}" for placeholder in names)
    return [
        {
            "Put": {
                "Item": {**old, "chat_id": attribute(new_chat_id)},
                "ConditionExpression": "attribute_not_exists(#key)",
                "ExpressionAttributeNames": {"#key": "chat_id"},
            }
        },
        {
            "Delete": {
                "Key": {"chat_id": old["chat_id"]},
                "ConditionExpression": as_read,
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": values,
            }
        },
    ]


def _without_index(users: int) -> str:
    units = max(0.5, users * 0.25 / 8)  # records of about 256 bytes, half a unit per 4 KB
    return (
        f"The table of the users has no index {INDEX}: addresses are looked up by reading all of it, "
        f"about {units:,.1f} read units each time, at most every {RESCAN.seconds} s. "
        "`sevenbot tables create` adds the index."
    )
