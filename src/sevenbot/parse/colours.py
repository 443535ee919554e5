"""
Colours as mail writes them, and whether text of one can be read on another.

Source: CSS Color 4 (the forms, the names); HTML §2.4.6 for `bgcolor=FFFFFF`; WCAG 2.1 for relative luminance.
"""

from __future__ import annotations

import colorsys
import functools
import re
from typing import NamedTuple

from sevenbot.parse.elements import names


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how much of it covers what is behind (1: all of it)."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
_CLEAR = Colour(0, 0, 0, 0)

# Pale grey on white, #ddd, has 1.36 and is read with some trouble; #eee has 1.16 and is not.
_READABLE = 1.2

# The sixteen of HTML and those that are almost white or black; what has another name is not known.
_NAMED = {
    name: Colour(*bytes.fromhex(value))
    for name, value in (
        pair.split(":")
        for pair in names("""
        white:ffffff snow:fffafa ivory:fffff0 ghostwhite:f8f8ff floralwhite:fffaf0 whitesmoke:f5f5f5 azure:f0ffff
        mintcream:f5fffa seashell:fff5ee honeydew:f0fff0 aliceblue:f0f8ff oldlace:fdf5e6 linen:faf0e6 beige:f5f5dc
        lavenderblush:fff0f5 cornsilk:fff8dc lightyellow:ffffe0 lightcyan:e0ffff lavender:e6e6fa mistyrose:ffe4e1
        gainsboro:dcdcdc lightgray:d3d3d3 lightgrey:d3d3d3 silver:c0c0c0 darkgray:a9a9a9 darkgrey:a9a9a9 gray:808080
        grey:808080 dimgray:696969 dimgrey:696969 black:000000 navy:000080 darkblue:00008b midnightblue:191970
        blue:0000ff red:ff0000 maroon:800000 darkred:8b0000 green:008000 darkgreen:006400 lime:00ff00 yellow:ffff00
        olive:808000 orange:ffa500 purple:800080 fuchsia:ff00ff magenta:ff00ff aqua:00ffff cyan:00ffff teal:008080
        """)
    )
} | {"transparent": _CLEAR}
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_PART = re.compile(r"([+-]?\d*\.?\d+)(%|deg)?")


@functools.lru_cache(maxsize=1024)
def read(value: str) -> Colour | None:
    """Return the colour that *value* (lower case) names; None when it is not known."""
    value = value.strip()
    if value in _NAMED:
        return _NAMED[value]
    digits = value.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3,8}", digits):
        return _of_digits(digits)
    found = _FUNCTION.fullmatch(value)
    return _of_parts(found[1], _PART.findall(found[2])) if found else None


def _of_digits(digits: str) -> Colour | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8):
        return None
    red, green, blue, *alpha = bytes.fromhex(digits)
    return Colour(red, green, blue, alpha[0] / 255 if alpha else 1.0)


def _of_parts(model: str, parts: list[tuple[str, str]]) -> Colour | None:
    if len(parts) not in (3, 4):
        return None
    alpha = _share(*parts[3]) if len(parts) == 4 else 1.0
    if model == "hsl":
        hue, saturation, lightness = float(parts[0][0]) / 360, float(parts[1][0]) / 100, float(parts[2][0]) / 100
        red, green, blue = colorsys.hls_to_rgb(hue, min(lightness, 1), min(saturation, 1))
        return Colour(red * 255, green * 255, blue * 255, alpha)
    red, green, blue = (float(size) * (2.55 if unit == "%" else 1) for size, unit in parts[:3])
    return Colour(red, green, blue, alpha)


def _share(size: str, unit: str) -> float:
    return float(size) / (100 if unit == "%" else 1)


def over(front: Colour | None, behind: Colour | None) -> Colour | None:
    """Return *front* as it looks on *behind*; None: not known."""
    if front is None or front.alpha >= 1:
        return front
    if behind is None or front.alpha <= 0:
        return behind
    mixed = (a * front.alpha + b * (1 - front.alpha) for a, b in zip(front[:3], behind[:3], strict=True))
    return Colour(*mixed)


@functools.lru_cache(maxsize=1024)
def is_readable(text: Colour | None, ground: Colour | None) -> bool:
    """Say whether *text* can be told from the *ground* behind it; what is not known is taken to be readable."""
    if text is None:
        return True
    if text.alpha < 0.1:
        return False
    if ground is None:
        return True
    dark, light = sorted([_luminance(over(text, ground) or text), _luminance(ground)])
    return (light + 0.05) / (dark + 0.05) >= _READABLE or _is_another_hue(text, ground)


def _is_another_hue(text: Colour, ground: Colour) -> bool:
    # Red on a green of the same luminance is read by most.
    return max(abs(a - b) for a, b in zip(over(text, ground) or text, ground, strict=True)) > 60


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (min(max(value, 0), 255) / 255 for value in colour[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
