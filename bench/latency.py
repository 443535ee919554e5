"""From SMTP's "250" to the call at Telegram, with the offline summary, at 20 mails a second."""

from __future__ import annotations

import smtplib
import statistics
import tempfile
import time
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from bench.row import Row
from tests.journeys.machine import BotProcess, TelegramProcess, bot, telegram

MAILS = 600
PER_SECOND = 20
CHATS = 60
BODY = "Dear Ann,\n\nplease send the signed contract by 12 November 2026. The fee is 1.250,00 EUR.\n\nRegards\nBob\n"


def measure() -> list[Row]:
    """Send at an even pace and compare each mail's 250 with the simulator's time of its message."""
    with tempfile.TemporaryDirectory() as folder, telegram() as simulator, bot(Path(folder), simulator.url) as process:
        addresses = _register(simulator)
        acknowledged = _send(process, addresses)
        delays = _delays(simulator, acknowledged)
    median = statistics.median(delays)
    p99 = statistics.quantiles(delays, n=100)[98]
    what = f"250 to Telegram call, {MAILS} mails at {PER_SECOND}/s"
    return [
        Row(f"{what}, p50", f"{median * 1000:.0f} ms", "limit 30 ms", f"{median / 0.030:.2f}", "30 ms or less", ""),
        Row(f"{what}, p99", f"{p99 * 1000:.0f} ms", "limit 250 ms", f"{p99 / 0.250:.2f}", "250 ms or less", ""),
    ]


def _register(simulator: TelegramProcess) -> list[str]:
    return [simulator.register({"id": 5000 + n, "is_bot": False, "first_name": f"User {n}"}) for n in range(CHATS)]


def _send(process: BotProcess, addresses: list[str]) -> dict[str, float]:
    acknowledged = {}
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", process.smtp_port) as client:
        for number in range(MAILS):
            wait = began + number / PER_SECOND - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            mail = EmailMessage()
            mail["From"] = "bob@example.net"
            mail["To"] = to = addresses[number % len(addresses)]
            mail["Subject"] = subject = f"Mail {number:05d}."
            mail["Message-ID"] = make_msgid(domain="example.net")
            mail.set_content(BODY)
            client.send_message(mail, "bob@example.net", [to])
            acknowledged[subject] = time.time()
    return acknowledged


def _delays(simulator: TelegramProcess, acknowledged: dict[str, float]) -> list[float]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        arrived = {
            line: message["at"]
            for message in simulator.messages()
            for line in message["text"].splitlines()
            if line in acknowledged
        }
        if len(arrived) == len(acknowledged):
            # The call can even come before the client has read its 250.
            return [max(0.0, arrived[subject] - at) for subject, at in acknowledged.items()]
        time.sleep(0.2)
    raise RuntimeError(f"only {len(arrived)} of {len(acknowledged)} mails arrived")
