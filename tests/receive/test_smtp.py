import email.message
import smtplib
from collections.abc import Iterator

import pytest

from sevenbot.config import Listen
from sevenbot.envelope import Envelope, Receipt, Recipient
from sevenbot.errors import ConfigError, StateUnavailable, StorageFull
from sevenbot.logs import JsonLines
from sevenbot.maillog import MailLog
from sevenbot.receive.policy import Limits
from sevenbot.receive.smtp import client_key, smtp_door

from .conftest import NOW, OpenDoor, RunningDoor, resolve

MAIL = b"From: Sender <sender@example.net>\r\nSubject: Hello\r\n\r\nHi Ann,\r\n.a dot\r\n..\r\nbye\r\n"


@pytest.fixture
def smtp(door: RunningDoor) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(*door.address, local_hostname="client.test", timeout=20) as client:
        yield client


def test_a_mail_comes_in_as_it_was_sent(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    smtp.sendmail("sender@example.net", ["ann@example.org"], MAIL)

    assert door.raws == [MAIL]


def test_the_envelope_tells_who_sent_it_for_whom_and_when(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    smtp.sendmail("Sender@Example.net", ["Ann+Shop@example.org", "bob@example.org"], MAIL)

    assert door.mails[0][1] == Envelope(
        sender="Sender@Example.net",
        recipients=(Recipient(1, "ann@example.org", "shop"), Recipient(1, "bob@example.org")),
        received_at=NOW,
        via="smtp",
        client="127.0.0.1",
        helo="client.test",
    )


def test_the_reply_names_the_kept_mail(door: RunningDoor) -> None:
    assert door.client().data(b"\r\nx\r\n.\r\n") == "250 2.0.0 Kept as " + "1".zfill(40)


def test_an_accepted_mail_is_told_to_the_mail_log(door: RunningDoor) -> None:
    door.client().data(MAIL.replace(b"\r\n.", b"\r\n..") + b".\r\n")

    [event] = door.events
    assert (event.name, event.facts["size_bytes"], event.facts["via"]) == ("received", len(MAIL), "smtp")


def test_a_bounce_with_the_null_sender_is_mail(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    smtp.sendmail("", ["ann@example.org"], MAIL)

    assert door.mails[0][1].sender == ""


def test_an_empty_mail_is_mail(door: RunningDoor) -> None:
    assert door.client().data(b".\r\n")[:3] == "250"
    assert door.raws == [b""]


def test_null_bytes_and_eight_bits_come_in_unchanged(door: RunningDoor) -> None:
    door.client().data(b"\r\n\0\xff\xfe\xe4\r\n.\r\n")

    assert door.raws == [b"\r\n\0\xff\xfe\xe4\r\n"]


def test_a_utf8_header_and_address_come_in_with_smtputf8(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    message = email.message.EmailMessage()
    message["From"] = "jörg@exämple.net"
    message["To"] = "ann@example.org"
    message["Subject"] = "Grüße"
    message.set_content("Hallo")

    smtp.send_message(message)

    assert door.mails[0][1].sender == "jörg@exämple.net"
    assert "Subject: Grüße\r\n".encode() in door.raws[0]


def test_the_same_recipient_twice_is_one_recipient(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    smtp.sendmail("s@example.net", ["ann@example.org", "ANN@example.org", "ann+tag@example.org"], MAIL)

    assert [r.email_address for r in door.mails[0][1].recipients] == ["ann@example.org"]


def test_unknown_and_paused_recipients_do_not_keep_the_mail_from_the_others(
    door: RunningDoor, smtp: smtplib.SMTP
) -> None:
    refused = smtp.sendmail("s@example.net", ["nobody@example.org", "paul@example.org", "ann@example.org"], MAIL)

    assert refused == {
        "nobody@example.org": (550, b"5.1.1 No such address here"),
        "paul@example.org": (550, b"5.2.1 This address takes no mail at present"),
    }
    assert len(door.mails) == 1
    assert door.refusals == [("unknown_recipient", "550 5.1.1"), ("paused", "550 5.2.1")]


def test_there_is_no_relay(smtp: smtplib.SMTP) -> None:
    smtp.helo()
    smtp.mail("s@example.net")

    assert smtp.rcpt("someone@gmail.com")[0] == 550


def test_a_refusal_tells_the_senders_domain_to_the_mail_log(door: RunningDoor) -> None:
    client = door.client()
    client.ask(b"MAIL FROM:<shop@Example.NET>")
    client.ask(b"RCPT TO:<nobody@example.org>")

    assert door.events[0].facts["sender_domain"] == "example.net"


def test_a_sender_without_a_domain_has_none_in_the_mail_log(door: RunningDoor) -> None:
    client = door.client()
    client.ask(b"MAIL FROM:<somebody>")
    client.ask(b"RCPT TO:<nobody@example.org>")

    assert door.events[0].facts["sender_domain"] == ""


@pytest.mark.parametrize(
    ("recipient", "reply", "reason"),
    [
        ("broken@example.org", "451 4.3.0 Temporary problem, please try again later", "unavailable"),
        ("bug@example.org", "451 4.3.0 Temporary problem, please try again later", "internal_error"),
    ],
)
def test_a_recipient_that_cannot_be_looked_up_may_be_tried_again(
    door: RunningDoor, recipient: str, reply: str, reason: str
) -> None:
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")

    assert client.ask(b"RCPT TO:<%s>" % recipient.encode()) == reply
    assert door.refusals == [(reason, "451 4.3.0")]


@pytest.mark.parametrize(
    ("error", "reply", "reason"),
    [
        (StorageFull(), "452 4.3.1 Insufficient system storage, please try again later", "storage_full"),
        (StateUnavailable("database is locked"), "451 4.3.0 Temporary problem, please try again later", "unavailable"),
        (
            ConnectionResetError("by a database"),
            "451 4.3.0 Temporary problem, please try again later",
            "internal_error",
        ),
        (RuntimeError("s3cret"), "451 4.3.0 Temporary problem, please try again later", "internal_error"),
    ],
    ids=["disk full", "database locked", "connection of ours lost", "bug"],
)
def test_a_mail_that_cannot_be_kept_may_be_tried_again(
    open_door: OpenDoor, error: Exception, reply: str, reason: str
) -> None:
    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        raise error

    door = open_door(accept)
    client = door.client()

    assert client.data(b"\r\nx\r\n.\r\n") == reply
    assert door.refusals == [(reason, reply[:9])]
    assert client.ask(b"NOOP")[:3] == "250"


def test_a_bug_is_logged_with_its_place_and_without_its_words(
    open_door: OpenDoor, caplog: pytest.LogCaptureFixture
) -> None:
    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        raise RuntimeError(raw, envelope)

    open_door(accept).client().data(b"Subject: s3cret\r\n\r\nx\r\n.\r\n")

    [line] = [JsonLines().format(record) for record in caplog.records if record.name.startswith("sevenbot")]
    assert '"error": "RuntimeError"' in line
    assert "test_smtp.py" in line
    assert "s3cret" not in line
    assert "ann@" not in line


def test_nothing_a_client_says_is_logged(door: RunningDoor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    client = door.client()
    client.ask(b"S3CRET garbage")
    client.data(b"Subject: s3cret\r\n\r\nx\r\n.\r\n")

    assert "s3cret" not in caplog.text.lower()
    assert "example" not in caplog.text


def test_the_250_comes_only_after_the_mail_is_kept(open_door: OpenDoor) -> None:
    order: list[str] = []

    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        order.append("kept")
        return await door.keep(raw, envelope)

    door = open_door(accept)
    door.client().data(b"\r\nx\r\n.\r\n")
    order.append("250")

    assert order == ["kept", "250"]


def test_a_client_that_closed_its_side_is_served_to_the_end(door: RunningDoor) -> None:
    client = door.client(greeted=False)
    client.send(
        b"EHLO c\r\nMAIL FROM:<s@example.net>\r\nRCPT TO:<ann@example.org>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n"
    )
    client.half_close()

    replies = [client.reply()[:3] for _ in range(7)]

    assert replies == ["220", "250", "250", "250", "354", "250", "221"]
    assert len(door.mails) == 1


def test_a_mail_cut_off_in_the_middle_is_not_kept(door: RunningDoor) -> None:
    client = door.client()
    client.begin_data()
    client.send(b"Subject: half\r\n\r\nhal")
    client.half_close()

    assert client.is_closed()
    assert door.mails == []


def test_a_mail_whose_sender_left_after_the_final_dot_is_kept_to_the_end(open_door: OpenDoor) -> None:
    import threading

    begun, gone, kept = threading.Event(), threading.Event(), threading.Event()

    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        import asyncio

        begun.set()
        await asyncio.to_thread(gone.wait)
        receipts = await door.keep(raw, envelope)
        kept.set()
        return receipts

    door = open_door(accept)
    client = door.client()
    client.begin_data()
    client.send(b"\r\nx\r\n.\r\n")
    assert begun.wait(20)
    client.reset()
    gone.set()

    assert kept.wait(20)


def test_a_bug_in_the_middle_of_a_mail_ends_the_connection(open_door: OpenDoor) -> None:
    """The rest of the mail would be taken for commands."""
    door = open_door(max_bytes_in_flight="no number: the bug")
    client = door.client()
    client.begin_data()
    client.send(b"\r\nMAIL FROM:<admin@bank.example>\r\n.\r\n")

    assert client.reply() == "421 4.3.0 Temporary problem, goodbye, please try again later"
    assert client.is_closed()
    assert door.refusals == [("internal_error", "421 4.3.0")]


def test_many_mails_go_over_one_connection(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    for number in range(5):
        smtp.sendmail("s@example.net", ["ann@example.org"], b"Subject: %d\r\n\r\nx\r\n" % number)

    assert [raw[9:10] for raw in door.raws] == [b"0", b"1", b"2", b"3", b"4"]


def test_a_large_mail_comes_in_unchanged(door: RunningDoor, smtp: smtplib.SMTP) -> None:
    raw = b"Subject: large\r\n\r\n" + b"..dots and text\r\n.\r\n" * 500_000

    smtp.sendmail("s@example.net", ["ann@example.org"], raw)

    assert door.raws == [raw]


def test_ehlo_answers_with_the_domain_and_what_is_really_offered(smtp: smtplib.SMTP, door: RunningDoor) -> None:
    _, answer = smtp.ehlo()

    assert answer.decode().splitlines() == [
        "example.org",
        "PIPELINING",
        f"SIZE {door.limits.max_mail_bytes}",
        "8BITMIME",
        "SMTPUTF8",
        "ENHANCEDSTATUSCODES",
    ]


async def test_a_port_in_use_is_one_clear_message(door: RunningDoor) -> None:
    with pytest.raises(
        ConfigError, match=r"SEVENBOT_SMTP_LISTEN: cannot listen on 127\.0\.0\.1:\d+: another program has this port"
    ):
        async with smtp_door(door.listen, resolve, door.keep, MailLog(), Limits(), "example.org", lambda: NOW):
            pass


async def test_the_door_also_runs_on_the_standard_event_loop() -> None:
    import asyncio

    door = RunningDoor(Limits(), None)
    async with smtp_door(
        Listen("127.0.0.1", 0), resolve, door.keep, MailLog(), Limits(), "example.org", lambda: NOW
    ) as listen:

        def send() -> None:
            with smtplib.SMTP(listen.host, listen.port, local_hostname="client.test", timeout=20) as client:
                client.sendmail("s@example.net", ["ann@example.org"], MAIL)

        await asyncio.to_thread(send)
    door.loop.close()

    assert door.raws == [MAIL]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_one_ipv6_subscriber_counts_as_one_client(address: str, key: str) -> None:
    assert client_key(address) == key
