"""Checks of state and spool: they open, and what is written comes back and can be removed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sevenbot.config import Settings
from sevenbot.doctor.finding import Finding, failed, ok
from sevenbot.errors import ConfigError, SevenBotError, StateUnavailable
from sevenbot.folders import make_folders
from sevenbot.shielded import to_its_end
from sevenbot.spool.disk import DiskStore
from sevenbot.state.ledger import Item, Ledger, Status
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import User, Users

#: No chat of Telegram has this id; the records of a check that was killed are removed by the next.
TEST_CHAT = 0
TEST_ADDRESS = "sevenbot-doctor@test.invalid"  # RFC 2606 §2: never a real domain
TEST_MESSAGE_ID = "d0c70" * 8


async def check_state(settings: Settings, now: datetime) -> Finding:
    """Open the database, bring it up to date, and write, read and remove a marked test record in both tables."""
    path = settings.database_path
    try:
        async with SqliteState.open(path, retention=settings.retention, exclusive=False) as state:
            await try_tables(state.users, state.ledger, now)
            counts = await state.ledger.count()
    except ConfigError as exc:
        return failed("database", " ".join(exc.problems), "see the reason above")
    except SevenBotError as exc:
        return failed("database", f"{path}: {exc}", "is the disk full, or does another program lock the file?")
    dead = counts.get(Status.DEAD, 0)
    more = f"; {dead} dead letters, see `sevenbot mail list --dead`" if dead else ""
    return ok("database", f"{path}: written, read and removed a test record; {sum(counts.values())} mails{more}")


async def try_tables(users: Users, ledger: Ledger, now: datetime) -> None:
    """
    Write, read and remove one record in each table; they are gone afterwards, however this ends.

    Raises:
        StateUnavailable, StorageFull: As the tables say it, or when something else came back than was written.
    """
    await _forget(users, ledger)
    try:
        await users.register(User(TEST_CHAT, TEST_ADDRESS, now))
        await ledger.accept([_test_item(now)])
        user, item = await users.find_by_address(TEST_ADDRESS), await ledger.get(TEST_MESSAGE_ID)
        if user is None or item is None or (user.chat_id, item.chat_id) != (TEST_CHAT, TEST_CHAT):
            raise StateUnavailable("a test record did not come back as it was written")
    finally:
        await to_its_end(_forget(users, ledger))


async def _forget(users: Users, ledger: Ledger) -> None:
    await ledger.erase(TEST_CHAT)
    await users.erase(TEST_CHAT)


def _test_item(now: datetime) -> Item:
    # Discarded from the start: a worker beside us leaves it alone.
    return Item(
        message_id=TEST_MESSAGE_ID,
        chat_id=TEST_CHAT,
        email_address=TEST_ADDRESS,
        raw_key="",
        size_bytes=0,
        received_at=now,
        updated_at=now,
        due_at=now,
        ttl=int((now + timedelta(days=1)).timestamp()),
        opened_at=now,
        status=Status.DISCARDED,
    )


async def check_spool(settings: Settings) -> Finding:
    """Write, sync, read and remove a small raw mail."""
    path = settings.spool_path
    try:
        make_folders(path)
        async with DiskStore(path) as store:
            await store.check()
    except OSError as exc:
        return failed("spool", f"{path}: {exc.strerror}", "let this user write there, or set SEVENBOT_SPOOL")
    except SevenBotError as exc:
        return failed("spool", f"{path}: {exc}", "is the disk full or damaged, or may this user not write there?")
    return ok("spool", f"{path}: written, synced, read and removed a test mail")
