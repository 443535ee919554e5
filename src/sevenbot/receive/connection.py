"""
One SMTP connection without its commands: the stream, whose turn it is, the time, the errors, the last word.

Built on aiosmtpd's protocol class, which gives the stream, the session and the table of commands. Its command loop is
replaced, because the door must

- refuse bare CR and LF in commands, and bound the memory, the time and the errors of a connection;
- serve what a client sent before it closed its side, and finish what it began to keep after the client has gone;
- answer an exception with 451 and never with its text, and log nothing that a client said.
"""

from __future__ import annotations

import asyncio
from asyncio import IncompleteReadError, LimitOverrunError, StreamReaderProtocol
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from aiosmtpd.smtp import SMTP

from sevenbot.envelope import Recipient, domain_of
from sevenbot.errors import SevenBotError
from sevenbot.receive import policy
from sevenbot.receive.policy import Refusal

if TYPE_CHECKING:
    from sevenbot.receive.smtp import Door

COMMANDS = tuple(f"smtp_{verb}" for verb in ("HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "VRFY", "QUIT"))
IDLE_COMMANDS = frozenset({"HELO", "EHLO", "RSET", "NOOP", "VRFY"})
# Known, and not offered here: 502 instead of 500 (RFC 5321 §4.2.4).
NOT_OFFERED = frozenset({"AUTH", "ETRN", "EXPN", "HELP", "STARTTLS", "TURN"})
# What follows these is no SMTP: a web page can make a browser post SMTP commands to this port inside a form, and BDAT
# (RFC 3030 §2), which is not offered either, is followed by the mail itself. It must not be read as commands.
NO_SMTP_FOLLOWS = frozenset({"BDAT", "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})


@dataclass(slots=True)
class Transaction:
    """What MAIL and RCPT have said so far."""

    sender: str | None = None  # "" is the null sender
    recipients: dict[str, Recipient] = field(default_factory=dict)  # by registered address: each once
    rcpt_commands: int = 0

    @property
    def sender_domain(self) -> str:
        """Return the domain of the reverse path, for the mail log."""
        return domain_of(self.sender or "")


class ClientGone(Exception):
    """There is nobody left to answer."""


class Connection(SMTP):
    """The server's side of one connection; `smtp_*` methods of a subclass are its commands."""

    line_length_limit = 32 * 1024  # the stream's buffer: how much is read ahead of what was answered

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(None, hostname=door.hostname, data_size_limit=door.limits.max_mail_bytes, loop=loop)
        self.client = ""  # the peer's IP address
        self._door = door
        self._limits = door.limits
        self._transaction = Transaction()
        self._errors = 0
        self._idle_commands = 0
        self._is_working = False  # True while the client waits for us; all other time is the client's
        self._began_at = self._heard_at = loop.time()
        self._transfer_began_at: float | None = None
        self._left_at: float | None = None  # when the last reply was said

    def __dir__(self) -> tuple[str, ...]:
        # aiosmtpd looks its commands up with dir(), for every connection: name them, and nothing else.
        return COMMANDS

    # The stream

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless the door has too many already."""
        peer = transport.get_extra_info("peername")
        self.client = peer[0] if peer else ""
        refusal = self._door.admit(self)
        if refusal is not None:
            cast("asyncio.Transport", transport).write(f"{refusal.reply}\r\n".encode())
            transport.close()
            return
        super().connection_made(transport)
        assert self._handler_coroutine is not None
        self._door.tasks.add(self._handler_coroutine)
        self._handler_coroutine.add_done_callback(self._door.tasks.discard)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 - as asyncio calls it
        """Let the conversation end by itself: a mail that is whole is kept, though its reply reaches nobody."""
        self.transport = None
        self._door.leave(self)
        StreamReaderProtocol.connection_lost(self, None)  # why makes no difference: reading comes to an end

    def eof_received(self) -> bool | None:
        """Go on answering what came before the client closed its side."""
        return StreamReaderProtocol.eof_received(self)

    @property
    def _read_ahead(self) -> bytearray:
        """The bytes that came and were not asked for yet; aiosmtpd reaches for them in the same way."""
        buffer: bytearray = self._reader._buffer  # type: ignore[attr-defined] # noqa: SLF001 - streams cannot unread
        return buffer

    async def push(self, status: str | bytes) -> None:
        """Send one reply; a 5yz counts as an error."""
        if self.transport is None or self._left_at is not None:
            raise ClientGone
        reply = status if isinstance(status, str) else status.decode()
        if reply[0] == "5":
            self._errors += 1
        self._writer.write(f"{reply}\r\n".encode())
        try:
            await self._writer.drain()
        except ConnectionError as exc:
            raise ClientGone from exc

    async def _refuse(self, refusal: Refusal, size_bytes: int | None = None) -> None:
        self._note(refusal, size_bytes)
        await self.push(refusal.reply)

    def _note(self, refusal: Refusal, size_bytes: int | None = None) -> None:
        self._door.maillog.refused(
            reason=refusal.reason,
            via="smtp",
            code=refusal.code,
            sender_domain=self._transaction.sender_domain,
            size_bytes=size_bytes,
        )

    # Time, and the end

    @property
    def is_between_mails(self) -> bool:
        """Say whether the connection can be closed without interrupting anything."""
        return not self._is_working and self._transaction.sender is None

    @contextmanager
    def _working(self) -> Iterator[None]:
        self._is_working = True
        try:
            yield
        finally:
            self._is_working = False
            self._heard_at = self.loop.time()

    def check_time(self, now: float, idle_seconds: float) -> None:
        """Hang up on a client that has used up its time, cut off one that would not read the last word."""
        if self._left_at is None:
            if self._is_overdue(now, idle_seconds):
                self.hang_up(policy.TOO_SLOW)
        elif now - self._left_at > self._limits.farewell.total_seconds():
            self.cut()

    def _is_overdue(self, now: float, idle_seconds: float) -> bool:
        if self._is_working:
            return False
        if now - self._heard_at > idle_seconds:
            return True
        if self._transfer_began_at is not None:
            return now - self._transfer_began_at > self._limits.transfer.total_seconds()
        return now - self._began_at > self._limits.session.total_seconds()

    def hang_up(self, refusal: Refusal) -> None:
        """Say a last word and close, unless that is done."""
        if self.transport is None or self._left_at is not None:
            return
        self._note(refusal)
        self._writer.write(f"{refusal.reply}\r\n".encode())
        self._leave()

    def _leave(self) -> None:
        if self.transport is not None:
            self._left_at = self.loop.time()
            self.transport.close()

    def cut(self) -> None:
        """Close at once, without waiting for the client to read."""
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()  # uvloop's are none by inheritance

    def _reset_timeout(self, duration: float | None = None) -> None:
        """Do nothing: the door looks at all its connections once a second instead."""

    # The conversation

    async def _handle_client(self) -> None:
        try:
            await self.push(f"220 {self.hostname} ESMTP SevenBot")
            while self._left_at is None:
                await self._obey(await self._next_line())
        except ClientGone:
            pass
        finally:
            self._leave()

    async def _next_line(self) -> bytes:
        if self._door.is_closing and self.is_between_mails:
            self.hang_up(policy.CLOSING)
        try:
            line = await self._reader.readuntil(b"\n")
        except IncompleteReadError as exc:
            raise ClientGone from exc
        except LimitOverrunError as exc:  # a command without end
            self.hang_up(policy.TOO_MANY_ERRORS)
            raise ClientGone from exc
        self._heard_at = self.loop.time()
        return line

    async def _obey(self, line: bytes) -> None:
        command, _, argument = line[:-2].partition(b" ")
        verb = command.decode("ascii", "replace").upper()
        if len(line) > self._limits.max_command_bytes:
            await self.push("500 5.5.2 Command line too long")
        elif not line.endswith(b"\r\n") or b"\r" in line[:-2]:
            await self._refuse(policy.BARE_NEWLINE_IN_COMMAND)
        elif verb in self._smtp_methods:
            await self._run(verb, argument.decode("utf-8", "replace").strip() or None)
        elif verb in NO_SMTP_FOLLOWS:
            self.hang_up(policy.NO_SMTP)
        else:
            await self.push("502 5.5.1 Not offered here" if verb in NOT_OFFERED else "500 5.5.2 Unknown command")
        if self._errors >= self._limits.max_errors:
            self.hang_up(policy.TOO_MANY_ERRORS)

    async def _run(self, verb: str, argument: str | None) -> None:
        if verb in IDLE_COMMANDS:
            self._idle_commands += 1
            self._errors += self._idle_commands > self._limits.max_idle_commands
        try:
            await self._smtp_methods[verb](argument)
        except ClientGone:
            raise
        except Exception as exc:  # noqa: BLE001 - the door's outermost frame
            if not isinstance(exc, SevenBotError):
                self._door.report_bug(exc)
            if self._transfer_began_at is not None:
                self.hang_up(policy.BROKEN_TRANSFER)  # the rest of the mail must not be read as commands
                return
            await self._refuse(policy.refusal_for(exc))
