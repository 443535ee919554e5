"""Makes the file of compiled_patterns.py: every pattern that is compiled while the functions are imported."""

from __future__ import annotations

import array
import importlib
import marshal
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sevenbot.compiled_patterns import MADE_BY, Compiled, Key

_compiler: Any = importlib.import_module("re._compiler")
_parser: Any = importlib.import_module("re._parser")


def write(file: str, module: str, names: Sequence[str]) -> None:
    """Write *file* for a module and its names; in a fresh process, where nothing is imported and compiled already."""
    Path(file).write_bytes(content(asked_for(module, names)))


def content(patterns: Iterable[Key]) -> bytes:
    """Return the file for *patterns*; version 2 of the format depends on nothing but them and their order."""
    return marshal.dumps((MADE_BY, {key: compiled(*key) for key in patterns}), 2)


def compiled(pattern: str | bytes, flags: int) -> Compiled:
    """Return what `re` makes of a pattern; as `compile` in Lib/re/_compiler.py does, but for its last step."""
    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array.array("I", _compiler._code(parsed, flags)).tobytes()  # noqa: SLF001 - see above
    return flags | state.flags, code, state.groups - 1, state.groupdict, tuple(names)


def asked_for(module: str, names: Sequence[str]) -> list[Key]:
    """Import *module*, ask it for each name, and return the patterns that this had compiled, in their order."""
    found: dict[Key, None] = {}
    anew = _compiler.compile

    def compile_and_note(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str | bytes):
            found[pattern, flags] = None
        return anew(pattern, flags)

    _compiler.compile = compile_and_note
    try:
        for name in names:
            getattr(importlib.import_module(module), name)
    finally:
        _compiler.compile = anew
    return list(found)
