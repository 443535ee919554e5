"""What every store promises. Times are real: a file system stamps its files itself."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from sevenbot.envelope import Envelope
from sevenbot.errors import RawGone
from sevenbot.spool.store import Store

MINUTE = timedelta(minutes=1)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize(
    "raw",
    [b"", b"Subject: x\r\n\r\nbody\r\n", b"\x00\xff\r\n.\r\n\n", b"x" * 3_000_000],
    ids=["empty", "mail", "any bytes", "large"],
)
async def test_what_was_put_is_given_back_unchanged(store: Store, raw: bytes) -> None:
    raw_key = await store.put(raw, now())

    assert await store.get(raw_key) == raw


async def test_a_key_is_its_date_and_32_random_digits(store: Store) -> None:
    raw_key = await store.put(b"x", datetime(2026, 11, 2, 23, 30, tzinfo=UTC))

    assert re.fullmatch(r"2026/11/02/[0-9a-f]{32}\.eml", raw_key)


async def test_the_date_of_a_key_is_in_utc(store: Store) -> None:
    from datetime import timezone

    raw_key = await store.put(b"x", datetime(2026, 11, 3, 0, 30, tzinfo=timezone(timedelta(hours=2))))

    assert raw_key.startswith("2026/11/02/")


async def test_equal_bytes_get_keys_of_their_own(store: Store) -> None:
    keys = await asyncio.gather(*(store.put(b"same", now()) for _ in range(50)))

    assert len(set(keys)) == 50


async def test_many_puts_at_once_all_keep_their_own_bytes(store: Store) -> None:
    raws = [f"mail {number}".encode() * number for number in range(300)]

    keys = await asyncio.gather(*(store.put(raw, now()) for raw in raws))

    assert [await store.get(raw_key) for raw_key in keys] == raws


async def test_mails_put_together_all_keep_their_own_bytes_and_dates(store: Store) -> None:
    raws = [f"mail {number}".encode() * number * 90 for number in range(150)]
    days = [datetime(2026, 11, 1 + number % 9, tzinfo=UTC) for number in range(150)]

    keys = await store.put_all([(raw, Envelope("", (), day, "smtp")) for raw, day in zip(raws, days, strict=True)])

    assert [await store.get(str(raw_key)) for raw_key in keys] == raws
    assert [str(raw_key)[:10] for raw_key in keys] == [f"{day:%Y/%m/%d}" for day in days]


async def test_putting_no_mail_is_no_error(store: Store) -> None:
    assert await store.put_all([]) == []


async def test_deleted_bytes_are_gone_and_deleting_again_is_no_error(store: Store) -> None:
    raw_key = await store.put(b"x", now())

    await store.delete(raw_key)
    await store.delete(raw_key)

    with pytest.raises(RawGone):
        await store.get(raw_key)


@pytest.mark.parametrize(
    "key",
    [
        "2026/11/02/" + "0" * 32 + ".eml",
        "",
        "/etc/passwd",
        "../../../etc/passwd",
        "2026/11/02/../../../../etc/passwd",
        "2026/11/02/" + "0" * 32 + ".eml\n",
        "2026/11/02/" + "0" * 31 + "\x00.eml",
        "٢٠٢٦/11/02/" + "0" * 32 + ".eml",
    ],
)
async def test_a_key_that_was_never_given_is_gone(store: Store, key: str) -> None:
    with pytest.raises(RawGone):
        await store.get(key)
    await store.delete(key)


async def test_keys_are_those_put_before_the_moment(store: Store) -> None:
    first, second = await store.put(b"1", now()), await store.put(b"2", now())

    assert [key async for key in store.keys(now() - MINUTE)] == []
    assert {key async for key in store.keys(now() + MINUTE)} == {first, second}


async def test_keys_do_not_list_what_was_deleted(store: Store) -> None:
    kept, removed = await store.put(b"1", now()), await store.put(b"2", now())
    await store.delete(removed)

    assert [key async for key in store.keys(now() + MINUTE)] == [kept]


async def test_an_empty_store_has_no_keys(store: Store) -> None:
    assert [key async for key in store.keys(now())] == []


async def test_check_leaves_nothing_behind(store: Store) -> None:
    await store.check()

    assert [key async for key in store.keys(now() + MINUTE)] == []
