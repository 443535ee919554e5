import re

import pytest

from sevenbot.summarise.phrases import any_of, joined

PHRASES = r"""
    \bword|^begin(?:ning|s)|\b(?:a|b) group|
    other|[|(]set|\||\(bracket|^\W{0,4}end
"""
ALONE = [r"\bword", r"^begin(?:ning|s)", r"\b(?:a|b) group", "other", "[|(]set", r"\|", r"\(bracket", r"^\W{0,4}end"]
TEXTS = [
    *["Word", "sword", "a word", "begins", "it begins", "Beginning", "b group", "ab group", "another", "|set", "set"],
    *["|", "a(bracket", "bracket", "> end", "the end", ""],
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_found_is_what_one_of_the_alternatives_finds(text: str) -> None:
    alone = any(re.search(alternative, text, re.IGNORECASE) for alternative in ALONE)

    assert bool(any_of(PHRASES).search(text)) == alone == bool(re.search(joined(PHRASES), text, re.IGNORECASE))


@pytest.mark.parametrize("phrases", ["a|b", r"\ba|\bb", "^a|^b", r"\ba|^b"])
def test_a_kind_of_beginning_that_none_has_adds_nothing(phrases: str) -> None:
    assert [bool(any_of(phrases).search(text)) for text in ("a", "b", "")] == [True, True, False]
