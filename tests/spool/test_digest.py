"""What makes two arrivals the same mail."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.spool.digest import TRACE_FIELDS, TRACE_SEARCH_BYTES, idempotency_key

ANN = "maple-otter-k7m4qx92@example.org"
HEADER = b"From: a@example.net\r\nMessage-ID: <1@example.net>\r\nSubject: x\r\n"
BODY = b"\r\nHello\r\n"
MAIL = HEADER + BODY


def key(raw: bytes, recipient: str = ANN) -> str:
    return idempotency_key(raw, recipient)


def test_a_key_is_40_hex_digits_and_does_not_change_between_versions() -> None:
    # An item that is on record under the old key would be taken for another mail: change the rule and mails repeat.
    assert key(MAIL) == "aff7aa7f1e6c3ea6c7eeab4876c281489b5fb8c8"


@pytest.mark.parametrize("name", [*TRACE_FIELDS, "ARC-Seal", "X-SES-Receipt", "X-MS-Exchange-Foo", "X-Spam-Score"])
def test_trace_fields_do_not_count(name: str) -> None:
    field = f"{name.upper()} : one\r\n two: three\r\n\tfour\r\n".encode()

    assert key(field + MAIL) == key(MAIL)
    assert key(HEADER + field + BODY) == key(MAIL)
    assert key(b"From: a@example.net\r\n" + field + MAIL.partition(b"\r\n")[2]) == key(MAIL)


def test_a_mail_over_another_route_is_the_same_mail() -> None:
    first = b"Return-Path: <a@x>\r\nReceived: from a by b\r\n\tid 1; Mon\r\nARC-Seal: i=1\r\n" + MAIL
    second = b"Received: from c by d\r\n\tid 2; Tue\r\nReceived: from a by c\r\n" + MAIL

    assert key(first) == key(second) == key(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        HEADER + b"\r\nHullo\r\n",
        HEADER + b"X-Other: 1\r\n" + BODY,
        HEADER.replace(b"Subject: x", b"Subject: y") + BODY,
        HEADER.replace(b"<1@", b"<2@") + BODY,
        HEADER + b"Received-By: x\r\n" + BODY,
        HEADER + b" Received: a continuation line of the subject\r\n" + BODY,
        HEADER + BODY + b"Received: in the body\r\n",
        HEADER + BODY + b"\r\n",
        HEADER,
        BODY,
        b"",
    ],
)
def test_every_other_byte_counts(other: bytes) -> None:
    assert key(other) != key(MAIL)


def test_a_forged_mail_with_the_same_message_id_is_another_mail() -> None:
    assert key(HEADER + b"\r\nforged, and sent first\r\n") != key(MAIL)


def test_each_recipient_has_a_key_of_their_own() -> None:
    assert key(MAIL, "cedar-lark-p2m4qx97@example.org") != key(MAIL)


def test_the_case_of_the_recipient_does_not_count() -> None:
    assert key(MAIL, ANN.upper()) == key(MAIL)


def test_what_is_header_and_what_is_body_cannot_be_shifted() -> None:
    assert key(b"A: b\r\n\r\nReceived: x\r\n\r\nc") != key(b"A: b\r\n\r\nc")
    assert key(b"A: b\n\nReceived: x\n\nc") != key(b"A: b\n\nc")


def test_line_endings_of_any_kind_end_the_header() -> None:
    for ending in (b"\n", b"\r\n"):
        mail = MAIL.replace(b"\r\n", ending)
        assert key(b"Received: x" + ending + mail) == key(mail)


@pytest.mark.parametrize(
    "raw",
    [
        os.urandom(25_000_000),
        b"\n" * 25_000_000,
        b"A: b\n" * 5_000_000,
        b"Received: x\n" * 2_000_000,
        b"Received: x\n" + b" y\n" * 8_000_000,
        b"X-Spam-" + b"a" * 25_000_000,
        b"Received" + b" " * 25_000_000,
        b"Subject: x\r\n\r\n" + b"x" * 25_000_000,
    ],
    ids=["random", "newlines", "fields", "trace", "folded", "long name", "spaces", "body"],
)
def test_25_megabytes_of_anything_take_far_less_than_a_second(raw: bytes) -> None:
    began = time.process_time()

    key(raw)

    assert time.process_time() - began < 0.5  # 0.03 s where this was written; the rest is for slow machines


def test_trace_fields_are_looked_for_where_relays_put_them() -> None:
    padding = b"X-Long: " + b"x" * TRACE_SEARCH_BYTES + b"\r\n"

    assert key(b"Received: x\r\n" + padding + MAIL) == key(padding + MAIL)


FIELDS = st.binary(max_size=30).map(lambda value: b"X: " + value.replace(b"\n", b"") + b"\r\n")


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_property_any_bytes_have_a_key_and_different_bodies_differ(one: bytes, other: bytes) -> None:
    assert (key(MAIL + one) == key(MAIL + other)) == (one == other)
    assert len(key(one)) == 40


@given(st.lists(FIELDS, max_size=5), st.integers(0, 5), st.binary(max_size=50))
def test_property_a_trace_field_anywhere_in_the_header_does_not_count(
    fields: list[bytes], place: int, body: bytes
) -> None:
    header = [b"From: a@example.net\r\n", *fields]
    traced = [*header[:place], b"Received: from x\r\n\tby y; now\r\n", *header[place:]]

    assert key(b"".join(traced) + b"\r\n" + body) == key(b"".join(header) + b"\r\n" + body)
