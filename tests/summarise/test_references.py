"""References of bookings, orders and tickets: by the words before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.references import find_references


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Booking reference: K7QX2M", "K7QX2M"),
        ("Your booking reference is XKPTQM.", "XKPTQM"),
        ("Record locator (PNR): 4H2KXD", "4H2KXD"),
        ("Reservation code\nHMX4R8TZ2A\nCheck-in: Saturday", "HMX4R8TZ2A"),
        ("Confirmation number 4087.113.952", "4087.113.952"),
        ("Your booking confirmation K7QX2M - Hamburg to Lisbon", "K7QX2M"),
        ("Order #100482217 has shipped", "100482217"),
        ("Order number: 204-5511903-88", "204-5511903-88"),
        ("Buchungscode: 8QK2PL", "8QK2PL"),
        ("Buchungsbestätigung (Auftrag XK4PTQ)", "XK4PTQ"),
        ("Ihre Bestellnummer lautet 77-20491.", "77-20491"),
        ("Référence de votre réservation : ZX81QP", "ZX81QP"),
        ("Numéro de commande : 55123409", "55123409"),
        ("Localizador 7KD9PX", "7KD9PX"),
        ("Número de pedido: 883120", "883120"),
        ("Codice prenotazione: LM4QRT", "LM4QRT"),
        ("Código de reserva: PTR55K", "PTR55K"),
        ("Boekingsnummer: 30114477", "30114477"),
        ("Numer rezerwacji: WAW20931", "WAW20931"),
        ("Номер бронирования: 4471920", "4471920"),
        ("Номер замовлення 5512093", "5512093"),
        ("Rezervasyon numaranız: TK55RX", "TK55RX"),
        ("رقم الحجز: 58213", "58213"),
        ("מספר הזמנה: 771204", "771204"),
        ("订单号：3081122456", "3081122456"),
        ("予約番号：SKR-20418", "SKR-20418"),
        ("예약 번호: 88120934", "88120934"),
        ("หมายเลขการจอง RN88231", "RN88231"),
        ("बुकिंग संख्या: 4412093", "4412093"),
    ],
)
def test_a_reference_is_found_by_the_words_before_it(text, name):
    assert find_references(text) == (name,)


@pytest.mark.parametrize(
    "text",
    [
        "Booking no. 3 of this week",
        "See the booking number below.",
        "ENTER THE BOOKING NUMBER PLEASE",
        "In order 2 of us can go",
        "Order by 12.03.2026",
        "The order code is checked at noon.",
        "We hold your reservation until 18:00.",
        "https://shop.example/order/k7qx2m",
        "Bestellung bis 15.05.2026",
    ],
)
def test_other_words_and_numbers_are_none(text):
    assert find_references(text) == ()


def test_a_code_for_logging_in_and_a_parcel_are_no_references():
    text = "Confirmation code: 482 913. Order number: 00340434161094042557"

    assert find_references(text, ("482913", "0034 0434 1610 9404 2557")) == ()


@given(st.text(alphabet="booking number:K7X -#.\n订单号", max_size=200))
def test_every_reference_occurs_in_the_mail_property(text):
    assert all(name in text for name in find_references(text))
