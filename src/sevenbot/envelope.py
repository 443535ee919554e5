"""
The envelope: who handed us a mail, for whom, when. Values only; nothing of ours is imported here.

The reverse path and the recipients are what MAIL FROM and RCPT TO said (RFC 5321 §3.3), never the header's
From and To.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


def domain_of(reverse_path: str) -> str:
    """Return the domain in lower case, or "" when there is none (the null sender, `MAILER-DAEMON`)."""
    return reverse_path.rpartition("@")[2].lower() if "@" in reverse_path else ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address of ours that a mail was sent to, already resolved to its chat."""

    chat_id: int
    email_address: str  # as registered: lower case, without subaddress
    subaddress: str | None = None  # "shop" of maple-...+shop@example.org, lower case (RFC 5233)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The facts of one arrival."""

    sender: str  # the reverse path; "" for the null sender <> (RFC 5321 §4.5.5)
    recipients: tuple[Recipient, ...]
    received_at: datetime  # aware, UTC
    via: str  # the way in: "smtp", "imap", "http", "ses"
    client: str | None = None  # the peer's IP address, when there is one
    helo: str | None = None

    @property
    def sender_domain(self) -> str:
        """Return the domain of the reverse path in lower case, or "" when it has none."""
        return domain_of(self.sender)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof for the receiver that one recipient's mail is durable: only now may it say 250."""

    message_id: str  # the idempotency key, which is the item's id
    recipient: Recipient
    is_new: bool  # False: the same mail had arrived before; nothing was added
