"""
The rows of a summary message: what cannot wait before the summary, and after it the facts it does not tell. Pure.

    🔑 482913                                 before: the code, whom a bounce is about, when and where an invitation is
    👉 Can you bring the wine?                after: what is asked, dates, amounts, links, files
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from sevenbot.deliver.clean import isolate, one_line
from sevenbot.deliver.links import is_a_domain, is_tappable, names_another_host, shown_host
from sevenbot.deliver.rich import Line, Span, as_plain, line, shorten, units
from sevenbot.parse.message import Attachment, Bounce, Invite, Message, Repeats
from sevenbot.summarise.around import around, coming, passages, words_before
from sevenbot.summarise.summary import DateFact, Facts, LinkFact
from sevenbot.summarise.told import bounce
from sevenbot.texts import Texts
from sevenbot.texts.figures import day_of, moments, period, size

#: Bot API, CopyTextButton: "The text to be copied to the clipboard; 1-256 characters".
COPY_TEXT_UNITS = 256

#: Pictures of a mail's layout (logos, spacers) are smaller than what people send as pictures.
LAYOUT_PICTURE_BYTES = 32 * 1024

#: Parts that say to programs what the message says to people (RFC 3464, 6533, 8098, 5965), and signatures (RFC 3156,
#: 8551); the original has them.
_FOR_PROGRAMS = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-headers",
        "text/rfc822-headers",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    }
)

#: Telegram takes moments up to 1,098 days ahead (https://core.telegram.org/constructor/messageEntityFormattedDate).
_CLOCK_REACH = timedelta(days=1_000)

# How much of each is shown, in number and in UTF-16 units.
_CODES, _ASKS, _DATES, _AMOUNTS, _LINKS, _FILES = 5, 3, 3, 3, 3, 5
_BOUNCED = 3  # as many as the summary names
_ASK, _FACT, _LINK_TEXT, _HOST, _FILE, _PLACE = 200, 100, 48, 64, 48, 120
#: Shorter dates and amounts share a line.
_SIDE_BY_SIDE = 32

# Chinese, Japanese and Korean are written without blanks, or with endings: there each letter counts as a word.
_EAST_ASIAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_WORDS = re.compile(rf"[{_EAST_ASIAN}]|[^\W_{_EAST_ASIAN}]+|[€$£¥₽₴%]")


class Section(IntEnum):
    """The blocks of a message from top to bottom, parted by blank lines."""

    HEAD = 0
    KEY = 1
    TEXT = 2
    FACTS = 3
    NOTE = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A line, where it stands, and how soon it is left out when room is short; rank 0 never is."""

    section: Section
    rank: int
    line: Line

    @property
    def units(self) -> int:
        """Return the room it takes: plain text is never shorter than what Telegram counts of the HTML."""
        return units(as_plain([self.line])) + 2  # the line ends around it


def key_rows(message: Message, facts: Facts, text: str, now: datetime, words: Texts) -> Iterator[Part]:
    """Yield what comes before the summary: in a phone's notification it is all that can be read."""
    if codes := codes_of(facts)[:_CODES]:
        spans = [span for code in codes for span in (Span("  "), Span(code, "code"))]
        yield Part(Section.KEY, 0, line("🔑 ", *spans[1:]))
    if message.bounce is not None and not _names_all(text, message.bounce):
        sign = "⏳" if message.bounce.is_waiting else "❌"
        yield Part(Section.KEY, 2, line(f"{sign} {one_line(bounce(message.bounce, words.language))}"))
    if message.invite is not None:
        for spans_of_line in _invite(message.invite, now, words):
            yield Part(Section.KEY, 2, spans_of_line)


def codes_of(facts: Facts) -> list[str]:
    """Return the codes that a button can copy, without repeats."""
    codes = dict.fromkeys(one_line(code) for code in facts.codes)
    return [code for code in codes if 0 < units(code) <= COPY_TEXT_UNITS]


def _names_all(text: str, failure: Bounce) -> bool:
    return bool(failure.recipients) and all(failed in text for failed in failure.recipients[:_BOUNCED])


def _invite(invite: Invite, now: datetime, words: Texts) -> Iterator[Line]:
    if invite.answer is not None:
        yield line(_answer(invite, words))
    elif invite.is_cancelled:
        yield line("❌ ", Span(words.invite_cancelled, "b"))
    elif invite.is_update:
        yield line("🔄 ", Span(words.invite_changed, "b"))
    if invite.start:
        yield line("📅 ", *_when(invite.start, invite.end, now, words))
    if invite.repeats is not None:
        yield line(f"🔁 {_repeats(invite.repeats, words)}")
    if invite.location and (place := one_line(invite.location)):
        yield line(f"📍 {shorten(place, _PLACE)}")


def _answer(invite: Invite, words: Texts) -> str:
    sign, sentence = {
        "ACCEPTED": ("✅", words.invite_accepted),
        "DECLINED": ("❌", words.invite_declined),
    }.get((invite.answer or "").upper(), ("❔", words.invite_tentative))
    return f"{sign} {sentence.format(who=shorten(one_line(invite.guest or words.someone), _PLACE))}"


def _when(start: str, end: str | None, now: datetime, words: Texts) -> list[Span]:
    """Return a time on the reader's clock, which Telegram knows, with the sender's behind it; else the sender's."""
    told = moments(start, end, words)
    if told is None or not told.zone or not now - _CLOCK_REACH <= told.starts <= now + _CLOCK_REACH:
        return [Span(shorten(one_line(period(start, end, words)), _PLACE), "b")]
    spans = [_on_the_clock(told.begin, told.starts, "wDt")]
    if told.ends is not None:
        is_long = "," in told.end
        spans += [Span(" – " if is_long else "–"), _on_the_clock(told.end, told.ends, "wDt" if is_long else "t")]
    return [*spans, Span(f" ({told.starts:%H:%M} {told.zone})")]


def _on_the_clock(text: str, moment: datetime, clock_format: str) -> Span:
    return Span(text, "tg-time", unix_time=int(moment.timestamp()), clock_format=clock_format)


def _repeats(repeats: Repeats, words: Texts) -> str:
    """Return "weekly · Mon, Wed · until Fri 6 Nov 2026"."""
    told = [getattr(words, f"repeats_{repeats.frequency}")]
    if repeats.interval > 1:
        told.append(words.repeats_interval.format(n=repeats.interval))
    if repeats.weekdays:
        told.append(", ".join(words.weekdays[weekday] for weekday in repeats.weekdays))
    if repeats.count:
        told.append(words.repeats_count.format(n=repeats.count))
    if repeats.until and (day := day_of(repeats.until, words)):
        told.append(words.repeats_until.format(day=day))
    return " · ".join(told)


def fact_rows(message: Message, facts: Facts, text: str, words: Texts) -> Iterator[Part]:
    """Yield what neither the subject nor the summary says itself."""
    said = [_spoken(message.subject), _spoken(text)]
    asks = _fresh((one_line(ask) for ask in facts.asks), said)[:_ASKS]
    for ask in asks:
        yield Part(Section.FACTS, 3, line(f"👉 {shorten(ask, _ASK)}"))
    said += map(_spoken, asks)
    told = passages(message)
    if message.invite is None and message.bounce is None:
        for sign, is_deadline in (("⏰", True), ("📅", False)):
            dates = [date for date in coming(facts.dates, message) if date.is_deadline == is_deadline]
            yield from _rows(sign, _fresh((_date(date, told, said, words) for date in dates), said)[:_DATES])
    amounts = _fresh((one_line(amount) for amount in facts.amounts), said)[:_AMOUNTS]
    yield from _rows("💰", _fresh((one_line(around(amount, told)) for amount in amounts), said))
    for sign, numbers in (("🎫", facts.references), ("📦", facts.parcels)):
        if copied := [span for number in numbers for span in (Span("  "), Span(one_line(number), "code"))]:
            yield Part(Section.FACTS, 4, line(f"{sign} ", *copied[1:]))
    place = message.invite.location or "" if message.invite else ""
    apart = [link for link in facts.links if link.url not in place]
    links = {spans[-1].text: spans for link in apart if (spans := _link(link, message))}
    for spans in list(links.values())[:_LINKS]:
        yield Part(Section.FACTS, 5, spans)
    files = [message.attachments[place] for place in shown_attachments(message.attachments)]
    if files:
        yield Part(Section.FACTS, 4, line("📎 ", _listed([_file(file, words) for file in files], _FILES, words)))


def _rows(sign: str, shown: list[str]) -> Iterator[Part]:
    """Yield one line when all are short, else a line for each."""
    if shown and max(map(units, shown)) <= _SIDE_BY_SIDE:
        yield Part(Section.FACTS, 4, line(f"{sign} {' · '.join(map(isolate, shown))}"))
    else:
        for fact in shown:
            yield Part(Section.FACTS, 4, line(f"{sign} {isolate(shorten(fact, _FACT))}"))


def _date(date: DateFact, told: tuple[str, ...], said: list[str], words: Texts) -> str:
    """Return a date in the mail's own words, with what it is of, and the day where they do not tell it ("tomorrow")."""
    text = one_line(date.text)
    passage = one_line(around(text, told))
    shown = text if any(_spoken(passage) in part for part in said) else passage
    known = day_of(date.iso, words) if date.iso else None
    return f"{shown} ({known})" if known and not re.search(r"\d", text) else shown


def _link(link: LinkFact, message: Message) -> Line | None:
    host = shown_host(link.url, _HOST)
    if host is None:
        return None
    text = one_line(link.text)
    if "://" in text:
        text = one_line(words_before(link.url, message))
    says_nothing_more = not text or "://" in text or is_a_domain(text) or names_another_host(text, link.url)
    shown = host if says_nothing_more else f"{isolate(shorten(text, _LINK_TEXT))} ({host})"
    if not is_tappable(link.url):
        return line(f"🔗 {shown}")
    plain = f"{shown}: {link.url}" if units(link.url) <= COPY_TEXT_UNITS else None
    return line("🔗 ", Span(shown, "a", link.url, plain))


def _file(file: Attachment, words: Texts) -> str:
    unnamed = f"{words.unnamed}.eml" if file.content_type.lower() == "message/rfc822" else words.unnamed
    filename = shorten(one_line(file.filename or ""), _FILE) or unnamed
    return f"{isolate(filename)} ({size(file.size_bytes, words)})"


def _listed(shown: list[str], limit: int, words: Texts) -> str:
    more = [words.more.format(count=len(shown) - limit)] if len(shown) > limit else []
    return ", ".join([*shown[:limit], *more])


def _fresh(candidates: Iterable[str], said: list[str]) -> list[str]:
    """Return the candidates that are not part of what is said already, without repeats."""
    fresh = dict.fromkeys(text for text in candidates if text)
    return [text for text in fresh if not any(_spoken(text) in part for part in said)]


def _spoken(text: str) -> str:
    """Return the words and signs of *text* between single spaces, so that "€5" is not found in "€50"."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def shown_attachments(attachments: Iterable[Attachment]) -> list[int]:
    """Return the places of the attachments a reader would call so: neither layout pictures nor parts for programs."""
    return [
        place
        for place, attachment in enumerate(attachments)
        if not _is_layout(attachment) and attachment.content_type.lower() not in _FOR_PROGRAMS
    ]


def _is_layout(attachment: Attachment) -> bool:
    is_picture = attachment.content_type.lower().startswith("image/")
    return attachment.inline and is_picture and attachment.size_bytes < LAYOUT_PICTURE_BYTES
