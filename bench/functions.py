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
FUNCTIONS = ("nothing", *package.HANDLERS)

NOTE = (
    "Functions: on ministack, which starts a Python for each new function and keeps it; so without the start of a "
    "virtual machine, and with all of this machine's processor. Cold: the median of five first calls, warm: of twenty "
    "later ones, all in turns with the function that does nothing, which lies in the same package."
)


def measure() -> list[Row]:
    """Build the package, and call each function a few times anew and then again and again."""
    architecture = next(name for name, machine in package.MACHINES.items() if machine == platform.machine())
    built = package.build_and_try(architecture)
    with telegram() as simulator, dovecot.dovecot() as imap, cloud(simulator) as deployed:
        deployed.user()
        mailbox = imap.new_account().url(scheme="imap")
        environ = {**deployed.environ, **ministack.settings(deployed.url), "SEVENBOT_IMAP_URL": mailbox}
        timed = _timed(deployed, _with_nothing(built.content), environ)
    rows = [_row("package", f"{len(built.content) / 1e6:.1f} MB", "12 MB", len(built.content) / 12e6)]
    rows += [
        _row(f"import of {handler}", f"{_ms(seconds)} CPU", "450 ms", seconds / 0.45)
        for handler, seconds in built.import_seconds.items()
    ]
    nothing = timed.pop("nothing")
    for name, ours in timed.items():
        for call, seconds, least in zip(("cold", "warm"), ours, nothing, strict=True):
            what = f"Lambda, {name}, {call}"
            rows.append(Row(what, _ms(seconds), f"nothing: {_ms(least)}", f"{seconds / least:.1f}", "-", NOTE))
    return rows


def _row(what: str, ours: str, limit: str, share: float) -> Row:
    return Row(f"Lambda, {what}", ours, f"limit {limit}", f"{share:.2f}", f"{limit} or less", "")


def _timed(deployed: Cloud, content: bytes, environ: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Return the median seconds of first and of later calls of each function."""
    cold: dict[str, list[float]] = {name: [] for name in FUNCTIONS}
    warm: dict[str, list[float]] = {name: [] for name in FUNCTIONS}
    for number in range(COLD):
        for name in FUNCTIONS:
            _create(deployed, f"{name}-{number}", name, content, environ)
            cold[name].append(_seconds(deployed, f"{name}-{number}", name))
    for _ in range(WARM):
        for name in FUNCTIONS:
            warm[name].append(_seconds(deployed, f"{name}-0", name))
    return {name: (statistics.median(cold[name]), statistics.median(warm[name])) for name in FUNCTIONS}


def _create(deployed: Cloud, function: str, name: str, content: bytes, environ: dict[str, str]) -> None:
    deployed.client("lambda").create_function(
        FunctionName=function,
        Runtime=f"python{sys.version_info.major}.{sys.version_info.minor}",
        Role=f"arn:aws:iam::{ministack.ACCOUNT}:role/any",
        Handler="nothing.handler" if name == "nothing" else f"{package.MODULE}.{name}",
        Code={"ZipFile": content},
        Timeout=120,
        MemorySize=512,
        Environment={"Variables": environ},
    )


def _seconds(deployed: Cloud, function: str, name: str) -> float:
    event = EVENTS.get(name, lambda _: {})(deployed)
    aws = deployed.client("lambda")
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


def _with_nothing(built: bytes) -> bytes:
    """Return the package with the function that does nothing beside the others."""
    content = io.BytesIO(built)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("nothing.py", NOTHING)
    return content.getvalue()


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
