"""
The ledger in DynamoDB: each step of an item is one UpdateItem on single attributes under a condition.

The conditions say what transitions.py says: who loses a race learns what stands from the refused write itself, so
nothing is ever read first. How new items come in is in dynamodb_acceptance.py; what asks all items, which costs by the
size of the table, in dynamodb_scans.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sevenbot.errors import LeaseLost, StateUnavailable
from sevenbot.state import transitions
from sevenbot.state.dynamodb_acceptance import Acceptance
from sevenbot.state.dynamodb_conditions import IS_AT_REST, IS_DUE, IS_FREE, IS_OURS, as_seen, bound, item_of, wanted
from sevenbot.state.dynamodb_holder import Holder
from sevenbot.state.dynamodb_items import Attribute, Attributes, attribute, from_item, packed, size_bytes, to_item
from sevenbot.state.dynamodb_scans import TTL_GRACE, Scans
from sevenbot.state.dynamodb_table import Standing, Table
from sevenbot.state.ledger import Due, Item, Status, Verdict
from sevenbot.state.transitions import HELD, free_at, ttl_after

ID_LENGTH = 40


class DynamoLedger:
    """See `Ledger`, the port. *retention* is added to the time of each change to make `ttl`."""

    def __init__(
        self, table: Table, retention: timedelta, *, holder: Holder | None = None, ttl_grace: timedelta = TTL_GRACE
    ) -> None:
        self._table = table
        self._retention = retention
        self._holder = holder or Holder.passing()
        self._acceptance = Acceptance(table)
        self._scans = Scans(table, self._holder, ttl_grace)
        self._in_doubt: dict[str, str] = {}  # tokens of leases that were asked for without an answer, by message_id

    async def accept(self, items: Sequence[Item]) -> list[bool]:
        """See `Ledger.accept`; one unit each."""
        return await self._acceptance.all(items)

    async def accept_leased(self, item: Item, now: datetime, duration: timedelta) -> Item | None:
        """See `Ledger.accept_leased`; one write unit less than both apart. Without an answer as with `lease`."""
        held = transitions.leased(item, self._holder.new_token(), now, duration, self._retention)
        try:
            standing = await self._table.put_new(from_item(held))
        except StateUnavailable:
            self._in_doubt[item.message_id] = held.lease_token or ""
            raise
        stands = None if standing is None else item_of(standing)
        is_ours = standing is None or (stands is not None and stands.lease_token == held.lease_token)
        return held if is_ours else None  # under our own token: an earlier send of this very call took effect

    async def lease(self, message_id: str, now: datetime, duration: timedelta) -> Item:
        """
        See `Ledger.lease`; one write for an item nobody holds, a second one to take over from a dead worker.

        After a call without an answer the item may be ours: the next call asks under the same token, and so gets it.
        """
        token = self._in_doubt.pop(message_id, None) or self._holder.new_token()
        try:
            return await self._lease(message_id, token, now, duration)
        except StateUnavailable:
            self._in_doubt[message_id] = token
            raise

    async def _lease(self, message_id: str, token: str, now: datetime, duration: timedelta) -> Item:
        changes = {
            **self._marked(Status.LEASED, now),
            "lease_until": attribute(now + duration),
            "lease_token": attribute(token),
        }
        key = attribute(message_id)
        done = await self._table.update(key, changes, IS_DUE, bound(IS_DUE, now=attribute(now)), add={"attempts": 1})
        if isinstance(done, Standing) and (left := self._left_by_the_dead(done, now)):
            marked = {"possible_repeat": attribute(True)} if left.status is Status.SENDING else {}
            add = {"attempts": 1, "interruptions": 1}
            done = await self._table.update(key, changes | marked, *as_seen(left), add=add)
        if not isinstance(done, Standing):
            return _ours(done)
        item = item_of(done)
        if item is not None and item.lease_token == token:  # an earlier send of this very call took effect
            return item
        transitions.leased(item, token, now, duration, self._retention)  # says why not
        raise LeaseLost("another worker holds it", free_at=now + duration)

    async def sending(self, item: Item, summary: str, now: datetime) -> Item:
        """See `Ledger.sending`; a summary that would make the item cost a second unit is compressed."""
        size = size_bytes(from_item(replace(item, summary=None))) + len("summary") + len(summary.encode())
        changes = {**self._marked(Status.SENDING, now), "summary": packed(summary, size)}
        return await self._under_lease(item, changes)

    async def settle(self, item: Item, verdict: Verdict, now: datetime) -> Item:
        """See `Ledger.settle`; what the verdict leaves open stays as it is on record."""
        changes: dict[str, Attribute | None] = {
            **self._marked(verdict.status, now),
            "lease_until": None,
            "lease_token": None,
            "error": attribute(verdict.error) if verdict.error is not None else None,
            "failures": attribute(verdict.failures) if verdict.failures else None,
            "telegram_message_id": _maybe(verdict.telegram_message_id),
        }
        if verdict.due_at is not None:
            changes["due_at"] = attribute(verdict.due_at)
        if verdict.chat_id is not None:
            changes["chat_id"] = attribute(verdict.chat_id)
        if verdict.possible_repeat:
            changes["possible_repeat"] = attribute(True)
        if verdict.summary and verdict.summary != item.summary:
            size = size_bytes(from_item(replace(item, summary=verdict.summary)))
            changes["summary"] = packed(verdict.summary, size)
        return await self._under_lease(item, changes)

    async def reopen(self, message_id: str, now: datetime) -> Item | None:
        """See `Ledger.reopen`."""
        changes: dict[str, Attribute | None] = {
            **self._marked(Status.RETRY, now),
            "due_at": attribute(now),
            "opened_at": attribute(now),
            "failures": None,
            "interruptions": None,
        }
        done = await self._table.update(attribute(message_id), changes, IS_AT_REST, bound(IS_AT_REST))
        return _changed(done, Status.RETRY, now)

    async def discard(self, message_id: str, now: datetime) -> Item | None:
        """See `Ledger.discard`; a second write for one that was left in `sending`, to keep its mark."""
        changes: dict[str, Attribute | None] = {
            **self._marked(Status.DISCARDED, now),
            "lease_until": None,
            "lease_token": None,
        }
        key = attribute(message_id)
        done = await self._table.update(key, changes, IS_FREE, bound(IS_FREE, now=attribute(now)))
        left = item_of(done) if isinstance(done, Standing) else None
        if left is not None and left.status is Status.SENDING and free_at(left) <= now:
            done = await self._table.update(key, changes | {"possible_repeat": attribute(True)}, *as_seen(left))
        return _changed(done, Status.DISCARDED, now)

    async def get(self, message_id: str) -> Item | None:
        """See `Ledger.get`; consistent."""
        if not message_id:
            return None
        found = await self._table.get(attribute(message_id), consistent=True)
        return None if found is None else to_item(found)

    def due(self) -> AsyncIterator[Due]:
        """See `Ledger.due`; in no order, by reading the whole table slowly."""
        return self._scans.due()

    async def find(
        self,
        *,
        statuses: Sequence[Status] = (),
        chat_id: int | None = None,
        message_id_prefix: str = "",
        raw_key: str | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[Item]:
        """See `Ledger.find`; newest first with a limit, else in no order. A whole id is looked up, all else scans."""
        if len(message_id_prefix) == ID_LENGTH:
            item = await self.get(message_id_prefix)
            is_wanted = item and (not statuses or item.status in statuses) and chat_id in (None, item.chat_id)
            if item and is_wanted and raw_key in (None, item.raw_key):
                yield item
            return
        async for item in self._scans.find(wanted(statuses, chat_id, message_id_prefix, raw_key), limit):
            yield item

    async def erase(self, chat_id: int) -> list[str]:
        """See `Ledger.erase`; scans."""
        return await self._scans.erase(chat_id)

    async def expire(self, now: datetime) -> int:
        """See `Ledger.expire`; scans, and removes only what DynamoDB itself should have removed days ago."""
        return await self._scans.expire(now)

    async def raw_keys_in_use(self, raw_keys: Sequence[str]) -> set[str]:
        """See `Ledger.raw_keys_in_use`; scans, so ask for many at once."""
        return await self._scans.raw_keys_in_use(raw_keys)

    async def count(self) -> dict[Status, int]:
        """See `Ledger.count`; scans."""
        return await self._scans.count()

    def _marked(self, status: Status, now: datetime) -> dict[str, Attribute]:
        return {
            "status": attribute(status),
            "updated_at": attribute(now),
            "ttl": attribute(ttl_after(now, self._retention)),
        }

    def _left_by_the_dead(self, standing: Standing, now: datetime) -> Item | None:
        item = item_of(standing)
        if item is None or item.status not in HELD:
            return None
        return item if free_at(item) <= now or self._holder.is_of_former_run(item.lease_token) else None

    async def _under_lease(self, item: Item, changes: Mapping[str, Attribute | None]) -> Item:
        if item.lease_token is None:
            raise LeaseLost("the item was never leased")
        values = bound(IS_OURS, token=attribute(item.lease_token))
        done = await self._table.update(attribute(item.message_id), changes, IS_OURS, values)
        if not isinstance(done, Standing):
            return _ours(done)
        stands = done.attributes or {}
        if done.was_repeated and all(stands.get(name) == value for name, value in changes.items()):
            return _ours(stands)  # an earlier send of this very call took effect
        raise LeaseLost("the lease on record is another one")


def _maybe(value: int | None) -> Attribute | None:
    return None if value is None else attribute(value)


def _ours(attributes: Attributes) -> Item:
    item = to_item(attributes)
    if item is None:
        raise LeaseLost("the item is not one of SevenBot's")
    return item


def _changed(done: Attributes | Standing, status: Status, now: datetime) -> Item | None:
    if not isinstance(done, Standing):
        return to_item(done)
    item = item_of(done)
    is_ours = done.was_repeated and item is not None and (item.status, item.updated_at) == (status, now)
    return item if is_ours else None
