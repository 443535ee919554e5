"""Names of attached files, made fit for a form, a folder and a reader's eye. Pure."""

from __future__ import annotations

import unicodedata

#: Long enough for any name a person gave a file, short enough for every file system (255 bytes).
_MAX_FILENAME_BYTES = 200
_LONGEST_SUFFIX_BYTES = 20


def safe_filename(name: str) -> str:
    """
    Return *name* without what breaks a form, leaves a folder or misleads the eye.

    Path separators, quotes, semicolons (Telegram's form reader ends a name there) and control characters become "_";
    invisible format characters go, among them the direction overrides that make "exe.pdf" of "fdp.exe" (Unicode TR 36
    §2.10). Long names lose their middle.
    """
    shown = "".join(char for char in name if unicodedata.category(char) not in ("Cf", "Cs"))
    plain = "".join("_" if char in '/\\:;*?"<>|' or not char.isprintable() else char for char in shown).strip(" .")
    if len(plain.encode()) > _MAX_FILENAME_BYTES:
        stem, dot, suffix = plain.rpartition(".")
        ending = (dot + suffix).encode()[-_LONGEST_SUFFIX_BYTES:]
        start = (stem or plain).encode()[: _MAX_FILENAME_BYTES - len(ending)]
        plain = start.decode(errors="ignore") + ending.decode(errors="ignore")
    return plain or "file"
