"""The way of a mail from its item to the chat, over the real state and store and a scripted courier."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from sevenbot.deliver.courier import Failed, Gone, Moved, Outcome, Refused, Unknown, Wait
from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import CourierUnavailable, ModelUnavailable, StateUnavailable
from sevenbot.maillog import Event, MailLog
from sevenbot.schedule import Schedule
from sevenbot.spool.accept import Spool
from sevenbot.spool.disk import DiskStore
from sevenbot.state.ledger import Due, Item, Status, Verdict
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import User, UserStatus
from sevenbot.summarise.model import ModelAnswer, Prompt
from sevenbot.worker import INTERRUPTIONS_BEFORE_UNREAD, LEASE, Worker
from tests.fake_courier import FakeCourier

CHAT = 42
ADDRESS = "maple-otter-k7m4qx92@example.org"
START = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
RETENTION = timedelta(days=30)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class FakeModel:
    """Gives the answers it was given, one by one; an exception is raised."""

    def __init__(self, *answers: ModelAnswer | Exception) -> None:
        self.answers = list(answers)
        self.prompts: list[Prompt] = []

    async def answer(self, prompt: Prompt) -> ModelAnswer:
        self.prompts.append(prompt)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Machine:
    """Everything but Telegram, real."""

    state: SqliteState
    store: DiskStore
    courier: FakeCourier
    worker: Worker
    schedule: Schedule
    clock: Clock
    events: list[Event]
    spool: Spool

    async def accept(self, body: str = "The meeting is on Tuesday at ten.", subject: str = "Meeting") -> Due:
        mail = EmailMessage()
        mail["From"] = "Ann <ann@example.net>"
        mail["To"] = ADDRESS
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{len(self.events)}@example.net>"
        mail.set_content(body)
        envelope = Envelope("ann@example.net", (Recipient(CHAT, ADDRESS),), self.clock(), "smtp")
        (receipt,) = await self.spool.accept(bytes(mail), envelope)
        return Due(receipt.message_id, CHAT, self.clock())

    async def item(self, due: Due) -> Item:
        item = await self.state.ledger.get(due.message_id)
        assert item is not None
        return item

    def names(self) -> list[str]:
        return [event.name for event in self.events]


def build(state: SqliteState, store: DiskStore, courier: FakeCourier, model: FakeModel | None = None) -> Machine:
    clock = Clock()
    events: list[Event] = []
    maillog = MailLog(events.append)
    schedule = Schedule(ready_in=courier.ready_in, clock=clock)

    async def no_sleep(_seconds: float) -> None:
        return None

    worker = Worker(
        users=state.users,
        ledger=state.ledger,
        store=store,
        model=model,
        courier=courier,
        maillog=maillog,
        schedule=schedule,
        clock=clock,
        jitter=lambda: 0.0,
        new_marker=lambda: "f00dcafe",
        sleep=no_sleep,
    )
    spool = Spool(state.ledger, store, maillog, retention=RETENTION, on_accepted=schedule.add)
    return Machine(state, store, courier, worker, schedule, clock, events, spool)


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[tuple[SqliteState, DiskStore]]:
    async with AsyncExitStack() as stack:
        state = await stack.enter_async_context(
            SqliteState.open(tmp_path / "sevenbot.db", retention=RETENTION, exclusive=True)
        )
        store = await stack.enter_async_context(DiskStore(tmp_path / "spool"))
        await state.users.register(User(CHAT, ADDRESS, START))
        yield state, store


@pytest.fixture
def machine(parts: tuple[SqliteState, DiskStore]) -> Machine:
    return build(*parts, FakeCourier())


def with_outcomes(parts: tuple[SqliteState, DiskStore], *outcomes: Outcome | Exception) -> Machine:
    return build(*parts, FakeCourier(*outcomes))


async def test_a_mail_reaches_its_chat_once_and_is_counted(machine: Machine) -> None:
    due = await machine.accept()

    again = await machine.worker.work(due)

    assert again is None
    assert [chat for chat, _ in machine.courier.chats] == [CHAT]
    assert "The meeting is on Tuesday at ten." in machine.courier.chats[0][1].plain
    item = await machine.item(due)
    assert (item.status, item.telegram_message_id) == (Status.DELIVERED, 1)
    user = await machine.state.users.get(CHAT)
    assert user is not None
    assert (user.email_count, user.last_summary_time) == (1, START)
    assert machine.names() == ["accepted", "parsed", "summarised", "delivered"]


async def test_sending_is_on_record_before_the_courier_goes(machine: Machine) -> None:
    due = await machine.accept()
    seen: list[str] = []
    path = next(Path(machine.store._folder).parent.glob("*.db"))

    def look() -> None:
        with sqlite3.connect(path) as reader:
            seen.extend(row[0] for row in reader.execute('SELECT status FROM "email-processing-state"'))
        reader.close()

    machine.courier.before_delivery = look
    await machine.worker.work(due)

    assert seen == ["sending"]


async def test_a_429_waits_exactly_as_told(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Wait(timedelta(seconds=17)))
    due = await machine.accept()

    again = await machine.worker.work(due)

    assert again == Due(due.message_id, CHAT, START + timedelta(seconds=17))
    assert (await machine.item(due)).possible_repeat is False


async def test_a_failure_backs_off_and_is_not_marked(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Failed("500"), Failed("500"))
    due = await machine.accept()

    first = await machine.worker.work(due)
    assert first is not None
    machine.clock.now = first.due_at
    second = await machine.worker.work(first)
    assert second is not None
    machine.clock.now = second.due_at
    await machine.worker.work(second)

    assert first.due_at - START == timedelta(seconds=1)
    assert second.due_at - first.due_at == timedelta(seconds=2)
    assert not machine.courier.chats[0][1].plain.startswith("↻")


async def test_no_answer_after_sending_is_sent_again_marked(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Unknown("timeout"))
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    ((_, message),) = machine.courier.chats
    assert message.plain.startswith("↻ ")
    assert message.html.startswith("↻ ")


async def test_the_mark_outlives_a_later_429(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Unknown("timeout"), Wait(timedelta(seconds=5)))
    due: Due | None = await machine.accept()

    while due is not None:
        machine.clock.now = max(machine.clock.now, due.due_at)
        due = await machine.worker.work(due)

    ((_, message),) = machine.courier.chats
    assert message.plain.startswith("↻ ")


async def test_a_death_before_sending_resumes_without_a_mark(machine: Machine) -> None:
    due = await machine.accept()
    await machine.state.ledger.lease(due.message_id, START, LEASE)  # and then the process died

    machine.clock.now = START + LEASE
    await machine.worker.work(due)

    ((_, message),) = machine.courier.chats
    assert not message.plain.startswith("↻")


async def test_a_death_after_sending_resumes_with_a_mark_and_the_summary_of_then(
    parts: tuple[SqliteState, DiskStore],
) -> None:
    machine = build(*parts, FakeCourier(), FakeModel())  # a model asked again would have no answer
    due = await machine.accept()
    item = await machine.state.ledger.lease(due.message_id, START, LEASE)
    summary = '{"text": "Meeting on Tuesday.", "source": "model"}'
    await machine.state.ledger.sending(item, summary, START)  # and then the process died

    machine.clock.now = START + LEASE
    await machine.worker.work(due)

    ((_, message),) = machine.courier.chats
    assert message.plain.startswith("↻ ")
    assert "Meeting on Tuesday." in message.plain


async def test_a_retry_does_not_ask_the_model_again(parts: tuple[SqliteState, DiskStore]) -> None:
    model = FakeModel(ModelAnswer("They meet on Tuesday."))
    machine = build(*parts, FakeCourier(Failed("500")), model)
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    assert len(model.prompts) == 1
    assert "They meet on Tuesday." in machine.courier.chats[0][1].plain


async def test_a_dead_letter_that_is_sent_again_does_not_ask_the_model_again(
    parts: tuple[SqliteState, DiskStore],
) -> None:
    model = FakeModel(ModelAnswer("They meet on Tuesday."))
    machine = build(*parts, FakeCourier(Refused("400")), model)
    due = await machine.accept()
    await machine.worker.work(due)

    await machine.state.users.set_status(CHAT, UserStatus.ACTIVE)
    await machine.state.ledger.reopen(due.message_id, machine.clock.now)
    await machine.worker.work(due)

    assert len(model.prompts) == 1
    assert "They meet on Tuesday." in machine.courier.chats[-1][1].plain


async def test_a_mail_that_waits_for_its_turn_keeps_its_summary(parts: tuple[SqliteState, DiskStore]) -> None:
    model = FakeModel(ModelAnswer("They meet on Tuesday."))
    machine = build(*parts, FakeCourier(), model)
    machine.courier.wait = Wait(timedelta(seconds=40), by_pacing=True)
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now, machine.courier.wait = again.due_at, None
    await machine.worker.work(again)

    assert len(model.prompts) == 1
    ((_, message),) = machine.courier.chats
    assert "They meet on Tuesday." in message.plain
    assert not message.plain.startswith("↻")


async def test_a_summary_on_record_that_cannot_be_read_does_not_hold_the_mail_back(machine: Machine) -> None:
    due = await machine.accept()
    item = await machine.state.ledger.lease(due.message_id, START, LEASE)
    await machine.state.ledger.settle(item, Verdict(Status.RETRY, due_at=START, summary="{"), START)

    again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    assert (await machine.item(due)).status is Status.DELIVERED
    assert len(machine.courier.chats) == 1


async def test_without_a_model_answer_the_mail_goes_out_and_says_so(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = build(*parts, FakeCourier(), FakeModel(ModelUnavailable("down"), ModelUnavailable("down")))
    due = await machine.accept()

    await machine.worker.work(due)

    ((_, message),) = machine.courier.chats
    assert "Tuesday" in message.plain
    assert next(e for e in machine.events if e.name == "summarised").facts["degraded"] is True


async def test_being_blocked_pauses_the_user_and_keeps_the_mail(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Gone("403 bot was blocked by the user", blocked=True))
    first, second = await machine.accept(), await machine.accept()

    await machine.worker.work(first)
    await machine.worker.work(second)

    user = await machine.state.users.get(CHAT)
    assert user is not None
    assert user.status is UserStatus.BLOCKED
    assert [(await machine.item(due)).status for due in (first, second)] == [Status.DEAD, Status.DEAD]
    assert (await machine.item(second)).error == "blocked by the user"
    assert len(machine.courier.turns) == 1, "the second mail must not bother Telegram"


async def test_a_group_that_moved_takes_its_mail_along(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Moved(-100123))
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again == Due(due.message_id, -100123, START)
    await machine.worker.work(again)

    assert [chat for chat, _ in machine.courier.chats] == [-100123]
    moved = await machine.state.users.get(-100123)
    assert moved is not None
    assert (moved.email_address, moved.email_count) == (ADDRESS, 1)


async def test_what_telegram_refuses_for_good_is_a_dead_letter_at_once(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, Refused("400 nonsense"))
    due = await machine.accept()

    assert await machine.worker.work(due) is None

    assert (await machine.item(due)).status is Status.DEAD
    assert machine.names()[-1] == "dead_lettered"


async def test_after_two_days_it_is_a_dead_letter(parts: tuple[SqliteState, DiskStore]) -> None:
    machine = with_outcomes(parts, *[Failed("500")] * 200)
    due: Due | None = await machine.accept()

    attempts = 0
    while due is not None:
        machine.clock.now = max(machine.clock.now, due.due_at)
        last, due = due, await machine.worker.work(due)
        attempts += 1

    item = await machine.item(last)
    assert item.status is Status.DEAD
    assert timedelta(days=2) <= machine.clock.now - START < timedelta(days=2, minutes=1)
    assert 50 < attempts < 120


async def test_a_mail_of_an_erased_chat_is_discarded(machine: Machine) -> None:
    due = await machine.accept()
    await machine.state.users.erase(CHAT)

    await machine.worker.work(due)

    assert (await machine.item(due)).status is Status.DISCARDED
    assert machine.courier.chats == []


async def test_a_pause_does_not_hold_back_what_was_accepted_before(machine: Machine) -> None:
    due = await machine.accept()
    await machine.state.users.set_status(CHAT, UserStatus.PAUSED)

    await machine.worker.work(due)

    assert len(machine.courier.chats) == 1


async def test_two_workers_on_one_item_send_one_message(machine: Machine) -> None:
    due = await machine.accept()
    await machine.state.ledger.lease(due.message_id, START, LEASE)  # the other worker

    again = await machine.worker.work(due)

    assert again == replace(due, due_at=START + LEASE)  # the other one may die
    assert machine.courier.chats == []
    assert machine.names()[-1] == "lease_lost"


async def test_a_mail_at_hand_is_not_read_from_the_store_again(machine: Machine) -> None:
    due = await machine.accept()
    item = await machine.state.ledger.lease(due.message_id, START, LEASE)
    raw = await machine.store.get(item.raw_key)
    await machine.store.delete(item.raw_key)

    assert await machine.worker.work_on(item, raw) is None

    assert len(machine.courier.chats) == 1


async def test_a_courier_that_raises_what_it_should_answer_marks_the_next_message(
    parts: tuple[SqliteState, DiskStore],
) -> None:
    machine = with_outcomes(parts, CourierUnavailable("no answer"))
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    ((_, message),) = machine.courier.chats
    assert message.plain.startswith("↻ ")
    assert "Tuesday" in message.plain


async def test_what_surely_did_not_leave_is_not_marked_when_its_chat_cannot_be_changed(
    parts: tuple[SqliteState, DiskStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = with_outcomes(parts, Moved(-100123))
    due = await machine.accept()

    async def away(_old: int, _new: int) -> None:
        raise StateUnavailable("locked")

    with monkeypatch.context() as patched:
        patched.setattr(machine.state.users, "move", away)
        again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    ((_, message),) = machine.courier.chats
    assert not message.plain.startswith("↻")


async def test_an_unknown_exception_is_tried_again_unread_and_marked_if_it_may_have_left(
    parts: tuple[SqliteState, DiskStore],
) -> None:
    machine = with_outcomes(parts, ZeroDivisionError("a bug"))
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again is not None
    assert (await machine.item(due)).error == "bug: ZeroDivisionError"
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    ((_, message),) = machine.courier.chats
    assert message.plain.startswith("↻ ")


async def test_a_mail_that_breaks_the_reader_is_delivered_unread(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_raw: bytes) -> None:
        raise RecursionError

    monkeypatch.setattr("sevenbot.reading.read", broken)
    due = await machine.accept()

    again = await machine.worker.work(due)
    assert again is not None
    machine.clock.now = again.due_at
    await machine.worker.work(again)

    ((_, message),) = machine.courier.chats
    assert "ann@example.net" in message.plain
    assert (await machine.item(due)).status is Status.DELIVERED


async def test_a_mail_that_keeps_killing_the_process_is_delivered_unread(machine: Machine) -> None:
    due = await machine.accept()
    for _ in range(INTERRUPTIONS_BEFORE_UNREAD + 1):
        await machine.state.ledger.lease(due.message_id, machine.clock.now, LEASE)
        machine.clock.now += LEASE

    await machine.worker.work(due)

    assert "parsed" not in machine.names()
    assert len(machine.courier.chats) == 1


async def test_a_state_that_refuses_the_verdict_is_asked_until_it_takes_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = await machine.accept()
    settle = machine.state.ledger.settle
    refusals = 3

    async def hesitant(item: Item, verdict: Verdict, now: datetime) -> Item:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise StateUnavailable("locked")
        return await settle(item, verdict, now)

    monkeypatch.setattr(machine.state.ledger, "settle", hesitant)
    await machine.worker.work(due)

    assert (await machine.item(due)).status is Status.DELIVERED
    assert len(machine.courier.chats) == 1


async def test_an_attempt_cut_off_while_sending_is_marked_at_the_next_one(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = await machine.accept()
    is_under_way = asyncio.Event()

    async def never_answered(_chat_id: int, _message: object) -> Outcome:
        is_under_way.set()
        return await asyncio.Future()

    with monkeypatch.context() as patched:
        patched.setattr(machine.courier, "deliver", never_answered)
        working = asyncio.create_task(machine.worker.run(concurrency=1))
        await is_under_way.wait()
        working.cancel()
        await asyncio.wait([working])

    assert (await machine.item(due)).status is Status.SENDING
    assert len(machine.schedule) == 0, "whoever works on can have it"
    machine.clock.now += LEASE
    await machine.worker.work(due)
    ((_, message),) = machine.courier.chats
    assert message.plain.startswith("↻ ")


async def test_the_workers_empty_the_schedule_and_end_when_it_closes(machine: Machine) -> None:
    dues = [await machine.accept(f"Mail number {n}.") for n in range(20)]
    machine.events.clear()

    def close_after_the_last() -> None:
        if len(machine.courier.chats) == len(dues) - 1:
            machine.schedule.close()

    machine.courier.before_delivery = close_after_the_last
    await machine.worker.run(concurrency=4)

    assert len(machine.courier.chats) == len(dues)
    assert len(machine.schedule) == 0
