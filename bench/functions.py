"""How long the functions take on an emulator of Lambda, at first calls and later ones, beside one that does nothing."""

from __future__ import annotations

import io
import itertools
import json
import platform
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

from bench.row import Row
from tests.aws import ministack
from tests.aws.cloud import Cloud, cloud
from tests.journeys.machine import DOMAIN, telegram
from tests.receive import dovecot

from sevenbot.aws import package

COLD, WARM = 5, 20
NOTHING = "def handler(event, context):\n    return {}\n"
FUNCTIONS = ("nothing", "telegram_webhook", "email_processor", "email_fetcher")

NOTE = (
    "Functions: on ministack, which starts a Python for each new function and keeps it; so without the start of a "
    "virtual machine, and with all of this machine's processor. Cold: the median of first calls."
)


def measure() -> list[Row]:
    """Build the package, and call each function a few times anew and then again and again."""
    architecture = next(name for name, machine in package.MACHINES.items() if machine == platform.machine())
    built = package.build_and_try(architecture)
    with telegram() as simulator, dovecot.dovecot() as imap, cloud(simulator) as deployed:
        deployed.user()
        mailbox = imap.new_account().url(scheme="imap")
        environ = {**deployed.environ, **ministack.settings(deployed.url), "SEVENBOT_IMAP_URL": mailbox}
        timed = {name: _timed(deployed, name, built.content, environ) for name in FUNCTIONS}
    rows = [
        Row(
            "Lambda, package",
            f"{len(built.content) / 1e6:.1f} MB",
            "limit 12 MB",
            f"{len(built.content) / 12e6:.2f}",
            "12 MB or less",
            "",
        )
    ]
    for handler, seconds in built.import_seconds.items():
        row = (f"Lambda, import of {handler}", f"{seconds * 1000:.0f} ms CPU", "limit 450 ms", f"{seconds / 0.45:.2f}")
        rows.append(Row(*row, "450 ms or less", ""))
    nothing_cold, nothing_warm = timed.pop("nothing")
    for name, (cold, warm) in timed.items():
        rows += [
            Row(
                f"Lambda, {name}, cold",
                _ms(cold),
                f"nothing: {_ms(nothing_cold)}",
                f"{cold / nothing_cold:.0f}",
                "-",
                NOTE,
            ),
            Row(
                f"Lambda, {name}, warm",
                _ms(warm),
                f"nothing: {_ms(nothing_warm)}",
                f"{warm / nothing_warm:.0f}",
                "-",
                NOTE,
            ),
        ]
    return rows


def _timed(deployed: Cloud, name: str, content: bytes, environ: dict[str, str]) -> tuple[float, float]:
    """Return the median seconds of first and of later calls."""
    code, handler = (_nothing(), "nothing.handler") if name == "nothing" else (content, f"{package.MODULE}.{name}")
    cold, warm = [], []
    for number in range(COLD):
        function = f"{name}-{number}".replace("_", "-")
        aws = deployed.client("lambda")
        aws.create_function(
            FunctionName=function,
            Runtime=f"python{sys.version_info.major}.{sys.version_info.minor}",
            Role=f"arn:aws:iam::{ministack.ACCOUNT}:role/any",
            Handler=handler,
            Code={"ZipFile": code},
            Timeout=120,
            MemorySize=512,
            Environment={"Variables": environ},
        )
        call = EVENTS.get(name, lambda _: {})
        cold.append(_seconds(aws, function, call(deployed)))
        if number == 0:
            warm = [_seconds(aws, function, call(deployed)) for _ in range(WARM)]
    return statistics.median(cold), statistics.median(warm)


def _seconds(aws: Any, function: str, event: dict[str, Any]) -> float:
    began = time.monotonic()
    answer = aws.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    took = time.monotonic() - began
    if "FunctionError" in answer:
        raise RuntimeError(f"{function}: {answer['Payload'].read()[:2000]!r}")
    return took


def _a_request(deployed: Cloud) -> dict[str, Any]:
    return deployed.request("/healthz")


_CHATS = itertools.count(1)


def _a_mail(deployed: Cloud) -> dict[str, Any]:
    number = next(_CHATS)  # each to another chat: none waits for the pace of one
    address = f"maple-otter-{number}@{DOMAIN}"
    deployed.user(deployed.chat + number, address)
    deployed.send(deployed.notice(deployed.put(), address))
    return deployed.receive_later()


EVENTS: dict[str, Callable[[Cloud], dict[str, Any]]] = {"telegram_webhook": _a_request, "email_processor": _a_mail}


def _nothing() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("nothing.py", NOTHING)
    return content.getvalue()


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
