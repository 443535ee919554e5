"""
A mail as a message in a chat: who, what about, the summary, and what matters in it. Pure.

    🔐 Example Shop · no-reply@shop.example · #shop        icon by kind, name, address, subaddress
    Your login code                                        the subject, bold

    🔑 482913                                              what cannot wait, before the summary

    Somebody asked to log in to your account.              the summary

    🔗 Log in (shop.example)                               facts that the summary does not have yet

Every line begins with a sign of ours or stands below one that does, so that a stranger's text never begins a message;
"↻" begins the first line of a possible repeat and of nothing else. What is long is cut in the order of `_Part.rank`,
the codes never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sevenbot.deliver.clean import isolate, name, one_line, paragraphs
from sevenbot.deliver.courier import Button, ChatMessage
from sevenbot.deliver.links import is_a_domain, is_tappable, names_another_host, shown_host
from sevenbot.deliver.rich import MESSAGE_UNITS, Line, Span, as_html, as_plain, line, shorten, units
from sevenbot.parse.message import Attachment, Bounce, Invite, Kind, Message
from sevenbot.state.ledger import Item
from sevenbot.summarise.summary import DateFact, Facts, LinkFact, Summary
from sevenbot.texts import Texts, texts
from sevenbot.texts.figures import day_of, period, size

REPEAT_SIGN = "↻"

#: Bot API, CopyTextButton: "The text to be copied to the clipboard; 1-256 characters".
COPY_TEXT_UNITS = 256

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

#: Pictures of a mail's layout (logos, spacers) are smaller than what people send as pictures.
LAYOUT_PICTURE_BYTES = 32 * 1024

# How much of each the message shows, in UTF-16 units and in number; the whole text is a tap away.
_NAME, _ADDRESS, _TAG, _SUBJECT, _SUMMARY = 64, 128, 32, 256, 1500
_CODES, _COPY_BUTTONS, _WARNINGS, _ASKS, _DATES, _AMOUNTS, _LINKS, _FILES, _BOUNCED = 5, 3, 4, 3, 3, 3, 3, 5, 5
_WARNING, _ASK, _DATE, _AMOUNT, _LINK_TEXT, _HOST, _FILE, _PLACE = 200, 200, 60, 40, 48, 64, 48, 120

#: This much is kept for the summary before anything of a lower rank is let in.
_SUMMARY_RESERVE = 800


_WORDS = re.compile(r"[^\W_]+|[€$£¥₽₴%]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A line and where it stands: sections are parted by a blank line; rank 0 is never left out."""

    section: int
    rank: int
    line: Line

    @property
    def units(self) -> int:
        # Plain text is never shorter than what Telegram counts of the HTML; two for the line ends around it.
        return units(as_plain([self.line])) + 2


_HEAD, _KEY, _TEXT, _FACTS, _NOTE = range(5)


def render(message: Message, facts: Facts, summary: Summary, *, item: Item, language: str | None) -> ChatMessage:
    """
    Return the summary message for the chat, within Telegram's limits whatever the mail holds.

    Args:
        item: Tells the subaddress, the possible repeat and the id in the buttons' data.
        language: The reader's, as Telegram told it; the summary keeps its own.
    """
    words = texts(language)
    text = paragraphs(summary.text) or words.no_summary
    parts = [
        *_head(message, item, words),
        *_key(message, facts, words),
        *_facts(message, facts, text, words),
        *_note(summary, words),
    ]
    lines = _layout(_admit(parts, text))
    return ChatMessage(html=as_html(lines), plain=as_plain(lines), buttons=_buttons(message, facts, item, words))


def shown_attachments(attachments: Iterable[Attachment]) -> list[int]:
    """Return the places of the attachments a reader would call so: all but the small pictures of the layout."""
    return [place for place, attachment in enumerate(attachments) if not _is_layout(attachment)]


def _is_layout(attachment: Attachment) -> bool:
    is_picture = attachment.content_type.lower().startswith("image/")
    return attachment.inline and is_picture and attachment.size_bytes < LAYOUT_PICTURE_BYTES


def _head(message: Message, item: Item, words: Texts) -> Iterator[_Part]:
    if item.possible_repeat:
        yield _Part(_HEAD, 0, line(f"{REPEAT_SIGN} ", Span(words.possible_repeat, "i")))
    yield _Part(_HEAD, 0, _who(message, item, words))
    subject = shorten(one_line(message.subject), _SUBJECT)
    yield _Part(_HEAD, 0, line(Span(subject, "b") if subject else Span(words.no_subject, "i")))
    warnings = [one_line(warning) for warning in message.warnings]
    if message.auth.dmarc == "fail":
        warnings.insert(0, words.not_proven)
    for warning in [text for text in warnings if text][:_WARNINGS]:
        yield _Part(_HEAD, 1, line(f"⚠️ {shorten(warning, _WARNING)}"))


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


def _key(message: Message, facts: Facts, words: Texts) -> Iterator[_Part]:
    """Yield what comes before the summary: in a phone's notification it is all that can be read."""
    if codes := _codes(facts)[:_CODES]:
        spans = [span for code in codes for span in (Span("  "), Span(code, "code"))]
        yield _Part(_KEY, 0, line("🔑 ", *spans[1:]))
    if message.bounce is not None:
        yield _Part(_KEY, 2, _bounce(message.bounce, words))
    if message.invite is not None:
        for spans_of_line in _invite(message.invite, words):
            yield _Part(_KEY, 2, spans_of_line)


def _codes(facts: Facts) -> list[str]:
    codes = dict.fromkeys(one_line(code) for code in facts.codes)
    return [code for code in codes if 0 < units(code) <= COPY_TEXT_UNITS]


def _bounce(bounce: Bounce, words: Texts) -> Line:
    what = {True: words.bounce_permanent, False: words.bounce_delayed, None: words.bounce_unknown}[bounce.permanent]
    failed = [shorten(one_line(recipient), _ADDRESS) for recipient in bounce.recipients]
    status = f" ({shorten(one_line(bounce.status), _TAG)})" if bounce.status else ""
    return line(f"❌ {what} ", Span(_listed(failed, _BOUNCED, words)), status)


def _invite(invite: Invite, words: Texts) -> Iterator[Line]:
    if invite.method.upper() == "CANCEL":
        yield line("❌ ", Span(words.invite_cancelled, "b"))
    if invite.start:
        yield line("📅 ", Span(shorten(one_line(period(invite.start, invite.end, words)), _PLACE), "b"))
    if invite.location and (place := one_line(invite.location)):
        yield line(f"📍 {shorten(place, _PLACE)}")


def _facts(message: Message, facts: Facts, text: str, words: Texts) -> Iterator[_Part]:
    """Yield what the summary does not say itself."""
    said = _spoken(text)
    asks = _fresh((one_line(ask) for ask in facts.asks), said)
    for ask in asks[:_ASKS]:
        yield _Part(_FACTS, 3, line(f"👉 {shorten(ask, _ASK)}"))
    if message.invite is None:
        dates = _fresh((_date(date, words) for date in facts.dates), said)
        yield from _row("📅", [shorten(date, _DATE) for date in dates[:_DATES]])
    amounts = _fresh((one_line(amount) for amount in facts.amounts), said)
    yield from _row("💰", [shorten(amount, _AMOUNT) for amount in amounts[:_AMOUNTS]])
    links = [spans for link in facts.links if (spans := _link(link))]
    for spans in links[:_LINKS]:
        yield _Part(_FACTS, 5, spans)
    files = [message.attachments[place] for place in shown_attachments(message.attachments)]
    if files:
        yield _Part(_FACTS, 4, line("📎 ", _listed([_file(file, words) for file in files], _FILES, words)))


def _row(sign: str, shown: list[str]) -> Iterator[_Part]:
    if shown:
        yield _Part(_FACTS, 4, line(f"{sign} {' · '.join(map(isolate, shown))}"))


def _date(date: DateFact, words: Texts) -> str:
    """Return a date in the mail's own words, with the day itself where they do not tell it ("tomorrow")."""
    text = one_line(date.text)
    known = day_of(date.iso, words) if date.iso else None
    return f"{text} ({known})" if known and not re.search(r"\d", text) else text


def _link(link: LinkFact) -> Line | None:
    host = shown_host(link.url, _HOST)
    if host is None:
        return None
    text = one_line(link.text)
    says_nothing_more = not text or "://" in text or is_a_domain(text) or names_another_host(text, link.url)
    shown = host if says_nothing_more else f"{isolate(shorten(text, _LINK_TEXT))} ({host})"
    if not is_tappable(link.url):
        return line(f"🔗 {shown}")
    plain = f"{shown}: {link.url}" if units(link.url) <= COPY_TEXT_UNITS else None
    return line("🔗 ", Span(shown, "a", link.url, plain))


def _file(file: Attachment, words: Texts) -> str:
    filename = shorten(one_line(file.filename or ""), _FILE) or words.unnamed
    return f"{isolate(filename)} ({size(file.size_bytes, words)})"


def _listed(shown: list[str], limit: int, words: Texts) -> str:
    more = [words.more.format(count=len(shown) - limit)] if len(shown) > limit else []
    return ", ".join([*shown[:limit], *more])


def _fresh(candidates: Iterable[str], said: str) -> list[str]:
    """Return the candidates that are not part of what is said already, without repeats."""
    fresh = dict.fromkeys(text for text in candidates if text)
    return [text for text in fresh if _spoken(text) not in said]


def _spoken(text: str) -> str:
    """Return the words and signs of *text* between single spaces, so that "€5" is not found in "€50"."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def _note(summary: Summary, words: Texts) -> Iterator[_Part]:
    if summary.degraded:
        yield _Part(_NOTE, 1, line(Span(words.degraded, "i")))


def _admit(parts: list[_Part], text: str) -> list[_Part]:
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
    return [*kept, _Part(_TEXT, 0, line(summary))]


def _layout(parts: list[_Part]) -> list[Line]:
    """Order by section, with a blank line between two."""
    lines: list[Line] = []
    section = _HEAD
    for part in sorted(parts, key=lambda part: part.section):
        if part.section != section:
            lines.append(())
            section = part.section
        lines.append(part.line)
    return lines


def _buttons(message: Message, facts: Facts, item: Item, words: Texts) -> tuple[tuple[Button, ...], ...]:
    codes = tuple(
        Button(words.button_copy.format(text=shorten(code, _TAG)), copy_text=code)
        for code in _codes(facts)[:_COPY_BUTTONS]
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
