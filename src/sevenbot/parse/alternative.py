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


_WORD = re.compile(r"[^\W_]{3,}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_UNSPACED_PAIR = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}))")
# A line with fewer words is a heading, a name or a button.
_LINE_WORDS = 4
_READ_CHARS = 200_000


def only_here(plain: str, rich: str) -> list[str]:
    """Return the lines of the plain form of which the HTML has less than half the words: who sees that, misses them."""
    known = set(_words(rich[:_READ_CHARS]))
    return [line for line in plain[:_READ_CHARS].split("\n") if _is_foreign(line, known)]


def _words(text: str) -> list[str]:
    low = text.lower()
    return _WORD.findall(low) if low.isascii() else _WORD.findall(_UNSPACED.sub(" ", low)) + _UNSPACED_PAIR.findall(low)


def _is_foreign(line: str, known: set[str]) -> bool:
    said = _words(URL.sub("", line))
    return len(said) >= _LINE_WORDS and 2 * sum(word in known for word in said) < len(said)


def says_as_much(plain: str, rich: str) -> bool:
    """Say whether the plain form of an alternative can stand for the HTML one."""
    bare = URL.sub("", plain[:100_000]).strip()
    if len(_MARKUP.findall(plain[:20_000])) >= 3:
        return False
    if len(bare) < 400 and len(rich) > 2 * len(bare) and _STUB.search(bare):
        return False
    return len(bare) * 5 >= min(len(rich), 1000) and len(bare) * 3 >= len(plain[:100_000].strip())
