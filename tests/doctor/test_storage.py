import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sevenbot.config import Settings
from sevenbot.doctor.finding import Result
from sevenbot.doctor.storage import TEST_ADDRESS, TEST_CHAT, TEST_MESSAGE_ID, check_spool, check_state, try_tables
from sevenbot.errors import StateUnavailable
from sevenbot.spool.disk import DiskStore
from sevenbot.state.ledger import Item
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import User
from tests.fakes import FakeLedger, FakeUsers

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ANN = User(7, "ann@example.org", NOW)


async def test_a_fresh_database_is_made_and_found_well(tmp_path: Path) -> None:
    finding = await check_state(Settings(data_dir=tmp_path / "new"), NOW)

    assert finding.result is Result.OK
    assert finding.detail.endswith("0 mails")


async def test_nothing_of_the_check_stays_behind(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    await check_state(settings, NOW)
    await check_spool(settings)

    async with SqliteState.open(settings.database_path, retention=timedelta(days=1), exclusive=False) as state:
        assert [user async for user in state.users.all()] == []
        assert [item async for item in state.ledger.find()] == []
    async with DiskStore(settings.spool_path) as store:
        assert [raw_key async for raw_key in store.keys(datetime.now(UTC) + timedelta(days=1))] == []


async def test_it_may_be_checked_beside_a_running_bot(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    async with SqliteState.open(settings.database_path, retention=timedelta(days=1), exclusive=True) as state:
        await state.users.register(ANN)
        finding = await check_state(settings, NOW)
        due = [due async for due in state.ledger.due()]
        users = [user async for user in state.users.all()]

    assert finding.result is Result.OK
    assert due == []
    assert users == [ANN]


async def test_a_damaged_database_fails(tmp_path: Path) -> None:
    (tmp_path / "sevenbot.db").write_bytes(b"no database" * 100)

    finding = await check_state(Settings(data_dir=tmp_path), NOW)

    assert finding.result is Result.FAILED
    assert "sevenbot.db" in finding.detail


async def test_a_folder_in_the_databases_place_fails(tmp_path: Path) -> None:
    (tmp_path / "sevenbot.db").mkdir()

    assert (await check_state(Settings(data_dir=tmp_path), NOW)).result is Result.FAILED


async def test_a_table_that_does_not_answer_fails(tmp_path: Path) -> None:
    ledger = FakeLedger()
    ledger.error = StateUnavailable("the database is locked")

    with pytest.raises(StateUnavailable, match="locked"):
        await try_tables(FakeUsers(), ledger, NOW)


class ForgetfulUsers(FakeUsers):
    async def find_by_address(self, email_address: str) -> User | None:
        return None


class InterruptedUsers(FakeUsers):
    async def find_by_address(self, email_address: str) -> User | None:
        raise asyncio.CancelledError


class SlowUsers(FakeUsers):
    """Answers after the loop went round, as a database does."""

    async def register(self, user: User) -> User:
        await asyncio.sleep(0)
        standing = await super().register(user)
        await asyncio.sleep(0)
        return standing

    async def erase(self, chat_id: int) -> bool:
        await asyncio.sleep(0)
        return await super().erase(chat_id)


class SlowLedger(FakeLedger):
    async def accept(self, items: Sequence[Item]) -> list[bool]:
        accepted = await super().accept(items)
        await asyncio.sleep(0)
        return accepted

    async def erase(self, chat_id: int) -> list[str]:
        await asyncio.sleep(0)
        return await super().erase(chat_id)


async def test_a_table_that_loses_what_was_written_fails() -> None:
    with pytest.raises(StateUnavailable, match="did not come back"):
        await try_tables(ForgetfulUsers(), FakeLedger(), NOW)


async def test_an_interrupted_check_leaves_nothing_behind() -> None:
    users, ledger = InterruptedUsers(ANN), FakeLedger()

    with pytest.raises(asyncio.CancelledError):
        await try_tables(users, ledger, NOW)

    assert await users.get(TEST_CHAT) is None
    assert await users.get(ANN.chat_id) == ANN
    assert await ledger.get(TEST_MESSAGE_ID) is None


@pytest.mark.parametrize("steps", range(40))
async def test_a_check_interrupted_at_any_await_leaves_nothing_behind(steps: int) -> None:
    users, ledger = SlowUsers(), SlowLedger()
    task = asyncio.create_task(try_tables(users, ledger, NOW))
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])

    assert users.records == {}
    assert await ledger.get(TEST_MESSAGE_ID) is None


async def test_what_a_killed_check_left_is_removed_by_the_next() -> None:
    users, ledger = FakeUsers(User(TEST_CHAT, TEST_ADDRESS, NOW)), FakeLedger()

    await try_tables(users, ledger, NOW)

    assert await users.get(TEST_CHAT) is None


async def test_a_fresh_spool_is_made_and_found_well(tmp_path: Path) -> None:
    assert (await check_spool(Settings(data_dir=tmp_path / "new"))).result is Result.OK


async def test_a_file_in_the_spools_place_fails(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("")

    finding = await check_spool(Settings(data_dir=tmp_path))

    assert finding.result is Result.FAILED
    assert str(tmp_path / "spool") in finding.detail
