"""Doctor's look at the mailbox; with a real Dovecot in tests/journeys/test_imap.py."""

from __future__ import annotations

from sevenbot.config import Settings, load
from sevenbot.doctor.finding import Finding, Result
from sevenbot.doctor.imap import check_mailbox
from tests.receive.odd_imap import OddServer


async def look(url: str) -> Finding:
    (finding,) = await check_mailbox(load({"SEVENBOT_IMAP_URL": url}))
    return finding


async def test_nothing_is_said_without_a_mailbox() -> None:
    assert await check_mailbox(Settings()) == []


async def test_a_server_that_cannot_idle_is_told() -> None:
    with OddServer({}, capabilities="IMAP4rev1") as server:
        finding = await look(server.url)

    assert finding.result is Result.OK
    assert "asked for new mail every minute" in finding.detail


async def test_a_refusal_comes_with_its_advice() -> None:
    with OddServer({}) as server:
        server.odd.append(("LOGIN", b"TAG NO [AUTHENTICATIONFAILED] no\r\n"))
        finding = await look(server.url)

    assert finding.result is Result.FAILED
    assert finding.detail.endswith("/INBOX: the server refuses user or password")
    assert "app password" in finding.advice


async def test_what_is_out_of_reach_comes_with_advice_too() -> None:
    finding = await look("imap://ann:pw@127.0.0.1:9/INBOX")

    assert finding.result is Result.FAILED
    assert "Connection refused" in finding.detail
    assert "is the host of SEVENBOT_IMAP_URL right" in finding.advice
