import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import rtf, tnef
from tests.parse import outlook


def test_file_comes_with_its_long_name_type_and_bytes() -> None:
    name = outlook.single(0x001F, 0x3707, "Übersicht 2026.pdf".encode("utf-16-le") + b"\0\0")
    kind = outlook.single(0x001E, 0x370E, b"application/pdf\0")

    found = tnef.read(outlook.stream(outlook.file_of("UBERSI~1.PDF", b"%PDF", name, kind)))

    assert [(file.name, file.content_type, file.content) for file in found.files] == [
        ("Übersicht 2026.pdf", "application/pdf", b"%PDF")
    ]
    assert found.is_whole


def test_bytes_of_an_object_go_before_the_excuse_beside_it() -> None:
    inner = outlook.stream()
    content = outlook.single(0x000D, 0x3701, b"i" * 16 + inner)

    (file,) = tnef.read(outlook.stream(outlook.file_of("Task", b"This attachment is embedded", content))).files

    assert (file.content, file.content_type) == (inner, "application/ms-tnef")


def test_text_is_read_in_its_code_page() -> None:
    text = outlook.single(0x001E, 0x1000, "Привет".encode("cp1251") + b"\0")
    codepage = struct.pack("<HHI", 3, 0x3FFD, 1251)

    found = tnef.read(outlook.stream(outlook.attribute(1, 0x9003, outlook.properties(codepage, text))))

    assert found.text == "Привет"


def test_named_numbers_and_many_values_are_stepped_over() -> None:
    named = struct.pack("<HH16sIII", 3, 0x8001, b"g" * 16, 0, 7, 42)
    called = struct.pack("<HH16sII8sI", 3, 0x8002, b"g" * 16, 1, 6, "abc".encode("utf-16-le"), 42)
    many = struct.pack("<HHI", 0x101F, 0x6000, 2) + b"".join(struct.pack("<I", 4) + b"a\0b\0" for _ in range(2))
    numbers = struct.pack("<HHIII", 0x1003, 0x6001, 2, 1, 2)
    text = outlook.single(0x001F, 0x1000, "Words".encode("utf-16-le"))
    listed = outlook.properties(named, called, many, numbers, text)

    assert tnef.read(outlook.stream(outlook.attribute(1, 0x9003, listed))).text == "Words"


def test_page_and_packed_rtf_are_kept_apart() -> None:
    page = outlook.single(0x0102, 0x1013, b"<p>Words")
    packed = outlook.single(0x0102, 0x1009, b"packed")

    found = tnef.read(outlook.stream(outlook.attribute(1, 0x9003, outlook.properties(page, packed))))

    assert (found.html, found.rtf) == ("<p>Words", b"packed")


def test_stream_that_breaks_off_gives_what_came_before() -> None:
    whole = outlook.stream(outlook.file_of("a.txt", b"A" * 100), outlook.body_of("Words"))

    found = tnef.read(whole[:-30])

    assert [file.name for file in found.files] == ["a.txt"]
    assert not found.is_whole


@pytest.mark.parametrize(
    "content",
    [
        outlook.stream(*[outlook.attribute(2, 0x9002, b"")] * 3_000),
        outlook.stream(*[outlook.file_of("a", b"x")] * 1_000),
        outlook.stream(outlook.attribute(1, 0x9003, struct.pack("<I", 1 << 31) + struct.pack("<HHI", 3, 1, 1) * 50_000)),
        outlook.stream(outlook.attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x101F, 1, 0xFFFFFFFF) + b"\0" * 100_000)),
        outlook.stream(outlook.attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x1048, 1, 0xFFFFFFFF))),
    ],
    ids=["attributes", "files", "properties", "many values", "huge values"],
)  # fmt: skip
def test_bomb_is_cut(content: bytes) -> None:
    found = tnef.read(content)

    assert not found.is_whole
    assert len(found.files) <= 200


@given(st.binary(max_size=300))
def test_any_bytes_yield_something_property(content: bytes) -> None:
    assert tnef.read(content).is_whole is (content[:4] == outlook.HEAD[:4] and tnef.read(content).is_whole)
    tnef.read(outlook.HEAD + content)
    tnef.read(outlook.stream(outlook.attribute(2, 0x9002, b""), outlook.attribute(2, 0x9005, content)))


# --- RTF ---


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Words\par and more\tab .}", "Words\nand more\t."),
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (rb"{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b}", "日本"),
        (rb"{\rtf1\uc1 \u8364?5 and \u-10179\'3f}", "€5 and \ufffd"),
        (rb"{\rtf1 a\{b\}\\c\~d{\*\unknown x}{\pict 0000}}", "a{b}\\c\xa0d"),
    ],
)
def test_text_of_a_document(document: bytes, text: str) -> None:
    assert rtf.read(document) == rtf.Rich(text)


def test_wrapped_page_is_taken_out_of_its_document() -> None:
    document = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 Caf\'e9 {\*\htmltag84 &amp;} tea"
        rb"\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}"
    )

    assert rtf.read(document) == rtf.Rich(html="<p>Café &amp; tea</p>")


def test_packed_document_is_unpacked() -> None:
    assert rtf.decompressed(outlook.packed_rtf(b"{\\rtf1 Words and words}")) == b"{\\rtf1 Words and words}"


def test_repeated_bytes_are_unpacked() -> None:
    """The example of MS-OXRTFCP §4.2: a repeat that overlaps what it writes."""
    packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")

    assert rtf.decompressed(packed) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_packed_bomb_is_cut() -> None:
    """Two bytes that ask for seventeen, a million times."""
    bomb = struct.pack("<IIII", 0, 0xFFFFFFFF, 0x75465A4C, 0) + b"\x01A\xff" * 1 + b"\xff" + b"\x0c\xff" * 1_000_000

    assert len(rtf.decompressed(bomb)) <= rtf.RTF_BYTES


def test_deeply_nested_document_ends() -> None:
    assert rtf.read(b"{" * 100_000 + b"x") == rtf.Rich()


@given(st.binary(max_size=200))
def test_any_packed_bytes_are_unpacked_and_read_property(content: bytes) -> None:
    packed = struct.pack("<IIII", 0, 1000, 0x75465A4C, 0) + content

    for found in (rtf.read(rtf.decompressed(packed)), rtf.read(content)):
        assert not (found.text and found.html)


@given(st.text(alphabet="\\\\{}'*uc0123htmlrtfpar -\n", max_size=200))
def test_any_document_is_read_property(document: str) -> None:
    for found in (rtf.read(document.encode()), rtf.read(b"{\\rtf1\\fromhtml1 " + document.encode())):
        assert not (found.text and found.html)
