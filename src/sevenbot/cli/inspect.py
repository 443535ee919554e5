"""
`sevenbot inspect`: what SevenBot sees in a mail.

    sevenbot inspect mail.eml            for people
    sevenbot inspect --json mail.eml     one JSON object per mail, one line each when there are several
    curl ... | sevenbot inspect -        from standard input
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sevenbot.errors import ConfigError

_TEXT_LINES = 12
_WIDTH = 96
_LINKS = 5


@click.command(name="inspect")
@click.argument("mails", nargs=-1, required=True, metavar="MAIL.eml...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per mail.")
def command(mails: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """
    Show what SevenBot sees in a mail: sender, kind, text, facts, summary, warnings.

    MAIL.eml is a raw mail as servers hand it over; "-" reads standard input. Nothing is sent anywhere.
    """
    from sevenbot.inspect import report

    raws = [_read(name) for name in mails]
    for name, raw in zip(mails, raws, strict=True):
        found = report(raw)
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2 if len(mails) == 1 else None))
            continue
        if len(mails) > 1:
            click.secho(f"== {name}", bold=True)
        _show(found)


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as exc:
        raise ConfigError([f"sevenbot inspect: {name} cannot be read: {exc.strerror or exc}"]) from exc


def _show(found: dict[str, Any]) -> None:
    for label, value in _lines(found):
        first, *others = value.split("\n")
        click.echo(click.style(f"{label:>11}  ", fg="cyan") + first)
        for other in others:
            click.echo(" " * 13 + other)


def _lines(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "subject", found["subject"] or "(none)"
    yield "from", _mailboxes([found["from"]] if found["from"] else []) or "(nobody)"
    for name in ("to", "cc", "reply_to"):
        if found[name]:
            yield name.replace("_", "-"), _mailboxes(found[name])
    yield "date", found["date"] or "(none)"
    yield "kind", found["kind"]
    yield "summary", found["summary"]["text"]
    yield from _facts(found)
    for name in ("invite", "bounce", "unsubscribe"):
        if found[name]:
            yield name, ", ".join(f"{key} {_value(value)}" for key, value in found[name].items() if value is not None)
    for attachment in found["attachments"]:
        shown = "shown in the text" if attachment["inline"] else "attached"
        name = attachment["filename"] or "(no name)"
        yield "file", f"{name}  {attachment['content_type']}  {_size(attachment['size_bytes'])}  {shown}"
    for warning in found["warnings"]:
        yield "warning", warning
    for note in found["notes"]:
        yield "note", note
    yield "text", _shortened(found["latest"]) if found["latest"] else "(none)"


def _facts(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    facts = found["facts"]
    for code in facts["codes"]:
        yield "code", code
    if facts["amounts"]:
        yield "amounts", " · ".join(facts["amounts"])
    if facts["dates"]:
        yield (
            "dates",
            " · ".join(f"{date['text']} ({date['iso']})" if date["iso"] else date["text"] for date in facts["dates"]),
        )
    for ask in facts["asks"]:
        yield "asked", ask
    for link in facts["links"][:_LINKS]:
        yield "link", f"{link['text']} <{link['url']}>" if link["text"] != link["url"] else link["url"]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _mailboxes(boxes: list[dict[str, str]]) -> str:
    return ", ".join(f"{box['name']} <{box['address']}>" if box["name"] else box["address"] for box in boxes[:10])


def _size(size_bytes: int) -> str:
    size = float(size_bytes)
    for unit in ("bytes", "KB", "MB"):
        if size < 1000 or unit == "MB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} MB"


def _shortened(text: str) -> str:
    lines = [line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…" for line in text.split("\n")]
    if len(lines) > _TEXT_LINES:
        lines = [*lines[:_TEXT_LINES], f"… ({len(lines) - _TEXT_LINES} more lines)"]
    return "\n".join(lines)
