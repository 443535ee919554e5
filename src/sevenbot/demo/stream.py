"""
Server-sent events: everything the page shows, as it happens.

A reader gets a "state" event first (the whole truth), then each change; after a lost connection the browser comes
back by itself and starts from the truth again. Format: html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec

HEARTBEAT_SECONDS = 15.0  # a comment line, so that a dead connection is noticed
MAX_WAITING = 1000  # events a slow reader may lag behind; then it is cut off and starts again


class Stream:
    """Tells every reader what happens."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[bytes | None]] = set()

    def publish(self, name: str, facts: dict[str, Any]) -> None:
        """Tell all readers."""
        if not self._readers:
            return
        line = _line(name, facts)
        for reader in list(self._readers):
            try:
                reader.put_nowait(line)
            except asyncio.QueueFull:
                self._readers.discard(reader)
                reader.get_nowait()
                reader.put_nowait(None)

    async def read(self, state: Callable[[], dict[str, Any]]) -> AsyncIterator[bytes]:
        """Yield the state, then every change, until the reader goes away or `close` is called."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(MAX_WAITING)
        self._readers.add(queue)
        try:
            yield b"retry: 500\n\n" + _line("state", state())
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    line = b": still here\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._readers.discard(queue)

    def close(self) -> None:
        """End all readers, so that the server can stop."""
        for reader in self._readers:
            if reader.full():
                reader.get_nowait()
            reader.put_nowait(None)


def _line(name: str, facts: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(facts) + b"\n\n"
