"""How the ranker is trained and measured: by threads that the weights have not seen, and the same every time."""

import json

import pytest
from training.bc3 import marked_mails
from training.boosting import Example, train
from training.fit import cleaned_lead, raw_lead, share

from sevenbot.summarise.features import NAMES
from sevenbot.summarise.ranker import leaf

THREAD = {
    "id": "t1",
    "messages": [
        {
            "from": "Anna Bauer <anna@example.org>",
            "to": "list@example.org",
            "subject": "Boiler",
            "sentences": [
                {"id": "1.1", "text": "Hi all,"},
                {"id": "1.2", "text": "The boiler is repaired &amp; holds its pressure."},
                {"id": "1.3", "text": "See https://boiler.example/report for the report."},
                {"id": "1.4", "text": "> Is there any news?"},
                {"id": "1.5", "text": "Anna"},
            ],
        }
    ],
    "references": [
        {"annotator": "a", "extractive": ["1.2", "1.3"]},
        {"annotator": "b", "extractive": ["1.2", "1.2"]},
        {"annotator": "c", "extractive": ["1.4"]},
    ],
}


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "bc3").mkdir()
    unmarked = {**THREAD, "id": "t2", "references": []}
    (tmp_path / "bc3" / "bc3.jsonl").write_text(f"{json.dumps(THREAD)}\n{json.dumps(unmarked)}\n")
    return tmp_path


def test_votes_are_people_and_mails_without_any_do_not_count(corpus):
    (mail,) = marked_mails(corpus)

    assert [votes for _, votes in mail.votes] == [0, 2, 1, 1, 0]
    assert mail.most == 3


def test_a_sentence_has_the_votes_of_the_one_that_it_is_in_part(corpus):
    (mail,) = marked_mails(corpus)

    assert mail.votes_for(["The boiler is repaired & holds its pressure."]) == 2
    assert mail.votes_for(["The boiler is repaired"]) == 2
    assert mail.votes_for(["https://boiler.example/report"]) == 1
    assert mail.votes_for(["The stove was cold"]) == 0


def test_two_halves_of_a_sentence_count_once(corpus):
    (mail,) = marked_mails(corpus)

    assert mail.votes_for(["The boiler is repaired", "repaired & holds its pressure."]) == 2


def test_the_share_is_of_the_best_two_sentences(corpus):
    mails = marked_mails(corpus)

    assert share(mails, raw_lead) == 2 / 3
    assert share(mails, cleaned_lead) == 1


def examples():
    """Sentences of which only those with a digit tell something, unless they ask."""
    digits, asks = NAMES.index("digits"), NAMES.index("asks")
    rows = [[0.0] * len(NAMES) for _ in range(80)]
    for at, row in enumerate(rows):
        row[digits], row[asks], row[0] = float(at % 2), float(at % 4 == 1), at / 80
    return [Example(tuple(row), float(row[digits] and not row[asks]), 1.0) for row in rows]


def test_what_tells_is_learnt():
    slopes, trees = train(examples())

    def score(row):
        return sum(map(float.__mul__, slopes, row)) + sum(leaf(tree, row) for tree in trees)

    told = [score(example.row) for example in examples() if example.target]
    others = [score(example.row) for example in examples() if not example.target]
    assert min(told) > max(others)


def test_training_comes_out_the_same_every_time():
    assert train(examples()) == train(examples())
