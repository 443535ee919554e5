"""
The store on disk, mails as files: modes, failures, clean-up. Small mails together are in test_small.py; what every
store promises is in the contract.
"""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sevenbot.errors import RawGone, StorageFull, StoreUnavailable, Transient
from sevenbot.spool import disk, write_batch
from sevenbot.spool.disk import DiskStore

DAY = timedelta(days=1)


def now() -> datetime:
    return datetime.now(UTC)


def files(folder: Path) -> DiskStore:
    return DiskStore(folder, small_bytes=0)


def age(path: Path, days: float) -> None:
    moment = time.time() - days * 86400
    os.utime(path, (moment, moment))


async def test_only_the_owner_can_read_what_is_kept(tmp_path: Path) -> None:
    old_mask = os.umask(0)
    try:
        async with files(tmp_path / "new" / "spool") as store:
            file = tmp_path / "new" / "spool" / await store.put(b"x", now())
    finally:
        os.umask(old_mask)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    made = [folder for folder in file.parents if folder.is_relative_to(tmp_path / "new")]
    assert len(made) == 5
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in made} == {0o700}


async def test_files_and_all_new_folders_are_synced_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def spy(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", spy)
    async with files(tmp_path / "spool") as store:
        file = tmp_path / "spool" / await store.put(b"x", now())

        for path in (file, *file.parents[:5]):
            assert str(path) in synced, path
        synced.clear()
        second = tmp_path / "spool" / await store.put(b"x", now())

    assert synced == [str(second), str(second.parent)]


async def test_a_store_that_finds_its_folders_syncs_them_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever made them may have died before it could.
    async with files(tmp_path / "spool") as store:
        file = tmp_path / "spool" / await store.put(b"x", now())
    synced: list[str] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    async with files(tmp_path / "spool") as store:
        await store.put(b"x", now())

    assert {str(folder) for folder in file.parents[:5]} <= set(synced)


async def test_a_mail_that_does_not_fit_leaves_nothing_and_harms_no_other(tmp_path: Path) -> None:
    # A limit on file size is the nearest thing to a full disk that needs no mount; the others have room.
    code = """
import asyncio, resource, sys
from datetime import datetime, UTC
from pathlib import Path
from sevenbot.errors import StorageFull
from sevenbot.spool.disk import DiskStore
async def main():
    resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))
    async with DiskStore(Path(sys.argv[1]), small_bytes=0) as store:
        raws = [b"small", b"x" * 20000, b"small too"]
        results = await asyncio.gather(*(store.put(raw, datetime.now(UTC)) for raw in raws), return_exceptions=True)
        print([type(result).__name__ for result in results])
asyncio.run(main())
"""
    run = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "['str', 'StorageFull', 'str']"
    assert sorted(file.stat().st_size for file in tmp_path.rglob("*.eml")) == [5, 9]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EIO, StoreUnavailable),
        (errno.EROFS, StoreUnavailable),
        (errno.EMFILE, StoreUnavailable),
    ],
)
@pytest.mark.parametrize("call", ["open", "write", "fsync"])
async def test_what_the_disk_refuses_is_told_apart_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, refusal: type[Transient]
) -> None:
    async with files(tmp_path) as store:
        await store.put(b"before", now())

        def refuse(*_: object) -> int:
            raise OSError(code, os.strerror(code))

        with monkeypatch.context() as patched:
            patched.setattr(os, call, refuse)
            with pytest.raises(refusal) as caught:
                await store.put(b"never", now())
        await store.put(b"after", now())

    assert str(tmp_path) not in str(caught.value)
    assert sorted(file.read_bytes() for file in tmp_path.rglob("*.eml")) == [b"after", b"before"]


async def test_a_folder_that_cannot_be_synced_fails_all_its_mails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(errno.EIO, "I/O error")

    async with files(tmp_path) as store:
        await store.put(b"before", now())
        monkeypatch.setattr(write_batch, "sync_folder", refuse)
        results = await asyncio.gather(*(store.put(b"x", now()) for _ in range(5)), return_exceptions=True)

    assert all(isinstance(result, StoreUnavailable) for result in results)
    assert [file.read_bytes() for file in tmp_path.rglob("*.eml")] == [b"before"]


async def test_a_name_that_exists_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "0" * 32)
    async with files(tmp_path) as store:
        raw_key = await store.put(b"first", now())

        with pytest.raises(StoreUnavailable):
            await store.put(b"second", now())

        assert await store.get(raw_key) == b"first"


async def test_a_path_never_leads_out_of_the_spool(tmp_path: Path) -> None:
    (tmp_path / "secret.eml").write_bytes(b"secret")
    async with files(tmp_path / "spool") as store:
        for key in ("../secret.eml", str(tmp_path / "secret.eml"), "2026/../../secret.eml"):
            with pytest.raises(RawGone):
                await store.get(key)
            await store.delete(key)

    assert (tmp_path / "secret.eml").exists()


async def test_a_spool_that_is_no_folder_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "spool").write_bytes(b"")
    async with files(tmp_path / "spool") as store:
        with pytest.raises(StoreUnavailable):
            await store.put(b"x", now())
        with pytest.raises(StoreUnavailable):
            await store.check()


async def test_closing_finishes_the_puts_under_way(tmp_path: Path) -> None:
    async with files(tmp_path) as store:
        puts = [asyncio.ensure_future(store.put(b"x", now())) for _ in range(300)]
        await asyncio.sleep(0)

    assert len(set(await asyncio.gather(*puts))) == len(list(tmp_path.rglob("*.eml"))) == 300


# what the sweep sees


async def test_listing_removes_empty_folders_of_earlier_days(tmp_path: Path) -> None:
    async with files(tmp_path) as store:
        old = await store.put(b"x", now() - 40 * DAY)
        kept = await store.put(b"x", now())
        age(tmp_path / old, 40)
        assert [key async for key in store.keys(now() - DAY)] == [old]
        await store.delete(old)

        assert [key async for key in store.keys(now() - DAY)] == []

        assert not (tmp_path / old).parent.exists()
        assert (tmp_path / kept).exists()
        assert (await store.put(b"x", now() - 40 * DAY)).startswith(f"{now() - 40 * DAY:%Y/%m/%d}/")


async def test_the_files_own_time_counts_when_a_receiver_gave_an_older_one(tmp_path: Path) -> None:
    async with files(tmp_path) as store:
        await store.put(b"fetched just now, sent last week", now() - 7 * DAY)

        assert [key async for key in store.keys(now() - DAY)] == []


async def test_other_files_in_the_spool_are_left_alone(tmp_path: Path) -> None:
    async with files(tmp_path) as store:
        raw_key = await store.put(b"x", now() - 2 * DAY)
        for stray in (tmp_path / "README", (tmp_path / raw_key).with_name("note.txt"), tmp_path / "2026" / "notes"):
            stray.parent.mkdir(exist_ok=True)
            stray.write_bytes(b"")
            age(stray, 3)
        age(tmp_path / raw_key, 2)

        assert [key async for key in store.keys(now())] == [raw_key]
        assert (tmp_path / raw_key).with_name("note.txt").exists()


# a disk that fails while it is read


def io_error(*_: object, **__: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("call", ["read_bytes", "unlink", "glob"])
async def test_a_disk_that_cannot_be_read_is_unavailable_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    async with files(tmp_path) as store:
        raw_key = await store.put(b"x", now())

        async def listed() -> list[str]:
            return [key async for key in store.keys(now() + DAY)]

        calls = {"read_bytes": lambda: store.get(raw_key), "unlink": lambda: store.delete(raw_key), "glob": listed}
        with monkeypatch.context() as patched:
            patched.setattr(Path, call, io_error)
            with pytest.raises(StoreUnavailable):
                await calls[call]()

        assert await store.get(raw_key) == b"x"


async def test_a_day_that_cannot_be_listed_is_unavailable_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with files(tmp_path) as store:
        await store.put(b"x", now())
        monkeypatch.setattr("sevenbot.spool.disk._names_before", io_error)

        with pytest.raises(StoreUnavailable):
            [key async for key in store.keys(now() + DAY)]


async def test_what_another_sweep_removes_meanwhile_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone")

    async with files(tmp_path) as store:
        await store.put(b"x", now())
        with monkeypatch.context() as patched:
            patched.setattr("sevenbot.spool.disk._names_before", gone)
            assert [key async for key in store.keys(now() + DAY)] == []

        class Listed:
            name = "x"
            stat = gone

        assert not disk._is_older(Listed(), 0)  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [OSError(errno.EDQUOT, "quota"), OSError(errno.EIO, "I/O")])
async def test_a_disk_that_complains_when_the_file_is_closed_did_not_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    real = os.close

    async with files(tmp_path) as store:
        await store.put(b"before", now())

        def complain(descriptor: int) -> None:
            is_mail = str(Path(f"/proc/self/fd/{descriptor}").readlink()).endswith(".eml")
            real(descriptor)
            if is_mail:
                raise error

        with monkeypatch.context() as patched:
            patched.setattr(os, "close", complain)
            with pytest.raises((StorageFull, StoreUnavailable)):
                await store.put(b"never", now())

    assert [file.read_bytes() for file in tmp_path.rglob("*.eml")] == [b"before"]


@pytest.mark.parametrize("given", [b"other bytes", RawGone("gone")])
async def test_check_notices_a_disk_that_does_not_keep_what_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: bytes | RawGone
) -> None:
    def read(_: DiskStore, __: str) -> bytes:
        if isinstance(given, RawGone):
            raise given
        return given

    async with files(tmp_path) as store:
        monkeypatch.setattr(DiskStore, "_read", read)

        with pytest.raises(StoreUnavailable):
            await store.check()

    assert not list(tmp_path.rglob("*.eml"))


async def test_the_day_changes_between_two_mails_of_a_batch(tmp_path: Path) -> None:
    midnight = datetime(2026, 11, 3, tzinfo=UTC)
    async with files(tmp_path) as store:
        keys = await asyncio.gather(
            *(store.put(b"x", midnight + timedelta(seconds=offset)) for offset in (-1, 0, -1, 0))
        )

        assert [raw_key[:10] for raw_key in keys] == ["2026/11/02", "2026/11/03"] * 2
        assert [await store.get(raw_key) for raw_key in keys] == [b"x"] * 4
