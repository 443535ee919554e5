import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Bounce, Cause
from tests.parse.limited import report_within_limits

Facts = tuple[tuple[str, ...], str | None, bool | None]


def facts(raw: bytes) -> Facts:
    bounce = parse(raw).bounce
    assert bounce is not None
    return bounce.recipients, bounce.status, bounce.permanent


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
            (("a@b.example",), "5.1.1", True),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 4.4.7",
            (("a@b.example",), "4.4.7", False),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: delayed\r\nStatus: 5.0.0",
            (("a@b.example",), "5.0.0", False),
        ),
        (
            "Original-Recipient: rfc822;alias@b.example\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed",
            (("alias@b.example",), None, True),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 5.7.1 no",
            (("a@b.example",), "5.7.1", True),
        ),
        (
            "Final-Recipient: rfc822; <a@b.example> (Ann)\r\nAction: Failed\r\nStatus: 5.2.2 (mailbox full)",
            (("a@b.example",), "5.2.2", True),
        ),
    ],
    ids=["failed", "expired", "delayed", "original recipient", "diagnostic code", "comments"],
)
def test_report_is_read_field_by_field(block: str, wanted: Facts) -> None:
    assert facts(report(block)) == wanted


def test_recipients_that_were_reached_are_not_told() -> None:
    reached = "Final-Recipient: rfc822; ok@b.example\r\nAction: delivered\r\nStatus: 2.0.0"
    failed = "Final-Recipient: rfc822; no@b.example\r\nAction: failed\r\nStatus: 5.1.1"

    assert facts(report(reached, failed)) == (("no@b.example",), "5.1.1", True)


def test_report_of_a_mail_that_arrived_is_no_bounce() -> None:
    there = "Final-Recipient: rfc822; ok@b.example\r\nAction: delivered\r\nStatus: 2.0.0"
    passed_on = "Final-Recipient: rfc822; far@b.example\r\nAction: relayed\r\nStatus: 2.0.0"

    assert parse(report(there, passed_on, words="It was delivered.")).bounce is None


def test_two_recipients_that_failed_for_two_reasons_are_not_told_one_cause() -> None:
    unknown = (
        "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; no such user"
    )
    full = "Final-Recipient: rfc822; c@b.example\r\nAction: failed\r\nStatus: 5.2.2"

    bounce = parse(report(unknown, full)).bounce

    assert bounce is not None
    assert (bounce.cause, bounce.reason) == (None, "no such user; 5.2.2")


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
            (("a@b.example",), "5.1.1", True),
        ),
        (
            plain("Warning: message delayed 24 hours", "It will be retried.\n  a@b.example"),
            (("a@b.example",), None, False),
        ),
        (
            plain("Undeliverable: hello", "Your message to a@b.example couldn't be delivered. 452 4.2.2 mailbox full", "postmaster@x.example"),
            (("a@b.example",), "4.2.2", False),
        ),
        (
            plain("Mail delivery failed", "rejected", extra="X-Failed-Recipients: a@b.example, c@d.example\r\n"),
            (("a@b.example", "c@d.example"), None, True),
        ),
        (
            plain("Unzustellbar: Hallo", "a@b.example\n550 Benutzer unbekannt", "x@y.example", "Return-Path: <>\r\n"),
            (("a@b.example",), None, True),
        ),
        (
            plain("Message you sent was blocked", "Your message to: a@b.example\nwas blocked by our filter. It has NOT BEEN DELIVERED."),
            (("a@b.example",), None, True),
        ),
    ],
    ids=["qmail", "delay", "Exchange", "Exim", "null return path", "filter"],
)  # fmt: skip
def test_failure_mail_without_a_report_is_read_by_its_words(raw: bytes, wanted: Facts) -> None:
    assert facts(raw) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        plain("Fwd: Undelivered mail", "Look what came back: a@b.example could not be delivered", "ann@example.org"),
        plain("Your parcel could not be delivered", "Please call us.", "parcel@post.example"),
        plain("Delivery failed", "Your package was not delivered, the recipient was away. help@post.example", "x@post.example"),
        plain("Delivery failed: new appointment", "Pay 2 EUR", "x@y.example", "List-Unsubscribe: <https://y.example/u>\r\n"),
        plain("Out of office", "The mailbox is not watched", "ann@example.org", "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"),
        (
            b"Subject: Read: hello\r\n"
            b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n\r\n--x\r\n\r\nseen\r\n--x--"
        ),
    ],
    ids=["forward of a bounce", "parcel", "package", "list mail", "auto-reply", "read receipt"],
)  # fmt: skip
def test_other_mail_about_delivery_is_no_bounce(raw: bytes) -> None:
    assert parse(raw).bounce is None


def said(raw: bytes) -> Bounce:
    bounce = parse(raw).bounce
    assert bounce is not None
    return bounce


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Deine Nachricht konnte nicht zugestellt werden. Folgende Empfänger:\n\n  a@b.example\n", ("a@b.example",)),
        ("Your message\n  To:  list@d.example\ndid not reach the following recipient(s):\n\na@b.example on Friday\n", ("a@b.example",)),
        ("Undeliverable. For help contact <help@mx.example.org>\n\n<a@b.example>: unknown user\n", ("a@b.example",)),
        ("It was rejected.\n>>> RCPT TO:<a@b.example>\n<<< 550 no\nMAIL FROM: <you@bot.example>\n", ("a@b.example",)),
        ("以下のメールアドレスへの送信に失敗しました。\na@b.example\n", ("a@b.example",)),
        ("Недоставлено следующим получателям:\n\n<a@b.example>\n<c@d.example>\n", ("a@b.example", "c@d.example")),
        ("It could not be delivered.\n\n--- Original message follows ---\n\nFrom: you@bot.example\nTo: a@b.example\n\nhi", ("a@b.example",)),
        ("I could not deliver it.\n\n<you@bot.example>:\n552 quota\n", ("you@bot.example",)),
    ],
    ids=["German", "Exchange", "contact", "dialogue", "Japanese", "Russian", "only the copy says", "oneself"],
)  # fmt: skip
def test_failing_addresses_are_found_where_servers_put_them(words: str, wanted: tuple[str, ...]) -> None:
    assert said(plain("Undeliverable mail", words).replace(b"Content", b"X")).recipients == wanted


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("<a@b.example>: 550 5.1.1 whatever", Cause.NO_SUCH_ADDRESS),
        ("<a@b.example>: 552 over quota", Cause.MAILBOX_FULL),
        ("<a@b.example>: 550 5.2.1 no", Cause.MAILBOX_CLOSED),
        ("<a@b.example>: 552 message too large", Cause.TOO_LARGE),
        ("<a@b.example>: host unknown", Cause.NO_SUCH_DOMAIN),
        ("<a@b.example>: 554 5.7.1 no", Cause.REFUSED),
        ("<a@b.example>: connection timed out", Cause.NO_ANSWER),
        ("<a@b.example>: no", None),
    ],
)
def test_cause_is_the_code_or_the_words(words: str, cause: Cause | None) -> None:
    assert said(plain("failure notice", words)).cause == cause


def test_what_the_other_server_said_is_kept() -> None:
    block = (
        "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such user"
    )

    assert said(report(block)).reason == "550 5.1.1 no such user"


@pytest.mark.parametrize(
    ("raw", "waits"),
    [
        (report("Final-Recipient: rfc822; a@b.example\r\nAction: delayed\r\nStatus: 4.4.1"), True),
        (report("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 4.4.7"), False),
        (plain("Delayed mail", "<a@b.example>: 421 busy. It will be retried."), True),
        (plain("failure notice", "<a@b.example>: (#4.4.1) It has been delayed, I'm not going to try again."), False),
    ],
    ids=["report of a delay", "report of an end", "words of a delay", "words of an end"],
)
def test_a_delay_is_told_from_an_end(raw: bytes, *, waits: bool) -> None:
    assert said(raw).is_waiting is waits


def test_notification_that_a_gateway_wrapped_is_read() -> None:
    inner = report("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1")
    head = b"From: postmaster@gate.example\r\nSubject: Delivery Status Notification (Failure)\r\n"
    parts = b'Content-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n'

    assert facts(head + parts + inner + b"\r\n--o--\r\n") == (("a@b.example",), "5.1.1", True)


def test_report_written_into_the_text_is_read() -> None:
    words = "It failed:\n\n> Final-Recipient: rfc822; a@b.example\n> Action: failed\n> Status: 5.2.2\n"

    assert facts(plain("Undeliverable", words)) == (("a@b.example",), "5.2.2", True)


def test_refusal_that_comes_as_a_receipt_is_a_bounce() -> None:
    head = b"From: you@b.example\r\nSubject: Automatically rejected mail\r\nAuto-Submitted: auto-replied (rejected)\r\n"
    kind = b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n\r\n--x\r\n\r\n"

    assert facts(head + kind + b"Your message to <a@b.example> was automatically rejected:\nQuota\r\n--x--") == (
        ("a@b.example",),
        None,
        True,
    )


@given(st.text(max_size=400), st.text(max_size=60))
def test_no_words_break_the_reader_property(words: str, subject: str) -> None:
    raw = b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + f"{subject}\n{words} a@b.example".encode(
        "utf-8", "replace"
    )

    assert said(raw).permanent in (True, False)


def test_long_failure_mail_is_read_within_the_limits() -> None:
    fillers = ["<a@b.example> ", "550 ", "recipient ", "to: ", "a@", "contact ", "\n", "4.4.", "message to "]
    report_within_limits(plain("failure notice", "\n".join(filler * 20_000 for filler in fillers)))
