import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.colours import BLACK, WHITE, Colour, is_readable, over, read


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("white", WHITE),
        ("#fff", WHITE),
        ("#ffffff", WHITE),
        ("ffffff", WHITE),
        ("rgb(255,255,255)", WHITE),
        ("rgb(255 255 255 / 1)", WHITE),
        ("rgb(100%, 100%, 100%)", WHITE),
        ("hsl(0, 0%, 100%)", WHITE),
        ("rgba(0,0,0,.5)", Colour(0, 0, 0, 0.5)),
        ("#00000000", Colour(0, 0, 0, 0)),
        ("transparent", Colour(0, 0, 0, 0)),
        ("var(--x)", None),
        ("#ff", None),
        ("#12345", None),
        ("rgb(1,2)", None),
        ("?", None),
        ("", None),
    ],
)
def test_colour_is_read(value: str, colour: Colour | None) -> None:
    found = read(value)

    assert (found is None) == (colour is None)
    assert found is None or colour is None or tuple(found) == pytest.approx(tuple(colour))


@pytest.mark.parametrize(
    ("text", "ground", "readable"),
    [
        ("white", "white", False),
        ("#fefefe", "#fff", False),
        ("#eee", "#fff", False),
        ("#ddd", "#fff", True),
        ("#111", "#000", False),
        ("#444", "#000", True),
        ("white", "#000", True),
        ("white", "#06c", True),
        ("red", "green", True),
        ("teal", "teal", False),
        ("#ffffff80", "white", False),
        ("rgba(0,0,0,.05)", "white", False),
        ("transparent", "?", False),
        ("white", "?", True),
        ("?", "white", True),
    ],
)
def test_text_is_read_when_it_differs_from_its_ground(text: str, ground: str, *, readable: bool) -> None:
    assert is_readable(read(text), read(ground)) is readable


def test_thin_layer_lets_what_is_behind_shine_through() -> None:
    assert over(Colour(0, 0, 0, 0.5), WHITE) == Colour(127.5, 127.5, 127.5)
    assert over(Colour(0, 0, 0, 0), WHITE) == WHITE
    assert over(Colour(0, 0, 0, 0.5), None) is None
    assert over(BLACK, WHITE) == BLACK
    assert over(None, WHITE) is None


@given(st.text(alphabet="rgbahsl()#0123456789abcdef,%. /-deg", max_size=40))
def test_any_value_is_a_colour_or_none_property(value: str) -> None:
    found = read(value)

    assert found is None or is_readable(found, WHITE) in (True, False)
