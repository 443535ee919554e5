"""
Users and ledger in the two DynamoDB tables: opening them, and who works on them.

Only what the policy of the setup guide allows is called: GetItem, PutItem, UpdateItem, Query, Scan, DeleteItem (and
transactions of them). So a table or index that is missing shows when it is used, not by describing it.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sevenbot.aws.client import Aws, Refused
from sevenbot.errors import ConfigError
from sevenbot.folders import FILE_MODE, make_folders
from sevenbot.state.dynamodb_holder import Holder
from sevenbot.state.dynamodb_items import Attribute
from sevenbot.state.dynamodb_ledger import DynamoLedger
from sevenbot.state.dynamodb_positions import DynamoPositions
from sevenbot.state.dynamodb_table import KEY_REFUSED, Table
from sevenbot.state.dynamodb_users import DynamoUsers
from sevenbot.state.ledger import Ledger
from sevenbot.state.positions import Positions
from sevenbot.state.users import Users

if TYPE_CHECKING:
    from sevenbot.state.sqlite import SqliteState

logger = logging.getLogger(__name__)

CHECKED = timedelta(seconds=10)
"""How long a check of the tables serves: each costs a write unit per table, and probes come every few seconds."""

#: Keys nobody has: Telegram gives no chat the id 0, and an id of ours has 40 characters.
_NO_CHAT: Attribute = {"N": "0"}
_NO_MAIL: Attribute = {"S": "sevenbot-check"}


class DynamoState:
    """Both tables, open; the ledger may be a SQLite file when its table was left out."""

    def __init__(self, users: Table, ledger: Table | SqliteState, retention: timedelta, holder: Holder) -> None:
        self._users_table = users
        self._ledger_table = ledger
        self.users: Users = DynamoUsers(users)
        self.ledger: Ledger = (
            DynamoLedger(ledger, retention, holder=holder) if isinstance(ledger, Table) else ledger.ledger
        )
        self.positions: Positions = DynamoPositions(ledger) if isinstance(ledger, Table) else ledger.positions
        self._checked_at = float("-inf")

    @property
    def ledger_is_scanned(self) -> bool:
        """Say whether looking for due items reads a whole table, which costs money."""
        return isinstance(self._ledger_table, Table)

    async def check(self) -> None:
        """Raise StateUnavailable unless both tables take writes; what was found serves for a few seconds."""
        if time.monotonic() - self._checked_at < CHECKED.total_seconds():
            return
        await self._users_table.check(_NO_CHAT)
        if isinstance(self._ledger_table, Table):
            await self._ledger_table.check(_NO_MAIL)
        else:
            await self._ledger_table.check()
        self._checked_at = time.monotonic()

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        aws: Aws,
        *,
        users_table: str,
        ledger_table: str,
        retention: timedelta,
        folder: Path,
        exclusive: bool,
        spent: Callable[[float, float], None] = lambda _reads, _writes: None,
        page_items: int | None = None,
    ) -> AsyncIterator[DynamoState]:
        """
        Look whether the tables are there, and open them.

        Args:
            aws: The open session; stays the caller's.
            users_table: Must be there.
            ledger_table: May have been left out; then items are kept in a SQLite file in *folder*.
            retention: What `ttl` adds to the time of the last change.
            folder: Where this worker's name is kept, and that SQLite file.
            exclusive: This process is the only worker with this *folder*: leases of its former run are free at once.
                Others may work on the same tables from folders of their own.
            spent, page_items: See `Table`.

        Raises:
            ConfigError: The table of the users is not there, a table has another key, or another worker uses *folder*.
            StateUnavailable: DynamoDB does not answer.
        """
        users = Table(aws, users_table, "chat_id", spent=spent, page_items=page_items)
        ledger = Table(aws, ledger_table, "message_id", spent=spent, page_items=page_items)
        if not await _exists(users, _NO_CHAT, "SEVENBOT_USERS_TABLE", "chat_id (Number)"):
            raise ConfigError([_missing_users(users_table, aws.region)])
        with _only_worker(folder) if exclusive else contextlib.nullcontext(Holder.passing()) as holder:
            if await _exists(ledger, _NO_MAIL, "SEVENBOT_LEDGER_TABLE", "message_id (String)"):
                yield cls(users, ledger, retention, holder)
                return
            logger.warning(_missing_ledger(ledger_table, folder))
            from sevenbot.state.sqlite import SqliteState  # noqa: PLC0415 - see storage.py

            async with SqliteState.open(folder / "sevenbot.db", retention=retention, exclusive=exclusive) as beside:
                yield cls(users, beside, retention, holder)


async def _exists(table: Table, nobody: Attribute, setting: str, key: str) -> bool:
    try:
        await table.get(nobody, unfit_is_refused=True)
    except Refused as exc:
        if exc.code == KEY_REFUSED:
            problem = f"{setting}: got '{table.name}', but the key of that table is not {key}. `sevenbot tables check`"
            raise ConfigError([f"{problem} shows it; name another table."]) from exc
        return False
    return True


def _missing_users(name: str, region: str | None) -> str:
    where = f"region {region}" if region else "the region in use"
    return (
        f"SEVENBOT_USERS_TABLE: got '{name}', but there is no such table in {where}. "
        "`sevenbot tables create` makes it; `sevenbot doctor` lists the tables that are there."
    )


def _missing_ledger(name: str, folder: Path) -> str:
    return (
        f"There is no table {name}: what became of each mail is kept in {folder / 'sevenbot.db'} instead. "
        "Without that file (another machine, a lost disk) duplicates cannot be prevented across restarts: a mail that "
        "its sender transmits again is not recognised. `sevenbot tables create` makes the table."
    )


@contextlib.contextmanager
def _only_worker(folder: Path) -> Iterator[Holder]:
    """Hold the lock on the worker's name; the system lets go of it when the process dies, however it dies."""
    make_folders(folder)
    path = folder / "worker-name"
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = (
                f"SEVENBOT_DATA_DIR: another SevenBot is running on {folder}. Stop it first, or use another folder."
            )
            raise ConfigError([problem]) from None
        name = file.read().strip()
        if not re.fullmatch(r"[0-9a-f]{8}", name):  # the first start, or a crash while it was written
            name = secrets.token_hex(4)
            file.seek(0)
            file.truncate()
            file.write(name)
            file.flush()
        yield Holder(name, secrets.token_hex(4))
