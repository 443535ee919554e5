"""
Strangers' text made harmless for a chat: what nobody can see or what moves other text about is taken out.

A mail's subject, name or summary stands between our own words. Direction overrides can make "exe.pdf" of "fdp.exe" or
turn our line around (Unicode TR 36 §2.10), invisible letters can hide words, line breaks can start what looks like a
line of ours. Letters, emoji and joiners inside words of any script are left as they are.
"""

from __future__ import annotations

import re
import unicodedata

from sevenbot.unseen import UNSEEN

_BREAKS = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")

_UNSEEN = re.compile(f"[{UNSEEN}]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

#: Joiners shape Persian and Indic words and compound emoji; elsewhere they only hide.
_STRAY_JOINERS = re.compile("[\u200c\u200d]{2,}|(?<![^\x00-\x7f\\s])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\\s])")

#: More than three marks on one letter climb over the lines above.
_TOWERS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)

#: Telegram makes commands and mentions tappable (TDLib, MessageEntity.cpp). A mail must offer neither "/deactivate" nor
#: a command to another bot in the group, nor the account somebody here has under a name from elsewhere. Paths
#: (/etc/hosts) and web addresses are neither, and stay as they are; but our own commands might be cut out of a path.
_TAPPABLE = re.compile(
    r"https?://(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,4})?(?:[/?#][^\s\u2000-\u206f<>«»\"]*)?|(?P<sign>"
    r"(?<![\w/<>])/(?=[a-z0-9_]{1,64}(?![\w/])|start|register|status|deactivate|help)|(?<!\w)@(?=[a-z0-9_]))",
    re.IGNORECASE,
)

#: Signs that begin lines of ours; a stranger's line that begins so gets a dot before it.
MARKS = "↻🔑📅📍💰🎫📦👉🔗📎⚠✅✓🤖"
_MARKED_LINE = re.compile(f"^(?=[{MARKS}])", re.MULTILINE)

_SPACES = re.compile(" {2,}")
_CHECK_MARKS = re.compile("[\u2611\u2713\u2714\u2705\u221a\U0001f5f8\U0001f5f9\ufe0f]")


def one_line(text: str) -> str:
    """Return *text* as one visible line, words parted by single spaces."""
    return _tame(_BREAKS.sub(" ", text)).replace("\n", " ").strip()


def lines_kept(text: str) -> str:
    """Return *text* with its lines, and at most one blank line between two."""
    lines = [line.strip() for line in _tame(_BREAKS.sub("\n", text)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def paragraphs(text: str) -> str:
    """Return *text* with its lines kept, and none that looks like one of ours."""
    return _MARKED_LINE.sub("· ", lines_kept(text))


def name(text: str) -> str:
    """Return a sender's display name as one line, in quotes when it poses as an address, without check marks."""
    shown = one_line(_CHECK_MARKS.sub("", one_line(text)))
    if shown.count('"') == 1:  # a quoted name that was never closed, or never opened
        shown = shown.strip('" ')
    return f"“{shown.strip('“”')}”" if "@" in shown or "＠" in shown else shown


def isolate(text: str) -> str:
    """Wrap *text* in FSI and PDI when it has right-to-left letters, so that our words beside it keep their place."""
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text):
        return f"\u2068{text}\u2069"
    return text


def _tame(text: str) -> str:
    text = _NO_CHARACTER.sub("\ufffd", text)
    text = _UNSEEN.sub("", _CONTROLS.sub("", text))
    text = _STRAY_JOINERS.sub("", text)
    text = _TOWERS.sub(r"\1", _BLANKS.sub(" ", text))
    return _TAPPABLE.sub(_untapped, _SPACES.sub(" ", text))


def _untapped(found: re.Match[str]) -> str:
    return f"{found['sign']}\u2060" if found["sign"] else found[0]
