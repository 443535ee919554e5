"""Make what Outlook makes: winmail.dat streams (MS-OXTNEF) and packed RTF (MS-OXRTFCP)."""

import struct

HEAD = b"\x78\x9f\x3e\x22\x01\x00"


def attribute(level: int, name: int, value: bytes) -> bytes:
    checksum = sum(value) & 0xFFFF
    return struct.pack("<BHHI", level, name, 6, len(value)) + value + struct.pack("<H", checksum)


def single(kind: int, name: int, value: bytes) -> bytes:
    """A property of variable size with one value."""
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def properties(*found: bytes) -> bytes:
    return struct.pack("<I", len(found)) + b"".join(found)


def stream(*attributes: bytes) -> bytes:
    return HEAD + b"".join(attributes)


def file_of(title: str, content: bytes, *found: bytes) -> bytes:
    return (
        attribute(2, 0x9002, b"\0" * 14)
        + attribute(2, 0x8010, title.encode("cp1252") + b"\0")
        + attribute(2, 0x800F, content)
        + (attribute(2, 0x9005, properties(*found)) if found else b"")
    )


def body_of(text: str) -> bytes:
    return attribute(1, 0x9003, properties(single(0x001F, 0x1000, text.encode("utf-16-le") + b"\0\0")))


def packed_rtf(rtf: bytes) -> bytes:
    """Pack without repeating anything: a flag byte before every eight bytes."""
    content = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<IIII", len(content) + 12, len(rtf), 0x75465A4C, 0) + content
