"""
What several commands share: every setting as a flag, and the settings that come out.

    @click.command()
    @settings_options()
    def command(flags: dict[str, str]) -> None:
        settings = load_settings(flags, needs=NEEDED_BY_RUN)

A flag is the setting's name without SEVENBOT_: `SEVENBOT_SMTP_LISTEN` is `--smtp-listen`. A secret may be given as a
flag, with a warning, since every user of the machine can read command lines.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from sevenbot import config
from sevenbot.config import SPECS, Settings, Spec

Command = TypeVar("Command", bound=Callable[..., Any])

#: The settings that the real bot cannot do without.
NEEDED_BY_RUN = tuple(spec.name for spec in SPECS.values() if spec.required)

#: The settings that say where users, ledger and raw mail are.
STORAGE = (
    "SEVENBOT_DATA_DIR",
    "SEVENBOT_STATE",
    "SEVENBOT_USERS_TABLE",
    "SEVENBOT_LEDGER_TABLE",
    "SEVENBOT_SPOOL",
    "SEVENBOT_QUEUE",
    "SEVENBOT_RETENTION_DAYS",
)


def flag_name(name: str) -> str:
    """Return the flag of a setting: "SEVENBOT_SMTP_LISTEN" is "--smtp-listen"."""
    return "--" + name.removeprefix("SEVENBOT_").lower().replace("_", "-")


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Give a command a flag for each setting in *names* (all when empty); it gets those used as `flags`, by name."""
    specs = {attribute: spec for attribute, spec in SPECS.items() if not names or spec.name in names}

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_flags(*args: Any, **options: Any) -> Any:
            given = {spec.name: options.pop(f"setting_{attribute}") for attribute, spec in specs.items()}
            return command(*args, flags={name: value for name, value in given.items() if value is not None}, **options)

        decorated: Any = with_flags
        for attribute, spec in reversed(specs.items()):
            decorated = click.option(
                flag_name(spec.name), f"setting_{attribute}", metavar="VALUE", help=_flag_help(spec)
            )(decorated)
        return decorated  # type: ignore[no-any-return]

    return decorate


def _flag_help(spec: Spec) -> str:
    text = spec.help + ("" if spec.shown_default == "–" else f" [default: {spec.shown_default}]")
    return text.replace("`", "")  # marks for the documentation


def load_settings(flags: Mapping[str, str], *, needs: tuple[str, ...] = ()) -> Settings:
    """
    Return the settings of `.env` in the working directory, the environment and *flags*, in rising precedence.

    Names that look like settings and are none, and secrets given as flags, are told on stderr.

    Raises:
        ConfigError: Every wrong setting, and those of *needs* that are missing.
    """
    environ = whole_environment()
    for line in odd_settings(environ, flags):
        click.echo(f"warning: {line}", err=True)
    return config.load(environ, flags, needs=needs)


def given_settings(needs: tuple[str, ...] = NEEDED_BY_RUN) -> tuple[Settings, dict[str, str]]:
    """
    Return the settings of `.env` and the environment, and the text of each that is set, by name, for handing it on.

    Raises:
        ConfigError: See `load_settings`.
    """
    settings = load_settings({}, needs=needs)
    environ = whole_environment()
    given = {spec.name: environ.get(spec.name, "").strip() for spec in SPECS.values()}
    return settings, {name: text for name, text in given.items() if text}


def whole_environment() -> dict[str, str]:
    """
    Return the environment laid over `.env` of the working directory; what is there for libraries is handed to them.

    Raises:
        ConfigError: See `config.environment`.
    """
    environ = config.environment(os.environ, Path.cwd())
    os.environ.update(config.for_libraries(environ))
    return environ


def odd_settings(environ: Mapping[str, str], flags: Mapping[str, str]) -> list[str]:
    """Return a line for each name that looks like a setting and is none, and for each secret given as a flag."""
    return config.unknown(environ) + [
        f"{flag_name(name)}: every user of this machine can read command lines; better set {name} in .env"
        for name in exposed_secrets(flags)
    ]


def exposed_secrets(flags: Mapping[str, str]) -> list[str]:
    """Return the names of the secrets among *flags*."""
    return [spec.name for spec in SPECS.values() if spec.secret and spec.name in flags]
