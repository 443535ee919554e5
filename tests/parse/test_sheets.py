from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import css
from sevenbot.parse.sheets import Sheet


def declared(text: str, names: str, above: str = "") -> css.Properties:
    sheet = Sheet()
    sheet.add(text)
    return css.merged(sheet.declares(frozenset(names.split()), Counter(above.split())), css.NOTHING)


@pytest.mark.parametrize(
    ("sheet", "names", "above"),
    [
        (".a{display:none}", "p .a", ""),
        ("<!-- .b, p.a { DISPLAY : none } -->", "p .a", ""),
        ("#i{display:none}", "p #i", ""),
        ("*{display:none}", "p", ""),
        ("p.a.b{display:none}", "p .a .b .c", ""),
        (".o .a{display:none}", "p .a", "div .o"),
        (".o > p{display:none}", "p .a", ".o"),
        ("[class=a]{display:none}", "p .a", ""),
        ("@media screen{.a{display:none}}", "p .a", ""),
        ("@media only screen and (min-width:1px){.a{display:none}}", "p .a", ""),
        ("@import url(x); .a{display:none}", "p .a", ""),
        (".a{display:block}.a{display:none}", "p .a", ""),
        ("#i{display:none}.a{display:block}", "p .a #i", ""),
        (".a{display:none!important}#i{display:block}", "p .a #i", ""),
        (".a{display:none", "p .a", ""),
        ("@media print{.a{x:y}} .a{display:none}", "p .a", ""),
    ],
)
def test_rule_applies(sheet: str, names: str, above: str) -> None:
    assert declared(sheet, names, above)["display"] == "none"


@pytest.mark.parametrize(
    ("sheet", "names", "above"),
    [
        ("/* .a{display:none} */", "p .a", ""),
        ("@media print{.a{display:none}}", "p .a", ""),
        ("@media (max-width:600px){.a{display:none}}", "p .a", ""),
        ("@media (prefers-color-scheme: dark){.a{display:none}}", "p .a", ""),
        ("@font-face{.a{display:none}}", "p .a", ""),
        (".a:hover{display:none}", "p .a", ""),
        (".a::before{display:none}", "p .a", ""),
        (".o .a{display:none}", "p .a", "div"),
        ("p.a.b{display:none}", "p .a", ""),
        ("td.a{display:none}", "p .a", ""),
        (".a{display:none}.a{display:block}", "p .a", ""),
        ("}}.a{display:none}}{", "p .b", ""),
        ("{", "p", ""),
        ("", "p", ""),
    ],
)
def test_rule_does_not_apply(sheet: str, names: str, above: str) -> None:
    assert declared(sheet, names, above).get("display") != "none"


@pytest.mark.parametrize(
    "sheet",
    [
        ".a{color:#000} .a:first-child{color:#fff}",
        "@media (min-width:700px){.a{color:#fff}}",
        "@supports (display:grid){.a{color:#fff}}",
        ".b + .a{color:#fff}",
        ".o{ .a{color:#fff} }",
        "@media not screen{.a{color:#fff}}",
    ],
)
def test_what_applies_on_some_screens_or_elements_leaves_the_colour_open(sheet: str) -> None:
    assert declared(sheet, "p .a")["color"] == css.UNKNOWN


def test_sheet_knows_whether_it_matters_what_an_element_stands_in() -> None:
    alone, inside = Sheet(), Sheet()
    alone.add(".a{color:red}")
    inside.add(".a .b{color:red}")

    assert (alone.needs_open, inside.needs_open) == (False, True)


@given(st.text(alphabet="{}@media .ap:#,>[]display:none;() ", max_size=200))
def test_any_sheet_is_read_property(text: str) -> None:
    assert all(css.declared(f"{name}:{value}").ordinary for name, value in declared(text, "p .a #i", "div .o").items())
