"""What reading a mail costs: CPU and memory of `inspect`, over our own mails and the corpus beside the repository."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from pathlib import Path

from bench.row import Row
from quality.corpus import CORPUS, mails_of

ROOT = Path(__file__).resolve().parents[1]


def measure() -> list[Row]:
    """Read each mail once in a fresh process; the limits are per mail."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, peak_mb = pool.apply(_read_all, ([str(path) for path in mails()],))
    median, worst = statistics.median(seconds), max(seconds)
    what = f"`inspect`, {len(seconds)} mails"
    return [
        Row(f"{what}, median CPU", f"{median * 1000:.1f} ms", "limit 10 ms", f"{median / 0.010:.2f}", "10 ms", ""),
        Row(f"{what}, worst CPU", f"{worst:.2f} s", "limit 2 s", f"{worst / 2:.2f}", "2 s or less", ""),
        Row(f"{what}, peak memory", f"{peak_mb:.0f} MB", "limit 300 MB", f"{peak_mb / 300:.2f}", "300 MB or less", ""),
    ]


def mails() -> list[Path]:
    """Return our own mails and, when it is there, the corpus's."""
    own = sorted((ROOT / "tests" / "messages").glob("*.eml"))
    return own + [CORPUS / case.path for case in mails_of(CORPUS)] if CORPUS.is_dir() else own


def _read_all(paths: list[str]) -> tuple[list[float], float]:
    from sevenbot.inspect import report  # noqa: PLC0415 - in the fresh process, not in the parent

    seconds = []
    for path in paths:
        raw = Path(path).read_bytes()
        began = time.process_time()
        report(raw)
        seconds.append(time.process_time() - began)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
