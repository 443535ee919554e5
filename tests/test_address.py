"""Addresses as RFC 5321 §4.1.2, RFC 5233 and RFC 6531 write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.address import MAX_OCTETS, Address, parse_address


@pytest.mark.parametrize(
    ("text", "local", "domain"),
    [
        ("ann@example.org", "ann", "example.org"),
        ("Ann.O'Neil+x@EXAMPLE.Org", "Ann.O'Neil+x", "example.org"),
        ("ann@example.org.", "ann", "example.org"),
        ("ann@localhost", "ann", "localhost"),
        ('"ann"@example.org', "ann", "example.org"),
        ('"two words"@example.org', "two words", "example.org"),
        ('"a@b"@example.org', "a@b", "example.org"),
        (r'"a\"b\\c\d"@example.org', r"a\"b\cd".replace('\\"', '"'), "example.org"),
        ('"..dots.."@example.org', "..dots..", "example.org"),
        ("почта@пример.рф", "почта", "xn--e1afmkfd.xn--p1ai"),
        ("a@BÜCHER.example", "a", "xn--bcher-kva.example"),
        ("e\u0301@example.org", "é", "example.org"),
        ("a@[192.0.2.1]", "a", "[192.0.2.1]"),
        ("a@[ipv6:2001:DB8:0::1]", "a", "[IPv6:2001:db8::1]"),
        ("a@_dmarc.example.org", "a", "_dmarc.example.org"),
        ("a" * 64 + "@example.org", "a" * 64, "example.org"),
    ],
)
def test_well_formed_addresses_are_read(text: str, local: str, domain: str) -> None:
    assert parse_address(text) == Address(local, domain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "ann",
        "@example.org",
        "ann@",
        "ann@.",
        "ann@example..org",
        "ann@.example.org",
        "ann@-example.org",
        "ann@example-.org",
        "ann@exa mple.org",
        ".ann@example.org",
        "ann.@example.org",
        "an..n@example.org",
        "an n@example.org",
        "ann@example.org ",
        "<ann@example.org>",
        "ann(comment)@example.org",
        '""@example.org',
        '"a"b"@example.org',
        '"unclosed@example.org',
        "ann\r\n@example.org",
        "ann\x00@example.org",
        '"a\tb"@example.org',
        "ann@exa\udcffmple.org",
        "\udcff@example.org",
        "ann\u2028@example.org",
        "ann@[300.0.2.1]",
        "ann@[IPv6:zz]",
        "ann@[192.0.2.1",
        "ann@" + "a" * 64 + ".org",
        "ann@" + "a." * 127 + "example",
        "ann@" + "ü" * 63 + ".org",
        "a" * MAX_OCTETS + "@example.org",
    ],
)
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"the (address|local part|domain)"):
        parse_address(text)


@pytest.mark.parametrize(
    ("text", "subaddress", "without"),
    [
        ("ann@example.org", None, "ann@example.org"),
        ("ann+shop@example.org", "shop", "ann@example.org"),
        ("ann+shop+two@example.org", "shop+two", "ann@example.org"),
        ("ann+@example.org", None, "ann@example.org"),
        ("+ann@example.org", None, "+ann@example.org"),
        ('"an n+shop"@example.org', "shop", '"an n"@example.org'),
    ],
)
def test_the_subaddress_is_what_follows_the_first_plus(text: str, subaddress: str | None, without: str) -> None:
    address = parse_address(text)

    assert address.subaddress == subaddress
    assert str(address.without_subaddress) == without


def test_the_error_does_not_repeat_the_address() -> None:
    with pytest.raises(ValueError) as caught:
        parse_address("secret name@example.org")

    assert "secret" not in str(caught.value)


LOCALS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20)
DOMAINS = st.from_regex(
    r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?){0,3}", fullmatch=True
)


@given(LOCALS, DOMAINS)
def test_property_any_local_part_can_be_written_and_read(local: str, domain: str) -> None:
    import unicodedata

    address = parse_address(str(Address(local, domain)))

    assert address == Address(unicodedata.normalize("NFC", local), domain)


@given(st.text(max_size=40) | st.from_regex(r"[\w.+\"\\ -]{0,20}@[\w.\[\]:-]{0,20}", fullmatch=True))
def test_property_normalising_twice_equals_once(text: str) -> None:
    try:
        address = parse_address(text)
    except ValueError:
        return

    assert parse_address(str(address)) == address
    assert str(parse_address(str(address))) == str(address)
