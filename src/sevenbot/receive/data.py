r"""
The bytes after DATA, as they arrive in pieces of any size: where they end, and what the mail is.

Only `\r\n.\r\n` ends a mail (RFC 5321 §4.1.1.4), and a lone `.\r\n` at the very start ends an empty one. Nothing else
does: a server that also stops at `\n.\n`, `\r.\r` or a mixture lets a sender hide a second mail, with a sender of
its choice, inside the first ("SMTP smuggling", CVE-2023-51764). Such bytes are read as part of the mail, marked as
`has_bare_newline`, and the mail is refused as a whole.

Pure: no socket, no clock. Memory is bounded by *max_bytes*; what goes beyond is read and forgotten.
"""

from __future__ import annotations

from sevenbot.receive.policy import has_bare_newline

END = b"\r\n.\r\n"
STUFFED = b"\r\n."


class DataReader:
    """Collect one mail, dot-unstuffed, CRLF kept."""

    __slots__ = ("_held", "_is_start", "_mail", "_max_bytes", "has_bare_newline", "is_dropped", "size_bytes")

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._mail = bytearray()  # one buffer: a list of pieces would cost many times a mail that comes byte by byte
        # The longest tail that may be the beginning of END. It starts as the line end before the mail's first line.
        self._held = b"\r\n"
        self._is_start = True
        #: What the mail has so far, the stuffed dots and the final one not counted (RFC 1870 §6.3).
        self.size_bytes = 0
        self.has_bare_newline = False
        #: True once bytes were forgotten: there is no mail to be had any more.
        self.is_dropped = False

    @property
    def is_too_large(self) -> bool:
        """Say whether the mail has more than *max_bytes*."""
        return self.size_bytes > self._max_bytes

    def feed(self, chunk: bytes) -> bytes | None:
        """Take the next bytes; return None while the mail goes on, else what came after its end."""
        window = self._held + chunk
        end = window.find(END)
        if end >= 0:
            self._keep(window[: end + 2])
            return window[end + len(END) :]
        held = _end_begun(window)
        self._keep(window[: len(window) - held])
        self._held = window[len(window) - held :]
        return None

    def drop(self) -> None:
        """Forget the mail; go on reading to its end."""
        self._mail = bytearray()
        self.is_dropped = True

    @property
    def held_bytes(self) -> int:
        """Return how much of the mail is in memory."""
        return 0 if self.is_dropped else self.size_bytes

    def take(self) -> bytes:
        """Return the mail and let go of it; only once it has ended, and only when it is not dropped."""
        raw = bytes(self._mail)
        self._mail = bytearray()
        return raw

    def _keep(self, piece: bytes) -> None:
        # No piece begins or ends within a line end or a stuffed dot: such tails are held back.
        if self.is_dropped:
            return
        self.has_bare_newline = self.has_bare_newline or has_bare_newline(piece)
        unstuffed = piece.replace(STUFFED, b"\r\n")
        if piece and self._is_start:
            unstuffed = unstuffed[2:]  # the line end that `_held` began with
            self._is_start = False
        self.size_bytes += len(unstuffed)
        self._mail += unstuffed
        if self.is_too_large:
            self.drop()


def _end_begun(window: bytes) -> int:
    """Return how many bytes at the end of *window* may be the beginning of END."""
    return next((length for length in range(len(END) - 1, 0, -1) if window.endswith(END[:length])), 0)
