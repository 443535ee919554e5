"""Retention: what goes, what stays, and mail that arrives meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sevenbot.errors import StateUnavailable
from sevenbot.spool.sweep import ORPHAN_AGE, remove_unused, sweep
from sevenbot.state.ledger import Status
from tests.fakes import RETENTION, FakeLedger, FakeStore
from tests.items import NOON, new_item

LATER = NOON + RETENTION + timedelta(days=1)


async def kept(store: FakeStore, ledger: FakeLedger, number: int, status: Status) -> str:
    raw_key = await store.put(b"x", NOON)
    await ledger.accept([new_item(number, raw_key=raw_key, status=status)])
    return raw_key


async def test_finished_mails_go_with_their_bytes_when_retention_is_over() -> None:
    store, ledger = FakeStore(), FakeLedger()
    for number, status in enumerate((Status.DELIVERED, Status.DEAD, Status.DISCARDED)):
        await kept(store, ledger, number, status)

    assert await sweep(ledger, store, LATER) == (3, 3)
    assert not ledger.items
    assert not store.raws


async def test_unfinished_mails_stay_with_their_bytes_however_old() -> None:
    store, ledger = FakeStore(), FakeLedger()
    unfinished = (Status.RECEIVED, Status.LEASED, Status.SENDING, Status.RETRY)
    keys = [await kept(store, ledger, number, status) for number, status in enumerate(unfinished)]

    assert await sweep(ledger, store, LATER) == (0, 0)
    assert set(store.raws) == set(keys)


async def test_bytes_that_no_item_names_go_after_an_hour() -> None:
    store, ledger = FakeStore(), FakeLedger()
    await store.put(b"orphan", NOON)

    assert await sweep(ledger, store, NOON + ORPHAN_AGE) == (0, 0)
    assert await sweep(ledger, store, NOON + ORPHAN_AGE + timedelta(seconds=1)) == (0, 1)


async def test_bytes_put_a_moment_ago_stay_although_their_item_is_not_there_yet() -> None:
    store, ledger = FakeStore(), FakeLedger()
    raw_key = await store.put(b"on its way", LATER)

    await sweep(ledger, store, LATER)

    assert await store.get(raw_key) == b"on its way"


async def test_bytes_of_two_chats_stay_until_the_last_item_goes() -> None:
    store, ledger = FakeStore(), FakeLedger()
    raw_key = await kept(store, ledger, 1, Status.DELIVERED)
    await ledger.accept([new_item(2, raw_key=raw_key)])

    assert await sweep(ledger, store, LATER) == (1, 0)
    assert await store.get(raw_key) == b"x"


async def test_more_than_a_page_goes_in_one_sweep() -> None:
    store, ledger = FakeStore(), FakeLedger()
    for _ in range(1201):
        await store.put(b"orphan", NOON)

    assert await sweep(ledger, store, LATER) == (0, 1201)


async def test_bytes_stay_when_the_ledger_cannot_say_who_needs_them() -> None:
    store, ledger = FakeStore(), FakeLedger()
    raw_key = await kept(store, ledger, 1, Status.RECEIVED)
    ledger.error = StateUnavailable("away")

    with pytest.raises(StateUnavailable):
        await remove_unused(ledger, store, [raw_key])

    assert raw_key in store.raws
