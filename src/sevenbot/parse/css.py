"""
Declarations of CSS: the few that decide whether text can be read, and which of them hide it.

Source: CSS Cascading 4 §6 (what is important wins, then what comes later); caniemail.com and the preheader recipes of
Mailchimp, Litmus, MJML and Postmark for how mail hides things.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from sevenbot.parse import colours
from sevenbot.parse.elements import names

# What an element declares, by property in lower case; "?" when nobody can tell.
Properties = Mapping[str, str]
UNKNOWN = "?"


class Declared(NamedTuple):
    """The declarations of one style, those that are !important apart."""

    ordinary: Properties
    important: Properties


NOTHING = Declared({}, {})

_READ = names(
    "display visibility content-visibility mso-hide opacity filter text-indent position left top right bottom "
    "margin-left margin-top overflow overflow-x overflow-y height width max-height max-width min-height min-width clip "
    "clip-path transform font-size color background-color background-image background-clip -webkit-background-clip "
    "-webkit-text-fill-color text-shadow"
)
_MAY_MATTER = re.compile(
    "|".join(sorted({name.split("-")[-1] for name in _READ} | {"font", "back", r"\\"})), re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_TARGET = re.compile(r"url\([^)]*\)|\"[^\"]*\"|'[^']*'", re.IGNORECASE)
_FONT_SIZE = re.compile(r"(?:^|\s)([+-]?\d*\.?\d+(?:[a-z]{1,4}|%)?)(?=[\s/]|$)")

# Pixels; in em and rem by the 16 px of browsers, in shares by a window of 1000.
_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "em": 16.0, "rem": 16.0, "ex": 8.0,
    "ch": 8.0, "%": 10.0, "vw": 10.0, "vh": 10.0,
}  # fmt: skip
_LENGTH = re.compile(r"([+-]?\d*\.?\d+)([a-z]{1,4}|%|)")
_FONT_NAMES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "smaller": 13.0, "larger": 19.0, "initial": 16.0, "?": 16.0,
}  # fmt: skip
# A box thinner than this shows no letter; what lies so far outside is on no screen.
_THIN_PX, _FAR_PX = 3.0, -900.0
_OUTDENT_PX = -100.0
_FAINT = 0.1
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0?(?:\.0\d*|\.)?\s*[,)]|matrix\(\s*0(?:\.0\d*)?\s*,")
_MOVED = re.compile(r"translate(?:3d|x|y)?\(([^()]*)\)")
_CLIPPED = re.compile(r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|(?:circle|ellipse)\(\s*0\D|polygon\(\s*0\D+0\D+0\D+0\D")


@functools.lru_cache(maxsize=4096)
def declared(style: str) -> Declared:
    """Return what *style*, `color:red; font-size:0 !important`, declares of what matters here."""
    if not _MAY_MATTER.search(style):
        return NOTHING
    if "/*" in style:
        style = _COMMENT.sub("", style)
    if "\\" in style:
        style = _ESCAPE.sub(_unescaped, style)
    style = _TARGET.sub(lambda found: "url()" if found[0][0] in "uU" else "", style.lower())
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        value, mark, _ = value.partition("!")
        found[bool(mark)].update(_longhand(name.strip(), " ".join(value.split())))
    return Declared(*found)


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x11_0000 else ""


def _longhand(name: str, value: str) -> dict[str, str]:
    if not value:
        return {}
    if name == "font":
        size = _FONT_SIZE.search(value)
        return {"font-size": size[1] if size else next((w for w in value.split() if w in _FONT_NAMES), "medium")}
    if name == "background":
        image = value if "url" in value or "gradient" in value else "none"
        known = (word for word in re.findall(r"[^\s(]+\([^)]*\)|\S+", value) if colours.read(word) is not None)
        plain = {"none": "transparent", "0": "transparent", "inherit": "transparent", "initial": "transparent"}
        return {"background-image": image, "background-color": next(known, plain.get(value, UNKNOWN))}
    return {name: value} if name in _READ else {}


def merged(sheet: Declared, inline: Declared) -> Properties:
    """Return what holds for an element by the rules of its *sheet* and its own style."""
    if sheet is NOTHING and not inline.important:
        return inline.ordinary
    return {**sheet.ordinary, **inline.ordinary, **sheet.important, **inline.important}


def pixels(value: str | None) -> float | None:
    """Return a length in pixels, about; None when there is none or it cannot be told."""
    found = _LENGTH.fullmatch(value) if value else None
    return float(found[1]) * _PIXELS[found[2]] if found and found[2] in _PIXELS else None


def font_pixels(value: str, parent: float) -> float:
    """Return the size that `font-size: value` gives inside a font of *parent* pixels."""
    found = _LENGTH.fullmatch(value)
    if found and found[2] in ("em", "%", "ex"):
        return float(found[1]) * parent * {"em": 1.0, "%": 0.01, "ex": 0.5}[found[2]]
    size = pixels(value)
    return size if size is not None else _FONT_NAMES.get(value, parent)


def hides(properties: Properties, tag: str) -> bool:
    """Say whether *properties* hide an element and all within it."""
    return bool(properties) and (
        properties.get("display") == "none"
        or properties.get("content-visibility") == "hidden"
        or _is_outlooks_secret(properties, tag)
        or _is_faint(properties)
        or _is_cut_to_nothing(properties)
        or _is_far_away(properties)
    )


def _is_outlooks_secret(properties: Properties, tag: str) -> bool:
    # Buttons have a twin for Outlook in a conditional comment, and hide there as what all others show.
    return properties.get("mso-hide") == "all" and tag != "a" and properties.get("display") in (None, "none")


def _is_faint(properties: Properties) -> bool:
    opacity = re.search(r"opacity\(([^()]*)\)", properties.get("filter", ""))
    return any(
        _share(value) < _FAINT for value in (properties.get("opacity"), opacity[1] if opacity else None) if value
    )


def _share(value: str) -> float:
    found = re.fullmatch(r"([+-]?\d*\.?\d+)(%?)", value.strip())
    return float(found[1]) / (100 if found[2] else 1) if found else 1.0


def _is_cut_to_nothing(properties: Properties) -> bool:
    if _CLIPPED.search(properties.get("clip-path", "")) or _SHRUNK.search(properties.get("transform", "")):
        return True
    clip = re.findall(r"\d+", properties.get("clip", ""))
    if clip and max(map(int, clip)) <= 1:
        return True
    if not any(properties.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y")):
        return False
    return any(_is_thin(properties, side) for side in ("height", "width"))


def _is_thin(properties: Properties, side: str) -> bool:
    """Say whether a box has no room: `width:1px`, unless `min-width:100%` gives it some."""
    if (pixels(properties.get(f"min-{side}")) or 0) >= _THIN_PX:
        return False
    sizes = (pixels(properties.get(name)) for name in (side, f"max-{side}"))
    return any(size is not None and size < _THIN_PX for size in sizes)


def _is_far_away(properties: Properties) -> bool:
    if (pixels(properties.get("text-indent")) or 0) <= _OUTDENT_PX:
        return True
    moves = [properties.get(name) for name in ("left", "top", "right", "bottom", "margin-left", "margin-top")]
    if found := _MOVED.search(properties.get("transform", "")):
        moves += [part.strip() for part in found[1].split(",")]
    return any((pixels(value) or 0) <= _FAR_PX for value in moves if value)
