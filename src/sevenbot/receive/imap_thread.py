"""A thread for each blocking call on a session, one at a time."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from sevenbot.receive.imap_session import Session

T = TypeVar("T")


async def in_thread(session: Session, call: Callable[[], T]) -> T:
    """Return what *call* returns; when cancelled, cut the connection, so that the thread ends soon by itself."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def answer(give: Callable[[], None]) -> None:
        if not future.done():  # else cancelled
            give()

    def run() -> None:
        try:
            give = functools.partial(future.set_result, call())
        except Exception as exc:  # noqa: BLE001 - whatever it is belongs to who awaits it
            give = functools.partial(future.set_exception, exc)
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(answer, give)

    # A daemon, since one that connects or looks a name up cannot be stopped, and must not hold up the process's end.
    threading.Thread(target=run, name="imap", daemon=True).start()
    try:
        return await future
    except asyncio.CancelledError:
        session.cut()
        raise
