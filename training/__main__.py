"""
Make src/sevenbot/summarise/weights.py from the BC3 threads and print how good they are.

    python -m training [CORPUS]       CORPUS holds bc3/bc3.jsonl; by default ../shared/corpus

Only numbers go into the weights, no words of the mails. The run takes some minutes and comes out the same every time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sevenbot.summarise.features import NAMES
from sevenbot.summarise.weights import Tree, Weights
from training.bc3 import marked_mails
from training.fit import cleaned_lead, fit, out_of_fold, ranked_by, raw_lead, share

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "sevenbot" / "summarise" / "weights.py"
DIGITS = 4

_HEAD = '''"""
The ranker's weights, made by `python -m training`: do not edit. Columns are those of `features.NAMES`, in order.

Learnt from the BC3 corpus (Ulrich, Murray, Carenini 2008, University of British Columbia, CC BY-SA 3.0).
"""

from __future__ import annotations

Tree = float | tuple[int, float, "Tree", "Tree"]
Weights = tuple[tuple[float, ...], tuple[Tree, ...]]

# fmt: off
'''


def main(corpus: Path) -> None:
    """Train on all threads, write the weights, and report on threads that were left out."""
    mails = marked_mails(corpus)
    weights = _rounded(fit(mails))
    WEIGHTS.write_text(_module(weights), encoding="utf-8")
    threads = len({mail.thread for mail in mails})
    print(f"{len(mails)} mails of {threads} threads; share of the votes for the best two sentences of a mail:")
    for name, found in {
        "raw lead": share(mails, raw_lead),
        "cleaned lead": share(mails, cleaned_lead),
        "ranker, threads left out in turn": out_of_fold(mails),
        "ranker, on what it was fitted to": share(mails, ranked_by(weights)),
    }.items():
        print(f"  {name:34} {found:.3f}")


def _rounded(weights: Weights) -> Weights:
    slopes, trees = weights
    return tuple(round(slope, DIGITS + 2) for slope in slopes), tuple(map(_rounded_tree, trees))


def _rounded_tree(tree: Tree) -> Tree:
    if not isinstance(tree, tuple):
        return round(tree, DIGITS + 1)
    column, cut, below, above = tree
    return column, round(cut, DIGITS), _rounded_tree(below), _rounded_tree(above)


def _module(weights: Weights) -> str:
    slopes, trees = weights
    lines = [f"    {slope!r},  # {name}" for name, slope in zip(NAMES, slopes, strict=True)]
    grown = [f"    {tree!r}," for tree in trees]
    return "\n".join(
        [f"{_HEAD}SLOPES: tuple[float, ...] = (", *lines, ")", "TREES: tuple[Tree, ...] = (", *grown, ")", ""]
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus")
