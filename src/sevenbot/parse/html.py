"""
HTML to the text a mail client shows.

Hidden things go (preheaders, display:none and its many cousins, letters in the colour of their ground, scripts, styles,
tracking pixels), blocks become lines, lists "- ", quotes "> ", links keep their words while their targets are kept
beside them.

One pass over tags with a stack, no tree: hostile HTML makes tree builders quadratic (100,000 nested <div> in 500 KB
take lexbor 57 s, 50,000 attributes 5 s). Every step here is linear in the input, and the input is capped.

Source: WHATWG HTML §13.2.5 for how far a broken tag reaches.
"""

from __future__ import annotations

import re
from html import unescape

from sevenbot.parse import elements
from sevenbot.parse.page import Page, Reader
from sevenbot.parse.sheets import Sheet

# Gmail clips at 102 KB; ten times that is no page a person reads in a chat.
HTML_CHARS = 1_000_000
# A long Outlook thread has 20,000 tags; each costs about 10 µs.
MAX_TAGS = 50_000
# Of a comment so much is looked at.
_COMMENT_CHARS = 1_000
# Attributes after so many characters of one tag are not read.
_ATTRIBUTE_CHARS = 8_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})((?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*))>")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]{1,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def read(html: str, *, chars: int = HTML_CHARS, tags: int = MAX_TAGS) -> Page:
    """Return the text, the links and notes of a page; linear in the size, and no more than *chars* and *tags* of it."""
    html, is_cut = html[:chars], len(html) > chars
    reader = Reader(_sheet(html))
    left, at_end = _feed(reader, html, tags)
    page = reader.finish()
    page.tags = tags - left
    if is_cut:
        page.notes.append(f"the HTML was cut at {chars} characters")
    if not at_end:
        page.notes.append(f"the HTML was cut at {tags} tags")
    return page


def _sheet(html: str) -> Sheet:
    """Return the rules of all <style> blocks: they hold for what stands before them too."""
    sheet = Sheet()
    position = 0
    while found := _COMMENT_OR_STYLE.search(html, position):
        if found[0] == "<!--":
            position = _after_comment(html, found.start())
            continue
        end = _STYLE_END.search(html, found.end())
        position = end.end() if end else len(html)
        if not _FOR_PRINT.search(found[0]):
            sheet.add(html[found.end() : end.start() if end else position])
    return sheet


_COMMENT_OR_STYLE = re.compile(r"<!--|<style(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_STYLE_END = re.compile(r"</style", re.IGNORECASE)
_FOR_PRINT = re.compile(r"media\s*=\s*[\"']?\s*(?:print|speech)", re.IGNORECASE)


def _feed(reader: Reader, html: str, tags: int) -> tuple[int, bool]:
    """Read a page; return how many *tags* are left over, and whether the end was reached."""
    position = 0
    while (start := html.find("<", position)) >= 0:
        if tags <= 0:
            return 0, False
        tags -= 1
        reader.text(html[position:start])
        if html.startswith("<!--", start):
            position = _after_comment(html, start)
            if not html.startswith("[", start + 4):  # a condition of Outlook's
                reader.hide(html[start + 4 : min(position - 3, start + _COMMENT_CHARS)])
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


def _element(reader: Reader, tag: re.Match[str], html: str) -> int:
    name = tag[2].lower()
    if tag[1]:
        reader.close(name)
        return tag.end()
    if name in elements.RAW_TEXT:
        return _after_raw_text(name, html, tag.end())
    if not (name in ("svg", "math") and tag[3].endswith("/")):
        reader.open(name, _attributes(tag[3]))
    return tag.end()


def _after_raw_text(name: str, html: str, start: int) -> int:
    end = re.compile(f"</{name}", re.IGNORECASE).search(html, start)
    return len(html) if end is None else _after(html, ">", end.end())


def _after(html: str, mark: str, start: int) -> int:
    end = html.find(mark, start)
    return len(html) if end < 0 else end + len(mark)


def _after_comment(html: str, start: int) -> int:
    if html.startswith(("<!-->", "<!--->"), start):
        return html.index(">", start) + 1
    return _after(html, "-->", start + 4)


_READ_ATTRIBUTES = elements.names("href style hidden width height alt start class id color bgcolor background text")


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
