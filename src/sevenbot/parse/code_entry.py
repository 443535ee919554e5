"""
Codes that are never called so: "Type 738 204 on the sign-in page", "ログインするには「728014」を入力してください".

What makes a number a code without the word is an occasion such as logging in or confirming, and nothing that counts or
names something else ("your student number 4410", "5000 points"). Beside them stands one of:

- a verb of entering (or a word for digits, or a password) that has the number for its object;
- the number set out by itself, below what is said of the occasion;
- a word that it is secret, or good for minutes only, in a mail where no other number is left over;
- a note of a line or two that passes it on: "It says to type this in: 551 207".
"""

from __future__ import annotations

import re
from bisect import bisect_right

from sevenbot.parse import code_signs as signs
from sevenbot.parse import code_words as words
from sevenbot.parse.code_marks import Mark
from sevenbot.parse.code_numbers import Number

# Reaches in characters: an occasion is named in the sentence, just before it, or in the subject.
_SENTENCE_CHARS, _OCCASION_CHARS, _VERB_BEHIND_CHARS = 160, 240, 24
# More numbers than this, each said to be entered, are a lesson or a form.
_MOST = 2
# A mail about a code says so early. A number in a running sentence of Latin letters is long, or it is anything.
_MAIL_CHARS, _NAME_CHARS, _SHORTEST_IN_WORDS, _LONGEST = 1_500, 40, 5, 8
# A note is no longer than this.
_NOTE_CHARS = 300
# A line of fewer words that ends without a stop is a label: "Device", "Total".
_SPOKEN_WORDS, _SPOKEN_EASTERN_CHARS = 4, 8

# What may stand between a verb and its number, or behind the number; any other word is what the number counts or names.
_SMALL = words.words(
    "the this that these following below in into on at to when if and or as within before it is us app page "
    "screen field box window dans sur pour afin et en le la les ces suivant suivants ce vous el los estos este "
    "esta siguientes para na no o os estes nella nel per su sulla e il queste questo auf im ein an zur zum um und "
    "oder bei sie bitte die den das diese folgende folgenden op over om bij de deze volgende w we do aby te "
    "następujące i в на для чтобы и у щоб та эти следующие sayısını rakamını şu bu ile på för att og til di ist "
    "est es è é jest ini untuk seite feld pantalla temporal temporaire temporäre usa getta uso único strony "
    "stronie странице сторінці your lets gets opens unlocks để vào của ở pentru în pe la sa da za pre pri aby "
    "kad lai et hogy az a i στο στη για και ako dla"
)
_NUMBER_WORD = re.compile(
    r"(?:\b(?:number|num|no|nr|n[°ºo]|id|numéro|número|numero|номер\w*|numer\w*|ref\w*)|nummern?|numarası|号码|號碼|番号|번호)"
    r"[ .:#]*\Z"
)
# Right before the number: a bracket, or a sign of writing without blanks.
_SET_OFF = re.compile(
    r"(?:[(\[【「『“«、，]|[\u0590-\u08ff\u0900-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])[ \n:*\"']{0,4}\Z"
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_NEXT_WORD = re.compile(r"\A {1,2}([^\W\d_][\w'-]*)")
_WITH_BLANKS = re.compile(r"[a-zà-žα-ωа-яёіїєґ]")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|\n\s*\n")


def find(low: str, numbers: list[Number], marked: list[Mark]) -> list[Number]:
    """
    Return those of *numbers* that the reader is told to enter for logging in or confirming.

    Args:
        low: The mail in the form of `flat`, its first line the subject.
        marked: Its words that say what numbers are.
    """
    subject_end = low.find("\n") + 1
    numbers = [number for number in numbers if number.start >= subject_end and not number.is_lower]
    meant = [number for number in numbers if _has_occasion(low, subject_end, number)]
    for is_code in (_is_entered, _is_set_out):
        if found := [number for number in meant if is_code(low, subject_end, number)]:
            return found if _has_at_most(_MOST, found) else []
    found = _left_over(low, subject_end, numbers, marked)
    return found if _has_at_most(1, found) else []


def _has_at_most(most: int, numbers: list[Number]) -> bool:
    return len({number.squashed for number in numbers}) <= most


def _left_over(low: str, subject_end: int, numbers: list[Number], marked: list[Mark]) -> list[Number]:
    unnamed = [number for number in numbers if _is_unnamed(low, subject_end, number, marked)]
    if _keeps_a_secret(low, subject_end, marked):
        return [number for number in unnamed if _stands_out(low, subject_end, number)]
    if _is_a_note(low, subject_end):
        return [number for number in unnamed if _is_passed_on(low, subject_end, number)]
    return []


def _keeps_a_secret(low: str, subject_end: int, marked: list[Mark]) -> bool:
    """Say whether a mail is about a code, by its subject, or by speaking of one that is secret or good for minutes."""
    if any(word.is_code and word.end < subject_end for word in marked):
        return True
    speaks = any(word.is_code for word in marked) or signs.OCCASION.search(low[:_MAIL_CHARS]) is not None
    return speaks and signs.SECRECY.search(low[:_MAIL_CHARS]) is not None


def _is_a_note(low: str, subject_end: int) -> bool:
    """Say whether a mail is a line or two in which somebody may pass on what came: "It says to type 551 207"."""
    is_short = len(low) - subject_end <= _NOTE_CHARS
    return is_short and any(sign.search(low) for sign in (signs.ENTER, signs.ARRIVED, signs.OCCASION, signs.SECRECY))


def _is_unnamed(low: str, subject_end: int, number: Number, marked: list[Mark]) -> bool:
    """Say whether nothing tells what the number is."""
    if number.is_year or len(number.squashed) > _LONGEST:
        return False
    return not (_NUMBER_WORD.search(_before(low, subject_end, number)) or _is_named(low, number, marked))


def _stands_out(low: str, subject_end: int, number: Number) -> bool:
    if _is_set_out(low, subject_end, number) or _SET_OFF.search(low, max(subject_end, number.start - 8), number.start):
        return True
    if _is_passed_on(low, subject_end, number):
        return True
    return (
        not (number.is_alone or _is_announced(low, number))
        and len(number.squashed) >= _SHORTEST_IN_WORDS
        and is_free(low, number)
    )


def _is_passed_on(low: str, subject_end: int, number: Number) -> bool:
    """Say whether the number is written as codes are, or told with more words than a label has."""
    if number.is_grouped:
        return True
    told = _WORD.findall(_before(low, subject_end, number))
    if _is_announced(low, number):
        return len(told) >= _SPOKEN_WORDS - 1 or any(map(signs.OCCASION.match, told))
    return bool(told) and signs.ARRIVED.match(told[-1]) is not None


def is_free(low: str, number: Number) -> bool:
    """Say whether the words beside the number are such as say nothing of it: "confirm with 20418 to ..."."""
    subject_end = low.find("\n") + 1
    before, behind = _before(low, subject_end, number), _behind(low, number)
    leading = [word for word in _WORD.findall(before)[-1:] if before.rstrip("'\"«„“").endswith((" ", word))]
    return (not before.strip() or _is_small(leading)) and _is_small(_NEXT_WORD.findall(behind))


def _is_named(low: str, number: Number, marked: list[Mark]) -> bool:
    """Say whether the word before the number is one for something else: "call us on 0800 5551", "postcode: 69003"."""
    at = bisect_right(marked, number.start, key=lambda word: word.start)
    if not at or marked[at - 1].is_code or number.start - marked[at - 1].end > _NAME_CHARS:
        return False
    gap = low[marked[at - 1].end : number.start]
    return _is_small(_WORD.findall(gap)) or (_is_announced(low, number) and not _SENTENCE_END.search(gap))


def _is_announced(low: str, number: Number) -> bool:
    return low[max(number.start - 8, 0) : number.start].rstrip(" \n*_").endswith(":")


def _has_occasion(low: str, subject_end: int, number: Number) -> bool:
    before, behind = _before(low, subject_end, number), _behind(low, number)
    if number.is_year or _NUMBER_WORD.search(before):
        return False
    earlier = low[max(subject_end, number.start - _OCCASION_CHARS) : number.start]
    return any(signs.OCCASION.search(part) for part in (earlier, behind, low[:subject_end]))


def _is_entered(low: str, subject_end: int, number: Number) -> bool:
    before, behind = _before(low, subject_end, number), _behind(low, number)
    if not number.is_alone and not _is_small(_NEXT_WORD.findall(behind)):
        return False
    announced = number.is_alone or _is_announced(low, number)
    if any(_leads_to(pattern, before, announced=announced) for pattern in (signs.ENTER, signs.DIGITS)):
        return True
    if signs.OCCASION.search(before) and _leads_to(signs.SECRET, before, announced=False):
        return True
    verb = signs.ENTER_BEHIND.search(behind[: _SENTENCE_CHARS if number.is_alone else _VERB_BEHIND_CHARS])
    return verb is not None and _is_small(_WORD.findall(behind[: verb.start()]))


def _is_set_out(low: str, subject_end: int, number: Number) -> bool:
    """Say whether the number stands by itself below words of the occasion, and not below a label of its own."""
    if not number.is_alone:
        return False
    above = low[subject_end : number.start].rstrip(" \n*_|>#=-")
    line = above[above.rfind("\n") + 1 :]
    if not line:
        return True
    words_of_it = _WORD.findall(line)
    is_spoken = line.endswith((".", "!", "?", "。", "！")) or len(words_of_it) >= _SPOKEN_WORDS
    is_spoken = is_spoken or (not line.isascii() and len(line) >= _SPOKEN_EASTERN_CHARS)
    return is_spoken or signs.OCCASION.search(line) is not None


def _leads_to(pattern: re.Pattern[str], before: str, *, announced: bool) -> bool:
    """
    Say whether the last word of *pattern* in the sentence has the number for its object.

    Args:
        announced: A colon or a line of its own says that the number follows; then more may stand between.
    """
    found = list(pattern.finditer(before))
    if not found:
        return False
    last = found[-1]
    gap = before[last.end() :]
    if _is_small(_WORD.findall(gap)):
        return True
    return announced and any(sign.search(before[last.start() :]) for sign in (signs.DIGITS, signs.OCCASION))


def _is_small(found: list[str]) -> bool:
    """Say whether none of the words is one that a number could count or belong to."""
    return all(word in _SMALL or not _WITH_BLANKS.match(word) or _known(word) for word in found)


def _known(word: str) -> bool:
    return any(sign.match(word) for sign in (signs.OCCASION, signs.SECRET, signs.DIGITS, signs.ARRIVED, signs.ENTER))


def _before(low: str, subject_end: int, number: Number) -> str:
    """Return the sentence up to the number; for one alone on its line, the sentence above."""
    part = low[max(subject_end, number.start - _SENTENCE_CHARS) : number.start]
    if number.is_alone or part.rstrip().endswith(":"):
        part = part.rstrip(" \n*_|:.!>")
    return _SENTENCE_END.split(part)[-1]


def _behind(low: str, number: Number) -> str:
    part = low[number.end : number.end + _SENTENCE_CHARS]
    if number.is_alone:
        part = part.lstrip(" \n*_|.")
    return _SENTENCE_END.split(part)[0]
