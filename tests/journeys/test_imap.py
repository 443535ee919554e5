"""A mail is put into a mailbox on a real Dovecot, and its summary reaches the chat."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.machine import BotProcess, TelegramProcess, bot, telegram, wait_until
from tests.receive.dovecot import Account, Dovecot, dovecot, is_installed
from tests.receive.mailboxes import mail

pytestmark = pytest.mark.skipif(not is_installed(), reason="needs dovecot-imapd, openssl and root")


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as started:
        yield started


@pytest.fixture
def account(server: Dovecot) -> Account:
    return server.new_account()


@pytest.fixture(scope="module")
def simulator() -> Iterator[TelegramProcess]:
    with telegram("--strict") as started:
        yield started


@pytest.fixture
def settings(account: Account) -> dict[str, Any]:
    return {"SEVENBOT_IMAP_URL": account.url(), "SSL_CERT_FILE": str(account.server.certificate)}


@pytest.fixture
def running(tmp_path: Path, settings: dict[str, Any], simulator: TelegramProcess) -> Iterator[BotProcess]:
    with bot(tmp_path, simulator.url, **settings) as process:
        wait_until(lambda: imap_said(process) == "ok", what="a look into the mailbox")
        yield process


def imap_said(process: BotProcess) -> str:
    said: str = json.loads(process.get("/readyz"))["imap"]
    return said


def test_a_mail_in_the_mailbox_reaches_the_chat_within_seconds_and_once(
    account: Account, simulator: TelegramProcess, running: BotProcess
) -> None:
    address = simulator.register()
    account.put(mail("Papers for Tuesday", to="crew@lists.example.net", Delivered_To=address))

    simulator.wait_for("Papers for Tuesday", 5)
    running.kill()
    running.start()
    account.put(mail("Papers for Friday", to=address))
    simulator.wait_for("Papers for Friday", 10)

    assert sum("Papers for Tuesday" in message["text"] for message in simulator.messages()) == 1
    assert "sevenbot_imap_up 1.0" in running.get("/metrics")
    assert [item["status"] for item in running.items()] == ["delivered", "delivered"]


def test_it_ends_at_once_while_it_idles(running: BotProcess) -> None:
    began = time.monotonic()

    assert running.stop() == 0
    assert time.monotonic() - began < 10  # an IDLE that is not ended lasts minutes


def test_a_server_that_goes_away_and_comes_back_is_told_and_nothing_is_missed(
    account: Account, simulator: TelegramProcess, running: BotProcess
) -> None:
    address = simulator.register()
    account.server.stop()
    wait_until(lambda: imap_said(running) != "ok", what="the loss to be told")
    assert "sevenbot_imap_up 0.0" in running.get("/metrics")

    account.server.start()
    account.put(mail("After the storm", to=address))

    simulator.wait_for("After the storm")
    assert running.is_ready()


def test_the_log_shows_neither_addresses_nor_subjects_nor_the_password(
    account: Account, simulator: TelegramProcess, running: BotProcess
) -> None:
    address = simulator.register()
    account.put(mail("Private matters", to="carol@example.com"), mail("Nobody's business", to=address))
    simulator.wait_for("Nobody's business")
    running.stop()

    log = running.log.read_text()
    assert '"reason": "unknown_recipient"' in log
    for private in (address, account.user, "carol", "business", "Private", "s3%20cret", "s3 cret"):
        assert private not in log


def test_doctor_makes_the_folder_that_mails_move_to(
    account: Account, settings: dict[str, Any], simulator: TelegramProcess, tmp_path: Path
) -> None:
    process = BotProcess(tmp_path, simulator.url, **settings, SEVENBOT_IMAP_DONE="move:Done/Seven Bot")

    for words in ("which is made now", "which is there"):
        told = json.loads(process.command("doctor", "--json").stdout)
        (found,) = [check for check in told["checks"] if check["check"] == "imap"]
        assert found["detail"].endswith(f"move:Done/Seven Bot, {words}")


def test_doctor_looks_into_the_mailbox_and_changes_nothing(
    account: Account, settings: dict[str, Any], simulator: TelegramProcess, tmp_path: Path
) -> None:
    account.put(mail("Unread", to="carol@example.com"))

    told = json.loads(BotProcess(tmp_path, simulator.url, **settings).command("doctor", "--json").stdout)

    (found,) = [check for check in told["checks"] if check["check"] == "imap"]
    assert found["result"] == "ok"
    assert "1 unseen mails; the server tells of new mail at once" in found["detail"]
    assert account.user not in json.dumps(told)
    assert account.flags() == {1: set()}
