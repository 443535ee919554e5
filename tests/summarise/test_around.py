"""What stands around a fact, so that a reader knows what it is of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.around import LONGEST_CHARS, around, coming, passages, words_before
from sevenbot.summarise.summary import DateFact
from tests.summarise.mails import a_message

RECEIPT = """\
Thank you for buying from the mill, where we have ground flour for more than two hundred years, in sun and in rain.
Flour, 2 kg        9,80 EUR
Total incl. postage: 14,30 EUR
The next market is on Saturday, 14 March. Come early.
"""


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("14,30 EUR", "Total incl. postage: 14,30 EUR"),
        ("9,80 EUR", "Flour, 2 kg 9,80 EUR"),
        ("Saturday, 14 March", "The next market is on Saturday, 14 March."),
        ("two hundred years", "two hundred years"),
        ("99 EUR", "99 EUR"),
    ],
    ids=["total", "row", "sentence", "in-a-long-sentence", "nowhere"],
)
def test_a_fact_is_shown_with_its_row_or_its_short_sentence(fact, told):
    assert around(fact, passages(a_message(RECEIPT, text_source="html"))) == told


@given(st.text(alphabet="ab .!\n12", max_size=300))
def test_every_passage_is_short_and_of_the_mail_property(text):
    folded = " ".join(text.split())

    assert all(len(told) <= LONGEST_CHARS and told in folded for told in passages(a_message(text)))


def test_what_was_past_when_the_mail_was_sent_is_not_to_come():
    dates = (DateFact("1 March", "2026-03-01"), DateFact("2 March", "2026-03-02"), DateFact("03/04", None))

    assert [date.text for date in coming(dates, a_message("We meet on 2 March."))] == ["2 March", "03/04"]


def test_the_date_above_a_letter_is_not_to_come():
    assert coming((DateFact("2 March 2026", "2026-03-02"),), a_message("2 March 2026\n\nWe meet soon.")) == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Track your parcel here: {url}", "Track your parcel here"),
        ("- Agenda: <{url}>", "Agenda"),
        ("The plans are ready. See them at {url} today.", "See them at"),
        ("You will find the plans here:\n{url}", "You will find the plans here"),
        ("The plans are ready.\n{url}", ""),
        ("One is https://one.example/a and another {url}", ""),
        ("Of all the many plans that we have made in this long year the last is {url}", ""),
    ],
    ids=["same-line", "bullet", "sentence", "line-above", "alone", "another-link", "long"],
)
def test_a_bare_link_is_named_by_the_words_that_lead_to_it(line, words):
    url = "https://plans.example/5"

    assert words_before(url, a_message(line.format(url=url))) == words
