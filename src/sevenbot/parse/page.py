"""
The page being read: which elements are open, what text in them looks like, and the lines that come of it.

Source: WHATWG HTML §13.2.6 for what an end tag ends.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html import unescape

from sevenbot.parse import css, elements, marks
from sevenbot.parse.links import safe_url
from sevenbot.parse.look import Look
from sevenbot.parse.message import Link
from sevenbot.parse.sheets import Sheet
from sevenbot.parse.visible import Lines, clean, fold

# A newsletter has 30 to 100 links.
MAX_LINKS = 500
_LINK_WORDS_CHARS = 300
# A picture's words up to this length may be a button's label; longer ones describe art.
_ALT_CHARS = 80
# Hidden text is kept up to here, to be told of: preheaders have 100 characters and 200 blanks.
_UNSEEN_CHARS = 4_000
# Classes of one element; builders give it five.
_MAX_CLASSES = 20


@dataclass(slots=True)
class _Open:
    """An element on the stack."""

    tag: str
    hides: bool
    look: Look
    names: frozenset[str] = frozenset()  # by which style sheets know it
    is_aside: bool = False  # what is in it is not new
    href: str | None = None
    list_count: int | None = None  # of an <ol>: the number of its last item


@dataclass(slots=True)
class Page:
    """What a page shows."""

    text: str = ""
    fresh: str = ""  # the text without what its mail program marked as answered, or as a signature
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: int = 0  # how many were read
    unseen: str = ""  # the beginning of what it has and does not show


class Reader:
    """The state of one pass."""

    def __init__(self, sheet: Sheet) -> None:
        self.out = Lines()
        self.sheet = sheet
        self.stack: list[_Open] = []
        self.places: dict[str, list[int]] = defaultdict(list)  # by tag: where on the stack, so that no search is needed
        self.open_names: Counter[str] = Counter()
        self.hidden = 0
        self.look = Look()  # of what stands in no element
        for tag in ("html", "body"):  # which need not be written
            self.look = self.look.within(tag, {}, self._properties({}, frozenset([tag])))
        self.unseen: list[str] = []
        self.room_unseen = _UNSEEN_CHARS
        self.links: list[Link] = []
        self.link_words: list[str] | None = None
        self.link_has_unseen = False  # and whether there are words in it that nobody sees

    def text(self, raw: str) -> None:
        """Take text that stands here, with its entities."""
        if not raw:
            return
        if self.hidden or not self._look().shows:
            self.link_has_unseen = self.link_has_unseen or not raw.isspace()
            self.hide(raw)
            return
        text = clean(unescape(raw) if "&" in raw else raw)
        if self.link_words is not None:
            self.link_words.append(text)
        self.out.write(text)

    def hide(self, raw: str) -> None:
        """Note text that nobody sees."""
        if self.room_unseen > 0:
            self.unseen.append(raw[: self.room_unseen])
            self.room_unseen -= len(raw)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element, ending those that it ends."""
        if tag in elements.VOID:
            self._void(tag, attributes)
            return
        if implied := elements.IMPLIED_END.get(tag):
            self._end_implied(*implied)
        if tag == "a" and self.places["a"]:
            self.close("a")
        names = self._names(tag, attributes)
        properties = self._properties(attributes, names)
        hides = tag in elements.DROPPED or _is_hidden(tag, attributes, properties)
        element = _Open(tag, hides, self._look().within(tag, attributes, properties), names)
        if tag == "body":  # what comes after its end still stands in it
            self.look = element.look
        self.places[tag].append(len(self.stack))
        self.stack.append(element)
        if self.sheet.needs_open:
            self.open_names.update(names)
        if hides:
            self.hidden += 1
        elif not self.hidden:
            self._begin(element, attributes)

    def _look(self) -> Look:
        return self.stack[-1].look if self.stack else self.look

    def _names(self, tag: str, attributes: dict[str, str]) -> frozenset[str]:
        if not self.sheet.rules:
            return frozenset()
        names = [tag, *(f".{name}" for name in attributes.get("class", "").lower().split()[:_MAX_CLASSES])]
        return frozenset([*names, f"#{attributes['id'].lower()}"] if "id" in attributes else names)

    def _properties(self, attributes: dict[str, str], names: frozenset[str]) -> css.Properties:
        inline = css.declared(attributes["style"]) if "style" in attributes else css.NOTHING
        ruled = self.sheet.declares(names, self.open_names) if self.sheet.rules else css.NOTHING
        return css.merged(ruled, inline)

    def _begin(self, element: _Open, attributes: dict[str, str]) -> None:
        tag = element.tag
        self._break(tag)
        if mark := marks.of(attributes):
            self.out.end_line()
            element.is_aside = mark == "aside"
            self.out.asides += 1  # a break never ends
        if tag == "blockquote":
            self.out.quotes += 1
        elif tag == "pre":
            self.out.preformatted += 1
        elif tag == "ol":
            start = attributes.get("start", "")
            element.list_count = int(start) - 1 if re.fullmatch(r"[0-9]{1,5}", start) else 0
        elif tag == "li":
            self.out.marker = self._bullet()
        elif tag == "a" and (href := attributes.get("href", "").strip()):
            element.href = href
            self.link_words = []
            self.link_has_unseen = False
        elif tag == "tr":
            self.out.begin_row()
        elif tag == "q":
            self.out.write("“")

    def _bullet(self) -> str:
        ordered, plain = self._place("ol"), max(self._place("ul"), self._place("menu"))
        if ordered <= plain:
            return "- "
        element = self.stack[ordered]
        element.list_count = (element.list_count or 0) + 1
        return f"{element.list_count}. "

    def _place(self, tag: str) -> int:
        """Return where the innermost open *tag* stands on the stack, -1 when there is none."""
        places = self.places.get(tag)
        return places[-1] if places else -1

    def _end_implied(self, tags: frozenset[str], stops: frozenset[str]) -> None:
        # Only the outermost matching element inside the innermost stop ends: <tr> ends its open <td> and <tr>.
        stop = max(map(self._place, stops))
        inner = [place for tag in tags for place in self.places.get(tag, ())[-1:] if place > stop]
        if inner:
            self._pop_to(min(inner))

    def close(self, tag: str) -> None:
        """End the innermost element *tag*, and those that were begun in it."""
        place = self._place(tag)
        # An end tag inside a table ends nothing outside of it.
        if place >= 0 and (tag in elements.TABLE_PARTS or place > self._place("table")):
            if tag not in elements.INLINE or place > max(map(self._place, elements.STOPS)):
                self._pop_to(place)
            elif tag in elements.FORMATTING:
                self._close_across(place)
        elif tag in ("p", "br"):  # browsers make an empty one of a lone end tag
            self._break(tag)

    def _close_across(self, place: int) -> None:
        # Browsers keep the block open across </b>: its ground is gone here, so nobody can tell what text looks like.
        self._pop_to(place)
        if self.stack:
            self.stack[-1].look = self.stack[-1].look.unsure()
        else:
            self.look = self.look.unsure()

    def _pop_to(self, index: int) -> None:
        while len(self.stack) > index:
            element = self.stack.pop()
            self.places[element.tag].pop()
            if self.sheet.needs_open:
                self.open_names.subtract(element.names)
            if element.hides:
                self.hidden -= 1
            elif not self.hidden:
                self._finish(element)

    def finish(self) -> Page:
        """End all elements and return the page."""
        self._pop_to(0)
        text, fresh = self.out.finished()
        unseen = "\n".join(filter(None, (fold(unescape(raw)) for raw in self.unseen)))
        return Page(text, fresh, list(dict.fromkeys(self.links)), unseen=unseen)

    def _finish(self, element: _Open) -> None:
        tag = element.tag
        if element.href is not None:
            self._link(element.href)
        if tag == "q":
            self.out.write("”")
        self._break(tag)
        if element.is_aside:
            self.out.end_line()
            self.out.asides -= 1
        if tag in elements.CELLS:
            self.out.end_cell()
        elif tag == "tr":
            self.out.end_row()
        elif tag == "li":
            self.out.marker = ""
        elif tag == "blockquote":
            self.out.quotes -= 1
        elif tag == "pre":
            self.out.preformatted -= 1

    def _link(self, href: str) -> None:
        words = " ".join("".join(self.link_words or ()).split())
        self.link_words = None
        url = safe_url(href)
        if not words and self.link_has_unseen:
            return  # nobody can see where to tap
        if url and len(self.links) < MAX_LINKS:
            self.links.append(Link(words[:_LINK_WORDS_CHARS], url))

    def _break(self, tag: str) -> None:
        if self.hidden:
            return
        if tag in elements.PARAGRAPHS:
            self.out.gap()
        elif tag in elements.BLOCKS:
            self.out.end_line()

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        if self.hidden:
            return
        if tag == "br":
            self.out.end_line(force=True)
        elif tag == "hr":
            self.out.gap()
        elif tag == "img" and self._is_seen(attributes):
            alt = fold(attributes.get("alt", ""))
            if alt and len(alt) <= _ALT_CHARS:
                if self.link_words is not None:
                    self.link_words.append(f" {alt} ")
                self.out.write(f" {alt} ")

    def _is_seen(self, attributes: dict[str, str]) -> bool:
        properties = self._properties(attributes, self._names("img", attributes))
        return not (self._look().is_invisible or _is_hidden("img", attributes, properties) or _is_pixel(attributes))


def _is_hidden(tag: str, attributes: dict[str, str], properties: css.Properties) -> bool:
    return css.hides(properties, tag) or ("hidden" in attributes and properties.get("display", "none") == "none")


def _is_pixel(attributes: dict[str, str]) -> bool:
    sizes = [re.match(r"\s*([0-9]{1,6})", attributes.get(name, "")) for name in ("width", "height")]
    return any(size is not None and int(size[1]) <= 2 for size in sizes)
