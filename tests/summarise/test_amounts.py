"""Amounts: numbers with a currency, as they stand in the mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.summarise.amounts import MOST_AMOUNTS, find_amounts, value

AMOUNTS = [
    ("dollar", "Total: $1,234.50.", "$1,234.50"),
    ("colon-tight", "Total:$20 today", "$20"),
    ("wide-colon", "实付金额：¥168.00。预计三天内送达", "¥168.00"),
    ("dollar-plain", "It costs $5", "$5"),
    ("euro-before", "€1.234,50 fällig", "€1.234,50"),
    ("euro-after", "Summe 1.234,50 €", "1.234,50 €"),
    ("euro-after-tight", "Summe 12,99€", "12,99€"),
    ("euro-nbsp", "Total : 1\u202f234,50\xa0€", "1 234,50 €"),
    ("code-after", "1.250,00 EUR überweisen", "1.250,00 EUR"),
    ("code-before", "USD 99.00 due", "USD 99.00"),
    ("dash", "Kosten: 1.250,- EUR", "1.250,- EUR"),
    ("swiss", "CHF 1'234.50", "CHF 1'234.50"),
    ("pound", "£20.00", "£20.00"),
    ("yen", "¥12,000", "¥12,000"),
    ("yen-kanji", "合計12,000円です", "12,000円"),
    ("yuan-wide", "费用为￥1,200元。", "￥1,200元"),
    ("won", "15,000원", "15,000원"),
    ("rupee", "₹1,25,000.00", "₹1,25,000.00"),
    ("rs", "Rs. 45000 debited", "Rs. 45000"),
    ("ruble", "1 234,50 ₽", "1 234,50 ₽"),
    ("ruble-word", "оплатите 500 руб. сегодня", "500 руб"),
    ("hryvnia", "сума 1200 грн", "1200 грн"),
    ("zloty", "Do zapłaty: 99,90 zł", "99,90 zł"),
    ("krona", "Att betala: 499 kr", "499 kr"),
    ("lira", "Tutar: 1.250,00 TL", "1.250,00 TL"),
    ("real", "R$ 99,90", "R$ 99,90"),
    ("australian", "A$50", "A$50"),
    ("thousands", "a $5k budget", "$5k"),
    ("millions", "$1.2 million", "$1.2 million"),
    ("us-code-after", "$50.00 USD", "$50.00 USD"),
    ("arabic", "المبلغ 500 ريال", "500 ريال"),
]

NONE = [
    ("bare", "1,234.50"),
    ("percent", "25% off"),
    ("variable", "cost $x and $FOO"),
    ("word", "europe 5 trying"),
    ("time", "5 min"),
    ("weight", "5 kg"),
    ("hash", "#500"),
    ("try-word", "5 tries"),
]


@pytest.mark.parametrize(("text", "amount"), [row[1:] for row in AMOUNTS], ids=[row[0] for row in AMOUNTS])
def test_an_amount_is_reported_as_it_stands(text, amount):
    assert find_amounts(text) == (amount,)


@pytest.mark.parametrize("text", [row[1] for row in NONE], ids=[row[0] for row in NONE])
def test_a_number_without_currency_is_no_amount(text):
    assert find_amounts(text) == ()


def test_an_amount_is_reported_once():
    assert find_amounts("$5 now, $5 later, $ 5 again") == ("$5",)


@pytest.mark.parametrize(
    "text",
    [
        "Fern 24.80 EUR\nSubtotal 24.80 EUR\nShipping 4.90 EUR\nTotal: 29.70 EUR\nincluding VAT 4.74 EUR",
        "Zwischensumme 24,80 EUR\nVersand 4,90 EUR\nGesamtbetrag\n29,70 EUR",
        "商品 24 EUR 合计：29.70 EUR",
        " ".join(f"Plant {letter}: {number}.50 EUR" for number, letter in enumerate("abcdefgh"))
        + " You paid 29.70 EUR",
    ],
    ids=["english", "german", "chinese", "many"],
)
def test_a_total_comes_first_however_many_amounts_stand_before_it(text):
    assert find_amounts(text)[0].startswith("29")


def test_amounts_are_bounded():
    assert len(find_amounts(" ".join(f"${number}.00" for number in range(100)))) == MOST_AMOUNTS


@pytest.mark.parametrize(
    ("one", "other"),
    [("€1.234,50", "1,234.50 EUR"), ("$50", "50.00 USD"), ("1 234,50 ₽", "1234,50 руб"), ("Rs. 500", "₹500")],
)
def test_amounts_are_the_same_however_they_are_written(one, other):
    assert value(one) == value(other)


@pytest.mark.parametrize(("one", "other"), [("$50", "€50"), ("$50", "$500"), ("$5.05", "$5.50")])
def test_different_amounts_are_different(one, other):
    assert value(one) != value(other)


def test_a_currency_without_a_number_has_no_value():
    assert value("EUR") == ("", "eur")


@given(st.text(alphabet="0123456789.,' €$£USDkr-\xa0\n", max_size=120))
def test_every_amount_occurs_in_the_text_property(text):
    folded = " ".join(text.split())

    for amount in find_amounts(text):
        assert amount in folded
