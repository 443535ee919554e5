"""Patterns that come compiled with the package: the same as those compiled here, or none."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sevenbot import compiled_patterns
from sevenbot.aws import patterns

# As `re` asks for them: numbers.
IGNORECASE, MULTILINE, VERBOSE = (flag.value for flag in (re.IGNORECASE, re.MULTILINE, re.VERBOSE))
KEYS: list[tuple[Any, int]] = [
    (r"(?P<day>\d{1,2})\. (?P<month>[^\W\d_]+)(?P=day)?", IGNORECASE),
    (r"[\u3040-\u30ff\u3400-\u9fff]++(?=\.|。)", 0),
    (r"(?i)straße|ſ(?-i:K)", 0),
    (rb"\n(?:Received|X\-\w+):", IGNORECASE | MULTILINE),
    (r"  a  # a comment", VERBOSE),
]


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What every pattern goes through; as it was after the test."""
    compiler = compiled_patterns._compiler
    monkeypatch.setattr(compiler, "compile", compiler.compile)
    re.purge()
    return compiler


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "patterns.bin"
    file.write_bytes(patterns.content(KEYS))
    return file


def forbidden(pattern: str, flags: int) -> None:
    raise AssertionError(f"compiled anew: {pattern!r}, {flags}")


@pytest.mark.parametrize("key", KEYS, ids=range(len(KEYS)))
def test_a_pattern_from_the_file_is_the_one_that_would_be_compiled(
    key: tuple[Any, int], compiler: Any, file: Path
) -> None:
    anew = re.compile(*key)
    re.purge()
    compiler.compile = forbidden

    compiled_patterns.use(file)

    taken = re.compile(*key)
    assert taken == anew  # their code too
    assert taken is not anew
    assert (taken.groups, taken.groupindex, taken.flags) == (anew.groups, anew.groupindex, anew.flags)


def test_matches_name_their_groups(compiler: Any, file: Path) -> None:
    compiled_patterns.use(file)

    match = re.compile(*KEYS[0]).match("24. Dezember")

    assert match is not None
    assert match.groupdict() == {"day": "24", "month": "Dezember"}
    assert match.lastgroup == "month"


@pytest.mark.parametrize("key", [("not in the file", 0), (KEYS[0][0], 0)], ids=["other pattern", "other flags"])
def test_what_is_not_in_the_file_is_compiled_as_ever(key: tuple[str, int], compiler: Any, file: Path) -> None:
    anew = re.compile(*key)
    re.purge()

    compiled_patterns.use(file)

    assert re.compile(*key) == anew


def test_a_file_for_another_engine_is_left_alone(compiler: Any, file: Path) -> None:
    (magic, *rest), found = marshal.loads(file.read_bytes())
    file.write_bytes(marshal.dumps(((magic + 1, *rest), found), 2))
    before = compiler.compile

    compiled_patterns.use(file)

    assert compiler.compile is before


def test_without_a_file_nothing_changes(compiler: Any, tmp_path: Path) -> None:
    before: Callable[..., Any] = compiler.compile

    compiled_patterns.use(tmp_path / "patterns.bin")

    assert compiler.compile is before


def test_a_working_copy_has_none() -> None:
    assert not compiled_patterns.FILE.exists()
