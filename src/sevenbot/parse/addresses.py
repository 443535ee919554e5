"""
Address lists (RFC 5322 §3.4, RFC 6532) to mailboxes, decoded, whatever state they are in.

One pass over tokens with a counter for nested comments: the standard library's reader recurses on comments and is
quadratic on long lists. Groups ("Friends: a@x, b@y;") give their members; an empty group gives nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sevenbot.parse import words
from sevenbot.parse.message import Mailbox

# More recipients than this are of no use to a reader; the rest is left out.
MAX_MAILBOXES = 500

_TOKEN = re.compile(
    r'(?P<local>"(?>(?:[^"\\]|\\.){0,200})"@[^\s,;:<>()"]+)|'
    r"(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?(?>(?:[^?]|\?(?!=)){0,4000})\?=)"
    r'|(?P<quoted>"(?>(?:[^"\\]|\\.)*)")'
    r"|(?P<angle><[^<>]{0,2000}+>)"
    r"|(?P<mark>[,;:()])"
    r"|(?P<space>\s+)"
    r"|(?P<escape>\\.)"
    r'|(?P<atom>[^\s,;:()<>"\\=]+|.)',
    re.DOTALL,
)
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")


@dataclass(slots=True)
class _Pending:
    """The mailbox being read."""

    phrase: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None
    behind: list[str] = field(default_factory=list)  # words after the angle: the next name, when a comma is missing

    def mailboxes(self) -> list[Mailbox]:
        pieces = "".join(self.phrase).split()
        if self.angle is None and len(pieces) > 1 and all(_ADDRESS.fullmatch(piece) for piece in pieces):
            return [Mailbox("", piece) for piece in pieces]  # spaces in place of commas
        mailbox = self.mailbox()
        return [mailbox] if mailbox else []

    def mailbox(self) -> Mailbox | None:
        phrase = _without_strays("".join(self.phrase).strip())
        name = words.decode(phrase)
        comment = words.decode(" ".join(self.comments))
        if self.angle is not None:
            address = _bare(self.angle)
            if not address and not name:
                return None
            return Mailbox(f"{name} ({comment})" if name and comment else name or comment, address)
        return _without_angle(phrase, name, comment)


def _without_strays(phrase: str) -> str:
    """Return a name without a bracket or quote that was never closed, and out of the quotes Outlook puts twice."""
    phrase = phrase.rstrip("<").rstrip()
    if phrase.count('"') == 1:
        phrase = phrase.replace('"', "")
    return phrase[1:-1] if len(phrase) > 2 and phrase[0] == phrase[-1] == "'" and phrase.count("'") == 2 else phrase


def _without_angle(phrase: str, name: str, comment: str) -> Mailbox | None:
    glued = re.sub(r"\s*([@.])\s*", r"\1", phrase) if phrase.count("@") == 1 else phrase  # RFC 5322 §4.4: white space
    if glued and not re.search(r"\s", glued):
        return Mailbox(comment, words.decode(glued))
    if found := _ADDRESS.search(phrase):  # no brackets: John Doe john@example.org
        rest = words.decode((phrase[: found.start()] + " " + phrase[found.end() :]).strip(" '\"<"))
        return Mailbox(rest or comment, found[0].strip("'\"[]"))
    return Mailbox(name or comment, "") if name or comment else None


def _bare(angle: str) -> str:
    """Return the address between angle brackets: no route (RFC 5322 §4.4), comments or white space."""
    inner = re.sub(r"\([^()]*\)", "", angle).strip()
    if inner.startswith("@") and ":" in inner:
        inner = inner.rpartition(":")[2]
    if "?" not in inner:  # with a query it is a link, not an address
        inner = re.sub(r"^mailto:", "", inner, flags=re.IGNORECASE)
    decoded = words.decode(inner) if "=?" in inner else words.fold(inner)
    if decoded.startswith('"'):
        return re.sub(r"\\(.)", r"\1", decoded) if "\\" in decoded else decoded
    return decoded.replace(" ", "").strip("'")


def read(text: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of one field's text, at most MAX_MAILBOXES."""
    found: list[Mailbox] = []
    pending = _Pending()
    depth = 0
    comment: list[str] = []

    def close() -> None:
        nonlocal pending
        found.extend(pending.mailboxes())
        pending = _Pending()

    for token in _TOKEN.finditer(text):
        piece = token[0]
        if depth or piece == "(":
            depth += (piece == "(") - (piece == ")")
            if depth == 0:
                pending.comments.append("".join(comment)[1:].strip())
                comment = []
            else:
                comment.append(piece[1:] if token.lastgroup == "escape" else piece)
        elif piece in (",", ";") and not _is_half_a_name(pending, text, token.end()):
            close()
        elif piece == ":" and pending.angle is None and not _inside_address(pending, text, token.end()):
            pending = _Pending()  # the name of a group
        elif token.lastgroup in ("angle", "local"):
            if pending.angle is not None:
                behind = pending.behind
                close()
                pending.phrase = behind
            pending.angle = piece[1:-1] if token.lastgroup == "angle" else piece
        else:
            (pending.phrase if pending.angle is None else pending.behind).append(_plain(token))
        if len(found) >= MAX_MAILBOXES:
            return tuple(found)
    if comment:
        pending.comments.append("".join(comment)[1:].strip())
    close()
    return tuple(found)


def _is_half_a_name(pending: _Pending, text: str, after: int) -> bool:
    """Tell the comma of "Lee, Sam <a@b>", which wants quotes and has none, from one between two mailboxes."""
    so_far = "".join(pending.phrase).strip()
    if pending.angle is not None or pending.comments or not so_far or "@" in so_far or so_far.count(",") > 1:
        return False
    return bool(_SECOND_HALF.match(text, after))


_SECOND_HALF = re.compile(r"\s{1,10}[^\s,;:<>@()\"]{1,40}(?:\s[^\s,;:<>@()\"]{1,40}){0,3}\s{0,10}<[^<>\s]{1,300}@")


def _plain(token: re.Match[str]) -> str:
    if token.lastgroup == "quoted":
        return re.sub(r"\\(.)", r"\1", token[0][1:-1])
    return token[0][1:] if token.lastgroup == "escape" else token[0]


def _inside_address(pending: _Pending, text: str, after: int) -> bool:
    """Tell the colon of IPv6:, mailto: or "Re: me <a@b>" from the colon that ends a group's name."""
    so_far = "".join(pending.phrase)
    return "@" in so_far or "[" in so_far or (";" not in text[after:] and "<" in text[after : after + 200])
