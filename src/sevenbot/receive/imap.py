"""
The IMAP door: mails are fetched from a mailbox, kept, and only then marked (see imap_intake.py).

When the process dies,

    before `accept` returned   the mails are taken by the next one
    before the mark            likewise: they are found to be known, and marked
    before the position        likewise

What makes a fetched mail the same as another is what makes any two the same (spool/digest.py): recipient, Message-ID,
and the mail without its trace fields. So a mail that came by SMTP before, lies in the mailbox twice, or is fetched by
two processes, makes one message.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sevenbot.errors import MailboxRefused, Transient
from sevenbot.mailbox import Mailbox
from sevenbot.maillog import MailLog
from sevenbot.receive.imap_intake import Accept, Door, Intake, Resolve
from sevenbot.receive.imap_session import Session
from sevenbot.receive.imap_thread import in_thread
from sevenbot.state.positions import Positions

logger = logging.getLogger(__name__)

IDLE = timedelta(minutes=5)
"""Asked for anew after this: servers end it after 29 minutes (RFC 2177 §3), routers forget silent lines after 10."""

POLL = timedelta(minutes=1)
"""Between two looks, where the server cannot tell of new mail by itself."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=5)
FIRST_PAUSE_WHEN_REFUSED, LONGEST_PAUSE_WHEN_REFUSED = timedelta(minutes=1), timedelta(minutes=15)
"""Before the next try; servers lock out who tries a wrong password often."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look into the mailbox yielded."""

    #: Mails by what became of them: accepted, repeated, or a reason of `policy`.
    counts: Mapping[str, int]
    #: False: time was up, and there is more.
    is_complete: bool


async def fetch_once(
    mailbox: Mailbox,
    *,
    resolve: Resolve,
    accept: Accept,
    positions: Positions,
    maillog: MailLog,
    clock: Callable[[], datetime],
    deadline: datetime,
) -> Fetched:
    """
    Connect, take what is new until *deadline*, and leave; what is left is taken next time.

    Raises:
        MailboxUnavailable: The server is out of reach or fails.
        MailboxRefused: Wrong password, no such folder, no trusted TLS.
        StateUnavailable, StoreUnavailable, StorageFull: Nothing more was taken, and what was not kept is not marked.
    """
    door = Door(mailbox, resolve, accept, positions, maillog, clock)
    is_complete = False
    try:
        async with asyncio.timeout((deadline - clock()).total_seconds()) as scope, _intake(door) as (intake, _):
            is_complete = await intake.take(until=deadline)
    except TimeoutError:
        if not scope.expired():
            raise
    return Fetched(door.counts, is_complete)


async def keep_fetching(
    mailbox: Mailbox,
    *,
    resolve: Resolve,
    accept: Accept,
    positions: Positions,
    maillog: MailLog,
    clock: Callable[[], datetime],
    tell: Callable[[str], None],
    jitter: Callable[[], float] = random.random,
) -> None:
    """
    Take mail as it comes until cancelled, over one connection that is made anew when it breaks.

    Args:
        tell: Hears "ok" after each look, or why no mail is fetched at present.
    """
    door = Door(mailbox, resolve, accept, positions, maillog, clock)
    failures = 0
    while True:
        is_refused = False
        try:
            async with _intake(door) as (intake, session):
                while await intake.take():
                    failures = 0
                    tell("ok")
                    await _wait(session)
        except Transient as exc:
            is_refused = isinstance(exc, MailboxRefused)
            logger.log(logging.ERROR if is_refused else logging.WARNING, "No mail is fetched: %s", exc)
            tell(str(exc))
        except Exception:  # this door's outermost frame: a bug must not close the others
            logger.exception("Fetching failed")
            tell("internal error, see the log")
        failures += 1
        await asyncio.sleep(pause(failures, jitter(), is_refused=is_refused).total_seconds())


def pause(failures: int, jitter: float, *, is_refused: bool) -> timedelta:
    """Return how long to wait after so many failures: doubling, half of it left to chance (*jitter*, 0 to 1)."""
    first = FIRST_PAUSE_WHEN_REFUSED if is_refused else FIRST_PAUSE
    longest = LONGEST_PAUSE_WHEN_REFUSED if is_refused else LONGEST_PAUSE
    return min(first * (1 << min(failures - 1, 20)), longest) * (0.5 + jitter / 2)


@asynccontextmanager
async def _intake(door: Door) -> AsyncIterator[tuple[Intake, Session]]:
    """Connect and find the place to go on; in the end say goodbye, or after an error just leave."""
    session = Session(door.mailbox)
    try:
        await in_thread(session, session.open)
        intake = Intake(door, session)
        await intake.begin()
        yield intake, session
    except BaseException:
        session.cut()
        raise
    finally:
        await in_thread(session, session.close)


async def _wait(session: Session) -> None:
    """Return when there may be new mail."""
    if session.can_idle:
        await in_thread(session, functools.partial(session.wait, IDLE))
    else:
        await asyncio.sleep(POLL.total_seconds())
        await in_thread(session, session.poll)
