"""
Where a link really leads.

A phishing link shows one host and leads to another, so the chat shows the host that a browser would visit, and a link
for which that cannot be told is not shown at all (the whole text and the original still have it).
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

#: Browsers and IDNA 2003 (Python's codec) disagree on these letters (UTS 46 §7, deviation characters).
_DISPUTED_LETTERS = re.compile("[ßẞς\u200c\u200d]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f:.]+")
_NAMED_DOMAIN = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}", re.IGNORECASE)

#: RFC 1035 §2.3.4; the codec for IDNA takes quadratic time on more.
_LONGEST_HOST = 253

#: A link's words are looked at this far; a phone shows less.
_WORDS_LOOKED_AT = 500

#: Longer links are not made tappable; Telegram's message has better use for the room.
MAX_URL_BYTES = 2000


def visited_host(url: str) -> str | None:
    """Return the host a browser would visit, in ASCII and lower case; None for other schemes and doubtful forms."""
    parts = _split(url)
    if parts is None or not parts.hostname or _DISPUTED_LETTERS.search(parts.hostname):
        return None
    host = parts.hostname
    if len(host) > _LONGEST_HOST:
        return None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    return host if _HOST.fullmatch(host) else None


def shown_host(url: str, room: int) -> str | None:
    """Return the host as it is shown: the right end of a long one, and letters beside their ASCII form."""
    host = visited_host(url)
    if host is None:
        return None
    shown = host if len(host) <= room else "…" + host[-room + 1 :]
    try:
        letters = host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        letters = host
    return shown if letters == host or len(host) > room else f"{letters} = {host}"


def names_another_host(text: str, url: str) -> bool:
    """Say whether a link's *text* names a domain that its host does not belong to."""
    host = (visited_host(url) or "").rstrip(".")
    for match in _NAMED_DOMAIN.finditer(text[:_WORDS_LOOKED_AT]):
        named = match[0].lower()
        if host != named and not host.endswith("." + named):
            return True
    return False


def is_a_domain(text: str) -> bool:
    """Say whether a link's *text* is nothing but a domain."""
    return _NAMED_DOMAIN.fullmatch(text[:_WORDS_LOOKED_AT]) is not None


def is_tappable(url: str) -> bool:
    """Say whether the link is short enough to be part of a message."""
    return len(url.encode("utf-8", "replace")) <= MAX_URL_BYTES


def _split(url: str) -> SplitResult | None:
    # Browsers take "\\" for "/", drop tabs and line breaks, and decode "%2e" in hosts; we take none of them.
    if "\\" in url or not url.isprintable() or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None
