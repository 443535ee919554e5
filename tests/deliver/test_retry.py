from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.courier import Failed, Gone, Moved, Outcome, Refused, Sent, Unknown, Wait
from sevenbot.deliver.retry import DEADLINE, FEWEST_FAILURES, LONGEST_BACKOFF, backoff, bug, is_bug, verdict
from sevenbot.state.ledger import Item, Status

OPENED = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
NOW = OPENED + timedelta(minutes=1)
JUST_BEFORE_DEADLINE = OPENED + DEADLINE - timedelta(seconds=1)
AFTER_DEADLINE = OPENED + DEADLINE + timedelta(seconds=1)

FAILURES: list[Outcome] = [Failed("no connection"), Unknown("no answer")]


def no_jitter() -> float:
    return 0.0


def item(**changes: object) -> Item:
    facts: dict[str, object] = {
        "message_id": "a" * 40,
        "chat_id": -5,
        "email_address": "maple-otter-k7m4qx92@example.org",
        "raw_key": "2026/11/02/aa.eml",
        "size_bytes": 100,
        "received_at": OPENED,
        "updated_at": OPENED,
        "due_at": OPENED,
        "ttl": 0,
        "opened_at": OPENED,
        "status": Status.SENDING,
        "attempts": 1,
    }
    return Item(**(facts | changes))  # type: ignore[arg-type]


def test_sent_message_is_delivered_with_its_id() -> None:
    decision = verdict(item(), Sent(77), NOW, no_jitter)

    assert (decision.status, decision.telegram_message_id, decision.error) == (Status.DELIVERED, 77, None)


def test_wait_is_kept_to_the_second_and_does_not_grow_the_backoff() -> None:
    decision = verdict(item(attempts=50, failures=2), Wait(timedelta(seconds=14)), NOW, lambda: 0.9)

    assert decision.status is Status.RETRY
    assert decision.due_at == NOW + timedelta(seconds=14)
    assert decision.failures == 2


def test_fifty_waits_leave_the_first_backoff_short() -> None:
    decision = verdict(item(attempts=51), Failed("no connection"), NOW, no_jitter)

    assert decision.due_at == NOW + timedelta(seconds=1)


def test_wait_beyond_the_deadline_is_a_dead_letter() -> None:
    decision = verdict(item(), Wait(timedelta(days=3)), NOW, no_jitter)

    assert decision.status is Status.DEAD
    assert decision.error == "gave up after 0 h: told to wait 259200 s"


@pytest.mark.parametrize("outcome", [*FAILURES, Wait(timedelta(seconds=8))], ids=["failed", "unknown", "wait"])
def test_mail_that_is_late_when_first_tried_gets_ten_tries(outcome: Outcome) -> None:
    tried, now = item(), AFTER_DEADLINE
    for _ in range(FEWEST_FAILURES):
        decision = verdict(tried, outcome, now, no_jitter)
        assert decision.due_at is not None
        assert decision.due_at > now
        tried, now = replace(tried, failures=decision.failures), decision.due_at

    assert verdict(tried, outcome, now, no_jitter).status is Status.DEAD
    assert now - AFTER_DEADLINE > timedelta(minutes=1)


def test_own_pacing_after_the_deadline_does_not_end_a_mail() -> None:
    decision = verdict(item(), Wait(timedelta(seconds=40), by_pacing=True), AFTER_DEADLINE, no_jitter)

    assert (decision.status, decision.due_at) == (Status.RETRY, AFTER_DEADLINE + timedelta(seconds=40))


@pytest.mark.parametrize("outcome", FAILURES, ids=["failed", "unknown"])
def test_failure_doubles_the_backoff(outcome: Outcome) -> None:
    waits = [verdict(item(failures=n), outcome, NOW, no_jitter).due_at for n in range(4)]

    assert waits == [NOW + timedelta(seconds=seconds) for seconds in (1, 2, 4, 8)]


@pytest.mark.parametrize("outcome", FAILURES, ids=["failed", "unknown"])
def test_failure_is_counted(outcome: Outcome) -> None:
    assert verdict(item(failures=3), outcome, NOW, no_jitter).failures == 4


def test_unknown_outcome_marks_the_next_attempt_as_possible_repeat() -> None:
    decision = verdict(item(), Unknown("no answer"), NOW, no_jitter)

    assert (decision.status, decision.possible_repeat, decision.error) == (Status.RETRY, True, "no answer")


@pytest.mark.parametrize(
    "outcome",
    [Failed("x"), Wait(timedelta(seconds=1)), Wait(timedelta(seconds=1), by_pacing=True), Moved(-100), Gone("x", True)],
    ids=["failed", "wait", "pacing", "moved", "gone"],
)
def test_mark_of_a_possible_repeat_outlives_later_attempts(outcome: Outcome) -> None:
    assert verdict(item(possible_repeat=True), outcome, NOW, no_jitter).possible_repeat


@pytest.mark.parametrize(
    "outcome", [Failed("x"), Wait(timedelta(seconds=1)), Moved(-100)], ids=["failed", "wait", "moved"]
)
def test_what_certainly_did_not_arrive_is_no_possible_repeat(outcome: Outcome) -> None:
    assert not verdict(item(), outcome, NOW, no_jitter).possible_repeat


def test_moved_chat_is_tried_at_once_in_its_new_place() -> None:
    decision = verdict(item(), Moved(-1001), NOW, no_jitter)

    assert (decision.status, decision.chat_id, decision.due_at) == (Status.RETRY, -1001, NOW)


def test_chat_moved_to_itself_backs_off() -> None:
    decision = verdict(item(), Moved(-5), NOW, no_jitter)

    assert (decision.status, decision.chat_id, decision.due_at) == (Status.RETRY, None, NOW + timedelta(seconds=1))


@pytest.mark.parametrize("outcome", [Gone("403 blocked", blocked=True), Refused("400 odd")], ids=["gone", "refused"])
def test_refusal_for_good_is_a_dead_letter_with_its_reason(outcome: Gone | Refused) -> None:
    decision = verdict(item(), outcome, NOW, no_jitter)

    assert (decision.status, decision.error) == (Status.DEAD, outcome.reason)


@pytest.mark.parametrize("outcome", FAILURES, ids=["failed", "unknown"])
def test_last_attempt_is_made_at_the_deadline(outcome: Outcome) -> None:
    decision = verdict(item(failures=20), outcome, JUST_BEFORE_DEADLINE, no_jitter)

    assert (decision.status, decision.due_at) == (Status.RETRY, OPENED + DEADLINE)


@pytest.mark.parametrize("outcome", FAILURES, ids=["failed", "unknown"])
def test_failure_after_the_deadline_is_a_dead_letter_that_says_so(outcome: Outcome) -> None:
    decision = verdict(item(failures=20), outcome, AFTER_DEADLINE, no_jitter)

    assert decision.status is Status.DEAD
    assert decision.error is not None
    assert decision.error.startswith("gave up after 48 h: no ")


def test_success_after_the_deadline_is_still_a_success() -> None:
    assert verdict(item(), Sent(1), AFTER_DEADLINE, no_jitter).status is Status.DELIVERED


def test_deadline_counts_from_the_reopening() -> None:
    reopened = item(opened_at=OPENED + timedelta(days=9))

    assert verdict(reopened, Failed("x"), OPENED + timedelta(days=10), no_jitter).status is Status.RETRY


def test_dead_letter_of_an_unknown_outcome_keeps_the_mark() -> None:
    decision = verdict(item(failures=20), Unknown("no answer"), AFTER_DEADLINE, no_jitter)

    assert (decision.status, decision.possible_repeat) == (Status.DEAD, True)


def test_bug_backs_off_and_is_remembered_as_one() -> None:
    decision = bug(item(failures=1), "KeyError", NOW, no_jitter, maybe_sent=False)

    assert (decision.status, decision.due_at, decision.possible_repeat) == (
        Status.RETRY,
        NOW + timedelta(seconds=2),
        False,
    )
    assert decision.error == "bug: KeyError"
    assert is_bug(decision.error)


def test_bug_while_sending_is_a_possible_repeat() -> None:
    assert bug(item(), "KeyError", NOW, no_jitter, maybe_sent=True).possible_repeat


def test_bug_after_the_deadline_is_a_dead_letter() -> None:
    decision = bug(item(failures=20), "KeyError", AFTER_DEADLINE, no_jitter, maybe_sent=False)

    assert (decision.status, decision.error) == (Status.DEAD, "gave up after 48 h: bug: KeyError")


@pytest.mark.parametrize(
    "outcome",
    [
        Failed("no connection"),
        Unknown("no answer"),
        Wait(timedelta(1)),
        Wait(timedelta(1), by_pacing=True),
        Moved(-5),
        Moved(-1001),
    ],
    ids=["failed", "unknown", "wait", "pacing", "moved nowhere", "moved"],
)
def test_bug_is_remembered_through_later_attempts(outcome: Outcome) -> None:
    first = bug(item(), "KeyError", NOW, no_jitter, maybe_sent=False)
    second = verdict(item(error=first.error), outcome, NOW, no_jitter)
    third = verdict(item(error=second.error), Failed("no connection"), NOW, no_jitter)

    assert is_bug(second.error)
    assert third.error == "bug: KeyError; no connection"


def test_later_bug_replaces_the_earlier_one() -> None:
    decision = bug(item(error="bug: KeyError; no connection"), "TypeError", NOW, no_jitter, maybe_sent=False)

    assert decision.error == "bug: TypeError"


@pytest.mark.parametrize("error", [None, "", "no connection", "gave up after 48 h: bug: KeyError"])
def test_other_errors_are_no_bugs(error: str | None) -> None:
    assert not is_bug(error)


@given(failures=st.integers(0, 10**9), low=st.floats(0, 1, exclude_max=True), high=st.floats(0, 1, exclude_max=True))
def test_property_backoff_is_bounded_and_never_shrinks(failures: int, low: float, high: float) -> None:
    wait, next_wait = backoff(failures, lambda: low), backoff(failures + 1, lambda: high)

    assert timedelta(seconds=1) <= wait <= LONGEST_BACKOFF
    assert next_wait >= wait or next_wait >= LONGEST_BACKOFF / 2


@given(
    outcome=st.one_of(
        st.builds(Wait, st.timedeltas(timedelta(), timedelta(days=365))),
        st.builds(Failed, st.text()),
        st.builds(Unknown, st.text()),
        st.builds(Moved, st.integers()),
    ),
    age=st.timedeltas(timedelta(), timedelta(days=4)),
    failures=st.integers(0, 100),
)
def test_property_attempts_end_at_the_deadline(outcome: Outcome, age: timedelta, failures: int) -> None:
    decision = verdict(item(failures=failures), outcome, OPENED + age, lambda: 0.5)

    if decision.status is Status.RETRY and not isinstance(outcome, Moved):
        assert decision.due_at is not None
        assert OPENED + age <= decision.due_at
        assert decision.due_at <= OPENED + DEADLINE or failures < FEWEST_FAILURES
    elif age < DEADLINE:
        assert isinstance(outcome, Wait | Moved)
