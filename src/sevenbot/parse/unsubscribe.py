"""The way off a list (RFC 2369 §3.2) and whether one click does it (RFC 8058)."""

from __future__ import annotations

import re

from sevenbot.parse import fields
from sevenbot.parse.links import safe_url
from sevenbot.parse.message import Unsubscribe

_TARGET = re.compile(r"<\s*([^<>]{1,4000}?)\s*>")
_BARE = re.compile(r"(?:https?|mailto):[^\s,<>]{1,4000}", re.IGNORECASE)


def read(header: fields.Fields) -> Unsubscribe | None:
    """Return the targets of List-Unsubscribe, or None when there are none."""
    value = header.text("list-unsubscribe")
    targets = ["".join(found.split()) for found in _TARGET.findall(value)] or _BARE.findall(value)
    safe = [url for target in targets if (url := safe_url(target))]
    web = sorted((url for url in safe if not _is_mailto(url)), key=lambda url: not url.lower().startswith("https:"))
    url = web[0] if web else None
    mailto = next((url for url in safe if _is_mailto(url)), None)
    if url is None and mailto is None:
        return None
    return Unsubscribe(_is_one_click(header, url), url, mailto)


def _is_mailto(url: str) -> bool:
    return url.lower().startswith("mailto:")


def _is_one_click(header: fields.Fields, url: str | None) -> bool:
    post = re.sub(r"\s", "", header.text("list-unsubscribe-post")).lower()
    if post != "list-unsubscribe=one-click" or url is None or not url.lower().startswith("https:"):
        return False
    return any(_covers_both(fields.as_text(value)) for value in header.raw_all("dkim-signature"))


def _covers_both(signature: str) -> bool:
    """Say whether a DKIM signature's h= names both fields (RFC 8058 §4)."""
    tags = dict(tag.split("=", 1) for tag in re.sub(r"\s", "", signature).split(";") if "=" in tag)
    return {"list-unsubscribe", "list-unsubscribe-post"} <= set(tags.get("h", "").lower().split(":"))
