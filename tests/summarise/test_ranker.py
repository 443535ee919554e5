"""The features and the weights: numbers of the right shape, the same everywhere, and quick."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.features import NAMES, features
from sevenbot.summarise.ranker import leaf, scores
from sevenbot.summarise.weights import SLOPES, TREES


def row(sentences, title="", at=0):
    return dict(zip(NAMES, features(sentences, title)[at], strict=True))


def test_there_is_a_weight_for_every_feature():
    assert len(SLOPES) == len(NAMES)
    assert all(0 <= column < len(NAMES) for column in columns(TREES))


def columns(trees):
    for tree in trees:
        if isinstance(tree, tuple):
            yield tree[0]
            yield from columns(tree[2:])


def test_a_tree_is_walked_by_its_cuts():
    tree = (0, 0.5, -1.0, (1, 2.0, 3.0, 4.0))

    assert [leaf(tree, row) for row in [(0.5, 9), (0.6, 2), (0.6, 2.1)]] == [-1.0, 3.0, 4.0]


def test_the_title_counts_without_what_answers_put_before_it():
    assert row(["The boiler is repaired."], "AW: Re: boiler repaired")["of_title"] == 1


@pytest.mark.parametrize(
    ("cue", "sentence"),
    [
        ("question", "Passt Donnerstag?"),
        ("question", "木曜日は大丈夫ですか？"),
        ("asks", "Could you send the draft?"),
        ("asks", "Пожалуйста, подтвердите встречу."),
        ("asks", "请回复确认。"),
        ("stance", "Ich schlage vor, dass wir warten."),
        ("stance", "Nous pensons que non."),
        ("stance", "私はこの案に賛成です。"),
        ("news", "La reunión es el jueves."),
        ("news", "Toplantı yarın."),
        ("writer", "Je viens demain."),
        ("reader", "Czy pan to widział?"),
        ("backwards", "Dies gilt auch für uns."),
        ("thanks", "Vielen Dank für die schnelle Antwort, der Plan ist gut."),
        ("thanks", "Thank you for the draft."),
        ("thanks", "Дякую за лист."),
        ("leads_on", "Here is the list:"),
        ("digits", "It costs 40 euro."),
    ],
)
def test_a_cue_is_seen_in_the_language_of_the_mail(cue, sentence):
    assert row([sentence])[cue] == 1


def test_words_are_compared_without_blanks_between_them_too():
    assert row(["会议改到星期四。"], "会议时间")["in_title"] > 0


def test_no_sentences_have_no_scores():
    assert scores([], "Lunch") == []


@given(st.lists(st.text(min_size=1, max_size=60), max_size=8), st.text(max_size=40))
def test_any_sentences_have_finite_scores_property(sentences, title):
    found = scores(sentences, title)

    assert len(found) == len(sentences)
    assert all(map(math.isfinite, found))


def test_forty_endless_sentences_are_ranked_in_a_moment():
    sentences = [f"{at} please think about the meeting, " * 2_000 for at in range(40)]
    began = time.process_time()

    scores(sentences, "meeting " * 10_000)

    assert time.process_time() - began < 1  # 0.02 s where this was written; the rest is for slow machines
