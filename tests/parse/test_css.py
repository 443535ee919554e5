import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import css


def properties(style: str) -> css.Properties:
    return css.merged(css.NOTHING, css.declared(style))


@pytest.mark.parametrize(
    ("style", "font_px"),
    [
        ("font-size:0", 0),
        ("font-size: 0px", 0),
        ("FONT-SIZE:3PT", 4),
        ("font-size:0.1em", 2),
        ("font-size:5%", 1),
        ("font-size:medium", 16),
        ("font-size:120%", 24),
        ("font: bold 14px/20px Arial", 14),
        ("font:0/0 a", 0),
        ("font-size:anything", 20),
    ],
)
def test_font_size_is_told_in_pixels(style: str, font_px: float) -> None:
    assert css.font_pixels(properties(style)["font-size"], 20) == pytest.approx(font_px)


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "display:/**/none",
        r"dis\70 lay:none",
        "display:none !important;display:block",
        "opacity:0.01",
        "opacity:1%",
        "filter:opacity(0)",
        "content-visibility:hidden",
        "mso-hide:all",
        "text-indent:-999em",
        "position:absolute;left:-9999px",
        "margin-top:-5000px",
        "position:fixed;left:-100vw",
        "max-height:0;overflow:hidden",
        "width:1px;overflow-x:hidden",
        "clip:rect(0,0,0,0)",
        "clip-path:inset(50%)",
        "clip-path:circle(0)",
        "transform:scale(0.01)",
        "transform:translateX(-9999px)",
    ],
)
def test_style_hides(style: str) -> None:
    assert css.hides(properties(style), "p")


@pytest.mark.parametrize(
    ("style", "tag"),
    [
        ("display:none;display:block", "p"),
        ("opacity:0.5", "p"),
        ("max-height:0", "p"),
        ("overflow:hidden;max-width:600px", "p"),
        ("width:1px;min-width:100%;overflow:hidden", "p"),
        ("clip-path:inset(5%)", "p"),
        ("transform:scale(1.02)", "p"),
        ("text-indent:-1em", "p"),
        ("left:-10px", "p"),
        ("mso-hide:all", "a"),
        ("mso-hide:all;display:inline-block", "div"),
        ("background:url('data:image/png;display:none')", "p"),
        ("color:red", "p"),
        ("", "p"),
    ],
)
def test_style_does_not_hide(style: str, tag: str) -> None:
    assert not css.hides(properties(style), tag)


@pytest.mark.parametrize(
    ("style", "color", "image"),
    [
        ("background:#fff", "#fff", "none"),
        ("background:url(x.png) no-repeat #000", "#000", "url() no-repeat #000"),
        ("background:none", "transparent", "none"),
        ("background:linear-gradient(red, blue)", css.UNKNOWN, "linear-gradient(red, blue)"),
        ("background:rgb(1, 2, 3) fixed", "rgb(1, 2, 3)", "none"),
    ],
)
def test_background_is_a_colour_and_a_picture(style: str, color: str, image: str) -> None:
    assert css.declared(style).ordinary == {"background-color": color, "background-image": image}


@given(st.text(alphabet="display:none;!urgent()font/ 0px-.\\*'\"", max_size=200))
def test_any_style_is_read_property(style: str) -> None:
    assert css.hides(properties(style), "p") in (True, False)
    assert css.font_pixels(properties(style).get("font-size", ""), 16) >= 0
