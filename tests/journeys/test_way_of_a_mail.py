"""A mail's whole way over real processes: in by SMTP, out at Telegram."""

from __future__ import annotations

import json
import smtplib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.machine import DOMAIN, USER, BotProcess, TelegramProcess, bot, free_port, telegram, wait_until


@pytest.fixture(scope="module")
def simulator() -> Iterator[TelegramProcess]:
    with telegram("--strict") as process:
        yield process


@pytest.fixture(scope="module")
def running(simulator: TelegramProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotProcess]:
    with bot(tmp_path_factory.mktemp("run"), simulator.url) as process:
        yield process


@pytest.fixture
def address(simulator: TelegramProcess, running: BotProcess) -> Iterator[str]:
    simulator.recover()
    yield simulator.register()
    simulator.recover()


def test_register_send_read(simulator: TelegramProcess, running: BotProcess, address: str) -> None:
    running.send(address, "Papers for Tuesday", "Please bring the papers on Tuesday. The room is 4.")

    message = simulator.wait_for("Papers for Tuesday")

    assert message["chat_id"] == USER["id"]
    assert "Please bring the papers on Tuesday." in message["text"]
    assert "bob@example.net" in message["text"]


def test_the_subaddress_reaches_the_same_chat_and_is_shown(
    simulator: TelegramProcess, running: BotProcess, address: str
) -> None:
    running.send(address.replace("@", "+shop@"), "Order for the shop")

    assert "shop" in simulator.wait_for("Order for the shop")["text"].replace("Order for the shop", "")


def test_the_original_comes_back_byte_for_byte(simulator: TelegramProcess, running: BotProcess, address: str) -> None:
    raw = (
        b"Received: from x by y; Mon, 2 Nov 2026 10:00:00 +0000\r\nFrom: bob@example.net\r\nSubject: Bytes \xff\xfe\r\n"
        b"\r\n.leading dot\r\n..two\r\n\r\ntrailing space \r\n"
    )
    with smtplib.SMTP("127.0.0.1", running.smtp_port) as client:
        client.sendmail("bob@example.net", [address], raw, mail_options=["BODY=8BITMIME"])
    message = simulator.wait_for("Bytes")

    data = next(b["callback_data"] for row in message["reply_markup"]["inline_keyboard"] for b in row
                if b.get("callback_data", "").startswith("r:"))  # fmt: skip
    simulator.press(message, data)
    document = wait_until(lambda: next((m["document"] for m in simulator.messages() if m.get("document")), None))

    with urllib.request.urlopen(f"{simulator.url}/_control/files/{document['file_id']}") as answer:
        assert answer.read() == raw


def test_the_same_mail_twice_is_told_once(simulator: TelegramProcess, running: BotProcess, address: str) -> None:
    raw = b"From: bob@example.net\r\nMessage-ID: <twice@example.net>\r\nSubject: Twice\r\n\r\nOnce only.\r\n"
    for relay in (b"one", b"two"):
        with smtplib.SMTP("127.0.0.1", running.smtp_port) as client:
            client.sendmail("bob@example.net", [address], b"Received: from " + relay + b" by relay\r\n" + raw)
    simulator.wait_for("Once only.")
    running.send(address, "After the twins")
    simulator.wait_for("After the twins")

    assert sum("Once only." in m["text"] for m in simulator.messages()) == 1


def test_unknown_and_paused_addresses_are_refused_at_the_door(
    simulator: TelegramProcess, running: BotProcess, address: str
) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as unknown:
        running.send(f"nobody-here-12345678@{DOMAIN}", "Hello")
    before = len(simulator.messages())
    simulator.say("/deactivate")
    wait_until(lambda: len(simulator.messages()) > before)

    with pytest.raises(smtplib.SMTPRecipientsRefused) as paused:
        running.send(address, "Hello")

    assert [next(iter(e.value.recipients.values()))[0] for e in (unknown, paused)] == [550, 550]
    assert next(iter(paused.value.recipients.values()))[1].startswith(b"5.2.1")
    assert simulator.register() == address
    running.send(address, "Back again")
    simulator.wait_for("Back again")


def test_a_429_is_waited_for_as_told(simulator: TelegramProcess, running: BotProcess, address: str) -> None:
    simulator.fail("429", times=1, retry_after=2)

    began = time.time()
    running.send(address, "Patience")
    message = simulator.wait_for("Patience")

    assert message["at"] - began >= 2
    assert not message["text"].startswith("↻")


@pytest.mark.parametrize("kind", ["500", "reset_before"])
def test_a_telegram_that_fails_gets_the_mail_later(
    kind: str, simulator: TelegramProcess, running: BotProcess, address: str
) -> None:
    simulator.fail(kind, times=2)

    running.send(address, f"After failure {kind}")

    simulator.wait_for(f"After failure {kind}", 20)


def test_an_answer_lost_after_sending_is_repeated_with_a_mark(
    simulator: TelegramProcess, running: BotProcess, address: str
) -> None:
    simulator.fail("reset_after", times=1)

    running.send(address, "Lost answer")
    wait_until(lambda: sum("Lost answer" in m["text"] for m in simulator.messages()) == 2, 20)

    first, second = (m["text"] for m in simulator.messages() if "Lost answer" in m["text"])
    assert not first.startswith("↻")
    assert second.startswith("↻ ")


def test_a_block_refuses_mail_and_start_brings_it_back(
    simulator: TelegramProcess, running: BotProcess, address: str
) -> None:
    simulator.fail("blocked", chat_id=USER["id"], times=1)
    running.send(address, "Into the void")
    wait_until(lambda: any(i["status"] == "dead" for i in running.items()))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        running.send(address, "Refused")

    before = len(simulator.messages())
    simulator.say("/start")
    offer = wait_until(
        lambda: next((m for m in simulator.messages(before) if "d:" in json.dumps(m.get("reply_markup"))), None)
    )
    data = next(b["callback_data"] for row in offer["reply_markup"]["inline_keyboard"] for b in row
                if b.get("callback_data", "").startswith("d:"))  # fmt: skip
    simulator.press(offer, data)

    simulator.wait_for("Into the void")


def test_dead_letters_can_be_listed_shown_and_sent_again(
    simulator: TelegramProcess, running: BotProcess, address: str
) -> None:
    simulator.fail("blocked", chat_id=USER["id"], times=1)
    running.send(address, "Dead letter")
    dead = wait_until(lambda: [i for i in running.items() if i["status"] == "dead"])
    simulator.say("/start")
    wait_until(lambda: running.command("users", "show", str(USER["id"]), "--json").stdout.find('"active"') > 0)

    shown = json.loads(running.command("mail", "show", dead[0]["message_id"], "--json").stdout)
    retried = running.command("mail", "retry", dead[0]["message_id"])

    assert shown["message_id"] == dead[0]["message_id"]
    assert retried.returncode == 0, retried.stderr
    simulator.wait_for("Dead letter")


def test_metrics_and_readiness_tell_the_state(running: BotProcess, simulator: TelegramProcess, address: str) -> None:
    ready = json.loads(running.get("/readyz"))
    metrics = running.get("/metrics")

    assert ready == {"state": "ok", "spool": "ok", "telegram": "ok", "model": "off", "imap": "off"}
    for name in ("accepted", "delivered", "refused"):
        assert f"sevenbot_mails_{name}_total" in metrics
    assert running.get("/healthz") == "ok"


def test_updates_come_by_webhook_when_there_is_a_public_url(tmp_path: Path) -> None:
    with telegram("--strict") as other, bot(tmp_path, other.url, webhook=True) as process:
        wait_until(lambda: "setWebhook 200" in other.call("/_control/calls")["counts"])
        address = other.register()
        process.send(address, "By webhook")

        assert other.wait_for("By webhook")
        request = urllib.request.Request(f"{process.web_url}/telegram/webhook", data=b"{}", method="POST")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(request)


def test_sigterm_ends_cleanly_and_nothing_is_lost(tmp_path: Path) -> None:
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url) as process:
        address = simulator.register()
        simulator.fail("429", retry_after=1)
        process.send(address, "Before the end")

        assert process.stop() == 0
        simulator.recover()
        process.start()
        message = simulator.wait_for("Before the end")

        assert not message["text"].startswith("↻")


def test_mail_is_taken_while_telegram_is_away(tmp_path: Path) -> None:
    with telegram("--strict") as simulator:
        with bot(tmp_path, simulator.url) as process:
            address = simulator.register()
            process.stop()
        nowhere = f"http://127.0.0.1:{free_port()}"
        with bot(tmp_path, nowhere) as process:
            process.send(address, "Kept for later")
            assert json.loads(process.get("/readyz"))["telegram"] != "ok"
            process.stop()
        with bot(tmp_path, simulator.url):
            simulator.wait_for("Kept for later")


def test_a_wrong_token_is_told_and_ends_with_2(tmp_path: Path) -> None:
    with telegram() as simulator:
        process = BotProcess(tmp_path, simulator.url, TELEGRAM_BOT_TOKEN="1:wrong-token-for-this-bot")
        ended = process.command("run")

        assert ended.returncode == 2
        assert "TELEGRAM_BOT_TOKEN" in ended.stderr
        assert "wrong-token" not in ended.stderr
