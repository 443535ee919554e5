"""Retention: items whose time is up go, then raw mails that no item names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from sevenbot.spool.store import Store
from sevenbot.state.ledger import Ledger

#: Raw bytes are put just before their item is recorded; an hour is far longer than that can take.
ORPHAN_AGE = timedelta(hours=1)

PAGE = 500
"""Raw mails that the ledger is asked about at once."""


async def sweep(ledger: Ledger, store: Store, now: datetime, *, page: int = PAGE) -> tuple[int, int]:
    """
    Remove expired items, then raw mails older than an hour that no item names; return how many of each.

    Mail may be taken meanwhile. A sweep that dies half-way leaves raws to the next one, never an item without its raw:
    items go first, and only finished ones expire.

    Raises:
        StateUnavailable, StoreUnavailable: What was removed so far stays removed.
    """
    items = await ledger.expire(now)
    raws = 0
    keys: list[str] = []
    async for raw_key in store.keys(now - ORPHAN_AGE):
        keys.append(raw_key)
        if len(keys) == page:
            raws += await remove_unused(ledger, store, keys)
            keys = []
    return items, raws + await remove_unused(ledger, store, keys)


async def remove_unused(ledger: Ledger, store: Store, raw_keys: Sequence[str]) -> int:
    """
    Remove those of *raw_keys* that no item names, and return how many; a mail to two chats goes with the last item.

    Raises:
        StateUnavailable, StoreUnavailable: What was removed so far stays removed.
    """
    in_use = await ledger.raw_keys_in_use(raw_keys) if raw_keys else set()
    unused = [raw_key for raw_key in raw_keys if raw_key not in in_use]
    # All at once, since removing many costs hardly more than removing one.
    results = await asyncio.gather(*map(store.delete, unused), return_exceptions=True)
    for failure in filter(None, results):
        raise failure
    return len(unused)
