"""Doctor's look at the mailbox; with a real Dovecot in tests/journeys/test_imap.py."""

from __future__ import annotations

from sevenbot.config import Settings, load
from sevenbot.doctor.finding import Finding, Result
from sevenbot.doctor.imap import check_mailbox
from tests.receive.odd_imap import OddServer


async def look(url: str, **settings: str) -> Finding:
    (finding,) = await check_mailbox(load({"SEVENBOT_IMAP_URL": url, **settings}))
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


async def test_the_folder_that_mails_move_to_is_looked_at() -> None:
    with OddServer({}) as server:
        finding = await look(server.url, SEVENBOT_IMAP_DONE="move:Old Mail")

    assert finding.result is Result.OK
    assert finding.detail.endswith("done: move:Old Mail, which is there")
    assert not [command for command in server.commands if command.startswith("CREATE")]


async def test_a_folder_that_cannot_be_made_is_told_before_the_first_mail() -> None:
    with OddServer({}) as server:
        server.odd += [("STATUS|CREATE", b"TAG NO [CANNOT] no\r\n")]
        server.odd += [("LIST", b'* LIST () "." "INBOX"\r\n* LIST () "." "INBOX.Trash"\r\nTAG OK done\r\n')]
        finding = await look(server.url, SEVENBOT_IMAP_DONE="move:Old")

    assert finding.result is Result.FAILED
    assert finding.detail.endswith("the server does not make the folder of move:Old")
    assert "INBOX, INBOX.Trash" in finding.advice
    assert "move:INBOX.Old" in finding.advice
