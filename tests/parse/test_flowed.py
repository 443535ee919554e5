import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import flowed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a \nb", "a b"),
        ("a\nb", "a\nb"),
        ("> a \n> b", "> a b"),
        ("> a \nb", "> a \nb"),
        (" From\n >x", "From\n>x"),
        ("a \n-- \nme", "a \n-- \nme"),
        (">> a \n>> b\n> c", ">> a b\n> c"),
        ("", ""),
    ],
    ids=["flowed", "fixed", "quoted", "another depth", "space-stuffed", "signature", "two depths", "empty"],
)
def test_lines_that_end_in_a_space_go_on(text: str, wanted: str) -> None:
    assert flowed.unflow(text, delsp=False) == wanted


def test_delsp_takes_the_space_away() -> None:
    assert flowed.unflow("日本 \n語", delsp=True) == "日本語"


@given(st.text(alphabet="ab >\n-", max_size=100))
def test_no_letter_is_lost_property(text: str) -> None:
    assert flowed.unflow(text, delsp=False).count("a") == text.count("a")
