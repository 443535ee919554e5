"""
The new words of a mail: without what it quotes, its signature and the footers of lists and telephones.

Line by line and linear: every pattern sees one line, or four short ones joined, never the whole text. Libraries run
theirs over the whole: mail-parser-reply takes a second for 3,000 empty lines and four for 6,000, and with several
languages its Danish "Tak" and Swedish "/..." end an English text at "Take" and at any path.

If cutting would leave nothing, nothing is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.parse import attributions as words

# Longer texts are no conversation; beyond this only marked quotes ("> ") are cut.
_MAX_LINES = 20_000
# Lines longer than this are prose, never an attribution.
_ATTRIBUTION_CHARS = 300
# Gmail wraps an attribution at 78 columns: a long name and address take up to four lines.
_ATTRIBUTION_LINES = 4
# A signature without its standard mark is believed when it is short.
_SIGNATURE_LINES = 15
_FOOTER_LINES = 12
# A quoted header names at least three of who, when, to whom, about what.
_HEADER_LABELS = 3
_HEADER_LINES = 12

_QUOTED = re.compile(r"\s{0,3}(?:>(?!From )|\|)")  # ">From" is mbox quoting a body line
# White space, and the mark a mail tracker leaves under what it sends.
_BLANKS = " \t\n\u1427"
_RULE = re.compile(r"\s*[_=*-]{5,}\s*")


@dataclass(frozen=True, slots=True)
class Split:
    """A text in its two halves."""

    latest: str
    is_forward: bool  # the text before the break is about a mail that is passed on


def latest(text: str) -> str:
    """Return the words its writer wrote in this mail; of a forward without any, the forwarded text."""
    found = split(text)
    if found.latest or not found.is_forward:
        return found.latest or text.strip()
    return _forwarded(text) or text.strip()


def split(text: str) -> Split:
    """Cut quotes, signature and footers off."""
    lines = text.split("\n")
    if len(lines) > _MAX_LINES:
        return Split(_joined([line for line in lines if not line.startswith(">")]), is_forward=False)
    kept, is_forward = _without_quotes(lines)
    return Split(_joined(_without_signature(kept)), is_forward)


def _joined(lines: list[str]) -> str:
    text = "\n".join(lines).strip(_BLANKS)
    return re.sub(r"\n{3,}", "\n\n", text)


def _without_quotes(lines: list[str]) -> tuple[list[str], bool]:
    kept: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if _QUOTED.match(line) and not _is_table(line):
            position += 1
            continue
        if separator := _separator(lines, position):
            _drop_rule(kept)
            return kept, separator == "forward"
        if length := _attribution(lines, position):
            position += length
            # At the very top it introduces an answer written between or below what it quotes.
            if not _quote_follows(lines, position) and _joined(kept):
                return kept, False
            continue
        kept.append(line)
        position += 1
    return kept, False


def _is_table(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") > 1


def _drop_rule(kept: list[str]) -> None:
    while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1])):
        kept.pop()


def _separator(lines: list[str], position: int) -> str:
    """Return "forward" or "reply" when another mail begins at this line and runs to the end, else ""."""
    line = lines[position]
    if len(line) > _ATTRIBUTION_CHARS:
        return ""
    if words.FORWARD_LINE.fullmatch(line):
        return "forward"
    if words.SEPARATOR.fullmatch(line):
        return "forward" if words.IS_FORWARD.search(line) else "reply"
    if words.BARE.fullmatch(line) or _header_length(lines, position):
        return "reply"
    return ""


def _header_length(lines: list[str], position: int, first: tuple[str, ...] = ("who", "when")) -> int:
    """Return how many lines a quoted header (From, Sent, To, Subject in any language) takes here, or 0."""
    label = words.LABEL.fullmatch(lines[position])
    seen = {name for name in first if label is not None and label[name] is not None}
    if not seen:
        return 0
    length = 1
    for line in lines[position + 1 : position + _HEADER_LINES]:
        label = words.LABEL.fullmatch(line) if len(line) < 2000 else None
        if label is not None:
            seen |= {name for name in ("who", "when", "to", "about") if label[name] is not None}
        elif (not line.strip() and len(seen) >= _HEADER_LABELS) or (line.strip() and "about" in seen):
            break
        length += 1
    return length if len(seen) >= _HEADER_LABELS and "who" in seen else 0


def _attribution(lines: list[str], position: int) -> int:
    """Return how many lines "On ... wrote:" takes here, or 0."""
    if not lines[position].strip() or not words.BEGINS.match(lines[position][:120]):
        return 0
    joined = ""
    for count, line in enumerate(lines[position : position + _ATTRIBUTION_LINES], 1):
        if not line.strip() or len(joined) + len(line) > _ATTRIBUTION_CHARS:
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if joined.endswith((":", "：", ":*")) and words.ATTRIBUTION.fullmatch(joined):
            return count if words.NAMES_MOMENT.search(joined) else 0
    return 0


def _quote_follows(lines: list[str], position: int) -> bool:
    following = next((line for line in lines[position : position + 4] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _without_signature(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_sent_from(lines[end - 1])):
        end -= 1
    lines = lines[:end]
    for position, line in enumerate(lines):
        rest = len(lines) - position
        if line == "-- " or (line.strip() in ("--", "—") and rest <= _SIGNATURE_LINES):  # RFC 3676 §4.3
            return lines[:position]
        if len(line) > _ATTRIBUTION_CHARS:
            continue
        if rest <= _FOOTER_LINES and _is_sent_from(line):
            return lines[:position]
        if rest <= _FOOTER_LINES and words.LIST_FOOTER.match(line.strip()):
            kept = lines[:position]
            _drop_rule(kept)
            return kept
    return lines


def _is_sent_from(line: str) -> bool:
    return len(line) <= _ATTRIBUTION_CHARS and bool(words.SENT_FROM.fullmatch(line.strip()))


def _forwarded(text: str) -> str:
    """Return the text of a forwarded mail, its own header left out."""
    lines = text.split("\n")
    begin = next((i for i in range(len(lines)) if _separator(lines, i)), len(lines))
    position = begin if _header_length(lines, begin % max(len(lines), 1)) else begin + 1
    while position < len(lines) and not lines[position].strip():
        position += 1
    if position < len(lines):
        position += _header_length(lines, position, first=("who", "when", "to", "about"))
    inner = "\n".join(re.sub(r"^> ?", "", line) for line in lines[position:])
    return split(inner).latest or inner.strip()
