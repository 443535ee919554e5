"""Undo format=flowed (RFC 3676): lines that end in a space go on in the next line of the same quote depth."""

from __future__ import annotations

import re

_QUOTE = re.compile(r">*")


def unflow(text: str, *, delsp: bool) -> str:
    """
    Return *text* with flowed paragraphs on one line each.

    Args:
        text: LF line ends.
        delsp: The DelSp parameter: the space at the end of a flowed line is not part of the text.
    """
    paragraphs: list[list[str]] = []
    open_depth: int | None = None  # of the paragraph that goes on
    for line in text.split("\n"):
        quote = _QUOTE.match(line)
        depth = quote.end() if quote else 0
        content = line[depth:].removeprefix(" ")  # RFC 3676 §4.4, space-stuffing
        flows = content.endswith(" ") and content != "-- "
        if open_depth != depth or content == "-- ":
            paragraphs.append([">" * depth + " " * bool(depth)])
        paragraphs[-1].append(content[:-1] if flows and delsp else content)
        open_depth = depth if flows else None
    return "\n".join("".join(pieces) for pieces in paragraphs)
