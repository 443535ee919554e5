import pytest

from sevenbot.parse import css


@pytest.mark.parametrize(
    ("style", "is_zero"),
    [
        ("font-size:0", True),
        ("font-size: 0px", True),
        ("font-size:0.0em", True),
        ("font-size:1px", False),
        ("font-size:120%", None),
        ("font: bold 14px/20px Arial", False),
        ("font:0/0 a", True),
        ("font-weight:bold", None),
        ("color:red", None),
    ],
)
def test_font_size_of_nothing_is_seen(style: str, *, is_zero: bool | None) -> None:
    assert css.font_is_zero(style) is is_zero


def test_only_simple_rules_outside_of_media_queries_hide() -> None:
    sheet = """
        /* .comment{display:none} */ .one, p.two { display : none } #three{visibility:hidden}
        @media print { .four { display:none } } .five .six{display:none} .seven{color:red}
        .eight:hover{display:none} @import url(x);
    """

    assert css.hidden_names(sheet) == {".one", ".two", "#three"}


@pytest.mark.parametrize("sheet", ["{", "}", "}}.a{display:none", "a{b{c{", "", "@media{.a{display:none}"])
def test_broken_sheet_hides_nothing(sheet: str) -> None:
    assert css.hidden_names(sheet) == set()
