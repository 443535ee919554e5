import base64

import pytest

from sevenbot.parse.mail import attachments, parse
from tests.parse import outlook


def mail(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def multipart(subtype: str, *parts: str, extra: str = "") -> bytes:
    inner = "".join(f"--x\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{subtype}; boundary=x{extra}\r\n\r\n{inner}--x--\r\n".encode()


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n"
PDF = "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF"


def test_plain_form_of_an_alternative_wins_and_the_links_are_the_pages() -> None:
    message = parse(
        multipart("alternative", PLAIN + "Meet at noon", HTML + "<p>Meet <a href=http://a.example>at noon</a>")
    )

    assert (message.text, message.text_source) == ("Meet at noon", "plain")
    assert [link.url for link in message.links] == ["http://a.example"]


@pytest.mark.parametrize(
    "stub",
    [
        "",
        "   \r\n ",
        "Your client does not support HTML mail.",
        "View this email in your browser: https://a.example/view/1234567",
        "<table><tr><td>raw markup</td></tr></table>",
        "https://a.example/" + "x" * 300,
    ],
)
def test_page_wins_over_a_plain_form_that_says_nothing(stub: str) -> None:
    page = HTML + "<p>" + "The museum stays open until midnight on Friday. " * 20

    message = parse(multipart("alternative", PLAIN + stub, page))

    assert message.text_source == "html"
    assert message.text.startswith("The museum")


def test_texts_of_a_mixed_mail_follow_one_another() -> None:
    message = parse(multipart("mixed", PLAIN + "first", PDF, PLAIN + "second"))

    assert message.text == "first\n\nsecond"
    assert [attachment.filename for attachment in message.attachments] == ["a.pdf"]


def test_same_words_as_plain_and_page_side_by_side_are_shown_once() -> None:
    assert parse(multipart("mixed", PLAIN + "Hello there", HTML + "<p>Hello there</p>")).text == "Hello there"


def test_named_text_after_the_first_is_attached() -> None:
    named = "Content-Type: text/plain; name=log.txt\r\n\r\nlog"

    message = parse(multipart("mixed", PLAIN + "see log", named))

    assert message.text == "see log"
    assert [(a.filename, a.content_type) for a in message.attachments] == [("log.txt", "text/plain")]


def test_attached_text_is_never_the_body() -> None:
    attached = "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nsecret"

    message = parse(multipart("mixed", attached, PLAIN + "words"))

    assert message.text == "words"


def test_related_shows_its_root_and_attaches_the_rest() -> None:
    picture = "Content-Type: image/png\r\nContent-ID: <p>\r\n\r\nx"
    root = "Content-ID: <r>\r\n" + HTML + "<p>root</p>"

    message = parse(multipart("related", picture, root, extra='; start="<r>"'))

    assert message.text == "root"
    assert [(a.content_type, a.inline) for a in message.attachments] == [("image/png", True)]


def test_forwarded_mail_lends_its_text_when_there_is_no_other() -> None:
    message = parse(
        multipart("mixed", "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nwords of the inner mail")
    )

    assert message.text == "words of the inner mail"
    assert message.attachments[0].content_type == "message/rfc822"


def test_forwarded_mail_is_only_attached_when_there_is_text() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner words"

    assert parse(multipart("mixed", PLAIN + "see below", inner)).text == "see below"


def test_digest_shows_subjects_and_texts() -> None:
    message = parse(multipart("digest", "\r\nSubject: one\r\n\r\nfirst", "\r\nSubject: two\r\n\r\nsecond"))

    assert message.text == "one\n\nfirst\n\ntwo\n\nsecond"


def test_charset_of_a_page_may_stand_in_the_page() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет</p>'.encode("koi8-r")

    assert parse(b"Content-Type: text/html\r\n\r\n" + page).text == "Привет"


def test_page_under_a_plain_label_is_read_as_a_page() -> None:
    message = parse(mail("Content-Type: text/plain", "", "<!DOCTYPE html><html><p>Hello</p>"))

    assert (message.text, message.text_source) == ("Hello", "html")
    assert "a text that said plain was HTML" in message.notes


def test_enriched_text_loses_its_commands() -> None:
    message = parse(
        mail(
            "Content-Type: text/enriched",
            "",
            "<bold>Now</bold> is <<the",
            "time.",
            "",
            "<color><param>red</param>X</color>",
        )
    )

    assert message.text == "Now is <the time.\nX"


def test_uuencoded_file_is_attached_and_leaves_the_text() -> None:
    raw = mail("", "before", "begin 644 dir/a.txt", "#0V%T", "`", "end", "after")

    message = parse(raw)

    assert [line for line in message.text.split("\n") if line] == ["before", "after"]
    assert [(a.filename, content) for a, content in attachments(raw)] == [("a.txt", b"Cat")]


def test_calendar_in_an_alternative_is_not_a_file_but_a_named_one_is() -> None:
    calendar = "Content-Type: text/calendar; method=REQUEST{}\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT"

    assert parse(multipart("alternative", PLAIN + "a", calendar.format(""))).attachments == ()
    assert len(parse(multipart("mixed", PLAIN + "a", calendar.format("; name=a.ics"))).attachments) == 1


def test_file_without_a_type_is_a_calendar_by_its_name() -> None:
    calendar = "Content-Type: application/octet-stream; name={}\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT"

    assert parse(multipart("mixed", PLAIN + "a", calendar.format("a.ics"))).invite is not None
    assert parse(multipart("mixed", PLAIN + "a", calendar.format("a.txt"))).invite is None


def winmail(*attributes: bytes) -> str:
    head = "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64.encodebytes(outlook.stream(*attributes)).decode()


def test_winmail_dat_gives_way_to_what_is_in_it() -> None:
    raw = multipart("mixed", winmail(outlook.file_of("plan.pdf", b"%PDF"), outlook.body_of("Words of Outlook.")))

    message = parse(raw)

    assert [(a.filename, a.size_bytes) for a in message.attachments] == [("plan.pdf", 4)]
    assert [content for _, content in attachments(raw)] == [b"%PDF"]
    assert message.text == "Words of Outlook."
    assert "winmail.dat, Outlook's own format, was opened" in message.notes


def test_text_of_a_mail_is_not_repeated_out_of_winmail_dat() -> None:
    raw = multipart("mixed", PLAIN + "Words of the mail.", winmail(outlook.body_of("Words of Outlook.")))

    assert parse(raw).text == "Words of the mail."


def test_text_that_outlook_packed_as_rtf_is_read() -> None:
    packed = outlook.single(0x0102, 0x1009, outlook.packed_rtf(rb"{\rtf1\ansi Words\par of Outlook.}"))

    message = parse(multipart("mixed", winmail(outlook.attribute(1, 0x9003, outlook.properties(packed)))))

    assert message.text == "Words\nof Outlook."


def test_winmail_dat_that_is_none_stays_listed() -> None:
    message = parse(multipart("mixed", PLAIN + "a", "Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx"))

    assert [a.filename for a in message.attachments] == ["winmail.dat"]
    assert "winmail.dat, Outlook's own format, could not be opened" in message.notes


def test_attachments_come_with_their_bytes_in_the_order_of_the_message() -> None:
    encoded = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD"
    raw = multipart("mixed", PLAIN + "a", PDF, encoded)

    found = attachments(raw)

    assert [attachment for attachment, _ in found] == list(parse(raw).attachments)
    assert [content for _, content in found] == [b"%PDF", b"ABC"]
    assert all(attachment.size_bytes == len(content) for attachment, content in found)
