"""
What Outlook packs into winmail.dat: attached files and the body, out of the Transport Neutral Encapsulation Format.

A stream is a signature and attributes; an attribute is a level, an id, a length, that many bytes and a checksum. Two
attributes hold lists of MAPI properties, which say the same in another way, and more.

Every step moves on by at least the bytes it read, files are slices, and the number of attributes, properties and files
is bounded; a stream that breaks off gives what came before.

Source: [MS-OXTNEF] §2.1 (attributes) and §2.2 (encapsulated properties), [MS-OXPROPS] for the properties' ids.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from sevenbot.parse import charset

TYPES = frozenset(["application/ms-tnef", "application/vnd.ms-tnef"])

# Outlook writes some 30 attributes, and 4 for each file; 100 properties for a meeting, 20 for each file.
_MAX_ATTRIBUTES = 2_000
# Of the numbers and values in lists of properties: three to five for a property.
_MAX_STEPS = 50_000
_MAX_FILES = 200
# A name or a type; what is longer is neither.
_NAME_BYTES = 2_000

_SIGNATURE = b"\x78\x9f\x3e\x22"
_HEADER_BYTES = 6  # the signature and a key that nobody needs
# The ids of attributes, without their type.
_BODY, _FILE_BYTES, _FILE_TITLE, _FILE_BEGINS, _MESSAGE_PROPERTIES, _FILE_PROPERTIES, _CODEPAGE = (
    *(0x800C, 0x800F, 0x8010, 0x9002, 0x9003, 0x9005, 0x9007),
)
# The ids of properties.
_TEXT, _RTF, _HTML, _HTML_CODEPAGE, _TEXT_CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE, 0x3FFD
_CONTENT, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _CONTENT_TYPE, _CONTENT_ID = (
    *(0x3701, 0x3707, 0x3704, 0x3001, 0x370E, 0x3712),
)
# The types of properties.
_OBJECT, _NARROW, _WIDE, _BINARY, _MANY = 0x000D, 0x001E, 0x001F, 0x0102, 0x1000
_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4}
_SIZES |= {0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_READ = frozenset([_TEXT, _RTF, _HTML, _HTML_CODEPAGE, _TEXT_CODEPAGE, _CONTENT, _LONG_NAME, _SHORT_NAME])
_READ |= {_SHOWN_NAME, _CONTENT_TYPE, _CONTENT_ID}
_NAMED = 0x8000  # properties from here on carry a name before their value


@dataclass(slots=True)
class File:
    """An attached file."""

    name: str = ""
    content_type: str = ""
    content: bytes = field(default=b"", repr=False)
    content_id: str = ""


@dataclass(slots=True)
class Packed:
    """What a stream holds; of the body whichever forms there are."""

    files: list[File] = field(default_factory=list)
    text: str = ""
    html: str = ""
    rtf: bytes = field(default=b"", repr=False)  # packed; see `rtf.decompressed`
    is_whole: bool = True  # False: it broke off, or there was more than the limits allow


def is_tnef(content: bytes) -> bool:
    """Say whether *content* begins as such a stream does."""
    return content.startswith(_SIGNATURE)


def read(content: bytes) -> Packed:
    """Return what *content* holds; of anything else nothing, not whole."""
    reading = _Reading()
    try:
        for name, value in _attributes(content):
            _take(reading, name, value)
    except _BrokeOffError:
        reading.packed.is_whole = False
    packed = reading.packed
    packed.files = [file for file in packed.files if file.content or file.name]
    return packed


class _BrokeOffError(Exception):
    """The stream ends, or goes on for longer than any program writes."""


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    packed: Packed = field(default_factory=Packed)
    codepage: str = "cp1252"
    steps: int = 0

    def narrow(self, value: bytes) -> str:
        """Return a name out of bytes."""
        return value[:_NAME_BYTES].rstrip(b"\0").decode(self.codepage, "replace")


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if not is_tnef(content):
        raise _BrokeOffError
    position = _HEADER_BYTES
    for _ in range(_MAX_ATTRIBUTES):
        if len(content) - position < 9:
            return
        name, _, length = struct.unpack_from("<xHHI", content, position)
        value = content[position + 9 : position + 9 + length]
        if len(value) < length and name not in (_FILE_BYTES, _BODY):
            raise _BrokeOffError
        yield name, value
        position += 9 + length + 2  # the checksum says nothing that could be acted upon
    raise _BrokeOffError


def _take(reading: _Reading, name: int, value: bytes) -> None:
    packed = reading.packed
    if name == _FILE_BEGINS:
        if len(packed.files) >= _MAX_FILES:
            raise _BrokeOffError
        packed.files.append(File())
    elif name == _CODEPAGE:
        reading.codepage = _codec(value) or reading.codepage
    elif name == _BODY and not packed.text:
        packed.text = charset.decode(value.rstrip(b"\0"), reading.codepage)[0]
    elif name == _MESSAGE_PROPERTIES and not packed.rtf:
        _take_body(reading, dict(_properties(reading, value)))
    elif packed.files:
        _take_file(reading, packed.files[-1], name, value)


def _take_file(reading: _Reading, file: File, name: int, value: bytes) -> None:
    if name == _FILE_TITLE:
        file.name = file.name or reading.narrow(value)
    elif name == _FILE_BYTES:
        file.content = file.content or value
    elif name == _FILE_PROPERTIES:
        known = dict(_properties(reading, value))
        texts = {key: _name(reading, found) for key, found in known.items()}
        file.name = next(filter(None, map(texts.get, (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), file.name)
        file.content_type, file.content_id = texts.get(_CONTENT_TYPE, ""), texts.get(_CONTENT_ID, "")
        if _CONTENT in known:  # beside it the attribute holds an excuse
            file.content = known[_CONTENT].value
        if is_tnef(file.content):
            file.content_type = "application/ms-tnef"  # a mail or a meeting of its own


def _take_body(reading: _Reading, known: dict[int, _Property]) -> None:
    packed = reading.packed
    if page := known.get(_HTML):
        packed.html = _body(page, _codepage(known, _HTML_CODEPAGE))
    if text := known.get(_TEXT):
        packed.text = _body(text, _codepage(known, _TEXT_CODEPAGE) or reading.codepage)
    packed.rtf = known[_RTF].value if _RTF in known else b""


@dataclass(frozen=True, slots=True)
class _Property:
    kind: int
    value: bytes


def _name(reading: _Reading, found: _Property) -> str:
    if found.kind == _WIDE:
        return found.value[:_NAME_BYTES].decode("utf-16-le", "replace").rstrip("\0")
    return reading.narrow(found.value) if found.kind == _NARROW else ""


def _body(found: _Property, codec: str) -> str:
    if found.kind == _WIDE:
        return found.value.decode("utf-16-le", "replace").rstrip("\0")
    return charset.decode(found.value.rstrip(b"\0"), codec or None)[0]


def _codepage(known: dict[int, _Property], name: int) -> str:
    return _codec(known[name].value) if name in known else ""


def _properties(reading: _Reading, value: bytes) -> Iterator[tuple[int, _Property]]:
    """Yield those properties of a list that are read here."""
    cursor = _Cursor(value, reading)
    for _ in range(cursor.number()):
        kind, name = cursor.pair()
        if name >= _NAMED:
            cursor.skip_name()
        found = cursor.value(kind)
        if name in _READ:
            # An object begins with the id of its interface.
            yield name, _Property(kind, found[16:] if kind == _OBJECT else found)


class _Cursor:
    """A place in a list of properties."""

    def __init__(self, value: bytes, reading: _Reading) -> None:
        self._value = value
        self._at = 0
        self._reading = reading

    def take(self, length: int) -> bytes:
        """Return the next *length* bytes and step over them and what fills them up to four."""
        start = self._at
        self._at += length + -length % 4
        self._reading.steps += 1
        if self._reading.steps > _MAX_STEPS or start + length > len(self._value):
            raise _BrokeOffError
        return self._value[start : start + length]

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def pair(self) -> tuple[int, int]:
        both = self.number()
        return both & 0xFFFF, both >> 16

    def skip_name(self) -> None:
        self.take(16)
        self.take(4 if self.number() == 0 else self.number())

    def value(self, kind: int) -> bytes:
        """Return the value of a property, of many the first."""
        single = kind & ~_MANY
        if (size := _SIZES.get(single)) is not None:
            return self.take(size * (self.number() if kind & _MANY else 1))[:size]
        if single not in (_OBJECT, _NARROW, _WIDE, _BINARY):
            raise _BrokeOffError  # of unknown size: what follows cannot be found
        first = b""
        for number in range(self.number()):
            found = self.take(self.number())
            first = first if number else found
        return first


def _codec(number: bytes) -> str:
    """Return the codec of a Windows code page's number, "" when it is none we read."""
    page = int.from_bytes(number[:4], "little")
    return charset.codec_for(_CODEPAGES.get(page, f"cp{page}")) or ""


_CODEPAGES = {20127: "cp1252", 65001: "utf-8", 1200: "utf-16le", 20866: "koi8-r", 21866: "koi8-u", 950: "big5"}
_CODEPAGES |= {28590 + number: f"iso-8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15)}
_CODEPAGES |= {50220: "iso-2022-jp", 50221: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr", 54936: "gb18030"}
