"""Every mail of the corpus is read without failing, what is odd is noted, and quickly."""

from __future__ import annotations

import statistics
import time
import traceback
from pathlib import Path

from quality.corpus import mails_of
from quality.row import NO_LEAD, Labelled, Row, share_row

from sevenbot.inspect import report

SETS: tuple[str, ...] = (
    *("cpython-test_email", "enmime", "flufl.bounce", "mail-auth", "mikel-mail", "mimekit", "nodemailer-mailparser"),
    *("sisimai", "spamassassin", "stalwart-mail-parser", "talon"),
)

MEDIAN_SECONDS, TAIL_SECONDS = 0.010, 0.050
# These sets call what is in them broken.
_ODD_KINDS = frozenset(["mime-malformed"])


def rows(corpus: Path) -> list[Row]:
    """Read each mail once."""
    read, noted, seconds = [], [], []
    for case in mails_of(corpus):
        raw = (corpus / case.path).read_bytes()
        began = time.process_time()
        failure, notes = _read(raw)
        seconds.append(time.process_time() - began)
        read.append(Labelled(case.path, "", failure))
        if case.kind in _ODD_KINDS:
            noted.append(Labelled(case.path, wanted=True, found=bool(notes)))
    median, tail = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    return [
        share_row("mails read without failing", read, 1.0),
        share_row("malformed mails read with a note", noted, None),
        _time_row("CPU a mail, median", median, MEDIAN_SECONDS),
        _time_row("CPU a mail, 95th percentile", tail, TAIL_SECONDS),
    ]


def _read(raw: bytes) -> tuple[str, list[str]]:
    """Return what went wrong, if anything, and the notes."""
    try:
        return "", report(raw)["notes"]
    except Exception:  # noqa: BLE001 - the measure is that there are none
        return traceback.format_exc(limit=-1), []


def _time_row(measure: str, seconds: float, limit: float) -> Row:
    return Row(measure, f"{seconds * 1000:.1f} ms", NO_LEAD, f"{limit * 1000:g} ms", is_reached=seconds <= limit)
