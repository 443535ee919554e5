"""
A mail as a message in a chat: who, what about, the summary, and what matters in it. Pure.

    🔐 Example Shop · no-reply@shop.example · #shop        icon by kind, name, address, subaddress
    Your login code                                        the subject, bold

    🔑 482913                                              what cannot wait, before the summary

    Somebody asked to log in to your account.              the summary

    🔗 Log in (shop.example)                               facts that the summary does not have yet

Every line begins with a sign of ours or stands below one that does, so that a stranger's text never begins a message;
"↻" begins the first line of a possible repeat and of nothing else. What is long is cut in the order of `Part.rank`,
the codes never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sevenbot.deliver.clean import isolate, name, one_line, paragraphs
from sevenbot.deliver.courier import Button, ChatMessage
from sevenbot.deliver.rich import MESSAGE_UNITS, Line, Span, as_html, as_plain, line, shorten, units
from sevenbot.deliver.rows import Part, Section, codes_of, fact_rows, key_rows, shown_attachments
from sevenbot.parse.message import Kind, Message
from sevenbot.state.ledger import Item
from sevenbot.summarise.summary import Facts, Summary
from sevenbot.summarise.told import attached, empty, invitation
from sevenbot.texts import Texts, texts
from sevenbot.texts.warnings import warning

REPEAT_SIGN = "↻"

_ICONS = {
    Kind.PERSONAL: "✉️",
    Kind.NEWSLETTER: "📰",
    Kind.TRANSACTIONAL: "🧾",
    Kind.CODE: "🔐",
    Kind.INVITE: "🗓",
    Kind.BOUNCE: "📭",
    Kind.AUTO_REPLY: "🤖",
    Kind.NOTIFICATION: "🔔",
    Kind.OTHER: "✉️",
}

# How much of each the message shows, in UTF-16 units and in number; the whole text is a tap away.
_NAME, _ADDRESS, _TAG, _SUBJECT, _WARNING, _SUMMARY = 64, 128, 32, 256, 200, 1500
_WARNINGS, _COPY_BUTTONS = 4, 3

#: What stands between the rows of a table in a summary; three rows and more get a line each.
_APART, _ROWS = " · ", 2
_LEADS_TO_ROWS = re.compile(r"^((?:\S{1,40} ){3,40}\S{1,40}[:：]) (?=\S[^\n]{0,80}\n· )", re.MULTILINE)

#: This much is kept for the summary before anything of a lower rank is let in.
_SUMMARY_RESERVE = 800


def render(message: Message, facts: Facts, summary: Summary, *, item: Item, language: str | None) -> ChatMessage:
    """
    Return the summary message for the chat, within Telegram's limits whatever the mail holds.

    Args:
        item: Tells the subaddress, the possible repeat and the id in the buttons' data.
        language: The reader's, as Telegram told it; the summary keeps its own.
    """
    words = texts(language)
    if summary.asks:  # the model's, in the reader's language
        facts = replace(facts, asks=summary.asks)
    text = _summary_text(message, summary, words)
    parts = [
        *_head(message, summary, item, words),
        *key_rows(message, facts, text, item.received_at, words),
        *fact_rows(message, facts, text, words),
        *_note(summary, words),
    ]
    lines = _layout(_admit(parts, text))
    return ChatMessage(html=as_html(lines), plain=as_plain(lines), buttons=_buttons(message, facts, item, words))


def _head(message: Message, summary: Summary, item: Item, words: Texts) -> Iterator[Part]:
    if item.possible_repeat:
        yield Part(Section.HEAD, 0, line(f"{REPEAT_SIGN} ", Span(words.possible_repeat, "i")))
    yield Part(Section.HEAD, 0, _who(message, item, words))
    # A model finds a title for a mail that has none; the offline headline would only repeat the summary.
    title = message.subject.strip() or (summary.headline if summary.source == "model" else "")
    subject = shorten(paragraphs(one_line(title)), _SUBJECT)
    yield Part(Section.HEAD, 0, line(Span(subject, "b") if subject else Span(words.no_subject, "i")))
    warnings = [warning(one_line(sentence), words) for sentence in message.warnings]
    if summary.suspicious:
        warnings.append(words.speaks_to_machines)
    if message.auth.dmarc == "fail":
        warnings.insert(0, words.not_proven)
    for sentence in [sentence for sentence in warnings if sentence][:_WARNINGS]:
        yield Part(Section.HEAD, 1, line(f"⚠️ {shorten(sentence, _WARNING)}"))


def _who(message: Message, item: Item, words: Texts) -> Line:
    sender = message.sender
    address = shorten(one_line(sender.address if sender else item.sender), _ADDRESS)
    shown = shorten(name(sender.name if sender else ""), _NAME)
    if shown.strip("“”").lower() == address.lower():
        shown = ""
    parts: list[Span | str] = [f"{_ICONS[message.kind]} ", isolate(shown)]
    if address:
        parts += [" · " if shown else "", Span(isolate(address), "i")]
    elif not shown:
        parts.append(words.no_sender)
    if message.auth.dmarc == "pass":
        parts.append(f" ✓ {words.proven}")
    if item.subaddress and (tag := shorten(one_line(item.subaddress), _TAG)):
        parts.append(f" · #{isolate(tag)}")
    return line(*parts)


def _summary_text(message: Message, summary: Summary, words: Texts) -> str:
    """Return the summary without what stands in rows of its own, "" when nothing else is in it."""
    told, reader = summary.text, words.language
    if _is_unread(message):
        return words.unread
    if summary.source == "offline" and message.invite is not None:
        told = told.removeprefix(invitation(message.invite, reader)).removeprefix(invitation(message.invite, None))
        told = told.lstrip(" ·")
    if summary.source == "offline" and told in (attached(message.attachments), empty(reader), empty(None)):
        told = ""
    if not told.strip() and message.invite is None and not shown_attachments(message.attachments):
        return words.no_text
    return paragraphs(_in_rows(told) if told.count(_APART) >= _ROWS else told)


def _in_rows(told: str) -> str:
    """Give each row a line, also the first of a list that a sentence leads to."""
    lines = told.replace(_APART, f"\n{_APART.lstrip()}")
    return _LEADS_TO_ROWS.sub(r"\1\n· ", lines)


def _is_unread(message: Message) -> bool:
    """Say whether nothing at all is known of the mail: whoever delivers it could not read it."""
    return not any((message.subject, message.text, message.message_id, message.date, message.to, message.attachments))


def _note(summary: Summary, words: Texts) -> Iterator[Part]:
    if summary.degraded:
        yield Part(Section.NOTE, 1, line(Span(words.over_budget if summary.over_budget else words.degraded, "i")))


def _admit(parts: list[Part], text: str) -> list[Part]:
    """Take parts by rank while there is room, and give the summary what is left."""
    reserve = min(units(text), _SUMMARY_RESERVE)
    room = MESSAGE_UNITS - reserve - 2
    admitted = set()
    for place, part in sorted(enumerate(parts), key=lambda pair: pair[1].rank):
        if part.units <= room or part.rank == 0:
            room -= part.units
            admitted.add(place)
    summary = shorten(text, min(_SUMMARY, reserve + room))
    kept = [part for place, part in enumerate(parts) if place in admitted]
    return [*kept, Part(Section.TEXT, 0, line(summary))] if summary else kept


def _layout(parts: list[Part]) -> list[Line]:
    """Order by section, with a blank line between two."""
    lines: list[Line] = []
    section = Section.HEAD
    for part in sorted(parts, key=lambda part: part.section):
        if part.section != section:
            lines.append(())
            section = part.section
        lines.append(part.line)
    return lines


def _buttons(message: Message, facts: Facts, item: Item, words: Texts) -> tuple[tuple[Button, ...], ...]:
    codes = tuple(
        Button(words.button_copy.format(text=shorten(code, _TAG)), copy_text=code)
        for code in codes_of(facts)[:_COPY_BUTTONS]
    )
    reading = []
    if message.text.strip():
        reading.append(Button(f"📄 {words.button_text}", callback_data=f"t:{item.message_id}"))
    if count := len(shown_attachments(message.attachments)):
        label = words.button_attachments.format(count=count)
        reading.append(Button(f"📎 {label}", callback_data=f"a:{item.message_id}"))
    original = Button(f"✉️ {words.button_raw}", callback_data=f"r:{item.message_id}")
    # Two buttons side by side fit a phone, three do not.
    rows = [codes, tuple(reading), (original,)] if len(reading) == 2 else [codes, (*reading, original)]
    return tuple(row for row in rows if row)
