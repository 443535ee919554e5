"""What accepted means: bytes, then items, then the receipts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import SevenBotError, StateUnavailable, StorageFull, StoreUnavailable
from sevenbot.maillog import Event, MailLog
from sevenbot.spool.accept import BATCH_LIMIT, HASH_ASIDE_BYTES, Spool, idempotency_key, item_ids, new_items
from sevenbot.state.ledger import Due, Item, Status
from sevenbot.state.transitions import ttl_after
from tests.fakes import RETENTION, FakeLedger, FakeStore
from tests.items import NOON

MAIL = b"From: a@example.net\r\nSubject: x\r\n\r\nHello\r\n"
ANN = Recipient(42, "maple-otter-k7m4qx92@example.org")
BEN = Recipient(43, "cedar-lark-p2m4qx97@example.org")


class Setup:
    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.store = FakeStore()
        self.events: list[Event] = []
        self.line: list[Due] = []
        maillog = MailLog(self.events.append)
        self.spool = Spool(self.ledger, self.store, maillog, retention=RETENTION, on_accepted=self.line.append)

    def names(self) -> list[str]:
        return [event.name for event in self.events]


@pytest.fixture
def setup() -> Setup:
    return Setup()


def envelope(*recipients: Recipient, **facts: Any) -> Envelope:
    known: dict[str, Any] = {
        "sender": "a@Example.NET",
        "received_at": NOON,
        "via": "smtp",
        "client": "192.0.2.1",
        "helo": "mx",
    }
    return Envelope(recipients=recipients, **(known | facts))


async def test_an_accepted_mail_has_its_bytes_and_an_item_in_line(setup: Setup) -> None:
    tagged = Recipient(42, ANN.email_address, "shop")

    (receipt,) = await setup.spool.accept(MAIL, envelope(tagged))

    (item,) = setup.ledger.items.values()
    assert receipt.is_new
    assert receipt.recipient is tagged
    assert receipt.message_id == idempotency_key(MAIL, ANN.email_address)
    assert await setup.store.get(item.raw_key) == MAIL
    assert item == Item(
        message_id=receipt.message_id,
        chat_id=42,
        email_address=ANN.email_address,
        raw_key=item.raw_key,
        size_bytes=len(MAIL),
        received_at=NOON,
        updated_at=NOON,
        due_at=NOON,
        ttl=ttl_after(NOON, RETENTION),
        opened_at=NOON,
        status=Status.RECEIVED,
        sender_domain="example.net",
        sender="a@Example.NET",
        subaddress="shop",
        via="smtp",
        client="192.0.2.1",
        helo="mx",
    )
    assert setup.line == [Due(item.message_id, 42, NOON)]


async def test_one_mail_to_two_chats_is_two_items_over_one_raw(setup: Setup) -> None:
    receipts = await setup.spool.accept(MAIL, envelope(ANN, BEN))

    assert [receipt.recipient for receipt in receipts] == [ANN, BEN]
    assert len(setup.ledger.items) == 2
    assert len(setup.store.raws) == 1
    assert setup.names() == ["accepted", "accepted"]


async def test_a_recipient_named_twice_gets_one_item_and_two_receipts(setup: Setup) -> None:
    again = Recipient(42, ANN.email_address, "shop")

    receipts = await setup.spool.accept(MAIL, envelope(ANN, again, BEN))

    assert [receipt.recipient for receipt in receipts] == [ANN, again, BEN]
    assert [receipt.is_new for receipt in receipts] == [True, False, True]
    assert len(setup.ledger.items) == 2
    assert setup.names() == ["accepted", "accepted"]


async def test_the_same_recipient_object_twice_is_new_once(setup: Setup) -> None:
    receipts = await setup.spool.accept(MAIL, envelope(ANN, ANN))

    assert [receipt.is_new for receipt in receipts] == [True, False]


async def test_second_arrival_is_acknowledged_and_leaves_nothing_more(setup: Setup) -> None:
    (first,) = await setup.spool.accept(MAIL, envelope(ANN))

    (second,) = await setup.spool.accept(b"Received: another way\r\n" + MAIL, envelope(ANN))

    assert (second.message_id, second.is_new) == (first.message_id, False)
    assert len(setup.ledger.items) == len(setup.store.raws) == len(setup.line) == 1
    assert setup.names() == ["accepted", "repeated"]


async def test_a_mail_that_is_new_for_one_of_two_keeps_its_bytes(setup: Setup) -> None:
    await setup.spool.accept(MAIL, envelope(ANN))

    receipts = await setup.spool.accept(MAIL, envelope(ANN, BEN))

    assert [receipt.is_new for receipt in receipts] == [False, True]
    for item in setup.ledger.items.values():
        assert await setup.store.get(item.raw_key) == MAIL
    assert setup.names() == ["accepted", "repeated", "accepted"]


async def test_the_same_mail_arriving_many_times_at_once_is_accepted_once(setup: Setup) -> None:
    results = await asyncio.gather(*(setup.spool.accept(MAIL, envelope(ANN)) for _ in range(20)))

    assert sum(receipt.is_new for (receipt,) in results) == 1
    assert len(setup.store.raws) == 1


@pytest.mark.parametrize("error", [StorageFull("full"), StoreUnavailable("away")])
async def test_a_store_that_fails_leaves_nothing(setup: Setup, error: SevenBotError) -> None:
    setup.store.error = error

    with pytest.raises(type(error)):
        await setup.spool.accept(MAIL, envelope(ANN))

    assert not setup.ledger.items
    assert not setup.line
    assert not setup.events


@pytest.mark.parametrize("error", [StorageFull("full"), StateUnavailable("locked")])
async def test_a_ledger_that_fails_leaves_nothing(setup: Setup, error: SevenBotError) -> None:
    setup.ledger.error = error

    with pytest.raises(type(error)):
        await setup.spool.accept(MAIL, envelope(ANN))

    assert not setup.store.raws
    assert not setup.line
    assert not setup.events


async def test_bytes_stay_when_the_item_may_be_on_record_after_all(setup: Setup) -> None:
    setup.ledger.error = StateUnavailable("the commit failed", maybe_done=True)

    with pytest.raises(StateUnavailable):
        await setup.spool.accept(MAIL, envelope(ANN))

    assert len(setup.store.raws) == 1


async def test_a_repeat_is_acknowledged_even_when_its_bytes_cannot_be_removed(setup: Setup) -> None:
    await setup.spool.accept(MAIL, envelope(ANN))

    class Stubborn(FakeStore):
        async def delete(self, raw_key: str) -> None:
            raise StoreUnavailable("away")

    setup.spool._store = Stubborn()
    (receipt,) = await setup.spool.accept(MAIL, envelope(ANN))

    assert not receipt.is_new


async def test_a_sender_that_hangs_up_does_not_keep_its_mail_out_of_line(setup: Setup) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    class Slow(FakeLedger):
        async def accept(self, items: Any) -> list[bool]:
            reached.set()
            await go_on.wait()
            return await super().accept(items)

    setup.spool._ledger = ledger = Slow()
    accepting = asyncio.ensure_future(setup.spool.accept(MAIL, envelope(ANN)))
    await reached.wait()

    accepting.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await accepting
    while not setup.line:
        await asyncio.sleep(0)

    assert [due.message_id for due in setup.line] == list(ledger.items)


async def test_a_large_mail_is_kept_like_any_other(setup: Setup) -> None:
    raw = MAIL + b"x" * HASH_ASIDE_BYTES

    (receipt,) = await setup.spool.accept(raw, envelope(ANN))

    assert receipt.message_id == idempotency_key(raw, ANN.email_address)
    assert (await setup.store.get(setup.ledger.items[receipt.message_id].raw_key)) == raw


async def test_bytes_that_are_no_unicode_in_the_envelope_can_be_recorded(setup: Setup) -> None:
    sender = b"\xff@example.net".decode("utf-8", "surrogateescape")

    await setup.spool.accept(MAIL, envelope(ANN, sender=sender, helo=sender))

    (item,) = setup.ledger.items.values()
    assert (item.sender, item.helo) == ("?@example.net", "?@example.net")


async def test_the_log_holds_no_address_subject_or_sender(setup: Setup) -> None:
    await setup.spool.accept(MAIL, envelope(ANN))
    await setup.spool.accept(MAIL, envelope(ANN))

    assert [event.facts.keys() for event in setup.events] == [
        {"size_bytes", "via", "sender_domain", "seconds"},
        {"via"},
    ]


async def test_the_deadline_counts_from_the_arrival(setup: Setup) -> None:
    at = NOON - timedelta(minutes=3)

    await setup.spool.accept(MAIL, envelope(ANN, received_at=at))

    (item,) = setup.ledger.items.values()
    assert item.opened_at == item.due_at == item.received_at == at


async def test_mails_that_come_while_others_are_kept_are_kept_together(setup: Setup) -> None:
    batches: list[int] = []

    class Counting(FakeStore):
        async def put_all(self, mails: Any) -> list[Any]:
            batches.append(len(mails))
            await asyncio.sleep(0)
            return await super().put_all(mails)

    setup.spool._store = Counting()
    results = await asyncio.gather(*(setup.spool.accept(MAIL + b"%d" % n, envelope(ANN)) for n in range(70)))
    await setup.spool.accept(MAIL, envelope(BEN))

    assert all(receipt.is_new for (receipt,) in results)
    assert batches == [BATCH_LIMIT, 70 - BATCH_LIMIT, 1]


async def test_a_mail_that_breaks_the_ledger_harms_no_other_of_its_batch(setup: Setup) -> None:
    class Picky(FakeLedger):
        async def accept(self, items: Any) -> list[bool]:
            if any(item.helo == "odd" for item in items):
                raise OverflowError("a bug")
            return await super().accept(items)

    setup.spool._ledger = ledger = Picky()
    envelopes = [envelope(ANN), envelope(ANN, helo="odd"), envelope(BEN)]

    first, broken, last = await asyncio.gather(
        *(setup.spool.accept(MAIL, one) for one in envelopes), return_exceptions=True
    )

    assert isinstance(broken, OverflowError)
    assert not isinstance(first, BaseException)
    assert not isinstance(last, BaseException)
    assert {first[0].message_id, last[0].message_id} == set(ledger.items)
    for item in ledger.items.values():
        assert await setup.store.get(item.raw_key) == MAIL


async def test_a_mail_the_store_refuses_harms_no_other_of_its_batch(setup: Setup) -> None:
    class NoRoomForLarge(FakeStore):
        async def put(self, raw: bytes, now: Any) -> str:
            if len(raw) > 1000:
                raise StorageFull("full")
            return await super().put(raw, now)

    setup.spool._store = NoRoomForLarge()

    first, large, last = await asyncio.gather(
        setup.spool.accept(MAIL, envelope(ANN)),
        setup.spool.accept(MAIL * 100, envelope(ANN)),
        setup.spool.accept(MAIL, envelope(BEN)),
        return_exceptions=True,
    )

    assert isinstance(large, StorageFull)
    assert not isinstance(first, BaseException)
    assert not isinstance(last, BaseException)
    assert {first[0].message_id, last[0].message_id} == set(setup.ledger.items)


async def test_bytes_that_an_item_names_stay_although_somebody_else_recorded_it(setup: Setup) -> None:
    class Watched(FakeStore):
        """Tells another process of new bytes, which is quicker to record the item."""

        async def put_all(self, mails: Any) -> list[Any]:
            keys = await super().put_all(mails)
            ids = await item_ids(MAIL, [ANN])
            await setup.ledger.accept(new_items(ids, envelope(ANN), str(keys[0]), len(MAIL), RETENTION))
            return keys

    setup.spool._store = store = Watched()

    (receipt,) = await setup.spool.accept(MAIL, envelope(ANN))

    assert not receipt.is_new
    assert await store.get(setup.ledger.items[receipt.message_id].raw_key) == MAIL
