"""
The dead-letter queue on AWS, as `sevenbot mail` shows it: messages that could not be followed, with an item or without.

A letter is called by SQS's id, which no item has: there is a hyphen in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import click

from sevenbot.aws.queue import Letter, SqsQueue
from sevenbot.errors import Transient
from sevenbot.receive.ses import Again, Received, Stored, read_body
from sevenbot.state.ledger import Item

#: With the first hyphen, so that it is never taken for the beginning of an item's id.
SHOWN_ID = 13


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message at rest, and what it names."""

    letter: Letter
    message_id: str | None = None  # of the item it is about, when it says so
    object_key: str | None = None  # of the mail it tells of

    @property
    def reason(self) -> str:
        """Say what it is, in the column where items have their reason."""
        return f"in the dead-letter queue, about {self.object_key or self.message_id or 'no mail that it names'}"

    @property
    def raw_key(self) -> str:
        """Return the key that the store knows the mail by; "" when it names none."""
        key = self.object_key or ""
        return key if key.startswith("inbound/") else "/".join(key.split("/")[-4:])

    def fields(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        about = {"message_id": self.message_id, "object_key": self.object_key}
        return {"letter": self.letter.id, "status": "dead", **about, "error": self.reason}

    def is_about(self, item: Item) -> bool:
        """Say whether it names the item, or the mail it is of."""
        return self.message_id == item.message_id or (self.object_key or "").endswith(item.raw_key)


@dataclass(slots=True)
class AtRest:
    """All that rests; nobody else sees it while this is open."""

    queue: SqsQueue | None
    letters: list[DeadLetter] = field(default_factory=list)

    def called(self, prefix: str) -> DeadLetter | None:
        """
        Return the letter whose id begins with *prefix*, or None when that is no letter's id.

        Raises:
            click.ClickException: There is none, or there are several.
        """
        if "-" not in prefix or self.queue is None:
            return None
        found = [dead for dead in self.letters if dead.letter.id.startswith(prefix.strip().lower())]
        if len(found) != 1:
            many = "several messages have" if found else "no message in the dead-letter queue has"
            raise click.ClickException(
                f"{many} an id that begins with {prefix!r}; `sevenbot mail list --dead` shows them"
            )
        return found[0]

    async def send_again(self, dead: DeadLetter) -> None:
        """Send the message to the queue anew, and only then remove it here."""
        if self.queue is not None:
            await self.queue.send(dead.letter.body)
            await self.remove(dead)

    async def remove(self, dead: DeadLetter) -> None:
        """Remove the message for good."""
        if self.queue is not None:
            await self.queue.remove(dead.letter)
            self.letters.remove(dead)


@asynccontextmanager
async def at_rest(queue: SqsQueue | None) -> AsyncIterator[AtRest]:
    """Take out all dead letters (none without a queue), and put back at the end what is left of them."""
    found = [read_letter(letter) for letter in await queue.dead_letters()] if queue is not None else []
    rest = AtRest(queue, found)
    try:
        yield rest
    finally:
        if queue is not None:
            with contextlib.suppress(Transient):  # they come back by themselves in two minutes
                for dead in rest.letters:
                    await queue.put_back(dead.letter)


def read_letter(letter: Letter) -> DeadLetter:
    """Return what a message names; the first mail, when there are several."""
    for notice in read_body(letter.body):
        match notice:
            case Again(message_id):
                return DeadLetter(letter, message_id=message_id)
            case Received(object_key=object_key) | Stored(object_key=object_key):
                return DeadLetter(letter, object_key=object_key)
    return DeadLetter(letter)
