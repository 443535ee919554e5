"""
One connection to an IMAP server (RFC 9051, and RFC 3501 before it), by way of imap-tools. Blocking: for a thread.

Mails are read with BODY.PEEK, which marks nothing, and named by UID. Nothing here expunges a folder as a whole, since
that would take mails which somebody else marked as deleted with it; imap-tools' `flag`, `delete` and `move` do.

Every method but `cut` and `close` may raise MailboxUnavailable; `open`, MailboxRefused as well.
"""

from __future__ import annotations

import contextlib
import imaplib
import itertools
import re
import select
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import imap_tools
from imap_tools.utils import encode_folder

from sevenbot.errors import MailboxRefused, MailboxUnavailable
from sevenbot.mailbox import Mailbox
from sevenbot.receive.imap_connection import TIMEOUT, connect, login_refusal, translated
from sevenbot.receive.imap_headers import FIELDS

T = TypeVar("T")

#: What came by UID, and the UIDs of mails that are there all the same: the server failed to give it out.
Answers = tuple[dict[int, T], set[int]]

_HEADER = f"(BODY.PEEK[HEADER.FIELDS ({' '.join(FIELDS).upper()})])"
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_EMPTY = re.compile(rb'\bBODY\[.*\] (?:""|NIL)')


class Session:
    """Opened by `open`, ended by `close`; `cut` ends it at once, from any thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._box: Any = None  # of imap-tools, whose own annotations stop at imaplib
        self._capabilities: frozenset[str] = frozenset()
        self._is_cut = False
        #: Both of the folder, as it was when it was opened.
        self.uid_validity = 0
        self.uid_next = 0

    def open(self) -> None:
        """Connect, log in and open the folder."""
        with translated(self._mailbox.url):
            self._box = connect(self._mailbox.url)
            if self._is_cut:
                self.cut()
            self._log_in()
            self._open_folder()

    def cut(self) -> None:
        """Break the connection off; whoever waits for it in another thread is told so."""
        self._is_cut = True
        if self._box is not None:
            with contextlib.suppress(OSError):  # it is gone already
                self._box.client.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Say goodbye."""
        if self._box is not None:
            with contextlib.suppress(imaplib.IMAP4.error, imap_tools.ImapToolsError, OSError):
                self._box.client.sock.settimeout(2.0)
                self._box.logout()
            with contextlib.suppress(OSError):
                self._box.client.shutdown()

    @property
    def can_idle(self) -> bool:
        """Say whether the server tells of new mail by itself (RFC 2177)."""
        return "IDLE" in self._capabilities

    def search(self, criteria: str) -> list[int]:
        """Return the UIDs of the mails that meet *criteria* (RFC 9051 §6.4.4), ascending."""
        with translated(self._mailbox.url):
            status, lines = self._box.client.uid("SEARCH", criteria)
            if status != "OK":
                raise MailboxUnavailable("the server would not search")
            return sorted({int(uid) for line in lines if line for uid in line.split()})

    def sizes(self, uids: Sequence[int]) -> Answers[int]:
        """Return the sizes of mails in bytes."""
        return self._fetch(uids, "(RFC822.SIZE)", _size)

    def headers(self, uids: Sequence[int]) -> Answers[bytes]:
        """Return the fields that `imap_headers` reads."""
        return self._fetch(uids, _HEADER, _content)

    def raws(self, uids: Sequence[int]) -> Answers[bytes]:
        """Return whole mails."""
        return self._fetch(uids, "(BODY.PEEK[])", _content)

    def mark(self, uids: Sequence[int]) -> bool:
        """Do with mails what SEVENBOT_IMAP_DONE says; return whether the server did."""
        done = self._mailbox.done
        if not uids:
            return True
        with translated(self._mailbox.url):
            if done.action == "move":
                return self._move(_set(uids), encode_folder(done.folder))
            if done.action == "delete":
                return self._delete(_set(uids))
            return self._ask("STORE", _set(uids), "+FLAGS.SILENT", r"(\Seen)")

    def wait(self, duration: timedelta) -> None:
        """Return when the server says that something happened, at the latest after *duration*; needs `can_idle`."""
        with translated(self._mailbox.url):
            client = self._box.client
            tag = client._command("IDLE")
            is_told = False
            while client._get_response() is not None:  # None: the continuation, from which on it idles
                if client.tagged_commands[tag]:
                    raise MailboxUnavailable("the server would not idle")
                is_told = True
            if not is_told:
                self._until_readable(duration)
            client.send(b"DONE\r\n")
            self._box.consume_until_tagged_response(tag)
            client.untagged_responses.clear()  # else they would gather as long as the connection lasts

    def poll(self) -> None:
        """Let a server that cannot idle look for news."""
        with translated(self._mailbox.url):
            self._box.client.noop()
            self._box.client.untagged_responses.clear()

    def _log_in(self) -> None:
        url, client = self._mailbox.url, self._box.client
        if client.state == "NONAUTH":  # else the server knows us already (PREAUTH)
            password = url.password.reveal()
            log_in = self._box.login if f"{url.user}{password}".isascii() else self._box.login_utf8
            try:
                log_in(url.user, password, initial_folder=None)
            except imaplib.IMAP4.abort:
                raise
            except (imap_tools.MailboxLoginError, imaplib.IMAP4.error) as exc:
                raise login_refusal(exc) from exc
        _, answer = client.capability()  # another one after the login
        self._capabilities = frozenset((answer[-1] or b"").decode("ascii", "replace").upper().split())

    def _open_folder(self) -> None:
        folder, client = self._mailbox.url.folder, self._box.client
        try:
            self._box.folder.set(folder)
        except imap_tools.MailboxFolderSelectError as exc:
            names = [one.name for one in self._box.folder.list()][:20]
            advice = f"the folders there are: {', '.join(names)}" if names else "is it spelt as the server has it?"
            raise MailboxRefused("the folder of SEVENBOT_IMAP_URL is not there", advice) from exc
        except imaplib.IMAP4.readonly as exc:
            raise MailboxRefused(
                "the folder is read-only: mails could not be marked", "allow this user to write there"
            ) from exc
        self.uid_validity = _number(client.response("UIDVALIDITY"))
        self.uid_next = _number(client.response("UIDNEXT"))
        if not self.uid_validity:
            raise MailboxRefused("the server gives mails no lasting numbers (UIDVALIDITY)", "use another folder")
        if not self.uid_next:  # RFC 3501 let old servers leave it out
            self.uid_next = max(self.search("ALL"), default=0) + 1

    def _fetch(self, uids: Sequence[int], items: str, read: Callable[[bytes, bytes | None], T | None]) -> Answers[T]:
        """
        Ask for *items* of mails.

        One mail that the server cannot give out makes it refuse all that are asked for with it; so it is found by
        halving. A mail of which nothing came, though nothing was refused, is gone or else failed too.
        """
        if not uids:
            return {}, set()
        with translated(self._mailbox.url):
            status, answer = self._box.client.uid("FETCH", _set(uids), items)
        if status != "OK" and len(uids) > 1:
            half = len(uids) // 2
            (found, failed), (more, failed_too) = (
                self._fetch(part, items, read) for part in (uids[:half], uids[half:])
            )
            return found | more, failed | failed_too
        found = {uid: value for uid, line, content in _responses(answer) if (value := read(line, content)) is not None}
        missing = [uid for uid in uids if uid not in found]
        return found, set(self.search(f"UID {_set(missing)}")) if missing else set()

    def _move(self, uids: str, folder: bytes) -> bool:
        verb = "MOVE" if "MOVE" in self._capabilities else "COPY"  # RFC 6851
        if not self._ask(verb, uids, folder):
            for make in ("CREATE", "SUBSCRIBE"):  # the second: so that mail programs show it
                self._box.client._simple_command(make, folder)
            if not self._ask(verb, uids, folder):
                return False
        return verb == "MOVE" or self._delete(uids)

    def _delete(self, uids: str) -> bool:
        if not self._ask("STORE", uids, "+FLAGS.SILENT", r"(\Deleted)"):
            return False
        if "UIDPLUS" in self._capabilities:  # RFC 4315; without it they wait, marked, until somebody expunges
            return self._ask("EXPUNGE", uids)
        return True

    def _ask(self, *command: str | bytes) -> bool:
        status, _ = self._box.client.uid(*command)
        self._box.client.untagged_responses.clear()
        return bool(status == "OK")

    def _until_readable(self, duration: timedelta) -> None:
        """Wait until there is something to read; some of it may be in a buffer of ours already."""
        client = self._box.client
        sock = client.sock
        sock.settimeout(0)
        try:
            is_waiting = bool(client.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            is_waiting = False
        finally:
            sock.settimeout(TIMEOUT.total_seconds())
        if not is_waiting:
            poller = select.poll()
            poller.register(sock.fileno(), select.POLLIN)
            poller.poll(duration.total_seconds() * 1000)


def _responses(answer: Sequence[Any]) -> Iterator[tuple[int, bytes, bytes | None]]:
    """
    Yield each FETCH response's UID, line, and literal if it has one.

    imaplib gives a response with a literal as a tuple, and what follows the literal by itself; the UID may stand in
    either. What the server says unasked, about flags that changed, comes in between, with a UID or without.
    """
    for one, following in itertools.zip_longest(answer, answer[1:]):
        line, literal = one if isinstance(one, tuple) else (one or b"", None)
        rest = following if literal is not None and isinstance(following, bytes) else b""
        if uid := _UID.search(line + b" " + rest):
            yield int(uid[1]), line, literal


def _size(line: bytes, _literal: bytes | None) -> int | None:
    found = _SIZE.search(line)
    return int(found[1]) if found else None


def _content(line: bytes, literal: bytes | None) -> bytes | None:
    return b"" if literal is None and _EMPTY.search(line) else literal


def _number(response: tuple[str, list[Any]]) -> int:
    value = (response[1] or [None])[-1]
    return int(value) if value and value.isdigit() else 0


def _set(uids: Sequence[int]) -> str:
    """Return a sequence set, neighbours as a range: a long command is refused by some servers."""
    runs: list[list[int]] = []
    for uid in sorted(uids):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)
