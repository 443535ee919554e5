"""
What a message of the queue says: which mail has come, or which item is due. Pure.

Four kinds of bodies are known (`read_body`); SNS may have wrapped any of them in a notification of its own:

    {"notificationType": "Received",                            Amazon SES kept a mail in the bucket
     "receipt": {"recipients": ["maple-...@example.org"],       the envelope's, those the receipt rule is for
                 "spfVerdict": {"status": "PASS"}, ...,
                 "action": {"type": "S3", "bucketName": "mail", "objectKey": "inbound/o3vr..."}},
     "mail": {"source": "bob@example.net", "timestamp": "2026-11-02T10:00:00.000Z", ...}}
    {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                  "s3": {"bucket": {"name": "mail"}, "object": {"key": "raw/2026/..."}}}]}
    {"sevenbot": {"message_id": "5f0c...", "reopen": "2026-11-02T10:00:00Z"}}     ours: see `Again`
    {"Event": "s3:TestEvent", ...}, "Successfully validated SNS topic ..."        said once, when it is set up

What is none of these concerns nobody here (`Unknown`). What is one of the first three and still names no mail is
`Broken`: it must not pass for done.

Sources: Amazon SES developer guide, "Contents of notifications for Amazon SES email receiving"; Amazon S3 user guide,
"Event message structure"; Amazon SNS developer guide, "Amazon SNS message and JSON formats" (read 2026-11).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

#: SES's own verdicts, by the names we log them under.
VERDICTS = ("spf", "dkim", "dmarc", "spam", "virus")


_ID = re.compile(r"[0-9a-f]{40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Received:
    """SES put a mail into the bucket for these recipients."""

    bucket: str
    object_key: str
    sender: str  # the reverse path
    recipients: tuple[str, ...]  # as RCPT TO said
    received_at: datetime | None
    verdicts: Mapping[str, str] = field(default_factory=dict)  # {"spf": "PASS", ...}: PASS, FAIL, GRAY, ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail was put into the bucket; its envelope travels with it."""

    bucket: str
    object_key: str


@dataclass(frozen=True, slots=True)
class Again:
    """An item is to be worked on; one that came to rest by *reopen* is reopened first."""

    message_id: str
    reopen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing for us."""

    what: str


@dataclass(frozen=True, slots=True)
class Broken:
    """It should tell of a mail, and does not say which."""

    what: str


Notice = Received | Stored | Again | Unknown | Broken


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the queue, as an SQS event brings it."""

    id: str
    receipt_handle: str
    body: str
    receives: int = 1  # how often it was received, this time included


def read_event(event: Any) -> tuple[list[Message], int]:
    """Return the messages of an SQS event, and how many of its records are none."""
    records = event.get("Records") if isinstance(event, dict) else None
    if not isinstance(records, list):
        return [], 1
    messages = [message for message in map(_message, records) if message is not None]
    return messages, len(records) - len(messages)


def _message(record: Any) -> Message | None:
    match record:
        case {"messageId": str(id_), "receiptHandle": str(handle), "body": str(body), **about}:
            attributes = about.get("attributes")
            received = str(attributes.get("ApproximateReceiveCount")) if isinstance(attributes, dict) else ""
            return Message(id_, handle, body, int(received) if re.fullmatch("[0-9]{1,9}", received) else 1)
        case _:
            return None


def read_body(body: str) -> list[Notice]:
    """Return what a message's body tells of, at least one thing; never fails."""
    content = _decoded(body)
    if _is_notification(content):
        content = _decoded(content["Message"])
    match content:
        case {"notificationType": "Received"}:
            return [_received(content)]
        case {"sevenbot": asked}:
            return [_again(asked)]
        case {"Records": [_, *_] as records}:
            return [_record(record) for record in records]
        case {"Event": "s3:TestEvent"}:
            return [Unknown("s3:TestEvent")]
        case dict():
            return [Unknown("another program's event")]
        case _:
            return [Unknown("no event")]


def again_body(again: Again) -> str:
    """Return the body that `read_body` reads as *again*."""
    asked = {"message_id": again.message_id}
    if again.reopen is not None:
        asked["reopen"] = again.reopen.isoformat()
    return json.dumps({"sevenbot": asked})


def _is_notification(content: Any) -> bool:
    """Say whether SNS wrapped it; with raw message delivery it does not."""
    return isinstance(content, dict) and content.get("Type") == "Notification" and "Message" in content


def _received(content: Any) -> Notice:
    match content:
        case {
            "receipt": {
                "recipients": [str(), *_] as recipients,
                "action": {"bucketName": str(bucket), "objectKey": str(object_key)},
            },
            "mail": dict() as mail,
        } if all(isinstance(recipient, str) for recipient in recipients):
            sender = mail.get("source")
            return Received(
                bucket,
                object_key,
                sender if isinstance(sender, str) and sender != "<>" else "",
                tuple(recipients),
                _moment(mail.get("timestamp")),
                _verdicts(content["receipt"]),
            )
        case _:
            return Broken("a notice of SES that names no object or no recipient")


def _record(record: Any) -> Notice:
    match record:
        case {
            "eventSource": "aws:s3",
            "eventName": str(name),
            "s3": {"bucket": {"name": str(bucket)}, "object": {"key": str(key)}},
        }:
            # Keys are URL-encoded in events (user guide, "Event message structure").
            is_new = name.startswith("ObjectCreated")
            return Stored(bucket, unquote_plus(key)) if is_new else Unknown(f"an event of S3, {name[:40]}")
        case {"eventSource": "aws:s3"}:
            return Broken("an event of S3 that names no object")
        case _:
            return Unknown("another program's record")


def _again(asked: Any) -> Notice:
    match asked:
        case {"message_id": str(message_id)} if _ID.fullmatch(message_id):
            return Again(message_id, _moment(asked.get("reopen")))
        case _:
            return Broken("a message of ours that names no mail")


def _verdicts(receipt: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name in VERDICTS:
        match receipt.get(f"{name}Verdict"):
            case {"status": str(status)}:
                found[name] = status[:20]
    return found


def _moment(text: Any) -> datetime | None:
    """Read a moment with a zone; anything else is None."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _decoded(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
