"""
Bounces: which recipients a mail did not reach, and whether for good, beside flufl.bounce's and sisimai's own tests.

flufl.bounce names the recipients and whether the failure is temporary; sisimai gives a status for each recipient, and
so how many there are. Codes such as 5.0.947 are sisimai's own and left out, and so are reports of success. The rules
were made with the first half alone in view, by a digest of the name; then the second was looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from quality.corpus import Case, cases_of
from quality.row import Labelled, Row, share_row

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Bounce

SETS: tuple[str, ...] = ("flufl.bounce", "sisimai")

_HALVES = ("first half", "second half")
_OWN_CODE = re.compile(r"\d\.0\.9\d\d")


def rows(corpus: Path) -> list[Row]:
    """Read each bounce once."""
    cases = [(half(case), case, parse((corpus / case.path).read_bytes())) for case in cases_of(corpus) if wanted(case)]
    found = []
    for name in _HALVES:
        part = [(case, message.bounce) for own, case, message in cases if own == name]
        recipients = [label for case, bounce in part for label in _recipients(case, bounce)]
        permanent = [label for case, bounce in part for label in _permanent(case, bounce)]
        found.append(share_row(f"bounce recipients, {name}", recipients, 0.97))
        found.append(share_row(f"bounces permanent or temporary, {name}", permanent, 0.95))
    kinds = [Labelled(case.path, case.kind, message.kind.value) for _, case, message in cases if case.set == "sisimai"]
    return [*found, share_row("bounces and automatic answers told from other mail", kinds, None)]


def wanted(case: Case) -> bool:
    """Say whether a case is measured here."""
    return case.set in SETS and case.kind in ("bounce", "auto-reply")


def half(case: Case) -> str:
    """Return the half a case belongs to."""
    return _HALVES[hashlib.sha256(case.path.encode()).digest()[0] % 2]


def _recipients(case: Case, bounce: Bounce | None) -> Iterator[Labelled]:
    ours = {address.lower() for address in bounce.recipients} if bounce else set()
    for expected in case.expected:
        if case.set == "flufl.bounce":
            named = {address.lower() for verdict in expected["value"] for address in verdict["addresses"]}
            yield Labelled(case.path, named, ours)
        elif case.kind == "bounce" and not all(code.startswith("2") for code, *_ in expected["value"]):
            yield Labelled(case.path, len(expected["value"]), len(ours))


def _permanent(case: Case, bounce: Bounce | None) -> Iterator[Labelled]:
    ours = bounce.permanent if bounce else None
    for expected in case.expected:
        if case.set == "flufl.bounce":
            marks = {not verdict["temporary"] for verdict in expected["value"] if verdict["addresses"]}
        else:
            codes = {code for code, *_ in expected["value"] if code and not _OWN_CODE.fullmatch(code)}
            marks = {code.startswith("5") for code in codes if not code.startswith("2")}
        if len(marks) == 1:
            yield Labelled(case.path, marks.pop(), ours)
