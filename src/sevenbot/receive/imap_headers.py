"""
The envelope of a mail that lies in a mailbox, from its trace fields. Pure.

A mailbox has no RCPT TO. Who delivered the mail there wrote down whom for, each under a name of its own: Postfix, qmail
and Gmail in Delivered-To (RFC 9228), Postfix also in X-Original-To, Exim in Envelope-To, a forwarding Gmail in
X-Forwarded-To. New fields are put on top, so the first of a name is the last stop. Only when none of them says so are
To and Cc asked, which a sender fills in as it likes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sevenbot.parse import addresses, fields
from sevenbot.receive.commands import read_path

RECIPIENT_FIELDS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "To", "Cc")
#: Each may be looked up in a database; no list of recipients that a person wrote is longer.
MAX_ADDRESSES = 500

FIELDS = (*RECIPIENT_FIELDS, "Return-Path")


def named_recipients(header: bytes) -> Iterator[list[str]]:
    """Yield the addresses that each field names, the field that counts most first; MAX_ADDRESSES in all."""
    found, _ = fields.read(header, 0, len(header))
    room = MAX_ADDRESSES
    for value in (value for name in RECIPIENT_FIELDS for value in found.raw_all(name.lower())):
        named = [mailbox.address for mailbox in addresses.read(fields.as_text(value)) if mailbox.address][:room]
        room -= len(named)
        if named:
            yield named


def reverse_path(header: bytes) -> str:
    """Return the topmost Return-Path (RFC 5321 §4.4), or "" when there is none or it says <>."""
    found, _ = fields.read(header, 0, len(header))
    path = read_path(f"FROM:{found.text('return-path')}", "FROM:")
    return path.address if path else ""
