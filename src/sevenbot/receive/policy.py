"""
What the doors refuse, and why: pure functions over bytes, and the limits with their sources.

A refusal has a reply (what the sender reads) and a reason (what the operator counts). The reasons are these words,
and no others: unknown_recipient, paused, too_large, loop, too_many_recipients, bare_newline, long_line,
too_many_connections, too_many_errors, timeout, storage_full, unavailable, internal_error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sevenbot.errors import (
    LoopDetected,
    MessageTooLarge,
    Permanent,
    RecipientPaused,
    SevenBotError,
    StorageFull,
    Transient,
    UnknownRecipient,
)

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one mail, one connection and everybody together may take."""

    # One mail.
    max_mail_bytes: int = 25 * MIB  # what Gmail and Exchange Online send; announced as SIZE (RFC 1870)
    max_recipients: int = 100  # RFC 5321 §4.5.3.1.8: refusing fewer than 100 is a violation
    max_received_fields: int = 50  # Postfix's hopcount_limit; honest routes have about ten
    max_header_bytes: int = 1 * MIB  # Gmail takes 500 KB of header fields, Exchange 256 KB
    max_line_bytes: int = 256 * KIB  # RFC 5321 §4.5.3.1.6 says 1,000; HTML newsletters break it, by far

    # One connection.
    max_command_bytes: int = 2 * KIB  # RFC 5321 §4.5.3.1.4 says 512 and more with extensions; Postfix takes 2,048
    max_errors: int = 20  # Postfix's smtpd_hard_error_limit; stops the harvest of addresses
    max_idle_commands: int = 100  # NOOP, RSET and the like between two mails: Postfix's smtpd_junk_command_limit
    max_recipient_overshoot: int = 1000  # RCPTs beyond max_recipients before they count as errors: Postfix, likewise
    idle: timedelta = timedelta(minutes=5)  # RFC 5321 §4.5.3.2.7
    idle_under_load: timedelta = timedelta(seconds=10)  # Postfix's smtpd_timeout under stress
    transfer: timedelta = timedelta(minutes=15)  # one DATA: 25 MiB at 30 KB/s
    session: timedelta = timedelta(hours=1)  # no sender needs longer; who trickles commands is sent away

    # Everybody.
    max_connections: int = 500  # at about 50 KB each; leaves room under the usual 1,024 open files
    max_connections_per_client: int = 50  # Postfix's smtpd_client_connection_count_limit; IPv6: per /64
    max_bytes_in_flight: int = 256 * MIB  # raw mail in memory, all connections together; one mail always fits
    farewell: timedelta = timedelta(seconds=5)  # at shutdown, for transfers under way


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reply to the sender, and its reason for the operator."""

    reason: str
    reply: str

    @property
    def code(self) -> str:
        """Return the reply's two codes, "550 5.1.1"."""
        return " ".join(self.reply.split()[:2])


TOO_LARGE = Refusal("too_large", MessageTooLarge.smtp_reply)
LOOP = Refusal("loop", LoopDetected.smtp_reply)
NO_ROOM = Refusal("storage_full", StorageFull.smtp_reply)
HEADER_TOO_LARGE = Refusal("too_large", "552 5.3.4 Header section too large")
LONG_LINE = Refusal("long_line", "500 5.6.0 Line too long")
BARE_NEWLINE = Refusal("bare_newline", "550 5.6.0 Bare CR or LF in the mail: lines end in CRLF (RFC 5321 2.3.8)")
BARE_NEWLINE_IN_COMMAND = Refusal("bare_newline", "500 5.5.2 Bare CR or LF in a command: lines end in CRLF")
TOO_MANY_RECIPIENTS = Refusal("too_many_recipients", "452 4.5.3 Too many recipients, send the rest separately")
TOO_MANY_CONNECTIONS = Refusal("too_many_connections", "421 4.3.2 Too many connections, please try again later")
TOO_MANY_FROM_CLIENT = Refusal("too_many_connections", "421 4.7.0 Too many connections from your address")
TOO_MANY_ERRORS = Refusal("too_many_errors", "421 4.7.0 Too many errors, goodbye")
NO_SMTP = Refusal("too_many_errors", "421 5.5.1 This is not SMTP, goodbye")
TOO_SLOW = Refusal("timeout", "421 4.4.2 Timeout, goodbye")
CLOSING = Refusal("unavailable", "421 4.3.2 Going down, please try again later")
BROKEN_TRANSFER = Refusal("internal_error", "421 4.3.0 Temporary problem, goodbye, please try again later")
INTERNAL_ERROR = Refusal("internal_error", Transient.smtp_reply)

_REASONS: tuple[tuple[type[SevenBotError], str], ...] = (  # the first that fits
    (UnknownRecipient, "unknown_recipient"),
    (RecipientPaused, "paused"),
    (MessageTooLarge, "too_large"),
    (LoopDetected, "loop"),
    (StorageFull, "storage_full"),
    (Transient, "unavailable"),
)


def refusal_for(error: Exception) -> Refusal:
    """Return the answer to *error*; one we don't know is a bug of ours, so the sender may try again."""
    if not isinstance(error, Transient | Permanent):
        return INTERNAL_ERROR
    reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), INTERNAL_ERROR.reason)
    return Refusal(reason, error.smtp_reply)


def judge(raw: bytes, limits: Limits) -> Refusal | None:
    """Return why a whole mail cannot be taken, or None; its size and newlines are judged while it arrives."""
    end = header_end(raw)
    if end > limits.max_header_bytes:
        return HEADER_TOO_LARGE
    if is_looping(raw, end, limits):
        return LOOP
    if has_longer_line(raw, limits.max_line_bytes):
        return LONG_LINE
    return None


def is_looping(raw: bytes, end: int, limits: Limits) -> bool:
    """Say whether the header section, the first *end* bytes, has more Received fields than any honest route."""
    return count_received(raw, end) > limits.max_received_fields


def header_end(raw: bytes) -> int:
    r"""Return the length of the header section: up to the first empty line, or all of it (lines end in \r\n)."""
    if raw.startswith(b"\r\n"):
        return 0
    end = raw.find(b"\r\n\r\n")
    return len(raw) if end < 0 else end + 2


def count_received(raw: bytes, end: int) -> int:
    """Count the Received fields in the first *end* bytes (RFC 5321 §6.3: the sign of a loop)."""
    header = b"\r\n" + raw[:end].lower()
    return header.count(b"\r\nreceived:") + header.count(b"\r\nreceived :")  # the space: RFC 5322 §4.5


def has_bare_newline(piece: bytes) -> bool:
    r"""Say whether a CR or LF stands alone; a piece must not begin or end between \r and \n."""
    pairs = piece.count(b"\r\n")
    return piece.count(b"\n") != pairs or piece.count(b"\r") != pairs


def has_longer_line(raw: bytes, limit: int) -> bool:
    """
    Say whether a line has more than *limit* bytes, its line end not counted.

    Looks at a few bytes per *limit*: from a line's start, the last line end within reach is the next start.
    """
    start = 0
    while len(raw) - start > limit:
        line_end = raw.rfind(b"\r\n", start, start + limit + 2)
        if line_end < 0:
            return True
        start = line_end + 2
    return False
