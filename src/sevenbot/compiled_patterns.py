r"""
The regular expressions of the functions, as they were compiled when their package was built.

A module has its `.pyc`; `re` keeps nothing and compiles every pattern anew in each process. For `email-processor` that
is a third of the time it takes to start. So the package has a file beside this module, which aws/patterns.py writes:

    marshal.dumps((MADE_BY, {
        (r"\d+-(?P<of>x)", 2): (34, b"...", 1, {"of": 1}, (None, "of")),
    }, 2)

That is (pattern, flags asked for): (flags with those inside the pattern, code, groups, numbers by name, names by
number), where the code is what the engine of `re` runs, in words of 32 bits. A pattern that is not in the file is
compiled as ever; so are all where there is no file, or one for an engine that reads other code.

Source: CPython 3.11 to 3.13, Lib/re/_compiler.py and Modules/_sre/sre.c: `_sre.compile` checks the code it gets, and
`_sre.MAGIC` changes with the code's meaning.
"""

from __future__ import annotations

import importlib
import marshal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

# Internal to `re`, without types, and what every pattern goes through.
_sre: Any = importlib.import_module("_sre")
_compiler: Any = importlib.import_module("re._compiler")

Key: TypeAlias = tuple[str | bytes, int]
Compiled: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]

FILE: Final = Path(__file__).with_suffix(".bin")

MADE_BY: Final = (_sre.MAGIC, _sre.CODESIZE, sys.byteorder)
"""What must be the same where the file is written and where it is read; the word "I" of `memoryview` has 4 bytes."""


def use(file: Path = FILE) -> None:
    """Let `re` take from *file* what is in it, for the rest of this process."""
    compiled = read(file)
    if compiled:
        _compiler.compile = _Compile(compiled, _compiler.compile)


def read(file: Path) -> Mapping[Key, Compiled]:
    """Return the patterns in *file*; none when it is missing or for another engine."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    made_by, compiled = marshal.loads(content)  # noqa: S302 - it came with this module
    return compiled if made_by == MADE_BY else {}


class _Compile:
    """Stands in for the function of `re` that compiles."""

    def __init__(self, compiled: Mapping[Key, Compiled], anew: Any) -> None:
        self._compiled = compiled
        self._anew = anew

    def __call__(self, pattern: Any, flags: int = 0) -> Any:
        found = self._compiled.get((pattern, flags)) if isinstance(pattern, str | bytes) else None
        if found is None:
            return self._anew(pattern, flags)
        all_flags, code, groups, numbers, names = found
        return _sre.compile(pattern, all_flags, memoryview(code).cast("I").tolist(), groups, numbers, names)
