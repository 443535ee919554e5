import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import subjects


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        ("Lunch", "Lunch"),
        ("Re: Lunch", "Lunch"),
        ("RE: Fwd:  Re : Lunch", "Lunch"),
        ("Re[2]: Lunch", "Lunch"),
        ("AW: WG: Mittag", "Mittag"),
        ("TR : RE : Midi", "Midi"),
        ("RV: Comida", "Comida"),
        ("R: Pranzo", "R: Pranzo"),
        ("Odp: PD: Obiad", "Obiad"),
        ("回复：午餐", "午餐"),
        ("Fwd: [Fwd: Lunch (fwd)]", "Lunch"),
        ("[birds] Re: Lunch", "[birds] Re: Lunch"),
        ("Re: [birds] Lunch", "[birds] Lunch"),
        ("Request: lunch", "Request: lunch"),
        ("Re:", ""),
        ("", ""),
    ],
)
def test_marks_of_answers_and_forwards_go(subject: str, base: str) -> None:
    assert subjects.base(subject) == base


@given(st.text(alphabet="reReFWfwd:[]() ：", max_size=60))
def test_base_of_a_base_is_itself_property(subject: str) -> None:
    assert subjects.base(subjects.base(subject)) == subjects.base(subject)
