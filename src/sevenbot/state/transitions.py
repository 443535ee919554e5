"""
What each call does to an item, as pure functions: the same rules over every table.

An adapter reads the item, applies one of these, and writes the result back in the same transaction (or under the
condition that nobody changed it meanwhile). Whatever is written moves `updated_at` and `ttl`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sevenbot.errors import LeaseLost
from sevenbot.state.ledger import Item, Status, Verdict

HELD = frozenset({Status.LEASED, Status.SENDING})
REOPENABLE = frozenset({Status.DEAD, Status.DISCARDED})


def ttl_after(now: datetime, retention: timedelta) -> int:
    """Return the `ttl` of something that changed *now*, in epoch seconds."""
    return int((now + retention).timestamp())


def free_at(item: Item) -> datetime:
    """Return when an unfinished item may be leased: when it is due, or when its lease has run out."""
    return item.lease_until if item.status in HELD and item.lease_until else item.due_at


def leased(item: Item | None, token: str, now: datetime, duration: timedelta, retention: timedelta) -> Item:
    """Return the item under a fresh lease; raises LeaseLost when it is not to be had now."""
    if item is None:
        raise LeaseLost("no such item")
    if not item.is_unfinished:
        raise LeaseLost(f"the item is {item.status}")
    if free_at(item) > now:
        reason = "another worker holds it" if item.status in HELD else "it is not due yet"
        raise LeaseLost(reason, free_at=free_at(item))
    return replace(
        item,
        status=Status.LEASED,
        attempts=item.attempts + 1,
        interruptions=item.interruptions + (item.status in HELD),
        possible_repeat=item.possible_repeat or item.status is Status.SENDING,
        lease_until=now + duration,
        lease_token=token,
        updated_at=now,
        ttl=ttl_after(now, retention),
    )


def sending(item: Item | None, token: str | None, summary: str, now: datetime, retention: timedelta) -> Item:
    """Return the item about to leave; raises LeaseLost when *token* is not the lease on record."""
    held = _held_under(item, token)
    return replace(held, status=Status.SENDING, summary=summary, updated_at=now, ttl=ttl_after(now, retention))


def settled(item: Item | None, token: str | None, verdict: Verdict, now: datetime, retention: timedelta) -> Item:
    """
    Return the item closed, or due again; raises LeaseLost when *token* is not the lease on record.

    `possible_repeat` is never taken back: once an attempt may have reached the chat, every later one may repeat it.
    """
    held = _held_under(item, token)
    return replace(
        held,
        status=verdict.status,
        due_at=verdict.due_at or held.due_at,
        error=verdict.error,
        failures=verdict.failures,
        summary=verdict.summary or held.summary,
        telegram_message_id=verdict.telegram_message_id,
        possible_repeat=held.possible_repeat or verdict.possible_repeat,
        chat_id=held.chat_id if verdict.chat_id is None else verdict.chat_id,
        lease_until=None,
        lease_token=None,
        updated_at=now,
        ttl=ttl_after(now, retention),
    )


def reopened(item: Item | None, now: datetime, retention: timedelta) -> Item | None:
    """Return a dead or discarded item due now, its failures and interruptions forgiven; None when it is neither."""
    if item is None or item.status not in REOPENABLE:
        return None
    return replace(
        item,
        status=Status.RETRY,
        due_at=now,
        opened_at=now,
        failures=0,
        interruptions=0,
        updated_at=now,
        ttl=ttl_after(now, retention),
    )


def discarded(item: Item | None, now: datetime, retention: timedelta) -> Item | None:
    """
    Return the item discarded, or None when it is delivered, held by a worker, or unknown.

    One that was left in `sending` by a worker that died keeps the mark for the day it is reopened.
    """
    if item is None or item.status is Status.DELIVERED or (item.status in HELD and free_at(item) > now):
        return None
    return replace(
        item,
        status=Status.DISCARDED,
        possible_repeat=item.possible_repeat or item.status is Status.SENDING,
        lease_until=None,
        lease_token=None,
        updated_at=now,
        ttl=ttl_after(now, retention),
    )


def _held_under(item: Item | None, token: str | None) -> Item:
    if item is None or token is None or item.status not in HELD or item.lease_token != token:
        raise LeaseLost("the lease on record is another one")
    return item
