import errno
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from sevenbot import __version__, cli
from sevenbot.errors import ConfigError, StateUnavailable


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """A command `doctor` that raises what the test puts into the list."""
    to_raise: list[BaseException] = []

    @click.command()
    def command() -> None:
        raise to_raise[0]

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: command)
    return to_raise


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["--help"]) == 0

    out = capsys.readouterr().out
    for name in ("demo", "run", "inspect", "doctor", "mail", "users"):
        assert f"  {name} " in out


def test_no_arguments_show_the_help_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke([]) == 2

    assert "Commands:" in capsys.readouterr().err


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["--version"]) == 0

    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["../x"]])
def test_wrong_usage_exits_2_without_a_traceback(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.invoke(arguments) == 2

    assert "Usage: sevenbot" in capsys.readouterr().err


def test_help_imports_no_command() -> None:
    code = "import sys; from sevenbot import cli; cli.invoke(['--help']); print([m for m in sys.modules if m > 'sevenbot'])"

    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    for late in ("aiohttp", "starlette", "sevenbot.config", "sevenbot.cli.run", "sqlite3", "rich"):
        assert f"'{late}'" not in out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_of_the_table_is_there_with_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_module(f"sevenbot.cli.{name}").command.name

    assert cli.invoke([name, "--help"]) == 0
    assert f"Usage: sevenbot {name}" in capsys.readouterr().out


def test_all_wrong_settings_are_told_on_stderr(
    failing: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(ConfigError(["A: is not set.", "B: got 'x', expected y"]))

    assert cli.invoke(["doctor"]) == 2

    assert capsys.readouterr() == ("", "A: is not set.\nB: got 'x', expected y\n")


def test_an_error_of_ours_is_one_line(failing: list[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    failing.append(StateUnavailable("the database is locked"))

    assert cli.invoke(["doctor"]) == 1

    assert capsys.readouterr() == ("", "sevenbot: the database is locked\n")


def test_a_system_error_is_one_line(failing: list[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    failing.append(PermissionError(errno.EACCES, "Permission denied", "/srv/x"))

    assert cli.invoke(["doctor"]) == 1

    assert capsys.readouterr().err == "sevenbot: [Errno 13] Permission denied: '/srv/x'\n"


def test_ctrl_c_is_quiet(failing: list[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    failing.append(KeyboardInterrupt())

    assert cli.invoke(["doctor"]) == 130

    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"), [("", "--yes does it without asking"), ("n\n", "")], ids=["nobody there", "no"]
)
def test_a_question_without_a_yes_exits_1(
    given: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def command() -> None:
        click.confirm("Remove it for good?", abort=True, err=True)

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: command)
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))

    assert cli.invoke(["doctor"]) == 1

    assert said in capsys.readouterr().err


def test_a_bug_is_not_hidden(failing: list[BaseException]) -> None:
    failing.append(ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        cli.invoke(["doctor"])


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 1), (2, 2)])
def test_a_commands_own_exit_code_is_kept(monkeypatch: pytest.MonkeyPatch, code: int, expected: int) -> None:
    @click.command()
    @click.pass_context
    def command(ctx: click.Context) -> None:
        ctx.exit(code)

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: command)

    assert cli.invoke(["doctor"]) == expected


def test_a_reader_who_leaves_early_causes_no_noise() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    process = subprocess.run(
        [sys.executable, "-m", "sevenbot", "--help"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )

    os.close(writing)
    assert process.stderr == ""
    assert process.returncode == 1


def test_letters_that_the_terminal_lacks_show_as_question_marks(tmp_path: Path) -> None:
    code = "import sys; from sevenbot import cli; cli.invoke(['--version']); print('✓ \\ud800')"

    process = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert process.returncode == 0
    assert process.stdout.endswith(b"? ?\n")


def commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command, those of groups too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        yield (*above, name)
        child = group.get_command(context, name)
        if isinstance(child, click.Group):
            yield from commands(child, *above, name)


@pytest.mark.parametrize("words", list(commands(cli.group)), ids=" ".join)
def test_help_fits_a_terminal_of_80_columns(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert cli.invoke([*words, "--help"]) == 0

    assert [line for line in capsys.readouterr().out.splitlines() if len(line) > 80] == []
