"""What of a text is visible: characters that show nothing go, and lines are written as a page shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.unseen import UNSEEN

# A thread of ten replies is long; deeper quotes get no more marks, so that a line's prefix stays short.
_MAX_QUOTE_MARKS = 10

# What fits beside one another on a page: "Total" and "$12.00"; longer cells are columns of text.
_ROW_CHARS = 100

_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# A right-to-left override turns its letters around until it ends: "\u202e319284" is seen as 482913 (Unicode TR 9, X4).
_OVERRIDDEN = re.compile("\u202e([^\u202a-\u202e\u2028\u2029\r\n]*)\u202c?")
_NON_JOINER_RUN = re.compile("(?:[\u200c\u200d][ \u00a0]*){2,}|(?<![^\\s])[\u200c\u200d]+")


def clean(text: str) -> str:
    """Return *text* as it is seen: without characters that show nothing, non-breaking spaces as spaces."""
    if text.isascii():
        return text
    if "\u202e" in text:
        text = _OVERRIDDEN.sub(lambda found: found[1][::-1], text)
    text = _NON_JOINER_RUN.sub(" ", _UNSEEN.sub("", text))
    return text.translate(_SPACELIKE)


# No-break and typographic spaces are spaces, Unicode's own line ends are line ends; NUL to newline stay as they are.
_SPACELIKE = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ") | dict.fromkeys([0x2028, 0x2029], "\n")


def fold(text: str) -> str:
    """Return *text* on one line with single spaces."""
    return " ".join(clean(text).split())


@dataclass(slots=True)
class _Row:
    """A row being written, and where it and its current cell begin."""

    start: int
    filled_before: int  # lines that are not empty
    filled_before_cell: int
    is_single: bool = True  # no cell has more than one line


class Lines:
    """Lines being written: spaces are folded, quotes and list items marked, at most one line between them is empty."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.fresh: list[bool] = []
        self.line: list[str] = []
        self.quotes = 0
        self.asides = 0  # what is written now is not new
        self.marker = ""
        self.preformatted = 0
        self._rows: list[_Row] = []
        self._filled = 0  # lines that are not empty

    def write(self, text: str) -> None:
        """Add to the line; in preformatted text a line end ends it."""
        if self.preformatted:
            first, *others = text.split("\n")
            self.line.append(first)
            for other in others:
                self.end_line(force=True)
                self.line.append(other)
            return
        self.line.append(text)

    def end_line(self, *, force: bool = False) -> None:
        """End the line, if there is one; with *force* an empty one counts."""
        text = "".join(self.line)
        text = text.rstrip() if self.preformatted else _SPACES.sub(" ", text).strip()
        self.line.clear()
        if text:
            self._append(self._marks() + self.marker + text)
            self.marker = ""
        elif force:
            self._append(">" if self.quotes else "")

    def gap(self) -> None:
        """Leave one empty line."""
        self.end_line()
        if self.lines and self.lines[-1] not in ("", ">"):
            self._append(">" if self.quotes else "")

    def begin_row(self) -> None:
        """Begin the row of a table."""
        self.end_line()
        self._rows.append(_Row(len(self.lines), self._filled, self._filled))

    def end_cell(self) -> None:
        """End a cell of the row."""
        self.end_line()
        if self._rows:
            row = self._rows[-1]
            row.is_single = row.is_single and self._filled - row.filled_before_cell <= 1
            row.filled_before_cell = self._filled

    def end_row(self) -> None:
        """End the row: when each of its cells is one line, and all are short, they stand on one."""
        self.end_line()
        row = self._rows.pop()
        if not row.is_single or self._filled - row.filled_before < 2:
            return
        cells = [line for line in self.lines[row.start :] if line.strip(" >")]
        if sum(map(len, cells)) > _ROW_CHARS:
            return
        marks = self._marks()
        is_fresh = all(self.fresh[row.start :])
        del self.lines[row.start :], self.fresh[row.start :]
        self.lines.append(marks + " ".join(cell.removeprefix(marks) for cell in cells))
        self.fresh.append(is_fresh)
        self._filled = row.filled_before + 1

    def _marks(self) -> str:
        return "> " * min(self.quotes, _MAX_QUOTE_MARKS)

    def _append(self, line: str) -> None:
        self.lines.append(line)
        self.fresh.append(not self.asides)
        self._filled += bool(line.strip(" >"))

    def finished(self) -> tuple[str, str]:
        """Return the lines as one text; all of them, and those that are new."""
        self.end_line()
        text = _folded(self.lines)
        if all(self.fresh):
            return text, text
        return text, _folded([line for line, is_fresh in zip(self.lines, self.fresh, strict=True) if is_fresh])


def _folded(lines: list[str]) -> str:
    """Return lines as one text without empty ones at the ends or beside one another."""
    kept: list[str] = []
    for line in lines:
        if line.strip(" >") or (kept and kept[-1].strip(" >")):
            kept.append(line)
    while kept and not kept[-1].strip(" >"):
        kept.pop()
    return "\n".join(kept)
