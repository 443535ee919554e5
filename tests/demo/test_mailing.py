from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from sevenbot.config import Listen
from sevenbot.demo.mailing import Postman
from sevenbot.demo.refusal import Refusal

TO = "maple-otter-k7m4qx92@sevenbot.example"


@dataclass
class Door:
    """A mail door that takes everything for one address."""

    at: Listen = field(default_factory=lambda: Listen("127.0.0.1", 0))
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address != TO:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append((envelope.mail_from, envelope.original_content))
        return "250 2.0.0 Kept"


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(door, loop=loop), "127.0.0.1", 0)
    door.at = Listen("127.0.0.1", server.sockets[0].getsockname()[1])
    yield door
    server.close()
    await server.wait_closed()


async def test_what_was_shown_is_what_is_sent_and_only_once(door: Door) -> None:
    postman = Postman()
    shown = postman.preview("code", TO)

    for _ in range(2):
        await postman.send(door.at, {"to": TO, "sample": "code"})

    first, second = (raw.decode() for _, raw in door.taken)
    assert first == shown["source"]
    assert second != first


async def test_answer_of_the_door_is_told(door: Door) -> None:
    answer = await Postman().send(door.at, {"to": TO, "sample": "receipt"})

    assert (answer["step"], answer["code"], answer["text"]) == ("DATA", 250, "2.0.0 Kept")


async def test_refused_recipient_ends_the_conversation(door: Door) -> None:
    answer = await Postman().send(door.at, {"to": "nobody@sevenbot.example", "sample": "receipt"})

    assert (answer["step"], answer["code"], answer["text"]) == ("RCPT", 550, "5.1.1 No such address here")
    assert door.taken == []


async def test_absent_door_is_told_as_such(unused_tcp_port: int) -> None:
    answer = await Postman().send(Listen("127.0.0.1", unused_tcp_port), {"to": TO, "sample": "receipt"})

    assert (answer["step"], answer["code"]) == ("connect", 0)


async def test_same_again_is_byte_for_byte_the_same(door: Door) -> None:
    postman = Postman()
    await postman.send(door.at, {"to": TO, "sample": "person"})

    await postman.send(door.at, {"again": True})

    assert door.taken[0] == door.taken[1]


async def test_written_mail_is_a_proper_mail(door: Door) -> None:
    given = {"to": TO, "from": "me@example.net", "subject": "Grüße\r\nBcc: x@y.example", "body": "Hallo\nWelt"}

    await Postman().send(door.at, given)

    message = email.message_from_bytes(door.taken[0][1], policy=email.policy.default)
    assert (message["Subject"], message["Bcc"]) == ("Grüße Bcc: x@y.example", None)
    assert message["Date"]
    assert message["Message-ID"]


async def test_raw_mail_goes_out_as_typed_with_crlf(door: Door) -> None:
    await Postman().send(door.at, {"to": TO, "from": "me@example.net", "raw": "Subject: x\n\n.dot\r\nend"})

    assert door.taken == [("me@example.net", b"Subject: x\r\n\r\n.dot\r\nend\r\n")]


async def test_bounce_comes_from_nobody(door: Door) -> None:
    await Postman().send(door.at, {"to": TO, "sample": "bounce"})

    assert door.taken[0][0] == "<>"  # as aiosmtpd calls the null sender


@pytest.mark.parametrize("to", ["", "a", "a@b.example\r\nDATA", "a@b.example>", "<a@b.example", "a@b@c", "ä@b.example"])
async def test_senseless_recipient_is_refused_before_anything_is_sent(door: Door, to: str) -> None:
    with pytest.raises(Refusal):
        await Postman().send(door.at, {"to": to, "from": "me@example.net", "raw": "x"})


async def test_nothing_can_be_sent_again_before_the_first(door: Door) -> None:
    with pytest.raises(Refusal, match="nothing was sent yet"):
        await Postman().send(door.at, {"again": True})
