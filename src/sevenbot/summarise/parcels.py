"""
Tracking numbers of parcels: by their shape where the shape proves itself, else by the words before them.

Proven: S10 of the Universal Postal Union (two letters, eight digits and a check digit, a country) and UPS (1Z and 16
more). All others look like any number, so a word for tracking stands right before: "Tracking number: 0034043416109404".
"""

from __future__ import annotations

import re

from sevenbot.flat import flat
from sevenbot.summarise.phrases import joined

READ_CHARS = 12_000
MOST_PARCELS = 3

_S10 = r"[a-z]{2}[0-9]{9}[a-z]{2}"
_UPS = r"1z[0-9a-z]{16}"
_ANY = r"(?=[a-z]{0,6}[0-9])[0-9a-z]{8,30}|[0-9]{3,5}(?:[ -][0-9]{3,5}){1,5}"
_TRACKING = joined(r"""
    (?:tracking|track (?:&|and|\+) trace|shipment|consignment|parcel|airway bill|awb|sendungs|paket|sendungsverfolgung|
    suivi|colis|seguimiento|rastreo|env[ií]o|spedizione|tracciamento|tracking|rastreio|rastreamento|zending|pakket|
    przesyłki|śledzenia|paczki|отслежив|трек|отправлени|накладн|посылк|відстеж|ттн|takip|kargo takip|spårnings|
    kolli|sporings|seuranta|zásilky)
""")
_NUMBER = joined(r"""
    (?:numbers?|no|nr|num|nummer|numéro|número|numero|numer|numarası|номер|id|codes?|kod|código|codice|reference|n°)
""")
_EASTERN = (
    "追跡番号|お問い合わせ番号|伝票番号|运单号|快递单号|物流单号|运单编号|運單號|운송장 ?번호|송장 ?번호|رقم التتبع"
)
_SAID = re.compile(
    rf"(?:\b{_TRACKING}[^\W\d_]{{0,8}}(?:[ -]?{_NUMBER})?|{_EASTERN}"
    rf"|{_NUMBER}\.? (?:de |del |di |da |do |of )?(?:votre |su |tu )?{_TRACKING}\w{{0,6}})"
    r"(?: (?:is|ist|est|es|è|é|to|er|är)|[은는이가は为是])?[ .:#=]{0,4}\n? ?"
    rf"(?P<number>{_ANY})(?![0-9a-z@/]|[.,][0-9])"
)
_PROVEN = re.compile(rf"(?<![0-9a-z/=?&._-])(?:(?P<post>{_S10})|(?P<ups>{_UPS}))(?![0-9a-z])")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def find_parcels(text: str) -> tuple[str, ...]:
    """Return the tracking numbers in *text* as they stand there, white space folded; () for most mails."""
    low = flat(text[:READ_CHARS])
    spans = [match.span() for match in _PROVEN.finditer(low) if match["ups"] or _is_postal(match["post"])]
    spans += [match.span("number") for match in _SAID.finditer(low) if _is_long_enough(match["number"])]
    numbers = dict.fromkeys(" ".join(text[start:end].split()) for start, end in sorted(spans))
    return tuple(numbers)[:MOST_PARCELS]


def _is_long_enough(number: str) -> bool:
    return sum(char.isdigit() for char in number) >= 8


def _is_postal(number: str) -> bool:
    """Say whether the check digit is right (UPU S10-12)."""
    digits = [int(digit) for digit in number[2:11]]
    rest = 11 - sum(weight * digit for weight, digit in zip(_S10_WEIGHTS, digits[:8], strict=True)) % 11
    return digits[8] == {10: 0, 11: 5}.get(rest, rest)
