"""
How the many phrases in this folder are written down: patterns over several lines, and lists of words.

`re.VERBOSE` would drop the blanks inside phrases; here only the indentation and the line breaks go.
"""

from __future__ import annotations

import re


def joined(lines: str) -> str:
    """Return the *lines* of a regular expression as one, without indentation."""
    return "".join(line.strip() for line in lines.splitlines())


def any_phrase(lines: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the alternatives written on *lines*, in upper or lower case."""
    return re.compile(joined(lines), re.IGNORECASE)


def words(*lines: str) -> frozenset[str]:
    """Return the words on *lines*, which are separated by blanks."""
    return frozenset(word for line in lines for word in line.split())
