import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.doctor.finding import Result
from sevenbot.doctor.mx import CNAME, TXT, BadAnswer, check_mx, make_query, name_servers, read_answer

QUERY_ID = 0x1234
DOMAIN = "mail.sevenbot.net"


def name(text: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".") if label) + b"\0"


def record(host: bytes, preference: int = 10, kind: int = 15, owner: bytes = b"\xc0\x0c") -> bytes:
    content = struct.pack(">H", preference) + host
    return owner + struct.pack(">HHIH", kind, 1, 300, len(content)) + content


def answer(*records: bytes, flags: int = 0x8180, query_id: int = QUERY_ID) -> bytes:
    question = name(DOMAIN) + struct.pack(">HH", 15, 1)
    return struct.pack(">6H", query_id, flags, 1, len(records), 0, 0) + question + b"".join(records)


def test_a_query_asks_for_mx_with_recursion() -> None:
    assert make_query("a.bc", QUERY_ID) == bytes.fromhex("1234 0100 0001 0000 0000 0000 0161 026263 00 000f 0001")


def test_hosts_come_in_the_order_of_preference() -> None:
    packet = answer(record(name("b.example.org"), 20), record(name("a.example.org"), 10))

    assert read_answer(packet, QUERY_ID) == ["a.example.org", "b.example.org"]


def test_a_name_may_point_back() -> None:
    packet = answer(record(b"\x02mx\xc0\x0c"))

    assert read_answer(packet, QUERY_ID) == [f"mx.{DOMAIN}"]


def test_other_records_are_passed_over() -> None:
    packet = answer(record(b"", kind=5), record(name("a.example.org")))

    assert read_answer(packet, QUERY_ID) == ["a.example.org"]


def test_texts_come_in_one_piece() -> None:
    content = b"\x07v=spf1 \x04-all"
    text = b"\xc0\x0c" + struct.pack(">HHIH", TXT, 1, 300, len(content)) + content

    assert read_answer(answer(text), QUERY_ID, TXT) == ["v=spf1 -all"]


def test_another_name_is_read_too() -> None:
    content = name("token.dkim.example.org")
    other = b"\xc0\x0c" + struct.pack(">HHIH", CNAME, 1, 300, len(content)) + content

    assert read_answer(answer(other), QUERY_ID, CNAME) == ["token.dkim.example.org"]


def test_no_such_name_is_no_record() -> None:
    assert read_answer(answer(flags=0x8183), QUERY_ID) == []


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\x12\x34",
        answer(query_id=1),
        answer(flags=0x0180),
        answer(flags=0x8182),
        answer(record(name("a.example.org")))[:-3],
        answer(record(b"\xc0\xff")),
        answer(record(b"\xc0\x31")),
        answer(record(name("a\x1b[31m.org"))),
    ],
    ids=[
        "empty",
        "short",
        "other id",
        "a question",
        "server failure",
        "cut",
        "beyond the end",
        "itself",
        "odd letters",
    ],
)
def test_what_is_no_answer_is_refused(packet: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_answer(packet, QUERY_ID)


def test_names_that_point_in_a_circle_end() -> None:
    # At offset 12: "a", then a pointer to offset 12.
    packet = struct.pack(">6H", QUERY_ID, 0x8180, 1, 0, 0, 0) + b"\x01a\xc0\x0c" + b"\0\x0f\0\x01"

    with pytest.raises(BadAnswer, match="points forwards"):
        read_answer(packet, QUERY_ID)


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_packet_is_read_or_refused_property(noise: bytes, cut: int) -> None:
    for packet in (noise, answer(record(name("a.example.org")))[:cut] + noise):
        try:
            hosts = read_answer(packet, QUERY_ID)
        except BadAnswer:
            continue
        assert all(host.isascii() for host in hosts)


class NameServer:
    """A name server on a port of this machine that gives one answer to everything."""

    def __init__(self, reply: bytes) -> None:
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.bind(("127.0.0.1", 0))
        self.port = self.line.getsockname()[1]
        self.reply = reply
        self.thread = threading.Thread(target=self._answer, daemon=True)
        self.thread.start()

    def _answer(self) -> None:
        while True:
            query, client = self.line.recvfrom(512)
            if not query:
                return
            self.line.sendto(query[:2] + self.reply[2:], client)

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self.thread.join()
        self.line.close()


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[NameServer]:
    server = NameServer(request.param)
    yield server
    server.close()


@pytest.mark.parametrize("server", [answer(record(name("mx.sevenbot.net")))], indirect=True)
async def test_where_mail_should_go_is_told_by_who_asks(server: NameServer) -> None:
    finding = await check_mx(DOMAIN, ["127.0.0.1"], server.port, goal="the mailbox's server")

    assert finding.detail.endswith(": that should be the mailbox's server")


@pytest.mark.parametrize("server", [answer(record(name("mx.sevenbot.net")))], indirect=True)
async def test_where_mail_goes_is_told(server: NameServer) -> None:
    finding = await check_mx(DOMAIN, ["127.0.0.1"], server.port)

    assert finding.result is Result.OK
    assert "goes to mx.sevenbot.net" in finding.detail


@pytest.mark.parametrize("server", [answer()], indirect=True)
async def test_a_domain_without_a_record_gets_the_record_to_set(server: NameServer) -> None:
    finding = await check_mx(DOMAIN, ["127.0.0.1"], server.port)

    assert finding.result is Result.ADVICE
    assert f"{DOMAIN}. MX 10" in finding.advice


@pytest.mark.parametrize("server", [answer(record(b"\0", 0))], indirect=True)
async def test_a_domain_that_takes_no_mail_is_told(server: NameServer) -> None:
    """RFC 7505: a null MX."""
    finding = await check_mx(DOMAIN, ["127.0.0.1"], server.port)

    assert "takes no mail" in finding.detail


@pytest.mark.parametrize("server", [answer(flags=0x8182)], indirect=True)
async def test_a_name_server_that_fails_is_told(server: NameServer) -> None:
    finding = await check_mx(DOMAIN, ["127.0.0.1"], server.port)

    assert finding.result is Result.ADVICE
    assert "dig MX" in finding.advice


@pytest.mark.parametrize("server", [answer(record(name("mx.sevenbot.net")))], indirect=True)
async def test_the_next_server_is_asked_when_one_is_away(server: NameServer) -> None:
    finding = await check_mx(DOMAIN, ["no such server", "127.0.0.1"], server.port)

    assert finding.result is Result.OK


@pytest.mark.parametrize("domain", ["localhost", "sevenbot.example", "example.org", "a.test", "box.local", "intranet"])
async def test_a_domain_of_this_machine_is_not_asked_for(domain: str) -> None:
    finding = await check_mx(domain, [])

    assert finding.result is Result.OK
    assert "this machine only" in finding.detail


def test_name_servers_come_from_the_systems_file(tmp_path: Path) -> None:
    path = tmp_path / "resolv.conf"
    path.write_text("# mine\nsearch example.org\nnameserver 192.0.2.1\nnameserver\nnameserver 2001:db8::1\n")

    assert name_servers(path) == ["192.0.2.1", "2001:db8::1"]
    assert name_servers(tmp_path / "none") == ["127.0.0.1"]
