"""
Bytes to Message: pure, synchronous, without a clock, and without failure whatever the bytes are.

    parse(raw)        -> Message, what was odd in `notes`
    attachments(raw)  -> the attached files with their bytes, in the order of Message.attachments

Reading is by stages, each in a module of its own: `part` (the tree), `body` (text and attachments), `fields`, `words`,
`addresses` and `dates` (the header), `quotes` (the new words), `codes`, `calendar`, `bounces`, `unsubscribe`, `kind`
and `suspicion` (what it means).
"""

from __future__ import annotations

import re

from sevenbot.parse import (
    addresses,
    body,
    bounces,
    codes,
    dates,
    fields,
    kind,
    part,
    quotes,
    signoffs,
    subjects,
    suspicion,
    unsubscribe,
    words,
)
from sevenbot.parse.message import Attachment, Invite, Mailbox, Message
from sevenbot.parse.part import Part

# `latest` is for a summary; a conversation's newest words are far shorter than this.
_LATEST_CHARS = 200_000
_CALENDAR_BYTES = 400_000
_MAX_CALENDARS = 10
# More notes than this help nobody.
_MAX_NOTES = 20


def parse(raw: bytes) -> Message:
    """Return the mail as a reader sees it; never raises."""
    root, notes = part.read(_with_line_ends(raw))
    header = root.header
    header.hint = _charset_of(root)
    found = body.read(root)
    subject = words.shown(header.text("subject"))
    date, odd_date = dates.read(header.text("date"))
    sender = _sender(header)
    bounce = bounces.read(root, sender, subject, found.text)
    invite = _invite(found)
    way_off = unsubscribe.read(header)
    fresh = found.fresh if found.fresh.strip() else found.text
    latest = quotes.latest(fresh[:_LATEST_CHARS], signoffs.writer_words(sender))
    found_codes = () if bounce else _codes(subject, latest, found.text)
    sort = kind.of(kind.Facts(header, sender, subject, found.text, found_codes, bounce, invite, way_off))
    reply_to = _mailboxes(header, "reply-to")
    attached = [piece.attachment for piece in found.attached]
    return Message(
        message_id=_message_id(header),
        subject=subject,
        date=date,
        sender=sender,
        to=_mailboxes(header, "to"),
        cc=_mailboxes(header, "cc"),
        reply_to=reply_to,
        kind=sort,
        text=found.text.strip("\n"),
        text_source=found.source,
        latest=latest,
        passed_on=quotes.passed_on(found.text[:_LATEST_CHARS], is_forward=subjects.is_forward(subject)),
        attachments=tuple(attached),
        links=tuple(dict.fromkeys(found.links)),
        codes=found_codes,
        invite=invite,
        bounce=bounce,
        unsubscribe=way_off,
        unseen=found.unseen,
        warnings=suspicion.warnings(sender, reply_to, found.links, attached, sort),
        notes=_all_notes(raw, header, [*notes, *found.notes, *([odd_date] if odd_date else [])]),
    )


def attachments(raw: bytes) -> list[tuple[Attachment, bytes]]:
    """Return the attached parts and their decoded bytes; never raises."""
    root, _ = part.read(_with_line_ends(raw))
    return [(piece.attachment, piece.content()) for piece in body.read(root).attached]


def _with_line_ends(raw: bytes) -> bytes:
    """Return *raw* with line ends a reader can go by: CR alone and CR CR LF occur in damaged mail."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # saved by an editor as UTF-16
        raw = raw.decode("utf-16", "replace").encode()
    if b"\n" not in raw:
        return raw.replace(b"\r", b"\n")
    head = raw[:2000]
    if b"\r\r\n" in head and head.count(b"\r\r\n") == head.count(b"\n"):
        return raw.replace(b"\r\r\n", b"\r\n")
    if raw.startswith(b"From "):  # out of an mbox file, where body lines that begin so were marked
        return raw.replace(b"\n>From ", b"\nFrom ")
    return raw.removeprefix(b"\xef\xbb\xbf")


def _charset_of(root: Part) -> str | None:
    return next((leaf.params["charset"] for leaf in root.walk() if leaf.params.get("charset")), None)


def _sender(header: fields.Fields) -> Mailbox | None:
    return next((box for name in ("from", "sender") for box in _mailboxes(header, name)), None)


def _mailboxes(header: fields.Fields, name: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of every field called *name*: some programs write one To for each recipient."""
    boxes: list[Mailbox] = []
    for value in header.raw_all(name)[:20]:
        boxes += addresses.read(fields.as_text(value, header.hint))
    return tuple(boxes[: addresses.MAX_MAILBOXES])


def _message_id(header: fields.Fields) -> str | None:
    value = words.fold(header.text("message-id"))
    found = re.search(r"<([^<>]+)>", value)
    return (found[1].strip() if found else value)[:1000] or None


def _invite(found: body.Body) -> Invite | None:
    if not found.calendars:
        return None
    from sevenbot.parse import calendar  # noqa: PLC0415 - few mails need it, and the time zones it brings

    for leaf in found.calendars[:_MAX_CALENDARS]:
        text, _ = part.text_of(leaf.content(_CALENDAR_BYTES)[0], leaf.params.get("charset"))
        if (invite := calendar.read(text, leaf.params.get("method", ""))) is not None:
            return invite
    return None


def _codes(subject: str, latest: str, text: str) -> tuple[str, ...]:
    """Return the codes in the new words, or else in the whole text: a quote that was cut may have taken one along."""
    return codes.read(subject, latest or text) or codes.read(subject, text)


def _all_notes(raw: bytes, header: fields.Fields, notes: list[str]) -> tuple[str, ...]:
    if not raw or raw.isspace():
        notes.insert(0, "the mail is empty")
    elif not len(header):
        notes.insert(0, "the mail has no header")
    elif not header.has("from"):
        notes.append("the mail names no sender")
    if b"\0" in raw[:200_000]:
        notes.append("NUL bytes were left out")
    return tuple(dict.fromkeys(notes))[:_MAX_NOTES]
