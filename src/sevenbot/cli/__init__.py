"""
The command line: one group, whose commands are imported only when they are called.

Exit codes: 0 done · 1 a check failed or the work could not be done · 2 wrong usage or settings · 130 Ctrl-C.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import IO

import click

from sevenbot import __version__
from sevenbot.cli.fold import folded
from sevenbot.errors import ConfigError, SevenBotError

#: The commands in the order of --help. Each lives in `cli/<name>.py` as `command`.
COMMANDS = {
    "demo": "Try everything: a chat page, a mail door, sample mail.",
    "run": "Run the bot: take mail, summarise it, deliver it to Telegram.",
    "inspect": "Show what SevenBot sees in a mail.",
    "doctor": "Check every setting and system, and say what to do.",
    "mail": "List, read, retry and discard mails, the dead letters above all.",
    "users": "List, show, export and erase chats.",
    "state": "Copy users and mails to another database.",
    "tables": "Make, compare and remove the DynamoDB tables and the bucket.",
    "aws": "Bring SevenBot up on AWS, look after it, take it down.",
}

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


class Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module, or return None for a name that is not ours."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sevenbot.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sevenbot")
def group() -> None:
    """Give each Telegram chat a private mail address, and sum up its mail there."""


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(invoke(sys.argv[1:]))


def invoke(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors of ours end as text on stderr, never as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _show_what_it_can(stream)
    try:
        code = group.main(args=list(arguments), prog_name="sevenbot", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort as exc:
        return _aborted(exc)
    except click.ClickException as exc:
        exc.show()
        return exc.exit_code
    except ConfigError as exc:
        click.echo("\n".join(exc.problems), err=True)
        return WRONG_USE
    except SevenBotError as exc:
        click.echo(folded(f"sevenbot: {exc}", sys.stderr, hang=4), err=True)
        return FAILED
    except OSError as exc:
        return _system_error(exc)
    return code if isinstance(code, int) else DONE


def _aborted(exc: click.exceptions.Abort) -> int:
    """Tell apart what click calls by one name: Ctrl-C, a question that nobody can answer, and the answer no."""
    if isinstance(exc.__context__, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(exc.__context__, EOFError):
        click.echo("\nsevenbot: nothing was done, since nobody answered; --yes does it without asking", err=True)
    return FAILED


def _show_what_it_can(stream: IO[str]) -> None:
    """Let a terminal that lacks a letter show "?" for it, rather than end the command with an error."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def _system_error(exc: OSError) -> int:
    """Tell the system's reason; a reader who closed the pipe (`| head`) needs no telling."""
    if exc.errno == errno.EPIPE:
        # What is still buffered would fail again, noisily, at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    else:
        click.echo(f"sevenbot: {exc}", err=True)
    return FAILED
