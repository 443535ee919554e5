"""Why a mail did not arrive: by its enhanced code (RFC 3463 §3), and where that says little, by the words beside it."""

from __future__ import annotations

import re

from sevenbot.parse.message import Cause

_BY_CODE = (
    (Cause.NO_SUCH_ADDRESS, re.compile(r"[45]\.(?:1\.(?:[01346]|10)|2\.4)")),
    (Cause.NO_SUCH_DOMAIN, re.compile(r"[45]\.(?:1\.2|4\.4)")),
    (Cause.MAILBOX_FULL, re.compile(r"[45]\.2\.2")),
    (Cause.MAILBOX_CLOSED, re.compile(r"[45]\.2\.1")),
    (Cause.TOO_LARGE, re.compile(r"[45]\.(?:2\.3|3\.4)")),
    (Cause.NO_ANSWER, re.compile(r"[45]\.4\.[1237]")),
    (Cause.REFUSED, re.compile(r"[45]\.7\.\d+")),
)
_MAILBOX_FULL = re.compile(
    r"quota|mailbox (?:is )?full|full mailbox|mail ?folder is full|storage (?:limit|space)|exceed\w* the local limit"
    r"|переполнен|voll\b|llen[oa]\b|pleine?\b|いっぱい|已满|空间不足",
    re.IGNORECASE,
)
_MAILBOX_CLOSED = re.compile(
    r"disabled|inactive|suspended|discontinued|account (?:has been )?closed|deactivat", re.IGNORECASE
)
_TOO_LARGE = re.compile(
    r"too (?:large|big)|exceeds? (?:the )?(?:maximum )?(?:message )?size|size limit|message size", re.IGNORECASE
)
_NO_SUCH_DOMAIN = re.compile(
    r"host (?:unknown|not found|or domain name not found)|unknown host|domain (?:not found|does not exist|name not)"
    r"|domain \S{1,100} couldn't be found|nxdomain|no mx\b|unrouteable|bad destination system",
    re.IGNORECASE,
)
_NO_SUCH_ADDRESS = re.compile(
    r"user unknown|unknown (?:user|recipient|address)|no such (?:user|address|recipient|mailbox)"
    r"|does(?: not|n't) (?:exist|have)"
    r"|(?:address|user|recipient|mailbox)[^\n]{0,20} (?:not found|unknown|rejected|couldn't be found|not exist)"
    r"|name is not recogni|invalid (?:user|recipient|mailbox|address)|benutzer unbekannt|inconnu"
    r"|desconocid|sconosciut|не существует|見つか|存在し|不存在",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"spam|blocked|black ?list|block ?list|policy|reputation|denied|banned|not allowed|unauthenticated|rejected",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"timed? ?out|timeout|connection (?:refused|lost)|not responding|not reachable|unreachable|no answer"
    r"|able to establish an smtp|in the queue|expired|too long",
    re.IGNORECASE,
)
_BY_WORDS = (
    (Cause.MAILBOX_FULL, _MAILBOX_FULL),
    (Cause.MAILBOX_CLOSED, _MAILBOX_CLOSED),
    (Cause.TOO_LARGE, _TOO_LARGE),
    (Cause.NO_SUCH_DOMAIN, _NO_SUCH_DOMAIN),
    (Cause.NO_SUCH_ADDRESS, _NO_SUCH_ADDRESS),
    (Cause.REFUSED, _REFUSED),
    (Cause.NO_ANSWER, _NO_ANSWER),
)


def cause(code: str | None, reason: str, text: str) -> Cause | None:
    """Return why a mail failed, or None when neither *code*, nor the server's *reason*, nor the *text* tells."""
    if (by_code := next((cause for cause, pattern in _BY_CODE if code and pattern.fullmatch(code)), None)) is not None:
        return by_code
    told = (cause for words in (reason, text) for cause, pattern in _BY_WORDS if pattern.search(words))
    return next(told, None)
