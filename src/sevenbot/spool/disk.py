"""
Raw mails on disk, durable on return: small ones together in one SQLite file (`small`), larger ones as files.

One thread takes all that waits and writes it as one batch: the small mails in one transaction, then the large ones
(`write_batch`). A put returns when that is synced. What a death of the process or a power cut leaves before: at most
mails that no item names, since nobody was told they are kept; the sweep removes them after an hour. A file is written
under its final name: the name is random, and nobody learns it before the bytes are durable.

Folders are made with mode 0700 and files with 0600: mail is for its reader.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import secrets
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sevenbot.envelope import Envelope
from sevenbot.errors import RawGone, StorageFull, StoreUnavailable, Transient
from sevenbot.group_commit import GroupCommit
from sevenbot.spool.small import SmallMails
from sevenbot.spool.write_batch import write_batch

KEY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9a-f]{32}\.eml", re.ASCII)
DATE_FOLDER = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}", re.ASCII)
#: EFBIG is what a process limit on file size (ulimit -f) says.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


#: Below this size a mail is kept among the small ones, where it is written twice (to the log, then to its place);
#: from it on, that costs more than a file of its own.
SMALL_BYTES = 64 * 1024
SMALL_MAILS = "small-mails.db"

_PAGE = 500


@dataclass(frozen=True, slots=True)
class _Puts:
    mails: list[tuple[str, bytes]]  # key and bytes


@dataclass(frozen=True, slots=True)
class _Delete:
    raw_key: str


class DiskStore:
    """
    The store under one folder; close it (or use `async with`) to end its threads.

    Mails of *small_bytes* and more become files of their own.
    """

    def __init__(self, folder: Path, *, small_bytes: int = SMALL_BYTES) -> None:
        self._folder = folder
        self._small_bytes = small_bytes
        self._ready: set[Path] = set()
        self._small = SmallMails(folder / SMALL_MAILS)
        self._writer: GroupCommit[_Puts | _Delete, Any] = GroupCommit("spool-write", self._carry_out)
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
        self._small.close()

    async def put(self, raw: bytes, now: datetime) -> str:
        """Keep *raw*; see `Store.put`."""
        (result,) = await self._put_dated([(raw, now)])
        if isinstance(result, Transient):
            raise result
        return result

    async def put_all(self, mails: Sequence[tuple[bytes, Envelope]]) -> list[str | Transient]:
        """Keep *mails*; see `Store.put_all`. A key's date is that of its mail, in UTC."""
        return await self._put_dated([(raw, envelope.received_at) for raw, envelope in mails])

    async def _put_dated(self, mails: Sequence[tuple[bytes, datetime]]) -> list[str | Transient]:
        keyed = [(f"{now.astimezone(UTC):%Y/%m/%d}/{secrets.token_hex(16)}.eml", raw) for raw, now in mails]
        results: list[str | Transient] = await self._writer.submit(_Puts(keyed))
        return results

    async def get(self, raw_key: str) -> bytes:
        """Return the bytes; see `Store.get`. A key of another shape (a path, say) is a key that is not there."""
        if not KEY.fullmatch(raw_key):
            raise RawGone("no such raw mail")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, raw_key)

    async def delete(self, raw_key: str) -> None:
        """Remove the bytes; see `Store.delete`."""
        if KEY.fullmatch(raw_key):
            await self._writer.submit(_Delete(raw_key))

    async def keys(self, before: datetime) -> AsyncIterator[str]:
        """
        Yield the keys of everything put before *before*, and remove date folders that have become empty.

        When a mail was put is what the file's own time says, since a receiver may pass an older date to `put`.
        """
        loop = asyncio.get_running_loop()
        after = (0.0, "")
        while page := await loop.run_in_executor(self._readers, self._small.keys, before.timestamp(), after, _PAGE):
            for _, key in page:
                yield key
            after = page[-1]
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

    def _carry_out(self, batch: list[_Puts | _Delete]) -> list[Any]:
        errors = self._put([mail for job in batch if isinstance(job, _Puts) for mail in job.mails])
        errors |= self._remove([job.raw_key for job in batch if isinstance(job, _Delete)])
        return [
            [errors.get(key) or key for key, _ in job.mails] if isinstance(job, _Puts) else errors.get(job.raw_key)
            for job in batch
        ]

    def _put(self, mails: list[tuple[str, bytes]]) -> dict[str, Transient]:
        """Write all *mails*, and return why those that failed did, by key."""
        errors: dict[str, Transient] = {}
        small = [mail for mail in mails if len(mail[1]) < self._small_bytes]
        large = [(key, raw) for key, raw in mails if len(raw) >= self._small_bytes]
        if small:
            try:
                self._small.put(small)
            except (Transient, OSError) as exc:
                errors |= dict.fromkeys((key for key, _ in small), _refusal(exc))
        refused = write_batch([(self._folder / key, raw) for key, raw in large], self._ready)
        return errors | {key: _refusal(exc) for (key, _), exc in zip(large, refused, strict=True) if exc is not None}

    def _remove(self, raw_keys: list[str]) -> dict[str, Transient]:
        """Remove all that is kept under *raw_keys*, and return why that failed, by key."""
        if not raw_keys:
            return {}
        try:
            self._small.delete(raw_keys)
            for raw_key in raw_keys:
                with contextlib.suppress(NotADirectoryError):
                    (self._folder / raw_key).unlink(missing_ok=True)
        except (Transient, OSError) as exc:
            return dict.fromkeys(raw_keys, _refusal(exc))
        return {}

    # in a reading thread

    def _read(self, raw_key: str) -> bytes:
        if (raw := self._small.get(raw_key)) is not None:
            return raw
        try:
            return (self._folder / raw_key).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as exc:
            raise RawGone("the raw mail is no longer kept") from exc
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


def _refusal(error: Transient | OSError) -> Transient:
    if isinstance(error, Transient):
        return error
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
