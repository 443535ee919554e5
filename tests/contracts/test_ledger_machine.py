"""
Any order of calls, over every ledger: one lease holder at a time; an accepted item is never gone unless it is finished
and its retention is over; what may have reached the chat is marked.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sevenbot.errors import LeaseLost
from sevenbot.state.ledger import Item, Ledger, Status, Verdict
from tests.contracts.conftest import LEDGERS, dynamo_ledger
from tests.fakes import RETENTION
from tests.items import NOON, new_item

LEASE = timedelta(minutes=5)
NUMBERS = st.integers(1, 4)
FINAL = st.sampled_from([Status.DELIVERED, Status.DEAD, Status.DISCARDED])


class LedgerMachine(RuleBasedStateMachine):
    """Workers, operators and the sweep, all at one ledger; `known` is what must be there."""

    open_ledger: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.opened: AbstractAsyncContextManager[Ledger] = type(self).open_ledger(Path(self.folder.name))
        self.ledger = self.run(self.opened.__aenter__())
        self.now = NOON
        self.known: dict[str, Item] = {}
        self.leases: list[Item] = []  # every lease ever given, live or not

    def run(self, call: Any) -> Any:
        return self.runner.run(call)

    def teardown(self) -> None:
        self.run(self.opened.__aexit__(None, None, None))
        self.runner.close()
        self.folder.cleanup()

    @initialize(number=NUMBERS)
    def begin(self, number: int) -> None:
        self.accept(number)

    @rule(number=NUMBERS)
    def accept(self, number: int) -> None:
        item = new_item(number, self.now)
        (is_new,) = self.run(self.ledger.accept([item]))
        assert is_new == (item.message_id not in self.known)
        self.known.setdefault(item.message_id, item)

    @rule(number=NUMBERS)
    def accept_leased(self, number: int) -> None:
        item = new_item(number, self.now)
        held = self.run(self.ledger.accept_leased(item, self.now, LEASE))
        assert (held is None) == (item.message_id in self.known)
        if held is not None:
            self.known[held.message_id] = held
            self.leases.append(held)

    @rule(minutes=st.sampled_from([0.5, 4, 6, 60, 60 * 24 * 31]))
    def time_passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(number=NUMBERS)
    def lease(self, number: int) -> None:
        before = self.known.get(f"{number:040x}")
        try:
            leased = self.run(self.ledger.lease(f"{number:040x}", self.now, LEASE))
        except LeaseLost:
            assert before is None or not before.is_unfinished or self.free_at(before) > self.now
            return
        assert before is not None
        assert before.is_unfinished
        assert self.free_at(before) <= self.now, "somebody else held it, or it was not due"
        assert leased.attempts == before.attempts + 1
        assert leased.possible_repeat == (before.possible_repeat or before.status is Status.SENDING)
        assert leased.interruptions == before.interruptions + (before.lease_token is not None)
        self.known[leased.message_id] = leased
        self.leases.append(leased)

    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        if not self.leases:
            return
        held = data.draw(st.sampled_from(self.leases))
        self.under_lease(held, self.ledger.sending(held, "{}", self.now))

    @rule(data=st.data(), status=FINAL, repeat=st.booleans())
    def finish(self, data: st.DataObject, status: Status, *, repeat: bool) -> None:
        self.settle(data, Verdict(status, possible_repeat=repeat))

    @rule(data=st.data(), minutes=st.integers(0, 90), repeat=st.booleans())
    def retry(self, data: st.DataObject, minutes: int, *, repeat: bool) -> None:
        due_at = self.now + timedelta(minutes=minutes)
        self.settle(data, Verdict(Status.RETRY, due_at=due_at, possible_repeat=repeat, failures=1))

    @rule(number=NUMBERS)
    def reopen(self, number: int) -> None:
        before = self.known.get(f"{number:040x}")
        reopened = self.run(self.ledger.reopen(f"{number:040x}", self.now))
        assert (reopened is not None) == (before is not None and before.status in (Status.DEAD, Status.DISCARDED))
        self.learn(reopened)

    @rule(number=NUMBERS)
    def discard(self, number: int) -> None:
        before = self.known.get(f"{number:040x}")
        discarded = self.run(self.ledger.discard(f"{number:040x}", self.now))
        if discarded is None:
            assert before is None or before.status is Status.DELIVERED or before.lease_token is not None
        self.learn(discarded)

    @rule()
    def expire(self) -> None:
        gone = {
            message_id
            for message_id, item in self.known.items()
            if not item.is_unfinished and item.updated_at + RETENTION <= self.now
        }
        assert self.run(self.ledger.expire(self.now)) == len(gone)
        for message_id in gone:
            del self.known[message_id]

    @invariant()
    def everything_known_is_there_as_known(self) -> None:
        async def everything() -> dict[str, Item]:
            return {item.message_id: item async for item in self.ledger.find()}

        assert self.run(everything()) == self.known

    @invariant()
    def exactly_the_unfinished_are_due(self) -> None:
        async def due() -> dict[str, Any]:
            return {entry.message_id: entry.due_at async for entry in self.ledger.due()}

        assert self.run(due()) == {
            item.message_id: self.free_at(item) for item in self.known.values() if item.is_unfinished
        }

    def settle(self, data: st.DataObject, verdict: Verdict) -> None:
        if not self.leases:
            return
        held = data.draw(st.sampled_from(self.leases))
        settled = self.under_lease(held, self.ledger.settle(held, verdict, self.now))
        if settled is not None:
            assert settled.possible_repeat == (held.possible_repeat or verdict.possible_repeat)

    def under_lease(self, held: Item, call: Any) -> Item | None:
        stands = self.known.get(held.message_id)
        is_ours = stands is not None and stands.lease_token == held.lease_token
        try:
            changed: Item = self.run(call)
        except LeaseLost:
            assert not is_ours
            return None
        assert is_ours, "a lost lease changed the item"
        self.learn(changed)
        return changed

    def learn(self, item: Item | None) -> None:
        if item is not None:
            self.known[item.message_id] = item

    def free_at(self, item: Item) -> Any:
        return item.lease_until or item.due_at


@pytest.mark.parametrize("open_ledger", LEDGERS)
def test_ledger_property_over_any_order_of_calls(open_ledger: Any) -> None:
    machine = type("Machine", (LedgerMachine,), {"open_ledger": staticmethod(open_ledger)})

    options: dict[str, Any] = {"max_examples": 12} if open_ledger is dynamo_ledger else {}  # 10 ms a call
    run_state_machine_as_test(machine, settings=settings(stateful_step_count=30, **options))
