"""
Users, items and positions from one state to another: repeatable, and compared in the end.

What the target knows already is left as it stands there, so a copy that was interrupted is completed by the next.
Nobody may work on the source meanwhile; what differs afterwards is named.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from sevenbot.errors import AddressTaken
from sevenbot.state.iso import to_iso
from sevenbot.state.ledger import Item, Ledger
from sevenbot.state.positions import Positions
from sevenbot.state.users import User, Users

T = TypeVar("T")

#: So many records are written at once.
AT_ONCE = 25

#: So many differences are named; more are only counted.
NAMED = 20


class Tables(Protocol):
    """Both tables of a state, open."""

    @property
    def users(self) -> Users:
        """Return the table of the users."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the table of the items."""
        ...

    @property
    def positions(self) -> Positions:
        """Return how far each IMAP mailbox was taken."""
        ...


@dataclass(frozen=True, slots=True)
class Copied:
    """How many records there were, and how many of them the target did not know."""

    users: int
    new_users: int
    items: int
    new_items: int


async def copy(source: Tables, target: Tables, tell: Callable[[str], None]) -> Copied:
    """
    Copy every user, every item, oldest first, and every position; *tell* hears how far it is.

    Raises:
        StateUnavailable, StorageFull: What was copied so far stays; call again.
    """
    users = new_users = items = new_items = 0
    async for page in _pages(source.users.all()):
        before = await asyncio.gather(*(target.users.get(user.chat_id) for user in page))
        unknown = [user for user, stands in zip(page, before, strict=True) if stands is None]
        await asyncio.gather(*(_register(target.users, user) for user in unknown))
        users, new_users = users + len(page), new_users + len(unknown)
        tell(f"{users:,} users")
    async for some in _pages(_oldest_first(source.ledger.find())):
        new_items += sum(await target.ledger.accept(some))
        items += len(some)
        tell(f"{items:,} mails")
    async for mailbox, position in source.positions.all():
        if await target.positions.get(mailbox) is None:
            await target.positions.set(mailbox, position)
    return Copied(users, new_users, items, new_items)


async def differences(source: Tables, target: Tables) -> list[str]:
    """Return a line for each record of *source* that *target* lacks or has otherwise; the first few of many."""
    found = [line async for line in _of_users(source, target)]
    found += [line async for line in _of_items(source, target)]
    more = [f"and {len(found) - NAMED:,} more"] if len(found) > NAMED else []
    return found[:NAMED] + more


async def _of_users(source: Tables, target: Tables) -> AsyncIterator[str]:
    there = {user.chat_id: _digest(user) async for user in target.users.all()}
    async for user in source.users.all():
        if there.get(user.chat_id) != _digest(user):
            # A reading of a whole table may be a moment behind: what seems to differ is looked at once more.
            stands = await target.users.get(user.chat_id)
            if stands != user:
                yield f"user {user.chat_id}: {_how(stands)}"


async def _of_items(source: Tables, target: Tables) -> AsyncIterator[str]:
    there = {item.message_id: _digest(item) async for item in target.ledger.find()}
    async for item in source.ledger.find():
        if there.get(item.message_id) != _digest(item):
            stands = await target.ledger.get(item.message_id)
            if stands != item:
                yield f"mail {item.message_id}: {_how(stands)}"


def _how(stands: User | Item | None) -> str:
    return "not there" if stands is None else "stands there otherwise"


def _digest(record: User | Item) -> bytes:
    return hashlib.blake2b(repr(record).encode(), digest_size=16).digest()


async def _register(users: Users, user: User) -> None:
    try:
        await users.register(user)
    except AddressTaken:
        return  # another chat has it there; the comparison in the end names this one


async def _oldest_first(items: AsyncIterator[Item]) -> AsyncIterator[Item]:
    """
    Yield them as they came, so that the newest is the last where a table remembers that.

    A temporary file that nobody else can open sorts them (SQLite, "Temporary databases"), so that many take no memory.
    """
    with contextlib.closing(sqlite3.connect("")) as scratch:
        scratch.execute("CREATE TABLE found (received_at TEXT, item BLOB)")
        async for item in items:
            found = (to_iso(item.received_at), msgspec.msgpack.encode(item))
            scratch.execute("INSERT INTO found VALUES (?, ?)", found)
        for (packed,) in scratch.execute("SELECT item FROM found ORDER BY received_at"):
            yield msgspec.msgpack.decode(packed, type=Item)


async def _pages(records: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    page: list[T] = []
    async for record in records:
        page.append(record)
        if len(page) == AT_ONCE:
            yield page
            page = []
    if page:
        yield page
