"""
The envelope as text that travels with an object's bytes, for whoever hears of these before the ledger does. Pure.

    {"sender":"bob@example.net","recipients":[{"chat_id":42,"email_address":"maple-...@example.org","subaddress":null}],
     "received_at":"2026-11-02T10:00:00Z","via":"imap","client":null,"helo":null}

ASCII, since it goes into an HTTP header, and short: S3 takes 2 KB of user metadata, names and values together (Amazon
S3 user guide, "Working with object metadata", read 2026-11). That is room for some 15 recipients; `parts` divides more.
"""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec

from sevenbot.envelope import Envelope

MAX_BYTES = 1900  # the SHA-256 and both names take the rest


def written(envelope: Envelope) -> str | None:
    """Return the envelope as text, or None when there is no room for it."""
    text = json.dumps(msgspec.to_builtins(envelope), separators=(",", ":"))
    return text if len(text) <= MAX_BYTES else None


def parts(envelope: Envelope) -> list[Envelope]:
    """Return the envelope in parts that there is room for, each with some of the recipients."""
    recipients = envelope.recipients
    if len(recipients) <= 1 or written(envelope) is not None:
        return [envelope]
    middle = len(recipients) // 2
    halves = (replace(envelope, recipients=some) for some in (recipients[:middle], recipients[middle:]))
    return [part for half in halves for part in parts(half)]


def read(text: str) -> Envelope | None:
    """Return the envelope, or None when the text is none of ours."""
    try:
        return msgspec.convert(json.loads(text), Envelope)
    except (ValueError, msgspec.ValidationError, RecursionError):
        return None
