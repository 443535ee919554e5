"""
Text with entities, as Telegram counts and cleans it; and the entities Telegram finds by itself.

Offsets and lengths count UTF-16 code units. Sources: core.telegram.org/api/entities and the behaviour of TDLib
(tdlib/td, td/telegram/MessageEntity.cpp, LinkManager.cpp), which the Bot API server runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

MAX_ENTITIES = 100  # core.telegram.org/api/entities: what is beyond is dropped without a word


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units, which is how Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Plain text with its entities, in the order of their offsets."""

    text: str
    entities: list[Entity] = field(default_factory=list)


_SCHEMES = ("http://", "https://", "tg://", "ton://", "tonsite://")
_HOST = re.compile(r"[^\s/?#@:]+\.[^\s/?#@:.]{2,}|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\]", re.UNICODE)


def checked_link(url: str) -> str | None:
    """Return *url* as Telegram would keep it, or None when it would not: http, https and tg only, with a real host."""
    url = url.strip()
    lowered = url.lower()
    if lowered.startswith(("tg://", "ton://", "tonsite://")):
        return url if len(url) > len("tg://") else None
    if "://" in url and not lowered.startswith(_SCHEMES):
        return None
    if "://" not in url:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", url):
            return None  # mailto:, javascript:, data:
        url = f"http://{url}"
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2]
    host = re.sub(r":\d*$", "", authority)
    if not host or any(character.isspace() for character in url) or not _HOST.fullmatch(host):
        return None
    rest = url.partition("://")[2]
    return url if any(mark in rest for mark in "/?#") else f"{url}/"


_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<email>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)"
    r"|(?P<url>https?://[^\s<>\"]{3,})"
)


def with_found(parsed: Parsed) -> Parsed:
    """Add the entities Telegram finds by itself (commands, addresses, URLs) where the markup has none of its own."""
    text, entities = parsed.text, list(parsed.entities)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in ("text_link", "code", "pre")]
    for match in _FOUND.finditer(text):
        found = match.group().rstrip(".,;:!?)'") if match.lastgroup == "url" else match.group()
        begin = utf16_length(text[: match.start()])
        end = begin + utf16_length(found)
        if not any(begin < until and start < end for start, until in taken):
            entities.append({"type": match.lastgroup, "offset": begin, "length": end - begin})
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Parsed(text, entities[:MAX_ENTITIES])


def trimmed(parsed: Parsed) -> Parsed:
    """Drop the white space around the text and the control characters in it, as Telegram does; entities follow."""
    text = re.sub(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", " ", parsed.text)
    kept = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(kept)
    entities = []
    for entity in parsed.entities:
        begin = max(0, entity["offset"] - shift)
        until = min(end, entity["offset"] + entity["length"] - shift)
        if until > begin:
            entities.append({**entity, "offset": begin, "length": until - begin})
    return Parsed(kept, entities)
