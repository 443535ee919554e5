"""How soon `sevenbot run` takes mail, and how much memory it needs when idle."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bench.row import Row
from tests.journeys.machine import BotProcess, telegram

RUNS = 7
IDLE_SECONDS = 3.0


def measure() -> list[Row]:
    """Start it a few times; the first start, which compiles nothing but fills caches, is left out."""
    ready, idle = [], []
    with telegram() as simulator:
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                process = BotProcess(Path(folder), simulator.url)
                began = time.monotonic()
                process.start()
                ready.append(time.monotonic() - began)
                time.sleep(IDLE_SECONDS)
                idle.append(_resident_mb(process))
                process.stop()
    seconds, megabytes = statistics.median(ready[1:]), statistics.median(idle)
    return [
        Row("`sevenbot run` ready", f"{seconds:.2f} s", "limit 1.5 s", f"{seconds / 1.5:.2f}", "1.5 s or less", ""),
        Row("`sevenbot run` idle", f"{megabytes:.0f} MB", "limit 80 MB", f"{megabytes / 80:.2f}", "80 MB or less", ""),
    ]


def _resident_mb(process: BotProcess) -> float:
    assert process.process is not None
    for line in Path(f"/proc/{process.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("no VmRSS")
