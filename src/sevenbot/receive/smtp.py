"""
The SMTP door: listens, counts who is inside, watches the time, and closes without losing what is under way.

A mail gets its 250 only after `accept` returned (RFC 5321 §6.1). What a connection may do is in `conversation`, what
bytes may come in is in `data` and `policy`.

There is no AUTH and no relay: the only recipients are addresses that `resolve` knows. Nothing is prepended to a mail
(no Received field): raw is what DATA carried, dot-unstuffed, and the arrival's facts travel in the envelope.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sevenbot.config import Listen
from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import ConfigError
from sevenbot.listening import why_not_listening
from sevenbot.maillog import MailLog
from sevenbot.receive import policy
from sevenbot.receive.connection import Connection
from sevenbot.receive.conversation import Conversation
from sevenbot.receive.policy import Limits, Refusal

logger = logging.getLogger("sevenbot.receive.smtp")

BACKLOG = 512  # connections the kernel may queue; a burst of senders is ordinary
LOAD = 0.75  # of max_connections, from which on idle clients are sent away soon

Resolve = Callable[[str], Awaitable[Recipient]]
Accept = Callable[[bytes, Envelope], Awaitable[list[Receipt]]]


@asynccontextmanager
async def smtp_door(  # noqa: PLR0917 - what a door needs, in the order of a mail's way
    listen: Listen,
    resolve: Resolve,
    accept: Accept,
    maillog: MailLog,
    limits: Limits,
    hostname: str,
    clock: Callable[[], datetime],
) -> AsyncIterator[Listen]:
    """
    Take mail by SMTP while the context is open, on the running loop; yield where it listens (port 0 is filled in).

    Args:
        resolve: The recipient of an address; raises UnknownRecipient, RecipientPaused or a Transient.
        accept: Keeps one mail for good; raises a Transient when it could not. Runs to its end even if the client left.
        hostname: What the greeting and EHLO answer with: the domain of the addresses.
        clock: Now, aware, UTC.

    On leaving it stops listening, sends idle clients away with 421, gives transfers `limits.farewell` to finish, then
    cuts them off; those senders have no 250 and will try again.

    Raises:
        ConfigError: Nothing can listen there (in use, not allowed, no such host).
    """
    # aiosmtpd logs what clients say, addresses included.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    loop = asyncio.get_running_loop()
    door = Door(resolve, accept, maillog, limits, hostname, clock)
    try:
        server = await loop.create_server(lambda: Conversation(door, loop), listen.host, listen.port, backlog=BACKLOG)
    except OSError as exc:
        problem = f"SEVENBOT_SMTP_LISTEN: cannot listen on {listen}: {why_not_listening(exc)}"
        raise ConfigError([problem]) from exc
    door.watch(loop)
    try:
        yield Listen(listen.host, server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await door.close()


@dataclass(slots=True)
class Door:
    """What all connections share."""

    resolve: Resolve
    accept: Accept
    maillog: MailLog
    limits: Limits
    hostname: str
    clock: Callable[[], datetime]
    bytes_in_flight: int = 0  # raw mail in memory
    is_closing: bool = False
    # The conversations at work; one outlives its connection to keep its mail.
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _inside: set[Connection] = field(default_factory=set)
    _inside_by_client: Counter[str] = field(default_factory=Counter)
    _is_empty: asyncio.Event = field(default_factory=asyncio.Event)
    _next_look: asyncio.TimerHandle | None = None

    def __post_init__(self) -> None:
        self._is_empty.set()

    @property
    def has_memory(self) -> bool:
        """Say whether the raw mail in memory is within bounds; one mail always is."""
        return self.bytes_in_flight <= max(self.limits.max_bytes_in_flight, self.limits.max_mail_bytes)

    def admit(self, connection: Connection) -> Refusal | None:
        """Let a connection in, or return why not."""
        client = client_key(connection.client)
        refusal = self._no_entry(client)
        if refusal is None:
            self._inside.add(connection)
            self._is_empty.clear()
            self._inside_by_client[client] += 1
        else:
            self.maillog.refused(reason=refusal.reason, via="smtp", code=refusal.code)
        return refusal

    def _no_entry(self, client: str) -> Refusal | None:
        if self.is_closing:
            return policy.CLOSING
        if len(self._inside) >= self.limits.max_connections:
            return policy.TOO_MANY_CONNECTIONS
        if self._inside_by_client[client] >= self.limits.max_connections_per_client:
            return policy.TOO_MANY_FROM_CLIENT
        return None

    def leave(self, connection: Connection) -> None:
        """Forget a connection that is gone; one that was never let in is no error."""
        if connection not in self._inside:
            return
        self._inside.remove(connection)
        if not self._inside:
            self._is_empty.set()
        client = client_key(connection.client)
        self._inside_by_client[client] -= 1
        if not self._inside_by_client[client]:
            del self._inside_by_client[client]

    def report_bug(self, error: Exception) -> None:
        """Log an error we don't know; of its text, which may quote an address or a mail, the log shows nothing."""
        logger.error("bug at the SMTP door, the sender may try again", exc_info=error)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look after the time of every connection, from now on and about once a second."""
        limits = self.limits
        shortest = min(limits.idle, limits.idle_under_load, limits.transfer, limits.session)
        self._next_look = loop.call_later(min(1.0, shortest.total_seconds() / 4), self.watch, loop)
        is_loaded = len(self._inside) >= LOAD * limits.max_connections
        idle = limits.idle_under_load if is_loaded else limits.idle
        now = loop.time()
        for connection in list(self._inside):
            connection.check_time(now, idle.total_seconds())

    async def close(self) -> None:
        """Let what is under way finish within `limits.farewell`, then cut it off."""
        self.is_closing = True
        if self._next_look is not None:
            self._next_look.cancel()
        for connection in [c for c in self._inside if c.is_between_mails]:
            connection.hang_up(policy.CLOSING)
        await self._finish()
        for connection in list(self._inside):
            connection.hang_up(policy.CLOSING)
            connection.cut()
        await self._finish()  # an `accept` that still runs
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self._is_empty.wait()  # the loop tells each connection that it is lost

    async def _finish(self) -> None:
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=self.limits.farewell.total_seconds())


def client_key(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 that one IPv6 subscriber has at least."""
    if ":" not in address:
        return address
    ip = ipaddress.IPv6Address(address)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((ip, 64), strict=False))
