"""
A ridge regression, and shallow trees boosted on what it leaves: enough for six hundred sentences.

Pure Python, deterministic for a seed. Friedman, "Stochastic Gradient Boosting" (2002), with squared loss.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass

from sevenbot.summarise.features import Row
from sevenbot.summarise.ranker import leaf
from sevenbot.summarise.weights import Tree, Weights

RIDGE = 200.0
TREES = 120
BAGS = 8
SHRINKAGE = 0.05
DEPTH = 2
ROWS_SHARE = 0.6
COLUMNS_SHARE = 0.3
SMALLEST_LEAF = 10
MOST_CUTS = 16


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: what it looks like, what people thought of it (0 to 1), and how much it counts."""

    row: Row
    target: float
    weight: float


def train(examples: Sequence[Example], seed: int = 0) -> Weights:
    """Return slopes and trees that fit *examples*."""
    rng = random.Random(seed)
    intercept, slopes = _ridge(examples)
    residuals = [e.target - intercept - sum(map(_times, slopes, e.row)) for e in examples]
    cuts = [_cuts(column) for column in zip(*(e.row for e in examples), strict=True)]
    trees: list[Tree] = []
    for _ in range(BAGS):
        left = list(residuals)
        for _ in range(TREES):
            rows = rng.sample(range(len(examples)), int(len(examples) * ROWS_SHARE))
            columns = rng.sample(range(len(cuts)), max(1, int(len(cuts) * COLUMNS_SHARE)))
            tree = _grow(examples, left, rows, columns, cuts, rng, DEPTH)
            left = [r - leaf(tree, e.row) for r, e in zip(left, examples, strict=True)]
            trees.append(tree)
    return slopes, tuple(_scaled(tree, 1 / BAGS) for tree in trees)


def _times(one: float, other: float) -> float:
    return one * other


def _ridge(examples: Sequence[Example]) -> tuple[float, tuple[float, ...]]:
    """Return intercept and slopes for the plain columns; the penalty is on columns brought to mean 0 and variance 1."""
    total = sum(e.weight for e in examples)
    columns = list(zip(*(e.row for e in examples), strict=True))
    weights = [e.weight for e in examples]
    means = [sum(map(_times, weights, column)) / total for column in columns]
    spreads = [
        (sum(w * (x - mean) ** 2 for w, x in zip(weights, column, strict=True)) / total) ** 0.5 or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    scaled = [[(x - m) / s for x in column] for column, m, s in zip(columns, means, spreads, strict=True)]
    aim = sum(e.weight * e.target for e in examples) / total
    off = [e.weight * (e.target - aim) for e in examples]
    gram = [
        [
            sum(w * a * b for w, a, b in zip(weights, one, other, strict=True)) + (RIDGE * (i == j))
            for j, other in enumerate(scaled)
        ]
        for i, one in enumerate(scaled)
    ]
    solved = _solve(gram, [sum(map(_times, column, off)) for column in scaled])
    slopes = tuple(x / s for x, s in zip(solved, spreads, strict=True))
    return aim - sum(map(_times, slopes, means)), slopes


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a positive definite system by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, row in enumerate(rows):
        for below in rows[at + 1 :]:
            factor = below[at] / row[at]
            below[at:] = [x - factor * y for x, y in zip(below[at:], row[at:], strict=True)]
    solved = [0.0] * len(rows)
    for at in reversed(range(len(rows))):
        row = rows[at]
        solved[at] = (row[-1] - sum(row[j] * solved[j] for j in range(at + 1, len(rows)))) / row[at]
    return solved


def _cuts(column: Sequence[float]) -> list[float]:
    """Return the places where the column may be divided: between its values, at most MOST_CUTS of them."""
    values = sorted(set(column))
    between = [(low + high) / 2 for low, high in itertools.pairwise(values)]
    step = max(1, len(between) / MOST_CUTS)
    return sorted({between[int(k * step)] for k in range(min(len(between), MOST_CUTS))})


def _grow(  # noqa: PLR0917 - calls itself with all of them
    examples: Sequence[Example],
    left: list[float],
    rows: list[int],
    columns: list[int],
    cuts: list[list[float]],
    rng: random.Random,
    depth: int,
) -> Tree:
    weight = sum(examples[i].weight for i in rows)
    mean = sum(examples[i].weight * left[i] for i in rows) / weight
    best = _best_cut(examples, left, rows, columns, cuts) if depth else None
    if best is None:
        return SHRINKAGE * mean
    column, cut = best
    below = [i for i in rows if examples[i].row[column] <= cut]
    above = [i for i in rows if examples[i].row[column] > cut]
    grown = [_grow(examples, left, part, columns, cuts, rng, depth - 1) for part in (below, above)]
    return column, cut, grown[0], grown[1]


def _best_cut(
    examples: Sequence[Example], left: list[float], rows: list[int], columns: list[int], cuts: list[list[float]]
) -> tuple[int, float] | None:
    """Return the column and the cut that lower the squared error most, or None when no cut leaves enough rows."""
    best, most = None, 0.0
    weighted = [(examples[i].row, examples[i].weight, examples[i].weight * left[i]) for i in rows]
    all_weight = sum(w for _, w, _ in weighted)
    all_sum = sum(s for _, _, s in weighted)
    floor = all_sum * all_sum / all_weight
    for column in columns:
        ordered = sorted((row[column], w, s) for row, w, s in weighted)
        at, w_below, s_below = 0, 0.0, 0.0
        for cut in cuts[column]:
            while at < len(ordered) and ordered[at][0] <= cut:
                w_below += ordered[at][1]
                s_below += ordered[at][2]
                at += 1
            if at < SMALLEST_LEAF or len(ordered) - at < SMALLEST_LEAF:
                continue
            s_above = all_sum - s_below
            gain = s_below * s_below / w_below + s_above * s_above / (all_weight - w_below) - floor
            if gain > most:
                best, most = (column, cut), gain
    return best


def _scaled(tree: Tree, factor: float) -> Tree:
    if not isinstance(tree, tuple):
        return tree * factor
    column, cut, below, above = tree
    return column, cut, _scaled(below, factor), _scaled(above, factor)
