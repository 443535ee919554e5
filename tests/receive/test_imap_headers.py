"""Whom a mail in a mailbox is for, by its header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.receive.imap_headers import MAX_ADDRESSES, named_recipients, reverse_path


def named(*lines: str) -> list[list[str]]:
    return list(named_recipients("".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"))


def test_the_fields_count_in_this_order_wherever_they_stand() -> None:
    fields = ["Cc: f@x.org", "To: e@x.org", "X-Forwarded-To: d@x.org", "Envelope-To: c@x.org", "X-Original-To: b@x.org"]

    found = named(*fields, "Delivered-To: a@x.org")

    assert found == [["a@x.org"], ["b@x.org"], ["c@x.org"], ["d@x.org"], ["e@x.org"], ["f@x.org"]]


def test_of_one_name_the_topmost_counts_first() -> None:
    assert named("delivered-to: last@x.org", "Delivered-To: first@x.org") == [["last@x.org"], ["first@x.org"]]


@pytest.mark.parametrize(
    ("line", "addresses"),
    [
        ("To: a@x.org, Ann <b@x.org>", ["a@x.org", "b@x.org"]),
        ("To: Friends: a@x.org,\r\n b@x.org;", ["a@x.org", "b@x.org"]),
        ("Delivered-To: <a+shop@x.org>", ["a+shop@x.org"]),
        ("X-Original-To: a@x.org (by way of b@y.org)", ["a@x.org"]),
        ('To: "a@x.org" <b@x.org>', ["b@x.org"]),
        ("To: undisclosed-recipients:;", None),
        ("To:", None),
    ],
)
def test_a_field_may_name_many_and_in_any_way(line: str, addresses: list[str] | None) -> None:
    assert named(line) == ([addresses] if addresses else [])


def test_not_all_of_a_flood_of_addresses_are_looked_up() -> None:
    many = [f"To: {', '.join(f'u{number}.{field}@x.org' for number in range(400))}" for field in range(3)]

    assert sum(len(one) for one in named(*many)) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("<bob@example.net>", "bob@example.net"),
        ("bob@example.net", "bob@example.net"),
        ("<>", ""),
        ("", ""),
        ("<two words>", ""),
    ],
)
def test_the_reverse_path_is_what_return_path_says(field: str, path: str) -> None:
    header = f"Return-Path: {field}\r\nReturn-Path: <older@example.net>\r\nFrom: x@example.net\r\n\r\n"

    assert reverse_path(header.encode()) == path


@given(st.binary(max_size=2000) | st.text(max_size=500).map(lambda text: f"To: {text}\r\nReturn-Path: {text}".encode()))
def test_property_any_header_names_addresses_or_none(header: bytes) -> None:
    assert all(isinstance(address, str) and address for one in named_recipients(header) for address in one)
    assert isinstance(reverse_path(header), str)
