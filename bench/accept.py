"""
Mails accepted a second, synced to disk: the real door, spool and state against Postfix's smtpd.

All get the same load from Postfix's `smtp-source` (10 sessions, 5 KB mails, one connection each), in turns, on the same
disk; nobody delivers, everybody writes a log. There are two Postfixes: one as it is shipped, whose queue manager takes
up each mail and, told so, defers it; and one that does nothing but accept (mails go to the hold queue, clients are not
slowed down by `in_flow_delay`), the hardest peer there is. Names are looked up by neither.

Repeats would make our number dishonest, since a mail that is known already is not recorded again. smtp-source gives
each mail a Message-Id of its own; to be sure, the items in the ledger are counted and must be as many as were sent.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench.accept_server import RECIPIENT
from bench.row import Row
from tests.receive.postfix import Postfix, is_installed, postfix

from sevenbot.state.sqlite import SqliteState

WHAT = "mails accepted and synced"
MAILS = 1000
ROUNDS = 5
WARM_UP = 200
REACH = "3x"
DISK = Path("/var/tmp")  # not /tmp, which may be memory

RELAY = "relay_domains = bench.example\nsmtpd_recipient_restrictions = permit_mynetworks, reject\n"
SHIPPED = RELAY + "defer_transports = relay, smtp\n"
ACCEPTING = RELAY + "smtpd_data_restrictions = check_client_access static:HOLD\nin_flow_delay = 0\n"


@dataclass
class Contender:
    """A server under load, and what was measured."""

    port: int
    pid: int  # of the process whose descendants do the work
    rates: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    mails: int = 0

    def take(self, mails: int) -> None:
        """Take so many mails; remember how fast, and at what price, unless it was only to warm up."""
        cpu, began_at = cpu_of_tree(self.pid), time.monotonic()
        send(self.port, mails)
        if mails == MAILS:
            self.rates.append(mails / (time.monotonic() - began_at))
            self.cpu_seconds.append((cpu_of_tree(self.pid) - cpu) / mails)
        self.mails += mails

    def shown(self) -> str:
        """Return both medians."""
        cpu_ms = statistics.median(self.cpu_seconds) * 1000
        return f"{statistics.median(self.rates):.0f}/s, {cpu_ms:.2f} ms CPU each"


def measure() -> list[Row]:
    """Let all take mail in turns; one row for each Postfix."""
    if not is_installed():
        return [Row(WHAT, "–", "Postfix", "–", REACH, "not measured: Postfix is not installed, or this is not root")]
    with (
        tempfile.TemporaryDirectory(dir=DISK) as data,
        postfix(SHIPPED, parent=DISK) as shipped,
        postfix(ACCEPTING, parent=DISK) as accepting,
    ):
        theirs = [Contender(peer.port, master_pid(peer)) for peer in (shipped, accepting)]
        with our_door(Path(data)) as ours:
            for mails in [WARM_UP] + [MAILS] * ROUNDS:
                for contender in (ours, *theirs):
                    contender.take(mails)
        check_all_were_kept(asyncio.run(items_in(Path(data))), ours.mails)
        check_all_were_kept(sum(map(shipped.queued, ("incoming", "active", "deferred"))), theirs[0].mails)
        check_all_were_kept(accepting.queued("hold"), theirs[1].mails)
    note = f"{WHAT}: {MAILS} mails of 5 KB over 10 sessions, {ROUNDS} rounds in turns, medians; Postfix {version()}"
    return [
        Row(
            WHAT,
            ours.shown(),
            f"Postfix as shipped, delivery deferred: {theirs[0].shown()}",
            ratio(ours, theirs[0]),
            REACH,
            note,
        ),
        Row(WHAT, ours.shown(), f"Postfix that only accepts: {theirs[1].shown()}", ratio(ours, theirs[1]), "–", note),
    ]


def ratio(ours: Contender, theirs: Contender) -> str:
    """Return the median of the rounds' ratios."""
    return f"{statistics.median(mine / other for mine, other in zip(ours.rates, theirs.rates, strict=True)):.2f}"


def send(port: int, mails: int) -> None:
    """Send from ten sessions at once, each mail over a connection of its own."""
    load = ["smtp-source", "-s", "10", "-l", "5120", "-m", str(mails), "-f", "sender@example.net", "-t", RECIPIENT]
    subprocess.run([*load, f"127.0.0.1:{port}"], check=True)


@contextmanager
def our_door(data: Path) -> Iterator[Contender]:
    """Run the door over *data* in a process of its own."""
    command = [sys.executable, "-m", "bench.accept_server", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Contender(int(process.stdout.readline()), process.pid)
        finally:
            process.send_signal(signal.SIGTERM)


async def items_in(data: Path) -> int:
    """Count the items on record."""
    async with SqliteState.open(data / "sevenbot.db", retention=timedelta(days=1), exclusive=False) as state:
        return sum((await state.ledger.count()).values())


def check_all_were_kept(kept: int, sent: int) -> None:
    """Refuse to print a number for mails that were not kept."""
    if kept != sent:
        sys.exit(f"{sent} mails were sent and {kept} kept: the measurement is worth nothing")


def master_pid(peer: Postfix) -> int:
    """Return the process that Postfix's daemons descend from."""
    return int((peer.folder / "spool" / "pid" / "master.pid").read_text())


def cpu_of_tree(root: int) -> float:
    """Return the CPU seconds of a process and all its descendants, those that have ended included."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # proc(5): the fields after the name in brackets; 4 parent, 14 to 17 CPU, own and of children waited for.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        children.setdefault(int(fields[1]), []).append(int(folder.name))
        ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += ticks.get(pid, 0)
        waiting += children.get(pid, [])
    return total / os.sysconf("SC_CLK_TCK")


def version() -> str:
    """Return Postfix's version."""
    return subprocess.run(
        ["postconf", "-dh", "mail_version"], check=True, capture_output=True, text=True
    ).stdout.strip()
