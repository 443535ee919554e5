"""What a client may use up: bytes, lines, recipients, errors, connections, time."""

import asyncio
import socket
import threading
from datetime import timedelta

import pytest

from sevenbot.envelope import Envelope, Receipt
from sevenbot.receive.policy import MIB

from .conftest import OpenDoor, RunningDoor, Wire

MOMENT = timedelta(seconds=0.05)
LINE = b"x" * 998 + b"\r\n"


# One mail


def test_a_declared_size_beyond_the_limit_is_refused_at_mail(door: RunningDoor) -> None:
    client = door.client()

    assert client.ask(b"MAIL FROM:<s@example.net> SIZE=26214401") == "552 5.3.4 Message too large"
    assert client.ask(b"MAIL FROM:<s@example.net> SIZE=26214400") == "250 2.1.0 OK"
    assert door.refusals == [("too_large", "552 5.3.4")]
    assert door.events[0].facts["size_bytes"] == 26214401


def test_an_oversized_mail_is_refused_after_data_and_the_connection_goes_on(open_door: OpenDoor) -> None:
    door = open_door(max_mail_bytes=10_000)
    client = door.client()

    assert client.data(b"\r\n" + LINE * 100 + b".\r\n") == "552 5.3.4 Message too large"
    assert client.data(b"\r\n" + LINE * 9 + b".\r\n")[:3] == "250"
    assert door.refusals == [("too_large", "552 5.3.4")]


def test_an_oversized_mail_is_not_held_in_memory(open_door: OpenDoor) -> None:
    import tracemalloc

    door = open_door(max_mail_bytes=1 * MIB)
    client = door.client()
    client.begin_data()
    tracemalloc.start()
    try:
        client.send(b"\r\n")
        for _ in range(40):
            client.send(LINE * 1000)
        client.send(b".\r\n")
        reply = client.reply()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert reply == "552 5.3.4 Message too large"
    assert peak < 8 * MIB  # the client's own line buffers included


def test_a_line_of_256_kib_is_taken_and_a_longer_one_refused(door: RunningDoor) -> None:
    client = door.client()

    assert client.data(b"\r\n" + b"x" * 262_144 + b"\r\n.\r\n")[:3] == "250"
    assert client.data(b"\r\n" + b"x" * 262_145 + b"\r\n.\r\n") == "500 5.6.0 Line too long"
    assert door.refusals == [("long_line", "500 5.6.0")]


def test_a_looping_mail_is_refused(door: RunningDoor) -> None:
    reply = door.client().data(b"Received: by x\r\n" * 51 + b"\r\nx\r\n.\r\n")

    assert reply == "554 5.4.6 Too many Received fields, the message is looping"
    assert door.refusals == [("loop", "554 5.4.6")]


def test_recipients_beyond_the_limit_are_sent_separately(open_door: OpenDoor) -> None:
    door = open_door(max_recipients=2)
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")
    replies = [client.ask(b"RCPT TO:<user%d@example.org>" % number)[:9] for number in range(4)]
    client.ask(b"DATA")
    client.send(b"\r\nx\r\n.\r\n")

    assert replies == ["250 2.1.5", "250 2.1.5", "452 4.5.3", "452 4.5.3"]
    assert client.reply()[:3] == "250"
    assert len(door.mails[0][1].recipients) == 2


def test_a_hundred_recipients_are_taken_as_the_rfc_demands(door: RunningDoor) -> None:
    """RFC 5321 §4.5.3.1.8."""
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")
    client.send(b"".join(b"RCPT TO:<user%d@example.org>\r\n" % number for number in range(101)))

    assert [client.reply()[:3] for _ in range(101)] == ["250"] * 100 + ["452"]


# One connection


def test_an_endless_command_ends_the_connection(door: RunningDoor) -> None:
    client = door.client()
    client.send(b"NOOP " + b"x" * 100_000)

    assert client.reply()[:9] in ("421 4.7.0", "")
    assert client.is_closed()


def test_a_long_command_is_refused_and_the_connection_goes_on(door: RunningDoor) -> None:
    client = door.client()

    assert client.ask(b"NOOP " + b"x" * 3000) == "500 5.5.2 Command line too long"
    assert client.ask(b"NOOP") == "250 2.0.0 OK"


@pytest.mark.parametrize(
    "command", [b"XYZZY", b"\xff\xfe", b"", b"\x16\x03\x01\x02", b"RCPT TO:<a@b>", b"VRFY\tx", b"STARTTLS"]
)
def test_too_many_errors_end_the_connection(open_door: OpenDoor, command: bytes) -> None:
    door = open_door(max_errors=3)
    client = door.client()
    replies = [client.ask(command)[:1] for _ in range(3)]

    assert replies == ["5"] * 3
    assert client.reply() == "421 4.7.0 Too many errors, goodbye"
    assert client.is_closed()
    assert door.refusals == [("too_many_errors", "421 4.7.0")]


def test_guessing_addresses_ends_the_connection(open_door: OpenDoor) -> None:
    door = open_door(max_errors=3)
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")
    client.send(b"".join(b"RCPT TO:<guess%d@example.org>\r\n" % number for number in range(100)))

    assert [client.reply()[:9] for _ in range(4)] == ["550 5.1.1"] * 3 + ["421 4.7.0"]


def test_errors_before_a_mail_do_not_keep_it_away(door: RunningDoor) -> None:
    client = door.client()
    for _ in range(10):
        client.ask(b"XYZZY")

    assert client.data(b"\r\nx\r\n.\r\n")[:3] == "250"


@pytest.mark.parametrize("command", [b"NOOP", b"RSET", b"VRFY ann", b"EHLO x", b"HELO x"])
def test_a_client_that_only_keeps_busy_is_sent_away(open_door: OpenDoor, command: bytes) -> None:
    door = open_door(max_errors=3, max_idle_commands=5)
    client = door.client()
    client.send((command + b"\r\n") * 20)

    replies = list(iter(client.reply, ""))
    assert len(replies) < 12
    assert replies[-1] == "421 4.7.0 Too many errors, goodbye"


def test_a_transaction_opened_and_dropped_again_and_again_is_ended(open_door: OpenDoor) -> None:
    door = open_door(max_errors=3, max_idle_commands=5)
    client = door.client()
    client.send(b"MAIL FROM:<s@example.net>\r\nRCPT TO:<ann@example.org>\r\nRSET\r\n" * 20)

    assert list(iter(client.reply, ""))[-1] == "421 4.7.0 Too many errors, goodbye"


def test_idle_commands_between_real_mails_are_forgiven(open_door: OpenDoor) -> None:
    door = open_door(max_errors=1, max_idle_commands=3)
    client = door.client()
    for _ in range(4):
        client.ask(b"RSET")
        client.ask(b"NOOP")
        assert client.data(b"\r\nx\r\n.\r\n")[:3] == "250"


def test_recipients_far_beyond_the_limit_count_as_errors(open_door: OpenDoor) -> None:
    door = open_door(max_errors=3, max_recipients=2, max_recipient_overshoot=4)
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")
    client.send(b"".join(b"RCPT TO:<user%d@example.org>\r\n" % number for number in range(20)))

    assert [reply[:3] for reply in iter(client.reply, "")] == ["250"] * 2 + ["452"] * 7 + ["421"]


def test_one_recipient_named_without_end_counts_as_errors(open_door: OpenDoor) -> None:
    door = open_door(max_errors=3, max_recipients=2, max_recipient_overshoot=4)
    client = door.client()
    client.ask(b"MAIL FROM:<s@example.net>")
    client.send(b"RCPT TO:<ann@example.org>\r\n" * 20)

    assert [reply[:3] for reply in iter(client.reply, "")] == ["250"] * 6 + ["452"] * 3 + ["421"]


# Everybody


def test_connections_beyond_the_limit_are_asked_to_come_later(open_door: OpenDoor) -> None:
    door = open_door(max_connections=2)
    first, _ = door.client(), door.client()
    third = door.client(greeted=False)

    assert third.reply() == "421 4.3.2 Too many connections, please try again later"
    assert third.is_closed()
    assert door.refusals == [("too_many_connections", "421 4.3.2")]
    assert first.ask(b"NOOP") == "250 2.0.0 OK"


def test_one_address_cannot_take_all_connections(open_door: OpenDoor) -> None:
    door = open_door(max_connections_per_client=2)
    _ = door.client(), door.client()

    assert door.client(greeted=False).reply() == "421 4.7.0 Too many connections from your address"


def test_a_connection_that_ended_makes_room(open_door: OpenDoor) -> None:
    door = open_door(max_connections_per_client=1)
    for _ in range(5):
        client = door.client()
        client.ask(b"QUIT")
        assert client.is_closed()

    assert door.client(greeted=False).reply()[:3] == "220"


def test_a_refused_connection_that_ends_takes_no_room_from_others(open_door: OpenDoor) -> None:
    door = open_door(max_connections_per_client=1)
    first = door.client()
    for _ in range(5):
        assert door.client(greeted=False).is_closed() is False  # the reply's first byte
    second = door.client(greeted=False)

    assert second.reply()[:3] == "421"
    assert first.ask(b"NOOP")[:3] == "250"


@pytest.mark.slow
def test_a_storm_of_connections_passes_over_an_open_one(open_door: OpenDoor) -> None:
    door = open_door(max_connections=20)
    client = door.client()
    for _ in range(10):
        storm = [socket.create_connection(door.address) for _ in range(200)]
        for connection in storm:
            connection.close()

    assert client.data(b"\r\nx\r\n.\r\n")[:3] == "250"


def test_mail_beyond_the_memory_set_aside_may_come_later(open_door: OpenDoor) -> None:
    door = open_door(max_mail_bytes=100_000, max_bytes_in_flight=100_000)
    slow, quick = door.client(), door.client()
    slow.begin_data()
    slow.send(b"\r\n" + LINE * 60)
    quick.begin_data()
    quick.send(b"\r\n" + LINE * 60 + b".\r\n")
    slow_reply = quick_reply = ""
    quick_reply = quick.reply()
    slow.send(b".\r\n")
    slow_reply = slow.reply()

    assert sorted([slow_reply[:9], quick_reply[:9]]) == ["250 2.0.0", "452 4.3.1"]
    assert ("storage_full", "452 4.3.1") in door.refusals


def test_memory_is_given_back_when_a_transfer_breaks_off(open_door: OpenDoor) -> None:
    door = open_door(max_mail_bytes=100_000, max_bytes_in_flight=100_000)
    for _ in range(3):
        client = door.client()
        client.begin_data()
        client.send(b"\r\n" + LINE * 80)
        client.half_close()
        assert client.is_closed()

    assert door.client().data(b"\r\n" + LINE * 80 + b".\r\n")[:3] == "250"


# Time


def said_goodbye(client: Wire) -> bool:
    while client.reply():
        pass
    return client.replies[-2] == "421 4.4.2 Timeout, goodbye"


def test_a_silent_client_is_sent_away(open_door: OpenDoor) -> None:
    door = open_door(idle=MOMENT)

    assert said_goodbye(door.client())
    assert door.refusals == [("timeout", "421 4.4.2")]


def test_a_client_that_stops_in_the_middle_of_a_mail_is_sent_away(open_door: OpenDoor) -> None:
    door = open_door(idle=6 * MOMENT)
    client = door.client()
    client.begin_data()
    client.send(b"Subject: slow")

    assert said_goodbye(client)
    assert door.mails == []


def drip(client: Wire, octets: bytes) -> None:
    """Send without end, until the door closes the connection (a thread ends with its test)."""
    try:
        while True:
            client.send(octets)
            threading.Event().wait(0.01)
    except OSError:
        return


def test_a_mail_that_drips_in_forever_is_cut_off(open_door: OpenDoor) -> None:
    door = open_door(transfer=4 * MOMENT)
    client = door.client()
    client.begin_data()
    dripper = threading.Thread(target=drip, args=(client, b"x"))
    dripper.start()

    assert said_goodbye(client)
    dripper.join(20)


def test_a_command_that_drips_in_is_as_good_as_silence(open_door: OpenDoor) -> None:
    door = open_door(idle=4 * MOMENT)
    client = door.client()
    dripper = threading.Thread(target=drip, args=(client, b"N"))
    dripper.start()

    assert said_goodbye(client)
    dripper.join(20)


def test_a_session_that_never_ends_is_ended(open_door: OpenDoor) -> None:
    door = open_door(session=4 * MOMENT)

    assert said_goodbye(door.client())


def test_silence_is_borne_less_when_many_are_inside(open_door: OpenDoor) -> None:
    door = open_door(max_connections=4, idle_under_load=MOMENT)
    clients = [door.client() for _ in range(3)]

    assert said_goodbye(clients[0])


def test_a_client_that_reads_no_replies_is_cut_off(open_door: OpenDoor) -> None:
    door = open_door(idle=MOMENT, farewell=MOMENT, max_idle_commands=10**9)
    client = door.client()
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

    with pytest.raises(OSError, match=r"reset|[Bb]roken pipe"):
        send_forever(client, b"EHLO x\r\n" * 1000)


def send_forever(client: Wire, octets: bytes) -> None:
    while True:
        client.send(octets)


def test_our_own_slowness_is_not_held_against_the_client(open_door: OpenDoor) -> None:
    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        await asyncio.sleep(4 * MOMENT.total_seconds())
        return await door.keep(raw, envelope)

    door = open_door(accept, idle=2 * MOMENT, session=timedelta(hours=1))

    assert door.client().data(b"\r\nx\r\n.\r\n")[:3] == "250"


# The end


def test_closing_sends_idle_clients_away(door: RunningDoor) -> None:
    client = door.client()
    door.close()

    assert client.reply() == "421 4.3.2 Going down, please try again later"
    assert client.is_closed()


def test_closing_lets_a_mail_under_way_finish(open_door: OpenDoor) -> None:
    door = open_door(farewell=timedelta(seconds=20))
    idle, client = door.client(), door.client()
    client.begin_data()
    door.close()
    idle.reply()
    client.send(b"\r\nx\r\n.\r\n")

    assert client.reply()[:3] == "250"
    assert client.reply() == "421 4.3.2 Going down, please try again later"
    assert len(door.mails) == 1


def test_closing_cuts_off_a_mail_that_does_not_finish(door: RunningDoor) -> None:
    client = door.client()
    client.begin_data()
    client.send(b"Subject: half\r\n")
    door.close()

    assert client.reply() in ("421 4.3.2 Going down, please try again later", "")
    assert client.is_closed()
    assert door.mails == []


def test_closing_waits_for_a_mail_being_kept(open_door: OpenDoor) -> None:
    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        door.close()
        await asyncio.sleep(0.05)
        return await door.keep(raw, envelope)

    door = open_door(accept, farewell=timedelta(seconds=20))

    assert door.client().data(b"\r\nx\r\n.\r\n")[:3] == "250"


def test_closing_does_not_wait_forever_for_a_mail_being_kept(open_door: OpenDoor) -> None:
    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        door.close()
        return await asyncio.get_running_loop().create_future()

    door = open_door(accept)

    assert door.client().data(b"\r\nx\r\n.\r\n") in ("421 4.3.2 Going down, please try again later", "")
