"""
What may be a code by its looks: 482913, 48 29 13, 4-8-2, G-482913, K7M-4QX, 8 F 3 T 2 Q, WDJBM.

Dates, amounts, counts with their unit, coupons (SUMMER25), and the references of bookings are none, by what they are
and by what touches them. What the mail says about the number is judged elsewhere (`codes.py`, `code_entry.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Letters that a code would be a part of; Chinese, Japanese, Korean and Arabic touch numbers without belonging to them.
_LETTER = "0-9a-z_à-žα-ωά-ώа-яёіїєґ\u1e00-\u1eff"
_EAST_ASIAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_MIXED_GROUP = "(?=[a-z]{1,3}[0-9]|[0-9]{1,3}[a-z])[a-z0-9]{2,4}"
_CANDIDATE = re.compile(
    rf"(?<![{_LETTER}./@#$€£¥₽₹₩₺₴+=&%~\\-])(?<![0-9][:,(])(?<!№ )(?<![0-9][ ])(?:"
    r"[0-9](?:(?:[ \n|]| \| )[0-9]){3,7}"  # 4 8 2 9 1 3
    r"|(?=(?:[a-z] ){0,7}[0-9])[a-z0-9](?: [a-z0-9]){3,7}"  # 8 F 3 T 2 Q
    rf"|(?:{_MIXED_GROUP} ){{1,2}}{_MIXED_GROUP}"  # T4 K9 2M
    r"|[0-9](?:-[0-9]){3,7}"  # 4-8-2-9-1-3
    r"|[0-9]{2,4}(?:[ ·-][0-9]{2,4}){1,2}"  # 482 913, 48-29-13, 1234-5678
    r"|[0-9]{4,10}"
    r"|[a-z]{1,3}-[0-9]{4,8}"  # G-482913
    r"|[a-z0-9]{1,5}(?:-[a-z0-9]{1,5}){2,6}"  # 9Q-WT-4, 4-Q-8-R-2-T
    r"|[a-z0-9]{2,5}(?:-[a-z0-9]{2,5}){1,2}"  # K7M-4QX, WDJB-MJHT
    r"|(?=[a-z]{0,9}[0-9])[a-z0-9]{4,10}"  # X7K2P9
    r"|[b-df-hj-np-tv-z]{5,8}"  # WDJBM
    rf")(?![{_LETTER}@%€£$¥₽₹₩₺₴]|[-:·/][0-9*]|/[a-z]|[-:](?![a-zá-ű]{{1,4}}(?![\w:-]))[a-z]|\.[0-9]"
    rf"|,[a-z]|,[0-9]{{1,6}}(?![0-9]| ?[{_EAST_ASIAN}])| ?[€£₽₹₩₺₴]|[ .][0-9])"
)
_MONEY_BEFORE = re.compile(r"(?:\b(?:rs|inr|usd|eur|gbp|chf|jpy|cny|rmb|krw|pln|rub|uah|kr|nt|hk)\b\.?|[€£₽₹₩₺₴]) ?\Z")
_UNITS = re.compile(
    r" ?(?:usd|eur|gbp|chf|jpy|pln|rub|uah|try|tl|kr|sek|nok|dkk|zł|руб|грн|元|円|원|km|kg|mb|gb|kb|min|mins|minutes?|"
    r"minuten|hours?|stunden|days?|tage|years?|jahre|words|times|people|users|items|points|punkte|px|mm|cm|%|"
    r"st(?:reet)?\b|ave(?:nue)?\b|road|rd\b|am\b|pm\b|uhr)\b"
)
# 128MB, 184pin, 21st: a number with its unit.
_QUANTITY = re.compile(
    r"[0-9]+(?:[kmgt]b?|[kmg]?hz|k?wh?|pin|rpm|px|dpi|mah|[cmk]m|kg|ml|st|nd|rd|th|am|pm|uhr|usd|eur|gbp)"
)
# 163.com, but not "482913.Do not share it"; 4711-XL, but not "448201-es kód".
_MORE_BEHIND = re.compile(r"\.[a-z]|[:-][A-Z]")
# A card of which only the end is shown: XX4410.
_MASKED = re.compile(r"x{2,}[0-9]")
_DATE_BITS = re.compile(
    r"(?:19|20)\d\d-\d\d?-\d\d?|\d\d?-\d\d?-(?:19|20)\d\d|20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_GROUPED = re.compile(r"[0-9]{3}[ -][0-9]{3}|[0-9]{2}([ -])[0-9]{2}\1[0-9]{2}|[0-9](?: [0-9]){5}")
_SHORT_DATE = re.compile(r"(?:[0-2]\d|3[01])-(?:0[1-9]|1[0-2])-2\d|(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])-2\d")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_VOWEL = re.compile(r"[aeiou]")
_COUPON_SHAPE = re.compile(r"[a-z]{4,}[0-9]{1,4}")
_PERCENT = re.compile(r"[0-9] ?%|% ?[0-9]")
_BARGAIN = re.compile(
    r"[0-9] ?%|% ?[0-9]|\b[2-5] ?[x×] ?[1-4]\b"
    r"|\b(?:off|discount|checkout|coupon|voucher|save|savings|sale|free shipping|rabatt|gutschein|sparen|"
    r"réduction|remise|descuento|desconto|sconto|korting|rabat|zniżk\w*|скидк\w*|знижк\w*|indirim\w*)\b|优惠|折扣|割引|할인|خصم"
)
_TRIP = re.compile(
    r"\b(?:flights?|booking|reservations?|itinerary|hotel|passengers?|boarding|departure|buchung\w*|flug\w*|vol|vuelo|volo|voo|"
    r"réservation|reserva|prenotazione|rezerwac\w*|lot|рейс\w*|брон\w*|uçuş\w*|rezervasyon\w*)\b|航班|预订|予約|便名|항공|예약"
)
_SQUASHED = re.compile(r"[\s|·-]")
# A postcode and its town, behind a comma, a bracket or a line's beginning: "(Bahnhofstr. 12, 50667 Köln)".
_TOWN_BEHIND = re.compile(r" [^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)?[ ]?(?:[).,;|·•]|$|\n)")

# LS1 4AB, K1A 0B1: British and Canadian postcodes.
_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]? [0-9][a-z]{2}|[a-z][0-9][a-z] [0-9][a-z][0-9]")
# G-482913
_PREFIXED = re.compile(r"[a-z]-[0-9]{4,8}")

_EXAMPLE = re.compile(
    r"(?:\bfor example|\be\. ?g\.|\bsuch as|\bz\. ?b\.|\bzum beispiel|\bpar exemple|\bpor ejemplo|"
    r"\bper esempio|\bpor exemplo|\bbijv\.|\bbijvoorbeeld|\bnp\.|\bнапример|\bнаприклад|"
    r"\börneğin|例如|例えば|예를 들어)[ ,:]{0,3}\Z"
)
# San Francisco, CA 94114
_STATE_BEFORE = re.compile(r", [A-Z]{2} \Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A place in the text that may be a code by its form."""

    start: int
    end: int
    is_alone: bool  # nothing else stands on its line
    squashed: str  # lower case, without blanks and hyphens
    is_upper: bool  # has letters, all of them capitals
    is_grouped: bool  # is six digits in groups of a size (482 913, 48-29-13), as counts and phones are not written
    is_mixed: bool  # has digits and capitals besides small letters: u7Qk2Z

    @property
    def is_plain(self) -> bool:
        """Whether it has digits only."""
        return self.squashed.isdigit()

    @property
    def is_exact(self) -> bool:
        """Whether it has five digits or more, and is no round number: nobody counts so."""
        return self.is_plain and len(self.squashed) >= 5 and not self.squashed.endswith("00")

    @property
    def is_lower(self) -> bool:
        """Whether it has letters, and no capitals among them: more often a name than a code."""
        return not (self.is_plain or self.is_upper or self.is_mixed)

    @property
    def is_year(self) -> bool:
        """Whether it could be a year."""
        return self.end - self.start == 4 and _YEAR.fullmatch(self.squashed) is not None


def find(low: str, whole: str) -> Iterator[Number]:
    """Yield what looks like a code in *whole*, whose form by `flat` is *low*."""
    for match in _CANDIDATE.finditer(low):
        start, end = match.span()
        squashed = _SQUASHED.sub("", match[0])
        written = whole[start:end]
        alone, grouped, mixed = is_alone(low, start, end), _is_grouped(match[0]), _is_mixed(written)
        number = Number(start, end, alone, squashed, written.isupper(), grouped, mixed)
        if _has_the_looks(number, match[0]) and not _is_something_else(low, whole, number):
            yield number


def _is_grouped(found: str) -> bool:
    return _GROUPED.fullmatch(found) is not None and not (found.endswith("000") or _SHORT_DATE.fullmatch(found))


def _is_mixed(written: str) -> bool:
    return any(map(str.isdigit, written)) and any(map(str.isupper, written[1:])) and any(map(str.islower, written))


def is_alone(low: str, start: int, end: int) -> bool:
    """Say whether nothing else stands on the line."""
    line_start = low.rfind("\n", 0, start) + 1
    line_end = low.find("\n", end)
    line = low[line_start:start] + low[end : line_end if line_end >= 0 else len(low)]
    return not line.strip(" *_|=>-•·[](){}\"'`.:#")


def _has_the_looks(number: Number, found: str) -> bool:
    digits = sum(map(str.isdigit, number.squashed))
    if (
        _DATE_BITS.fullmatch(found)
        or _QUANTITY.fullmatch(found)
        or _POSTCODE.fullmatch(found)
        or len(number.squashed) > 12
    ):
        return False
    is_broken = " " in found or min(map(len, found.split("-"))) == 1
    if is_broken and not number.is_plain and not _PREFIXED.fullmatch(found):
        return number.is_upper and digits > 0  # letters apart are words of one letter, if they are no capitals
    if digits:
        return digits >= 4 or len(found) >= 5 or (number.is_upper and len(found) == 4)
    return number.is_upper and not _VOWEL.search(found)  # RFC 8628 §6.1: letters that make no words


def _is_something_else(low: str, whole: str, number: Number) -> bool:
    if _MORE_BEHIND.match(whole, number.end) or _MASKED.match(low, number.start):
        return True
    return _is_counted(low, number) or _is_reference(low, number) or _is_postcode(low, whole, number)


def _is_counted(low: str, number: Number) -> bool:
    if _UNITS.match(low, number.end) or _EXAMPLE.search(low, max(number.start - 20, 0), number.start):
        return True
    return _MONEY_BEFORE.search(low, max(number.start - 6, 0), number.start) is not None


def _is_reference(low: str, number: Number) -> bool:
    """Say whether a code with letters is a coupon (SUMMER25) or a booking (X7K2P9 beside a flight)."""
    if number.is_plain:
        return False
    if _COUPON_SHAPE.fullmatch(low, number.start, number.end):
        return True
    around = (max(number.start - 80, 0), number.end + 80)
    return any(pattern.search(low, *around) for pattern in (_BARGAIN, _TRIP))


def is_bargain(low: str, number: Number) -> bool:
    """Say whether a part of a price is given for it: "use code 448230 for 15 % off"."""
    return _PERCENT.search(low, max(number.start - 80, 0), number.end + 80) is not None


def _is_postcode(low: str, whole: str, number: Number) -> bool:
    if not (number.is_plain and number.end - number.start in (4, 5)):
        return False
    before = low[max(number.start - 3, 0) : number.start].rstrip(" ")
    if _STATE_BEFORE.search(whole, max(number.start - 6, 0), number.start):
        return True
    is_free = before.endswith((",", "(", "\n", "|", "·")) and number.start > 0
    return is_free and _TOWN_BEHIND.match(whole, number.end) is not None
