import pytest

from sevenbot.parse.kind_writer import Writer
from sevenbot.parse.message import Mailbox

BILL = "Your bill no. 55820 is 41.00 EUR."


def writer(name: str, address: str, text: str = "Some words.") -> Writer:
    return Writer(Mailbox(name, address), text)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Wren Ferries", "deck@wren.example"),
        ("Épine", "abonnes@epine.example"),
        ("Łąka Mleko", "mleczarz@mleko.example"),
        ("Сорока Тур", "poezdki@soroka-tur.example"),
        ("Καράβι Κορμοράνος", "thesi@kormoranos.example"),
        ("ひばり便", "uketsuke@hibari.example"),
        ("두루미 여행", "yeyak@durumi.example"),
        ("Otter", "billing@a.example"),
        ("Banco Garza", "x@a.example"),
        ("Stelzen GmbH", "x@a.example"),
        ("小鸟医院", "x@a.example"),
    ],
)
def test_a_firm_is_told_by_whom_its_mailbox_belongs_to(name: str, address: str) -> None:
    assert writer(name, address, "Your seat is 14.").is_firm


def test_a_name_that_is_the_mail_providers_makes_nobody_a_firm() -> None:
    assert not writer("Yahoo", "taro@yahoo.fr", "It gets late.").is_firm
    assert not writer("docomo", "taro@docomo.ne.jp", "It gets late.").is_firm


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ida Stork", "ida@stork.example"),
        ("Ida Stork", "i.stork@a.example"),
        ("Ida Stork", "is@stork.example"),
        ("Ida Stork", "me@stork.example"),
        ("Bill Stork", "bill.stork@a.example"),
        ("Ида Аист", "ida.aist@a.example"),
        ("Ίδα Πελαργού", "pelargou@a.example"),
        ("황새 별", "hwangsae@a.example"),
        ("鹤小云", "he.xiaoyun@a.example"),
    ],
)
def test_a_mailbox_with_its_owners_name_is_a_persons_whatever_he_bills(name: str, address: str) -> None:
    assert writer(name, address, BILL).is_person


@pytest.mark.parametrize(
    "text",
    [
        "Your boat is ready, it is 41.00 EUR, no. 55820.\n\nIda Stork",
        "Your boat is ready, it is 41.00 EUR, no. 55820. Thanks, Ida",
    ],
)
def test_who_signs_with_a_name_of_his_own_is_a_person_also_at_an_office(text: str) -> None:
    assert writer("Ida Stork", "office@stork.example", text).is_person


@pytest.mark.parametrize("text", ["I mended your boat.", "Your boat is mended.\n\nKind regards\nIda Stork"])
def test_one_person_of_a_firm_is_no_machine(text: str) -> None:
    assert not writer("Wren Boats", "info@wren.example", text).is_firm


def test_a_firm_that_sends_regards_in_its_own_name_stays_one() -> None:
    assert writer("Wren", "info@wren.example", "Your boat is mended.\n\nKind regards\nWren").is_firm


def test_a_nickname_at_a_free_provider_is_no_firm() -> None:
    assert not writer("Little Bird", "sunflower@gmail.com", BILL).is_firm
    assert not writer("Little Bird", "sunflower88@a.example", BILL).is_firm


def test_a_stranger_with_a_number_and_an_amount_is_a_firm() -> None:
    assert writer("Little Bird", "sunflower@a.example", BILL).is_firm
    assert not writer("Little Bird", "sunflower@a.example", "See you at eight!").is_firm


def test_without_a_sender_nothing_is_known() -> None:
    unknown = Writer(None, "Some words.")

    assert not unknown.is_firm
    assert not unknown.is_person
