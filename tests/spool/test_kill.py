"""A process killed with -9 while it takes mail: whatever had a receipt is there, with its bytes."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sevenbot.spool.disk import DiskStore
from sevenbot.spool.sweep import sweep
from sevenbot.state.sqlite import SqliteState
from tests.fakes import RETENTION

RECEIVER = """
import asyncio, itertools, sys
from datetime import datetime, timedelta, UTC
from pathlib import Path
from sevenbot.envelope import Envelope, Recipient
from sevenbot.maillog import MailLog
from sevenbot.spool.accept import Spool
from sevenbot.spool.disk import DiskStore
from sevenbot.state.sqlite import SqliteState

async def main(folder):
    numbers = itertools.count()
    retention = timedelta(days=30)
    async with (
        SqliteState.open(folder / "state.db", retention=retention, exclusive=True) as state,
        DiskStore(folder / "spool") as store,
    ):
        spool = Spool(state.ledger, store, MailLog(), retention=retention, on_accepted=lambda due: None)
        async def send(client):
            for number in numbers:
                raw = f"Subject: {sys.argv[2]} {number}\\r\\n\\r\\n{'x' * (number * 37 % 9000)}".encode()
                if number % 5 == 0:
                    raw += b"x" * 700_000
                recipients = (Recipient(client, f"{client}@example.org"), Recipient(-1, "all@example.org"))
                for receipt in await spool.accept(raw, Envelope("a@b.c", recipients, datetime.now(UTC), "smtp")):
                    print(receipt.message_id, len(raw), flush=True)
        await asyncio.gather(*(send(client) for client in range(1, 9)))

asyncio.run(main(Path(sys.argv[1])))
"""

ROUNDS = 6


def killed_while_receiving(folder: Path, number: int, seconds: float) -> dict[str, int]:
    """Let a process take mail for *seconds*, kill it, and return the size of each mail it gave a receipt for."""
    with subprocess.Popen(
        [sys.executable, "-c", RECEIVER, str(folder), str(number)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {message_id: int(size) for message_id, size in whole}


@pytest.mark.slow
async def test_whatever_had_a_receipt_survives_kill_at_any_instant(tmp_path: Path) -> None:
    receipts: dict[str, int] = {}
    for number in range(ROUNDS):
        receipts |= await asyncio.to_thread(killed_while_receiving, tmp_path, number, random.uniform(0, 0.3))

    async with (
        SqliteState.open(tmp_path / "state.db", retention=RETENTION, exclusive=True) as state,
        DiskStore(tmp_path / "spool") as store,
    ):
        items = {item.message_id: item async for item in state.ledger.find()}
        due = {entry.message_id async for entry in state.ledger.due()}
        missing = receipts.keys() - items.keys()
        sizes = {item.message_id: len(await store.get(item.raw_key)) for item in items.values()}
        orphans = len({key async for key in store.keys(datetime.now(UTC) + timedelta(hours=1))}) - len(
            {item.raw_key for item in items.values()}
        )
        _, swept = await sweep(state.ledger, store, datetime.now(UTC) + timedelta(hours=2))
        for item in items.values():
            assert len(await store.get(item.raw_key)) == item.size_bytes

    assert len(receipts) > ROUNDS
    assert not missing
    assert due == items.keys()
    assert all(sizes[message_id] == size for message_id, size in receipts.items())
    assert swept == orphans
