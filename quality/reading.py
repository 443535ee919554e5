"""Every mail of the corpus is read without failing, and what is odd is noted; cpu.py has what that costs."""

from __future__ import annotations

import traceback
from pathlib import Path

from quality.corpus import mails_of
from quality.row import Labelled, Row, share_row

from sevenbot.inspect import report

SETS: tuple[str, ...] = (
    *("cpython-test_email", "enmime", "flufl.bounce", "mail-auth", "mikel-mail", "mimekit", "nodemailer-mailparser"),
    *("sisimai", "spamassassin", "stalwart-mail-parser", "talon"),
)

# These sets call what is in them broken.
_ODD_KINDS = frozenset(["mime-malformed"])


def rows(corpus: Path) -> list[Row]:
    """Read each mail once."""
    read, noted = [], []
    for case in mails_of(corpus):
        failure, notes = _read((corpus / case.path).read_bytes())
        read.append(Labelled(case.path, "", failure))
        if case.kind in _ODD_KINDS:
            noted.append(Labelled(case.path, wanted=True, found=bool(notes)))
    return [
        share_row("mails read without failing", read, 1.0),
        share_row("malformed mails read with a note", noted, None),
    ]


def _read(raw: bytes) -> tuple[str, list[str]]:
    """Return what went wrong, if anything, and the notes."""
    try:
        return "", report(raw)["notes"]
    except Exception:  # noqa: BLE001 - the measure is that there are none
        return traceback.format_exc(limit=-1), []
