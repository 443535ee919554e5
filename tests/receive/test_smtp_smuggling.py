"""
SMTP smuggling (CVE-2023-51764 and its kin): a second mail hidden in the first behind a line end that only some servers
take for one. Whatever stands there, it is one mail, and it is refused as a whole.
"""

import pytest

from .conftest import OpenDoor, RunningDoor

SECOND = b"MAIL FROM:<admin@bank.example>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\nSubject: smuggled\r\n\r\nx"

FALSE_ENDS = {
    "LF.LF": b"\n.\n",
    "LF.CRLF": b"\n.\r\n",
    "CRLF.LF": b"\r\n.\n",
    "CR.CR": b"\r.\r",
    "CR.CRLF": b"\r.\r\n",
    "CRLF.CR": b"\r\n.\r",
    "CRLF.CR CR LF": b"\r\n.\r\r\n",
    "LF.CR LF": b"\n.\r\n",
    "CR CRLF.CRLF": b"\r\r\n.\r\n\r.",
    "CRLF.NUL CRLF": b"\r\n.\0\r\n",
    "LF LF.LF": b"\n\n.\n",
    "LF.CR": b"\n.\r",
}


@pytest.mark.parametrize("false_end", [pytest.param(end, id=name) for name, end in FALSE_ENDS.items()])
def test_no_false_end_lets_a_second_mail_out(door: RunningDoor, false_end: bytes) -> None:
    client = door.client()
    client.begin_data()
    client.send(b"Subject: first\r\n\r\nx" + false_end + SECOND + b"\r\n.\r\n")
    reply = client.reply()

    assert [envelope.sender for _, envelope in door.mails if envelope.sender != "sender@example.net"] == []
    if false_end == b"\r\n.\0\r\n":  # a line of its own, and no line end is bare
        assert reply[:3] == "250"
    elif false_end.startswith(
        b"\r\r\n.\r\n"
    ):  # the true end, after a bare CR: what follows is commands, as it should be
        assert reply.startswith("550 5.6.0")
    else:
        assert reply.startswith("550 5.6.0")
        assert door.refusals == [("bare_newline", "550 5.6.0")]
        assert client.ask(b"NOOP") == "250 2.0.0 OK"  # nothing is left in the pipe
    assert not any(b"smuggled" in raw and not raw.startswith(b"Subject: first") for raw in door.raws)


@pytest.mark.parametrize("false_end", [b".\n", b".\r", b".\r\r\n", b"\n.\n", b"\n.\r\n", b"\r.\r"])
def test_a_false_end_at_the_start_is_none(door: RunningDoor, false_end: bytes) -> None:
    assert door.client().data(false_end + b"x\r\n.\r\n").startswith("550 5.6.0")


@pytest.mark.parametrize("false_end", [b"\n.\n", b"\r\n.\n", b"\n.\r\n", b"\r.\r"])
def test_a_false_end_split_over_packets_is_none(door: RunningDoor, false_end: bytes) -> None:
    client = door.client()
    client.begin_data()
    for octet in b"x" + false_end + b"y\r\n.\r\n":
        client.send(bytes([octet]))

    assert client.reply().startswith("550 5.6.0")


@pytest.mark.parametrize("newline", [b"\n", b"\r"], ids=["LF", "CR"])
def test_one_bare_newline_anywhere_refuses_the_mail(door: RunningDoor, newline: bytes) -> None:
    assert door.client().data(b"Subject: x\r\n\r\none" + newline + b"two\r\n.\r\n").startswith("550 5.6.0")
    assert door.mails == []


def test_a_second_mail_behind_a_true_end_is_a_mail_of_its_own(door: RunningDoor) -> None:
    """That is pipelining (RFC 2920): the client had the right to send it anyway."""
    client = door.client()
    client.begin_data()
    client.send(b"\r\nfirst\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\n")

    assert [client.reply()[:3] for _ in range(3)] == ["250", "250", "250"]
    assert client.ask(b"DATA")[:3] == "354"
    client.send(b"\r\nsecond\r\n.\r\n")
    assert client.reply()[:3] == "250"
    assert door.raws == [b"\r\nfirst\r\n", b"\r\nsecond\r\n"]


def test_a_stuffed_dot_line_is_text(door: RunningDoor) -> None:
    door.client().data(b"\r\nx\r\n..\r\nQUIT\r\n.\r\n")

    assert door.raws == [b"\r\nx\r\n.\r\nQUIT\r\n"]


@pytest.mark.parametrize(
    "command", [b"NOOP\n", b"NOOP x\ry\r\n", b"\n", b"NOOP\r\r\n", b"MAIL FROM:<a@b>\rRCPT TO:<ann@example.org>\r\n"]
)
def test_a_bare_newline_in_a_command_is_refused(door: RunningDoor, command: bytes) -> None:
    client = door.client()
    client.send(command)

    assert client.reply() == "500 5.5.2 Bare CR or LF in a command: lines end in CRLF"
    assert door.refusals == [("bare_newline", "500 5.5.2")]


def test_a_mail_sent_after_a_refused_data_is_not_read_as_commands(door: RunningDoor) -> None:
    client = door.client()
    client.send(
        b"MAIL FROM:<s@example.net>\r\nRCPT TO:<nobody@example.org>\r\nDATA\r\n"
        b"MAIL FROM:<admin@bank.example>\r\nRCPT TO:<ann@example.org>\r\nDATA\r\n\r\nsmuggled\r\n.\r\n"
    )

    assert [client.reply()[:9] for _ in range(4)] == ["250 2.1.0", "550 5.1.1", "554 5.5.1", "421 5.5.1"]
    assert client.is_closed()
    assert door.mails == []


def test_a_refused_data_leaves_a_patient_client_connected(door: RunningDoor) -> None:
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")
    client.ask(b"RCPT TO:<nobody@example.org>")

    assert client.ask(b"DATA") == "554 5.5.1 No valid recipients"
    assert client.ask(b"RSET") == "250 2.0.0 OK"


@pytest.mark.parametrize("verb", [b"POST", b"GET", b"put", b"CONNECT", b"OPTIONS"])
def test_a_browser_made_to_post_commands_is_sent_away_at_its_first_line(door: RunningDoor, verb: bytes) -> None:
    client = door.client(greeted=False)
    client.reply()
    client.send(
        verb
        + b" / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nEHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<ann@example.org>\r\nDATA\r\n"
    )

    assert client.reply() in ("421 5.5.1 This is not SMTP, goodbye", "")
    assert client.is_closed()


def test_chunks_that_were_not_offered_are_not_read_as_commands(door: RunningDoor) -> None:
    """Nothing tells where the mail after an unexpected BDAT ends (RFC 3030 §2), so the connection does."""
    client = door.client()
    client.begin_data()
    client.send(b"\r\nx\r\n.\r\n")
    client.reply()
    client.ask(b"MAIL FROM:<a@b>")
    client.ask(b"RCPT TO:<ann@example.org>")
    client.send(b"BDAT 90 LAST\r\nRSET\r\nMAIL FROM:<admin@bank.example>\r\n")

    assert client.reply() in ("421 5.5.1 This is not SMTP, goodbye", "")
    assert client.is_closed()
    assert len(door.mails) == 1


def test_commands_injected_behind_a_full_line_of_an_address_are_no_address(door: RunningDoor) -> None:
    client = door.client()

    assert client.ask(b"MAIL FROM:<a@b\0>\0RCPT TO:<ann@example.org>").startswith("501 5.1.7")


def test_an_oversized_mail_cannot_hide_its_end(open_door: OpenDoor) -> None:
    door = open_door(max_mail_bytes=1000)
    client = door.client()
    client.begin_data()
    client.send(b"x" * 5000 + b"\n.\n" + SECOND + b"\r\n.\r\n")

    assert client.reply() == "552 5.3.4 Message too large"
    assert client.ask(b"NOOP") == "250 2.0.0 OK"
