"""
The tree of MIME parts (RFC 2045, 2046) over the raw bytes: parts are slices, nothing is copied until it is read.

Limits: MAX_DEPTH levels and MAX_PARTS parts; beyond them the rest stays one opaque piece and a note says so. A
boundary is looked for with one C-level search per level, so the whole costs at most size x depth. The standard
library's parser goes line by line through every open boundary and recurses once per level: 2,000 nested multiparts
raise RecursionError there, and 25 MB of empty lines take 6 s and 400 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sevenbot.parse import charset, fields, guess, params, transfer

# A forward is three levels (mixed, related, alternative): ten forwards in one another.
MAX_DEPTH = 30
# Mail with hundreds of attachments exists (scanners, photo dumps); a thousand parts is nobody's.
MAX_PARTS = 1_000
# As long as file systems take; the end stays, since it says what the file is.
_NAME_CHARS = 254

_TYPE = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}")
_GUESSED_BOUNDARY = re.compile(rb"(?:\A|\n)--([!-~](?:[ -~]{0,68}[!-~])?)[ \t]*\r?\n(?:[!-9;-~]+:|\r?\n)")
_PARTS_BEGIN = re.compile(
    rb"\s{0,20}(?:This is a (?:multi-?part|MIME)[^\n]{0,80}\n\s{0,20})?--([!-~]{1,70})[ \t]*\r?\ncontent-[a-z-]{2,20}:",
    re.IGNORECASE,
)
# The first boundary stands at the top, below a line for programs that know no MIME.
_PREAMBLE_BYTES = 100_000
_WHOLE_MESSAGES = frozenset(["message/rfc822", "message/global", "message/news"])


@dataclass(slots=True)
class Part:
    """One MIME part."""

    header: fields.Fields
    content_type: str  # lower case, "text/plain" when absent or broken
    params: dict[str, str]
    disposition: str  # lower case, "" when absent
    disposition_params: dict[str, str]
    raw: bytes = field(repr=False)  # what start and end count in
    start: int = 0  # of the body
    end: int = 0
    children: list[Part] = field(default_factory=list)
    parent: Part | None = field(default=None, repr=False)

    @property
    def encoding(self) -> str:
        """Return the content transfer encoding in lower case."""
        return self.header.text("content-transfer-encoding").partition(";")[0].split("(")[0].strip().strip('"').lower()

    @property
    def filename(self) -> str | None:
        """Return the file name, if there is one."""
        return bare_name(self.disposition_params.get("filename") or self.params.get("name") or "")

    @property
    def is_multipart(self) -> bool:
        """Say whether the parts inside are its content."""
        return self.content_type.startswith("multipart/") and bool(self.children)

    @property
    def is_message(self) -> bool:
        """Say whether it is a mail within the mail, or the beginning of one that was sent in pieces."""
        return self.content_type in _WHOLE_MESSAGES or (
            self.content_type == "message/partial" and self.params.get("number") == "1"
        )

    def body(self, limit: int | None = None) -> bytes:
        """Return the body still encoded, cut at *limit* bytes."""
        return self.raw[self.start : self.end if limit is None else min(self.end, self.start + limit)]

    def content(self, limit: int | None = None) -> tuple[bytes, str | None]:
        """Return the body decoded (of its first *limit* encoded bytes), and a note when it was damaged."""
        return transfer.decode(self.body(limit), self.encoding)

    def size(self) -> tuple[int, str | None]:
        """Return the size of the decoded body in bytes, and a note when it was damaged."""
        return transfer.decoded_size(self.raw, self.start, self.end, self.encoding)

    def walk(self) -> Iterator[Part]:
        """Yield this part and all within it in the order of the mail, mails within the mail left closed."""
        yield self
        for child in self.children if not self.is_message else ():
            yield from child.walk()


def bare_name(name: str) -> str | None:
    """Return a file's name without folders (RFC 2183 §2.3: a sender's path is not to be followed), None for none."""
    name = re.split(r"[/\\]", name)[-1] if not name.endswith(("/", "\\")) else name.strip("/\\")
    if not name.strip(" .\"'"):
        return None
    name = _IN_QUOTES.sub(r"\1", name.strip())
    return name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS // 2]}…{name[-_NAME_CHARS // 2 :]}"


_IN_QUOTES = re.compile(r"\A'([^']+)'\Z")


@dataclass(slots=True)
class _Reading:
    """What one reading of a mail has used up, and what was odd."""

    parts: int = 0
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def read(raw: bytes) -> tuple[Part, list[str]]:
    """Return the root part of any bytes, and notes on what was odd."""
    reading = _Reading()
    return _part(reading, raw, 0, len(raw), depth=0, default="text/plain"), reading.notes


def _part(reading: _Reading, raw: bytes, start: int, end: int, *, depth: int, default: str) -> Part:
    reading.parts += 1
    header, body = fields.read(raw, start, end) if depth else fields.read_whole(raw)
    for note in header.notes:
        reading.note(note)
    content_type, parameters = _content_type(header, default)
    disposition, disposition_params = params.split(header.text("content-disposition"))
    part = Part(header, content_type, parameters, disposition, disposition_params, raw, body, end)
    if content_type == "text/plain" and _is_multipart_all_the_same(part):
        reading.note("a text that said plain was a multipart")
        part.content_type = content_type = "multipart/mixed"
    if content_type == "message/partial":  # RFC 2046 §5.2.2
        number, total = (parameters.get(name, "")[:6] or "?" for name in ("number", "total"))
        reading.note(f"this is piece {number} of {total} of a mail that was sent in pieces")
    if content_type.startswith("multipart/") or part.is_message:
        if depth >= MAX_DEPTH:
            reading.note(f"parts nested deeper than {MAX_DEPTH} levels were not opened")
        elif part.is_message:
            _open_message(reading, part, depth)
        else:
            _open_multipart(reading, part, depth)
    return part


def _is_multipart_all_the_same(part: Part) -> bool:
    """Say whether parts begin where a text should, the type lost on the way or wrong; a writer may show them lower."""
    if part.header.has("content-type") and "boundary" not in part.params:
        return False
    begun = _PARTS_BEGIN.match(part.raw, part.start, part.end)
    return begun is not None and part.raw.find(b"\n--" + begun[1], begun.end(), part.end) >= 0


def _content_type(header: fields.Fields, default: str) -> tuple[str, dict[str, str]]:
    content_type, parameters = params.split(header.text("content-type"))
    content_type = content_type.replace(" ", "")
    if content_type == "text":  # RFC 1049, and sendmail of old
        content_type = "text/plain"
    if _TYPE.fullmatch(content_type):
        return content_type, parameters
    # RFC 2045 §5.2: what cannot be read is plain text; a boundary says it was meant to be more.
    return "multipart/mixed" if "boundary" in parameters else default, parameters


def _open_message(reading: _Reading, part: Part, depth: int) -> None:
    raw, start, end = part.raw, part.start, part.end
    if part.encoding in ("base64", "quoted-printable"):  # RFC 2046 §5.2.1 forbids it, Exchange does it
        raw, note = part.content()
        start, end = 0, len(raw)
        if note:
            reading.note(note)
    if start < end and reading.parts < MAX_PARTS:
        child = _part(reading, raw, start, end, depth=depth + 1, default="text/plain")
        child.parent = part
        part.children = [child]
        if not len(child.header):
            reading.note("an attached mail has no header")


def _open_multipart(reading: _Reading, part: Part, depth: int) -> None:
    slices, closed = _stated_slices(part) or _guessed_slices(reading, part)
    if not slices:
        reading.note("a multipart without parts was read as text")
        part.content_type = "text/plain"
        return
    if not closed:
        reading.note("the mail ends before its last boundary")
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for start, end in slices:
        if reading.parts >= MAX_PARTS:
            reading.note(f"only the first {MAX_PARTS} parts were read")
            break
        child = _part(reading, part.raw, start, end, depth=depth + 1, default=default)
        child.parent = part
        part.children.append(child)


def _stated_slices(part: Part) -> tuple[list[tuple[int, int]], bool] | None:
    boundary = part.params.get("boundary", "").rstrip().encode("utf-8", "replace")
    if not boundary or part.raw.find(b"--" + boundary, part.start, part.end) < 0:
        return None
    found = _slices(part, boundary)
    return found if found[0] else None


def _guessed_slices(reading: _Reading, part: Part) -> tuple[list[tuple[int, int]], bool]:
    guessed = _GUESSED_BOUNDARY.search(part.raw, max(part.start - 1, 0), min(part.end, part.start + _PREAMBLE_BYTES))
    if guessed is None:
        return [], True
    reading.note("the boundary was missing or wrong and was taken from the body")
    return _slices(part, guessed[1])


def _slices(part: Part, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Return where each part begins and ends, and whether the closing boundary is there."""
    delimiter = re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
    found: list[tuple[int, int]] = []
    begun: int | None = None
    first = re.compile(delimiter.pattern.removeprefix(rb"\n")).match(part.raw, part.start, part.end)
    position = part.start
    while len(found) <= MAX_PARTS:
        mark, first = (first, None) if first else (delimiter.search(part.raw, max(position - 1, 0), part.end), None)
        if mark is None:
            break
        if begun is not None:
            found.append((begun, max(begun, _before_line_end(part.raw, mark.start()))))
            begun = None
        position = mark.end()
        if mark[1]:
            return found, True
        begun = position
    if begun is not None and begun < part.end:
        end = _before_glued_end(part, begun, b"--" + boundary + b"--")
        found.append((begun, end or part.end))
        return found, end is not None
    return found, False


def _before_glued_end(part: Part, begun: int, closing: bytes) -> int | None:
    """Return where the text ends to which somebody glued the closing boundary without a line end, or None."""
    end = part.end
    while end > begun and part.raw[end - 1] in b" \t\r\n":
        end -= 1
    start = end - len(closing)
    return start if start >= begun and part.raw.startswith(closing, start) else None


def _before_line_end(raw: bytes, newline: int) -> int:
    # RFC 2046 §5.1.1: the line end before a boundary belongs to the boundary.
    return newline - 1 if newline and raw[newline - 1] == 0x0D else newline


def text_of(raw: bytes, label: str | None) -> tuple[str, str | None]:
    """Return the bytes of a text part as text with LF line ends and no controls, and a note."""
    text, note = charset.decode(raw, label)
    if (repaired := guess.decoded_once_more(text)) is not None:
        text, note = repaired, "a text that was encoded twice was decoded twice"
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return text.translate(_CONTROLS), note


_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)], "")
