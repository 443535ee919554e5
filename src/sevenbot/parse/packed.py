"""Attachments, and the files that lie inside others: uuencoded in a text, or in Outlook's winmail.dat."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.parse import tnef, transfer
from sevenbot.parse.message import Attachment
from sevenbot.parse.part import Part, bare_name

_MAX_UUENCODED = 100
_UNKNOWN = "application/octet-stream"


@dataclass(slots=True)
class Piece:
    """An attachment and where its bytes are."""

    part: Part | None
    attachment: Attachment
    embedded: bytes = b""  # out of another file, already decoded

    def content(self) -> bytes:
        """Return the decoded bytes."""
        return self.embedded if self.part is None else self.part.content()[0]


def without_uuencoded(text: str) -> tuple[str, list[Piece]]:
    """Return *text* without the files that are uuencoded in it, and those."""
    if "\nend" not in text or "begin " not in text:
        return text, []
    attached: list[Piece] = []

    def take(block: re.Match[str]) -> str:
        content = transfer.from_uuencode(block[2].encode("latin-1", "replace"))
        attached.append(_piece(block[1].strip(), _UNKNOWN, content))
        return ""

    return transfer.UU_BLOCK.sub(take, text, count=_MAX_UUENCODED), attached


def files(found: tnef.Packed) -> list[Piece]:
    """Return the files that were in a winmail.dat; what the text shows is inline."""
    return [
        _piece(file.name, file.content_type or _UNKNOWN, file.content, inline=_is_shown(file, found.html))
        for file in found.files
    ]


def _is_shown(file: tnef.File, page: str) -> bool:
    return bool(file.content_id) and f"cid:{file.content_id}" in page


def _piece(name: str, content_type: str, content: bytes, *, inline: bool = False) -> Piece:
    return Piece(None, Attachment(bare_name(name), content_type.lower(), len(content), inline), content)
