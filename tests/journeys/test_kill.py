"""The process is killed at random instants while mail flows: nothing acknowledged is lost, no repeat is unmarked."""

from __future__ import annotations

import random
import smtplib
import threading
import time
from collections import defaultdict
from pathlib import Path

import pytest

from tests.journeys.machine import BotProcess, bot, telegram, wait_until

KILLS = 8
SENDERS = 3


class Senders:
    """Mail clients that go on sending whatever happens, and remember what was acknowledged."""

    def __init__(self, process: BotProcess, addresses: list[str]) -> None:
        self._process = process
        self._addresses = addresses
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._count = 0
        self.acknowledged: set[str] = set()
        self.threads = [threading.Thread(target=self._send_on) for _ in range(SENDERS)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self.threads:
            thread.join()

    def _send_on(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                self._count += 1
                number = self._count
            subject = f"Mail {number:05d}."
            address = self._addresses[number % len(self._addresses)]
            try:
                self._process.send(address, subject)
            except (OSError, smtplib.SMTPException):
                time.sleep(0.01)
                continue  # not acknowledged: a real client would send it again
            with self._lock:
                self.acknowledged.add(subject)
            time.sleep(0.15)


@pytest.mark.slow
def test_kill_9_loses_nothing_acknowledged_and_marks_every_repeat(tmp_path: Path) -> None:
    rng = random.Random(20261102)
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url) as process:
        users = [{"id": 1000 + n, "is_bot": False, "first_name": f"User {n}"} for n in range(20)]
        addresses = [simulator.register(user) for user in users]
        senders = Senders(process, addresses)
        senders.start()
        for kills in range(10 * KILLS):
            if kills >= KILLS and len(senders.acknowledged) > 5 * KILLS:  # a busy machine takes longer
                break
            time.sleep(rng.uniform(0.2, 1.5))
            process.kill()
            process.start()
        time.sleep(0.5)
        senders.stop()

        def copies() -> dict[str, list[str]]:
            found = defaultdict(list)
            for message in simulator.messages():
                for word in senders.acknowledged:
                    if word in message["text"]:
                        found[word].append(message["text"])
            return found

        assert len(senders.acknowledged) > 5 * KILLS
        wait_until(lambda: len(copies()) == len(senders.acknowledged), 60, "every acknowledged mail in its chat")
        wait_until(lambda: all(item["status"] == "delivered" for item in process.items()), 30, "every item delivered")
        unmarked = {subject: sum(not text.startswith("↻") for text in texts) for subject, texts in copies().items()}
        assert {subject: count for subject, count in unmarked.items() if count > 1} == {}
        assert simulator.call("/_control/unknown") == []
