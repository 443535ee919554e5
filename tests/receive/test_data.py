import re
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.receive.data import DataReader

PLENTY = 1 << 20

# What smuggling is made of, so that every combination is tried.
wire_bytes = st.lists(
    st.sampled_from([b"\r\n", b"\r", b"\n", b".", b"..", b"a", b"\0", b"\r\n.\r\n"]), max_size=24
).map(b"".join)
cuts = st.lists(st.integers(min_value=0, max_value=60), max_size=12)


def in_pieces(octets: bytes, at: list[int]) -> list[bytes]:
    edges = [0, *sorted(min(cut, len(octets)) for cut in at), len(octets)]
    return [octets[start:stop] for start, stop in pairwise(edges)]


def read(pieces: list[bytes], max_bytes: int = PLENTY) -> tuple[DataReader, bytes | None]:
    reader = DataReader(max_bytes)
    for number, piece in enumerate(pieces):
        rest = reader.feed(piece)
        if rest is not None:
            return reader, rest + b"".join(pieces[number + 1 :])
    return reader, None


def by_the_book(octets: bytes) -> tuple[bytes, bytes] | None:
    """Read line by line, as RFC 5321 §4.5.2 words it; a line ends in CRLF."""
    lines: list[bytes] = []
    while b"\r\n" in octets:
        line, _, octets = octets.partition(b"\r\n")
        if line == b".":
            return b"".join(lines), octets
        lines.append(line.removeprefix(b".") + b"\r\n")
    return None


@given(wire_bytes, cuts)
def test_property_any_bytes_in_any_pieces_are_read_as_the_rfc_says(octets: bytes, at: list[int]) -> None:
    reader, rest = read(in_pieces(octets, at))

    expected = by_the_book(octets)
    assert (None if rest is None else (reader.take(), rest)) == expected


@given(wire_bytes, cuts)
def test_property_bare_newlines_are_seen_wherever_the_pieces_are_cut(octets: bytes, at: list[int]) -> None:
    reader, rest = read(in_pieces(octets + b"\r\n.\r\n", at))

    assert rest is not None
    raw = reader.take()
    assert reader.has_bare_newline == bool(re.search(rb"(?<!\r)\n|\r(?!\n)", raw))


@given(wire_bytes, cuts)
def test_property_the_size_is_that_of_the_mail(octets: bytes, at: list[int]) -> None:
    reader, _ = read(in_pieces(octets + b"\r\n.\r\n", at))

    size_bytes = reader.size_bytes
    assert size_bytes == reader.held_bytes == len(reader.take())


def test_a_mail_of_exactly_the_limit_is_taken() -> None:
    reader, _ = read([b"..23456\r\n\r\n.\r\n"], max_bytes=10)

    assert not reader.is_too_large
    assert reader.take() == b".23456\r\n\r\n"


def test_a_mail_beyond_the_limit_is_read_to_its_end_and_forgotten() -> None:
    reader, rest = read([b"12345678", b"9\r\n", b"more\r\n.\r\nQUIT\r\n"], max_bytes=10)

    assert reader.is_too_large
    assert reader.is_dropped
    assert reader.held_bytes == 0
    assert rest == b"QUIT\r\n"


def test_a_dropped_mail_takes_no_more_memory() -> None:
    reader = DataReader(PLENTY)
    reader.feed(b"x" * 1000)
    reader.drop()
    reader.feed(b"x" * 1000)

    assert reader.held_bytes == 0
    assert not reader.is_too_large


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_what_follows_the_end_is_given_back_whole(size: int) -> None:
    octets = b"x\r\n.\r\nMAIL FROM:<a@b>\r\n.\r\n"
    reader, rest = read([octets[at : at + size] for at in range(0, len(octets), size)])

    assert reader.take() == b"x\r\n"
    assert rest == b"MAIL FROM:<a@b>\r\n.\r\n"


def test_a_mail_that_comes_byte_by_byte_takes_no_more_memory_than_at_once() -> None:
    reader = DataReader(PLENTY)
    tracemalloc.start()
    try:
        for _ in range(50_000):
            reader.feed(b"xy")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert reader.size_bytes == 100_000
    assert peak < 300_000
