"""
The ledger in DynamoDB: each step of an item is one UpdateItem on single attributes under a condition.

The conditions say what transitions.py says: who loses a race learns what stands from the refused write itself, so
nothing is ever read first. The table has no index: `due`, `find`, `count`, `erase`, `expire` and `raw_keys_in_use` read
all of it, half a read unit per 4 KB (a table of a million items of 1 KB: 125,000 units, about 2 cents).
"""

from __future__ import annotations

import asyncio
import heapq
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sevenbot.errors import LeaseLost, StateUnavailable
from sevenbot.state import transitions
from sevenbot.state.dynamodb_items import Attribute, Attributes, attribute, from_item, packed, size_bytes, to_item
from sevenbot.state.dynamodb_table import Standing, Table
from sevenbot.state.ledger import UNFINISHED, Due, Item, Status, Verdict
from sevenbot.state.transitions import HELD, free_at, ttl_after

TTL_GRACE = timedelta(days=3)
"""DynamoDB removes an item "within a few days" of its ttl; what is older than this shows that TTL is off."""

WRITES_AT_ONCE = 64
"""Writes on their way together; the threads behind them are fewer, and each write's patience counts from here."""

ID_LENGTH = 40

_STATUSES: dict[str, Attribute] = {f":{status.value}": attribute(status) for status in Status}
_UNFINISHED = f"#status IN ({', '.join(f':{status.value}' for status in Status if status in UNFINISHED)})"
_FINISHED = "#status IN (:delivered, :dead, :discarded)"
_IS_DUE = "#status IN (:received, :retry) AND #due_at <= :now"
_IS_OURS = "#lease_token = :token AND #status IN (:leased, :sending)"
_AS_SEEN = "#lease_token = :token AND #status = :seen"
_AS_SEEN_UNNAMED = "attribute_not_exists(#lease_token) AND #status = :seen"
_FREE = "#status IN (:received, :retry, :dead, :discarded) OR (#status = :leased AND #lease_until <= :now)"


@dataclass(frozen=True, slots=True)
class Holder:
    """
    Whose leases are whose: a token begins with the name of its worker, then of its run.

    So a worker that comes up again knows the leases of its own former run, which is dead, and need not wait for them;
    those of others it respects.
    """

    worker: str  # 8 hex digits, kept across runs
    run: str  # 8 hex digits, new in each

    @classmethod
    def passing(cls) -> Holder:
        """Return one that has no former run."""
        return cls(secrets.token_hex(4), secrets.token_hex(4))

    def new_token(self) -> str:
        """Return a token for one lease."""
        return self.worker + self.run + secrets.token_hex(4)

    def is_of_former_run(self, token: str | None) -> bool:
        """Say whether the lease is one our dead predecessor held."""
        return token is not None and token.startswith(self.worker) and not token.startswith(self.worker + self.run)


class DynamoLedger:
    """See `Ledger`, the port. *retention* is added to the time of each change to make `ttl`."""

    def __init__(
        self, table: Table, retention: timedelta, *, holder: Holder | None = None, ttl_grace: timedelta = TTL_GRACE
    ) -> None:
        self._table = table
        self._retention = retention
        self._holder = holder or Holder.passing()
        self._ttl_grace = ttl_grace
        self._in_doubt: dict[str, str] = {}  # tokens of leases that were asked for without an answer, by message_id

    async def accept(self, items: Sequence[Item]) -> list[bool]:
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

    async def accept_leased(self, item: Item, now: datetime, duration: timedelta) -> Item | None:
        """See `Ledger.accept_leased`; one write unit less than both apart. Without an answer as with `lease`."""
        held = transitions.leased(item, self._holder.new_token(), now, duration, self._retention)
        try:
            standing = await self._table.put_new(from_item(held))
        except StateUnavailable:
            self._in_doubt[item.message_id] = held.lease_token or ""
            raise
        stands = None if standing is None else _item_of(standing)
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
        done = await self._table.update(key, changes, _IS_DUE, _bound(_IS_DUE, now=attribute(now)), add={"attempts": 1})
        if isinstance(done, Standing) and (left := self._left_by_the_dead(done, now)):
            marked = {"possible_repeat": attribute(True)} if left.status is Status.SENDING else {}
            add = {"attempts": 1, "interruptions": 1}
            done = await self._table.update(key, changes | marked, *_as_seen(left), add=add)
        if not isinstance(done, Standing):
            return _ours(done)
        item = _item_of(done)
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
        condition = "#status IN (:dead, :discarded)"
        changes: dict[str, Attribute | None] = {
            **self._marked(Status.RETRY, now),
            "due_at": attribute(now),
            "opened_at": attribute(now),
            "failures": None,
            "interruptions": None,
        }
        done = await self._table.update(attribute(message_id), changes, condition, _bound(condition))
        return _changed(done, Status.RETRY, now)

    async def discard(self, message_id: str, now: datetime) -> Item | None:
        """See `Ledger.discard`; a second write for one that was left in `sending`, to keep its mark."""
        changes: dict[str, Attribute | None] = {
            **self._marked(Status.DISCARDED, now),
            "lease_until": None,
            "lease_token": None,
        }
        key = attribute(message_id)
        done = await self._table.update(key, changes, _FREE, _bound(_FREE, now=attribute(now)))
        left = _item_of(done) if isinstance(done, Standing) else None
        if left is not None and left.status is Status.SENDING and free_at(left) <= now:
            done = await self._table.update(key, changes | {"possible_repeat": attribute(True)}, *_as_seen(left))
        return _changed(done, Status.DISCARDED, now)

    async def get(self, message_id: str) -> Item | None:
        """See `Ledger.get`; consistent."""
        if not message_id:
            return None
        found = await self._table.get(attribute(message_id), consistent=True)
        return None if found is None else to_item(found)

    async def due(self) -> AsyncIterator[Due]:
        """
        See `Ledger.due`; in no order, by reading the whole table slowly (its cost: see the module).

        Leases of other workers are respected; those of this worker's former run are due now.
        """
        only = ("message_id", "chat_id", "status", "due_at", "received_at", "lease_until", "lease_token")
        async for found in self._table.scan(_UNFINISHED, _bound(_UNFINISHED), only=only):
            item = to_item({"email_address": {"S": ""}, "raw_key": {"S": ""}, **found})
            if item is not None:
                is_left = item.status in HELD and self._holder.is_of_former_run(item.lease_token)
                yield Due(item.message_id, item.chat_id, item.due_at if is_left else free_at(item))

    async def find(
        self,
        *,
        statuses: Sequence[Status] = (),
        chat_id: int | None = None,
        message_id_prefix: str = "",
        limit: int | None = None,
    ) -> AsyncIterator[Item]:
        """See `Ledger.find`; newest first with a limit, else in no order. A whole id is looked up, all else scans."""
        found = self._find(statuses, chat_id, message_id_prefix)
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
        condition = f"{_FINISHED} AND #ttl <= :now"
        values = _bound(condition, now=attribute(int((now - self._ttl_grace).timestamp())))
        expired, page = 0, []
        async for found in self._table.scan(condition, values, only=("message_id",)):
            page.append(found)
            if len(page) == WRITES_AT_ONCE:
                expired += len(await self._delete(page, condition, values))
                page = []
        return expired + len(await self._delete(page, condition, values))

    async def raw_keys_in_use(self, raw_keys: Sequence[str]) -> set[str]:
        """See `Ledger.raw_keys_in_use`; reads the whole table however few are asked for, so ask for many at once."""
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

    def _marked(self, status: Status, now: datetime) -> dict[str, Attribute]:
        return {
            "status": attribute(status),
            "updated_at": attribute(now),
            "ttl": attribute(ttl_after(now, self._retention)),
        }

    def _left_by_the_dead(self, standing: Standing, now: datetime) -> Item | None:
        item = _item_of(standing)
        if item is None or item.status not in HELD:
            return None
        return item if free_at(item) <= now or self._holder.is_of_former_run(item.lease_token) else None

    async def _under_lease(self, item: Item, changes: Mapping[str, Attribute | None]) -> Item:
        if item.lease_token is None:
            raise LeaseLost("the item was never leased")
        values = _bound(_IS_OURS, token=attribute(item.lease_token))
        done = await self._table.update(attribute(item.message_id), changes, _IS_OURS, values)
        if not isinstance(done, Standing):
            return _ours(done)
        stands = done.attributes or {}
        if done.was_repeated and all(stands.get(name) == value for name, value in changes.items()):
            return _ours(stands)  # an earlier send of this very call took effect
        raise LeaseLost("the lease on record is another one")

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
        values = _bound(condition, raw_key=attribute(item.raw_key))
        return await self._table.delete(attribute(item.message_id), condition, values) is not None

    async def _put(self, item: Item) -> bool:
        for _ in range(5):
            standing = await self._table.put_new(from_item(item))
            if standing is None:
                return True
            if standing.attributes is None:
                continue  # it went meanwhile
            stands = _item_of(standing)
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

    async def _delete(
        self, found: Sequence[Attributes], condition: str, values: Mapping[str, Attribute]
    ) -> list[Attributes]:
        removed: list[Attributes] = []
        for start in range(0, len(found), WRITES_AT_ONCE):
            some = found[start : start + WRITES_AT_ONCE]
            gone = await asyncio.gather(*(self._table.delete(one["message_id"], condition, values) for one in some))
            removed += [one for one in gone if one is not None]
        return removed

    async def _find(self, statuses: Sequence[Status], chat_id: int | None, prefix: str) -> AsyncIterator[Item]:
        if len(prefix) == ID_LENGTH:
            item = await self.get(prefix)
            if item and (not statuses or item.status in statuses) and chat_id in (None, item.chat_id):
                yield item
            return
        condition, values = _conditions(statuses, chat_id, prefix)
        async for found in self._table.scan(condition, values):
            item = to_item(found)
            if item is not None:
                yield item


def _bound(condition: str, **values: Attribute) -> dict[str, Attribute]:
    """Return the condition's values: the statuses it names, and *values*; DynamoDB refuses any it does not use."""
    words = set(condition.replace("(", " ").replace(")", " ").replace(",", " ").split())
    return {f":{name}": value for name, value in values.items()} | {
        name: value for name, value in _STATUSES.items() if name in words
    }


def _as_seen(left: Item) -> tuple[str, dict[str, Attribute]]:
    """Return the condition that nobody took the item meanwhile; one copied from SQLite may be held without a token."""
    seen = {":seen": attribute(left.status)}
    if left.lease_token is None:
        return _AS_SEEN_UNNAMED, seen
    return _AS_SEEN, {**seen, ":token": attribute(left.lease_token)}


def _conditions(statuses: Sequence[Status], chat_id: int | None, prefix: str) -> tuple[str, dict[str, Attribute]]:
    conditions: list[str] = []
    values: dict[str, Attribute] = {}
    if statuses:
        conditions.append(f"#status IN ({', '.join(f':{status.value}' for status in dict.fromkeys(statuses))})")
        values |= _bound(conditions[0])
    if chat_id is not None:
        conditions.append("#chat_id = :chat_id")
        values[":chat_id"] = attribute(chat_id)
    if prefix:
        conditions.append("begins_with(#message_id, :prefix)")
        values[":prefix"] = attribute(prefix)
    return " AND ".join(conditions), values


def _may_be_done(result: object) -> bool:
    return isinstance(result, StateUnavailable) and result.maybe_done


def _maybe(value: int | None) -> Attribute | None:
    return None if value is None else attribute(value)


def _item_of(standing: Standing) -> Item | None:
    return None if standing.attributes is None else to_item(standing.attributes)


def _ours(attributes: Attributes) -> Item:
    item = to_item(attributes)
    if item is None:
        raise LeaseLost("the item is not one of SevenBot's")
    return item


def _changed(done: Attributes | Standing, status: Status, now: datetime) -> Item | None:
    if not isinstance(done, Standing):
        return to_item(done)
    item = _item_of(done)
    is_ours = done.was_repeated and item is not None and (item.status, item.updated_at) == (status, now)
    return item if is_ours else None
