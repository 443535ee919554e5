"""Messages for these tests, as the parser would hand them over."""

from datetime import UTC, datetime
from typing import Any

from sevenbot.parse import codes
from sevenbot.parse.message import Kind, Mailbox, Message

SENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def a_message(text: str = "", subject: str = "", **given: Any) -> Message:
    fields: dict[str, Any] = {
        "message_id": "<1@example.org>",
        "subject": subject,
        "date": SENT,
        "sender": Mailbox("Anna Bauer", "anna@example.org"),
        "to": (),
        "cc": (),
        "reply_to": (),
        "kind": Kind.OTHER,
        "text": text,
        "text_source": "plain" if text else "none",
        "latest": text,
        "codes": codes.read(subject, text),
    }
    return Message(**{**fields, **given})
