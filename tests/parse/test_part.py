import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import part
from sevenbot.parse.part import Part

HEAD = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"


def leaves(root: Part) -> list[tuple[str, bytes]]:
    return [(leaf.content_type, leaf.content()[0]) for leaf in root.walk() if not leaf.children]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (b"--x\r\n\r\na\r\n--x\r\n\r\nb\r\n--x--\r\n", [b"a", b"b"]),
        (b"pre\r\n--x\r\n\r\na\r\n--x--\r\nafter", [b"a"]),
        (b"--x \t\r\n\r\na\r\n--x--", [b"a"]),
        (b"--x\n\na\n--x\n\nb\n--x--\n", [b"a", b"b"]),
        (b"--x\r\n\r\na\r\n--xy\r\nb\r\n--x--", [b"a\r\n--xy\r\nb"]),
        (b"--x\r\n\r\na --x\r\n--x--", [b"a --x"]),
        (b"--x\r\n\r\na\r\n\r\n--x--", [b"a\r\n"]),
        (b"--x\r\n\r\n\r\n--x--", [b""]),
    ],
    ids=[
        "two",
        "preamble and epilogue",
        "spaces",
        "LF",
        "a longer one",
        "inside a line",
        "empty last line",
        "empty part",
    ],
)
def test_boundaries_divide(body: bytes, wanted: list[bytes]) -> None:
    root, notes = part.read(HEAD + body)

    assert [content for _, content in leaves(root)] == wanted
    assert notes == []


def test_missing_end_is_noted() -> None:
    root, notes = part.read(HEAD + b"--x\r\n\r\na\r\n--x\r\n\r\nb")

    assert [content for _, content in leaves(root)] == [b"a", b"b"]
    assert notes == ["the mail ends before its last boundary"]


def test_wrong_boundary_is_taken_from_the_body() -> None:
    root, notes = part.read(HEAD + b"--y\r\nContent-Type: text/html\r\n\r\na\r\n--y--\r\n")

    assert leaves(root) == [("text/html", b"a")]
    assert notes == ["the boundary was missing or wrong and was taken from the body"]


def test_multipart_without_parts_is_text() -> None:
    root, notes = part.read(HEAD + b"only words")

    assert leaves(root) == [("text/plain", b"only words")]
    assert notes == ["a multipart without parts was read as text"]


def test_parts_end_where_the_outer_boundary_comes() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\na\r\n"

    root, _ = part.read(HEAD + b"--x\r\n" + inner + b"--x\r\n\r\nb\r\n--x--\r\n")

    assert [content for _, content in leaves(root)] == [b"a", b"b"]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (b"", "text/plain"),
        (b"Content-Type: text\r\n", "text/plain"),
        (b"Content-Type: nonsense\r\n", "text/plain"),
        (b"Content-Type: TEXT/HTML\r\n", "text/html"),
        (b"Content-Type: image/ jpeg\r\n", "image/jpeg"),
        (b"Content-Type: ; charset=x\r\n", "text/plain"),
    ],
)
def test_type_that_cannot_be_read_is_plain_text(header: bytes, wanted: str) -> None:
    assert part.read(header + b"\r\nx")[0].content_type == wanted


def test_parts_of_a_digest_are_mails() -> None:
    raw = b"Content-Type: multipart/digest; boundary=x\r\n\r\n--x\r\n\r\nSubject: one\r\n\r\na\r\n--x--\r\n"

    (inner,) = part.read(raw)[0].children

    assert inner.content_type == "message/rfc822"
    assert inner.children[0].header.text("subject") == "one"


def test_mail_in_base64_is_opened() -> None:
    raw = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogb25lDQoNCmE=\r\n"

    assert part.read(raw)[0].children[0].header.text("subject") == "one"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=a.txt", "a.txt"),
        ('attachment; filename="C:\\\\Users\\\\me\\\\a.txt"', "a.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename=".."', None),
        ("attachment; filename=", None),
        ("attachment", None),
    ],
)
def test_filename_has_no_folders(disposition: str, name: str | None) -> None:
    assert part.read(f"Content-Disposition: {disposition}\r\n\r\nx".encode())[0].filename == name


@given(st.text(alphabet="-xab:; \n", max_size=200))
def test_any_body_is_divided_without_overlap_property(body: str) -> None:
    root, _ = part.read(HEAD + body.encode())

    end = 0
    for child in root.children:
        assert end <= child.start <= child.end <= len(child.raw)
        end = child.end


def test_long_filename_keeps_its_end() -> None:
    raw = b'Content-Disposition: attachment; filename="' + b"a" * 250 + b'.pdf.exe"\r\n\r\nx'

    name = part.read(raw)[0].filename

    assert name is not None
    assert len(name) < 256
    assert name.endswith(".pdf.exe")


def test_closing_boundary_without_its_line_end_is_no_text() -> None:
    root, notes = part.read(HEAD + b"--x\r\n\r\nwords--x--\r\n")

    assert leaves(root) == [("text/plain", b"words")]
    assert notes == []


def test_first_piece_of_a_mail_in_pieces_is_read() -> None:
    """RFC 2046 §5.2.2: it begins with the header of the whole."""
    head = b'Content-Type: message/partial; id="a@b"; number=%d; total=3\r\n\r\n'

    first, notes = part.read(head % 1 + b"Subject: whole\r\n\r\nwords")
    second, _ = part.read(head % 2 + b"more words")

    assert [child.header.text("subject") for child in first.children] == ["whole"]
    assert second.children == []
    assert notes == ["this is piece 1 of 3 of a mail that was sent in pieces"]


def test_attached_mail_that_is_none_is_noted() -> None:
    _, notes = part.read(HEAD + b"--x\r\nContent-Type: message/rfc822\r\n\r\nno mail\r\n--x--\r\n")

    assert notes == ["an attached mail has no header"]
