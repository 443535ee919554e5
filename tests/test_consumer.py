"""What becomes of each message of the queue: over the real state, a scripted chat, and a queue and bucket in memory."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sevenbot import alias
from sevenbot.consumer import (
    GIVEN_BACK,
    RECEIVES_BEFORE_ANEW,
    Consumer,
    failure_wait,
    poison_wait,
)
from sevenbot.deliver.courier import ChatMessage, Failed, Outcome, Refused, Sent, Unknown, Wait
from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import RawGone, StateUnavailable, StoreUnavailable
from sevenbot.follower import Follower
from sevenbot.maillog import Event, MailLog
from sevenbot.receive.ses import Message
from sevenbot.schedule import Schedule
from sevenbot.spool.store import Deposit
from sevenbot.state.ledger import Item, Status
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import UserStatus
from sevenbot.worker import INTERRUPTIONS_BEFORE_UNREAD, LEASE, Worker
from tests.deliver import virtual_time
from tests.fake_courier import FakeCourier
from tests.fakes import RETENTION, FakeLedger, FakeStore, FakeUsers
from tests.items import new_user
from tests.receive.test_ses import ALMOST, JSON

DOMAIN = "example.org"
ADDRESS = f"maple-otter-k7m4qx92@{DOMAIN}"
BUCKET = "mail"
MAX_RECEIVES = 8
MAIL = b"From: Bob <bob@example.net>\r\nSubject: The papers\r\nMessage-ID: <1@example.net>\r\n\r\nBring them.\r\n"
KEY = "inbound/o3vr"
FETCHED = f"2026/11/02/{1:032x}.eml"


class Dies(BaseException):
    """The process ends here."""


class FakeQueue:
    """What was sent, and how long each message was hidden."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, timedelta]] = []
        self.hidden: dict[str, timedelta] = {}
        self.error: Exception | None = None
        self.takes_none = False

    async def send(self, body: str, delay: timedelta = timedelta(0)) -> None:
        if self.error or self.takes_none:
            raise self.error or StateUnavailable("nothing can be sent")
        self.sent.append((body, delay))

    async def hide(self, receipt_handle: str, wait: timedelta) -> None:
        if self.error:
            raise self.error
        self.hidden[receipt_handle] = wait


class FakeBucket(FakeStore):
    """A store into which others put mails too."""

    bucket = BUCKET

    def __init__(self) -> None:
        super().__init__()
        self.envelopes: dict[str, Envelope] = {}
        self.removed: set[str] = set()
        self.fetches = 0

    @asynccontextmanager
    async def fetch(self, object_key: str) -> AsyncIterator[Deposit]:
        self._answer()
        self.fetches += 1
        raw_key = self.raw_key(object_key)
        if raw_key not in self.raws:
            raise RawGone("gone", was_removed=raw_key in self.removed)
        yield Deposit(self.raws[raw_key][0], raw_key, self.envelopes.get(raw_key))

    def raw_key(self, object_key: str) -> str:
        return object_key.removeprefix("raw/")

    async def delete(self, raw_key: str) -> None:
        await super().delete(raw_key)
        self.removed.add(raw_key)


@dataclass
class World:
    """A consumer with everything around it."""

    ledger: Any = field(default_factory=FakeLedger)
    users: FakeUsers = field(default_factory=lambda: FakeUsers(new_user(42, ADDRESS)))
    courier: Any = field(default_factory=FakeCourier)

    def __post_init__(self) -> None:
        self.now = datetime(2026, 11, 2, 12, tzinfo=UTC)
        self.bucket = FakeBucket()
        self.bucket.raws[KEY] = (MAIL, self.now)
        self.queue = FakeQueue()
        self.events: list[Event] = []
        self.left = timedelta(seconds=120)
        self._numbers = itertools.count(1)

    def consumer(self) -> Consumer:
        """Return one; another has the same ledger, queue and bucket, as another function would."""
        maillog = MailLog(self.events.append)
        worker = Worker(
            users=self.users,
            ledger=self.ledger,
            store=self.bucket,
            model=None,
            courier=self.courier,
            maillog=maillog,
            schedule=Schedule(ready_in=lambda _: 0.0, clock=lambda: self.now),
            clock=lambda: self.now,
            jitter=lambda: 0.0,
        )
        follower = Follower(
            max_receives=MAX_RECEIVES,
            deposits=self.bucket,
            resolve=lambda address: alias.resolve(self.users, DOMAIN, address),
            ledger=self.ledger,
            worker=worker,
            maillog=maillog,
            domain=DOMAIN,
            retention=RETENTION,
            clock=lambda: self.now,
        )
        return Consumer(queue=self.queue, follower=follower, clock=lambda: self.now)

    async def consume(self, *messages: Message) -> list[str]:
        return await self.consumer().consume(messages, lambda: self.left)

    def message(self, body: str | None = None, receives: int = 1) -> Message:
        number = next(self._numbers)
        return Message(f"m{number}", f"h{number}", body or notice(), receives)

    def put_as_the_fetcher_does(self) -> None:
        self.bucket.raws[FETCHED] = (MAIL, self.now)
        self.bucket.envelopes[FETCHED] = Envelope("bob@example.net", (Recipient(42, ADDRESS),), self.now, "imap")

    @property
    def item(self) -> Item:
        (item,) = self.ledger.items.values()
        return item

    @property
    def said(self) -> list[ChatMessage]:
        return [message for _, message in self.courier.chats]


def notice(*recipients: str, key: str = KEY, bucket: str = BUCKET) -> str:
    return json.dumps(
        {
            "notificationType": "Received",
            "receipt": {
                "recipients": recipients or (ADDRESS,),
                "action": {"type": "S3", "bucketName": bucket, "objectKey": key},
            },
            "mail": {"source": "bob@example.net", "timestamp": "2026-11-02T11:59:58.000Z"},
        }
    )


def stored(key: str) -> str:
    record = {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put"}
    return json.dumps({"Records": [record | {"s3": {"bucket": {"name": BUCKET}, "object": {"key": key}}}]})


def again(message_id: str, **more: str) -> str:
    return json.dumps({"sevenbot": {"message_id": message_id, **more}})


def with_outcomes(*outcomes: Outcome | Exception) -> World:
    return World(courier=FakeCourier(*outcomes))


async def test_a_delivered_mail_is_fetched_once_and_its_message_done_with() -> None:
    world = World()

    assert await world.consume(world.message()) == []

    assert (world.item.status, world.item.via, world.item.raw_key) == (Status.DELIVERED, "ses", KEY)
    assert world.bucket.fetches == 1
    assert [event.name for event in world.events] == ["accepted", "parsed", "summarised", "delivered"]


async def test_a_notice_dated_ahead_of_our_clock_is_worked_on_now() -> None:
    world = World()
    world.now -= timedelta(hours=1)

    assert await world.consume(world.message()) == []

    assert world.item.received_at == world.now


# waiting


async def test_a_mail_waits_hidden_for_as_long_as_telegram_says() -> None:
    world = with_outcomes(Wait(timedelta(seconds=77)))
    message = world.message()

    assert await world.consume(message) == [message.id]

    assert world.queue.hidden == {message.receipt_handle: timedelta(seconds=77)}
    assert world.queue.sent == []


async def test_a_message_that_came_often_is_replaced_by_one_for_each_open_item() -> None:
    other = f"birch-fox-a2b3c4d5@{DOMAIN}"
    world = with_outcomes(Wait(timedelta(hours=3)), Sent(1))
    world.users.records[43] = new_user(43, other)

    assert await world.consume(world.message(notice(ADDRESS, other), receives=RECEIVES_BEFORE_ANEW)) == []

    ((body, delay),) = world.queue.sent
    (waiting,) = [item for item in world.ledger.items.values() if item.status is Status.RETRY]
    assert json.loads(body) == {"sevenbot": {"message_id": waiting.message_id}}
    assert delay == timedelta(hours=3)


async def test_two_days_of_waiting_never_use_up_the_receives() -> None:
    world = with_outcomes(*[Wait(timedelta(minutes=30))] * 90)
    message = world.message()
    most = 0

    for _ in range(400):
        most = max(most, message.receives)
        if await world.consume(message) == []:
            if not world.queue.sent:
                break
            ((body, delay),) = world.queue.sent
            world.queue.sent.clear()
            message = world.message(body)
            world.now += min(delay, timedelta(minutes=15))  # as long as SQS lets a message be delayed
        else:
            world.now += world.queue.hidden[message.receipt_handle]
            message = replace(message, receives=message.receives + 1)

    assert world.item.status is Status.DELIVERED
    assert most <= RECEIVES_BEFORE_ANEW


async def test_a_message_that_cannot_be_sent_anew_stays() -> None:
    world = with_outcomes(Failed("500"))
    world.queue.error = StateUnavailable("sqs: throttled")
    message = world.message(receives=RECEIVES_BEFORE_ANEW)

    assert await world.consume(message) == [message.id]


async def test_an_item_that_is_not_due_yet_is_waited_for() -> None:
    world = with_outcomes(Wait(timedelta(minutes=5)))
    message = world.message()
    await world.consume(message)
    world.now += timedelta(minutes=1)

    assert await world.consume(replace(message, receives=2)) == [message.id]

    assert world.queue.hidden[message.receipt_handle] == timedelta(minutes=4)
    assert world.item.attempts == 1


# again and at once


async def test_of_two_copies_at_once_one_delivers_and_the_other_waits_for_it_to_be_closed() -> None:
    world = World()
    at_telegram, go_on = asyncio.Event(), asyncio.Event()

    class Slow(FakeCourier):
        async def deliver(self, chat_id: int, message: ChatMessage) -> Outcome:
            at_telegram.set()
            await go_on.wait()
            return await super().deliver(chat_id, message)

    world.courier = Slow()
    message = world.message()
    first = asyncio.create_task(world.consume(message))
    await at_telegram.wait()

    assert await world.consume(message) == [message.id]
    assert world.queue.hidden == {message.receipt_handle: LEASE}
    go_on.set()
    assert await first == []
    assert await world.consume(message) == []
    assert len(world.said) == 1


async def test_an_event_of_s3_may_come_before_the_item_or_after_it() -> None:
    for has_item in (False, True):
        world = World()
        envelope = Envelope("bob@example.net", (Recipient(42, ADDRESS),), world.now, "imap")
        (raw_key,) = await world.bucket.put_all([(MAIL, envelope)])
        assert isinstance(raw_key, str)
        world.bucket.envelopes[raw_key] = envelope
        if has_item:
            await world.consume(world.message(stored(f"raw/{raw_key}")))
            item = world.item
            world.ledger.items[item.message_id] = replace(item, status=Status.RECEIVED, attempts=0)

        assert await world.consume(world.message(stored(f"raw/{raw_key}"))) == []
        assert (world.item.status, world.item.attempts) == (Status.DELIVERED, 1)


# offered again


async def test_a_dead_item_is_reopened_by_the_message_that_asks_for_it() -> None:
    world = with_outcomes(Refused("400"))
    await world.consume(world.message())
    world.now += timedelta(minutes=1)
    body = again(world.item.message_id, reopen=world.now.isoformat())

    assert await world.consume(world.message(body)) == []

    assert world.item.status is Status.DELIVERED


async def test_the_same_request_coming_again_reopens_nothing_that_died_since() -> None:
    world = with_outcomes(Refused("400"), Refused("400"), Refused("400"))
    await world.consume(world.message())
    world.now += timedelta(minutes=1)
    body = again(world.item.message_id, reopen=world.now.isoformat())
    world.now += timedelta(seconds=1)

    for _ in range(2):
        assert await world.consume(world.message(body)) == []

    assert (world.item.status, world.item.attempts) == (Status.DEAD, 2)


# failures


async def test_a_state_that_does_not_answer_is_told_to_whoever_watches_the_function() -> None:
    world = World()
    world.ledger.error = StateUnavailable("dynamodb: the credentials lack a permission (AccessDeniedException)")
    message = world.message()

    with pytest.raises(StateUnavailable):
        await world.consume(message, world.message())

    assert world.queue.hidden[message.receipt_handle] == failure_wait(1)


async def test_one_message_that_fails_holds_up_no_other() -> None:
    world = World()
    broken, good, missing = world.message('{"sevenbot": {}}'), world.message(), world.message(notice(key="inbound/no"))

    assert await world.consume(broken, good, missing) == [broken.id, missing.id]

    assert world.item.status is Status.DELIVERED
    assert world.queue.hidden == {m.receipt_handle: poison_wait(1) for m in (broken, missing)}


async def test_a_bucket_that_does_not_answer_costs_no_try_of_an_item() -> None:
    world = World()
    world.bucket.error = StoreUnavailable("s3: throttled")

    with pytest.raises(StoreUnavailable):
        await world.consume(world.message())

    assert world.ledger.items == {}


async def test_a_mail_that_was_taken_back_is_done_with_unless_it_came_before() -> None:
    world = World()
    await world.bucket.delete(KEY)

    assert await world.consume(world.message()) == []
    assert await world.consume(world.message(receives=2)) != []


@pytest.mark.parametrize("told_by", [notice(), stored(f"raw/{FETCHED}")], ids=["SES", "S3"])
async def test_an_item_whose_mail_vanished_between_two_receives_is_a_dead_letter(told_by: str) -> None:
    world = with_outcomes(Wait(timedelta(minutes=5)))
    world.put_as_the_fetcher_does()
    message = world.message(told_by)
    assert await world.consume(message) == [message.id]
    world.bucket.raws.clear()

    for receives in range(2, MAX_RECEIVES):
        assert await world.consume(replace(message, receives=receives)) == [message.id]
    assert await world.consume(replace(message, receives=MAX_RECEIVES)) == []  # and not among the dead letters

    ((body, delay),) = world.queue.sent
    world.now += delay
    assert await world.consume(world.message(body)) == []
    assert (world.item.status, world.item.error) == (Status.DEAD, "the raw mail is gone")


async def test_a_mail_that_vanished_once_it_was_delivered_is_done_with() -> None:
    world = World()
    await world.consume(world.message())
    world.bucket.raws.clear()

    assert await world.consume(world.message(receives=MAX_RECEIVES)) == []

    assert world.queue.sent == []
    assert len(world.said) == 1


async def test_a_mail_that_vanished_and_that_no_item_names_rests_for_the_operator() -> None:
    world = World()
    await world.consume(world.message())
    message = world.message(notice(key="inbound/another"), receives=MAX_RECEIVES)

    assert await world.consume(message) == [message.id]


async def test_a_message_that_cannot_be_sent_anew_waits_for_its_items_all_the_same() -> None:
    world = with_outcomes(Wait(timedelta(minutes=30)))
    world.queue.takes_none = True
    message = world.message(receives=RECEIVES_BEFORE_ANEW)

    assert await world.consume(message) == [message.id]

    assert world.queue.hidden == {message.receipt_handle: timedelta(minutes=30)}


async def test_an_object_that_does_not_say_whom_for_is_left_to_the_operator() -> None:
    world = World()
    world.bucket.raws["x"] = (MAIL, world.now)

    assert await world.consume(world.message(stored("raw/x"))) != []


def test_a_message_fails_for_about_an_hour_before_it_comes_to_rest() -> None:
    waits = [failure_wait(receives) for receives in range(1, MAX_RECEIVES)]

    assert timedelta(minutes=45) < sum(waits, timedelta()) < timedelta(hours=2)
    assert waits == sorted(waits)
    assert sum(map(poison_wait, range(1, MAX_RECEIVES)), timedelta()) < timedelta(minutes=10)


# whom it is for


async def test_nobody_at_our_domain_is_no_reason_to_remove_a_mail() -> None:
    world = World()

    assert await world.consume(world.message(notice("ann@example.net"))) == []

    assert KEY in world.bucket.raws
    assert world.ledger.items == {}


@pytest.mark.parametrize(("others", "is_removed"), [((), True), ((f"nobody@{DOMAIN}",), False)])
async def test_a_mail_for_paused_addresses_alone_is_removed_unread(
    others: tuple[str, ...],
    is_removed: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    world = World()
    await world.users.set_status(42, UserStatus.PAUSED)

    assert await world.consume(world.message(notice(ADDRESS, *others))) == []

    assert (KEY not in world.bucket.raws) == is_removed
    assert world.ledger.items == {}
    assert world.events[0].facts["reason"] == "paused"


async def test_a_mail_accepted_before_a_pause_is_delivered_all_the_same() -> None:
    world = with_outcomes(Wait(timedelta(seconds=30)))
    message = world.message()
    await world.consume(message)
    await world.users.set_status(42, UserStatus.PAUSED)
    world.now += timedelta(seconds=30)

    assert await world.consume(replace(message, receives=2)) == []

    assert (world.item.status, len(world.said)) == (Status.DELIVERED, 1)
    assert KEY in world.bucket.raws


async def test_a_removal_that_was_not_acknowledged_is_done_with_when_it_comes_again() -> None:
    world = World()
    await world.users.set_status(42, UserStatus.PAUSED)
    message = world.message()
    await world.consume(message)

    assert await world.consume(replace(message, receives=2)) == []


# the end of the time, and of the process


async def test_what_cannot_be_begun_is_given_back_untouched() -> None:
    world = World()
    world.left = timedelta(seconds=19)
    message = world.message()

    assert await world.consume(message) == [message.id]

    assert world.queue.hidden == {message.receipt_handle: GIVEN_BACK}
    assert (world.ledger.items, world.bucket.fetches) == ({}, 0)


def test_what_is_under_way_at_the_deadline_is_cut_off_and_resumed_by_the_next() -> None:
    class Stuck(FakeCourier):
        async def turn(self, chat_id: int, patience: timedelta) -> Wait | None:
            await asyncio.sleep(1000)
            return None

    async def journey() -> None:
        world = World(courier=Stuck())
        message = world.message()

        assert await world.consume(message) == [message.id]
        assert virtual_time.now() < world.left.total_seconds()
        assert world.item.status is Status.LEASED

        world.courier = FakeCourier()
        world.now += LEASE
        assert await world.consume(replace(message, receives=2)) == []
        assert [text.plain.startswith("↻") for text in world.said] == [False]

    virtual_time.run(journey())


class Mortal:
    """A ledger, courier or queue that dies before or after the call with this number."""

    def __init__(self, inner: Any, calls: dict[str, int], dies_at: int, *, after: bool) -> None:
        self._inner, self._calls, self._dies_at, self._after = inner, calls, dies_at, after

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if not asyncio.iscoroutinefunction(value):
            return value

        async def call(*arguments: Any, **named: Any) -> Any:
            self._calls["n"] += 1
            is_it = self._calls["n"] == self._dies_at
            if is_it and not self._after:
                raise Dies
            result = await value(*arguments, **named)
            if is_it:
                raise Dies
            return result

        return call


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, 8))
async def test_a_process_that_dies_at_any_step_loses_no_mail_and_marks_a_repeat(
    step: int,
    after: bool,  # noqa: FBT001 - each step from both sides
) -> None:
    world = World()
    ledger, courier, calls = world.ledger, world.courier, {"n": 0}
    world.ledger, world.courier = (Mortal(one, calls, step, after=after) for one in (ledger, courier))
    message = world.message()

    try:
        await world.consume(message)
    except Dies:
        world.ledger, world.courier = ledger, courier
        world.now += timedelta(minutes=12)  # the visibility timeout
        assert await world.consume(replace(message, receives=2)) == []

    world.ledger, world.courier = ledger, courier
    assert world.item.status is Status.DELIVERED
    assert len(world.said) in (1, 2)
    assert all(text.plain.startswith("↻") for text in world.said[1:])


async def test_a_mail_that_kills_its_process_each_time_is_delivered_unread_at_last() -> None:
    world = World()
    message = world.message()
    await world.consume(message)
    item = replace(world.item, status=Status.LEASED, lease_until=world.now, interruptions=4, lease_token="x" * 8)
    world.ledger.items[item.message_id] = item
    world.courier.chats.clear()

    assert await world.consume(replace(message, receives=MAX_RECEIVES - 1)) == []

    assert world.item.status is Status.DELIVERED
    (text,) = world.said
    assert "Bring them" not in text.plain
    assert item.interruptions < INTERRUPTIONS_BEFORE_UNREAD


async def test_the_same_over_sqlite(tmp_path: Path) -> None:
    async with SqliteState.open(tmp_path / "x.db", retention=RETENTION, exclusive=True) as state:
        world = World(ledger=state.ledger, courier=FakeCourier(Unknown("no answer")))
        message = world.message()
        assert await world.consume(message) == [message.id]
        world.now += world.queue.hidden[message.receipt_handle]

        assert await world.consume(replace(message, receives=2)) == []

    (text,) = world.said
    assert text.plain.startswith("↻")


# anything at all


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.one_of(st.text(), JSON.map(json.dumps), ALMOST.map(json.dumps)), max_size=5))
def test_property_any_bodies_raise_nothing_and_hide_no_mail(bodies: list[str]) -> None:
    world = World()
    messages = [world.message(body) for body in [*bodies, notice()]]

    kept = asyncio.run(world.consume(*messages))

    assert messages[-1].id not in kept
    assert len(world.said) == 1
