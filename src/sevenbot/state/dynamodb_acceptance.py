"""
New items in the ledger: all that one transmission brings, or none.

    alone       a conditional put; who finds the key taken marks the item as known (`repeated`) before saying so
    together    puts side by side; when one fails, the others are removed again, but not those that are known
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sevenbot.errors import StateUnavailable
from sevenbot.state.dynamodb_conditions import bound, item_of
from sevenbot.state.dynamodb_items import attribute, from_item
from sevenbot.state.dynamodb_table import WRITES_AT_ONCE, Standing, Table
from sevenbot.state.ledger import Item, Status


class Acceptance:
    """Puts new items into *table*."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def all(self, items: Sequence[Item]) -> list[bool]:
        """
        See `Ledger.accept`: a conditional put for each, many at a time.

        A transaction would cost twice as much. So when one fails, those that were recorded are removed again, unless
        somebody was told meanwhile that they are known; should that not be certain, the error has `maybe_done`.
        """
        firsts = list({item.message_id: item for item in reversed(items)}.values())
        new: list[Item] = []
        for start in range(0, len(firsts), WRITES_AT_ONCE):
            some = firsts[start : start + WRITES_AT_ONCE]
            results = await asyncio.gather(*(self._put(item) for item in some), return_exceptions=True)
            new += [item for item, result in zip(some, results, strict=True) if result is True]
            failures = [result for result in results if isinstance(result, BaseException)]
            if failures:
                unsure = [item for item, result in zip(some, results, strict=True) if _may_be_done(result)]
                raise await self._taken_back(new, unsure, failures[0])
        left = {item.message_id for item in new}
        are_new = []
        for item in items:
            are_new.append(item.message_id in left)
            left.discard(item.message_id)
        return are_new

    async def _taken_back(
        self, recorded: Sequence[Item], unsure: Sequence[Item], failure: BaseException
    ) -> BaseException:
        """Remove what was recorded, as far as nobody works on it yet, and return the failure to raise."""
        undone = await asyncio.gather(*(self._remove(item) for item in [*recorded, *unsure]), return_exceptions=True)
        if not isinstance(failure, StateUnavailable):
            return failure
        maybe_done = bool(unsure) or any(result is not True for result in undone)
        told = StateUnavailable(str(failure), maybe_done=maybe_done)
        told.__cause__ = failure
        return told

    async def _remove(self, item: Item) -> bool:
        condition = "#raw_key = :raw_key AND #status = :received AND attribute_not_exists(#repeated)"
        values = bound(condition, raw_key=attribute(item.raw_key))
        return await self._table.delete(attribute(item.message_id), condition, values) is not None

    async def _put(self, item: Item) -> bool:
        for _ in range(5):
            standing = await self._table.put_new(from_item(item))
            if standing is None:
                return True
            if standing.attributes is None:
                continue  # it went meanwhile
            stands = item_of(standing)
            if standing.was_repeated and stands is not None and stands.raw_key == item.raw_key:
                return True  # under our own raw key: an earlier send of this very call took effect
            if stands is None or stands.status is not Status.RECEIVED or await self._stays(stands):
                return False
        raise StateUnavailable("dynamodb: the item came and went again and again")

    async def _stays(self, item: Item) -> bool:
        """Say whether a new item is on record for good: who put it removes it no more, even if its own call fails."""
        values = {":raw_key": attribute(item.raw_key)}
        changes = {"repeated": attribute(True)}
        done = await self._table.update(attribute(item.message_id), changes, "#raw_key = :raw_key", values)
        return not isinstance(done, Standing)


def _may_be_done(result: object) -> bool:
    return isinstance(result, StateUnavailable) and result.maybe_done
