"""The IMAP door in front of a real Dovecot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.receive.dovecot import Account, Dovecot, dovecot, is_installed
from tests.receive.mailboxes import Door, mail

pytestmark = pytest.mark.skipif(not is_installed(), reason="needs dovecot-imapd, openssl and root")


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running, pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


@pytest.fixture
def account(server: Dovecot) -> Account:
    return server.new_account()


SEEN = r"\Seen"


async def test_a_mail_is_kept_as_the_server_has_it_and_marked(account: Account) -> None:
    raw = mail("One", Return_Path="<bounce@lists.example.net>", Delivered_To="ann+shop@example.org")
    account.put(raw)
    door = Door(account.url())

    fetched = await door.fetch()

    ((kept, envelope),) = door.mails
    assert kept == raw
    assert (envelope.sender, envelope.via) == ("bounce@lists.example.net", "imap")
    assert [recipient.subaddress for recipient in envelope.recipients] == ["shop"]
    assert account.flags() == {1: {SEEN}}
    assert (dict(fetched.counts), fetched.is_complete) == ({"accepted": 1}, True)


async def test_a_second_look_takes_only_what_is_new_seen_or_not(account: Account) -> None:
    account.put(mail("One"))
    door = Door(account.url())
    await door.fetch()
    account.put(mail("Two"), flags=SEEN)

    fetched = await door.fetch()

    assert door.subjects == ["One", "Two"]
    assert fetched.counts == {"accepted": 1}


@pytest.mark.parametrize(
    ("backlog", "taken"),
    [("unseen", ["Unread", "New"]), ("all", ["Read", "Unread", "New"]), ("none", ["New"])],
)
async def test_what_is_there_at_first_connect_is_taken_as_set(account: Account, backlog: str, taken: list[str]) -> None:
    account.put(mail("Read"), flags=SEEN)
    account.put(mail("Unread"))
    door = Door(account.url(), SEVENBOT_IMAP_BACKLOG=backlog)
    await door.fetch()
    account.put(mail("New"), flags=SEEN)

    await door.fetch()

    assert door.subjects == taken


async def test_a_mail_for_nobody_here_is_left_as_it_is(account: Account) -> None:
    account.put(mail("Private", to="carol@example.com"), mail("Unknown", to="zoe@example.org"), mail("Ours"))
    door = Door(account.url(), SEVENBOT_IMAP_DONE="delete")

    await door.fetch()

    assert door.refusals == ["unknown_recipient", "unknown_recipient"]
    assert account.flags() == {1: set(), 2: set()}


async def test_a_mail_for_a_paused_address_is_dropped_unread(account: Account) -> None:
    account.put(mail("Paused", to="paul@example.org"))
    door = Door(account.url())

    fetched = await door.fetch()

    assert door.mails == []
    assert fetched.counts == {"paused": 1}
    assert account.flags() == {1: {SEEN}}


async def test_a_mail_that_is_too_large_is_left_as_it_is(account: Account) -> None:
    account.put(mail("Large") + b"x" * 5000, mail("Small"))
    door = Door(account.url(), SEVENBOT_MAX_MAIL_BYTES="4000")

    await door.fetch()

    assert (door.refusals, door.subjects) == (["too_large"], ["Small"])
    assert account.flags() == {1: set(), 2: {SEEN}}


async def test_a_looping_mail_is_left_as_it_is(account: Account) -> None:
    account.put(b"Received: from a by b\r\n" * 51 + mail("Round"))
    door = Door(account.url())

    await door.fetch()

    assert (door.refusals, account.flags()) == (["loop"], {1: set()})


@pytest.mark.parametrize(
    "raw",
    [
        b"To: ann@example.org\r\nSubject: \xe4\xff\x00\r\n\r\n\x80\xfe{12}\r\n)\r\n",
        b"To: ann@example.org\r\n",
        b"To: ann@example.org\r\n\r\n",
        b"To: ann@example.org\r\nno field at all\r\n\r\n" + b"x" * 200_000 + b"\r\n",
    ],
    ids=["8 bit", "header only", "no body", "long line"],
)
async def test_a_broken_mail_is_kept_byte_by_byte(account: Account, raw: bytes) -> None:
    whole = raw.replace(b"\x00", b"\x01")  # RFC 3501 allows no NUL in a literal
    account.put(whole)
    door = Door(account.url())

    await door.fetch()

    assert [kept for kept, _ in door.mails] == [whole]
