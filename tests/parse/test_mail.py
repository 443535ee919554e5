import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.mail import attachments, parse
from sevenbot.parse.message import Mailbox

NAMES = [
    "From",
    "To",
    "Subject",
    "Date",
    "Content-Type",
    "Content-Disposition",
    "Content-Transfer-Encoding",
    "List-Unsubscribe",
]
VALUES = [
    *[
        "multipart/mixed; boundary=x",
        "multipart/alternative; boundary=x",
        "text/html; charset=gb2312",
        "message/rfc822",
    ],
    *[
        "text/calendar",
        "message/delivery-status",
        "multipart/report; boundary=x",
        "text/plain; format=flowed",
        "base64",
    ],
    *[
        "quoted-printable",
        "x-uuencode",
        "attachment; filename*0*=a''%ff",
        "=?utf-8?b?w7=?= <a@b>",
        "Mon, 2 Nov 2026 10:00",
    ],
]
LINES = [
    "--x",
    "--x--",
    "",
    "BEGIN:VEVENT",
    "<div style='display:none'>",
    "> q",
    "On 1 x wrote:",
    "begin 644 a",
    "end",
    "=C3",
]

mails = st.one_of(
    st.binary(max_size=500),
    st.lists(
        st.one_of(
            st.builds(
                "{}: {}".format, st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.text(max_size=30))
            ),
            st.sampled_from(LINES),
            st.text(max_size=30),
        ),
        max_size=25,
    ).map(lambda lines: "\r\n".join(lines).encode("utf-8", "surrogatepass")),
)


@given(mails)
def test_any_bytes_are_a_message_property(raw: bytes) -> None:
    message = parse(raw)

    for text in (message.text, message.subject, message.latest):
        text.encode("utf-8")
        assert "\r" not in text
        assert "\0" not in text
    assert "\n" not in message.subject


@given(mails)
def test_reading_twice_is_reading_once_property(raw: bytes) -> None:
    assert parse(raw) == parse(raw)


@given(mails)
def test_attachments_are_those_of_the_message_property(raw: bytes) -> None:
    found = attachments(raw)

    assert [attachment for attachment, _ in found] == list(parse(raw).attachments)
    assert all(attachment.size_bytes == len(content) for attachment, content in found)


@given(st.lists(st.text(alphabet="abc ,.;äß漢🌹", min_size=1, max_size=40), min_size=1, max_size=8))
def test_line_ends_do_not_change_what_is_read_property(lines: list[str]) -> None:
    raw = ("Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" + "\n".join(lines)).encode()

    assert parse(raw) == parse(raw.replace(b"\n", b"\r\n")) == parse(raw.replace(b"\n", b"\r"))


@pytest.mark.parametrize(
    ("header", "message_id"),
    [
        ("Message-ID: <a@b>", "a@b"),
        ("Message-Id:\n <a@b>", "a@b"),
        ("Message-ID: a@b", "a@b"),
        ("Message-ID: <a@b> (comment)", "a@b"),
        ("Message-ID:", None),
        ("X: y", None),
    ],
)
def test_message_id_is_without_brackets(header: str, message_id: str | None) -> None:
    assert parse(f"{header}\n\n".encode()).message_id == message_id


def test_sender_field_stands_in_for_a_missing_from() -> None:
    assert parse(b"Sender: Ann <a@b.c>\n\n").sender == Mailbox("Ann", "a@b.c")


def test_several_to_fields_are_one_list() -> None:
    assert [box.address for box in parse(b"To: a@b\nTo: c@d\n\n").to] == ["a@b", "c@d"]


def test_doubled_carriage_returns_are_line_ends() -> None:
    message = parse(b"Subject: x\r\r\nFrom: a@b\r\r\n\r\r\nHello\r\r\nthere")

    assert (message.subject, message.text) == ("x", "Hello\nthere")


def test_byte_order_mark_before_the_header_is_ignored() -> None:
    assert parse(b"\xef\xbb\xbfSubject: x\n\ny").subject == "x"


def test_raw_subject_is_read_with_the_charset_of_the_body() -> None:
    raw = "Subject: Счёт\nContent-Type: text/plain; charset=koi8-r\n\nПривет".encode("koi8-r")

    assert parse(raw).subject == "Счёт"
