"""The summary as the ledger keeps it."""

from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.summary import Summary


def test_the_kept_form_is_json_with_four_keys_when_nothing_else_is_told():
    assert Summary("Lunch.", "offline", "en").to_json() == (
        '{"text":"Lunch.","source":"offline","language":"en","degraded":false}'
    )


@given(st.builds(Summary, st.text(st.characters(codec="utf-8")), st.sampled_from(["offline", "model"])))
def test_a_summary_comes_back_as_it_was_kept_property(summary):
    assert Summary.from_json(summary.to_json()) == summary
