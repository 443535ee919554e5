"""How text looks inside an element: its size and colour, and what is behind it. Whether somebody can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sevenbot.parse import colours, css
from sevenbot.parse.colours import BLACK, WHITE, Colour

# Below three pixels text is not there to be read: preheaders, and words for machines.
_TINY_PX = 3.0
# Browsers give these a colour or a ground of their own.
_OWN_COLOURS = frozenset(["a", "mark", "button", "input", "fieldset"])


@dataclass(frozen=True, slots=True)
class Look:
    """What an element's text inherits. A colour that is not known is None, and text then counts as readable."""

    font_px: float = 16.0
    colour: Colour | None = BLACK
    ground: Colour | None = WHITE
    is_invisible: bool = False
    shows: bool = True

    def within(self, tag: str, attributes: Mapping[str, str], properties: css.Properties) -> Look:
        """Return the look inside an element *tag* that stands in this one."""
        if not properties and tag not in _OWN_COLOURS and _COLOUR_ATTRIBUTES.isdisjoint(attributes):
            return self
        visibility = properties.get("visibility")
        found = replace(
            self,
            font_px=css.font_pixels(properties["font-size"], self.font_px)
            if "font-size" in properties
            else self.font_px,
            colour=self._colour(tag, attributes, properties),
            ground=self._ground(tag, attributes, properties),
            is_invisible=visibility in ("hidden", "collapse") if visibility else self.is_invisible,
        )
        shows = found.font_px >= _TINY_PX and not found.is_invisible and colours.is_readable(found.colour, found.ground)
        return replace(found, shows=shows)

    def unsure(self) -> Look:
        """Return this look with colours that nobody can tell."""
        return replace(self, colour=None, ground=None, shows=self.font_px >= _TINY_PX and not self.is_invisible)

    def _colour(self, tag: str, attributes: Mapping[str, str], properties: css.Properties) -> Colour | None:
        if properties.get("text-shadow", "none") != "none" or _is_painted_by_its_ground(properties):
            return None
        value = properties.get("-webkit-text-fill-color") or properties.get("color")
        if value is None and tag == "font":
            value = attributes.get("color")
        elif value is None and tag == "body":
            value = attributes.get("text")
        if value is None:
            return None if tag in _OWN_COLOURS else self.colour
        return self.colour if value in ("inherit", "unset", "currentcolor") else colours.read(value.lower())

    def _ground(self, tag: str, attributes: Mapping[str, str], properties: css.Properties) -> Colour | None:
        picture = properties.get("background-image", "none") != "none" or bool(attributes.get("background"))
        if picture or properties.get("position") in ("absolute", "fixed") or tag in ("button", "input", "mark"):
            return None
        value = properties.get("background-color") or attributes.get("bgcolor")
        if value is None or value in ("inherit", "unset", "initial", "none"):
            return self.ground
        return colours.over(colours.read(value.lower()), self.ground)


_COLOUR_ATTRIBUTES = frozenset(["color", "bgcolor", "background", "text"])


def _is_painted_by_its_ground(properties: css.Properties) -> bool:
    return "text" in (properties.get("background-clip"), properties.get("-webkit-background-clip"))
