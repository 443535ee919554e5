"""What an IMAP server answered, as imaplib hands it on, and the sets that it is asked for. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_EMPTY = re.compile(rb'\bBODY\[.*\] (?:""|NIL)')


def responses(answer: Sequence[Any]) -> Iterator[tuple[int, bytes, bytes | None]]:
    """
    Yield each FETCH response's UID, line, and literal if it has one.

    imaplib gives a response with a literal as a tuple, and what follows the literal by itself; the UID may stand in
    either. What the server says unasked, about flags that changed, comes in between, with a UID or without.
    """
    for one, following in itertools.zip_longest(answer, answer[1:]):
        line, literal = one if isinstance(one, tuple) else (one or b"", None)
        rest = following if literal is not None and isinstance(following, bytes) else b""
        if uid := _UID.search(line + b" " + rest):
            yield int(uid[1]), line, literal


def size(line: bytes, _literal: bytes | None) -> int | None:
    """Return the size in bytes that a FETCH response tells."""
    found = _SIZE.search(line)
    return int(found[1]) if found else None


def content(line: bytes, literal: bytes | None) -> bytes | None:
    """Return the literal of a FETCH response; an empty one may come as a string."""
    return b"" if literal is None and _EMPTY.search(line) else literal


def number(response: tuple[str, list[Any]]) -> int:
    """Return the number that a response gives, 0 when there is none."""
    value = (response[1] or [None])[-1]
    return int(value) if value and value.isdigit() else 0


def sequence_set(uids: Sequence[int]) -> str:
    """Return a sequence set, neighbours as a range: a long command is refused by some servers."""
    runs: list[list[int]] = []
    for uid in sorted(uids):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)
