"""Whether the plain form of a mail says what its HTML says; senders often leave a stub there."""

from __future__ import annotations

import re

_STUB = re.compile(
    r"html|browser|version|client|reader|program|anzeigen|navigateur|navegador|браузер|浏览器", re.IGNORECASE
)
_MARKUP = re.compile(
    r"</?(?:table|td|tr|div|span|html|style|font)\b|\{[^{}]*(?:color|font|margin|width)\s*:", re.IGNORECASE
)
URL = re.compile(r"https?://[^\s<>\"'\])}]+", re.IGNORECASE)


def says_as_much(plain: str, rich: str) -> bool:
    """Say whether the plain form of an alternative can stand for the HTML one."""
    bare = URL.sub("", plain[:100_000]).strip()
    if len(_MARKUP.findall(plain[:20_000])) >= 3:
        return False
    if len(bare) < 400 and len(rich) > 2 * len(bare) and _STUB.search(bare):
        return False
    return len(bare) * 5 >= min(len(rich), 1000) and len(bare) * 3 >= len(plain[:100_000].strip())
