"""
Everything SevenBot sees in a mail, as one JSON-ready object with stable keys.

    {"message_id": "a@b", "subject": "Lunch?", "date": "2026-11-02T10:00:00+01:00",
     "from": {"name": "Ann", "address": "ann@example.org"}, "to": [...], "cc": [], "reply_to": [],
     "kind": "personal", "text": "...", "text_source": "plain", "latest": "...",
     "attachments": [{"filename": "a.pdf", "content_type": "application/pdf", "size_bytes": 1200, "inline": false}],
     "facts": {"codes": [], "dates": [{"text": "...", "iso": null}], "amounts": [], "links": [], "asks": []},
     "invite": null, "bounce": null, "unsubscribe": null,
     "auth": {"spf": "none", "dkim": "none", "dmarc": "none", "aligned": null},
     "warnings": [], "summary": {"text": "...", "source": "offline", "language": "en", "headline": "..."}, "notes": []}

Absent facts are null or [], never missing keys. No input makes it fail.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Bounce, Invite, Mailbox, Message
from sevenbot.summarise import told
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.offline import summarise_offline
from sevenbot.summarise.summary import Facts


def report(raw: bytes) -> dict[str, Any]:
    """Return the object above for any bytes."""
    message = parse(raw)
    facts = find_facts(message)
    summary = summarise_offline(message, facts)
    found = {
        **_header(message),
        "kind": message.kind.value,
        "text": message.text,
        "text_source": message.text_source,
        "latest": message.latest,
        "attachments": [asdict(attachment) for attachment in message.attachments],
        "facts": _facts(facts),
        "invite": _chosen(message.invite, _INVITE),
        "bounce": _chosen(message.bounce, _BOUNCE),
        "unsubscribe": asdict(message.unsubscribe) if message.unsubscribe else None,
        "auth": asdict(message.auth),
        "warnings": [*message.warnings, *([told.left_out("en")] if summary.suspicious else [])],
        "summary": {
            "text": summary.text,
            "source": summary.source,
            "language": summary.language,
            "headline": summary.headline,
        },
        "notes": message.notes,
    }
    return {key: _plain(value) for key, value in found.items()}


def _header(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else None,
        "from": _mailbox(message.sender) if message.sender else None,
        "to": [_mailbox(box) for box in message.to],
        "cc": [_mailbox(box) for box in message.cc],
        "reply_to": [_mailbox(box) for box in message.reply_to],
    }


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "codes": facts.codes,
        "dates": [{"text": date.text, "iso": date.iso} for date in facts.dates],
        "amounts": facts.amounts,
        "links": [asdict(link) for link in facts.links],
        "asks": facts.asks,
    }


_INVITE = ("method", "summary", "start", "end", "location", "organizer")
_BOUNCE = ("recipients", "status", "permanent")


def _chosen(value: Invite | Bounce | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    return None if value is None else {name: getattr(value, name) for name in names}


def _mailbox(mailbox: Mailbox) -> dict[str, str]:
    return {"name": mailbox.name, "address": mailbox.address}


def _plain(value: Any) -> Any:
    """Return *value* as JSON knows it: lists for tuples, and no half of a surrogate pair, which UTF-8 cannot hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
