"""
The parsed view of a raw mail. Every later step works on this value, never on the bytes.

`parse(raw)` in `parse/mail.py` makes one from any bytes whatever and raises nothing; what was odd is in `notes`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What sort of mail it is."""

    PERSONAL = "personal"
    NEWSLETTER = "newsletter"
    TRANSACTIONAL = "transactional"
    CODE = "code"
    INVITE = "invite"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto-reply"
    NOTIFICATION = "notification"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name and an address (RFC 5322 §3.4), decoded; either may be ""."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached MIME part; its bytes stay in the raw mail (`parse.mail.attachments` gives them)."""

    filename: str | None
    content_type: str
    size_bytes: int  # decoded
    inline: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link as shown and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Repeats:
    """How an event comes again (RFC 5545 §3.3.10), as far as a line can tell."""

    frequency: str  # daily, weekly, monthly, yearly
    interval: int = 1
    weekdays: tuple[int, ...] = ()  # of a weekly one, Monday 0
    count: int | None = None
    until: str | None = None  # ISO 8601 date


@dataclass(frozen=True, slots=True)
class Invite:
    """A calendar invitation (RFC 5546)."""

    method: str
    summary: str
    start: str | None  # ISO 8601
    end: str | None
    location: str | None
    organizer: str | None
    is_cancelled: bool = False
    is_update: bool = False  # of one that was sent before
    answer: str | None = None  # of a guest, in a REPLY: ACCEPTED, DECLINED, TENTATIVE
    guest: str | None = None
    repeats: Repeats | None = None


class Cause(StrEnum):
    """Why a mail did not arrive (RFC 3463 §3), as far as a reader can do something about it."""

    NO_SUCH_ADDRESS = "no-such-address"
    NO_SUCH_DOMAIN = "no-such-domain"
    MAILBOX_FULL = "mailbox-full"
    MAILBOX_CLOSED = "mailbox-closed"
    TOO_LARGE = "too-large"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery status notification (RFC 3464)."""

    recipients: tuple[str, ...]
    status: str | None  # "5.1.1"
    permanent: bool | None
    reason: str = ""  # what the other server said, in its own words
    cause: Cause | None = None
    is_waiting: bool = False  # the server goes on trying


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """List-Unsubscribe (RFC 2369, RFC 8058)."""

    one_click: bool
    url: str | None
    mailto: str | None


@dataclass(frozen=True, slots=True)
class Auth:
    """What is proven about the sender: "pass", "fail", "none", ... (RFC 8601 §2.7)."""

    spf: str = "none"
    dkim: str = "none"
    dmarc: str = "none"
    aligned: bool | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as a reader sees it."""

    message_id: str | None
    subject: str
    date: datetime | None  # aware
    sender: Mailbox | None  # the header's From
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    kind: Kind
    text: str  # LF line ends, the whole body as text
    text_source: Literal["plain", "html", "none"]
    latest: str  # text without quotes and signature
    passed_on: str = ""  # a forwarded mail below the words of whoever passes it on; "" when there are none
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()  # every link of the body, in order, without repeats
    codes: tuple[str, ...] = ()  # for logging in, confirming and the like; without blanks and hyphens
    invite: Invite | None = None
    bounce: Bounce | None = None
    unsubscribe: Unsubscribe | None = None
    auth: Auth = field(default_factory=Auth)
    unseen: str = ""  # the beginning of what its HTML has and does not show: preheaders, and words for machines
    warnings: tuple[str, ...] = ()  # for the reader
    notes: tuple[str, ...] = ()  # what was odd in the bytes, and how they were read all the same
