"""
How much each sentence of a mail tells, as people judge it: learnt from threads in which three readers marked sentences.

A linear score and small decision trees on top of it, evaluated in plain Python: there is nothing heavy to import.
`training/` makes `weights.py`; docs/reading.md says from what, and how good it is.
"""

from __future__ import annotations

from sevenbot.summarise.features import Row, features
from sevenbot.summarise.weights import SLOPES, TREES, Tree, Weights

SHIPPED: Weights = (SLOPES, TREES)


def scores(sentences: list[str], title: str, weights: Weights = SHIPPED) -> list[float]:
    """Return a number for each of *sentences*, all of one mail and in order; the higher, the more it tells."""
    slopes, trees = weights
    return [
        sum(slope * x for slope, x in zip(slopes, row, strict=True)) + sum(leaf(tree, row) for tree in trees)
        for row in features(sentences, title)
    ]


def leaf(tree: Tree, row: Row) -> float:
    """Return what *tree* adds for *row*: a node is (column, cut, where to go up to the cut, where above it)."""
    while isinstance(tree, tuple):
        column, cut, below, above = tree
        tree = below if row[column] <= cut else above
    return tree
