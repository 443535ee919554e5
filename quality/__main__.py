"""
`make quality`: how well mail is read, over labelled mail, beside cleaned lead; also in docs/quality.md.

    python -m quality                 all measures (some minutes)
    python -m quality replies         one measure, only printed
    python -m quality -v replies      with the cases that failed
    python -m quality replies -C DIR  with another corpus than ../shared/corpus

Cleaned lead, the baseline, is the first sentences of a mail without quotes, signature and greeting.
It measures and does not judge: the exit code is 0, and 2 for wrong usage or a missing corpus.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from pathlib import Path

from bench.machine import machine, today
from quality.corpus import CORPUS, cases_of
from quality.row import Row

# Modules of this folder, each with `rows(corpus)` and the sets of the corpus it reads in `SETS`.
MEASURES = (
    "reading",
    "headers",
    "pages",
    "winmail",
    "replies",
    "decorated",
    "bc3",
    "injection",
    "cpu",
    "bounces",
    "codes",
    "calendars",
    "kinds",
)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "quality.md"


def main(arguments: list[str]) -> int:
    """Measure what is named, or all and write the page."""
    wanted = _arguments(arguments)
    names = wanted.measures or MEASURES
    modules = {name: importlib.import_module(f"quality.{name}") for name in names}
    if not wanted.corpus.is_dir() and any(module.SETS for module in modules.values()):
        sys.stderr.write(f"The corpus of labelled mails is not at {wanted.corpus}; name its folder with -C.\n")
        return 2
    print(HEAD)
    rows: list[Row] = []
    for module in modules.values():
        for row in module.rows(wanted.corpus):
            print(line(row), flush=True)
            rows.append(row)
            if wanted.verbose:
                print("".join(f"  - {miss}\n" for miss in row.misses), end="")
    if not wanted.measures:
        sets = sorted({name for module in modules.values() for name in module.SETS})
        PAGE.write_text(page(rows, wanted.corpus, sets), encoding="utf-8")
    return 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m quality", description="How well mail is read, over labelled mail.")
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"one of {', '.join(MEASURES)}; all when none")
    parser.add_argument("-v", "--verbose", action="store_true", help="show the cases that failed")
    parser.add_argument("-C", "--corpus", type=Path, default=CORPUS, help="the labelled mails (default: %(default)s)")
    wanted = parser.parse_args(arguments)
    if unknown := [name for name in wanted.measures if name not in MEASURES]:
        parser.error(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    return wanted


HEAD = "| measure (cases) | SevenBot | cleaned lead | to reach | |\n| --- | --- | --- | --- | --- |"


def line(row: Row) -> str:
    """Return a row as a line of a Markdown table."""
    mark = ("reached" if row.is_reached else "missed") if row.reach else ""
    return f"| {row.measure} | {row.ours} | {row.lead} | {row.reach} | {mark} |"


def page(rows: list[Row], corpus: Path, sets: list[str]) -> str:
    """Return the page: the table, how it came about, and whose mails they are."""
    return "\n".join(
        [
            "# How well mail is read",
            "",
            f"`make quality`, {today()}, {machine()}. `python -m quality -v NAME` names the cases that failed.",
            "",
            HEAD,
            *map(line, rows),
            "",
            "Cleaned lead is the baseline: the first sentences of a mail without quotes, signature and greeting.",
            "",
            "The labelled mails are not part of the repository. They come from:",
            "",
            *[attribution(corpus, name) for name in sets],
            "",
        ]
    )


def attribution(corpus: Path, name: str) -> str:
    """Return whose mails a set holds and under which licences, from its SOURCE.txt and the index."""
    lines = (corpus / name / "SOURCE.txt").read_text(encoding="utf-8").splitlines()
    facts = dict(line.split(": ", 1) for line in lines if ": " in line)
    licences = " and ".join(sorted({case.licence for case in cases_of(corpus) if case.set == name}))
    by = re.search(r"attribution: ([^)]*)", facts["licence"])
    repository, _, _ = facts["repository"].partition(" (")
    return f"- {name}: {repository}, {facts['commit/version'][:12]}; {licences}{f'; {by[1]}' if by else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
