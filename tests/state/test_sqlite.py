"""Opening the SQLite state: who may, what a dead process left, and what is wrong with the file."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sevenbot.errors import ConfigError, StateUnavailable, StorageFull
from sevenbot.state.ledger import Due, Status, Verdict
from sevenbot.state.migrations import MIGRATIONS
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import UserStatus
from tests.fakes import RETENTION
from tests.items import NOON, new_item, new_user

LEASE = timedelta(minutes=5)


def opened(path: Path, *, exclusive: bool = True, **options: Any) -> Any:
    return SqliteState.open(path, retention=RETENTION, exclusive=exclusive, **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "sevenbot.db"


async def test_what_was_kept_is_there_after_opening_again(path: Path) -> None:
    async with opened(path) as state:
        await state.users.register(new_user())
        await state.ledger.accept([new_item()])

    async with opened(path) as state:
        assert await state.users.get(42) == new_user()
        assert await state.ledger.get(new_item().message_id) == new_item()


async def test_what_a_clock_that_was_ahead_has_dated_is_due_at_the_next_start(path: Path) -> None:
    ahead = NOON + timedelta(days=3650)
    dated = {"received_at": ahead, "updated_at": ahead, "opened_at": ahead, "due_at": ahead}
    async with opened(path) as state:
        await state.ledger.accept([new_item(1, **dated), new_item(2, **dated), new_item(3)])
        await state.ledger.lease(new_item(2).message_id, ahead, LEASE)
        retry = await state.ledger.lease(new_item(3).message_id, NOON, LEASE)
        waits = await state.ledger.settle(retry, Verdict(Status.RETRY, due_at=NOON + timedelta(hours=1)), NOON)

    async with opened(path, now=NOON) as state:
        for number in (1, 2):
            assert (await state.ledger.lease(new_item(number).message_id, NOON, LEASE)).status is Status.LEASED
        assert await state.ledger.get(waits.message_id) == waits


async def test_only_the_owner_can_enter_the_folder_and_read_the_files(path: Path) -> None:
    old_mask = os.umask(0)
    try:
        async with opened(path) as state:
            await state.ledger.accept([new_item()])
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(old_mask)

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(["sevenbot.db", "sevenbot.db-wal", "sevenbot.db-shm", "sevenbot.db.lock"], 0o600)


# leases of a dead process


async def test_leases_of_a_dead_worker_are_free_at_once(path: Path) -> None:
    async with opened(path) as state:
        await state.ledger.accept([new_item(1), new_item(2), new_item(3)])
        await state.ledger.lease(new_item(1).message_id, NOON, LEASE)
        left = await state.ledger.sending(await state.ledger.lease(new_item(2).message_id, NOON, LEASE), "{}", NOON)

    async with opened(path) as state:
        assert {due async for due in state.ledger.due()} == {
            Due(new_item(number).message_id, 42, NOON) for number in (1, 2, 3)
        }
        leased = await state.ledger.lease(new_item(1).message_id, NOON, LEASE)
        sent = await state.ledger.lease(left.message_id, NOON, LEASE)

    assert (leased.possible_repeat, leased.interruptions) == (False, 1)
    assert (sent.possible_repeat, sent.interruptions, sent.summary) == (True, 1, "{}")


async def test_a_command_beside_a_running_worker_leaves_its_leases_alone(path: Path) -> None:
    async with opened(path) as worker:
        await worker.ledger.accept([new_item()])
        leased = await worker.ledger.lease(new_item().message_id, NOON, LEASE)

        async with opened(path, exclusive=False) as command:
            assert [due async for due in command.ledger.due()] == [Due(leased.message_id, 42, NOON + LEASE)]
            assert await command.ledger.discard(leased.message_id, NOON) is None

        settled = await worker.ledger.settle(leased, Verdict(Status.DEAD), NOON)
        async with opened(path, exclusive=False) as command:
            await command.ledger.reopen(leased.message_id, NOON)
        assert settled.status is Status.DEAD
        assert [due async for due in worker.ledger.due()] == [Due(leased.message_id, 42, NOON)]


# one worker


async def test_a_second_worker_in_the_same_process_is_refused(path: Path) -> None:
    async with opened(path):
        with pytest.raises(ConfigError, match=rf"SEVENBOT_STATE: .* in use .*pid {os.getpid()}\)"):
            async with opened(path):
                pass


async def test_a_second_worker_process_is_refused(path: Path) -> None:
    code = (
        "import asyncio, sys; from datetime import timedelta; from pathlib import Path\n"
        "from sevenbot.state.sqlite import SqliteState\n"
        "async def main():\n"
        "    async with SqliteState.open(Path(sys.argv[1]), retention=timedelta(days=1), exclusive=True): pass\n"
        "asyncio.run(main())\n"
    )
    async with opened(path):
        second = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
        )

    assert second.returncode == 1
    assert "is in use by another sevenbot process" in second.stderr
    async with opened(path):
        pass


# what is wrong with the file


async def test_a_file_that_is_no_database_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 100)

    with pytest.raises(ConfigError, match="is damaged or no SQLite database"):
        async with opened(path):
            pass


async def test_a_damaged_database_is_named(path: Path) -> None:
    async with opened(path) as state:
        await state.ledger.accept([new_item(number) for number in range(100)])
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 3996 + content[4096:])

    async def use() -> None:
        async with opened(path) as state:
            await state.ledger.count()

    with pytest.raises(ConfigError, match=r"is damaged or no SQLite database"):
        await use()


async def test_a_database_of_a_newer_version_is_refused(path: Path) -> None:
    async with opened(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()

    with pytest.raises(ConfigError, match=f"schema {len(MIGRATIONS) + 1}.*upgrade"):
        async with opened(path):
            pass


async def test_a_folder_where_the_database_should_be_is_named(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(ConfigError, match=r"cannot be opened: Is a directory"):
        async with opened(path):
            pass


async def test_a_file_where_the_folder_should_be_is_named(path: Path) -> None:
    path.parent.write_bytes(b"")

    with pytest.raises(ConfigError, match="cannot be opened"):
        async with opened(path):
            pass


# what goes wrong while it runs


async def test_a_locked_database_takes_nothing_and_says_so(path: Path) -> None:
    async with opened(path, busy_timeout=timedelta(0)) as state:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StateUnavailable, match="locked") as caught:
            await state.ledger.accept([new_item()])
        other.execute("ROLLBACK")
        other.close()

        assert not caught.value.maybe_done
        assert await state.ledger.get(new_item().message_id) is None
        assert await state.ledger.accept([new_item()]) == [True]


async def test_a_full_disk_takes_nothing_and_says_so(path: Path) -> None:
    async with opened(path) as state:
        writer: sqlite3.Connection = state.ledger._threads._writer
        writer.execute("PRAGMA max_page_count = 1")
        items = [new_item(number, error="x" * 5000) for number in range(50)]

        results = await asyncio.gather(
            state.ledger.accept(items), *(state.ledger.accept([item]) for item in items), return_exceptions=True
        )
        found = [item async for item in state.ledger.find()]
        writer.execute("PRAGMA max_page_count = 100000")

        assert isinstance(results[0], StorageFull)
        assert {item.message_id for item in found} == {
            item.message_id for item, result in zip(items, results[1:], strict=True) if result == [True]
        }
        assert (await state.ledger.accept([new_item(100)])) == [True]


async def test_a_database_that_is_read_only_takes_nothing_and_says_so(path: Path) -> None:
    async with opened(path) as state:
        state.ledger._threads._writer.execute("PRAGMA query_only = ON")

        with pytest.raises(StateUnavailable, match="readonly"):
            await state.ledger.accept([new_item()])
        with pytest.raises(StateUnavailable, match="readonly"):
            await state.users.register(new_user())


async def test_closing_finishes_what_was_queued(path: Path) -> None:
    async with opened(path) as state:
        queued = [asyncio.ensure_future(state.ledger.accept([new_item(number)])) for number in range(500)]
        await asyncio.sleep(0)

    assert await asyncio.gather(*queued) == [[True]] * 500
    async with opened(path) as state:
        assert (await state.ledger.count())[Status.RECEIVED] == 500


async def test_every_commit_is_synced(path: Path) -> None:
    async with opened(path) as state:
        writer: sqlite3.Connection = state.ledger._threads._writer

        assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert writer.execute("PRAGMA synchronous").fetchone() == (2,)


# indexes


@pytest.mark.parametrize(
    ("index", "call"),
    [
        ("items-unfinished", lambda state: state.ledger.due()),
        ("items-by-status", lambda state: state.ledger.count()),
        ("items-by-chat", lambda state: state.ledger.find(chat_id=1)),
        ("items-by-status", lambda state: state.ledger.find(statuses=[Status.DEAD])),
        ("email-processing-state_1", lambda state: state.ledger.find(message_id_prefix="ab")),
        ("email-processing-state_1", lambda state: state.ledger.get("ab")),
        ("items-by-raw-key", lambda state: state.ledger.raw_keys_in_use(["x"])),
        ("items-finished", lambda state: state.ledger.expire(NOON)),
        ("items-by-chat", lambda state: state.ledger.erase(1)),
        ("telegram-users_1", lambda state: state.users.find_by_address("x")),
        ("telegram-users-by-age", lambda state: state.users.all()),
    ],
)
async def test_no_call_reads_a_whole_table(path: Path, index: str, call: Any) -> None:
    async with opened(path) as state:
        statements: list[str] = []
        threads = state.ledger._threads
        for connection in (threads._reader, threads._glancer, threads._writer):
            connection.set_trace_callback(statements.append)
        answer = call(state)
        if isinstance(answer, AsyncIterator):
            assert [found async for found in answer] == []
        else:
            await answer
        for connection in (threads._reader, threads._glancer, threads._writer):
            connection.set_trace_callback(None)
        asked = [statement for statement in statements if statement.startswith(("SELECT", "DELETE"))]
        plan = [row[3] for statement in asked for row in threads._writer.execute(f"EXPLAIN QUERY PLAN {statement}")]

    assert any(index in step for step in plan), plan
    assert not any(step.startswith("SCAN") and "INDEX" not in step for step in plan), plan
    assert index == "email-processing-state_1" or not any("TEMP B-TREE" in step for step in plan), plan


async def test_a_database_locked_for_long_cannot_be_opened_by_a_worker(path: Path) -> None:
    async with opened(path):
        pass
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StateUnavailable, match="locked"):
            async with opened(path, busy_timeout=timedelta(0)):
                pass
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_folder_that_may_not_be_written_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path.parent.mkdir()
    monkeypatch.setattr("sevenbot.state.sqlite._open_own", refuse)

    for exclusive in (True, False):
        with pytest.raises(ConfigError, match=r"cannot be opened: Permission denied"):
            async with opened(path, exclusive=exclusive):
                pass


async def test_what_another_process_says_of_a_user_counts_at_once(path: Path) -> None:
    async with opened(path) as here, opened(path, exclusive=False) as elsewhere:
        await here.users.register(new_user())
        for status in (UserStatus.PAUSED, UserStatus.ACTIVE):
            await elsewhere.users.set_status(42, status)
            found = await here.users.find_by_address(new_user().email_address)
            assert found is not None
            assert found.status is status
        await elsewhere.users.erase(42)

        assert await here.users.find_by_address(new_user().email_address) is None
