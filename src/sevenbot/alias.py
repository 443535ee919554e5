"""
The private address of a chat: mint it, register it, find whose it is.

    maple-otter-k7m4qx92@example.org

Two speakable words and eight characters, all from a cryptographic source: more than 60 bits, nothing of the chat in
it. The local part begins with a letter, holds only a-z, 0-9 and "-", and stays far below the 64 octets that sign-up
forms and RFC 5321 §4.5.3.1.1 allow.
"""

from __future__ import annotations

import math
import random
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sevenbot.address import parse_address
from sevenbot.alias_words import WORDS
from sevenbot.envelope import Recipient
from sevenbot.errors import AddressTaken, RecipientPaused, UnknownRecipient
from sevenbot.state.users import User, Users, UserStatus

#: Without what is taken for something else when read aloud or copied by hand: 0 and o, 1, i and l.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 8

ENTROPY_BITS = 2 * math.log2(len(WORDS)) + LENGTH * math.log2(len(LETTERS))

#: With 60 bits even the second attempt is a sign that something else is wrong.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A chat that asks for an address."""

    chat_id: int
    username: str | None = None
    first_name: str | None = None
    settings: dict[str, str] = field(default_factory=dict)


def mint(domain: str, choose: random.Random | None = None) -> str:
    """Return a new address; *choose* is the operating system's cryptographic source unless a test gives another."""
    choose = choose or secrets.SystemRandom()
    words = f"{choose.choice(WORDS)}-{choose.choice(WORDS)}"
    return f"{words}-{''.join(choose.choice(LETTERS) for _ in range(LENGTH))}@{domain}"


async def register(
    users: Users, newcomer: Newcomer, domain: str, now: datetime, choose: random.Random | None = None
) -> tuple[User, bool]:
    """
    Return the chat's record, and whether this call created it; a chat has one address for good.

    Raises:
        StateUnavailable: Nothing was recorded.
        AddressTaken: Every minted address was taken: the random source is broken.
    """
    for attempt in range(1, ATTEMPTS + 1):
        user = User(
            chat_id=newcomer.chat_id,
            email_address=mint(domain, choose),
            created_at=now,
            username=newcomer.username,
            first_name=newcomer.first_name,
            settings=newcomer.settings,
        )
        try:
            standing = await users.register(user)
        except AddressTaken:
            if attempt == ATTEMPTS:
                raise
        else:
            return standing, standing.email_address == user.email_address
    raise AssertionError("the last attempt returned or raised")


async def resolve(users: Users, domain: str, address: str) -> Recipient:
    """
    Return whose address *address* is, with its subaddress in lower case; neither case nor the tag matters.

    Raises:
        UnknownRecipient: It is not at *domain*, nobody's, or no address at all.
        RecipientPaused: Its owner takes no mail at present (paused, or has blocked the bot).
        StateUnavailable: The users did not answer.
    """
    try:
        parsed = parse_address(address)
    except ValueError as exc:
        raise UnknownRecipient("not an address") from exc
    if parsed.domain != domain.lower():
        raise UnknownRecipient("not our domain")
    registered = str(parsed.without_subaddress).lower()
    user = await users.find_by_address(registered)
    if user is None:
        raise UnknownRecipient("nobody has this address")
    if user.status is not UserStatus.ACTIVE:
        raise RecipientPaused(f"the owner is {user.status.value}")
    return Recipient(user.chat_id, user.email_address, parsed.subaddress and parsed.subaddress.lower())
