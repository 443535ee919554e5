"""Forget a chat: its record, its items, its raw mails."""

from __future__ import annotations

from dataclasses import dataclass

from sevenbot.spool.store import Store
from sevenbot.spool.sweep import remove_unused
from sevenbot.state.ledger import Item, Ledger
from sevenbot.state.users import User, Users


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed."""

    record: bool
    items: int
    raws: int  # a mail that another chat got too keeps its bytes


async def erase(users: Users, ledger: Ledger, store: Store, chat_id: int) -> Erased:
    """
    Remove all that is kept of a chat, mails under its former ids (before a group became a supergroup) included.

    The record goes first: from then on the address takes no mail, and a worker drops what it holds. Should the process
    die half-way, the same call removes the rest. A mail that is coming in at this very moment is dropped unread by the
    worker; its bytes go when the retention is over.

    Raises:
        StateUnavailable, StoreUnavailable: What was removed so far stays removed; call again.
    """
    items = await items_of(users, ledger, chat_id)
    record = await users.erase(chat_id)
    raw_keys = {item.raw_key for item in items}
    for former_id in {chat_id, *(item.chat_id for item in items)}:
        raw_keys.update(await ledger.erase(former_id))
    raws = await remove_unused(ledger, store, sorted(raw_keys))
    return Erased(record, len(items), raws)


async def items_of(users: Users, ledger: Ledger, chat_id: int) -> list[Item]:
    """Return the chat's items, newest first; with a record, also those its address got under a former chat id."""
    user = await users.get(chat_id)
    if user is None:
        return [item async for item in ledger.find(chat_id=chat_id)]
    return [item async for item in ledger.find() if is_of(item, user)]


def is_of(item: Item, user: User) -> bool:
    """Say whether the item is the user's; an address belongs to one chat for good."""
    return item.chat_id == user.chat_id or item.email_address == user.email_address
