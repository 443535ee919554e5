"""Tracking numbers: those that prove themselves, and those that the words before them make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.parcels import find_parcels


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tracking number 1Z999AA10123456784, postal code 90210", "1Z999AA10123456784"),
        ("Item RR123456785CN has been shipped.", "RR123456785CN"),
        ("Tracking ID: AB12345678901", "AB12345678901"),
        ("Sendungsnummer: 0034 0434 1610 9404 2557", "0034 0434 1610 9404 2557"),
        ("Numéro de suivi : 8R44219930017", "8R44219930017"),
        ("Número de seguimiento: 90211834", "90211834"),
        ("Codice di tracciamento: 77120934", "77120934"),
        ("Numer przesyłki: 620012345678901234567890", "620012345678901234567890"),
        ("Трек-номер 80512345678901", "80512345678901"),
        ("Kargo takip numarası 771203984511", "771203984511"),
        ("运单号：SF1234567890123", "SF1234567890123"),
        ("お問い合わせ番号 4418-2203-9917", "4418-2203-9917"),
        ("운송장 번호 123456789012", "123456789012"),
        ("Track & Trace: 3SABCD1234567", "3SABCD1234567"),
    ],
)
def test_tracking_number_is_found(text, number):
    assert find_parcels(text) == (number,)


@pytest.mark.parametrize(
    "text",
    [
        "Order number 48291334",
        "RR123456784CN",  # the check digit is wrong
        "Call 0800 1234567 about your parcel of 2026.",
        "https://parcel.example/track/1Z999AA10123456784",
        "We are tracking 12 birds since 2019.",
        "Shipment on 12 March 2026, 10:00",
    ],
)
def test_other_numbers_are_none(text):
    assert find_parcels(text) == ()


@given(st.text(alphabet="tracking number:1Z0RRCN -\n运单号", max_size=200))
def test_every_tracking_number_occurs_in_the_mail_property(text):
    folded = " ".join(text.split())

    for number in find_parcels(text):
        assert number in folded
