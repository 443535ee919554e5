"""
How the many phrases in this folder are written down: patterns over several lines, and lists of words.

`re.VERBOSE` would drop the blanks inside phrases; here only the indentation and the line breaks go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def joined(lines: str) -> str:
    """Return the *lines* of a regular expression as one, without indentation."""
    return "".join(line.strip() for line in lines.splitlines())


def any_phrase(lines: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the alternatives written on *lines*, in upper or lower case."""
    return re.compile(joined(lines), re.IGNORECASE)


def any_of(lines: str) -> re.Pattern[str]:
    """
    Return a pattern that says whether there is any of the alternatives on *lines*; which one it finds is left open.

    Those that begin at a word's edge or at the beginning are tried together: one look at most characters, not dozens.
    """
    alternatives = list(_alternatives(joined(lines)))
    edge = [alternative[2:] for alternative in alternatives if alternative.startswith(r"\b")]
    start = [alternative[1:] for alternative in alternatives if alternative.startswith("^")]
    others = [alternative for alternative in alternatives if not alternative.startswith((r"\b", "^"))]
    grouped = [f"{begin}(?:{'|'.join(group)})" for begin, group in ((r"\b", edge), ("^", start)) if group]
    return re.compile("|".join([*grouped, *others]), re.IGNORECASE)


def _alternatives(pattern: str) -> Iterator[str]:
    """Yield the alternatives of *pattern* that stand in no group."""
    depth = begin = 0
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            yield pattern[begin : token.start()]
            begin = token.end()
    yield pattern[begin:]


# What a regular expression is made of: an escape, a set (whose first character may be "]"), anything else.
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def words(*lines: str) -> frozenset[str]:
    """Return the words on *lines*, which are separated by blanks."""
    return frozenset(word for line in lines for word in line.split())
