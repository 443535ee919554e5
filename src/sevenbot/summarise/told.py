"""
What the offline summary says in its own words when the mail has none: a bounce, an invitation, attachments, nothing.

Five languages; any other reader gets English. Calendar and attachment lines are signs and names, the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass

from sevenbot.parse.message import Attachment, Bounce, Invite
from sevenbot.summarise.plain import cut, plain

MOST_NAMES = 5
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Words:
    bounced: str  # {to}
    delayed: str  # {to}
    someone: str
    cancelled: str
    empty: str
    for_machines: str
    failed: str


_WORDS = {
    "en": _Words(
        "Your mail to {to} did not arrive",
        "Your mail to {to} is delayed",
        "a recipient",
        "Cancelled",
        "This mail has no text.",
        "The text of this mail is addressed to a program, not to you.",
        "This mail could not be summarised",
    ),
    "de": _Words(
        "Deine Mail an {to} ist nicht angekommen",
        "Deine Mail an {to} verzögert sich",
        "einen Empfänger",
        "Abgesagt",
        "Diese Mail hat keinen Text.",
        "Der Text dieser Mail richtet sich an ein Programm, nicht an dich.",
        "Diese Mail konnte nicht zusammengefasst werden",
    ),
    "fr": _Words(
        "Votre mail à {to} n’est pas arrivé",
        "Votre mail à {to} est retardé",
        "un destinataire",
        "Annulé",
        "Ce mail ne contient pas de texte.",
        "Le texte de ce mail s’adresse à un programme, pas à vous.",
        "Ce mail n’a pas pu être résumé",
    ),
    "es": _Words(
        "Tu correo a {to} no ha llegado",
        "Tu correo a {to} se retrasa",
        "un destinatario",
        "Cancelado",
        "Este correo no tiene texto.",
        "El texto de este correo se dirige a un programa, no a ti.",
        "Este correo no se pudo resumir",
    ),
    "ru": _Words(
        "Ваше письмо для {to} не доставлено",
        "Доставка вашего письма для {to} задерживается",
        "получателя",
        "Отменено",
        "В этом письме нет текста.",
        "Текст этого письма обращён к программе, а не к вам.",
        "Не удалось кратко пересказать это письмо",
    ),
}


def _words(language: str | None) -> _Words:
    return _WORDS.get((language or "en")[:2].lower(), _WORDS["en"])


def spoken(language: str | None) -> str:
    """Return the language that these sentences have for a reader of *language*: itself, or "en"."""
    code = (language or "en")[:2].lower()
    return code if code in _WORDS else "en"


def bounce(told: Bounce, language: str | None, reason: str = "") -> str:
    """Return "Your mail to a@example.org did not arrive (5.1.1): “550 5.1.1 User unknown”."."""
    words = _words(language)
    to = ", ".join(cut(plain(recipient), _LONGEST_NAME) for recipient in told.recipients[:3]) or words.someone
    if len(told.recipients) > 3:
        to += f" (+{len(told.recipients) - 3})"
    sentence = (words.delayed if told.permanent is False else words.bounced).format(to=to)
    status = plain(told.status or "")
    if reason:
        return f"{sentence}: “{cut(reason.rstrip('. '), 120)}”."
    return f"{sentence} ({status})." if status else f"{sentence}."


def invitation(invite: Invite, language: str | None) -> str:
    """Return "📅 Team sync · 2026-03-05 14:00 – 15:00 · Room 4"."""
    is_cancelled = invite.method.upper() == "CANCEL"
    parts = [_words(language).cancelled if is_cancelled else "", cut(plain(invite.summary), 160), _span(invite)]
    parts.append(cut(plain(invite.location or ""), 120))
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
    return _words(language).empty


def for_machines(language: str | None) -> str:
    """Return that all of the text speaks to a program."""
    return _words(language).for_machines


def failed(language: str | None) -> str:
    """Return that there is no summary, without end mark."""
    return _words(language).failed
