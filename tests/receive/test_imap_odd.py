"""The IMAP door in front of servers that behave oddly, and what it does when something fails."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sevenbot.errors import MailboxRefused, MailboxUnavailable, StateUnavailable, StorageFull
from sevenbot.mailbox import ImapUrl
from sevenbot.maillog import MailLog
from sevenbot.receive import imap, imap_intake
from sevenbot.receive.imap import keep_fetching, pause
from sevenbot.state.positions import Position
from tests.receive.mailboxes import Door, mail
from tests.receive.odd_imap import OddServer

MAILS = {uid: mail(f"Mail {uid}") for uid in (3, 4, 8)}


@pytest.fixture
def server() -> Iterator[OddServer]:
    with OddServer(dict(MAILS)) as running:
        yield running


@pytest.fixture
def door(server: OddServer) -> Door:
    return Door(server.url, SEVENBOT_IMAP_BACKLOG="all")


def position_of(door: Door) -> Position:
    return door.positions.records[door.mailbox.key]


async def test_a_uid_behind_the_literal_and_news_in_between_are_understood(door: Door) -> None:
    await door.fetch()

    assert [raw for raw, _ in door.mails] == list(MAILS.values())
    assert position_of(door) == Position(7, 8, 1)


async def test_a_mail_that_is_gone_since_the_search_is_passed_over(server: OddServer, door: Door) -> None:
    server.odd.append((r"UID SEARCH UID 1:\*", b"* SEARCH 3 4 5 8\r\nTAG OK done\r\n"))

    await door.fetch()

    assert door.subjects == ["Mail 3", "Mail 4", "Mail 8"]
    assert position_of(door) == Position(7, 8, 1)


async def test_a_mail_gone_since_its_header_came_is_passed_over(server: OddServer, door: Door) -> None:
    def only_one_is_left() -> bytes:
        del server.mails[4], server.mails[8]
        return server._fetch(3, "") + b"TAG OK done\r\n"

    server.odd.append((r"UID FETCH 3:4,8 \(BODY.PEEK\[\]\)", only_one_is_left))

    await door.fetch()

    assert door.subjects == ["Mail 3"]
    assert position_of(door) == Position(7, 8, 1)


async def test_a_mail_that_the_server_refuses_does_not_stop_the_others_and_is_tried_again(
    server: OddServer, door: Door
) -> None:
    server.odd.append((r"UID FETCH (3:4,8|3:4|4|4,8|3) \(BODY.PEEK\[\]\)", b"TAG NO [SERVERBUG] cannot read it\r\n"))

    await door.fetch()
    first, behind = door.subjects, position_of(door)
    server.odd.clear()
    await door.fetch()

    assert first == ["Mail 8"]
    assert behind == Position(7, 8, 1, (3, 4))
    assert door.subjects == ["Mail 8", "Mail 3", "Mail 4"]
    assert position_of(door) == Position(7, 8, 1)


async def test_news_of_flags_before_the_answer_are_not_taken_for_it(server: OddServer, door: Door) -> None:
    flags = b"* 1 FETCH (UID 3 FLAGS (\\Seen))\r\n"
    for items in (r"\(RFC822.SIZE\)", r"\(BODY.PEEK\[HEADER", r"\(BODY.PEEK\[\]"):
        what = items.replace("\\", "")
        answer = flags + b"".join(server._fetch(uid, what) for uid in MAILS) + flags + b"TAG OK done\r\n"
        server.odd.append((f"UID FETCH 3:4,8 {items}", answer))

    await door.fetch()

    assert door.subjects == ["Mail 3", "Mail 4", "Mail 8"]


async def test_a_mail_of_which_nothing_is_told_though_it_is_there_is_not_skipped(server: OddServer, door: Door) -> None:
    size_of_two = b"".join(server._fetch(uid, "SIZE") for uid in (3, 8)) + b"TAG OK done\r\n"
    server.odd.append((r"UID FETCH 3:4,8 \(RFC822.SIZE", size_of_two))

    await door.fetch()

    assert door.subjects == ["Mail 3", "Mail 8", "Mail 4"]


async def test_an_empty_mail_is_for_nobody(server: OddServer, door: Door) -> None:
    server.odd.append(
        (r"UID FETCH \S+ \(BODY.PEEK\[HEADER", b'* 1 FETCH (UID 3 BODY[HEADER.FIELDS (TO)] "")\r\nTAG OK x\r\n')
    )
    server.mails = {3: b""}

    await door.fetch()

    assert door.refusals == ["unknown_recipient"]
    assert position_of(door) == Position(7, 3, 1)


async def test_a_mail_that_breaks_the_connection_does_not_stop_the_others(server: OddServer, door: Door) -> None:
    server.odd.append((r"UID FETCH \S*[34]\S* \(BODY.PEEK\[\]\)", b""))
    with pytest.raises(MailboxUnavailable):
        await door.fetch()
    server.odd[:] = [(r"UID FETCH 4 \(BODY.PEEK\[\]\)", b"")]
    with pytest.raises(MailboxUnavailable):
        await door.fetch()
    with pytest.raises(MailboxUnavailable):
        await door.fetch()

    assert door.subjects == ["Mail 3", "Mail 8"]
    assert position_of(door) == Position(7, 8, 1, (4,))


async def test_a_connection_cut_within_a_mail_keeps_nothing_of_it(server: OddServer, door: Door) -> None:
    server.odd.append((r"UID FETCH \S+ \(BODY.PEEK\[\]\)", b"* 1 FETCH (UID 3 BODY[] {500}\r\nhalf of it" + server.CUT))

    with pytest.raises(MailboxUnavailable):
        await door.fetch()
    kept = list(door.mails)
    server.odd.clear()
    await door.fetch()

    assert kept == []
    assert sorted(door.subjects) == ["Mail 3", "Mail 4", "Mail 8"]


async def test_when_nothing_can_be_kept_nothing_is_marked_and_the_next_look_takes_it(
    server: OddServer, door: Door
) -> None:
    def full(raw: bytes) -> None:
        raise StorageFull

    door.before_keeping = full
    with pytest.raises(StorageFull):
        await door.fetch()
    marked = [command for command in server.commands if "STORE" in command]
    door.before_keeping = lambda raw: None
    await door.fetch()

    assert marked == []
    assert door.subjects == ["Mail 3", "Mail 4", "Mail 8"]


async def test_one_failure_in_the_middle_is_not_skipped_by_what_comes_behind_it(server: OddServer, door: Door) -> None:
    def fail(raw: bytes) -> None:
        if b"Mail 4" in raw:
            raise StateUnavailable

    door.before_keeping = fail
    with pytest.raises(StateUnavailable):
        await door.fetch()
    marked = [command for command in server.commands if "STORE" in command]
    stopped = position_of(door)
    door.before_keeping = lambda raw: None
    await door.fetch()

    assert marked == [r"UID STORE 3,8 +FLAGS.SILENT (\Seen)"]
    assert stopped == Position(7, 3, 1)
    assert sorted(door.subjects) == ["Mail 3", "Mail 4", "Mail 8"]


async def test_a_mail_that_meets_a_bug_does_not_stop_the_others(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    def stumble(raw: bytes) -> None:
        if b"Mail 4" in raw:
            raise KeyError("a bug")

    door.before_keeping = stumble

    await door.fetch()

    assert door.subjects == ["Mail 3", "Mail 8"]
    assert position_of(door).pending == (4,)
    assert "A mail could not be kept" in caplog.text


async def test_a_mail_whose_recipient_meets_a_bug_does_not_stop_the_others(server: OddServer, door: Door) -> None:
    server.mails[4] = mail("Mail 4", to="bug@example.org")

    await door.fetch()

    assert door.subjects == ["Mail 3", "Mail 8"]
    assert position_of(door).pending == (4,)


async def test_when_the_users_do_not_answer_no_mail_is_fetched(server: OddServer, door: Door) -> None:
    server.mails = {3: mail("Broken", to="broken@example.org")}

    with pytest.raises(StateUnavailable):
        await door.fetch()

    assert not [command for command in server.commands if "BODY.PEEK[]" in command]
    assert position_of(door).uid == 0


async def test_a_server_that_fails_for_all_mails_does_not_have_them_all_noted(server: OddServer, door: Door) -> None:
    server.mails = {uid: mail(f"Mail {uid}") for uid in range(1, 200)}
    server.odd.append((r"UID FETCH \S+ \(BODY", b"TAG NO [UNAVAILABLE] x\r\n"))

    with pytest.raises(MailboxUnavailable, match="too many"):
        await door.fetch()

    assert len(position_of(door).pending) <= imap_intake.PENDING_LIMIT


async def test_without_uidplus_nothing_is_expunged(server: OddServer) -> None:
    server.capabilities = "IMAP4rev1"
    door = Door(server.url, SEVENBOT_IMAP_BACKLOG="all", SEVENBOT_IMAP_DONE="move:Old")

    await door.fetch()

    assert [command for command in server.commands if command.startswith(("UID COPY", "UID STORE"))] == [
        'UID COPY 3:4,8 "Old"',
        r"UID STORE 3:4,8 +FLAGS.SILENT (\Deleted)",
    ]
    assert not [command for command in server.commands if "EXPUNGE" in command]


async def test_mails_that_cannot_be_marked_are_kept_once_and_told(
    server: OddServer, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    server.odd.append(("UID STORE", b"TAG NO not you\r\n"))

    await door.fetch()

    assert len(door.mails) == 3
    assert position_of(door) == Position(7, 8, 1)
    assert "would not mark" in caplog.text


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"TAG NO [AUTHENTICATIONFAILED] wrong\r\n", MailboxRefused),
        (b"TAG NO go away ann\r\n", MailboxRefused),
        (b"TAG BAD what?\r\n", MailboxRefused),
        (b"TAG NO [UNAVAILABLE] come back later\r\n", MailboxUnavailable),
        (b"* BYE too many\r\n" + OddServer.CUT, MailboxUnavailable),
    ],
)
async def test_a_refused_login_is_told_from_a_server_in_trouble(
    server: OddServer, door: Door, answer: bytes, error: type[Exception]
) -> None:
    server.odd.append(("LOGIN", answer))

    with pytest.raises(MailboxUnavailable) as caught:
        await door.fetch()

    assert caught.type is error
    assert "ann" not in str(caught.value)


async def test_a_folder_without_lasting_numbers_is_refused(server: OddServer, door: Door) -> None:
    server.odd.append(("SELECT", b"TAG OK [READ-WRITE] x\r\n"))

    with pytest.raises(MailboxRefused, match="UIDVALIDITY"):
        await door.fetch()


async def test_a_folder_that_is_read_only_is_refused(server: OddServer, door: Door) -> None:
    server.odd.append(("SELECT", b"* OK [UIDVALIDITY 7] x\r\nTAG OK [READ-ONLY] x\r\n"))

    with pytest.raises(MailboxRefused, match="read-only"):
        await door.fetch()


async def test_an_old_server_that_does_not_tell_the_next_uid_is_asked_for_the_last(server: OddServer) -> None:
    server.odd.append(("SELECT", b"* OK [UIDVALIDITY 7] x\r\nTAG OK [READ-WRITE] x\r\n"))
    door = Door(server.url, SEVENBOT_IMAP_BACKLOG="none")

    await door.fetch()

    assert position_of(door) == Position(7, 8, 9)


async def test_a_password_never_leaves_this_machine_in_clear(
    server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapUrl, "is_on_this_machine", False)

    with pytest.raises(MailboxRefused, match="no TLS") as caught:
        await door.fetch()

    assert "imap+clear://" in caught.value.advice
    assert not [command for command in server.commands if "LOGIN" in command]


async def test_it_does_when_the_operator_says_so(
    server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapUrl, "is_on_this_machine", False)
    door.settings["SEVENBOT_IMAP_URL"] = server.url.replace("imap:", "imap+clear:")

    await door.fetch()

    assert len(door.mails) == 3


@contextlib.asynccontextmanager
async def fetching(door: Door) -> AsyncIterator[list[str]]:
    """Have the door take mail as it comes; yield what it tells."""
    told: list[str] = []
    task = asyncio.create_task(
        keep_fetching(
            door.mailbox,
            resolve=door.resolve,
            accept=door.accept,
            positions=door.positions,
            maillog=MailLog(door.events.append),
            clock=lambda: datetime.now(UTC),
            tell=told.append,
            jitter=lambda: 0.0,
        )
    )
    try:
        yield told
    finally:
        task.cancel()
        async with asyncio.timeout(2):
            await asyncio.gather(task, return_exceptions=True)


async def until(claim: object) -> None:
    async with asyncio.timeout(20):
        while not claim():  # type: ignore[operator]
            await asyncio.sleep(0.01)


async def test_news_while_idling_is_taken_at_once(server: OddServer, door: Door) -> None:
    async with fetching(door) as told:
        await until(server.idling.is_set)
        server.mails[9] = mail("Nine")
        server.say(b"* 4 EXISTS\r\n")
        await until(lambda: len(door.mails) == 4)

    assert set(told) == {"ok"}


@pytest.mark.parametrize(
    "beginning", [b"* 4 EXISTS\r\n+ idling\r\n", b"+ idling\r\n* 4 EXISTS\r\n"], ids=["before", "with"]
)
async def test_news_that_comes_just_when_it_begins_to_idle_is_not_missed(
    server: OddServer, door: Door, beginning: bytes
) -> None:
    def begin() -> bytes:
        server.odd.clear()
        server.mails[9] = mail("Nine")
        return beginning

    server.odd.append(("IDLE", begin))

    async with fetching(door):
        await until(lambda: len(door.mails) == 4)


async def test_a_server_that_cannot_idle_is_asked_again_and_again(
    server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "POLL", timedelta(seconds=0.05))
    server.capabilities = "IMAP4rev1"

    async with fetching(door):
        await until(lambda: len(door.mails) == 3)
        server.mails[9] = mail("Nine")
        await until(lambda: len(door.mails) == 4)

    assert "NOOP" in server.commands
    assert "IDLE" not in server.commands


async def test_idling_is_begun_anew_in_time(server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    assert timedelta(minutes=29) > imap.IDLE  # RFC 2177 §3
    monkeypatch.setattr(imap, "IDLE", timedelta(seconds=0.05))

    async with fetching(door):
        await until(lambda: server.commands.count("IDLE") > 2)


async def test_a_broken_connection_is_made_anew_and_told(
    server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "FIRST_PAUSE", timedelta(seconds=0.01))

    async with fetching(door) as told:
        await until(server.idling.is_set)
        server.say(b"* BYE restart\r\n")
        server._connections[-1].shutdown(2)
        await until(lambda: len(told) > 2)

    host = door.mailbox.url
    assert told[:3] == ["ok", f"{host.host}:{host.port} ended the connection", "ok"]


async def test_a_mail_that_breaks_the_connection_is_left_alone_for_a_while(
    server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "FIRST_PAUSE", timedelta(seconds=0.01))
    server.odd.append((r"UID FETCH \S*4\S* \(BODY.PEEK\[\]\)", b""))

    async with fetching(door) as told:
        await until(server.idling.is_set)
        server.mails[9] = mail("Nine")
        server.say(b"* 4 EXISTS\r\n")
        await until(lambda: "Nine" in door.subjects)

    assert sorted(door.subjects) == ["Mail 3", "Mail 8", "Nine"]
    assert told[-1] == "ok"


async def test_a_bug_of_the_library_does_not_close_the_door(
    server: OddServer, door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(imap, "FIRST_PAUSE", timedelta(seconds=0.01))
    server.odd.append(("UID SEARCH", b"* SEARCH three\r\nTAG OK done\r\n"))

    async with fetching(door) as told:
        await until(lambda: len(told) > 1)
        server.odd.clear()
        await until(lambda: len(door.mails) == 3)

    assert "internal error, see the log" in told


@pytest.mark.parametrize(
    ("failures", "is_refused", "least", "most"),
    [(1, False, 0.5, 1), (4, False, 4, 8), (50, False, 150, 300), (1, True, 30, 60), (9, True, 450, 900)],
)
def test_it_waits_longer_the_more_it_fails(failures: int, *, is_refused: bool, least: float, most: float) -> None:
    assert pause(failures, 0.0, is_refused=is_refused).total_seconds() == least
    assert pause(failures, 1.0, is_refused=is_refused).total_seconds() == most
