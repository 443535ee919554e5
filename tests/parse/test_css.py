import pytest

from sevenbot.parse import css


@pytest.mark.parametrize(
    ("style", "is_tiny"),
    [
        ("font-size:0", True),
        ("font-size: 0px", True),
        ("font-size:0.0em", True),
        ("font-size:1px", True),
        ("font-size:2.5px", True),
        ("FONT-SIZE:2PT", True),
        ("font-size:3px", False),
        ("font-size:0.1em", True),
        ("font-size:5%", True),
        ("font-size:medium", False),
        ("font-size:120%", None),
        ("font: bold 14px/20px Arial", False),
        ("font:0/0 a", True),
        ("font-weight:bold", None),
        ("color:red", None),
    ],
)
def test_font_size_that_nobody_can_read_is_seen(style: str, *, is_tiny: bool | None) -> None:
    assert css.font_is_tiny(style) is is_tiny


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
