"""
Where the world sends mail for our domain: a DNS question of type MX (RFC 1035 §4, RFC 5321 §5.1), CNAME or TXT.

The standard library asks for addresses only, and one question at the desk of the operator is no reason for a resolver
library: this asks the machine's own name servers over UDP, and reads what comes back with suspicion.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
import struct
from collections.abc import Sequence
from pathlib import Path

from sevenbot.doctor.finding import Finding, advise, ok

CNAME, MX, TXT, IN = 5, 15, 16, 1
NO_SUCH_NAME = 3
TIMEOUT_SECONDS = 3.0
RESOLV_CONF = Path("/etc/resolv.conf")

#: Domains that no name server knows (RFC 2606, RFC 6761, RFC 6762).
LOCAL = re.compile(r"(?:.*\.)?(?:test|example|invalid|localhost|local|example\.(?:com|net|org))|[^.]+")


class BadAnswer(ValueError):
    """The packet is no answer to our question."""


async def check_mx(
    domain: str, servers: Sequence[str] | None = None, port: int = 53, *, goal: str = "this machine"
) -> Finding:
    """Say where mail for *domain* goes, which should be *goal*; the record to set when it goes nowhere."""
    if LOCAL.fullmatch(domain):
        return ok("mx", f"{domain} is known on this machine only: no mail comes from outside")
    advice = f"set the DNS record: {domain}. MX 10 <name of {goal}>."
    try:
        hosts = await asyncio.to_thread(ask, domain, name_servers() if servers is None else servers, port)
    except (OSError, BadAnswer) as exc:
        return advise(
            "mx", f"the name servers of this machine gave no answer ({exc})", f"look yourself: dig MX {domain}"
        )
    if not hosts:
        return advise("mx", f"{domain} has no MX record", advice)
    if hosts == [""]:  # RFC 7505: the domain takes no mail
        return advise("mx", f"the MX record of {domain} says that it takes no mail", advice)
    return ok("mx", f"mail for {domain} goes to {', '.join(hosts)}: that should be {goal}")


def name_servers(path: Path = RESOLV_CONF) -> list[str]:
    """Return the addresses of `nameserver` lines (resolv.conf(5)); this machine when there are none."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        lines = []
    words = [line.split() for line in lines]
    return [word[1] for word in words if len(word) > 1 and word[0] == "nameserver"][:3] or ["127.0.0.1"]


def ask(domain: str, servers: Sequence[str], port: int = 53, kind: int = MX) -> list[str]:
    """
    Return the hosts of the domain's MX records, the preferred first (or its CNAME, or TXT); empty when there are none.

    Raises:
        OSError: No server answered in time.
        BadAnswer: The last answer made no sense.
    """
    failure: OSError | BadAnswer = OSError("there is no name server")
    for server in servers:
        query_id = secrets.randbelow(0x10000)
        try:
            return read_answer(_exchange(server, port, make_query(domain, query_id, kind)), query_id, kind)
        except (OSError, BadAnswer) as exc:
            failure = exc
    raise failure


def _exchange(server: str, port: int, query: bytes) -> bytes:
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.settimeout(TIMEOUT_SECONDS)
        line.connect((server, port))  # so that only this server's packets are heard
        line.send(query)
        return line.recv(4096)


def make_query(domain: str, query_id: int, kind: int = MX) -> bytes:
    """Return the packet that asks for *domain*'s records of a kind, recursion desired."""
    labels = b"".join(bytes([len(label)]) + label.encode("ascii") for label in domain.split("."))
    return struct.pack(">6H", query_id, 0x0100, 1, 0, 0, 0) + labels + struct.pack(">BHH", 0, kind, IN)


def read_answer(packet: bytes, query_id: int, kind: int = MX) -> list[str]:
    """
    Return what the records of a kind in *packet* hold: hosts without the final dot, the preferred first, or texts.

    Raises:
        BadAnswer: It answers something else, breaks off, or reports a failure other than "no such name".
    """
    try:
        return _read_answer(packet, query_id, kind)
    except (struct.error, IndexError):
        raise BadAnswer("the answer breaks off") from None


def _read_answer(packet: bytes, query_id: int, wanted: int) -> list[str]:
    answer_id, flags, questions, answers = struct.unpack_from(">4H", packet)
    if answer_id != query_id or not flags & 0x8000:
        raise BadAnswer("the answer is to another question")
    if flags & 0xF not in (0, NO_SUCH_NAME):
        raise BadAnswer(f"the name server reports failure {flags & 0xF}")
    at = 12
    for _ in range(questions):
        at = _read_name(packet, at)[1] + 4
    records = []
    for _ in range(answers):
        _, at = _read_name(packet, at)
        kind, _, _, length = struct.unpack_from(">HHIH", packet, at)
        at += 10
        if kind == wanted:
            records.append(_read_record(packet, at, length, kind))
        at += length
    return [host for _, host in sorted(records)]


def _read_record(packet: bytes, at: int, length: int, kind: int) -> tuple[int, str]:
    """Return a record's preference (0 where there is none), and what it holds."""
    if kind == MX:
        return struct.unpack_from(">H", packet, at)[0], _read_name(packet, at + 2)[0]
    if kind == CNAME:
        return 0, _read_name(packet, at)[0]
    texts, end = [], at + length
    while at < end:  # RFC 1035 §3.3.14: one or more strings, each with its length before it
        texts.append(packet[at + 1 : at + 1 + packet[at]])
        at += 1 + packet[at]
    return 0, b"".join(texts).decode("ascii", "replace")


def _read_name(packet: bytes, at: int) -> tuple[str, int]:
    """Return the name at *at* and where it ends there. A pointer (RFC 1035 §4.1.4) leads before all it came from."""
    labels: list[bytes] = []
    began, end = at, 0
    while length := packet[at]:
        if length >= 0xC0:
            target = (length & 0x3F) << 8 | packet[at + 1]
            end = end or at + 2
            if target >= began:
                raise BadAnswer("a name points forwards")
            began = at = target
        else:
            labels.append(packet[at + 1 : at + 1 + length])
            at += 1 + length
    name = b".".join(labels).decode("ascii", "replace")
    if not re.fullmatch(r"[A-Za-z0-9._-]*", name):
        raise BadAnswer("a host name with odd letters")
    return name, end or at + 1
