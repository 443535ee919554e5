"""
Content lines and components of a calendar (RFC 5545 §3.1, §3.6), tolerant of every way they come broken.

    BEGIN:VEVENT / SUMMARY;LANGUAGE=en:Lunch / END:VEVENT   ->  Component("VEVENT") with text("SUMMARY") "Lunch"

Of each property the first counts. An END that fits nothing is passed over; what is not closed ends with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# An event with hundreds of guests has 100 KB.
CALENDAR_CHARS = 300_000
MAX_LINES = 5_000
# A calendar, an event, an alarm; a time zone and its rules.
_MAX_DEPTH = 5

_LINE = re.compile(r"([A-Za-z0-9-]{1,60})((?>(?:;[^;:\"]*(?>(?:\"[^\"]*\"[^;:\"]*)*))*)):(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class Component:
    """A component: its properties by name, each with its parameters as written, and what stands inside it."""

    name: str
    properties: dict[str, tuple[str, str]] = field(default_factory=dict)
    children: list[Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return a property as written, or ""."""
        return self.properties.get(name, ("", ""))[1].strip()

    def text(self, name: str) -> str | None:
        """Return a property of text, or None when it is absent or empty."""
        return unescaped(self.value(name)) or None

    def parameter(self, name: str, parameter: str) -> str | None:
        """Return a parameter of a property, or None."""
        given = self.properties.get(name, ("", ""))[0]
        found = re.search(rf";{parameter}=(?:\"([^\"]*)\"|([^;:]*))", given, re.IGNORECASE)
        return (found[1] or found[2] or None) if found else None

    def inside(self, name: str) -> Iterator[Component]:
        """Yield the components called *name* in this one, at any depth."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.inside(name)


def read(text: str) -> Component:
    """Return a component without name that holds all others."""
    root = Component("")
    inside = [root]
    for line in _unfolded(text[:CALENDAR_CHARS]):
        found = _LINE.match(line.rstrip("\r").strip())
        if found is None:
            continue
        name, value = found[1].upper(), found[3].strip().upper()
        if name == "BEGIN":
            component = Component(value)
            if len(inside) <= _MAX_DEPTH:
                inside[-1].children.append(component)
            inside.append(component)
        elif name == "END":
            names = [component.name for component in inside]
            if value in names[1:]:
                del inside[len(names) - names[::-1].index(value) - 1 :]
        else:
            inside[-1].properties.setdefault(name, (found[2], found[3]))
    return root


def _unfolded(text: str) -> list[str]:
    """Return the lines; one that begins with a blank goes on the line before (RFC 5545 §3.1)."""
    return re.sub(r"\r?\n[ \t]", "", text.replace("\r\r\n", "\n")).split("\n")[:MAX_LINES]


def unescaped(value: str) -> str:
    """Return a text value without backslashes, each of its lines with single spaces."""
    text = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
