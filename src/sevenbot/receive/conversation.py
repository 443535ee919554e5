# ruff: noqa: N802, ARG002 - aiosmtpd finds commands by these names and calls them with one argument
"""
The commands of one SMTP connection (RFC 5321), with enhanced status codes (RFC 2034).

aiosmtpd's own are replaced: its replies lack those codes, it reads addresses through the header parser and DATA line
by line, which together took most of a mail's time.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from sevenbot.envelope import Envelope
from sevenbot.receive import policy
from sevenbot.receive.commands import declared_size, mail_parameters_problem, read_path
from sevenbot.receive.connection import ClientGone, Connection, Transaction
from sevenbot.receive.data import DataReader
from sevenbot.receive.policy import Refusal

if TYPE_CHECKING:
    from sevenbot.receive.smtp import Door

CHUNK = 256 * 1024  # what uvloop reads at once
MAX_NAME_LENGTH = 255  # RFC 5321 §4.5.3.1.2: a domain


class Conversation(Connection):
    """What is said on one connection, and the mail that comes of it."""

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(door, loop)
        self._bytes_held = 0

    async def smtp_HELO(self, argument: str | None) -> None:
        """Greet (RFC 5321 §4.1.1.1)."""
        if argument is None:
            await self.push("501 5.5.4 Syntax: HELO your.name")
            return
        self._begin_session(argument)
        await self.push(f"250 {self.hostname}")

    async def smtp_EHLO(self, argument: str | None) -> None:
        """Greet, and say what is offered."""
        if argument is None:
            await self.push("501 5.5.4 Syntax: EHLO your.name")
            return
        self._begin_session(argument)
        offers = (self.hostname, "PIPELINING", f"SIZE {self._limits.max_mail_bytes}", "8BITMIME", "SMTPUTF8")
        await self.push("".join(f"250-{offer}\r\n" for offer in offers) + "250 ENHANCEDSTATUSCODES")

    def _begin_session(self, name: str) -> None:
        assert self.session is not None
        self.session.host_name = "".join(filter(str.isprintable, name))[:MAX_NAME_LENGTH]
        self._transaction = Transaction()

    async def smtp_MAIL(self, argument: str | None) -> None:
        """Begin a mail: who sends it (RFC 5321 §4.1.1.2)."""
        assert self.session is not None
        path = read_path(argument, "FROM:")
        if self.session.host_name is None:
            await self.push("503 5.5.1 Send EHLO first")
        elif self._transaction.sender is not None:
            await self.push("503 5.5.1 One MAIL at a time")
        elif path is None:
            await self.push("501 5.1.7 Syntax: MAIL FROM:<address>")
        elif (problem := mail_parameters_problem(path.parameters)) is not None:
            await self.push(problem)
        elif (size_bytes := declared_size(path.parameters)) > self._limits.max_mail_bytes:
            await self._refuse(policy.TOO_LARGE, size_bytes)
        else:
            self._transaction.sender = path.address
            await self.push("250 2.1.0 OK")

    async def smtp_RCPT(self, argument: str | None) -> None:
        """Add one recipient, or say why not (RFC 5321 §4.1.1.3)."""
        path = read_path(argument, "TO:")
        if self._transaction.sender is None:
            await self.push("503 5.5.1 Send MAIL first")
        elif path is None or not path.address:
            await self.push("501 5.1.3 Syntax: RCPT TO:<address>")
        elif path.parameters:
            await self.push("555 5.5.4 No parameters of RCPT are offered")
        else:
            await self._add_recipient(path.address)

    async def _add_recipient(self, address: str) -> None:
        transaction, limits = self._transaction, self._limits
        transaction.rcpt_commands += 1
        is_overshot = transaction.rcpt_commands > limits.max_recipients + limits.max_recipient_overshoot
        if is_overshot or len(transaction.recipients) >= limits.max_recipients:
            self._errors += is_overshot
            await self._refuse(policy.TOO_MANY_RECIPIENTS)
            return
        with self._working():
            recipient = await self._door.resolve(address)
        transaction.recipients.setdefault(recipient.email_address, recipient)
        await self.push("250 2.1.5 OK")

    async def smtp_DATA(self, argument: str | None) -> None:
        """Take the mail, keep it, and only then say so (RFC 5321 §4.1.1.4, §6.1)."""
        if argument is not None:
            await self.push("501 5.5.4 Syntax: DATA")
        elif not self._transaction.recipients:
            await self._refuse_data()
        else:
            try:
                await self._take_mail()
            finally:
                self._hold(0)
                self._transaction = Transaction()

    async def _refuse_data(self) -> None:
        is_impatient = bool(self._read_ahead)
        await self.push(
            "554 5.5.1 No valid recipients" if self._transaction.rcpt_commands else "503 5.5.1 Send RCPT first"
        )
        if is_impatient:
            # RFC 2920 §3.1: nothing may follow DATA unasked. That is the mail, and must not be read as commands.
            self.hang_up(policy.NO_SMTP)

    async def _take_mail(self) -> None:
        await self.push("354 End with CRLF.CRLF")
        began_at = time.monotonic()
        mail = await self._read_mail()
        self._door.maillog.received(size_bytes=mail.size_bytes, via="smtp", seconds=time.monotonic() - began_at)
        refusal = _whole_refusal(mail)
        raw = b"" if refusal else mail.take()
        refusal = refusal or policy.judge(raw, self._limits)
        if refusal:
            await self._refuse(refusal, mail.size_bytes)
            return
        with self._working():
            receipts = await self._door.accept(raw, self._envelope())
        self._idle_commands = 0
        await self.push(f"250 2.0.0 Kept as {receipts[0].message_id}")

    async def _read_mail(self) -> DataReader:
        mail = DataReader(self._limits.max_mail_bytes)
        self._transfer_began_at = self._heard_at = self.loop.time()
        rest = None
        while rest is None:
            chunk = await self._reader.read(CHUNK)
            if not chunk:
                raise ClientGone  # before the end: there is no mail
            rest = mail.feed(chunk)
            self._heard_at = self.loop.time()
            if not self._hold(mail.held_bytes):
                mail.drop()
        self._transfer_began_at = None
        self._read_ahead[:0] = rest  # the next commands, sent with the mail (RFC 2920)
        return mail

    def _hold(self, size_bytes: int) -> bool:
        """Say that this connection holds so much of a mail in memory; return whether there is room for it."""
        self._door.bytes_in_flight += size_bytes - self._bytes_held
        self._bytes_held = size_bytes
        return self._door.has_memory

    def _envelope(self) -> Envelope:
        assert self.session is not None
        return Envelope(
            sender=self._transaction.sender or "",
            recipients=tuple(self._transaction.recipients.values()),
            received_at=self._door.clock(),
            via="smtp",
            client=self.client or None,
            helo=self.session.host_name,
        )

    async def smtp_RSET(self, argument: str | None) -> None:
        """Forget the mail begun."""
        self._transaction = Transaction()
        await self.push("250 2.0.0 OK")

    async def smtp_NOOP(self, argument: str | None) -> None:
        """Do nothing."""
        await self.push("250 2.0.0 OK")

    async def smtp_VRFY(self, argument: str | None) -> None:
        """Tell nothing about addresses (RFC 5321 §7.3)."""
        await self.push("252 2.0.0 Send a mail and see")

    async def smtp_QUIT(self, argument: str | None) -> None:
        """Say goodbye."""
        await self.push("221 2.0.0 Goodbye")
        self._leave()


def _whole_refusal(mail: DataReader) -> Refusal | None:
    if mail.is_too_large:
        return policy.TOO_LARGE
    if mail.is_dropped:
        return policy.NO_ROOM
    return policy.BARE_NEWLINE if mail.has_bare_newline else None
