"""Private addresses: what they are made of, who gets one, whose they are."""

from __future__ import annotations

import asyncio
import random
import re
import secrets

import pytest

from sevenbot import alias
from sevenbot.alias import LETTERS, Newcomer, mint, register, resolve
from sevenbot.alias_words import WORDS
from sevenbot.errors import AddressTaken, RecipientPaused, StateUnavailable, UnknownRecipient
from sevenbot.state.users import UserStatus
from tests.fakes import FakeUsers
from tests.items import NOON, new_user

DOMAIN = "example.org"


class Loaded(random.Random):
    """A source that draws the first of everything *times* times before it becomes random."""

    def __init__(self, times: int) -> None:
        super().__init__(7)
        self.times = times * (2 + alias.LENGTH)

    def choice(self, options):
        self.times -= 1
        return options[0] if self.times >= 0 else super().choice(options)


# mint


def test_an_address_is_two_words_and_eight_characters() -> None:
    assert re.fullmatch(r"[a-z]{3,8}-[a-z]{3,8}-[a-hjkmnp-z2-9]{8}@example\.org", mint(DOMAIN))


def test_an_address_holds_at_least_60_bits() -> None:
    assert len(WORDS) ** 2 * len(LETTERS) ** alias.LENGTH >= 2**60
    assert alias.ENTROPY_BITS >= 60
    assert len(set(WORDS)) == len(WORDS)
    assert len(set(LETTERS)) == len(LETTERS)


def test_sign_up_forms_accept_every_local_part() -> None:
    longest = 2 * max(map(len, WORDS)) + 2 + alias.LENGTH

    assert longest <= 64
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in WORDS)
    assert re.fullmatch("[a-z2-9]+", LETTERS)


def test_no_letter_is_taken_for_another() -> None:
    assert not set("0o1il") & set(LETTERS)


def test_the_source_is_the_operating_systems_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted(secrets.SystemRandom):
        draws = 0

        def choice(self, options):
            Counted.draws += 1
            return super().choice(options)

    monkeypatch.setattr(secrets, "SystemRandom", Counted)

    mint(DOMAIN)

    assert Counted.draws == 2 + alias.LENGTH


def test_ten_thousand_addresses_are_all_different() -> None:
    assert len({mint(DOMAIN) for _ in range(10_000)}) == 10_000


# register


async def test_a_newcomer_gets_an_address() -> None:
    users = FakeUsers()

    user, is_new = await register(users, Newcomer(42, "ann", "Ann", {"language": "de"}), DOMAIN, NOON)

    assert is_new
    assert users.records == {42: user}
    assert (user.username, user.first_name, user.settings, user.created_at) == ("ann", "Ann", {"language": "de"}, NOON)


async def test_registering_again_gives_the_same_address() -> None:
    users = FakeUsers()
    first, _ = await register(users, Newcomer(42), DOMAIN, NOON)

    again, is_new = await register(users, Newcomer(42, "ann"), DOMAIN, NOON)

    assert (again, is_new) == (first, False)


async def test_registering_twice_at_once_creates_one_record() -> None:
    users = FakeUsers()

    results = await asyncio.gather(*(register(users, Newcomer(42), DOMAIN, NOON) for _ in range(5)))

    assert sorted(is_new for _, is_new in results) == [False] * 4 + [True]
    assert len({user.email_address for user, _ in results}) == 1


async def test_a_taken_address_is_minted_anew() -> None:
    users = FakeUsers()
    taken, _ = await register(users, Newcomer(1), DOMAIN, NOON, Loaded(1))

    user, is_new = await register(users, Newcomer(2), DOMAIN, NOON, Loaded(2))

    assert is_new
    assert user.email_address != taken.email_address


async def test_a_broken_random_source_ends_in_an_error() -> None:
    users = FakeUsers()
    await register(users, Newcomer(1), DOMAIN, NOON, Loaded(99))

    with pytest.raises(AddressTaken):
        await register(users, Newcomer(2), DOMAIN, NOON, Loaded(99))


# resolve


@pytest.mark.parametrize(
    ("address", "subaddress"),
    [
        ("maple-otter-k7m4qx92@example.org", None),
        ("Maple-Otter-K7M4QX92@EXAMPLE.ORG", None),
        ("maple-otter-k7m4qx92+Shop@example.org", "shop"),
        ('"maple-otter-k7m4qx92+two words"@example.org.', "two words"),
    ],
)
async def test_case_and_tag_do_not_matter(address: str, subaddress: str | None) -> None:
    recipient = await resolve(FakeUsers(new_user()), DOMAIN, address)

    assert (recipient.chat_id, recipient.email_address) == (42, new_user().email_address)
    assert recipient.subaddress == subaddress


@pytest.mark.parametrize(
    "address",
    [
        "maple-otter-k7m4qx93@example.org",
        "maple-otter-k7m4qx92@other.example",
        "maple-otter-k7m4qx92@sub.example.org",
        "maple-otter-k7m4qx92@[127.0.0.1]",
        "maple-otter-k7m4qx92",
        "+maple-otter-k7m4qx92@example.org",
        "",
        "postmaster",
    ],
)
async def test_other_addresses_are_unknown(address: str) -> None:
    with pytest.raises(UnknownRecipient):
        await resolve(FakeUsers(new_user()), DOMAIN, address)


@pytest.mark.parametrize("status", [UserStatus.PAUSED, UserStatus.BLOCKED])
async def test_whoever_paused_or_blocked_takes_no_mail(status: UserStatus) -> None:
    with pytest.raises(RecipientPaused):
        await resolve(FakeUsers(new_user(status=status)), DOMAIN, new_user().email_address)


async def test_a_state_that_does_not_answer_is_not_an_unknown_recipient() -> None:
    users = FakeUsers(new_user())
    users.error = StateUnavailable("away")

    with pytest.raises(StateUnavailable):
        await resolve(users, DOMAIN, new_user().email_address)
