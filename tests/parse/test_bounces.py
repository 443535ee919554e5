import pytest

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Bounce


def report(*blocks: str, words: str = "It failed.") -> bytes:
    status = "\r\n\r\n".join(["Reporting-MTA: dns; mx.example.org", *blocks])
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nSubject: Returned mail\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
        f"--x\r\n\r\n{words}\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n--x--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1",
            Bounce(("a@b.example",), "5.1.1", permanent=True),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 4.4.7",
            Bounce(("a@b.example",), "4.4.7", permanent=False),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: delayed\r\nStatus: 5.0.0",
            Bounce(("a@b.example",), "5.0.0", permanent=False),
        ),
        (
            "Original-Recipient: rfc822;alias@b.example\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed",
            Bounce(("alias@b.example",), None, permanent=True),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 5.7.1 no",
            Bounce(("a@b.example",), "5.7.1", permanent=True),
        ),
        (
            "Final-Recipient: rfc822; <a@b.example> (Ann)\r\nAction: Failed\r\nStatus: 5.2.2 (mailbox full)",
            Bounce(("a@b.example",), "5.2.2", permanent=True),
        ),
    ],
    ids=["failed", "expired", "delayed", "original recipient", "diagnostic code", "comments"],
)
def test_report_is_read_field_by_field(block: str, wanted: Bounce) -> None:
    assert parse(report(block)).bounce == wanted


def test_recipients_that_were_reached_are_not_told() -> None:
    reached = "Final-Recipient: rfc822; ok@b.example\r\nAction: delivered\r\nStatus: 2.0.0"
    failed = "Final-Recipient: rfc822; no@b.example\r\nAction: failed\r\nStatus: 5.1.1"

    bounce = parse(report(reached, failed)).bounce

    assert bounce == Bounce(("no@b.example",), "5.1.1", permanent=True)


def test_telling_status_goes_before_a_general_one() -> None:
    general = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.0.0"
    telling = "Final-Recipient: rfc822; c@b.example\r\nAction: failed\r\nStatus: 5.1.1"

    bounce = parse(report(general, telling)).bounce

    assert bounce is not None
    assert (bounce.recipients, bounce.status) == (("a@b.example", "c@b.example"), "5.1.1")


def plain(subject: str, text: str, sender: str = "MAILER-DAEMON@mx.example.org", extra: str = "") -> bytes:
    return f"From: {sender}\r\nTo: you@bot.example\r\nSubject: {subject}\r\n{extra}\r\n{text}".encode()


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (
            plain("failure notice", "Hi. This is qmail.\n\n<a@b.example>:\n550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\nFrom: c@d.example"),
            Bounce(("a@b.example",), "5.1.1", permanent=True),
        ),
        (
            plain("Warning: message delayed 24 hours", "It will be retried.\n  a@b.example"),
            Bounce(("a@b.example",), None, permanent=False),
        ),
        (
            plain("Undeliverable: hello", "Your message to a@b.example couldn't be delivered. 452 4.2.2 mailbox full", "postmaster@x.example"),
            Bounce(("a@b.example",), "4.2.2", permanent=False),
        ),
        (
            plain("Mail delivery failed", "rejected", extra="X-Failed-Recipients: a@b.example, c@d.example\r\n"),
            Bounce(("a@b.example", "c@d.example"), None, permanent=True),
        ),
        (
            plain("Unzustellbar: Hallo", "a@b.example\n550 Benutzer unbekannt", "x@y.example", "Return-Path: <>\r\n"),
            Bounce(("a@b.example",), None, permanent=True),
        ),
    ],
    ids=["qmail", "delay", "Exchange", "Exim", "null return path"],
)  # fmt: skip
def test_failure_mail_without_a_report_is_read_by_its_words(raw: bytes, wanted: Bounce) -> None:
    assert parse(raw).bounce == wanted


@pytest.mark.parametrize(
    "raw",
    [
        plain("Fwd: Undelivered mail", "Look what came back: a@b.example could not be delivered", "ann@example.org"),
        plain("Your parcel could not be delivered", "Please call us.", "parcel@post.example"),
        plain("Delivery failed: new appointment", "Pay 2 EUR", "x@y.example", "List-Unsubscribe: <https://y.example/u>\r\n"),
        plain("Out of office", "The mailbox is not watched", "ann@example.org", "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"),
        (
            b"Subject: Read: hello\r\n"
            b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n\r\n--x\r\n\r\nseen\r\n--x--"
        ),
    ],
    ids=["forward of a bounce", "parcel", "list mail", "auto-reply", "read receipt"],
)  # fmt: skip
def test_other_mail_about_delivery_is_no_bounce(raw: bytes) -> None:
    assert parse(raw).bounce is None
