"""Records as people and programs read them: aligned columns, or JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from sevenbot.state.iso import to_iso
from sevenbot.state.ledger import Item
from sevenbot.state.users import User

#: What says something of the mail or its people; shown only when asked for.
PRIVATE = ("email_address", "subaddress", "sender", "helo", "client", "summary")

_UNITS = ("B", "KiB", "MiB", "GiB")


def show_json(value: Any) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* under *head*, columns aligned, the last one as long as it is."""
    lines = [list(map(printable, row)) for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def show_fields(fields: dict[str, Any]) -> None:
    """Print one record, a field a line; absent values as a dash."""
    widest = max(map(len, fields))
    for name, value in fields.items():
        click.echo(f"{name:<{widest}}  {'-' if value is None or value == '' else printable(str(value))}")


def printable(text: str) -> str:
    """Return *text* without what would act on a terminal (escape sequences, line ends, direction marks)."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def item_fields(item: Item, *, private: bool) -> dict[str, Any]:
    """Return an item as JSON takes it: moments as ISO 8601, the lease token left out, PRIVATE only when asked for."""
    hidden = {"lease_token", *(() if private else PRIVATE)}
    return {name: _plain(value) for name, value in asdict(item).items() if name not in hidden}


def user_fields(user: User) -> dict[str, Any]:
    """Return a user as JSON takes it."""
    return {name: _plain(value) for name, value in asdict(user).items()}


def moment(when: datetime | None) -> str:
    """Return a moment for people, UTC."""
    return f"{when:%Y-%m-%d %H:%M:%S}Z" if when else "-"


def size(size_bytes: int) -> str:
    """Return a size for people: 20480 is "20 KiB"."""
    number, unit = float(size_bytes), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if number >= 10 or unit == 0 else f"{number:.1f} {_UNITS[unit]}"


def _plain(value: Any) -> Any:
    return to_iso(value) if isinstance(value, datetime) else value


def _width(text: str) -> int:
    """Return how many columns a terminal gives *text*."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(bool(unicodedata.combining(letter)) for letter in text)
