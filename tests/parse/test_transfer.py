import base64
import quopri
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import transfer


@pytest.mark.parametrize(
    ("body", "content", "is_odd"),
    [
        (b"SGVsbG8gd29ybGQ=\r\n", b"Hello world", False),
        (b"SGVsbG8gd29ybGQ", b"Hello world", False),
        (b"SGVsbG8g!!d29ybGQ=", b"Hello world", True),
        (b"SGVsbG8gd29ybGQ=SGVsbG8=", b"Hello worldHello", False),
        (b"SGVsbG8gd29ybGQ= ignored", b"Hello world", True),
        (b"SGVsbG8gd", b"Hello ", True),
        (b"", b"", False),
    ],
    ids=["whole", "no padding", "noise", "joined pieces", "a word behind", "a letter too many", "empty"],
)
def test_base64_is_decoded_as_far_as_it_goes(body: bytes, content: bytes, is_odd: bool) -> None:  # noqa: FBT001 - a table
    got, note = transfer.from_base64(body)

    assert got == content
    assert (note is not None) == is_odd


def test_text_under_a_base64_label_comes_back_as_it_is() -> None:
    got, note = transfer.decode(b"This, plainly, is not base64: it has spaces & signs!", "base64")

    assert got.startswith(b"This, plainly")
    assert note is not None


def test_footer_after_base64_is_left_out_with_a_note() -> None:
    got, note = transfer.from_base64(base64.encodebytes(b"Hello world") + b"\nTo leave this list write to us\n")

    assert got == b"Hello world"
    assert note == "text after the end of a base64 part was left out"


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"gr=C3=BC=C3=9Fe", "grüße".encode()),
        (b"a=\r\nb", b"ab"),
        (b"a=  \r\nb", b"ab"),
        (b"=c3=bc", "ü".encode()),
        (b"50 =% off =", b"50 =% off "),
        (b"a =ZZ b", b"a =ZZ b"),
    ],
    ids=["letters", "soft break", "soft break with spaces", "lower case", "lone equals", "no hex"],
)
def test_quoted_printable_bears_what_is_broken(body: bytes, content: bytes) -> None:
    assert transfer.from_quoted_printable(body) == content


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "binary", "", "x-strange"])
def test_other_encodings_leave_the_bytes(encoding: str) -> None:
    assert transfer.decode(b"a\xffb", encoding)[0] == b"a\xffb"


def test_uuencoded_part_is_decoded() -> None:
    assert transfer.decode(b"begin 644 a\n#0V%T\n`\nend\n", "x-uuencode")[0] == b"Cat"


def test_uuencoded_line_with_a_wrong_length_does_not_stop_the_rest() -> None:
    assert transfer.from_uuencode(b"begin 644 a\n#0V%T0V%T0V%T\n#0V%T\n`\nend\n").endswith(b"Cat")


@given(st.binary(max_size=500))
def test_base64_reads_back_property(content: bytes) -> None:
    assert transfer.from_base64(base64.encodebytes(content)) == (content, None)


@given(st.binary(max_size=500))
def test_quoted_printable_reads_back_property(content: bytes) -> None:
    assert transfer.from_quoted_printable(quopri.encodestring(content, quotetabs=True)) == content


@given(st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "7bit", "?"]))
def test_any_bytes_decode_to_something_property(body: bytes, encoding: str) -> None:
    content, _ = transfer.decode(body, encoding)

    assert isinstance(content, bytes)


_BASE64_LIKE = st.lists(
    st.one_of(
        st.binary(max_size=120).map(base64.encodebytes),
        st.sampled_from([b"=", b"==", b" ", b"\r\n", b"\n", b"-", b"A", b"QUJD", b"\x0b", b"\xff", b"a footer here "]),
    ),
    max_size=6,
).map(b"".join)


@given(
    before=st.binary(max_size=3),
    body=st.one_of(_BASE64_LIKE, st.binary(max_size=300)),
    encoding=st.sampled_from(["base64", "b", "quoted-printable", "uue", "8bit", "", "?"]),
)
def test_the_size_is_that_of_what_is_decoded_property(before: bytes, body: bytes, encoding: str) -> None:
    content, note = transfer.decode(body, encoding)

    told = transfer.decoded_size(before + body + b"QQ==", len(before), len(before) + len(body), encoding)

    assert told == (len(content), note)


def test_the_size_of_a_large_attachment_takes_no_copy_of_it() -> None:
    body = base64.encodebytes(bytes(6_000_000))

    tracemalloc.start()
    try:
        assert transfer.decoded_size(body, 0, len(body), "base64") == (6_000_000, None)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most_bytes < 1_000_000
