"""
What makes two arrivals the same mail.

The key of an item is a digest of its recipient, the Message-ID, and the mail without its trace fields. So a mail that
its sender transmits again, over another relay perhaps, is the same mail; and nobody can suppress a mail by sending a
forged one with its Message-ID first, since every byte of the content counts.

The recipient is the registered address, without subaddress: one mail to `a+x@` and `a+y@` is one mail for one chat,
and must not make two messages there.
"""

from __future__ import annotations

import hashlib
import re

#: Fields that say how a mail travelled, not what it is; each may differ when the same mail comes a second time.
TRACE_FIELDS = (
    "Received",  # RFC 5321 §4.4: every relay adds one, with its own time
    "X-Received",  # Gmail's twin of it
    "Return-Path",  # RFC 5321 §4.4: added at final delivery
    "Delivered-To",  # RFC 9228, and Postfix, qmail, Gmail: added at delivery
    "X-Delivered-To",
    "Original-Recipient",  # RFC 8098 §2.3: added at delivery
    "X-Original-To",  # Postfix
    "Envelope-To",  # Exim
    "X-Forwarded-To",  # Gmail, when it forwards
    "X-Forwarded-For",
    "X-Forwarded-Encrypted",
    "X-Envelope-To",
    "X-Envelope-From",
    "Authentication-Results",  # RFC 8601 §5: a verdict of one receiver, made anew at each
    "X-Authentication-Results",
    "Received-SPF",  # RFC 7208 §9.1
    # Signatures over the content, which counts itself. Relays sign while they send, with the time in the signature
    # (t=, RFC 6376 §3.5), so a second transmission may carry another one.
    "DKIM-Signature",
    "X-Google-DKIM-Signature",
    "DomainKey-Signature",
    "X-Google-Smtp-Source",  # Gmail: a session's own data
    "X-Gm-Message-State",
    "X-Virus-Scanned",  # a filter's stamp
)
TRACE_FIELD_PREFIXES = (
    "ARC-",  # RFC 8617 §4.1: each relay adds a set
    "X-SES-",  # Amazon SES: receipt, verdicts
    "X-MS-Exchange-",  # Exchange: organisation and cross-tenant stamps, one set a hop
    "X-Forefront-",
    "X-Spam-",  # filters: scores change as rules do
)

#: How far into the header section trace fields are looked for. Relays put them on top (RFC 5321 §4.4), and a header
#: section of many megabytes, which no honest mail has, must not cost more than the rest of it.
TRACE_SEARCH_BYTES = 256 * 1024

_FOLDED = rb"[^\n]*(?:\n[ \t][^\n]*)*"  # the rest of a field: its line and the continuation lines (RFC 5322 §2.2.3)
_TRACE = re.compile(
    rb"\n(?:"
    + b"|".join(re.escape(name.encode()) for name in TRACE_FIELDS)
    + b"|(?:"
    + b"|".join(re.escape(prefix.encode()) for prefix in TRACE_FIELD_PREFIXES)
    + rb")[!-9;-~]*)[ \t]*:"
    + _FOLDED,
    re.IGNORECASE,
)
_MESSAGE_ID = re.compile(rb"\nMessage-ID[ \t]*:(" + _FOLDED + rb")", re.IGNORECASE)
_END_OF_HEADER = re.compile(rb"\n\r?\n")


def idempotency_key(raw: bytes, recipient: str) -> str:
    """Return the id (40 hex digits) of the item for *raw* and the registered address *recipient*."""
    return item_key(mail_digest(raw), recipient)


def item_key(digest: bytes, recipient: str) -> str:
    """Return the same from a mail's digest, so that many recipients of one mail cost one reading of it."""
    return _begin(recipient.lower().encode("utf-8", "surrogateescape"), digest).hexdigest()[:40]


def mail_digest(raw: bytes) -> bytes:
    """Return the digest (32 bytes) of a mail's Message-ID and of all that is no trace field; any bytes will do."""
    size = _header_size(raw)
    head = b"\n" + raw[: min(size, TRACE_SEARCH_BYTES)]
    found = _MESSAGE_ID.search(head)
    digest = _begin(found[1].strip() if found else b"")
    digest.update(_TRACE.sub(b"", head))
    digest.update(memoryview(raw)[len(head) - 1 :])
    return digest.digest()


def _header_size(raw: bytes) -> int:
    if raw.startswith((b"\n", b"\r\n")):  # no header at all
        return 0
    # Where it ends does not matter when it is larger than what is searched.
    end = _END_OF_HEADER.search(raw, 0, TRACE_SEARCH_BYTES)
    return len(raw) if end is None else end.start()


def _begin(*parts: bytes) -> hashlib._Hash:
    """Hash *parts*, each with its length before it, so that nothing can be shifted from one into the next."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest
