"""Names for the files that go into a chat: what a stranger called them, without what misleads or breaks."""

from __future__ import annotations

import mimetypes
import re

from sevenbot.deliver.clean import one_line
from sevenbot.deliver.rich import units

_LONGEST_NAME = 80
_LONGEST_EXTENSION = 12
# Names of devices, which Windows takes for no file (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|\Z)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')


def attachment_name(filename: str | None, content_type: str, number: int) -> str:
    """Return a name for the *number*th attachment: the sender's where it is one, else by its type."""
    return clean_name(filename or "") or f"attachment-{number}{_extension(content_type)}"


def clean_name(filename: str) -> str:
    """Return *filename* without folders, forbidden characters and dots around it; "" when nothing is left."""
    name = re.split(r"[/\\]", one_line(filename))[-1]
    name = _FORBIDDEN.sub("_", name).strip(" .\u2060")
    name = f"_{name}" if _DEVICE.match(name) else name
    if units(name) <= _LONGEST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or units(extension) > _LONGEST_EXTENSION:
        stem, extension = name, ""
    return stem[: _LONGEST_NAME // 2 - _LONGEST_EXTENSION].rstrip(" .") + "…" + dot * bool(extension) + extension


def _extension(content_type: str) -> str:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "message/rfc822":
        return ".eml"
    return mimetypes.guess_extension(media_type) or ".bin"
