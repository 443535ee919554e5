"""
HTML to the text a mail client shows.

Hidden things go (preheaders, display:none and its many cousins, scripts, styles, tracking pixels), blocks become
lines, lists "- ", quotes "> ", links keep their words while their targets are kept beside them.

One pass over tags with a stack, no tree: hostile HTML makes tree builders quadratic (100,000 nested <div> in 500 KB
take lexbor 57 s, 50,000 attributes 5 s). Every step here is linear in the input, and the input is capped.

Source: WHATWG HTML §13.1.2.4 for the end tags people leave out, §13.2.5 for how far a broken tag reaches.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape

from sevenbot.parse import css, marks
from sevenbot.parse.links import safe_url
from sevenbot.parse.message import Link
from sevenbot.parse.visible import Lines, clean, fold

# Gmail clips at 102 KB; ten times that is no page a person reads in a chat.
HTML_CHARS = 1_000_000
# A long Outlook thread has 20,000 tags; each costs about 10 µs.
MAX_TAGS = 50_000
# Attributes after so many characters of one tag are not read.
_ATTRIBUTE_CHARS = 8_000
# A newsletter has 30 to 100 links.
MAX_LINKS = 500
_LINK_WORDS_CHARS = 300
# A picture's words up to this length may be a button's label; longer ones describe art.
_ALT_CHARS = 80


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_RAW_TEXT = _names("script style title textarea xmp iframe noembed noframes plaintext")
_DROPPED = _names("head select object applet audio video canvas template svg math")
_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section summary table "
    "tbody tfoot thead tr ul caption"
)
_PARAGRAPHS = _names("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table")
_CELLS = frozenset(["td", "th"])
# An opening tag ends these when they are still open, up to the nearest of the second set.
_IMPLIED_END = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "tr": (frozenset(["tr", "td", "th"]), frozenset(["table"])),
    "td": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "th": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "option": (frozenset(["option"]), frozenset(["select"])),
    "p": (frozenset(["p"]), frozenset(["td", "th", "table", "div", "li", "blockquote", "button", "body"])),
}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})((?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*))>")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]{1,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


@dataclass(slots=True)
class _Open:
    """An element on the stack."""

    tag: str
    hides: bool
    tiny: bool  # nobody can read the font size here
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


class _Reader:
    """The state of one pass."""

    def __init__(self) -> None:
        self.out = Lines()
        self.stack: list[_Open] = []
        self.places: dict[str, list[int]] = defaultdict(list)  # by tag: where on the stack, so that no search is needed
        self.hidden = 0
        self.hidden_names: set[str] = set()
        self.links: list[Link] = []
        self.link_words: list[str] | None = None

    @property
    def shows(self) -> bool:
        return not self.hidden and not (self.stack and self.stack[-1].tiny)

    def text(self, raw: str) -> None:
        if not raw or not self.shows:
            return
        text = clean(unescape(raw) if "&" in raw else raw)
        if self.link_words is not None:
            self.link_words.append(text)
        self.out.write(text)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _VOID:
            self._void(tag, attributes)
            return
        if implied := _IMPLIED_END.get(tag):
            self._end_implied(*implied)
        if tag == "a" and self.places["a"]:
            self.close("a")
        element = _Open(tag, tag in _DROPPED or self._is_hidden(attributes), self._is_tiny(attributes))
        self.places[tag].append(len(self.stack))
        self.stack.append(element)
        if element.hides:
            self.hidden += 1
        elif not self.hidden:
            self._begin(element, attributes)

    def _is_tiny(self, attributes: dict[str, str]) -> bool:
        own = css.font_is_tiny(attributes["style"]) if "style" in attributes else None
        return bool(self.stack and self.stack[-1].tiny) if own is None else own

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        if "hidden" in attributes or ("style" in attributes and css.hides(attributes["style"])):
            return True
        if not self.hidden_names or not ("class" in attributes or "id" in attributes):
            return False
        names = [f".{name}" for name in attributes.get("class", "").lower().split()]
        return not self.hidden_names.isdisjoint([*names, f"#{attributes.get('id', '').lower()}"])

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
        place = self._place(tag)
        # An end tag inside a table ends nothing outside of it.
        if place >= 0 and (tag in _TABLE_PARTS or place > self._place("table")):
            self._pop_to(place)
        elif tag in ("p", "br"):  # browsers make an empty one of a lone end tag
            self._break(tag)

    def _pop_to(self, index: int) -> None:
        while len(self.stack) > index:
            element = self.stack.pop()
            self.places[element.tag].pop()
            if element.hides:
                self.hidden -= 1
            elif not self.hidden:
                self._finish(element)

    def finish(self) -> Page:
        self._pop_to(0)
        text, fresh = self.out.finished()
        return Page(text, fresh, list(dict.fromkeys(self.links)))

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
        if tag in _CELLS:
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
        if url and len(self.links) < MAX_LINKS:
            self.links.append(Link(words[:_LINK_WORDS_CHARS], url))

    def _break(self, tag: str) -> None:
        if self.hidden:
            return
        if tag in _PARAGRAPHS:
            self.out.gap()
        elif tag in _BLOCKS:
            self.out.end_line()

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        if self.hidden:
            return
        if tag == "br":
            self.out.end_line(force=True)
        elif tag == "hr":
            self.out.gap()
        elif tag == "img" and not self._is_hidden(attributes) and not _is_pixel(attributes):
            alt = fold(attributes.get("alt", ""))
            if alt and len(alt) <= _ALT_CHARS:
                if self.link_words is not None:
                    self.link_words.append(f" {alt} ")
                self.out.write(f" {alt} ")


_TABLE_PARTS = _names("table tbody thead tfoot tr td th caption body html")


def read(html: str, *, chars: int = HTML_CHARS, tags: int = MAX_TAGS) -> Page:
    """Return the text, the links and notes of a page; linear in the size, and no more than *chars* and *tags* of it."""
    reader = _Reader()
    left, at_end = _feed(reader, html[:chars], tags)
    page = reader.finish()
    page.tags = tags - left
    if len(html) > chars:
        page.notes.append(f"the HTML was cut at {chars} characters")
    if not at_end:
        page.notes.append(f"the HTML was cut at {tags} tags")
    return page


def _feed(reader: _Reader, html: str, tags: int) -> tuple[int, bool]:
    """Read a page; return how many *tags* are left over, and whether the end was reached."""
    position = 0
    while (start := html.find("<", position)) >= 0:
        if tags <= 0:
            return 0, False
        tags -= 1
        reader.text(html[position:start])
        if html.startswith("<!--", start):
            position = _after_comment(html, start)
        elif html.startswith(("<!", "<?"), start):
            position = _after(html, ">", start)
        elif tag := _TAG.match(html, start) or _LAX_TAG.match(html, start):
            position = _element(reader, tag, html)
        elif _TAG_START.match(html, start):
            return tags, True  # a tag that never ends swallows the rest, as in browsers
        else:
            reader.text("<")
            position = start + 1
    reader.text(html[position:])
    return tags, True


# A stray quote must not swallow the page: the tag then ends at the next ">".
_LAX_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})([^>]*+)>")
_TAG_START = re.compile(r"</?[a-zA-Z]")


def _element(reader: _Reader, tag: re.Match[str], html: str) -> int:
    name = tag[2].lower()
    if tag[1]:
        reader.close(name)
        return tag.end()
    if name in _RAW_TEXT:
        return _after_raw_text(reader, name, html, tag.end())
    if not (name in ("svg", "math") and tag[3].endswith("/")):
        reader.open(name, _attributes(tag[3]))
    return tag.end()


def _after_raw_text(reader: _Reader, name: str, html: str, start: int) -> int:
    end = re.compile(f"</{name}", re.IGNORECASE).search(html, start)
    if name == "style":
        reader.hidden_names |= css.hidden_names(html[start : end.start() if end else len(html)])
    return len(html) if end is None else _after(html, ">", end.end())


def _after(html: str, mark: str, start: int) -> int:
    end = html.find(mark, start)
    return len(html) if end < 0 else end + len(mark)


def _after_comment(html: str, start: int) -> int:
    if html.startswith(("<!-->", "<!--->"), start):
        return html.index(">", start) + 1
    return _after(html, "-->", start + 4)


_READ_ATTRIBUTES = _names("href style hidden width height alt start class id")


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if len(text) < 3:
        return found
    for match in _ATTRIBUTE.finditer(text[:_ATTRIBUTE_CHARS]):
        name = match[1].lower()
        if name in _READ_ATTRIBUTES and name not in found:
            value = match[2] or match[3] or match[4] or ""
            found[name] = unescape(value) if "&" in value else value
    return found


def _is_pixel(attributes: dict[str, str]) -> bool:
    sizes = [re.match(r"\s*([0-9]{1,6})", attributes.get(name, "")) for name in ("width", "height")]
    return any(size is not None and int(size[1]) <= 2 for size in sizes)
