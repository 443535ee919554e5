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

from sevenbot.flat import flat
from sevenbot.parse import code_entry, code_marks
from sevenbot.parse import code_words as words
from sevenbot.parse.code_marks import Mark

# A code mail says its code early; the rest of a long mail could only add mistakes.
READ_CHARS = 8_000
MOST_CODES = 3

# How well a candidate sits by the word "code"; the best place in the mail silences the lower ones.
_DIRECT, _ALONE, _NEAR = 3, 2, 1
# Reaches in characters: a number belongs to the word just before it; a code alone on its line may have a sentence of
# instructions between itself and the word.
_OTHER_REACH, _DIRECT_REACH, _BEFORE_REACH, _SENTENCE_REACH, _ALONE_REACH = 40, 45, 60, 110, 600

# An occasion to enter a code is told at once.
_OCCASION_CHARS = 1_500

# Letters that a code would be a part of; Chinese, Japanese, Korean and Arabic touch numbers without belonging to them.
_LETTER = "0-9a-z_à-žа-яёіїєґ"
_CANDIDATE = re.compile(
    rf"(?<![{_LETTER}./@#$€£¥₽₹₩₺₴+=&%~\\-])(?<![0-9][:,(])(?<!№ )(?<![0-9][ ])(?:"
    r"[0-9](?:(?:[ \n|]| \| )[0-9]){3,7}"  # 4 8 2 9 1 3
    r"|[0-9]{2,4}(?:[ -][0-9]{2,4}){1,2}"  # 482 913, 48-29-13, 1234-5678
    r"|[0-9]{4,10}"
    r"|[a-z]{1,3}-[0-9]{4,8}"  # G-482913
    r"|[a-z0-9]{2,5}(?:-[a-z0-9]{2,5}){1,2}"  # K7M-4QX, WDJB-MJHT
    r"|(?=[a-z]{0,9}[0-9])[a-z0-9]{4,10}"  # X7K2P9
    r"|[b-df-hj-np-tv-z]{5,8}"  # WDJBM
    rf")(?![{_LETTER}@%€£$¥₽₹₩₺₴]|[-.,:/][0-9a-z]| ?[€£₽₹₩₺₴]|[ .][0-9])"
)
# Between a word for another number and that number: "order no. 12345", "Bestellnummer: 12345".
_NUMBER_OF = re.compile(
    r"[ .:]*(?:(?:number|num|no|nr|nummer|id|#|№|номер|numéro|número|numero|numer|nº|n°|code)[ .:]*)*"
)
_SENT_TO = re.compile(
    r"\b(?:sent|send|texted|gesendet|geschickt|envoyé|enviad|inviat|verzonden|wysła|отправ|надісл)|发送|送信|전송"
)
_MONEY_BEFORE = re.compile(r"(?:\b(?:rs|inr|usd|eur|gbp|chf|jpy|cny|rmb|krw|pln|rub|uah|kr|nt|hk)\b\.?|[€£₽₹₩₺₴]) ?\Z")
_BARGAIN = re.compile(
    r"[0-9] ?%|% ?[0-9]|\b(?:off|discount|checkout|coupon|voucher|save|savings|sale|free shipping|rabatt|gutschein|"
    r"sparen|"
    r"réduction|remise|descuento|desconto|sconto|korting|rabat|zniżk\w*|скидк\w*|знижк\w*|indirim\w*)\b|优惠|折扣|割引|할인|خصم"
)
# "Your code is 2024", but not "code in 2024".
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SAYS_IT_IS = re.compile(
    r"(?:[:=-]|\b(?:is|ist|lautet|est|es|è|é|jest|to|är|er|adalah|is:)|[是为為は는은])[ :]*[\[(（【「“«\"']?\Z"
    r"|[^\W\d_]: *\Z"
)
_ANOTHER_NUMBER = re.compile(r"[0-9][0-9 -]{2,}[0-9](?![0-9.,:]*[0-9])")
_AND = re.compile(r"(?:[\s,;|/&+]|and|or|und|oder|et|ou|y|o|e|en|i|и|или|ve|和|、|と|و){1,8}")
_IS = re.compile(r" (?:is|ist|est|es|è|é|jest|to|är|er|—|-) ")
_COUPON_SHAPE = re.compile(r"[a-z]{4,}[0-9]{1,4}")
_TRIP = re.compile(
    r"\b(?:flights?|booking|reservations?|itinerary|hotel|passengers?|boarding|departure|buchung\w*|flug\w*|vol|vuelo|volo|voo|"
    r"réservation|reserva|prenotazione|rezerwac\w*|lot|рейс\w*|брон\w*|uçuş\w*|rezervasyon\w*)\b|航班|预订|予約|便名|항공|예약"
)
_VOWEL = re.compile(r"[aeiou]")
# 128MB, 184pin, 21st: a number with its unit.
_QUANTITY = re.compile(r"[0-9]+(?:[kmgt]b|[kmg]?hz|pin|rpm|px|dpi|mah|[cmk]m|kg|ml|st|nd|rd|th|am|pm|uhr|usd|eur|gbp)")
_DATE_BITS = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?|\d\d?-\d\d?-(?:19|20)\d\d")
_SENTENCE_END = re.compile(r"(?<!\bnr)(?<!\bno)(?<!\brs)(?<!\bn)[.!?](?=\s)|[。！？\n]")
_CLAUSE_END = re.compile(r"[,;(]")
_UNITS = re.compile(
    r" ?(?:usd|eur|gbp|chf|jpy|pln|rub|uah|try|tl|kr|sek|nok|dkk|zł|руб|грн|元|円|원|km|kg|mb|gb|kb|min|mins|minutes?|"
    r"minuten|hours?|stunden|days?|tage|years?|jahre|words|times|people|users|items|points|punkte|px|mm|cm|%|"
    r"st(?:reet)?\b|ave(?:nue)?\b|road|rd\b|am\b|pm\b|uhr)\b"
)


def read(subject: str, text: str) -> tuple[str, ...]:
    """Return the codes of a mail in the order they stand there, without blanks and hyphens; () for most mails."""
    whole = f"{subject[:500]}\n{text[:READ_CHARS]}"
    low = flat(whole)
    found = _called_codes(low, whole) or _entered(low, whole)
    written = [re.sub(r"[\s|-]", "", _as_written(whole, start, end)) for start, end in found]
    return tuple(dict.fromkeys(written))[:MOST_CODES]


# A code made of words, alone on the line below: "Your login code:\n\nsparo-limdi-vexat-wolun".
_SPOKEN = re.compile(r":[ ]?\n{1,3}([a-z]{3,8}(?:-[a-z]{3,8}){2,4})(?=\n|\Z)")


def _called_codes(low: str, whole: str) -> list[tuple[int, int]]:
    """Return the places of the numbers that sit best by a word for "code"."""
    marked = code_marks.read(low)
    if not (any(word.is_code for word in marked) or _begins_a_login(low)):
        return []
    if (spoken := _SPOKEN.search(low)) and any(word.end == spoken.start() for word in marked if word.is_code):
        return [spoken.span(1)]
    placed = [(_place(low, whole, match, marked), match) for match in _CANDIDATE.finditer(low)]
    best = max((place for place, _ in placed), default=0)
    return [match.span() for place, match in placed if place and place == best]


def _entered(low: str, whole: str) -> list[tuple[int, int]]:
    """Return the places of the numbers that the reader is told to enter, where no word says "code"."""
    spans = [match.span() for match in _CANDIDATE.finditer(low) if _may_be_entered(low, whole, match)]
    numbers = [code_entry.Number(start, end, _is_alone(low, start, end)) for start, end in spans]
    return [(number.start, number.end) for number in code_entry.find(low, numbers)]


def _may_be_entered(low: str, whole: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if not any(char.isdigit() for char in low[start:end]) or not _looks_like_code(low[start:end], whole[start:end]):
        return False
    if not re.sub(r"[\s|-]", "", low[start:end]).isdigit() and not whole[start:end].isupper():
        return False
    is_counted = _UNITS.match(low, end) or _MONEY_BEFORE.search(low, max(start - 6, 0), start)
    return not is_counted and not _is_bargain_or_trip(low, start, end)


def _begins_a_login(low: str) -> bool:
    """Say whether the subject is a number and what it is for: "482913 - your Example login"."""
    return low[:1].isdecimal() and any(verb in low[: low.find("\n")] for verb in words.LOGIN_VERBS)


def _as_written(whole: str, start: int, end: int) -> str:
    return re.sub(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]", "-", whole[start:end])


def _place(low: str, whole: str, match: re.Match[str], marked: list[Mark]) -> int:
    start, end = match.span()
    if not _looks_like_code(low[start:end], whole[start:end]) or _UNITS.match(low, end):
        return 0
    if _MONEY_BEFORE.search(low, max(start - 6, 0), start) or _is_bargain_or_trip(low, start, end):
        return 0
    at = bisect_right(marked, start, key=lambda word: word.start)
    if _belongs_elsewhere(low, marked, at, (start, end)):
        return 0
    if start == 0 and _begins_a_login(low):
        return _DIRECT
    alone = _is_alone(low, start, end) or _is_the_subject(low, start, end)
    place = max(_after_word(low, marked, at, start), _before_word(low, marked, at, end))
    if alone:
        place = max(place, _alone_near(marked, at, start, end))
    if not alone and _YEAR.fullmatch(low, start, end) and not _SAYS_IT_IS.search(low, max(start - 24, 0), start):
        return 0
    return place if place >= _needed(low[start:end], whole[start:end]) else 0


def _looks_like_code(low: str, written: str) -> bool:
    digits = sum(char.isdigit() for char in low)
    if _DATE_BITS.fullmatch(low) or _QUANTITY.fullmatch(low) or len(re.sub(r"[\s|-]", "", low)) > 12:
        return False
    if digits:
        return digits >= 4 or len(low) >= 5
    return written.isupper() and not _VOWEL.search(low)  # RFC 8628 §6.1: letters that make no words


def _is_bargain_or_trip(low: str, start: int, end: int) -> bool:
    """Say whether a code with letters is a coupon (SUMMER25) or a booking (X7K2P9 beside a flight)."""
    if low[start:end].replace("-", "").replace(" ", "").isdigit():
        return False
    if _COUPON_SHAPE.fullmatch(low, start, end):
        return True
    return any(pattern.search(low, max(start - 80, 0), end + 80) for pattern in (_BARGAIN, _TRIP))


def _belongs_elsewhere(low: str, marked: list[Mark], at: int, place: tuple[int, int]) -> bool:
    """Say whether the nearest word to the left gives the number another meaning."""
    start, end = place
    left = marked[at - 1] if at else None
    if left is None or left.is_code:
        return False
    gap = low[left.end : start]
    if len(gap) > _OTHER_REACH or any(char.isdigit() for char in gap):
        return False
    if any(verb in gap for verb in words.ENTER_VERBS):  # "To activate your account, enter 482913"
        return False
    if gap.strip() == "," and _IS.match(low, end):  # "Dear customer, 482913 is ..."
        return False
    # "Your code for this order is 482913": the sentence speaks of a code first.
    code = next((word for word in reversed(marked[:at]) if word.is_code), None)
    speaks_of_code = code is not None and not _SENTENCE_END.search(low, code.end, left.start)
    if _NUMBER_OF.fullmatch(gap.replace("\n", " ").rstrip()):
        return not (speaks_of_code and "\n" in gap)  # "Enter this code to open your account:\n\n482913"
    return not speaks_of_code and not _SENTENCE_END.search(gap)


def _is_alone(low: str, start: int, end: int) -> bool:
    line_start = low.rfind("\n", 0, start) + 1
    line_end = low.find("\n", end)
    line = low[line_start:start] + low[end : line_end if line_end >= 0 else len(low)]
    return not line.strip(" *_|=>-•·[](){}\"'`.:#")


def _is_the_subject(low: str, start: int, end: int) -> bool:
    """Say whether a subject begins with the number, or has it at its end behind a name: "Example: 482913"."""
    subject_end = low.find("\n")
    is_named = low[:start].rstrip().endswith((":", "-", "|"))
    return end <= subject_end <= _BEFORE_REACH and (start == 0 or (end == subject_end and is_named))


def _after_word(low: str, marked: list[Mark], at: int, start: int) -> int:
    code = next((word for word in reversed(marked[max(at - 3, 0) : at]) if word.is_code), None)
    if code is None:
        return 0
    gap = low[code.end : start]
    if _SENT_TO.search(gap[:_BEFORE_REACH]) or len(gap) > _ALONE_REACH:
        return 0
    says_it_is = _SAYS_IT_IS.search(low, max(start - 24, code.end), start)
    number = None if says_it_is else _ANOTHER_NUMBER.search(gap)
    if number and not _AND.fullmatch(gap, number.end()):
        return 0
    text = gap.rstrip()  # "your code is:\n\n482913"
    if _SENTENCE_END.search(text):
        return _NEAR if len(gap) <= _BEFORE_REACH * 2 and _is_to_be_entered(low, start) else 0
    if says_it_is:
        return _DIRECT if len(text) <= _SENTENCE_REACH else 0
    if len(text) <= _DIRECT_REACH and not _CLAUSE_END.search(text) and _is_connected(text):
        is_plain = low[code.start : code.end] in words.PLAIN_CODE_WORDS
        return 0 if is_plain and not _is_an_occasion(low) else _DIRECT
    return _NEAR if len(gap) <= _BEFORE_REACH * 2 else 0


def _is_an_occasion(low: str) -> bool:
    """Say whether the mail speaks of something that a code is entered for; "code 4471902" alone may be a product's."""
    return any(sign in low[:_OCCASION_CHARS] for sign in words.OCCASIONS)


def _is_connected(gap: str) -> bool:
    """Say whether what stands between "code" and a number says no more than what the code is for, or what to do."""
    if not any(map(str.isalpha, gap)) or _PURPOSE.fullmatch(gap):
        return True
    return any(word in gap for word in words.QUALIFIERS + words.ENTER_VERBS)


# "code de retrait 4471", "PIN for the locker 4471"
_PURPOSE = re.compile(
    r" (?:d'|(?:de|di|do|da|del|della|van|voor|für|zur|zum|for|to|pour|para|per|för|til|для|на) )"
    r"[^\W\d_]+(?: [^\W\d_]+){0,2}:?"
)


def _is_to_be_entered(low: str, start: int) -> bool:
    """Say whether the number's sentence tells the reader to type it in somewhere."""
    sentence = low[max(start - _BEFORE_REACH, 0) : start + _BEFORE_REACH]
    return any(verb in sentence for verb in words.ENTER_VERBS)


def _before_word(low: str, marked: list[Mark], at: int, end: int) -> int:
    gap = low[end : end + _BEFORE_REACH]
    stop = _SENTENCE_END.search(gap)
    sentence = gap[: stop.start()] if stop else gap
    right = marked[at] if at < len(marked) else None
    reach = right.start - end if right and right.is_code else _BEFORE_REACH + 1
    if reach <= min(len(sentence), _DIRECT_REACH) and "," not in gap[:reach]:
        return _DIRECT
    if reach <= _BEFORE_REACH and _is_to_be_entered(low, end):
        return _ALONE
    if reach <= len(sentence):
        return _NEAR
    return _NEAR if any(verb in sentence for verb in words.LOGIN_VERBS) else 0


def _alone_near(marked: list[Mark], at: int, start: int, end: int) -> int:
    above = any(word.is_code and start - word.end <= _ALONE_REACH for word in marked[:at])
    below = any(word.is_code and word.start - end <= _ALONE_REACH // 3 for word in marked[at : at + 3])
    return _ALONE if above or below else 0


def _needed(low: str, written: str) -> int:
    """Return the least place that makes a code of what also could be a year, a word or a count."""
    squashed = re.sub(r"[\s|-]", "", low)
    if not squashed.isdigit():
        return _NEAR if written.isupper() and squashed != low else _ALONE
    return _NEAR if 5 <= len(squashed) <= 8 else _ALONE
