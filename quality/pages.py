"""The text of pages beside the plain text that their makers wrote for them: how alike the words are."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from quality.corpus import cases_of
from quality.row import NO_LEAD, Row, percent

from sevenbot.parse import html

SETS: tuple[str, ...] = ("postmark-templates",)

_REACH = 0.95
_POOR = 0.9


def rows(corpus: Path) -> list[Row]:
    """Compare each page with its plain twin."""
    scores = dict(_scores(corpus))
    mean = statistics.mean(scores.values())
    misses = tuple(f"{name}: {percent(score)}" for name, score in scores.items() if score < _POOR)
    measure = f"words of pages, F1 against their plain twins ({len(scores)})"
    return [Row(measure, percent(mean), NO_LEAD, percent(_REACH), is_reached=mean >= _REACH, misses=misses)]


def _scores(corpus: Path) -> Iterator[tuple[str, float]]:
    for case in cases_of(corpus):
        for expected in case.expected:
            if expected["type"] == "plain-text":
                twin = (corpus / expected["path"]).read_text(encoding="utf-8")
                page = (corpus / case.path).read_text(encoding="utf-8")
                yield case.path, f1(words(without_targets(twin)) - hidden_words(page), words(html.read(page).text))


def hidden_words(page: str) -> Counter[str]:
    """Return the words of the preheader, which mail programs hide and twins begin with."""
    found = re.search(r"class=\"preheader\"[^>]*>([^<]*)<", page)
    return words(found[1] if found else "")


def without_targets(twin: str) -> str:
    """Return a twin without the targets of its links, which stand behind their words: "Pay ( https://... )"."""
    return re.sub(r"\( (?:https?://[^\s)]+|\{\{[^{}]+\}\}) \)", " ", twin)


def words(text: str) -> Counter[str]:
    """Return the words of a text, in lower case, and how often each occurs."""
    return Counter(re.findall(r"\w+", text.lower()))


def f1(wanted: Counter[str], found: Counter[str]) -> float:
    """Return the harmonic mean of precision and recall of words."""
    both = (wanted & found).total()
    return 2 * both / (wanted.total() + found.total()) if wanted or found else 1.0
