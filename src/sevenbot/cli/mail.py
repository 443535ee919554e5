"""`sevenbot mail`: the ledger, above all the dead letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import click

from sevenbot.cli.kept import Kept, with_state
from sevenbot.cli.letters import SHOWN_ID as SHOWN_LETTER_ID
from sevenbot.cli.letters import AtRest, DeadLetter, at_rest
from sevenbot.cli.options import STORAGE, settings_options
from sevenbot.cli.table import item_fields, moment, show_fields, show_json, show_table, size
from sevenbot.errors import RawGone
from sevenbot.receive.ses import Again, again_body
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

    async def read(kept: Kept) -> tuple[list[Item], list[DeadLetter]]:
        asked = limit + 1 if limit else None
        found = [item async for item in kept.ledger.find(statuses=wanted, chat_id=chat_id, limit=asked)]
        async with at_rest(kept.queue if dead and chat_id is None else None) as rest:
            return found, list(rest.letters)

    found, letters = with_state(flags, read)
    items = found[:limit] if limit else found
    if as_json:
        show_json([item_fields(item, private=False) for item in items] + [letter.fields() for letter in letters])
    elif not (items or letters):
        click.echo("No mails.")
    else:
        rows = [_row(item) for item in items] + [_letter_row(letter) for letter in letters]
        show_table(("ID", "RECEIVED", "STATUS", "CHAT", "SIZE", "TRIES", "FROM", "REASON"), rows)
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
        async with at_rest(kept.queue if "-" in message_id else None) as rest:
            letter = rest.called(message_id)
        if letter is not None:
            fields, raw_key = letter.fields(), letter.raw_key
        else:
            item = await find_one(kept, message_id)
            fields, raw_key = item_fields(item, private=private), item.raw_key
        try:
            content = await kept.store.get(raw_key) if raw or private else None
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

    A running `sevenbot run` takes them within seconds, any other at its start. On AWS (SEVENBOT_QUEUE) a message in the
    queue does it, and what rests in the dead-letter queue goes back there.
    """
    if bool(message_ids) == all_dead:
        raise click.UsageError("name one ID or more, or say --all-dead")

    async def reopen(kept: Kept) -> list[tuple[Item | DeadLetter, bool]]:
        async with at_rest(kept.queue) as rest:
            items, letters = await _chosen(kept, rest, message_ids)
            if all_dead:
                items, letters = [item async for item in kept.ledger.find(statuses=[Status.DEAD])], list(rest.letters)
            about = [letter for letter in rest.letters if any(letter.is_about(item) for item in items)]
            results: list[tuple[Item | DeadLetter, bool]] = [(item, await _revive(kept, item)) for item in items]
            for letter in dict.fromkeys([*letters, *about]):
                await rest.send_again(letter)
            return results + [(letter, True) for letter in letters]

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

    async def find(kept: Kept) -> int:
        async with at_rest(kept.queue) as rest:
            items, letters = await _chosen(kept, rest, message_ids)
            return len(items) + len(letters)

    async def give_up(kept: Kept) -> list[tuple[Item | DeadLetter, bool]]:
        async with at_rest(kept.queue) as rest:
            items, letters = await _chosen(kept, rest, message_ids)
            results: list[tuple[Item | DeadLetter, bool]] = [
                (item, await kept.ledger.discard(item.message_id, datetime.now(UTC)) is not None) for item in items
            ]
            given_up = {item.message_id for item in items}
            for letter in dict.fromkeys([*letters, *(one for one in rest.letters if one.message_id in given_up)]):
                await rest.remove(letter)
            return results + [(letter, True) for letter in letters]

    count = with_state(flags, find)
    if not yes and not click.confirm(f"Discard {count} of the mails waiting?", err=True):
        raise click.ClickException("nothing was discarded")
    _tell(with_state(flags, give_up), "discarded", as_json=as_json)


async def _chosen(kept: Kept, rest: AtRest, ids: Sequence[str]) -> tuple[list[Item], list[DeadLetter]]:
    """Return the items and the letters whose ids begin so; a click.ClickException when one cannot be told."""
    called = [(message_id, rest.called(message_id)) for message_id in ids]
    letters = [letter for _, letter in called if letter is not None]
    return [await find_one(kept, message_id) for message_id, letter in called if letter is None], letters


async def _revive(kept: Kept, item: Item) -> bool:
    """Make the item due now and, on AWS, tell the queue; one that is unfinished may have lost its message there."""
    reopened = await kept.ledger.reopen(item.message_id, datetime.now(UTC))
    if kept.queue is None or (reopened is None and not item.is_unfinished):
        return reopened is not None
    await kept.queue.send(again_body(Again(item.message_id)))
    return True


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


def _tell(results: Sequence[tuple[Item | DeadLetter, bool]], done: str, *, as_json: bool) -> None:
    if as_json:
        show_json([{**_named(one), "done": is_done} for one, is_done in results])
    elif not results:
        click.echo("No mails.")
    else:
        for one, is_done in results:
            outcome = done if is_done or isinstance(one, DeadLetter) else f"left as it is: {one.status}"
            click.echo(f"{_short_id(one)}  {outcome}", err=not is_done)
    if not all(is_done for _, is_done in results):
        click.get_current_context().exit(1)


def _named(one: Item | DeadLetter) -> dict[str, str]:
    return {"letter": one.letter.id} if isinstance(one, DeadLetter) else {"message_id": one.message_id}


def _short_id(one: Item | DeadLetter) -> str:
    return one.letter.id[:SHOWN_LETTER_ID] if isinstance(one, DeadLetter) else one.message_id[:SHOWN_ID]


def _letter_row(letter: DeadLetter) -> tuple[str, ...]:
    return (_short_id(letter), "-", Status.DEAD.value, "-", "-", "-", "-", letter.reason)


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
