"""
One connection to an IMAP server (RFC 9051, and RFC 3501 before it), by way of imap-tools. Blocking: for a thread.

Mails are read with BODY.PEEK, which marks nothing, and named by UID. Nothing here expunges a folder as a whole, since
that would take mails which somebody else marked as deleted with it; imap-tools' `flag`, `delete` and `move` do.

Every method but `cut` and `close` may raise MailboxUnavailable; `open`, MailboxRefused as well.
"""

from __future__ import annotations

import contextlib
import imaplib
import select
import socket
import ssl
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import imap_tools
from imap_tools.utils import encode_folder

from sevenbot.errors import MailboxRefused, MailboxUnavailable
from sevenbot.mailbox import Mailbox
from sevenbot.receive.imap_connection import TIMEOUT, connect, login_refusal, translated
from sevenbot.receive.imap_headers import FIELDS
from sevenbot.receive.imap_responses import content, number, responses, sequence_set, size

T = TypeVar("T")

#: What came by UID, and the UIDs of mails that are there all the same: the server failed to give it out.
Answers = tuple[dict[int, T], set[int]]

_HEADER = f"(BODY.PEEK[HEADER.FIELDS ({' '.join(FIELDS).upper()})])"


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
        return self._fetch(uids, "(RFC822.SIZE)", size)

    def headers(self, uids: Sequence[int]) -> Answers[bytes]:
        """Return the fields that `imap_headers` reads."""
        return self._fetch(uids, _HEADER, content)

    def raws(self, uids: Sequence[int]) -> Answers[bytes]:
        """Return whole mails."""
        return self._fetch(uids, "(BODY.PEEK[])", content)

    def mark(self, uids: Sequence[int]) -> bool:
        """Do with mails what SEVENBOT_IMAP_DONE says; return whether the server did."""
        done = self._mailbox.done
        if not uids:
            return True
        with translated(self._mailbox.url):
            if done.action == "move":
                return self._move(sequence_set(uids), encode_folder(done.folder))
            if done.action == "delete":
                return self._delete(sequence_set(uids))
            return self._ask("STORE", sequence_set(uids), "+FLAGS.SILENT", r"(\Seen)")

    def make_folder(self) -> bool:
        """
        See that the folder of `move:` is there; say whether it had to be made.

        Raises:
            MailboxRefused: The server will not make it.
        """
        name = self._mailbox.done.folder
        folder = encode_folder(name)
        with translated(self._mailbox.url):
            if self._has(folder):
                return False
            self._make(folder)
            if self._has(folder):
                return True
            raise MailboxRefused(
                f"the server does not make the folder of move:{name}",
                f"make it in a mail program, or take another; {self._folders()}; on some servers all others stand "
                f"below INBOX: move:INBOX.{name}",
            )

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
            raise MailboxRefused("the folder of SEVENBOT_IMAP_URL is not there", self._folders()) from exc
        except imaplib.IMAP4.readonly as exc:
            raise MailboxRefused(
                "the folder is read-only: mails could not be marked", "allow this user to write there"
            ) from exc
        self.uid_validity = number(client.response("UIDVALIDITY"))
        self.uid_next = number(client.response("UIDNEXT"))
        if not self.uid_validity:
            raise MailboxRefused("the server gives mails no lasting numbers (UIDVALIDITY)", "use another folder")
        if not self.uid_next:  # RFC 3501 let old servers leave it out
            self.uid_next = max(self.search("ALL"), default=0) + 1

    def _folders(self) -> str:
        names = [one.name for one in self._box.folder.list()][:20]
        return f"the folders there are: {', '.join(names)}" if names else "is it spelt as the server has it?"

    def _has(self, folder: bytes) -> bool:
        """Say whether mails can be put into a folder: not into a name that only has others below it."""
        status, _ = self._box.client._simple_command("STATUS", folder, "(UIDNEXT)")
        return bool(status == "OK")

    def _make(self, folder: bytes) -> None:
        for make in ("CREATE", "SUBSCRIBE"):  # the second: so that mail programs show it
            self._box.client._simple_command(make, folder)

    def _fetch(self, uids: Sequence[int], items: str, read: Callable[[bytes, bytes | None], T | None]) -> Answers[T]:
        """
        Ask for *items* of mails.

        One mail that the server cannot give out makes it refuse all that are asked for with it; so it is found by
        halving. A mail of which nothing came, though nothing was refused, is gone or else failed too.
        """
        if not uids:
            return {}, set()
        with translated(self._mailbox.url):
            status, answer = self._box.client.uid("FETCH", sequence_set(uids), items)
        if status != "OK" and len(uids) > 1:
            half = len(uids) // 2
            (found, failed), (more, failed_too) = (
                self._fetch(part, items, read) for part in (uids[:half], uids[half:])
            )
            return found | more, failed | failed_too
        found = {uid: value for uid, line, literal in responses(answer) if (value := read(line, literal)) is not None}
        missing = [uid for uid in uids if uid not in found]
        return found, set(self.search(f"UID {sequence_set(missing)}")) if missing else set()

    def _move(self, uids: str, folder: bytes) -> bool:
        """
        Move mails, making the folder when it is missing.

        Where MOVE (RFC 6851) is not known, whoever dies between copying and deleting leaves a second copy in the
        folder, after the next look: which of the copies there was ours, nobody can tell. The chat hears of it once.
        """
        verb = "MOVE" if "MOVE" in self._capabilities else "COPY"
        if not self._ask(verb, uids, folder):
            self._make(folder)
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
