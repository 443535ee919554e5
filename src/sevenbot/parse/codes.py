"""
Login and confirmation codes, found by the wording around them.

A number is no code by its looks: phone numbers, years, order numbers, prices and house numbers look the same. So each
candidate (4 to 10 digits, or letters with digits; also in groups: 123 456, 123-456, G-123456) needs a word for "code"
near it (verification code, Bestätigungscode, код подтверждения, 验证码, ...) and no nearer word for something else
(order, invoice, phone, postcode, coupon, ...). The best-placed candidates win: right after the word, right before it
("482913 is your code"), or alone on a line below it.

A code is reported as it stands in the mail, without blanks and hyphens. That goes for a sender's prefix too:
G-482913 is reported as G482913.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sevenbot.flat import flat
from sevenbot.parse import code_entry, code_lists, code_marks, code_numbers, code_phrases, code_rest
from sevenbot.parse import code_signs as signs
from sevenbot.parse import code_words as words
from sevenbot.parse.code_marks import Mark
from sevenbot.parse.code_numbers import Number

# A code mail says its code early; the rest of a long mail could only add mistakes.
READ_CHARS = 8_000
MOST_CODES = 3

# How well a candidate sits by the word "code"; the best place in the mail silences the lower ones.
_DIRECT, _ALONE, _NEAR = 3, 2, 1
# Reaches in characters: a number belongs to the word just before it; a code alone on its line may have a sentence of
# instructions between itself and the word.
_OTHER_REACH, _DIRECT_REACH, _BEFORE_REACH, _SENTENCE_REACH, _ALONE_REACH = 40, 45, 60, 110, 600
_OWN_REACH = 20
# Shorter ones with letters are names of things more often (A380).
_SHORTEST_MIXED = 5

# An occasion to enter a code is told at once.
_OCCASION_CHARS = 1_500
_OCCASIONS = (signs.OCCASION, signs.SECRECY, signs.QUALITY, signs.COLLECT, signs.OPENED, signs.ENTER)

# Between a word for another number and that number: "order no. 12345", "Bestellnummer: 12345".
_NUMBER_OF = re.compile(
    r"[ .:]*(?:(?:number|num|no|nr|nummer|id|#|№|номер|numéro|número|numero|numer|nº|n°|code)[ .:]*)*"
)
_SENT_TO = re.compile(
    r"\b(?:sent|send|texted|gesendet|geschickt|envoyé|enviad|inviat|verzonden|wysła|отправ|надісл)|发送|送信|전송"
)
# "Your code is 2024", but not "code in 2024".
_SAYS_IT_IS = re.compile(
    r"(?:[:=-]|\b(?:is|ist|lautet|est|es|è|é|jest|to|är|er|je|este|είναι|е|є|yra|ir|ialah|adalah|ay|là|ni|yw|zní|on|هو|هي|הוא|היא|is:)|[是为為は는은]|คือ|គឺ)"
    r"(?: (?:now|again|jetzt|nun|ahora|ora|adesso|agora|nu|maintenant|teraz|теперь|тепер|şimdi|today|heute))?"
    r"[ :]*[\[(（【「“«\"'*]{0,3}\Z"
    r"|[^\W\d_]: *\Z"
)
# The same where the verb comes behind: "आपका कोड 482913 है".
_IT_IS_BEHIND = re.compile(
    r"[\]）)】」」”\"'*]{0,2} ?(?:है|हैं|आहे|છે|হল|হলো|ਹੈ|است|ہے|වේ|ነው|ဖြစ်|です|でした|입니다|이에요|예요|հո|हो)"
)
_ANOTHER_NUMBER = re.compile(r"[0-9][0-9 -]{2,}[0-9](?![0-9.,:]*[0-9])")
_AND = re.compile(r"(?:[\s,;|/&+]|and|or|und|oder|et|ou|y|o|e|en|i|и|или|ve|和|、|と|و){1,8}")
_NEXT_CLAUSE = re.compile(r",|\A[ .]*(?:and|or|und|oder|et|ou|oraz|или|и) ")
_IS = re.compile(r" (?:is|ist|est|es|è|é|jest|to|är|er|—|-) ")
# "The TAN for request 2026-4471 is 719204".
_LEADS_ON = re.compile(r" (?:is|ist|lautet|est|es|è|é|jest|är|er|je|este|είναι|yra|adalah)[ :]+[0-9]{4}")
_SENTENCE_END = re.compile(r"(?<!\bnr)(?<!\bno)(?<!\brs)(?<!\bn)[.!?](?=\s)|[。！？\n]")
_CLAUSE_END = re.compile(r"[,;(]")


def read(subject: str, text: str) -> tuple[str, ...]:
    """Return the codes of a mail in the order they stand there, without blanks and hyphens; () for most mails."""
    whole = f"{subject[:500]}\n{text[:READ_CHARS]}"
    low = flat(whole)
    numbers = list(code_numbers.find(low, whole))
    marked = code_marks.read(low)
    if listed := code_lists.find(low):
        above = [number for number in numbers if number.end <= listed[0][0]]
        return (*_written(whole, _called(low, above, marked))[:MOST_CODES], *_written(whole, listed))
    found = code_phrases.find(low, marked) or _called(low, numbers, marked) or _uncalled(low, numbers, marked)
    return _written(whole, found)[:MOST_CODES]


def _written(whole: str, found: list[tuple[int, int]]) -> tuple[str, ...]:
    written = [re.sub(r"[\s|·-]", "", _as_written(whole, start, end)) for start, end in found]
    return tuple(dict.fromkeys(written))


def _uncalled(low: str, numbers: list[Number], marked: list[Mark]) -> list[tuple[int, int]]:
    found = code_entry.find(low, numbers) or code_rest.find(low, numbers, marked)
    return [(number.start, number.end) for number in found]


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail in the form of `flat` with its marks, read once for all its numbers."""

    low: str
    marked: list[Mark]
    free: frozenset[Mark]  # words for "code" that have no number right behind them, so that one before may be theirs
    is_occasion: bool  # speaks of something that a code is entered for; "code 4471902" alone may be a product's


def _called(low: str, numbers: list[Number], marked: list[Mark]) -> list[tuple[int, int]]:
    """Return the places of the numbers that sit best by a word for "code"."""
    if not (any(word.is_code for word in marked) or _begins_a_login(low)):
        return []
    is_occasion = any(sign.search(low[:_OCCASION_CHARS]) for sign in _OCCASIONS)
    mail = _Mail(low, marked, _without_number(low, numbers, marked), is_occasion)
    placed = [(_place(mail, number), number) for number in numbers]
    best = max((place for place, _ in placed), default=0)
    return [(number.start, number.end) for place, number in placed if place and place == best]


def _begins_a_login(low: str) -> bool:
    """Say whether the subject is a number and what it is for: "482913 - your Example login"."""
    return low[:1].isdecimal() and signs.OCCASION.search(low[: low.find("\n")]) is not None


def _as_written(whole: str, start: int, end: int) -> str:
    return re.sub(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]", "-", whole[start:end])


def _without_number(low: str, numbers: list[Number], marked: list[Mark]) -> frozenset[Mark]:
    starts = [number.start for number in numbers]
    free = set()
    for word in marked:
        at = bisect_right(starts, word.end)
        gap = low[word.end : starts[at]] if at < len(starts) else ""
        if not gap or len(gap) > _OWN_REACH or not (gap.isspace() or _SAYS_IT_IS.search(gap)):
            free.add(word)
    return frozenset(free)


def _place(mail: _Mail, number: Number) -> int:
    low, marked, start, end = mail.low, mail.marked, number.start, number.end
    at = bisect_right(marked, start, key=lambda word: word.start)
    if _belongs_elsewhere(low, marked, at, (start, end)) or _LEADS_ON.match(low, end):
        return 0
    if start == 0 and _begins_a_login(low):
        return _DIRECT
    alone = number.is_alone or _is_the_subject(low, start, end)
    place = max(_after_word(mail, at, number), _before_word(mail, at, number))
    if alone:
        place = max(place, _alone_near(marked, at, start, end))
    if not alone and number.is_year and not _SAYS_IT_IS.search(low, max(start - 24, 0), start):
        return 0
    return place if place >= _needed(number) else 0


def _belongs_elsewhere(low: str, marked: list[Mark], at: int, place: tuple[int, int]) -> bool:
    """Say whether the nearest word to the left gives the number another meaning."""
    start, end = place
    left = marked[at - 1] if at else None
    if left is None or left.is_code:
        return False
    gap = low[left.end : start]
    if len(gap) > _OTHER_REACH or any(char.isdigit() for char in gap):
        return False
    if signs.ENTER.search(gap):  # "To activate your account, enter 482913"
        return False
    if gap.strip() == "," and _IS.match(low, end):  # "Dear customer, 482913 is ..."
        return False
    # "Your code for this order is 482913": the sentence speaks of a code first.
    code = next((word for word in reversed(marked[:at]) if word.is_code), None)
    speaks_of_code = code is not None and not _SENTENCE_END.search(low, code.end, left.start)
    if _NUMBER_OF.fullmatch(gap.replace("\n", " ").rstrip()):
        return not (speaks_of_code and "\n" in gap)  # "Enter this code to open your account:\n\n482913"
    return not speaks_of_code and not _SENTENCE_END.search(gap)


def _is_the_subject(low: str, start: int, end: int) -> bool:
    """Say whether a subject begins with the number, or has it at its end behind a name: "Example: 482913"."""
    subject_end = low.find("\n")
    is_named = low[:start].rstrip().endswith((":", "-", "|"))
    return end <= subject_end <= _BEFORE_REACH and (start == 0 or (end == subject_end and is_named))


def _after_word(mail: _Mail, at: int, number: Number) -> int:
    low, marked, start = mail.low, mail.marked, number.start
    code = next((word for word in reversed(marked[max(at - 3, 0) : at]) if word.is_code), None)
    if code is None:
        return 0
    gap = low[code.end : start]
    if _SENT_TO.search(gap[:_BEFORE_REACH]) or len(gap) > _ALONE_REACH:
        return 0
    says_it_is = _SAYS_IT_IS.search(low, max(start - 24, code.end), start) or _IT_IS_BEHIND.match(low, number.end)
    another = None if says_it_is else _ANOTHER_NUMBER.search(gap)
    if another and not _AND.fullmatch(gap, another.end()):
        return 0
    is_plain = words.PLAIN_CODE_WORD.fullmatch(low, code.start, code.end)
    if is_plain and code_numbers.is_bargain(low, number):
        return 0
    is_near = len(gap) <= _BEFORE_REACH * 2 and (number.is_alone or code_entry.is_free(low, number))
    text = gap.rstrip()  # "your code is:\n\n482913"
    if _SENTENCE_END.search(text):
        return _NEAR if is_near and _is_to_be_entered(low, start) else 0
    if says_it_is:
        return _directly(code) if len(text) <= _SENTENCE_REACH else 0
    if len(text) <= _DIRECT_REACH and not _CLAUSE_END.search(text) and _is_connected(text):
        return 0 if is_plain and not mail.is_occasion else _directly(code)
    return _NEAR if is_near else 0


def _directly(code: Mark) -> int:
    """Return the place right beside a word: "your code 4471" comes before "practice code 8107"."""
    return _DIRECT if code.is_sure else _ALONE


def _is_connected(gap: str) -> bool:
    """Say whether what stands between "code" and a number says no more than what the code is for, or what to do."""
    if not any(map(str.isalpha, gap)) or _PURPOSE.fullmatch(gap):
        return True
    return any(sign.search(gap) for sign in (signs.QUALITY, signs.OCCASION, signs.ENTER))


# "code de retrait 4471", "PIN for the locker 4471"
_PURPOSE = re.compile(
    r" (?:d'|(?:fürs|vom|am|de|di|do|da|del|della|van|voor|für|zur|zum|for|to|pour|para|per|för|til|для|на) )"
    r"[^\W\d_]+(?: [^\W\d_]+){0,2}:?"
)


def _is_to_be_entered(low: str, start: int) -> bool:
    """Say whether the number's sentence tells the reader to type it in somewhere."""
    sentence = low[max(start - _BEFORE_REACH, 0) : start + _BEFORE_REACH]
    return signs.ENTER.search(sentence) is not None


def _before_word(mail: _Mail, at: int, number: Number) -> int:
    low, marked, end = mail.low, mail.marked, number.end
    gap = low[end : end + _BEFORE_REACH]
    stop = _SENTENCE_END.search(gap)
    sentence = gap[: stop.start()] if stop else gap
    right = marked[at] if at < len(marked) else None
    reach = right.start - end if right and right.is_code else _BEFORE_REACH + 1
    if (
        right
        and right in mail.free
        and reach <= min(len(sentence), _DIRECT_REACH)
        and not _NEXT_CLAUSE.search(gap[:reach])
    ):
        return _directly(right)
    if reach <= _BEFORE_REACH and _is_to_be_entered(low, end):
        return _ALONE
    if not code_entry.is_free(low, number):
        return 0
    return _NEAR if reach <= len(sentence) or signs.OCCASION.search(sentence) else 0


def _alone_near(marked: list[Mark], at: int, start: int, end: int) -> int:
    above = any(word.is_code and start - word.end <= _ALONE_REACH for word in marked[:at])
    below = any(word.is_code and word.start - end <= _ALONE_REACH // 3 for word in marked[at : at + 3])
    return _ALONE if above or below else 0


def _needed(number: Number) -> int:
    """Return the least place that makes a code of what also could be a year, a word or a count."""
    if not number.is_plain and len(number.squashed) < _SHORTEST_MIXED:
        return _ALONE if number.is_alone and number.is_upper else _DIRECT
    if not number.is_plain:
        return _NEAR if number.is_upper and len(number.squashed) < number.end - number.start else _ALONE
    return _NEAR if 5 <= len(number.squashed) <= 8 else _ALONE
