"""Real processes for journeys: a simulated Telegram, `sevenbot run`, and a mail client."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

#: Settings of whoever runs the tests, and the switch that makes every start compile everything anew.
UNWANTED = ("SEVENBOT_", "OPENAI_", "TELEGRAM_", "PYTHONDONTWRITEBYTECODE")

TOKEN = "7000000007:simulated-bot-token-x"
DOMAIN = "mail.example.org"
USER = {"id": 4242, "is_bot": False, "first_name": "Ann", "username": "ann", "language_code": "en"}


def own_environment() -> dict[str, str]:
    """Return the environment without what would leak into a process under test."""
    return {name: value for name, value in os.environ.items() if not name.startswith(UNWANTED)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(claim: Callable[[], Any], seconds: float = 20.0, what: str = "") -> Any:
    """Return the first true value of *claim*; fail loudly when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := claim():
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what or claim}")


class TelegramProcess:
    """The simulator as a process of its own, so that it outlives the bot."""

    def __init__(self, *flags: str) -> None:
        command = [sys.executable, "-m", "sevenbot.demo.simulator", "--token", TOKEN, "--domain", DOMAIN, *flags]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def call(self, path: str, body: Any = None, method: str | None = None) -> Any:
        request = urllib.request.Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call(f"/_control/messages?after={after}")
        return found

    def say(self, text: str, user: dict[str, Any] = USER) -> None:
        self.call("/_control/updates", {"text": text, "user": user})

    def press(self, message: dict[str, Any], data: str, user: dict[str, Any] = USER) -> None:
        self.call(
            "/_control/updates",
            {"press": {"message_id": message["message_id"], "data": data}, "user": user, "chat_id": message["chat_id"]},
        )

    def fail(self, kind: str, **how: Any) -> None:
        self.call("/_control/faults", {"kind": kind, "method": "sendMessage", **how})

    def recover(self) -> None:
        self.call("/_control/faults", method="DELETE")

    def wait_for(self, text: str, seconds: float = 20.0) -> dict[str, Any]:
        """Return the first message that contains *text*."""
        found: dict[str, Any] = wait_until(
            lambda: next((m for m in self.messages() if text in m["text"]), None), seconds, f"a message with {text!r}"
        )
        return found

    def register(self, user: dict[str, Any] = USER) -> str:
        """Have *user* register and return the address."""
        before = len(self.messages())
        self.say("/register", user)

        def address() -> str | None:
            for message in self.messages(before):
                if message["chat_id"] == user["id"] and (
                    match := re.search(rf"[a-z0-9-]+@{re.escape(DOMAIN)}", message["text"])
                ):
                    return match[0]
            return None

        found: str = wait_until(address, what="an address")
        return found

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


class BotProcess:
    """`sevenbot run` on a folder of its own; it can be killed and started again."""

    def __init__(self, folder: Path, telegram_url: str, *, webhook: bool = False, **settings: str) -> None:
        self.folder = folder
        self.smtp_port = free_port()
        self.http_port = free_port()
        self.web_url = f"http://127.0.0.1:{self.http_port}"
        self.log = folder / "log.jsonl"
        self.environ = {
            **own_environment(),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SEVENBOT_DOMAIN": DOMAIN,
            "SEVENBOT_DATA_DIR": str(folder / "data"),
            "SEVENBOT_SMTP_LISTEN": f"127.0.0.1:{self.smtp_port}",
            "SEVENBOT_HTTP_LISTEN": f"127.0.0.1:{self.http_port}",
            "SEVENBOT_TELEGRAM_API_URL": telegram_url,
            **({"SEVENBOT_PUBLIC_URL": self.web_url} if webhook else {}),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sevenbot", "run"], env=self.environ, cwd=self.folder, stderr=log, stdout=log
            )
        wait_until(self.is_ready, 20, "readiness")

    def is_ready(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"sevenbot run ended with {self.process.returncode}: {self.log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{self.web_url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.web_url}{path}", timeout=5) as answer:
            text: str = answer.read().decode()
            return text

    def kill(self) -> None:
        """End it as a power cut would end the process."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """Ask it to end and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another `sevenbot` command on the same data."""
        return subprocess.run(
            [sys.executable, "-m", "sevenbot", *arguments],
            env=self.environ,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.command("mail", "list", "--json", "--limit", "100000").stdout)
        return found

    def send(self, to: str, subject: str, body: str = "Please bring the papers on Tuesday.") -> str:
        """Send one mail by SMTP and return its Message-ID; raises when it is not acknowledged."""
        mail = EmailMessage()
        mail["From"] = "Bob <bob@example.net>"
        mail["To"] = to
        mail["Subject"] = subject
        mail["Message-ID"] = message_id = make_msgid(domain="example.net")
        mail.set_content(body)
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=20) as client:
            client.sendmail("bob@example.net", [to], bytes(mail).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        return message_id


@contextlib.contextmanager
def telegram(*flags: str) -> Iterator[TelegramProcess]:
    process = TelegramProcess(*flags)
    try:
        yield process
    finally:
        process.close()


@contextlib.contextmanager
def bot(folder: Path, telegram_url: str, *, webhook: bool = False, **settings: str) -> Iterator[BotProcess]:
    process = BotProcess(folder, telegram_url, webhook=webhook, **settings)
    try:
        process.start()
        yield process
    finally:
        if process.process is not None and process.process.poll() is None:
            process.kill()
