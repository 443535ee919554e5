"""
The new words of a mail: without what it quotes, its signature and its small print.

Line by line and linear: every pattern sees one line, or a few short ones joined, never the whole text. Libraries run
theirs over the whole: mail-parser-reply takes a second for 3,000 empty lines and four for 6,000, and with several
languages its Danish "Tak" and Swedish "/..." end an English text at "Take" and at any path.

A short passage marked ">" is a citation and stays when the writer's own words lead to it ("Please run:"), or when it
stands at the very top and his words follow: without it "Agreed." says nothing.

If cutting would leave nothing, nothing is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.parse import attributions, signatures, smallprint

# Longer texts are no conversation; beyond this only marked quotes ("> ") are cut.
_MAX_LINES = 20_000
# Gmail wraps an attribution at 78 columns: a long name and address take up to four lines.
_ATTRIBUTION_LINES = 4
# Converters of HTML put a link's target on a line of its own, with empty ones around it.
_LOOSE_LINES = 7
# A quoted header names at least three of who, when, to whom, about what.
_HEADER_LABELS = 3
_HEADER_LINES = 12
_CITATION_LINES = 12
_FORWARDED_TIMES = 5

_QUOTED = re.compile(r"\s{0,3}(?:>(?!From )|\|)")  # ">From" is mbox quoting a body line
# White space, and the mark a mail tracker leaves under what it sends.
_BLANKS = " \t\n\u1427"
_RULE = re.compile(r"\s*[_=*-]{5,}\s*")
_GOES_ON = re.compile(r"\s*(?:<|>\s|mailto:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """A text in its two halves."""

    latest: str
    is_forward: bool  # the text before the break is about a mail that is passed on


def latest(text: str, writer: frozenset[str] = frozenset()) -> str:
    """
    Return the words its writer wrote in this mail; if there are none, what was forwarded, or quoted, or all.

    Args:
        writer: The writer's names, as `signoffs.writer_words` returns them.
    """
    found = split(text, writer)
    if found.latest:
        return found.latest
    return (_forwarded(text) if found.is_forward else _marked(text)) or _forwarded(text) or text.strip()


def passed_on(text: str, *, is_forward: bool) -> str:
    """
    Return the mail that is passed on below its forwarder's own words, "" when there is none or nothing is above it.

    Args:
        text: The whole.
        is_forward: The subject says so; Outlook puts the same header above a forwarded mail as above an answered one.
    """
    if not (is_forward or attributions.speaks_of_forwarding(text)):
        return ""
    found = split(text)
    return _forwarded(text) if found.latest and (is_forward or found.is_forward) else ""


def split(text: str, writer: frozenset[str] = frozenset()) -> Split:
    """Cut quotes, signature and small print off."""
    lines = text.split("\n")
    if len(lines) > _MAX_LINES:
        return Split(_joined([line for line in lines if not line.startswith(">")]), is_forward=False)
    kept, is_forward = _without_quotes(smallprint.without_banner(lines))
    own = signatures.without(kept, writer)
    return Split("" if signatures.is_all(own) else _joined(own), is_forward)


def _joined(lines: list[str]) -> str:
    text = "\n".join(lines).strip(_BLANKS)
    return re.sub(r"\n{3,}", "\n\n", text)


def _without_quotes(lines: list[str]) -> tuple[list[str], bool]:
    kept: list[str] = []
    position = 0
    while position < len(lines):
        if length := _quoted_length(lines, position):
            if _is_citation(lines, position, length):
                kept += lines[position : position + length]
            position += length
        elif attributions.asks_for_answer_above(lines[position]) and not _joined(kept):
            position += 1
        elif separator := _separator(lines, position):
            _drop_rule(kept)
            # A mail below a header and nothing above it was passed on.
            return kept, separator == "forward" or not _joined(kept)
        elif length := _attribution(lines, position):
            position += length
            # At the very top it introduces an answer written between or below what it quotes.
            if not _quote_follows(lines, position) and _joined(kept):
                return kept, False
        else:
            kept.append(lines[position])
            position += 1
    return kept, False


def _quoted_length(lines: list[str], position: int) -> int:
    """Return how many marked lines stand here, empty ones between them included."""
    end = position
    for at in range(position, len(lines)):
        if _QUOTED.match(lines[at]) and not _is_table(lines[at]):
            end = at + 1
        elif lines[at].strip():
            break
    return end - position if _QUOTED.match(lines[position]) else 0


def _is_table(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") > 1


def _is_citation(lines: list[str], position: int, length: int) -> bool:
    """Tell what the writer cites, or marks as typed at a prompt, from the mail he answers."""
    if length > _CITATION_LINES or not (_is_led_to(lines, position) or _is_answered(lines, position, length)):
        return False
    inner = [_unmarked(line) for line in lines[position : position + length]]
    return not any(_separator(inner, at) or _attribution(inner, at) or _QUOTED.match(inner[at]) for at in range(length))


def _is_led_to(lines: list[str], position: int) -> bool:
    """Say whether the words directly above lead to what is marked, "Please run:", or were typed at a prompt too."""
    above = attributions.plain(lines[position - 1]) if position else ""
    return above.startswith("$ ") or (above.endswith(":") and not re.search(r"[\d<@]", above))


def _is_answered(lines: list[str], position: int, length: int) -> bool:
    return position == 0 and any(line.strip() for line in lines[length:])


def _unmarked(line: str) -> str:
    return re.sub(r"^\s{0,3}[>|] ?", "", line)


def _drop_rule(kept: list[str]) -> None:
    while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1]) or attributions.is_dashed(kept[-1])):
        kept.pop()


def _separator(lines: list[str], position: int) -> str:
    """Return "forward" or "reply" when another mail begins at this line and runs to the end, else ""."""
    line = lines[position]
    if len(line) > attributions.MAX_CHARS:
        return ""
    if attributions.asks_for_answer_above(line):
        return "reply"
    return attributions.divider(line) or ("reply" if _header_length(lines, position) else "")


def _header_length(lines: list[str], position: int, first: tuple[str, ...] = ("who", "sent", "when")) -> int:
    """Return how many lines a quoted header (From, Sent, To, Subject in any language) takes here, or 0."""
    seen = {attributions.label(lines[position])}
    if seen.isdisjoint(first):
        return attributions.any_header(lines[position : position + _HEADER_LINES])
    length = 1
    for line in lines[position + 1 : position + _HEADER_LINES]:
        if label := attributions.label(line):
            seen.add(label)
        elif (not line.strip() and len(seen) >= _HEADER_LABELS) or (line.strip() and "about" in seen):
            break
        length += 1
    # "From: Berlin, To: Paris, Date: 3 May" is a journey.
    is_mail = seen & {"about", "sent"} or any("@" in line for line in lines[position : position + length])
    if len(seen) >= _HEADER_LABELS and "who" in seen and is_mail:
        return length
    return attributions.any_header(lines[position : position + _HEADER_LINES])


def _attribution(lines: list[str], position: int) -> int:
    """Return how many lines "On ... wrote:" takes here, or 0."""
    if len(lines[position]) > attributions.MAX_CHARS or not attributions.may_begin(lines[position]):
        return 0
    first = attributions.plain(lines[position])
    joined, taken = "", 0
    for count, line in enumerate(lines[position : position + _LOOSE_LINES], 1):
        if not line.strip():
            if not (attributions.names_moment(first) and _goes_on(lines, position + count)):
                return 0
            continue
        taken += 1
        joined = f"{joined} {attributions.plain(line)}".strip()
        if taken > _ATTRIBUTION_LINES or len(joined) > attributions.MAX_CHARS:
            return 0
        if attributions.ends(joined):
            follows = _quote_follows(lines, position + count)
            if not attributions.attribution(joined, quote_follows=follows):
                return 0
            return 0 if taken > 1 and _begins_below(lines[position : position + count], first) else count
    return 0


def _goes_on(lines: list[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 2] if line.strip()), "")
    return bool(_GOES_ON.match(following))


def _begins_below(lines: list[str], first: str) -> bool:
    """Say whether the first of the lines of an attribution is the end of the text above it."""
    if first.endswith(("<", "(", ",")) or attributions.names_moment(first):
        return False
    return attributions.attribution(attributions.plain(" ".join(lines[1:])), quote_follows=False)


def _quote_follows(lines: list[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 4] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _marked(text: str) -> str:
    return _joined([line for line in text.split("\n") if _QUOTED.match(line)])


def _forwarded(text: str, times: int = _FORWARDED_TIMES) -> str:
    """Return the text of a forwarded mail, its own header left out; of one that was forwarded again, the innermost."""
    lines = text.split("\n")
    begin = next((i for i in range(len(lines)) if _separator(lines, i)), len(lines))
    position = begin if _header_length(lines, begin % max(len(lines), 1)) else begin + 1
    while position < len(lines) and not lines[position].strip():
        position += 1
    if position < len(lines):
        position += _header_length(lines, position, first=("who", "sent", "when", "to", "about"))
    inner = "\n".join(re.sub(r"^> ?", "", line) for line in lines[position:])
    return split(inner).latest or (times and _forwarded(inner, times - 1)) or inner.strip()
