"""What logs and metrics tell about people: nothing. All kinds of good and bad things happen, then both are searched."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import urllib.error
import urllib.request
from pathlib import Path

from tests.journeys.machine import TOKEN, BotProcess, TelegramProcess, bot, telegram, wait_until

SECRETS = {
    "subject": "Xylophone",
    "body": "Quetzalcoatl",
    "code": "482913",
    "attachment": "Zanzibar",
    "sender": "wolfgang.secret",
    "user name": "ann_of_green_gables",
    "first name": "Annabella",
    "chat text": "Rumpelstiltskin",
    "command on the wire": "Abracadabra",
    "bot token": TOKEN.partition(":")[2],
    "webhook guess": "Sesame",
}
USER = {
    "id": 515151,
    "is_bot": False,
    "first_name": SECRETS["first name"],
    "username": SECRETS["user name"],
    "language_code": "en",
}

MAIL = (
    f"From: {SECRETS['sender']}@example.net\r\nSubject: {SECRETS['subject']}\r\n"
    f"Content-Type: multipart/mixed; boundary={SECRETS['attachment']}\r\n\r\n"
    f"--{SECRETS['attachment']}\r\n\r\n{SECRETS['body']}: your code is {SECRETS['code']}.\r\n"
    f"--{SECRETS['attachment']}\r\nContent-Type: nonsense; charset={SECRETS['body']}\r\n"
    f"Content-Disposition: attachment; filename={SECRETS['attachment']}.txt\r\n\r\n%%%\r\n"
)


def test_neither_logs_nor_metrics_hold_what_a_mail_or_a_person_said(tmp_path: Path) -> None:
    with telegram() as simulator, bot(tmp_path, simulator.url, webhook=True) as process:
        address = simulator.register(USER)
        simulator.say(SECRETS["chat text"], USER)
        all_goes_well(simulator, process, address)
        telegram_fails(simulator, process, address)
        clients_misbehave(process, address)
        metrics = process.get("/metrics")
        process.stop()
        log = process.log.read_text()

    assert '"event": "delivered"' in log
    assert '"event": "retry_scheduled"' in log
    assert '"event": "dead_lettered"' in log
    assert '"event": "refused"' in log
    for what, secret in {**SECRETS, "address": address.partition("@")[0]}.items():
        for name, text in (("log", log), ("metrics", metrics)):
            assert secret.lower() not in text.lower(), f"the {what} is in the {name}: {context(text, secret)}"


def context(text: str, secret: str) -> str:
    at = text.lower().index(secret.lower())
    return text[max(0, at - 200) : at + 50]


def send(process: BotProcess, to: str, number: int) -> None:
    with smtplib.SMTP("127.0.0.1", process.smtp_port) as client:
        client.sendmail(f"{SECRETS['sender']}@example.net", [to], f"Message-ID: <{number}@x>\r\n{MAIL}".encode())


def all_goes_well(simulator: TelegramProcess, process: BotProcess, address: str) -> None:
    send(process, address, 1)
    simulator.wait_for(SECRETS["subject"], 10)
    send(process, address, 1)


def telegram_fails(simulator: TelegramProcess, process: BotProcess, address: str) -> None:
    def retries() -> int:
        return process.log.read_text().count("retry_scheduled")

    def fail_once(kind: str, number: int) -> None:
        before = retries()
        simulator.fail(kind, times=1)
        send(process, address, number)
        wait_until(lambda: retries() > before)

    for number, kind in enumerate(("500", "reset_before", "reset_after", "429"), start=2):
        fail_once(kind, number)
    simulator.fail("blocked", times=1)
    send(process, address, 8)
    wait_until(lambda: "dead_lettered" in process.log.read_text(), 20)


def clients_misbehave(process: BotProcess, address: str) -> None:
    with contextlib.suppress(smtplib.SMTPException):  # refused
        send(process, f"{SECRETS['chat text']}@{address.partition('@')[2]}", 9)
    with socket.create_connection(("127.0.0.1", process.smtp_port)) as line:
        word = SECRETS["command on the wire"]
        line.sendall(f"EHLO {word}\r\n{word}\r\nMAIL FROM:<{word}\r\nRCPT TO:<{address}>\r\nQUIT\r\n".encode())
        while line.recv(4096):
            pass
    for header in (SECRETS["webhook guess"], ""):
        request = urllib.request.Request(
            f"{process.web_url}/telegram/webhook",
            data=SECRETS["body"].encode(),
            headers={"X-Telegram-Bot-Api-Secret-Token": header},
        )
        with contextlib.suppress(urllib.error.HTTPError):  # 401
            urllib.request.urlopen(request, timeout=5).close()
