"""
Just enough CSS to know what a mail hides: inline declarations, and simple rules of its <style> blocks.

Rules inside @media are for narrow screens and count for nothing: "hide on mobile" is shown.

Source: caniemail.com and the preheader recipes of Mailchimp, Litmus, MJML and Postmark.
"""

from __future__ import annotations

import re

# Style sheets of newsletter builders run to 50 KB.
_CSS_CHARS = 200_000

_MAY_HIDE = re.compile(r"none|hidden|collapse|hide|opacity|max-|indent|left|top|overflow", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0+)?(?=;|$|!)"
    r"|text-indent:-\d{3,}|(?:left|top):-\d{4,})"
)
_ZERO_BOX = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?:px|pt|em|%)?(?=;|$|!)")
_FONT_SIZE = re.compile(r"(?:^|;)font(?:-size)?:(?:[^;]*?[\s:;])??(\d*\.?\d+)(px|pt|em|rem|%|)", re.IGNORECASE)
_FONT_NAME = re.compile(r"(?:^|;)font(?:-size)?:[^;]*\b(?:x?x-)?(?:small|medium|large)", re.IGNORECASE)
# Below three pixels text is not there to be read: preheaders, and words for machines. A pixel is 0.75 pt; sizes in em
# and rem go by the 16 px of browsers.
_TINY = {"px": 3.0, "": 3.0, "pt": 2.25, "em": 0.19, "rem": 0.19, "%": 19.0}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)


def hides(style: str) -> bool:
    """Say whether inline declarations hide an element and all within it."""
    if not _MAY_HIDE.search(style):
        return False
    packed = re.sub(r"\s+", "", style.lower())
    return bool(_HIDDEN.search(packed)) or ("overflow:hidden" in packed and bool(_ZERO_BOX.search(packed)))


def font_is_tiny(style: str) -> bool | None:
    """Say whether nobody can read the font size (children may set another); None when the style leaves it as it is."""
    if "font" not in style.lower():
        return None
    packed = re.sub(r"\s*([:;])\s*", r"\1", style)
    found = _FONT_SIZE.search(packed)
    if found is None:
        return False if _FONT_NAME.search(packed) else None
    size, unit = float(found[1]), found[2].lower()
    if size < _TINY[unit]:
        return True
    return None if unit in ("em", "%") else False  # a share of the parent's size, which may be tiny


def hidden_names(sheet: str) -> set[str]:
    """Return the classes (".preheader") and ids ("#hint") that a style sheet hides on every screen."""
    sheet = sheet[:_CSS_CHARS]
    if not _MAY_HIDE.search(sheet):
        return set()
    names: set[str] = set()
    for selectors, body in _top_level_rules(_COMMENT.sub("", sheet)):
        if hides(body):
            for selector in selectors.split(","):
                if simple := _SIMPLE.fullmatch(selector.strip()):
                    names.add(simple[1].lower())
    return names


def _top_level_rules(sheet: str) -> list[tuple[str, str]]:
    rules: list[tuple[str, str]] = []
    depth, begun, opened = 0, 0, 0
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            if depth == 0:
                opened = brace.start()
            depth += 1
            continue
        if depth == 1:
            selectors = sheet[begun:opened].strip()
            if not selectors.startswith("@"):
                rules.append((selectors.removeprefix("<!--").strip(), sheet[opened + 1 : brace.start()]))
        depth = max(depth - 1, 0)
        begun = brace.end() if depth == 0 else begun
    return rules
