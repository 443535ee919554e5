"""
Codes told by nothing but that no other number of the mail could be one.

- A mail about a code, by its subject, or because it speaks of one that is secret or good for minutes only, has one
  number that nothing names: "620114 gets you back in. Never share it."
- The same in a subject: "Fern: 882 193", when the mail begins with "Enter the number above".
- A note of a line or two passes one on: "It says to type this in over there: 551 207", "chegou aqui 480-931".
"""

from __future__ import annotations

import re
from bisect import bisect_right

from sevenbot.parse import code_entry as entry
from sevenbot.parse import code_marks, subjects
from sevenbot.parse import code_signs as signs
from sevenbot.parse.code_marks import Mark
from sevenbot.parse.code_numbers import Number

# A mail about a code says so early. A name stands no farther from its number than this.
_MAIL_CHARS, _NAME_CHARS = 1_500, 40
# A number in a running sentence of Latin letters is long, or it is anything; none is longer than a phone number.
_SHORTEST_IN_WORDS, _LONGEST = 5, 8
# A note, and one of a line, are no longer than this; in the latter a number is what it is about.
_NOTE_CHARS, _LINE_CHARS = 300, 120
# Of three: a word for a code, an occasion for it, and that it is secret.
_SIGNS_OF_A_SECRET = 2
_NOTE_SIGNS = (signs.ENTER, signs.ARRIVED, signs.OCCASION, signs.SECRECY)

# Right before the number: a bracket, or what leads to it in writing without blanks.
_SET_OFF = re.compile(r"(?:[(\[【「『“«、，]|[:的是为為到はがをので])[ \n*\"']{0,4}\Z")


def find(low: str, numbers: list[Number], marked: list[Mark]) -> list[Number]:
    """
    Return the one number of a mail about a code, or of a note that passes one on, that nothing names; else none.

    Args:
        low: The mail in the form of `flat`, its first line the subject.
        marked: Its words that say what numbers are.
    """
    body_at = low.find("\n") + 1
    is_note = len(low) - body_at <= _NOTE_CHARS and any(sign.search(low) for sign in _NOTE_SIGNS)
    is_secret = _is_about_a_secret(low, body_at, marked)
    is_line = len(low) - body_at <= _LINE_CHARS
    if not (is_secret or is_note or is_line):
        return []
    if is_note or is_line:
        marked = code_marks.every(low)
    unnamed = [number for number in numbers if number.start >= body_at and _is_unnamed(low, number, marked)]
    is_passed_on = is_line and _is_answer(low[:body_at]) and _speaks_of_codes(low, marked)
    found = [
        number
        for number in unnamed
        if ((is_secret or is_note) and _is_told(low, number))
        or (is_secret and _stands_out(low, number))
        or (is_passed_on and number.is_exact)
        or (is_line and number.is_grouped and not _follows_a_label(number, marked))
    ]
    found = found or [number for number in numbers if _is_in_subject(low, body_at, number, marked)]
    return found if len({number.squashed for number in found}) == 1 else []


def _is_in_subject(low: str, body_at: int, number: Number, marked: list[Mark]) -> bool:
    """Say whether a subject ends with it, and the mail begins with what to do: "Enter the number above"."""
    if number.end != body_at - 1 or not (number.is_grouped or number.is_exact):
        return False
    if number.start and not (entry.is_announced(low, number) or low[: number.start].endswith("] ")):
        return False
    begins = (signs.ENTER, signs.OCCASION)
    return _is_unnamed(low, number, marked) and any(sign.search(low, body_at, body_at + _LINE_CHARS) for sign in begins)


def _is_about_a_secret(low: str, body_at: int, marked: list[Mark]) -> bool:
    if any(word.is_code and word.end < body_at for word in marked):
        return True
    calls_it_so = any(word.is_code and word.is_sure for word in marked)
    has_occasion = signs.OCCASION.search(low, 0, _MAIL_CHARS) is not None
    is_secret = signs.SECRECY.search(low, 0, _MAIL_CHARS) is not None
    return calls_it_so + has_occasion + is_secret >= _SIGNS_OF_A_SECRET


def _is_answer(subject: str) -> bool:
    return subjects.base(subject) != subject.strip()


def _speaks_of_codes(low: str, marked: list[Mark]) -> bool:
    if any(not word.is_code and word.is_sure for word in marked):
        return False
    return bool(marked) or any(sign.search(low) for sign in (signs.ARRIVED, signs.ENTER))


def _is_unnamed(low: str, number: Number, marked: list[Mark]) -> bool:
    """Say whether nothing tells what the number is."""
    has_form = number.is_plain or (number.is_upper and len(number.squashed) >= _SHORTEST_IN_WORDS)
    if not has_form or number.is_year or len(number.squashed) > _LONGEST:
        return False
    return not (entry.is_numbered(low, number) or _is_named(low, number, marked))


def _is_named(low: str, number: Number, marked: list[Mark]) -> bool:
    """Say whether the word before the number is one for something else: "call us on 0800 5551", "postcode: 69003"."""
    at = bisect_right(marked, number.start, key=lambda word: word.start)
    if not at or marked[at - 1].is_code or number.start - marked[at - 1].end > _NAME_CHARS:
        return False
    gap = low[marked[at - 1].end : number.start]
    is_label = entry.is_announced(low, number) and not entry.SENTENCE_END.search(gap)
    return is_label or entry.is_small(entry.WORD.findall(gap))


def _follows_a_label(number: Number, marked: list[Mark]) -> bool:
    return any(not word.is_code and word.start < number.start for word in marked)


def _stands_out(low: str, number: Number) -> bool:
    if entry.is_set_out(low, number) or _is_set_off(low, number):
        return True
    is_labelled = number.is_alone or entry.is_announced(low, number)
    return not is_labelled and len(number.squashed) >= _SHORTEST_IN_WORDS and entry.is_free(low, number)


def _is_set_off(low: str, number: Number) -> bool:
    near = low[max(number.start - 8, 0) : number.start]
    return _SET_OFF.search(near) is not None and not (near.isascii() and ":" in near)


def _is_told(low: str, number: Number) -> bool:
    """Say whether the number is written as codes are, or told with more words than a label has."""
    if number.is_grouped:
        return True
    told = entry.WORD.findall(entry.before_it(low, number))
    if entry.is_announced(low, number):
        return len(told) >= entry.SPOKEN_WORDS - 1 or any(map(signs.OCCASION.match, told))
    return any(map(signs.ARRIVED.match, told[-2:]))
