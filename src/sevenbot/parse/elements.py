"""
Tags of HTML by what they do to the text in them.

Source: WHATWG HTML §13.1.2.4 for the end tags people leave out, §13.2.6 for end tags that come too late.
"""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """Return the names in *text*, which blanks separate."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
RAW_TEXT = names("script style title textarea xmp iframe noembed noframes plaintext")
DROPPED = names("head select datalist progress meter object applet audio video canvas template svg math")
BLOCKS = names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section summary table "
    "tbody tfoot thead tr ul caption"
)
PARAGRAPHS = names("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table")
CELLS = frozenset(["td", "th"])
# An opening tag ends these when they are still open, up to the nearest of the second set.
IMPLIED_END = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "tr": (frozenset(["tr", "td", "th"]), frozenset(["table"])),
    "td": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "th": (frozenset(["td", "th"]), frozenset(["table", "tr"])),
    "option": (frozenset(["option"]), frozenset(["select"])),
    "p": (frozenset(["p"]), frozenset(["td", "th", "table", "div", "li", "blockquote", "button", "body"])),
}

FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
# The end of these inside a block that began later ends nothing, or not that block.
INLINE = FORMATTING | names("span abbr bdi bdo cite del dfn ins kbd label mark q samp sub sup time var")
STOPS = ("div", "p", "center", "blockquote", "li", "h1", "h2", "h3")
TABLE_PARTS = names("table tbody thead tfoot tr td th caption body html")
