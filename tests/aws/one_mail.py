"""
One mail through real tables, and what that cost: resolved, kept, worked on and counted.

Once as the SMTP door takes it, and once as the queue's consumer does, whose bytes SES has kept in the bucket already.
"""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sevenbot import alias
from sevenbot.consumer import Consumer
from sevenbot.deliver.courier import Outcome
from sevenbot.envelope import Envelope
from sevenbot.follower import Follower
from sevenbot.maillog import MailLog
from sevenbot.receive.ses import Message
from sevenbot.schedule import Schedule
from sevenbot.spool.accept import Spool
from sevenbot.spool.s3 import S3Store
from sevenbot.spool.store import Store
from sevenbot.state.dynamodb import DynamoState
from sevenbot.state.ledger import Status
from sevenbot.summarise.model import Model
from sevenbot.worker import Worker
from tests.aws import ministack
from tests.fake_courier import FakeCourier
from tests.fakes import RETENTION, FakeStore
from tests.items import new_user

DOMAIN = "example.org"
INBOUND = "inbound/o3vrnil0e2ic28tr"
BODY = "Hello Ann,\n\nplease bring the signed papers on Tuesday at ten, and pay EUR 42.50 by 13 November.\n\nBob\n" * 4


@dataclass(slots=True)
class Spent:
    """Units, counted from what DynamoDB says each call consumed."""

    reads: float = 0.0
    writes: float = 0.0
    calls: list[tuple[float, float]] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)  # what S3 was asked to do, as its API names it

    def add(self, reads: float, writes: float) -> None:
        self.reads += reads
        self.writes += writes
        self.calls.append((reads, writes))

    def forget(self) -> None:
        self.reads = self.writes = 0.0
        self.calls.clear()


async def spent_on_one_mail(*outcomes: Outcome, model: Model | None = None, recipients: int = 1) -> Spent:
    """Return what one mail to so many users costs from the look at its addresses to the last count."""
    spent, addresses, opened = _spent_by_users(recipients)
    with tempfile.TemporaryDirectory() as folder:
        await _register(opened, folder, addresses)
        async with opened(folder) as state:  # anew: nothing is remembered
            spent.forget()
            await _take_through(state, addresses, FakeCourier(*outcomes), model)
    return spent


async def spent_on_one_notice() -> Spent:
    """Return what a mail to one user costs that SES kept, from the notice to the last count."""
    url = ministack.running()
    spent, addresses, opened = _spent_by_users(1)
    bucket = ministack.make_bucket(url)
    ministack.client(url, "s3").put_object(Bucket=bucket, Key=INBOUND, Body=_mail(addresses))
    with tempfile.TemporaryDirectory() as folder:
        await _register(opened, folder, addresses)
        async with opened(folder) as state:
            store = S3Store(ministack.with_clients("s3"), bucket, "raw")
            consumer = _consumer(state, store)
            spent.forget()
            with _objects_counted(spent):
                message = Message("m", "r", _notice(bucket, addresses), receives=1)
                assert await consumer.consume([message], lambda: timedelta(seconds=120)) == []
            counted = replace(spent)
            assert [item.status async for item in state.ledger.find()] == [Status.DELIVERED]
    return counted


def _spent_by_users(count: int) -> tuple[Spent, list[str], Any]:
    """Return a fresh account of units, addresses, and what opens a fresh pair of tables in a folder."""
    users_table, ledger_table = ministack.make_tables(ministack.running())
    spent = Spent()

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

    return spent, [f"maple-otter-k7m4qx{n:02}@{DOMAIN}" for n in range(count)], opened


async def _register(opened: Any, folder: str, addresses: list[str]) -> None:
    async with opened(folder) as state:
        for n, address in enumerate(addresses):
            await state.users.register(new_user(1000 + n, address))


@contextmanager
def _objects_counted(spent: Spent) -> Iterator[None]:
    """Enter into *spent* every call that S3 gets while inside."""

    def enter(model: Any, **_: Any) -> None:
        spent.objects.append(model.name)

    events = ministack.with_clients("s3").client("s3").meta.events
    events.register("before-call.s3", enter)
    try:
        yield
    finally:
        events.unregister("before-call.s3", enter)


def _consumer(state: DynamoState, store: S3Store) -> Consumer:
    courier, maillog = FakeCourier(), MailLog()
    worker = _worker(state, store, courier, schedule=Schedule(ready_in=courier.ready_in, clock=_now), maillog=maillog)
    follower = Follower(
        max_receives=8,
        deposits=store,
        resolve=functools.partial(alias.resolve, state.users, DOMAIN),
        ledger=state.ledger,
        worker=worker,
        maillog=maillog,
        domain=DOMAIN,
        retention=RETENTION,
        clock=_now,
    )
    return Consumer(queue=NoQueue(), follower=follower, clock=_now)


class NoQueue:
    """A queue that a mail which goes well has no need of."""

    async def send(self, body: str, delay: timedelta = timedelta(0)) -> None:
        raise AssertionError(f"sent anew, after {delay}: {body}")

    async def hide(self, receipt_handle: str, wait: timedelta) -> None:
        raise AssertionError(f"hidden for {wait}: {receipt_handle}")


def _notice(bucket: str, addresses: list[str]) -> str:
    action = {"type": "S3", "bucketName": bucket, "objectKey": INBOUND}
    receipt = {"timestamp": f"{_now():%Y-%m-%dT%H:%M:%S.000Z}", "recipients": addresses, "action": action}
    mail = {"source": "bob@example.net", "messageId": "m", "destination": addresses}
    return json.dumps({"notificationType": "Received", "receipt": receipt, "mail": mail})


async def _take_through(state: DynamoState, addresses: list[str], courier: FakeCourier, model: Model | None) -> None:
    store, maillog = FakeStore(), MailLog()
    schedule = Schedule(ready_in=courier.ready_in, clock=_now)
    spool = Spool(state.ledger, store, maillog, retention=RETENTION, on_accepted=schedule.add)
    worker = _worker(state, store, courier, schedule=schedule, maillog=maillog, model=model)
    recipients = tuple([await alias.resolve(state.users, DOMAIN, address) for address in addresses])
    await spool.accept(_mail(addresses), Envelope("bob@example.net", recipients, _now(), "smtp"))
    while len(schedule):
        due = await schedule.take()
        assert due is not None
        again = await worker.work(due)
        schedule.done(due)
        if again is not None:
            schedule.add(replace(again, due_at=_now()))


def _worker(
    state: DynamoState,
    store: Store,
    courier: FakeCourier,
    *,
    schedule: Schedule,
    maillog: MailLog,
    model: Model | None = None,
) -> Worker:
    return Worker(
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
