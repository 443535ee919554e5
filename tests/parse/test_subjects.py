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


@pytest.mark.parametrize(
    ("subject", "is_forward"),
    [
        ("Fwd: Lunch", True),
        ("FW: Re: Lunch", True),
        ("WG: Mittag", True),
        ("TR : Midi", True),
        ("转发：午餐", True),
        ("[Fwd: Lunch]", True),
        ("Lunch (fwd)", True),
        ("Re: Fwd: Lunch", False),
        ("AW: WG: Mittag", False),
        ("Forward march", False),
        ("Lunch", False),
        ("", False),
    ],
)
def test_a_forward_is_known_by_its_first_mark(subject: str, is_forward: bool) -> None:  # noqa: FBT001
    assert subjects.is_forward(subject) is is_forward
