"""The IMAP door in front of a real Dovecot."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sevenbot.envelope import Receipt
from sevenbot.errors import MailboxRefused, MailboxUnavailable
from sevenbot.receive.imap_session import Session
from tests.journeys.machine import free_port, own_environment
from tests.receive.cutting import cutting
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


async def test_mails_move_to_a_folder_that_is_made_when_it_is_missing(account: Account) -> None:
    account.put(mail("One"), mail("Private", to="carol@example.com"))
    door = Door(account.url(), SEVENBOT_IMAP_DONE='move:Öld "Mail" & more/Seven Bot')

    await door.fetch()

    assert account.flags() == {2: set()}
    assert account.flags('"&ANY-ld \\"Mail\\" &- more/Seven Bot"') == {1: set()}


async def test_deleting_takes_nothing_with_it_that_others_marked(account: Account) -> None:
    account.put(mail("Private", to="carol@example.com"), mail("One"))
    account.store(1, r"\Deleted")
    door = Door(account.url(), SEVENBOT_IMAP_DONE="delete")

    await door.fetch()

    assert door.subjects == ["One"]
    assert account.flags() == {1: {r"\Deleted"}}


async def test_a_folder_may_have_any_name(account: Account) -> None:
    account.create('"Catch all/&BB8EPgRHBEIEMA-"')
    account.put(mail("One"), folder='"Catch all/&BB8EPgRHBEIEMA-"')
    door = Door(account.url("Catch%20all/%D0%9F%D0%BE%D1%87%D1%82%D0%B0"))

    await door.fetch()

    assert door.subjects == ["One"]


@pytest.mark.parametrize(("backlog", "taken_again"), [("unseen", ["Unread"]), ("all", ["Read", "Unread"])])
async def test_when_uids_begin_anew_it_starts_as_at_first_connect_and_nothing_comes_twice(
    account: Account, backlog: str, taken_again: list[str]
) -> None:
    account.put(mail("Taken"))
    door = Door(account.url(), SEVENBOT_IMAP_BACKLOG=backlog)
    await door.fetch()
    account.put(mail("Read"), flags=SEEN)
    account.put(mail("Unread"))

    account.begin_anew()
    await door.fetch()
    account.put(mail("Later"), flags=SEEN)
    await door.fetch()

    assert door.subjects == ["Taken", *taken_again, "Later"]


async def test_with_backlog_none_what_was_there_when_uids_begin_anew_is_left(account: Account) -> None:
    door = Door(account.url(), SEVENBOT_IMAP_BACKLOG="none")
    await door.fetch()
    account.put(mail("Unread"))

    account.begin_anew()
    await door.fetch()

    assert door.subjects == []


async def test_two_processes_on_one_mailbox_make_one_message_of_each_mail(account: Account) -> None:
    account.put(*(mail(f"Mail {number}") for number in range(60)))
    one, another = Door(account.url()), Door(account.url())
    another.positions, another.known, another.mails = one.positions, one.known, one.mails

    await asyncio.gather(one.fetch(), another.fetch())
    account.put(mail("Later"))
    await asyncio.gather(one.fetch(), another.fetch())

    assert sorted(one.subjects) == sorted([*(f"Mail {number}" for number in range(60)), "Later"])


async def test_a_mail_expunged_between_search_and_fetch_is_passed_over(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.put(mail("One"), mail("Two"), mail("Three"))
    ask = Session.headers

    def headers_late(self: Session, uids: list[int]) -> object:
        account.expunge(2)
        return ask(self, uids)

    monkeypatch.setattr(Session, "headers", headers_late)
    door = Door(account.url())

    await door.fetch()

    assert door.subjects == ["One", "Three"]
    assert account.flags() == {1: {SEEN}, 3: {SEEN}}


async def test_a_connection_cut_in_the_middle_of_a_mail_is_no_loss(account: Account) -> None:
    large = mail("Large") + b"x" * 999 + b"\r\n" + b"y" * 3_000_000
    account.put(mail("Small"), large)
    with cutting(account.server.imap_port, after_bytes=1_000_000) as port:
        door = Door(account.url(scheme="imap").replace(f":{account.server.imap_port}/", f":{port}/"))
        with pytest.raises(MailboxUnavailable):
            await door.fetch()
        flags = account.flags()

    door.settings["SEVENBOT_IMAP_URL"] = account.url()
    key = door.mailbox.key
    await door.fetch()

    assert flags == {1: set(), 2: set()}
    assert [raw for raw, _ in door.mails] == [mail("Small"), large]
    assert key in door.positions.records  # the port is no part of it: the same mailbox


async def test_a_large_mail_comes_whole(account: Account) -> None:
    large = mail("Large") + (b"z" * 998 + b"\r\n") * 20_000
    account.put(large)
    door = Door(account.url())

    await door.fetch()

    assert [raw for raw, _ in door.mails] == [large]


async def test_a_mail_the_server_cannot_read_stays_pending_and_the_others_are_kept(account: Account) -> None:
    account.put(mail("One"), mail("Damaged"), mail("Three"))
    folder = account.server.folder / "mail" / account.user
    (damaged,) = (path for path in (folder / "new").iterdir() if b"Damaged" in path.read_bytes())
    damaged.chmod(0)
    door = Door(account.url())

    for _ in range(3):
        with contextlib.suppress(MailboxUnavailable):
            await door.fetch()
    account.put(mail("Four"))
    with pytest.raises(MailboxUnavailable):
        await door.fetch()
    pending = door.positions.records[door.mailbox.key].pending
    for path in (folder / "cur").iterdir():
        path.chmod(0o600)
    await door.fetch()

    assert pending == (2,)
    assert door.subjects == ["One", "Three", "Four", "Damaged"]


async def test_a_thousand_mails_take_a_few_seconds_at_most(account: Account) -> None:
    account.put_files(*(mail(f"Mail {number}") + b"x" * 5000 for number in range(1000)))
    door = Door(account.url())

    began = time.monotonic()
    fetched = await door.fetch()

    assert fetched.counts == {"accepted": 1000}
    assert time.monotonic() - began < 10  # 0.4 s on two cores


async def test_when_time_is_up_the_rest_is_left_for_the_next_look(account: Account) -> None:
    account.put_files(*(mail(f"Mail {number}") for number in range(120)))
    door = Door(account.url())
    door.before_keeping = lambda raw: setattr(door, "now", door.now + timedelta(minutes=1))

    fetched = await door.fetch()
    kept = len(door.mails)
    door.before_keeping = lambda raw: None
    await door.fetch()

    assert (kept, fetched.is_complete) == (50, False)
    assert len(door.mails) == 120


async def test_a_server_that_hangs_is_left_at_the_deadline(account: Account) -> None:
    account.put(mail("One"))

    async def hang(raw: bytes, envelope: object) -> list[Receipt]:
        await asyncio.sleep(60)
        return []

    door = Door(account.url())
    door.patience = timedelta(seconds=0.5)

    fetched = await door.fetch(accept=hang)

    assert (dict(fetched.counts), fetched.is_complete) == ({}, False)
    assert account.flags() == {1: set()}


async def test_a_wrong_password_is_refused_with_advice(account: Account) -> None:
    with pytest.raises(MailboxRefused, match="refuses user or password") as caught:
        await Door(account.url(password="wrong")).fetch()

    assert "app password" in caught.value.advice


async def test_a_missing_folder_is_refused_with_the_names_of_those_there(account: Account) -> None:
    account.create("Lists")

    with pytest.raises(MailboxRefused, match="folder of SEVENBOT_IMAP_URL is not there") as caught:
        await Door(account.url("List")).fetch()

    assert "Lists" in caught.value.advice


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(MailboxRefused, match="not trusted: self-signed certificate") as caught:
        await Door(account.url()).fetch()

    assert "SSL_CERT_FILE" in caught.value.advice


async def test_a_certificate_for_another_name_is_refused(account: Account) -> None:
    with pytest.raises(MailboxRefused, match=r"not trusted: .*localhost"):
        await Door(account.url().replace("127.0.0.1", "localhost")).fetch()


async def test_tls_on_a_port_without_it_is_refused_with_advice(account: Account) -> None:
    url = account.url().replace(f":{account.server.imaps_port}/", f":{account.server.imap_port}/")

    with pytest.raises(MailboxRefused, match=r"TLS with .* failed") as caught:
        await Door(url).fetch()

    assert "imap:// for port 143" in caught.value.advice


async def test_starttls_is_used_where_it_is_offered(account: Account) -> None:
    account.put(mail("One"))

    door = Door(account.url(scheme="imap"))
    await door.fetch()

    logins = [line for line in account.server.log().splitlines() if f"Login: user=<{account.user}>" in line]
    assert door.subjects == ["One"]
    assert ", TLS," in logins[-1]


async def test_nobody_listening_is_told(account: Account) -> None:
    url = account.url().replace(f":{account.server.imaps_port}/", f":{free_port()}/")

    with pytest.raises(MailboxUnavailable, match="Connection refused"):
        await Door(url).fetch()


@pytest.mark.parametrize(
    ("instant", "done"), [("accepted", "seen"), ("marked", "seen"), ("marked", "move:Old"), ("positioned", "delete")]
)
def test_killed_at_any_instant_it_neither_skips_nor_repeats(
    account: Account, tmp_path: Path, instant: str, done: str
) -> None:
    account.put(mail("Private", to="carol@example.com"), mail("One"), mail("Two"))
    account.put(mail("Read"), flags=SEEN)

    died = fetch_and_die(account.url(), done, tmp_path, instant)
    account.put(mail("Three"), flags=SEEN)
    told = json.loads(fetch_and_die(account.url(), done, tmp_path, "never").stdout)

    assert died.returncode == -signal.SIGKILL
    assert sorted(told["subjects"]) == ["One", "Three", "Two"]
    assert [uid for uid, flags in account.flags().items() if not flags] == [1]


def fetch_and_die(url: str, done: str, folder: Path, instant: str) -> subprocess.CompletedProcess[str]:
    script = Path(__file__).with_name("fetch_and_die.py")
    environ = {**own_environment(), "SEVENBOT_IMAP_URL": url, "SEVENBOT_IMAP_DONE": done}
    return subprocess.run(
        [sys.executable, str(script), str(folder), instant],
        env={**environ, "PYTHONPATH": str(script.parents[2])},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
