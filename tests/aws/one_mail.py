"""One mail through real tables: resolved at the door, kept, worked on and counted; and what that cost."""

from __future__ import annotations

import tempfile
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from sevenbot import alias
from sevenbot.deliver.courier import Outcome
from sevenbot.envelope import Envelope
from sevenbot.maillog import MailLog
from sevenbot.schedule import Schedule
from sevenbot.spool.accept import Spool
from sevenbot.state.dynamodb import DynamoState
from sevenbot.summarise.model import Model
from sevenbot.worker import Worker
from tests.aws import ministack
from tests.fake_courier import FakeCourier
from tests.fakes import RETENTION, FakeStore
from tests.items import new_user

DOMAIN = "example.org"
BODY = "Hello Ann,\n\nplease bring the signed papers on Tuesday at ten, and pay EUR 42.50 by 13 November.\n\nBob\n" * 4


@dataclass(slots=True)
class Spent:
    """Units, counted from what DynamoDB says each call consumed."""

    reads: float = 0.0
    writes: float = 0.0
    calls: list[tuple[float, float]] = field(default_factory=list)

    def add(self, reads: float, writes: float) -> None:
        self.reads += reads
        self.writes += writes
        self.calls.append((reads, writes))

    def forget(self) -> None:
        self.reads = self.writes = 0.0
        self.calls.clear()


async def spent_on_one_mail(*outcomes: Outcome, model: Model | None = None, recipients: int = 1) -> Spent:
    """Return what one mail to so many users costs from the look at its addresses to the last count."""
    url = ministack.running()
    users_table, ledger_table = ministack.make_tables(url)
    spent = Spent()
    users = [new_user(1000 + n, f"maple-otter-k7m4qx{n:02}@{DOMAIN}") for n in range(recipients)]

    def opened(folder: str) -> AbstractAsyncContextManager[DynamoState]:
        return DynamoState.open(
            ministack.session(),
            users_table=users_table,
            ledger_table=ledger_table,
            retention=RETENTION,
            folder=Path(folder),
            exclusive=True,
            spent=spent.add,
        )

    with tempfile.TemporaryDirectory() as folder:
        async with opened(folder) as state:
            for user in users:
                await state.users.register(user)
        async with opened(folder) as state:  # anew: nothing is remembered
            spent.forget()
            await _take_through(state, [user.email_address for user in users], FakeCourier(*outcomes), model)
    return spent


async def _take_through(state: DynamoState, addresses: list[str], courier: FakeCourier, model: Model | None) -> None:
    store, maillog = FakeStore(), MailLog()
    schedule = Schedule(ready_in=courier.ready_in, clock=_now)
    spool = Spool(state.ledger, store, maillog, retention=RETENTION, on_accepted=schedule.add)
    worker = Worker(
        users=state.users,
        ledger=state.ledger,
        store=store,
        model=model,
        courier=courier,
        maillog=maillog,
        schedule=schedule,
        clock=_now,
        jitter=lambda: 0.0,
    )
    recipients = tuple([await alias.resolve(state.users, DOMAIN, address) for address in addresses])
    await spool.accept(_mail(addresses), Envelope("bob@example.net", recipients, _now(), "smtp"))
    while len(schedule):
        due = await schedule.take()
        assert due is not None
        again = await worker.work(due)
        schedule.done(due)
        if again is not None:
            schedule.add(replace(again, due_at=_now()))


def _mail(addresses: list[str]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Bob <bob@example.net>"
    mail["To"] = ", ".join(addresses)
    mail["Subject"] = "The papers"
    mail["Message-ID"] = "<papers@example.net>"
    mail.set_content(BODY)
    return bytes(mail)


def _now() -> datetime:
    return datetime.now(UTC)
