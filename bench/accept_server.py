"""
The door, the spool and the state as `sevenbot run` has them, in a process of their own, with nobody to deliver.

    python -m bench.accept_server FOLDER      prints the port, then serves until SIGTERM
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import uvloop

from sevenbot import alias, logs
from sevenbot.config import Listen
from sevenbot.maillog import MailLog, log_event
from sevenbot.metrics import Metrics
from sevenbot.receive.policy import Limits
from sevenbot.receive.smtp import smtp_door
from sevenbot.spool.accept import Spool
from sevenbot.spool.disk import DiskStore
from sevenbot.state.ledger import Due
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import User

DOMAIN = "bench.example"
RECIPIENT = f"ann@{DOMAIN}"
RETENTION = timedelta(days=30)


def nobody(due: Due) -> None:
    """Deliver nothing: only accepting is measured."""


async def serve(folder: Path) -> None:
    """Accept mail for RECIPIENT into *folder* until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    maillog = MailLog(log_event, Metrics().observe)
    async with (
        SqliteState.open(folder / "sevenbot.db", retention=RETENTION, exclusive=True) as state,
        DiskStore(folder / "spool") as store,
    ):
        await state.users.register(User(chat_id=1, email_address=RECIPIENT, created_at=datetime.now(UTC)))
        spool = Spool(state.ledger, store, maillog, retention=RETENTION, on_accepted=nobody)
        resolve = partial(alias.resolve, state.users, DOMAIN)
        listen = Listen("127.0.0.1", 0)
        async with smtp_door(
            listen, resolve, spool.accept, maillog, Limits(), DOMAIN, lambda: datetime.now(UTC)
        ) as bound:
            print(bound.port, flush=True)
            await stop.wait()


if __name__ == "__main__":
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        logs.configure(stream=nowhere)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve(Path(sys.argv[1])))
