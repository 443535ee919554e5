"""Regular expressions that mean the same on every Python we run on."""

import importlib
import pkgutil
import re
import re._constants as opcodes  # type: ignore[import-not-found, unused-ignore]
import re._parser as parser  # type: ignore[import-not-found, unused-ignore]
from collections.abc import Iterator
from typing import Any

import pytest

import sevenbot


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(sevenbot.__path__, "sevenbot."):
        if module.name != "sevenbot.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


def possessive_groups(parsed: Any) -> Iterator[str]:
    """Yield each possessive repetition of something longer than one character."""
    for opcode, argument in parsed:
        if opcode is opcodes.POSSESSIVE_REPEAT:
            repeated = argument[2]
            if len(repeated) != 1 or repeated[0][0] in (opcodes.SUBPATTERN, opcodes.BRANCH):
                yield str(repeated)
        for inner in argument if isinstance(argument, (tuple, list)) else (argument,):
            for part in inner if isinstance(inner, list) else (inner,):
                if isinstance(part, parser.SubPattern):
                    yield from possessive_groups(part)


@pytest.mark.parametrize(("name", "pattern"), list(patterns()))
def test_no_group_is_repeated_possessively(name: str, pattern: re.Pattern[str]) -> None:
    """Python 3.11.2, Debian 12's, finds nothing with `(?:a|b)*+` (gh-106052); `(?>(?:a|b)*)` is right everywhere."""
    assert list(possessive_groups(parser.parse(pattern.pattern, pattern.flags))) == [], name
