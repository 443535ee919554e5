"""
`make bench`: everything side by side in one run, as a table, also in docs/benchmarks.md.

    python -m bench                 all of it (some ten minutes)
    python -m bench backlog         one part, only printed
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench import accept, backlog, functions, inspecting, latency, startup, units
from bench.machine import machine, today
from bench.row import Row

PARTS = {
    "accept": accept.measure,
    "latency": latency.measure,
    "backlog": backlog.measure,
    "startup": startup.measure,
    "inspect": inspecting.measure,
    "units": units.measure,
    "functions": functions.measure,
}
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main(names: list[str]) -> int:
    """Measure the named parts, or all and write the page."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.stderr.write(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}\n")
        return 2
    rows: list[Row] = []
    for name in names or PARTS:
        sys.stderr.write(f"measuring {name} ...\n")
        rows += PARTS[name]()
    text = table(rows)
    print(text)
    if not names:
        PAGE.write_text(f"# Benchmarks\n\n`make bench`, {today()}, {machine()}.\n\n{text}")
    return 0


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | SevenBot | peer or limit | ratio | to reach |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {row.what} | {row.ours} | {row.peer} | {row.ratio} | {row.reach} |" for row in rows]
    notes = [f"- {row.note}" for row in rows if row.note]
    return "\n".join(lines) + "\n" + ("\n" + "\n".join(dict.fromkeys(notes)) + "\n" if notes else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
