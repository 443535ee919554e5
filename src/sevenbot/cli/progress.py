"""How far long work is: one line that changes on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time

import click


def progress(words: str) -> None:
    """Show how far it is."""
    if sys.stdout.isatty():
        click.echo(f"\r\033[K· {words}", nl=False)
    else:
        click.echo(f"· {words}")


def tick(mark: str, words: str, began: float) -> None:
    """Print what came of a step that *began* then (monotonic seconds), in place of its progress."""
    clear = "\r\033[K" if sys.stdout.isatty() else ""
    click.echo(f"{clear}{click.style(mark, fg='green')} {words} ({time.monotonic() - began:.1f} s)")
