"""
What reads the whole table of the ledger, since it has no index: half a read unit per 4 KB.

A table of a million items of 1 KB takes 125,000 units, about 2 cents; so much is asked for at once.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta

from sevenbot.state.dynamodb_conditions import IS_FINISHED, IS_UNFINISHED, bound
from sevenbot.state.dynamodb_holder import Holder
from sevenbot.state.dynamodb_items import Attribute, Attributes, attribute, to_item
from sevenbot.state.dynamodb_table import WRITES_AT_ONCE, Table
from sevenbot.state.ledger import Due, Item, Status
from sevenbot.state.transitions import HELD, free_at

TTL_GRACE = timedelta(days=3)
"""DynamoDB removes an item "within a few days" of its ttl; what is older than this shows that TTL is off."""


class Scans:
    """The ledger's questions to all items of *table*; leases of *holder*'s former run are due."""

    def __init__(self, table: Table, holder: Holder, ttl_grace: timedelta) -> None:
        self._table = table
        self._holder = holder
        self._ttl_grace = ttl_grace

    async def due(self) -> AsyncIterator[Due]:
        """See `Ledger.due`; leases of other workers are respected, those of this worker's former run are due now."""
        only = ("message_id", "chat_id", "status", "due_at", "received_at", "lease_until", "lease_token")
        async for found in self._table.scan(IS_UNFINISHED, bound(IS_UNFINISHED), only=only):
            item = to_item({"email_address": {"S": ""}, "raw_key": {"S": ""}, **found})
            if item is not None:
                is_left = item.status in HELD and self._holder.is_of_former_run(item.lease_token)
                yield Due(item.message_id, item.chat_id, item.due_at if is_left else free_at(item))

    async def find(self, wanted: tuple[str, dict[str, Attribute]], limit: int | None) -> AsyncIterator[Item]:
        """See `Ledger.find`; newest first with a limit, else in no order. For *wanted* see dynamodb_conditions.py."""
        found = self._matching(*wanted)
        if limit is None:
            async for item in found:
                yield item
            return
        newest: list[tuple[datetime, str, Item]] = []
        async for item in found:
            heapq.heappush(newest, (item.received_at, item.message_id, item))
            if len(newest) > limit:
                heapq.heappop(newest)
        for _, _, item in sorted(newest, reverse=True):
            yield item

    async def erase(self, chat_id: int) -> list[str]:
        """See `Ledger.erase`."""
        condition, values = "#chat_id = :chat_id", {":chat_id": attribute(chat_id)}
        found = [item async for item in self._table.scan(condition, values, only=("message_id",), consistent=True)]
        removed = await self._delete(found, condition, values)
        return sorted({item["raw_key"]["S"] for item in removed if "raw_key" in item})

    async def expire(self, now: datetime) -> int:
        """See `Ledger.expire`; removes only what DynamoDB itself should have removed days ago: its TTL must be off."""
        condition = f"{IS_FINISHED} AND #ttl <= :now"
        values = bound(condition, now=attribute(int((now - self._ttl_grace).timestamp())))
        expired, page = 0, []
        async for found in self._table.scan(condition, values, only=("message_id",)):
            page.append(found)
            if len(page) == WRITES_AT_ONCE:
                expired += len(await self._delete(page, condition, values))
                page = []
        return expired + len(await self._delete(page, condition, values))

    async def raw_keys_in_use(self, raw_keys: Sequence[str]) -> set[str]:
        """See `Ledger.raw_keys_in_use`; costs as much for one as for many."""
        if not raw_keys:
            return set()
        asked = set(raw_keys)
        in_use = set()
        async for found in self._table.scan(only=("raw_key",), consistent=True):
            if (raw_key := found.get("raw_key", {}).get("S")) in asked:
                in_use.add(raw_key)
        return in_use

    async def count(self) -> dict[Status, int]:
        """See `Ledger.count`; every status is there, 0 included."""
        counted = {status.value: 0 for status in Status}
        async for found in self._table.scan("attribute_exists(#status)", only=("status",)):
            if (status := found["status"].get("S")) in counted:
                counted[status] += 1
        return {Status(status): number for status, number in counted.items()}

    async def _delete(
        self, found: Sequence[Attributes], condition: str, values: Mapping[str, Attribute]
    ) -> list[Attributes]:
        removed: list[Attributes] = []
        for start in range(0, len(found), WRITES_AT_ONCE):
            some = found[start : start + WRITES_AT_ONCE]
            gone = await asyncio.gather(*(self._table.delete(one["message_id"], condition, values) for one in some))
            removed += [one for one in gone if one is not None]
        return removed

    async def _matching(self, condition: str, values: Mapping[str, Attribute]) -> AsyncIterator[Item]:
        async for found in self._table.scan(condition, values):
            item = to_item(found)
            if item is not None:
                yield item
