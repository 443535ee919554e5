"""Fetch once with a real state and spool, and be killed at an instant; else print what is on record."""

# ruff: noqa: T201 - it prints what it found
from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sevenbot.config import Settings, load
from sevenbot.maillog import MailLog
from sevenbot.receive.imap import fetch_once
from sevenbot.receive.imap_session import Session
from sevenbot.spool.accept import Spool
from sevenbot.storage import open_storage
from tests.receive.conftest import resolve
from tests.receive.mailboxes import subject_of


def dying(call: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        result = call(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    return run


def dying_later(call: Callable[..., Any], calls: int) -> Callable[..., Any]:
    async def run(*arguments: Any) -> Any:
        nonlocal calls
        result = await call(*arguments)
        calls -= 1
        if calls == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return run


async def main(settings: Settings, instant: str) -> None:
    async with open_storage(settings, exclusive=True) as kept:
        maillog = MailLog()
        spool = Spool(
            kept.state.ledger, kept.store, maillog, retention=settings.retention, on_accepted=lambda _due: None
        )
        accept, positions = spool.accept, kept.state.positions
        match instant:
            case "accepted":
                accept = dying_later(accept, 1)
            case "marked":
                Session.mark = dying(Session.mark)  # type: ignore[method-assign]
            case "positioned":  # the first is where to start
                positions.set = dying_later(positions.set, 2)  # type: ignore[method-assign]
        assert settings.mailbox is not None
        now = datetime.now(UTC)
        fetched = await fetch_once(
            settings.mailbox,
            resolve=resolve,
            accept=accept,
            positions=positions,
            maillog=maillog,
            clock=lambda: datetime.now(UTC),
            deadline=now + timedelta(seconds=30),
        )
        raws = [await kept.store.get(item.raw_key) async for item in kept.state.ledger.find()]
        print(json.dumps({"subjects": [subject_of(raw) for raw in raws], "counts": dict(fetched.counts)}))


if __name__ == "__main__":
    asyncio.run(main(load({**os.environ, "SEVENBOT_DATA_DIR": str(Path(sys.argv[1]) / "data")}), sys.argv[2]))
