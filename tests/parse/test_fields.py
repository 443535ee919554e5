import pytest

from sevenbot.parse import fields


def read(raw: bytes) -> tuple[dict[str, str], bytes]:
    header, body = fields.read(raw, 0, len(raw))
    return {name: fields.as_text(value) for name, value in header}, raw[body:]


@pytest.mark.parametrize(
    ("raw", "wanted", "body"),
    [
        (b"A: b\r\nC: d\r\n\r\nbody", {"a": "b", "c": "d"}, b"body"),
        (b"A: b\nC: d\n\nbody", {"a": "b", "c": "d"}, b"body"),
        (b"A: b\r\n  c\r\n\td\r\n\r\nx", {"a": "b\nc\nd"}, b"x"),
        (b"A : b\r\n\r\n", {"a": "b"}, b""),
        (b"From me Mon Nov  2\nA: b\n\nx", {"a": "b"}, b"x"),
        (b"just words\nmore\n", {}, b"just words\nmore\n"),
        (b"\r\nA: b\r\n", {}, b"A: b\r\n"),
        (b"A: b\r\nHello there.\r\n\r\nMore", {"a": "b"}, b"Hello there.\r\n\r\nMore"),
        (b"A: b;\r\nboundary=x\r\n\r\nbody", {"a": "b;\nboundary=x"}, b"body"),
        (b"A: b\r\njunk\r\nC: d\r\n\r\nx", {"a": "b\njunk", "c": "d"}, b"x"),
        (b"A: b\r\n \r\nC: d\r\n\r\nx", {"a": "b", "c": "d"}, b"x"),
        (b"A: b", {"a": "b"}, b""),
        (b"", {}, b""),
    ],
    ids=[
        *["CRLF", "LF", "folds", "space before the colon", "mbox", "no header", "an empty line first"],
        *["no empty line", "a parameter not indented", "a stray line", "a blank fold", "header only", "nothing"],
    ],
)
def test_header_is_told_from_body(raw: bytes, wanted: dict[str, str], body: bytes) -> None:
    assert read(raw) == (wanted, body)


def test_raw_bytes_of_an_old_charset_are_read_with_the_body_s() -> None:
    header, _ = fields.read(b"Subject: \xee\xe0\n\n", 0, 15)
    header.hint = "koi8-r"

    assert header.text("subject") == b"\xee\xe0".decode("koi8-r")


def test_every_field_of_a_name_is_kept_in_order() -> None:
    header, _ = fields.read(b"To: a\nX: 1\nTO: b\n\n", 0, 19)

    assert header.raw_all("to") == [b"a", b"b"]
    assert header.raw("to") == b"a"
    assert not header.has("cc")
