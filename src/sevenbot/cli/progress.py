"""How far long work is: one line that changes on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta

import click

from sevenbot.cli.fold import folded


def progress(words: str) -> None:
    """Show how far it is."""
    if sys.stdout.isatty():
        click.echo(f"\r\033[K· {words}", nl=False)
    else:
        click.echo(f"· {words}")


def seldom(
    tell: Callable[[str], None], pause: timedelta, monotonic: Callable[[], float] = time.monotonic
) -> Callable[[str], None]:
    """Return *tell* for work in many small steps: it hears of the first, then of one per *pause*."""
    told_at = float("-inf")

    def maybe(words: str) -> None:
        nonlocal told_at
        if monotonic() - told_at >= pause.total_seconds():
            told_at = monotonic()
            tell(words)

    return maybe


def tick(mark: str, words: str, began: float) -> None:
    """Print what came of a step that *began* then (monotonic seconds), in place of its progress."""
    clear = "\r\033[K" if sys.stdout.isatty() else ""
    line = folded(f"  {words} ({time.monotonic() - began:.1f} s)", sys.stdout)
    click.echo(clear + click.style(mark, fg="green") + line[1:])
