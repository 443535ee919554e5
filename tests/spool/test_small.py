"""Small mails in one SQLite file: crashes, full disks, and deleted bytes."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sevenbot.errors import StorageFull, StoreUnavailable
from sevenbot.spool.disk import SMALL_BYTES, SMALL_MAILS, DiskStore
from sevenbot.spool.small import SmallMails

SECRET = b"the words that must be gone " * 150


def now() -> datetime:
    return datetime.now(UTC)


def key(number: int) -> str:
    return f"2026/11/02/{number:032x}.eml"


def kept(path: Path) -> set[str]:
    small = SmallMails(path)
    try:
        return {raw_key for _, raw_key in small.keys(9e9, (0.0, ""), 1000)}
    finally:
        small.close()


async def test_small_mails_share_a_file_and_large_ones_have_their_own(tmp_path: Path) -> None:
    raws = [b"", b"x" * (SMALL_BYTES - 1), b"x" * SMALL_BYTES]

    async with DiskStore(tmp_path) as store:
        keys = await store._put_dated([(raw, now()) for raw in raws])

        assert [await store.get(str(raw_key)) for raw_key in keys] == raws
        assert [file.stat().st_size for file in tmp_path.rglob("*.eml")] == [SMALL_BYTES]


async def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    old_mask = os.umask(0)
    try:
        async with DiskStore(tmp_path / "spool") as store:
            await store.put(b"x", now())
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "spool").iterdir()}
    finally:
        os.umask(old_mask)

    assert modes == {SMALL_MAILS + suffix: 0o600 for suffix in ("", "-wal", "-shm")}


async def test_every_batch_is_synced_before_put_returns(tmp_path: Path) -> None:
    async with DiskStore(tmp_path) as store:
        await store.put(b"x", now())
        connection = store._small._writer
        assert connection is not None

        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL: a sync at every commit


async def test_mails_kept_as_files_before_are_still_found_listed_and_deleted(tmp_path: Path) -> None:
    async with DiskStore(tmp_path, small_bytes=0) as store:
        old = await store.put(b"old", now())

    async with DiskStore(tmp_path) as store:
        new = await store.put(b"new", now())

        assert await store.get(old) == b"old"
        assert {raw_key async for raw_key in store.keys(now() + timedelta(minutes=1))} == {old, new}
        await store.delete(old)
        assert [raw_key async for raw_key in store.keys(now() + timedelta(minutes=1))] == [new]


# deleted is deleted


async def test_deleted_bytes_are_in_no_file_any_more(tmp_path: Path) -> None:
    def somewhere() -> bool:
        return any(SECRET[:20] in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())

    async with DiskStore(tmp_path) as store:
        others = [await store.put(b"other" * 1000, now()) for _ in range(5)]
        raw_key = await store.put(SECRET, now())
        others += [await store.put(b"other" * 1000, now()) for _ in range(5)]
        assert somewhere()

        await store.delete(raw_key)

        assert not somewhere()
        assert [await store.get(other) for other in others] == [b"other" * 1000] * 10
    assert not somewhere()


async def test_bytes_that_a_reader_kept_in_the_log_go_with_the_next_delete(tmp_path: Path) -> None:
    small = SmallMails(tmp_path / "x.db")
    small.put([(key(1), SECRET), (key(2), b"other")])
    assert small._writer is not None
    small._writer.execute("PRAGMA busy_timeout = 0")
    reader = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM mails").fetchone()

    small.delete([key(1)])
    assert SECRET[:20] in (tmp_path / "x.db-wal").read_bytes()
    reader.close()
    small.delete([key(3)])

    assert not any(SECRET[:20] in file.read_bytes() for file in tmp_path.iterdir())
    assert small.get(key(2)) == b"other"
    small.close()


async def test_the_file_shrinks_when_mails_go(tmp_path: Path) -> None:
    async with DiskStore(tmp_path) as store:
        keys = await store._put_dated([(b"x" * 50_000, now()) for _ in range(100)])
        await asyncio.gather(*(store.delete(str(raw_key)) for raw_key in keys))

        assert (tmp_path / SMALL_MAILS).stat().st_size < 100_000


# crashes


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_of_a_log_torn_by_a_power_cut_whole_batches_count_and_nothing_else(tmp_path: Path, share: float) -> None:
    batches = [{key(100 * batch + number) for number in range(7)} for batch in range(9)]
    small = SmallMails(tmp_path / "x.db")
    for batch in batches:
        small.put([(raw_key, raw_key.encode() * 100) for raw_key in sorted(batch)])
    torn = tmp_path / "torn"
    torn.mkdir()
    for file in (tmp_path / "x.db", tmp_path / "x.db-wal"):
        shutil.copy(file, torn)
    log = torn / "x.db-wal"
    os.truncate(log, int(log.stat().st_size * share))
    small.close()

    left = kept(torn / "x.db")

    assert left in [set().union(*batches[:count]) for count in range(len(batches))]


def test_a_death_right_after_the_file_was_made_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()

    assert kept(tmp_path / "x.db") == set()


KILLED = """
import os, sys
from pathlib import Path
from sevenbot.spool.small import SmallMails
small = SmallMails(Path(sys.argv[1]))
small.put([("first", b"x" * 9000)])
with small._transaction() as connection:
    connection.execute("PRAGMA cache_size = 1")  # so that the log is written to before the commit
    connection.executemany("INSERT INTO mails VALUES (?, 1, ?)", [(f"half {n}", b"x" * 60000) for n in range(40)])
    os.kill(os.getpid(), 9)
"""


def test_a_process_killed_in_the_middle_of_a_batch_leaves_nothing_of_it(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "x.db")], check=False)

    assert run.returncode == -9
    assert kept(tmp_path / "x.db") == {"first"}


# a disk that fails


async def test_a_batch_that_does_not_fit_is_refused_as_a_whole_and_leaves_nothing(tmp_path: Path) -> None:
    async with DiskStore(tmp_path) as store:
        before = await store.put(b"before", now())
        assert store._small._writer is not None
        store._small._writer.execute("PRAGMA max_page_count = 30")

        results = await store._put_dated([(b"x" * 30_000, now()) for _ in range(9)] + [(b"y" * SMALL_BYTES, now())])

        assert [type(result) for result in results] == [StorageFull] * 9 + [str]  # the file had room
        assert {raw_key async for raw_key in store.keys(now() + timedelta(minutes=1))} == {before, results[9]}
        after = await store.put(b"after", now())
        assert await store.get(after) == b"after"


LIMITED = """
import asyncio, resource, sys
from datetime import datetime, UTC
from pathlib import Path
from sevenbot.spool.disk import DiskStore
async def main():
    async with DiskStore(Path(sys.argv[1])) as store:
        await store.put(b"before", datetime.now(UTC))
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        results = await store._put_dated([(b"x" * 40_000, datetime.now(UTC)) for _ in range(9)])
        print({type(result).__name__ for result in results})
        print(len([key async for key in store.keys(datetime(2100, 1, 1, tzinfo=UTC))]))
asyncio.run(main())
"""


def test_a_disk_that_refuses_in_the_middle_of_a_batch_keeps_nothing_of_it(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["{'StoreUnavailable'}", "1"]


async def test_a_damaged_file_is_unavailable_and_says_no_path(tmp_path: Path) -> None:
    (tmp_path / SMALL_MAILS).write_bytes(b"no database, but long enough to be looked at" * 100)
    async with DiskStore(tmp_path) as store:
        for call in (store.put(b"x", now()), store.get(key(1)), store.delete(key(1))):
            with pytest.raises(StoreUnavailable) as caught:
                await call
            assert str(tmp_path) not in str(caught.value)
