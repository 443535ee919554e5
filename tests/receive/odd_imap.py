"""An IMAP server in a thread that speaks as oddly as a test wants: what it answers to a command is a table."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

Answer = bytes | Callable[[], bytes]


class OddServer:
    """
    Answers each command by the first pattern that it matches; TAG in an answer stands for the command's tag.

    An answer is sent as it is; b"" closes the connection, and so does what ends in CUT, after the rest was sent.
    """

    CUT = b"<cut>"

    def __init__(self, mails: dict[int, bytes], *, capabilities: str = "IMAP4rev1 IDLE MOVE UIDPLUS") -> None:
        self.mails = mails
        self.capabilities = capabilities
        self.commands: list[str] = []
        self.idling = threading.Event()
        #: Patterns that go before the ordinary ones.
        self.odd: list[tuple[str, Answer]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._connections: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"imap://ann:pw@127.0.0.1:{self._listener.getsockname()[1]}/INBOX"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._thread.join()

    def say(self, line: bytes) -> None:
        """Say something unasked to the last client."""
        self._connections[-1].sendall(line)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"* OK ready\r\n")
                try:
                    for line in lines:
                        if not self._answer(connection, line.decode().rstrip("\r\n")):
                            break
                except OSError:
                    continue

    def _answer(self, connection: socket.socket, line: str) -> bool:
        tag, _, command = line.partition(" ")
        self.commands.append(command or tag)
        answer = self._answer_to(command or tag).replace(b"TAG", tag.encode())
        connection.sendall(answer.removesuffix(self.CUT))
        if command == "IDLE":
            self._idle_tag = tag
            self.idling.set()
        return bool(answer) and not answer.endswith(self.CUT)

    def _answer_to(self, command: str) -> bytes:
        for pattern, odd in self.odd:
            if re.match(pattern, command):
                return odd() if callable(odd) else odd
        match command.split():
            case ["CAPABILITY"]:
                return f"* CAPABILITY {self.capabilities}\r\nTAG OK done\r\n".encode()
            case ["SELECT", _]:
                uid_next = max(self.mails, default=0) + 1
                return f"* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT {uid_next}] x\r\nTAG OK [READ-WRITE] x\r\n".encode()
            case ["UID", "SEARCH", "UID", uids, *_]:
                return f"* SEARCH {' '.join(map(str, self._there(uids)))}\r\nTAG OK done\r\n".encode()
            case ["UID", "SEARCH", "ALL"]:
                return f"* SEARCH {' '.join(map(str, self.mails))}\r\nTAG OK done\r\n".encode()
            case ["UID", "FETCH", uids, *items]:
                return b"".join(self._fetch(uid, " ".join(items)) for uid in self._there(uids)) + b"TAG OK done\r\n"
            case ["IDLE"]:
                return b"+ idling\r\n"
            case ["DONE"]:
                return f"{self._idle_tag} OK done\r\n".encode()
            case ["LOGOUT"]:
                return b"* BYE\r\nTAG OK done\r\n"
            case _:
                return b"TAG OK done\r\n"

    def _there(self, uids: str) -> list[int]:
        """Return the UIDs of a sequence set that are there; "7:*" holds the last even when it is below."""
        found: set[int] = set()
        for part in uids.replace("*", str(max(self.mails, default=0))).split(","):
            first, _, last = part.partition(":")
            low, high = sorted((int(first), int(last or first)))
            found |= {uid for uid in self.mails if low <= uid <= high}
        return sorted(found)

    def _fetch(self, uid: int, items: str) -> bytes:
        raw = self.mails[uid]
        if "SIZE" in items:
            return b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, len(raw))
        if "HEADER" in items:
            raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        # The UID behind the literal, as some servers have it, and something unasked.
        return b"* 1 FETCH (BODY[] {%d}\r\n%b UID %d)\r\n* 1 FETCH (FLAGS (\\Seen))\r\n" % (len(raw), raw, uid)
