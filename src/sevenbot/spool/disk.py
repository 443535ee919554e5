"""
Raw mails as files, durable on return.

One thread takes every put that waits and writes them as one batch (`write_batch`); a put returns when its file and the
file's name are synced. What a death of the process or a power cut leaves before that: at most files that no item
names, since nobody was told they are kept; the sweep removes them after an hour. A file is written under its final
name: the name is random, and nobody learns it before the bytes are durable.

Folders are made with mode 0700 and files with 0600: mail is for its reader.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sevenbot.errors import RawGone, StorageFull, StoreUnavailable, Transient
from sevenbot.group_commit import GroupCommit
from sevenbot.spool.write_batch import write_batch

KEY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9a-f]{32}\.eml", re.ASCII)
DATE_FOLDER = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}", re.ASCII)
#: EFBIG is what a process limit on file size (ulimit -f) says.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskStore:
    """The store under one folder; close it (or use `async with`) to end its threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready: set[Path] = set()
        self._writer: GroupCommit[tuple[bytes, str], str] = GroupCommit("spool-write", self._write)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="spool-read")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish the puts under way and end the threads."""
        await self._writer.close()
        self._readers.shutdown()

    async def put(self, raw: bytes, now: datetime) -> str:
        """Keep *raw*; see `Store.put`. The key's date is *now* in UTC."""
        key = f"{now.astimezone(UTC):%Y/%m/%d}/{secrets.token_hex(16)}.eml"
        return await self._writer.submit((raw, key))

    async def get(self, raw_key: str) -> bytes:
        """Return the bytes; see `Store.get`. A key of another shape (a path, say) is a key that is not there."""
        if not KEY.fullmatch(raw_key):
            raise RawGone("no such raw mail")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, raw_key)

    async def delete(self, raw_key: str) -> None:
        """Remove the bytes; see `Store.delete`."""
        if KEY.fullmatch(raw_key):
            await asyncio.get_running_loop().run_in_executor(self._readers, self._unlink, raw_key)

    async def keys(self, before: datetime) -> AsyncIterator[str]:
        """
        Yield the keys of everything put before *before*, and remove date folders that have become empty.

        When a mail was put is what the file's own time says, since a receiver may pass an older date to `put`.
        """
        loop = asyncio.get_running_loop()
        for day in await loop.run_in_executor(self._readers, self._days, before):
            for key in await loop.run_in_executor(self._readers, self._keys_of_day, day, before):
                yield key

    async def check(self) -> None:
        """Raise StoreUnavailable or StorageFull unless a small write, read and delete work now."""
        probe = secrets.token_bytes(16)
        key = await self.put(probe, datetime.now(UTC))
        try:
            if await self.get(key) != probe:
                raise StoreUnavailable("the disk gave back other bytes than were written")
        except RawGone as exc:
            raise StoreUnavailable("a file was gone right after it was written") from exc
        finally:
            await self.delete(key)

    # in the writing thread

    def _write(self, batch: list[tuple[bytes, str]]) -> list[str | Exception]:
        errors = write_batch([(self._folder / key, raw) for raw, key in batch], self._ready)
        return [key if error is None else _refusal(error) for (_, key), error in zip(batch, errors, strict=True)]

    # in a reading thread

    def _read(self, raw_key: str) -> bytes:
        try:
            return (self._folder / raw_key).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as exc:
            raise RawGone("the raw mail is no longer kept") from exc
        except OSError as exc:
            raise _refusal(exc) from exc

    def _unlink(self, raw_key: str) -> None:
        try:
            (self._folder / raw_key).unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as exc:
            raise _refusal(exc) from exc

    def _days(self, before: datetime) -> list[str]:
        last = f"{before.astimezone(UTC):%Y/%m/%d}"
        try:
            days = [path.relative_to(self._folder).as_posix() for path in self._folder.glob("*/*/*")]
        except OSError as exc:
            raise _refusal(exc) from exc
        return sorted(day for day in days if DATE_FOLDER.fullmatch(day) and day <= last)

    def _keys_of_day(self, day: str, before: datetime) -> list[str]:
        folder = self._folder / day
        try:
            keys = [f"{day}/{name}" for name in _names_before(folder, before.timestamp())]
            if not keys and day < f"{before.astimezone(UTC):%Y/%m/%d}":
                self._remove_when_empty(folder)
        except (FileNotFoundError, NotADirectoryError):
            return []  # another sweep removed the folder meanwhile
        except OSError as exc:
            raise _refusal(exc) from exc
        return [key for key in keys if KEY.fullmatch(key)]

    def _remove_when_empty(self, day: Path) -> None:
        # A put that is about to create a file in it notices and makes the folder again.
        for folder in (day, day.parent, day.parent.parent):
            try:
                folder.rmdir()
            except OSError:  # not empty, which is the usual case: the system checks and removes in one step
                return


def _refusal(error: OSError) -> Transient:
    # No path in the words: they may reach a log.
    words = os.strerror(error.errno or 0)
    return StorageFull(f"spool: {words}") if error.errno in FULL else StoreUnavailable(f"spool: {words}")


def _names_before(folder: Path, moment: float) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries if _is_older(entry, moment)]


def _is_older(entry: os.DirEntry[str], moment: float) -> bool:
    try:
        return entry.stat(follow_symlinks=False).st_mtime < moment
    except FileNotFoundError:  # deleted since the listing
        return False
