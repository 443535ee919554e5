import pytest

from sevenbot.parse.mail import parse

LOOK_ALIKE = "раураl"  # Cyrillic but for the last letter


def page(words: str, target: str) -> bytes:
    return f'From: a@b.example\r\nContent-Type: text/html\r\n\r\n<a href="{target}">{words}</a>'.encode()


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("https://bank.example/login", "http://evil.example/"),
        ("bank.example", "https://bank.example.evil.test/"),
        ("www.bank.co.uk", "https://other.co.uk"),
        ("https://bank.example", "https://bank.example@evil.example/"),
        ("Log in", "https://bank.example@evil.example/"),
        ("Log in at https://bank.example/login now", "https://evil.example"),
        ("Zur Anmeldung: www.bank.example", "https://evil.example"),
        ("https://bank.example:443@evil.example/", "https://bank.example:443@evil.example/"),
    ],
)
def test_link_that_shows_one_host_and_leads_to_another_is_told(words: str, target: str) -> None:
    (warning,) = parse(page(words, target)).warnings

    assert warning.startswith("A link shows")


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("bank.example", "https://www.bank.example/"),
        ("https://bank.example/a", "https://login.bank.example/b"),
        ("Log in", "https://evil.example"),
        ("report.zip", "https://files.example/1"),
        ("see bank.example for more", "https://other.example"),
        ("Read https://bank.example/a now", "https://bank.example/b"),
        ("https://one.example or https://two.example", "https://three.example"),
        ("ann@bank.example", "mailto:ann@bank.example"),
        ("Clone", "https://ann:secret@code.example/repository"),
        ("Node.js", "https://nodejs.example"),
    ],
)
def test_ordinary_link_is_not_told(words: str, target: str) -> None:
    assert parse(page(words, target)).warnings == ()


def test_own_address_led_through_a_click_counter_is_not_told() -> None:
    raw = page("www.b.example", "https://u1.ct.sendgrid.net/ls/click?x=1")

    assert parse(raw).warnings == ()


@pytest.mark.parametrize(
    ("sender", "starts"),
    [
        ('"service@bank.example" <x@evil.example>', "The sender's name says service@bank.example"),
        (f"Pay <a@{LOOK_ALIKE}.example>", "The sender's domain"),
        (
            "Microsoft account team <security@rnicrosoft.com>",
            "The sender's domain rnicrosoft.com is written to look like microsoft.com",
        ),
        ("Pay <a@paypa1.example>", "The sender's domain"),
        ("Fernwald <a@fernvvald.example>", "The sender's domain"),
        (f"Pay <a@{LOOK_ALIKE.encode('idna').decode()}.example>", "The sender's domain"),
    ],
)
def test_sender_that_is_not_who_it_says_is_told(sender: str, starts: str) -> None:
    (warning,) = parse(f"From: {sender}\r\n\r\nx".encode()).warnings

    assert warning.startswith(starts)


@pytest.mark.parametrize(
    "sender",
    [
        "Ann <ann@example.org>",
        '"ann@example.org" <ann@mail.example.org>',
        "Иван <ivan@почта.рф>",
        "Оса <a@оса.рф>",
        "Oca <a@xn--80a1aa.xn--p1ai>",
        "Jürgen <j@bücher.example>",
        "Σ <a@ελλάδα.example>",
        "Ann via List <list@lists.example>",
    ],
)
def test_honest_sender_is_not_told(sender: str) -> None:
    assert parse(f"From: {sender}\r\n\r\nx".encode()).warnings == ()


def test_personal_mail_whose_answers_go_to_a_free_mailbox_is_told() -> None:
    raw = b"From: boss@company.example\r\nReply-To: boss.private@gmail.com\r\n\r\nTransfer it today."

    assert parse(raw).warnings == ("Answers go to boss.private@gmail.com, not to the sender boss@company.example",)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@company.example\r\nReply-To: b@mail.company.example\r\n\r\nx",
        b"From: a@company.example\r\nReply-To: b@helpdesk.example\r\n\r\nx",
        b"From: a@company.example\r\nReply-To: b@gmail.com\r\nList-Unsubscribe: <https://a.example>\r\n\r\nx",
    ],
    ids=["same organisation", "a help desk", "a newsletter"],
)
def test_ordinary_reply_to_is_not_told(raw: bytes) -> None:
    assert parse(raw).warnings == ()


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("a.exe", True),
        ("invoice.pdf.js", True),
        ("a.scr", True),
        ("a.docm", True),
        ("scan.pdf.html", True),
        ("a.iso", True),
        ("a.pdf", False),
        ("a.docx", False),
        ("a.zip", False),
        ("page.html", False),
        ("example.com.pdf", False),
    ],
)
def test_attachment_that_can_run_is_told(name: str, *, is_told: bool) -> None:
    raw = f"From: a@b.example\r\nContent-Disposition: attachment; filename={name}\r\n\r\nx".encode()

    assert bool(parse(raw).warnings) is is_told


@pytest.mark.parametrize(
    "sender",
    [
        "Modern Clinic <a@modern-clinic.example>",
        "Earn <a@earn.example>",
        "1und1 <a@1und1.example>",
        "Microsoft <a@microsoft.com>",
    ],
)
def test_ordinary_letters_of_a_domain_are_not_told(sender: str) -> None:
    assert parse(f"From: {sender}\r\nSubject: x\r\n\r\nx".encode()).warnings == ()
