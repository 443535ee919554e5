"""What tests of the IMAP door share: a Dovecot for all of them, and the door over fakes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sevenbot.config import load
from sevenbot.envelope import Envelope, Receipt
from sevenbot.mailbox import Mailbox
from sevenbot.maillog import Event, MailLog
from sevenbot.receive.imap import Fetched, fetch_once
from sevenbot.spool.digest import idempotency_key
from tests.fakes import FakePositions
from tests.receive.conftest import resolve

PATIENCE = timedelta(seconds=30)


def mail(subject: str, to: str = "ann@example.org", **fields: str) -> bytes:
    """Return a small mail; fields of keywords (X_Original_To) stand above the others."""
    above = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"{above}From: bob@example.net\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello\r\n".encode()


def subject_of(raw: bytes) -> str:
    return raw.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode()


class Door:
    """`fetch_once` over fakes that remember; a mail counts once however often it comes, as in the ledger."""

    def __init__(self, url: str, **settings: str) -> None:
        self.settings = {"SEVENBOT_IMAP_URL": url, **settings}
        self.positions = FakePositions()
        self.events: list[Event] = []
        self.mails: list[tuple[bytes, Envelope]] = []
        self.known: set[str] = set()
        self.now = datetime.now(UTC)
        self.patience = PATIENCE
        #: Called before a mail is kept; what it raises is why it is not.
        self.before_keeping: Callable[[bytes], None] = lambda raw: None
        self.resolve = resolve

    @property
    def mailbox(self) -> Mailbox:
        mailbox = load(self.settings).mailbox
        assert mailbox is not None
        return mailbox

    async def accept(self, raw: bytes, envelope: Envelope) -> list[Receipt]:
        self.before_keeping(raw)
        receipts = []
        for recipient in envelope.recipients:
            key = idempotency_key(raw, recipient.email_address)
            receipts.append(Receipt(key, recipient, is_new=key not in self.known))
            self.known.add(key)
        if any(receipt.is_new for receipt in receipts):
            self.mails.append((raw, envelope))
        return receipts

    async def fetch(self, *, accept: Callable[..., Awaitable[list[Receipt]]] | None = None) -> Fetched:
        return await fetch_once(
            self.mailbox,
            resolve=self.resolve,
            accept=accept or self.accept,
            positions=self.positions,
            maillog=MailLog(self.events.append),
            clock=lambda: self.now,
            deadline=self.now + self.patience,
        )

    @property
    def subjects(self) -> list[str]:
        return [subject_of(raw) for raw, _ in self.mails]

    @property
    def refusals(self) -> list[str]:
        return [str(event.facts["reason"]) for event in self.events if event.name == "refused"]
