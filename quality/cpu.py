"""What reading a mail costs: from its bytes to the offline summary, CPU of one core, over the mails of the corpus."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from quality.corpus import mails_of
from quality.row import NO_LEAD, Row

from sevenbot.reading import read
from sevenbot.summarise import weights
from sevenbot.summarise.offline import summarise_offline

SETS: tuple[str, ...] = ()

_MEDIAN_MS, _P95_MS = 10.0, 50.0
_WEIGHTS_KB = 1024


def rows(corpus: Path) -> list[Row]:
    """Read and summarise each mail once; the first is read twice, since it pays for what is made at first use."""
    raws = [(corpus / case.path).read_bytes() for case in mails_of(corpus)]
    _milliseconds(raws[0])
    spent = sorted(map(_milliseconds, raws))
    median, p95 = statistics.median(spent), spent[int(len(spent) * 0.95)]
    kilobytes = Path(weights.__file__).stat().st_size / 1024
    return [
        _row(f"CPU a mail, median ({len(spent)})", median, _MEDIAN_MS, "ms"),
        _row(f"CPU a mail, 95th percentile ({len(spent)})", p95, _P95_MS, "ms"),
        _row("weights of the ranker", kilobytes, _WEIGHTS_KB, "KB"),
    ]


def _row(measure: str, found: float, reach: float, unit: str) -> Row:
    return Row(measure, f"{found:.1f} {unit}", NO_LEAD, f"{reach:.0f} {unit}", is_reached=found <= reach)


def _milliseconds(raw: bytes) -> float:
    began = time.process_time()
    reading = read(raw)
    summarise_offline(reading.message, reading.facts)
    return (time.process_time() - began) * 1000
