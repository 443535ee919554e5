"""
Booking references, order and ticket numbers: what is asked for at a counter, told by the words before them.

    Booking reference: K7QX2M · Auftragsnummer: XKPT4Q · Localizador 7KD9PX · 予約番号：SKR-20418

The words for a number may be followed by any token with a digit, or by capitals; a bare "booking" or "order" only by a
token that mixes letters and digits, or by one behind "#".
"""

from __future__ import annotations

import re

from sevenbot.flat import flat
from sevenbot.summarise.phrases import joined

READ_CHARS = 12_000
MOST_REFERENCES = 2

_NUMBER = joined(r"""
    (?:numbers?|no|nr|num|nummer|numéro|n°|n\.º|nº|número|numero|numer|numara(?:nız|niz|sı|si)?|номер|id|codes?|kod|kode|
    code|código|codice|reference|referenz|referencia|referência|referentie|référence|riferimento|ref|locator)
""")
_BOOKING = joined(r"""
    (?:booking|reservation|confirmation|itinerary|order|ticket|buchungs?|reservierungs?|auftrags?|bestell(?:ungs?)?|
    bestätigungs?|vorgangs?|réservation|commande|dossier|reserva|pedido|confirmación|confirmação|prenotazione|ordine|
    conferma|boekings?|reserverings?|bestel(?:lings?)?|rezerwacji|zamówienia|potwierdzenia|rezervasyon|sipariş|onay|
    брони(?:рования)?|заказа|подтверждения|бронювання|замовлення|varauks\w{1,3}|boknings?|ordre|objednávky)
""")
_NAMED = joined(rf"""
    (?:\b(?:(?:{_BOOKING}[ -]?){{1,2}}{_NUMBER}|{_NUMBER}\.? (?:de |del |di |d'|da |do |della |dell')?(?:la |sua |tu |
    votre )?{_BOOKING}|(?:record )?locator|localizador|pnr)\b|
    (?:预订|预定|预约|订单|確認|确认|訂單|訂位)(?:号码?|號碼?|编号|編號|代码|代碼)|(?:予約|注文|確認|受付)(?:番号|コード)|
    (?:예약|주문|확인) ?번호|(?:رقم|رمز) (?:الحجز|الطلب|التأكيد)|(?:מספר|קוד) (?:הזמנה|ההזמנה|אישור)|
    (?:หมายเลข|รหัส)(?:การ)?(?:จอง|สั่งซื้อ|ยืนยัน)|(?:बुकिंग|ऑर्डर|पीएनआर) (?:संख्या|नंबर|आईडी))
""")
_TO = r"(?: ?\((?:pnr|ref|code)\))?(?: (?:is|ist|lautet|est|es|è|é|jest|[:#]))?[ .:#=]{0,4}\n{0,2} ?#?"
_SIGNS = r"[0-9a-z]{1,14}(?:[./-][0-9a-z]{1,14}){0,4}"
_MIXED = r"#[0-9]{5,14}|(?=[a-z]{0,7}[0-9])(?=[0-9]{0,7}[a-z])[0-9a-z]{5,10}"
_END = r"(?![0-9a-z@/]|[.,-][0-9a-z])"
_AFTER_NUMBER = re.compile(rf"{_NAMED}{_TO}(?P<found>{_SIGNS}){_END}")
_AFTER_WORD = re.compile(rf"\b{_BOOKING}(?: confirmation| bestätigung)? (?P<found>{_MIXED}){_END}")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


def find_references(text: str, others: tuple[str, ...] = ()) -> tuple[str, ...]:
    """
    Return the references in *text* as they stand there, at most MOST_REFERENCES; () for most mails.

    Args:
        others: Numbers that are something else: codes for logging in, parcels.
    """
    read = text[:READ_CHARS]
    low = flat(read)
    found = [match for pattern in (_AFTER_NUMBER, _AFTER_WORD) for match in pattern.finditer(low)]
    named = {
        read[match.start("found") : match.end()].lstrip("#"): None
        for match in sorted(found, key=lambda match: match.start("found"))
        if _is_reference(read[match.start() : match.start("found")], read[match.start("found") : match.end()])
    }
    known = {_bare(other) for other in others}
    return tuple(name for name in named if _bare(name) not in known)[:MOST_REFERENCES]


def _is_reference(words: str, name: str) -> bool:
    """Tell "K7QX2M" and "XKPTQM" from words ("BOOKING NUMBER BELOW") and from short numbers ("booking no. 3")."""
    bare = _bare(name)
    if not any(map(str.isdigit, bare)):
        return 5 <= len(bare) <= 8 and name.isupper() and not words.isupper()
    return len(bare) >= 5 and not _DATE.fullmatch(name)


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
