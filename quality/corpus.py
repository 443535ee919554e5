"""
The corpus of real mails beside the repository: `../shared/corpus`, one line of `index.jsonl` a case.

    {"path": "talon/x.eml", "set": "talon", "kind": "reply-eml", "files": [],
     "expected": [{"type": "reply-text", "value": "Yes."}], "licence": "Apache-2.0"}

It is not part of the repository. Its mails are hostile in part: they are read, never opened or followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

# Kinds of cases that are no mails: events, pages, bodies alone, lists of many cases.
NO_MAIL = frozenset(
    [
        *["aws-event", "auth-spf", "calendar", "header-vectors", "html", "injection", "injection-benign"],
        *["reply-html", "reply-text", "signature", "subject-vectors", "summary-ref", "telegram-response"],
        *["telegram-spec", "telegram-update", "tnef", "transactional-html"],
    ]
)


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the index; paths count from the corpus."""

    path: str
    set: str
    kind: str
    files: list[str]
    expected: list[dict[str, Any]]
    licence: str


def cases_of(corpus: Path) -> Iterator[Case]:
    """Yield every case of the index."""
    for line in (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        fields = {name: case[name] for name in ("path", "set", "kind", "files", "licence")}
        yield Case(**fields, expected=case["expected"] or [])


def mails_of(corpus: Path) -> list[Case]:
    """Return the cases that are whole mails."""
    return [case for case in cases_of(corpus) if case.kind not in NO_MAIL]
