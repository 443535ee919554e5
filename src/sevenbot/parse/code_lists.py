"""
Codes for later, a list of them: backup, recovery and rescue codes, each good for once.

    Keep these backup codes somewhere safe:
    1. 8d2k-17bm   4. q7ap-mm42        ->  8d2k-17bm, q7ap-mm42, ...
    2. ...

Lines of nothing but codes, numbered or in columns, all in groups of the same sizes, below words that say what they are.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from sevenbot.parse import code_signs as signs

#: A sheet of them has ten or sixteen, and no chat wants more.
MOST = 16

# What they are is said above, in characters.
_LEAD_CHARS = 400
_FEWEST = 2
# Together with the blanks between columns no line of them is longer.
_LINE_CHARS = 160
_CODE_STEM = re.compile(
    r"cod[eigu]|cód[io]|kod|kód|kôd|код|κωδ|mã|otp|pin|tan|kood"
    r"|キー|鍵|[码碼]|コード|코드|번호|رمز|رموز|أكواد|كود|کد|קוד|รหัส|कोड"
)
_COLUMNS = re.compile(r" {2,}|\t| ?[|,;] ?| / | · ")
_MARKER = re.compile(r"(?:[-*+•·・‣▪◦☐□✓✔①-⑳]|\[ ?\]|#?[0-9]{1,2}[.):]|\(?[0-9]{1,2}\)|[0-9]{1,2} -)[ ]*")
_BARE_NUMBER = re.compile(r"[0-9]{1,3} (?=[^ ]{5})")
_QUOTES = " *_`'\"«»„“”.,;"
_CODE = re.compile(r"[a-z0-9]{2,12}(?:[-.][a-z0-9]{2,8}){0,6}")
# Shorter pieces are groups of one code: "4471 0829".
_SHORTEST_CODE, _LONGEST_CODE = 5, 48
# Nothing else is written so: H7QK-2MPX-9TRW-4LZB.
_KEY = re.compile(r"(?=[a-z-]*[0-9])(?=[0-9-]*[a-z])[a-z0-9]{4,6}(?:-[a-z0-9]{4,6}){2,6}")
_DATE = re.compile(r"(?:19|20)\d\d[-.]\d\d?[-.]\d\d?|\d\d?[-.]\d\d?[-.](?:19|20)?\d\d")


def find(low: str) -> list[tuple[int, int]]:
    """
    Return the places of the codes of a list, in order; none when the mail brings no such list.

    Args:
        low: The mail in the form of `flat`, its first line the subject.
    """
    if not signs.BACKUP.search(low) and not signs.ONCE.search(low):
        return []
    for start, found in _runs(low):
        is_list = len(found) >= _FEWEST or _is_key(low, *found[0])
        if is_list and _is_of_a_kind(low, found) and _is_announced(low, start):
            return found[:MOST]
    return []


def _runs(low: str) -> list[tuple[int, list[tuple[int, int]]]]:
    """Return the codes of neighbouring lines of nothing else, with the place where each of these lists begins."""
    lines = []
    at = low.find("\n") + 1
    while at < len(low):
        end = low.find("\n", at)
        end = end if end >= 0 else len(low)
        if low[at:end].strip():
            lines.append(_codes_of_line(low, at, end))
        at = end + 1
    runs = ([code for line in run for code in line] for is_list, run in groupby(lines, key=bool) if is_list)
    return [(run[0][0], run) for run in runs]


def _codes_of_line(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the codes of a line of nothing else, or those behind a colon that are its end; else none."""
    colon = low.rfind(": ", start, end)
    if colon >= 0 and not _MARKER.match(low[start : colon + 1]):
        start = colon + 2
    if end - start > _LINE_CHARS:
        return []
    found: list[tuple[int, int]] = []
    for cell_start, cell_end in _cells(low, start, end):
        codes = _codes_of_cell(low, cell_start, cell_end)
        if not codes:
            return []
        found += codes
    return found


def _cells(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the cells of a line that hold more than the number of the code beside them."""
    line = low[start:end]
    cuts = [(0, 0), *(match.span() for match in _COLUMNS.finditer(line)), (len(line), len(line))]
    cells = [(left[1], right[0]) for left, right in pairwise(cuts)]
    trimmed = [_trimmed(line, *cell) for cell in cells]
    return [(start + left, start + right) for left, right in trimmed if right - left > 2 or line[left:right].isalpha()]


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start] in _QUOTES and line[start] != "*":
        start += 1
    for pattern in (_MARKER, _BARE_NUMBER):
        if match := pattern.match(line, start, end):
            start = match.end()
    while start < end and line[start] in _QUOTES:
        start += 1
    while start < end and line[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _codes_of_cell(low: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = [(start + match.start(), start + match.end()) for match in re.finditer(r"[^ ]+", low[start:end])]
    if not all(_CODE.fullmatch(low, *piece) for piece in pieces):
        return []
    if all(right - left < _SHORTEST_CODE for left, right in pieces):
        pieces = [(start, end)] if any(map(str.isdigit, low[start:end])) else []
    return pieces if all(_SHORTEST_CODE <= right - left <= _LONGEST_CODE for left, right in pieces) else []


def _is_key(low: str, start: int, end: int) -> bool:
    """Say whether it is a long recovery key, of which one is all."""
    return _KEY.fullmatch(low, start, end) is not None


def _is_of_a_kind(low: str, found: list[tuple[int, int]]) -> bool:
    """Say whether they are different codes in groups of the same sizes, most of them with digits, and no dates."""
    written = [low[start:end] for start, end in found]
    shapes = {tuple(map(len, re.split(r"[-. ]", code))) for code in written}
    if len(shapes) > 1 or len(set(written)) < len(written) / 2:
        return False
    with_digits = sum(any(map(str.isdigit, code)) for code in written)
    return with_digits * 2 > len(written) and not any(map(_DATE.fullmatch, written))


def _is_announced(low: str, start: int) -> bool:
    """Say whether the words above, or the subject, call them codes for later, and nothing that is bought or given."""
    subject = low[: low.find("\n")]
    above = low[max(start - _LEAD_CHARS, len(subject)) : start]
    lead = f"{subject}\n{above}"
    if not _CODE_STEM.search(lead) and not signs.SECRET.search(lead):
        return False
    return signs.GIFT.search(lead) is None and any(sign.search(lead) for sign in (signs.BACKUP, signs.ONCE))
