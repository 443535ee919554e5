"""
The <style> blocks of a page, as far as they decide what can be read.

    .preheader, td#hint { display: none }       known for sure: it applies where the names fit
    .footer p { color: #fff }                   the same, where a .footer is open
    @media (min-width: 600px) { ... }           applies on some screens; `:first-child`, `[dir]`: on some elements

What applies on some screens or elements hides nothing; where it says something else than the rest, nobody can tell.
Rules for narrow screens, dark mode, print and `:hover` count for nothing: "hide on mobile" is shown.

Source: CSS Cascading 4 §6.4 (specificity, then order); Media Queries 4.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sevenbot.parse import css

# Style sheets of newsletter builders run to 50 KB.
CSS_CHARS = 200_000
# Rules for one name beyond this are not read; a builder's class has a handful.
_MAX_RULES = 50
_MAX_DEPTH = 20
# Phones held upright have 320 px, large windows 2,000.
_NARROWEST, _WIDEST = 320, 2000

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_NAME = re.compile(r"[.#]?[\w-]+|\*")
_NEVER_PSEUDO = re.compile(r":(?:hover|active|focus|visited|:?before|:?after|:?selection|:?first-l)")
_LINK_PSEUDO = re.compile(r":(?:any-)?(?:link|root)\b")
_UNSURE_PART = re.compile(r"[:\[+~]")
_BY_NAME = re.compile(r"\[(class|id)~?=[\"']?([\w-]+)[\"']?\]")
_WIDTH = re.compile(r"(min|max)-(?:device-)?width\s*:\s*(\d+)")
_FOR_ALL = re.compile(r"(?:only\s+)?(?:screen|all)")


class _Applies(Enum):
    ALWAYS = 2
    SOMETIMES = 1
    NEVER = 0


@dataclass(frozen=True, slots=True)
class _Rule:
    """For an element with all of `own` in elements with all of `above`: tags, ".class" and "#id"."""

    own: frozenset[str]
    above: frozenset[str]
    is_sure: bool
    rank: tuple[int, ...]  # specificity, then order
    declared: css.Declared


@dataclass(slots=True)
class Sheet:
    """The rules of a page."""

    rules: dict[str, dict[tuple[frozenset[str], frozenset[str], bool], _Rule]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # by one name that an element must have
    needs_open: bool = False  # whether it matters what an element stands in
    _chars: int = 0
    _count: int = 0
    _known: dict[frozenset[str], css.Declared] = field(default_factory=dict)
    _fit: dict[frozenset[str], list[_Rule]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Add the rules of a <style> block."""
        text = text[: max(CSS_CHARS - self._chars, 0)]
        self._chars += len(text)
        for applies, selectors, body in _rules(_COMMENT.sub(" ", text)):
            declared = css.declared(body)
            if declared.ordinary or declared.important:
                for selector in selectors.split(","):
                    self._add(selector, declared, applies)

    def _add(self, selector: str, declared: css.Declared, applies: _Applies) -> None:
        selector = _BY_NAME.sub(_named, _LINK_PSEUDO.sub("", selector.strip().lower()))
        if not selector or _NEVER_PSEUDO.search(selector):
            return
        *above, own = re.split(r"[\s>+~]+", re.sub(r"\[[^\]]*\]", "[]", selector))
        if "+" in selector or "~" in selector:  # what stands beside it is not known
            above = []
        names = frozenset(_NAME.findall(own.split(":")[0])) - {"*"}
        outer = frozenset(name for part in above for name in _NAME.findall(part.split(":")[0])) - {"*"}
        is_sure = applies is _Applies.ALWAYS and not _UNSURE_PART.search(selector)
        key = max(names, key=_specificity, default="*")
        rules = self.rules[key]
        before = rules.pop((names, outer, is_sure), None)
        if before is None and len(rules) >= _MAX_RULES:
            return
        self._count += 1
        rank = (*map(sum, zip(*map(_specificity, names | outer | {"*"}), strict=True)), self._count)
        rules[names, outer, is_sure] = _Rule(names, outer, is_sure, rank, _joined(before, declared))
        self.needs_open = self.needs_open or bool(outer)

    def declares(self, names: frozenset[str], open_names: Mapping[str, int]) -> css.Declared:
        """Return what the rules declare for an element with *names* inside of elements with *open_names*."""
        known = self._known.get(names)
        if known is not None:
            return known
        fit = self._fit.get(names)
        if fit is None:
            fit = self._fit[names] = self._fitting(names)
        held = [rule for rule in fit if not rule.above or all(map(open_names.get, rule.above))]
        found = _cascaded(held) if held else css.NOTHING
        if not any(rule.above for rule in fit):
            self._known[names] = found
        return found

    def _fitting(self, names: frozenset[str]) -> list[_Rule]:
        found = [rule for name in (*names, "*") for rule in self.rules.get(name, {}).values() if rule.own <= names]
        return sorted(found, key=lambda rule: rule.rank)


def _named(found: re.Match[str]) -> str:
    return f"{'#' if found[1] == 'id' else '.'}{found[2]}"


def _specificity(name: str) -> tuple[int, int, int]:
    return (name[0] == "#", name[0] == ".", name[0] not in "#.*")


def _joined(before: _Rule | None, declared: css.Declared) -> css.Declared:
    if before is None:
        return declared
    earlier = before.declared
    return css.Declared({**earlier.ordinary, **declared.ordinary}, {**earlier.important, **declared.important})


def _cascaded(rules: Collection[_Rule]) -> css.Declared:
    ordinary: dict[str, str] = {}
    important: dict[str, str] = {}
    for rule in rules:
        for found, declared in ((ordinary, rule.declared.ordinary), (important, rule.declared.important)):
            for name, value in declared.items():
                found[name] = value if rule.is_sure or found.get(name) == value else css.UNKNOWN
    return css.Declared(ordinary, important)


def _rules(sheet: str) -> Iterator[tuple[_Applies, str, str]]:
    """Yield when each rule applies, its selectors, and its declarations."""
    around: list[_Applies] = []  # for each open @ block
    begun = 0
    opened: int | None = None
    selectors = ""
    for brace in re.finditer(r"[{}]", sheet + "}"):  # a sheet may end before its last rule does
        if brace[0] == "{":
            head = sheet[begun : brace.start()].rpartition(";")[2].strip()
            begun = brace.end()
            if opened is not None:  # a rule within a rule
                around.append(_Applies.SOMETIMES)
            elif head.startswith("@"):
                around.append(_applies(head))
                continue
            selectors, opened = head, begun
            continue
        if opened is not None:
            applies = min(around[-_MAX_DEPTH:], key=lambda when: when.value, default=_Applies.ALWAYS)
            if applies is not _Applies.NEVER:
                yield applies, selectors, sheet[opened : brace.start()]
            opened = None
        elif around:
            around.pop()
        begun = brace.end()


def _applies(head: str) -> _Applies:
    """Say when the block of "@media screen and (min-width:600px)" counts."""
    word, _, condition = head.lower().partition(" ")
    if not word.startswith("@media"):
        return _Applies.SOMETIMES if word in ("@supports", "@layer", "@container", "@scope") else _Applies.NEVER
    condition = head.lower().removeprefix("@media")
    return max(map(_query_applies, condition.split(",")), key=lambda when: when.value)


def _query_applies(query: str) -> _Applies:
    if "not" in query.split():
        return _Applies.SOMETIMES
    if re.search(r"print|speech|\btty|\btv\b|dark|handheld", query):
        return _Applies.NEVER
    parts = [part.strip() for part in re.split(r"\band\b", query)]
    return min((_part_applies(part) for part in parts if part), key=lambda when: when.value, default=_Applies.ALWAYS)


def _part_applies(part: str) -> _Applies:
    if _FOR_ALL.fullmatch(part):
        return _Applies.ALWAYS
    width = _WIDTH.search(part)
    if width is None:
        return _Applies.ALWAYS if "light" in part else _Applies.SOMETIMES
    if width[1] == "min":
        return _Applies.ALWAYS if int(width[2]) <= _NARROWEST else _Applies.SOMETIMES
    return _Applies.ALWAYS if int(width[2]) >= _WIDEST else _Applies.NEVER
