"""The patterns that the functions' package brings compiled."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sevenbot import compiled_patterns
from sevenbot.aws import package, patterns


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("patterns") / "patterns.bin"
    package._compile_patterns(file)
    return file


def test_it_holds_all_that_importing_the_functions_compiles(file: Path) -> None:
    script = f"""
import re
from pathlib import Path
from sevenbot import compiled_patterns
def forbidden(pattern, flags):
    raise AssertionError(f"compiled anew: {{pattern!r}}")
compiled_patterns._compiler.compile = forbidden
compiled_patterns.use(Path({str(file)!r}))
from sevenbot.lambdas import email_fetcher, email_processor, telegram_webhook
"""
    environ = {**os.environ, "PYTHONHASHSEED": "0"}  # one pattern of `email` joins a set

    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_each_is_the_pattern_that_would_be_compiled(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = compiled_patterns._compiler
    keys = list(compiled_patterns.read(file))
    anew = {key: compiler.compile(*key) for key in keys}
    monkeypatch.setattr(compiler, "compile", compiler.compile)  # to be put back

    compiled_patterns.use(file)

    assert len(keys) > 100
    assert [key for key in keys if compiler.compile(*key) != anew[key]] == []


def test_patterns_asked_for_by_an_import_are_noted_once_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asked.py").write_text("import re\nfirst, second = re.compile('1', re.I), re.compile(b'2')\n")
    monkeypatch.syspath_prepend(tmp_path)
    re.purge()

    assert patterns.asked_for("asked", ["second", "first"]) == [("1", 2), (b"2", 0)]


def test_two_writings_are_the_same_bytes(file: Path, tmp_path: Path) -> None:
    package._compile_patterns(tmp_path / "again.bin")

    assert (tmp_path / "again.bin").read_bytes() == file.read_bytes()
