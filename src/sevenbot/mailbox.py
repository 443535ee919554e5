"""
An IMAP mailbox as the settings name it: where it is, what of it is taken, and what becomes of a mail that was.

    imaps://user:password@host:993/INBOX        TLS from the start
    imap://user:password@host:143/INBOX         STARTTLS; only on this machine may it be missing
    imap+clear://user:password@host:143/INBOX   STARTTLS where offered, else the password goes in clear

User, password and folder are percent-encoded UTF-8 (RFC 3986 §2.1), as in ann%40example.org. A folder may have parents,
as the server writes them: `Lists/SevenBot`.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

from sevenbot.setting_values import Problem, Secret

#: The ports that IANA gave to each (RFC 9051 §2.1).
PORTS = {"imaps": 993, "imap": 143, "imap+clear": 143}


class Backlog(StrEnum):
    """What is taken of the mails that are there at first connect."""

    UNSEEN = "unseen"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Done:
    """What becomes of a mail once it is kept: marked as seen, moved to a folder, or deleted."""

    action: str  # "seen", "move" or "delete"
    folder: str = ""  # of "move"

    def __str__(self) -> str:
        return f"{self.action}:{self.folder}" if self.folder else self.action


@dataclass(frozen=True, slots=True)
class ImapUrl:
    """Where the mailbox is, and the key to it; as text without the key."""

    scheme: str
    host: str
    port: int
    user: str
    password: Secret
    folder: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://****@{host}:{self.port}/{quote(self.folder)}"

    @property
    def is_on_this_machine(self) -> bool:
        """Say whether nobody stands between us and the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Everything the IMAP door is told."""

    url: ImapUrl
    backlog: Backlog
    done: Done
    max_mail_bytes: int
    retention: timedelta  # so long a mail is known again

    @property
    def key(self) -> str:
        """Return the name of the mailbox's position: a digest of host, user and folder."""
        parts = (self.url.host.lower(), self.url.user, self.url.folder)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def read_imap_url(raw: str) -> ImapUrl:
    """Read where the mailbox is."""
    expected = (
        "imaps://USER:PASSWORD@HOST/FOLDER, with @ / : ? # % [ ] and letters beyond ASCII in USER, PASSWORD and FOLDER "
        "percent-encoded (@ is %40)"
    )
    try:
        url = urlsplit(raw)
        port = url.port
        user, password, folder = (
            unquote(part or "", errors="strict") for part in (url.username, url.password, url.path.removeprefix("/"))
        )
    except (UnicodeDecodeError, ValueError):  # not UTF-8; brackets that do not match, a port that is none
        raise Problem(expected) from None
    fits = url.scheme in PORTS and re.fullmatch(r"[a-z0-9.:_-]+", url.hostname or "") and port != 0
    if not fits or not user or not password or "?" in raw or "#" in raw:
        raise Problem(expected)
    if not all(part.isprintable() for part in (raw, user, password, folder)):  # a line end would begin another command
        raise Problem(expected)
    return ImapUrl(url.scheme, url.hostname or "", port or PORTS[url.scheme], user, Secret(password), folder or "INBOX")


def read_backlog(raw: str) -> Backlog:
    """Read what is taken at first connect."""
    try:
        return Backlog(raw.lower())
    except ValueError:
        raise Problem("unseen, all or none") from None


def read_done(raw: str) -> Done:
    """Read what becomes of a mail that is kept."""
    action, _, folder = raw.partition(":")
    action = action.lower()
    if (action == "move") != bool(folder) or action not in ("seen", "move", "delete") or not folder.isprintable():
        raise Problem("seen, delete or move:FOLDER")
    return Done(action, folder)
