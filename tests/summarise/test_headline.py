"""A headline: one line, at most sixteen words, cut where a part of the sentence ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.headline import LONGEST_CHARS, MOST_WORDS, headline
from sevenbot.summarise.sentences import size


def test_a_short_sentence_loses_only_its_full_stop():
    assert headline("The contract is signed.") == "The contract is signed"


def test_a_question_keeps_its_mark():
    assert headline("Are you free on Thursday?") == "Are you free on Thursday?"


def test_a_long_sentence_is_cut_where_a_part_of_it_ends():
    sentence = (
        "The boiler was repaired this morning, and until Thursday it has to stay on low because of the second valve."
    )

    assert headline(sentence) == "The boiler was repaired this morning…"


def test_a_long_sentence_without_parts_is_cut_at_a_word():
    assert headline("word " * 30) == "word " * 14 + "word…"


def test_two_signs_of_chinese_count_as_a_word():
    assert headline("会议改到星期四下午三点，" * 5) == "会议改到星期四下午三点，会议改到星期四下午三点…"


@pytest.mark.parametrize("sentence", ["", "...", "."])
def test_what_says_nothing_stays_as_short(sentence):
    assert len(headline(sentence)) <= len(sentence)


@given(st.text(max_size=500))
def test_a_headline_is_short_property(sentence):
    made = headline(sentence)

    assert size(made) <= MOST_WORDS
    assert len(made) <= LONGEST_CHARS
