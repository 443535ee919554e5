"""
What a subject is about, without what mail programs put around it: "Re: [Fwd: Lunch (fwd)]" is about "Lunch".

Source: RFC 5256 §2.1 (base subject), and the prefixes of mail programs in other languages. A list's "[birds]" stays:
it says where a mail belongs.
"""

from __future__ import annotations

import re

# Longer subjects are no thread's; the loop below then is short.
_CHARS = 1_000

_PREFIX = re.compile(
    r"\s*(?:\(?(?:re|fwd?|aw|wg|antw|sv|vs|vb|tr|rif|ref|rv|res|enc|odp|pd|ynt|ilt|отв|пересл|на|回复|回覆|答复|转发|轉寄|返信|転送"
    r"|회신|전달|رد)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：)]+[\s:]*)",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|enc|vb|vs|vl|pd|ilt|пересл|转发|轉寄|転送|전달)\s?[:：]|\s*\[\s*fwd?\s*[:：]|.{0,990}\(fwd\)\s*\Z",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"\s*\[\s*fwd?\s*[:：](.*)\]\s*", re.IGNORECASE | re.DOTALL)
_EMPTY_WRAP = re.compile(r"\s*\[\s*fwd?\s*[:：]\s*\]\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*\(fwd\)\s*\Z", re.IGNORECASE)


def base(subject: str) -> str:
    """Return *subject* without the marks of answers and forwards, in any number and order."""
    text = subject[:_CHARS].strip()
    while True:
        shorter = _once(text)
        if shorter == text:
            return text
        text = shorter


def is_forward(subject: str) -> bool:
    """Say whether the first mark of *subject* is that of a mail passed on: "WG: Lunch", "[Fwd: Lunch]"."""
    return _FORWARD.match(subject[:_CHARS]) is not None


def _once(text: str) -> str:
    if wrapped := _WRAPPED.fullmatch(text):
        return wrapped[1].strip()
    for mark in (_EMPTY_WRAP, _PREFIX):
        if found := mark.match(text):
            return text[found.end() :].strip()
    return _SUFFIX.sub("", text)
