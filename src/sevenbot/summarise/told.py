"""
What the offline summary says in its own words when the mail has none: a bounce, an invitation, attachments, nothing.

The sentences are those of `texts`. Calendar and attachment lines are signs and names, the same for all.
"""

from __future__ import annotations

from sevenbot.parse.message import Attachment, Bounce, Invite
from sevenbot.summarise.plain import cut, plain
from sevenbot.texts import texts

MOST_NAMES = 5
_LONGEST_NAME = 80
_LONGEST_REASON = 120


def spoken(language: str | None) -> str:
    """Return the language that these sentences have for a reader of *language*: itself, or "en"."""
    return texts(language).language


def bounce(told: Bounce, language: str | None) -> str:
    """Return "Your mail to a@b.example did not arrive because there is no such address: “550 5.1.1 User unknown”."."""
    words = texts(language)
    to = ", ".join(cut(plain(recipient), _LONGEST_NAME) for recipient in told.recipients[:3]) or words.someone
    if len(told.recipients) > 3:
        to += f" (+{len(told.recipients) - 3})"
    why = getattr(words, f"why_{told.cause.name.lower()}") if told.cause else ""
    sentence = words.bounce_waits if told.is_waiting else words.bounced_because if why else words.bounced
    said, status = cut(plain(told.reason).rstrip(". "), _LONGEST_REASON), plain(told.status or "")
    end = f": “{said}”." if said else f" ({status})." if status else "."
    return sentence.format(to=to, why=why) + end


def invitation(invite: Invite, language: str | None) -> str:
    """Return "📅 Team sync · 2026-03-05 14:00 – 15:00 · Room 4"."""
    cancelled = texts(language).invite_cancelled if invite.is_cancelled else ""
    parts = [cancelled, cut(plain(invite.summary), 160), _span(invite), cut(plain(invite.location or ""), 120)]
    return f"📅 {' · '.join(part for part in parts if part)}".rstrip()


def _span(invite: Invite) -> str:
    start, end = (_readable(moment) for moment in (invite.start, invite.end))
    if not end or end == start:
        return start
    if end[:10] == start[:10]:
        end = end[11:]
    return f"{start} – {end}"


def _readable(moment: str | None) -> str:
    """Return "2026-03-05 14:00" of ISO 8601 with seconds; the zone stays."""
    if not moment:
        return ""
    day, _, time = plain(moment)[:40].partition("T")
    return f"{day} {time[:5]}{time[8:]}".strip() if time else day


def attached(attachments: tuple[Attachment, ...]) -> str:
    """Return "📎 report.pdf, photo.jpg (+2)", or "" when nothing is attached."""
    names = [cut(plain(part.filename or part.content_type), _LONGEST_NAME) for part in attachments[:MOST_NAMES]]
    more = len(attachments) - MOST_NAMES
    return f"📎 {', '.join(names)}" + (f" (+{more})" if more > 0 else "") if names else ""


def empty(language: str | None) -> str:
    """Return that there is no text."""
    return texts(language).no_text


def for_machines(language: str | None) -> str:
    """Return that all of the text speaks to a program."""
    return texts(language).for_machines


def left_out(language: str | None) -> str:
    """Return that a part of the mail speaks to programs and is left out."""
    return texts(language).speaks_to_machines


def failed(language: str | None) -> str:
    """Return that there is no summary, without end mark."""
    return texts(language).not_summarised
