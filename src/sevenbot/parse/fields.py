"""
Header fields: bytes to name and value (RFC 5322 §2.2), tolerant of every way they come broken.

A header ends at the first empty line. Lines that are no fields: an mbox "From " line is skipped; a line between
fields that is neither field nor continuation is taken as a continuation somebody forgot to indent when fields follow,
else the body starts right there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sevenbot.parse import charset

# Postfix takes 100 KB of header (header_size_limit); ten times that is no mail a person wrote.
HEADER_BYTES = 1_000_000
# A To with a thousand addresses needs 50 KB; longer values are cut.
FIELD_BYTES = 64_000
# Real mail has 20 to 150 fields.
MAX_FIELDS = 2_000
_MAX_NOTES = 10
# How far to look for a field behind a line that is none.
_LOOK_AHEAD_LINES = 5

_END = re.compile(rb"\n\r?\n")
_BLANK = re.compile(rb"\r?\n")
_BLANKS = re.compile(rb"(?:\r?\n){0,100}")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*)")
_LINE = re.compile(rb"([^\n]*)(?:\n|\Z)")
# Two fields, the second maybe after folds of the first.
_TWO_FIELDS = re.compile(rb"[!-9;-~]{1,100}:[^\n]*\n(?>(?:[ \t][^\n]{0,1000}\n){0,50})[!-9;-~]{1,100}:")
_MAX_GAPS = 3
_PARAMETER = re.compile(rb"[\w*-]{1,40}=\S")


class Fields:
    """The header fields of a mail or part, in order; names are case-insensitive."""

    __slots__ = ("_fields", "hint", "notes")

    def __init__(self, fields: list[tuple[str, bytes]], notes: list[str]) -> None:
        self._fields = fields
        self.notes = notes
        #: The charset of the body, for fields with raw bytes of an old charset.
        self.hint: str | None = None

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def raw(self, name: str) -> bytes | None:
        """Return the value of the first field called *name* (lower case), folds as single LF, or None."""
        return next((value for key, value in self._fields if key == name), None)

    def raw_all(self, name: str) -> list[bytes]:
        """Return the values of every field called *name* (lower case)."""
        return [value for key, value in self._fields if key == name]

    def text(self, name: str) -> str:
        """Return the first field's value as text, or ""; encoded words stay, 8-bit bytes are UTF-8 or guessed."""
        return as_text(self.raw(name) or b"", self.hint)

    def has(self, name: str) -> bool:
        """Say whether a field called *name* is there."""
        return self.raw(name) is not None


def as_text(value: bytes, hint: str | None = None) -> str:
    """Return a field's value as text, without controls but LF at folds; encoded words are left encoded."""
    text = charset.decode(value, None if value.isascii() or charset.is_utf8(value) else hint)[0]
    return _CONTROLS.sub(" ", text.replace("\0", "")).strip()


_CONTROLS = re.compile(r"[\x01-\x09\x0b-\x1f\x7f-\x9f]+")


class _Growing:
    """Fields being read: a folded value is kept in lines until the end, so that a long one costs no copies."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.lines: list[list[bytes]] = []
        self.room = 0  # bytes the last field may still take
        self.notes: list[str] = []

    def begin(self, name: str, value: bytes) -> None:
        self.names.append(name)
        self.lines.append([])
        self.room = FIELD_BYTES
        self.extend(value)

    def extend(self, line: bytes) -> None:
        if len(line) > self.room:
            self.note(f"the header field {self.names[-1][:40]} was cut at {FIELD_BYTES} bytes")
        if self.room:
            self.lines[-1].append(line[: self.room].strip(b" \t\r"))
            self.room = max(self.room - len(line), 0)

    def note(self, text: str) -> None:
        if text not in self.notes and len(self.notes) < _MAX_NOTES:
            self.notes.append(text)

    def finished(self) -> Fields:
        # RFC 5322 §2.2.3: a fold is a space to the reader; it stays visible as LF, because inside a broken encoded
        # word it is nothing at all.
        values = (b"\n".join(lines).strip() for lines in self.lines)
        return Fields(list(zip(self.names, values, strict=True)), self.notes)


def read(raw: bytes, start: int, end: int) -> tuple[Fields, int]:
    """Read the header of raw[start:end]; return its fields and where the body begins."""
    found = _Growing()
    position = start
    limit = _block_end(raw, start, end)
    while position < limit:
        if position - start > HEADER_BYTES or len(found.names) >= MAX_FIELDS:
            found.note(f"only the first {len(found.names)} header fields were read")
            break
        line = _match(_LINE, raw, position, limit)
        if not _take_line(found, raw, line, limit):
            if found.names:
                found.note("the header ends without an empty line")
            return found.finished(), position
        position = line.end()
    return found.finished(), _after_blank(raw, limit, end)


def _take_line(found: _Growing, raw: bytes, line: re.Match[bytes], limit: int) -> bool:
    """Take one line of a header; False when it belongs to the body."""
    position = line.start()
    folded = raw.startswith((b" ", b"\t"), position)
    if folded and found.names:
        found.extend(line[1])
    elif field := _FIELD.match(raw, _after_blanks(line) if folded else position, line.end(1)):
        found.begin(field[1].decode("ascii").lower(), field[2])
    elif not found.names:
        return raw.startswith((b"From ", b">From "), position)  # mbox
    elif _goes_on(raw, line, limit):
        found.extend(line[1])
        found.note("a header line was neither field nor continuation")
    else:
        return False
    return True


def _after_blanks(line: re.Match[bytes]) -> int:
    return line.end(1) - len(line[1].lstrip(b" \t"))


def read_whole(raw: bytes) -> tuple[Fields, int]:
    """Read the header of a whole mail, also one with an empty line before or inside it."""
    header, position = read(raw, 0, len(raw))
    for _ in range(_MAX_GAPS):
        begin = _match(_BLANKS, raw, position, len(raw)).end()
        if not _TWO_FIELDS.match(raw, begin) or not _goes_on_with(header, read(raw, begin, len(raw))[0]):
            break
        more, position = read(raw, begin, len(raw))
        notes = [*header.notes, "an empty line stood before or in the header", *more.notes]
        header = Fields([*header, *more], list(dict.fromkeys(notes)))
    return header, position


def _goes_on_with(header: Fields, more: Fields) -> bool:
    """Say whether fields below a header are of it: who wrote, where that is missing, or how the body is written."""
    if not header.has("from"):
        return "@" in more.text("from") and (more.has("subject") or more.has("date") or more.has("to"))
    return not header.has("content-type") and more.has("mime-version") and more.has("content-type")


def _match(pattern: re.Pattern[bytes], raw: bytes, start: int, end: int) -> re.Match[bytes]:
    found = pattern.match(raw, start, end)
    assert found is not None, "the pattern matches the empty string"
    return found


def _block_end(raw: bytes, start: int, end: int) -> int:
    """Return where the header's last line ends (its line end included)."""
    if _BLANK.match(raw, start, end):
        return start
    found = _END.search(raw, start, end)
    return end if found is None else found.start() + 1


def _after_blank(raw: bytes, position: int, end: int) -> int:
    blank = _BLANK.match(raw, position, end)
    return position if blank is None else blank.end()


def _goes_on(raw: bytes, line: re.Match[bytes], limit: int) -> bool:
    if _PARAMETER.match(line[1]):
        return True
    position = line.end()
    for _ in range(_LOOK_AHEAD_LINES):
        if position >= limit:
            return False
        if _FIELD.match(raw, position, limit):
            return True
        position = _match(_LINE, raw, position, limit).end()
    return False
