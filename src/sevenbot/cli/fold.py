"""Sentences in lines of a terminal's width; where nobody looks, a sentence stays one line, for grep."""

from __future__ import annotations

import shutil
import textwrap
from typing import IO


def folded(text: str, stream: IO[str], hang: int = 2) -> str:
    """Return *text* for *stream*: on a terminal, lines that are too long are folded at blanks, *hang* columns in."""
    if not stream.isatty():
        return text
    width = shutil.get_terminal_size().columns
    return "\n".join(
        textwrap.fill(
            line, width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False, tabsize=1
        )
        or line
        for line in text.split("\n")
    )
