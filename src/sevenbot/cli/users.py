"""`sevenbot users`: who has an address, what is kept of them, and its end."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import click

from sevenbot.cli.kept import Kept, with_state
from sevenbot.cli.options import STORAGE, settings_options
from sevenbot.cli.table import item_fields, moment, show_fields, show_json, show_table, user_fields
from sevenbot.errors import RawGone
from sevenbot.spool.erase import Erased, items_of
from sevenbot.spool.erase import erase as erase_chat
from sevenbot.state.ledger import Item
from sevenbot.state.users import User, UserStatus

#: Chat ids of groups begin with a minus, which is no option here.
NEGATIVE_IDS = {"ignore_unknown_options": True}


@click.group(
    "users",
    epilog="""
\b
Examples:
  sevenbot users show -1001234567890           a group, by its chat id
  sevenbot users export 123456 --output a.zip  all that is kept of a chat
  sevenbot users erase 123456                  remove it

CHAT is a chat id or a private address. All of it works beside a running `sevenbot run` and without one.
""",
)
def command() -> None:
    """List, show, export and erase chats."""


@command.command("list")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in UserStatus]),
    help="Only these.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@settings_options(*STORAGE)
def list_(flags: dict[str, str], *, statuses: Sequence[str], as_json: bool) -> None:
    """List chats, oldest first."""

    async def read(kept: Kept) -> list[User]:
        return [user async for user in kept.users.all() if not statuses or user.status.value in statuses]

    users = with_state(flags, read)
    if as_json:
        show_json([user_fields(user) for user in users])
    elif not users:
        click.echo("No chats.")
    else:
        show_table(("CHAT", "STATUS", "MAILS", "SINCE", "LAST MAIL", "ADDRESS"), [_row(user) for user in users])


@command.command(context_settings=NEGATIVE_IDS)
@click.argument("chat")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@settings_options(*STORAGE)
def show(flags: dict[str, str], chat: str, *, as_json: bool) -> None:
    """Show one chat, and how many mails are kept for it in each state."""

    async def read(kept: Kept) -> tuple[User, list[Item]]:
        user = await find_user(kept, chat)
        return user, await items_of(kept.users, kept.ledger, user.chat_id)

    user, items = with_state(flags, read)
    counts = dict(sorted(Counter(item.status.value for item in items).items()))
    if as_json:
        show_json({**user_fields(user), "kept_mails": counts})
    else:
        told = ", ".join(f"{count} {status}" for status, count in counts.items())
        settings = ", ".join(f"{name}={value}" for name, value in user.settings.items())
        show_fields({**user_fields(user), "settings": settings, "kept_mails": told or "none"})


@command.command(context_settings=NEGATIVE_IDS)
@click.argument("chat")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="The zip file. [default: sevenbot-CHAT.zip]"
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object instead: the same without the raw mails.")
@settings_options(*STORAGE)
def export(flags: dict[str, str], chat: str, *, output: Path | None, as_json: bool) -> None:
    """
    Write all that is kept of a chat: its record, its mails' history, and the raw mails.

    The zip file holds `chat.json` and a `mails/ID.eml` for each mail whose bytes are still kept; only you can read it.
    """
    if as_json and output is not None:
        raise click.UsageError("--output is for the zip file; --json prints")

    async def read(kept: Kept) -> None:
        user = await find_user(kept, chat)
        items = await items_of(kept.users, kept.ledger, user.chat_id)
        everything = {"chat": user_fields(user), "mails": [item_fields(item, private=True) for item in items]}
        if as_json:
            show_json(everything)
            return
        path = output or Path(f"sevenbot-{user.chat_id}.zip")
        with _new_file(path) as file:
            raws = await _fill_zip(kept, file, everything, items)
        click.echo(f"{path}: {_many(len(items), 'mail')}, the bytes of {raws} of them")

    with_state(flags, read)


@command.command(context_settings=NEGATIVE_IDS)
@click.argument("chat")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@settings_options(*STORAGE)
def erase(flags: dict[str, str], chat: str, *, yes: bool, as_json: bool) -> None:
    """
    Remove a chat for good: its record and address, its mails and their bytes.

    There is no way back, and the address is never given to anybody again. A mail that other chats got too stays theirs.
    """

    async def find(kept: Kept) -> tuple[int, int]:
        chat_id = await find_chat(kept, chat)
        return chat_id, len(await items_of(kept.users, kept.ledger, chat_id))

    async def remove(kept: Kept) -> Erased:
        return await erase_chat(kept.users, kept.ledger, kept.store, chat_id)

    chat_id, mails = with_state(flags, find)
    if not yes and not click.confirm(f"Remove chat {chat_id} and its {_many(mails, 'mail')} for good?", err=True):
        raise click.ClickException("nothing was removed")
    erased = with_state(flags, remove)
    if as_json:
        show_json({"chat_id": chat_id, "record": erased.record, "items": erased.items, "raws": erased.raws})
    else:
        record = "the record, " if erased.record else ""
        click.echo(
            f"Removed of chat {chat_id}: {record}{_many(erased.items, 'mail')}, {_many(erased.raws, 'raw file')}"
        )


async def find_user(kept: Kept, chat: str) -> User:
    """Return the user *chat* names, by chat id or address; a click.ClickException when there is none."""
    user = await kept.users.get(int(chat)) if _is_id(chat) else await kept.users.find_by_address(chat.strip().lower())
    if user is None:
        raise click.ClickException(f"no chat has the id or address {chat!r}; `sevenbot users list` shows them")
    return user


async def find_chat(kept: Kept, chat: str) -> int:
    """Return the id of a chat that has a record, or, after an erase that died half-way, only mails."""
    if _is_id(chat) and [item async for item in kept.ledger.find(chat_id=int(chat), limit=1)]:
        return int(chat)
    return (await find_user(kept, chat)).chat_id


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that only its owner can read; one that is not finished is removed again."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as exc:
        raise click.ClickException(f"{path} exists already; name another file with --output") from exc
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


async def _fill_zip(kept: Kept, file: IO[bytes], everything: dict[str, Any], items: list[Item]) -> int:
    raws = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chat.json", json.dumps(everything, indent=2, ensure_ascii=False))
        for item in items:
            with contextlib.suppress(RawGone):
                archive.writestr(f"mails/{item.message_id}.eml", await kept.store.get(item.raw_key))
                raws += 1
    return raws


def _is_id(chat: str) -> bool:
    number = chat.strip().removeprefix("-")
    # Telegram's ids have at most 52 significant bits (Bot API, Chat, id).
    return number.isascii() and number.isdecimal() and len(number) < 18


def _row(user: User) -> tuple[str, ...]:
    return (
        str(user.chat_id),
        user.status.value,
        str(user.email_count),
        moment(user.created_at),
        moment(user.last_summary_time),
        user.email_address,
    )


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
