"""
Codes that are never called so: "Type 738 204 on the sign-in page", "ログインするには「728014」を入力してください".

What makes a number a code without the word is an occasion such as logging in or confirming, and nothing that counts or
names something else ("your student number 4410", "5000 points"). Beside them stands one of:

- a verb of entering (or a word for digits, or a password) that has the number for its object;
- the number set out by itself, below what is said of the occasion.
"""

from __future__ import annotations

import re

from sevenbot.parse import code_signs as signs
from sevenbot.parse import code_words as words
from sevenbot.parse.code_numbers import Number

# Reaches in characters: an occasion is named in the sentence, just before it, or in the subject.
_SENTENCE_CHARS, _OCCASION_CHARS, _VERB_BEHIND_CHARS = 160, 240, 24
# More numbers than this, each said to be entered, are a lesson or a form.
_MOST = 2
# A line of fewer words that ends without a stop is a label: "Device", "Total".
SPOKEN_WORDS, _SPOKEN_EASTERN_CHARS = 4, 8

# What may stand between a verb and its number, or behind the number; any other word is what the number counts or names.
_SMALL = words.words("""
    the this that these following below in into on at to when if and or as within before it is us app page screen
    field box window dans sur pour afin et en le la les ces suivant suivants ce vous el los estos este esta
    siguientes para na no o os estes nella nel per su sulla e il queste questo auf im ein an zur zum um und oder bei
    sie bitte die den das diese folgende folgenden op over om bij de deze volgende w we do aby te następujące i в на
    для чтобы и у щоб та эти следующие sayısını rakamını şu bu ile på för att og til di ist est es è é jest ini
    untuk seite feld pantalla temporal temporaire temporäre usa getta uso único strony stronie странице сторінці
    your lets gets opens unlocks để vào của ở pentru în pe sa da za pre pri kad lai hogy az a inn ind ang be der dem
    between until till from zwischen von bis entre jusqu hasta fino tra tot tussen od между от до στο στη για και
    ako dla
""")
_NUMBER_WORD = re.compile(
    r"(?:\b(?:number|num|no|nr|n[°ºo]|id|numéro|número|numero|номер\w*|numer\w*|ref\w*)|nummern?|numarası|号码|號碼|番号|번호|संख्या|(?<!ال)رقم|מספר|หมายเลข)"
    r"[ .:#]*\Z"
)
WORD = re.compile(r"[^\W\d_][\w'-]*")
# "Confirm that it is you with 20418"
_WITH = re.compile(r"\b(?:with|mit|avec|con|com|met|z|s|с|з|med)(?: (?:the|der|dem|le|el|il|o|de))? *\Z")
# "440302 is what you need to log in"
_IS_FOR = re.compile(r" (?:is|ist|est|es|è|é|jest|to|är|er|je) ")
# 448204'ü, 448201-es: the number's own ending.
_ENDING = re.compile(r"\A['-][^\W\d_]{1,4}(?!\w)")
_NEXT_WORD = re.compile(r"\A {1,2}([^\W\d_][\w'-]*)")
_BLAND = (signs.SECRET, signs.DIGITS, signs.ARRIVED, signs.ENTER)
_WITH_BLANKS = re.compile(r"[a-zà-žα-ωа-яёіїєґ]")
SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|\n\s*\n")


def find(low: str, numbers: list[Number]) -> list[Number]:
    """
    Return those of *numbers* that the reader is told to enter for logging in or confirming, or that are set out for it.

    Args:
        low: The mail in the form of `flat`, its first line the subject.
    """
    subject_end = low.find("\n") + 1
    meant = [number for number in numbers if number.start >= subject_end and not number.is_lower]
    meant = [number for number in meant if _has_occasion(low, subject_end, number) or _opens(low, number)]
    for is_code in (_is_entered, is_set_out):
        if found := [number for number in meant if is_code(low, number)]:
            return found if len({number.squashed for number in found}) <= _MOST else []
    return []


def is_free(low: str, number: Number) -> bool:
    """Say whether the words beside the number are such as say nothing of it: "use 20418 to ...", "it is 20418"."""
    before, behind = before_it(low, number), _behind(low, number)
    leading = [word for word in WORD.findall(before)[-1:] if before.rstrip("'\"«„“ ").endswith(word)]
    if not (number.is_exact or is_small(_NEXT_WORD.findall(behind))):
        return False
    return all(word in _SMALL or any(sign.match(word) for sign in _BLAND) for word in leading)


def is_numbered(low: str, number: Number) -> bool:
    """Say whether a word for "number" stands before it: "your student number 4410"."""
    return _NUMBER_WORD.search(before_it(low, number)) is not None


def is_announced(low: str, number: Number) -> bool:
    """Say whether a colon stands before it."""
    return low[max(number.start - 8, 0) : number.start].rstrip(" \n*_").endswith(":")


def _has_occasion(low: str, subject_end: int, number: Number) -> bool:
    if number.is_year or is_numbered(low, number):
        return False
    earlier = low[max(subject_end, number.start - _OCCASION_CHARS) : number.start]
    return any(signs.OCCASION.search(part) for part in (earlier, _behind(low, number), low[:subject_end]))


def _opens(low: str, number: Number) -> bool:
    """Say whether a door or a lock is opened with it: "on the gate press 4402", "la caja se abre con 7703"."""
    near = low[max(number.start - _SENTENCE_CHARS, low.find("\n") + 1) : number.start]
    if not any(signs.PLACE.search(part) for part in (near, _behind(low, number)[:_VERB_BEHIND_CHARS])):
        return False
    before = before_it(low, number)
    return _WITH.search(before) is not None or any(
        _leads_to(sign, before, announced=False) for sign in (signs.PRESS, signs.ENTER)
    )


def _is_entered(low: str, number: Number) -> bool:
    before, behind = before_it(low, number), _behind(low, number)
    if not (number.is_alone or number.is_exact or is_small(_NEXT_WORD.findall(behind))):
        return False
    if number.is_exact and not before.strip() and _IS_FOR.match(behind) and signs.OCCASION.search(behind):
        return True
    announced = number.is_alone or is_announced(low, number)
    if any(
        _leads_to(pattern, before, announced=announced) for pattern in (signs.ENTER, signs.DIGITS, signs.CHARACTERS)
    ):
        return True
    if _opens(low, number):
        return True
    if signs.OCCASION.search(before) and (_WITH.search(before) or _leads_to(signs.SECRET, before, announced=False)):
        return True
    verb = signs.ENTER_BEHIND.search(behind[: _SENTENCE_CHARS if number.is_alone else _VERB_BEHIND_CHARS])
    return verb is not None and is_small(WORD.findall(behind[: verb.start()]))


def is_set_out(low: str, number: Number) -> bool:
    """Say whether the number stands by itself below words of the occasion, and not below a label of its own."""
    if not number.is_alone or number.is_mixed:
        return False
    above = low[low.find("\n") + 1 : number.start].rstrip(" \n*_|>#=-")
    line = above[above.rfind("\n") + 1 :]
    if not line:
        return True
    words_of_it = WORD.findall(line)
    is_spoken = line.endswith((".", "!", "?", "。", "！")) or len(words_of_it) >= SPOKEN_WORDS
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
    if is_small(WORD.findall(gap)):
        return True
    return announced and any(sign.search(before[last.start() :]) for sign in (signs.DIGITS, signs.OCCASION))


def is_small(found: list[str]) -> bool:
    """Say whether none of the words is one that a number could count or belong to."""
    return all(word in _SMALL or not _WITH_BLANKS.match(word) or _known(word) for word in found)


def _known(word: str) -> bool:
    return any(sign.match(word) for sign in (signs.OCCASION, *_BLAND))


def before_it(low: str, number: Number) -> str:
    """Return the sentence up to the number; for one alone on its line, the sentence above."""
    part = low[max(low.find("\n") + 1, number.start - _SENTENCE_CHARS) : number.start]
    if number.is_alone or part.rstrip().endswith(":"):
        part = part.rstrip(" \n*_|:.!>")
    return SENTENCE_END.split(part)[-1]


def _behind(low: str, number: Number) -> str:
    part = low[number.end : number.end + _SENTENCE_CHARS]
    if number.is_alone:
        part = part.lstrip(" \n*_|.")
    part = _ENDING.sub("", part)
    return SENTENCE_END.split(part)[0]
