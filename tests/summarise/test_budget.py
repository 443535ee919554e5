"""The budget: counted by day, in all and by reader; what a call took in the end puts the estimate right."""

from datetime import UTC, datetime, timedelta

import pytest

from sevenbot.summarise.budget import TokenBudget, estimate
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.model import ModelAnswer, Prompt
from sevenbot.summarise.step import summarise
from tests.summarise.mails import a_message

PROMPT = Prompt("s" * 300, "u" * 600)
COST = estimate(PROMPT)
MAIL = a_message("The contract is signed by all parties. We start on Monday.", "Contract")


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_without_limits_there_is_always_enough(clock):
    budget = TokenBudget(None, None, clock).of(1)

    assert all(budget.reserve(PROMPT) for _ in range(1_000))


def test_the_tokens_of_the_day_are_for_all_readers(clock):
    tokens = TokenBudget(2 * COST, None, clock)

    assert [tokens.of(reader).reserve(PROMPT) for reader in (1, 2, 3)] == [True, True, False]


def test_one_reader_cannot_use_up_the_tokens_of_another(clock):
    tokens = TokenBudget(None, COST, clock)

    assert [tokens.of(reader).reserve(PROMPT) for reader in (1, 1, 2)] == [True, False, True]


def test_a_refusal_costs_nothing(clock):
    tokens = TokenBudget(COST + 1, COST, clock)
    tokens.of(1).reserve(PROMPT)
    tokens.of(1).reserve(PROMPT)

    assert tokens.take(2, 1)


def test_what_a_call_took_puts_the_estimate_right(clock):
    budget = TokenBudget(COST + 10, None, clock).of(1)
    budget.reserve(PROMPT)

    assert budget.settle(PROMPT, 10) == 10
    assert budget.reserve(PROMPT)


def test_a_server_that_does_not_tell_costs_the_estimate(clock):
    budget = TokenBudget(COST, None, clock).of(1)
    budget.reserve(PROMPT)

    assert budget.settle(PROMPT, None) == COST
    assert not budget.reserve(PROMPT)


def test_a_new_day_begins_anew(clock):
    budget = TokenBudget(COST, COST, clock).of(1)
    budget.reserve(PROMPT)
    clock.now += timedelta(hours=1)

    assert budget.reserve(PROMPT)


class Model:
    def __init__(self):
        self.asked = 0

    async def answer(self, prompt):
        self.asked += 1
        return ModelAnswer("The contract is signed.", "en", tokens=700)


async def test_beyond_the_budget_the_summary_is_offline_and_says_why(clock):
    model, tokens = Model(), TokenBudget(None, 2_000, clock)

    made = [
        await summarise(
            model, MAIL, find_facts(MAIL), language="en", new_marker=lambda: "marker", budget=tokens.of(reader)
        )
        for reader in (1, 1, 1, 2)
    ]

    assert [summary.source for summary in made] == ["model", "model", "offline", "model"]
    assert (made[2].degraded, made[2].over_budget, made[0].tokens) == (True, True, 700)
    assert model.asked == 3
