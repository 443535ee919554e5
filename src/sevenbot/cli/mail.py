"""`sevenbot mail`: the ledger, above all the dead letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import click

from sevenbot.cli.kept import Kept, with_state
from sevenbot.cli.options import STORAGE, settings_options
from sevenbot.cli.table import item_fields, moment, show_fields, show_json, show_table, size
from sevenbot.errors import RawGone
from sevenbot.state.ledger import Item, Status

#: Enough of an id to tell mails apart in a table.
SHOWN_ID = 12


@click.group(
    "mail",
    epilog="""
\b
Examples:
  sevenbot mail list --dead            what could not be delivered, and why
  sevenbot mail retry --all-dead       try all of it again
  sevenbot mail show 3f2a --raw        the mail itself, as it came

All of it works beside a running `sevenbot run` and without one. Subjects, senders and texts are other people's: nothing
but `show --private` and `show --raw` reveals them.
""",
)
def command() -> None:
    """List, read, retry and discard mails, the dead letters above all."""


@command.command("list")
@click.option("--dead", is_flag=True, help="Only dead letters; the same as --status dead.")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice([status.value for status in Status]), help="Only these."
)
@click.option("--chat", "chat_id", type=int, metavar="ID", help="Only this chat's.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="At most so many; 0: all.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@settings_options(*STORAGE)
def list_(
    flags: dict[str, str], *, dead: bool, statuses: Sequence[str], chat_id: int | None, limit: int, as_json: bool
) -> None:
    """List mails, newest first."""
    wanted = [Status(status) for status in dict.fromkeys([*statuses, *(["dead"] if dead else [])])]

    async def read(kept: Kept) -> list[Item]:
        asked = limit + 1 if limit else None
        return [item async for item in kept.ledger.find(statuses=wanted, chat_id=chat_id, limit=asked)]

    found = with_state(flags, read)
    items = found[:limit] if limit else found
    if as_json:
        show_json([item_fields(item, private=False) for item in items])
    elif not items:
        click.echo("No mails.")
    else:
        show_table(
            ("ID", "RECEIVED", "STATUS", "CHAT", "SIZE", "TRIES", "FROM", "REASON"), [_row(item) for item in items]
        )
    if len(found) > len(items):
        click.echo(f"There are more than {limit}: --limit 0 lists all.", err=True)


@command.command()
@click.argument("message_id", metavar="ID")
@click.option("--private", is_flag=True, help="Also show sender, address, subject and summary.")
@click.option("--raw", is_flag=True, help="Write the mail's bytes to standard output, as they came.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@settings_options(*STORAGE)
def show(flags: dict[str, str], message_id: str, *, private: bool, raw: bool, as_json: bool) -> None:
    """Show what happened to one mail. The beginning of its ID is enough."""
    if raw and (as_json or private):
        raise click.UsageError("--raw goes alone")

    async def read(kept: Kept) -> tuple[dict[str, Any], bytes | None]:
        item = await find_one(kept, message_id)
        fields = item_fields(item, private=private)
        try:
            content = await kept.store.get(item.raw_key) if raw or private else None
        except RawGone:
            content = None
        if private:
            fields["subject"] = None if content is None else _subject(content)
        return fields, content

    fields, content = with_state(flags, read)
    if raw and content is None:
        raise click.ClickException("the bytes of this mail are no longer kept")
    if raw:
        click.echo(content, nl=False)
    elif as_json:
        show_json(fields)
    else:
        show_fields(fields)


@command.command()
@click.argument("message_ids", metavar="ID...", nargs=-1)
@click.option("--all-dead", is_flag=True, help="Every dead letter.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@settings_options(*STORAGE)
def retry(flags: dict[str, str], message_ids: Sequence[str], *, all_dead: bool, as_json: bool) -> None:
    """
    Try dead or discarded mails again, with a fresh deadline.

    A running `sevenbot run` takes them within seconds, any other at its start.
    """
    if bool(message_ids) == all_dead:
        raise click.UsageError("name one ID or more, or say --all-dead")

    async def reopen(kept: Kept) -> list[tuple[Item, bool]]:
        if all_dead:
            items = [item async for item in kept.ledger.find(statuses=[Status.DEAD])]
        else:
            items = [await find_one(kept, message_id) for message_id in message_ids]
        return [(item, await kept.ledger.reopen(item.message_id, datetime.now(UTC)) is not None) for item in items]

    _tell(with_state(flags, reopen), "due now", as_json=as_json)


@command.command()
@click.argument("message_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@settings_options(*STORAGE)
def discard(flags: dict[str, str], message_ids: Sequence[str], *, yes: bool, as_json: bool) -> None:
    """
    Give mails up: they will not be delivered.

    Until the retention is over they can still be read, and `mail retry` takes it back. A mail that is delivered, or
    being delivered at this moment, cannot be discarded.
    """

    async def find(kept: Kept) -> list[Item]:
        return [await find_one(kept, message_id) for message_id in message_ids]

    async def give_up(kept: Kept) -> list[tuple[Item, bool]]:
        return [(item, await kept.ledger.discard(item.message_id, datetime.now(UTC)) is not None) for item in items]

    items = with_state(flags, find)
    if not yes and not click.confirm(f"Discard {len(items)} of the mails waiting?", err=True):
        raise click.ClickException("nothing was discarded")
    _tell(with_state(flags, give_up), "discarded", as_json=as_json)


async def find_one(kept: Kept, message_id: str) -> Item:
    """Return the item whose id begins with *message_id*; a click.ClickException when there is none or several."""
    prefix = message_id.strip().lower()
    found = [item async for item in kept.ledger.find(message_id_prefix=prefix, limit=3)] if prefix else []
    if not found:
        raise click.ClickException(
            f"no mail has an id that begins with {message_id!r}; `sevenbot mail list` shows them"
        )
    if len(found) > 1:
        ids = ", ".join(item.message_id[: max(SHOWN_ID, len(prefix) + 4)] for item in found)
        raise click.ClickException(f"several mails have an id that begins with {message_id!r}: {ids}. Give more of it.")
    return found[0]


def _tell(results: list[tuple[Item, bool]], done: str, *, as_json: bool) -> None:
    if as_json:
        show_json([{"message_id": item.message_id, "done": is_done} for item, is_done in results])
    elif not results:
        click.echo("No mails.")
    else:
        for item, is_done in results:
            outcome = done if is_done else f"left as it is: {item.status}"
            click.echo(f"{item.message_id[:SHOWN_ID]}  {outcome}", err=not is_done)
    if not all(is_done for _, is_done in results):
        click.get_current_context().exit(1)


def _row(item: Item) -> tuple[str, ...]:
    mark = " ↻" if item.possible_repeat else ""
    return (
        item.message_id[:SHOWN_ID],
        moment(item.received_at),
        item.status.value + mark,
        str(item.chat_id),
        size(item.size_bytes),
        str(item.attempts),
        item.sender_domain or "-",
        item.error or "",
    )


def _subject(raw: bytes) -> str:
    from sevenbot.parse.mail import parse

    return parse(raw).subject
