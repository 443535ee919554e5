"""A real door on a real port, on a uvloop of its own in a thread, with fake owners of addresses behind it."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import pytest
import uvloop

from sevenbot.config import Listen
from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import RecipientPaused, StateUnavailable, UnknownRecipient
from sevenbot.maillog import Event, MailLog
from sevenbot.receive.policy import Limits
from sevenbot.receive.smtp import smtp_door

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
PATIENCE = 20.0  # seconds a test waits for what must come; never waited out in a test that passes
QUICK_FAREWELL = timedelta(seconds=0.2)


async def resolve(address: str) -> Recipient:
    """Know ann and bob (with subaddresses) and user1 to user2000, all of example.org; paul is paused."""
    local, _, domain = address.lower().partition("@")
    local, _, tag = local.partition("+")
    if local == "broken":
        raise StateUnavailable
    if local == "bug":
        raise KeyError("secret-address@example.org")
    if domain != "example.org":
        raise UnknownRecipient
    if local == "paul":
        raise RecipientPaused
    if local not in ("ann", "bob") and not local.startswith("user"):
        raise UnknownRecipient
    return Recipient(chat_id=1, email_address=f"{local}@example.org", subaddress=tag or None)


class RunningDoor:
    """The door, and all that came in by it."""

    def __init__(self, limits: Limits, accept: Callable[[bytes, Envelope], Awaitable[list[Receipt]]] | None) -> None:
        self.limits = limits
        self.mails: list[tuple[bytes, Envelope]] = []
        self.events: list[Event] = []
        self.listen = Listen("127.0.0.1", 0)
        self.loop = uvloop.new_event_loop()
        self._accept = accept or self.keep
        self._is_open = threading.Event()
        self._close = asyncio.Event()
        self._thread = threading.Thread(target=self._run)
        self._sockets = ExitStack()

    async def keep(self, raw: bytes, envelope: Envelope) -> list[Receipt]:
        self.mails.append((raw, envelope))
        number = len(self.mails)
        return [Receipt(f"{number:040x}", recipient, is_new=True) for recipient in envelope.recipients]

    @property
    def raws(self) -> list[bytes]:
        return [raw for raw, _ in self.mails]

    @property
    def refusals(self) -> list[tuple[object, object]]:
        return [(e.facts["reason"], e.facts["code"]) for e in self.events if e.name == "refused"]

    def client(self, *, greeted: bool = True) -> Wire:
        wire = Wire(self._sockets.enter_context(socket.create_connection(self.address, timeout=PATIENCE)))
        if greeted:
            wire.reply()
            wire.ask(b"EHLO client.test")
        return wire

    @property
    def address(self) -> tuple[str, int]:
        return self.listen.host, self.listen.port

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self.loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        maillog = MailLog(self.events.append)
        try:
            async with smtp_door(
                self.listen, resolve, self._accept, maillog, self.limits, "example.org", lambda: NOW
            ) as self.listen:
                self._is_open.set()
                await self._close.wait()
        finally:
            self._is_open.set()

    def close(self) -> None:
        """Begin to close, without waiting."""
        self.loop.call_soon_threadsafe(self._close.set)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._is_open.wait(PATIENCE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sockets.close()
        if not self.loop.is_closed():
            self.close()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


class Wire:
    """A client that says exactly what it is told to."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.replies: list[str] = []
        self._read = connection.makefile("rb")

    def send(self, octets: bytes) -> None:
        self.socket.sendall(octets)

    def line(self) -> str:
        return self._read.readline().decode()

    def reply(self) -> str:
        """Return one reply, its lines joined by newlines, or "" when the door closed the connection."""
        lines = []
        while True:
            try:
                line = self.line()
            except ConnectionResetError:
                line = ""
            lines.append(line.rstrip("\r\n"))
            if line[3:4] != "-":
                self.replies.append("\n".join(lines))
                return self.replies[-1]

    def ask(self, command: bytes) -> str:
        self.send(command + b"\r\n")
        return self.reply()

    def begin_data(self, *recipients: bytes) -> str:
        self.ask(b"MAIL FROM:<sender@example.net>")
        for recipient in recipients or (b"ann@example.org",):
            self.ask(b"RCPT TO:<%s>" % recipient)
        return self.ask(b"DATA")

    def data(self, octets: bytes) -> str:
        """Send a whole transaction with these bytes, the end included by the caller."""
        self.begin_data()
        self.send(octets)
        return self.reply()

    def half_close(self) -> None:
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Leave with an RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._read.close()
        self.socket.close()

    def is_closed(self) -> bool:
        try:
            return self._read.read(1) == b""
        except ConnectionResetError:
            return True


OpenDoor = Callable[..., RunningDoor]


@pytest.fixture
def open_door() -> Iterator[OpenDoor]:
    with ExitStack() as stack:

        def open_one(
            accept: Callable[[bytes, Envelope], Awaitable[list[Receipt]]] | None = None, **limits: Any
        ) -> RunningDoor:
            limits.setdefault("farewell", QUICK_FAREWELL)
            return stack.enter_context(RunningDoor(Limits(**limits), accept))

        yield open_one


@pytest.fixture
def door(open_door: OpenDoor) -> RunningDoor:
    return open_door()
