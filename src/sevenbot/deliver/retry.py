"""
How an attempt ends: again (when?), never again, or done. Pure.

    Sent      delivered
    Wait      again exactly when told; waiting as told is no failure, so the backoff does not grow
    Failed    again after a backoff: from 1 s doubling to 1 h, with a part left to chance
    Unknown   the same, marked: the message may be in the chat already
    Moved     again now, in the chat's new place
    Gone      dead letter: nothing will reach this chat
    Refused   dead letter: Telegram refuses this message for good
    a bug     as Failed, remembered as a bug, so that later attempts can do without what broke

What could not be delivered within two days becomes a dead letter, and what Telegram tells to wait for longer than
that. But not before ten tries have failed: when this machine was off for days, or its clock was wrong, mails that are
"too old" at their first attempt have not had their chance yet. Beyond the deadline a wait as told counts as a failure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sevenbot.deliver.courier import Failed, Gone, Moved, Outcome, Refused, Sent, Unknown, Wait
from sevenbot.state.ledger import Item, Status, Verdict

FIRST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(hours=1)
DEADLINE = timedelta(days=2)
FEWEST_FAILURES = 10  # about half an hour of backoff

_BUG = "bug: "


def verdict(item: Item, outcome: Outcome, now: datetime, jitter: Callable[[], float]) -> Verdict:
    """
    Decide how the attempt on *item* ends.

    Args:
        jitter: Gives a number from 0 (inclusive) to 1 (exclusive), like `random.random`.
    """
    match outcome:
        case Sent(telegram_message_id):
            return Verdict(Status.DELIVERED, telegram_message_id=telegram_message_id, failures=item.failures)
        case Wait():
            return _wait(item, now, outcome)
        case Failed(reason):
            return _again(item, now, backoff(item.failures, jitter), reason)
        case Unknown(reason):
            return _again(item, now, backoff(item.failures, jitter), reason, maybe_sent=True)
        case Moved(new_chat_id):
            return _moved(item, now, new_chat_id, jitter)
        case Gone(reason) | Refused(reason):
            return _dead(item, reason)


def bug(item: Item, exc_name: str, now: datetime, jitter: Callable[[], float], *, maybe_sent: bool) -> Verdict:
    """
    Decide how an attempt ends that died of an exception nobody expected.

    Args:
        exc_name: The exception's class; its text may hold words of the mail and stays out of the ledger.
        maybe_sent: Whether the message may have left before.
    """
    return _again(item, now, backoff(item.failures, jitter), f"{_BUG}{exc_name}", maybe_sent=maybe_sent)


def unsent(item: Item, status: Status, reason: str) -> Verdict:
    """Return the verdict on an item that is not to be sent at all."""
    return Verdict(status, error=reason, possible_repeat=item.possible_repeat, failures=item.failures)


def is_bug(error: str | None) -> bool:
    """Say whether an item's error tells of a `bug`; one that was given up starts anew."""
    return error is not None and error.startswith(_BUG)


def backoff(failures: int, jitter: Callable[[], float]) -> timedelta:
    """
    Return the wait after one more failure on top of *failures* earlier ones: between one step and two.

    The chance in it keeps mails that failed together from coming back together (AWS Architecture Blog, "Exponential
    Backoff And Jitter").
    """
    doublings = min(failures, 30)  # far beyond the longest step, far below what timedelta holds
    step = min(FIRST_BACKOFF * (1 << doublings), LONGEST_BACKOFF / 2)
    return step * (1 + jitter())


def _wait(item: Item, now: datetime, wait: Wait) -> Verdict:
    due_at = now + wait.retry_after
    if wait.by_pacing:  # our own, which never ends a mail
        return Verdict(
            Status.RETRY, due_at=due_at, error=item.error, possible_repeat=item.possible_repeat, failures=item.failures
        )
    is_late = due_at > item.opened_at + DEADLINE
    if wait.retry_after > DEADLINE or (is_late and item.failures >= FEWEST_FAILURES):
        return _dead(item, _gave_up(item, now, f"told to wait {wait.retry_after.total_seconds():.0f} s"))
    return Verdict(
        Status.RETRY,
        due_at=due_at,
        error=_remembering(item, "told to wait"),
        possible_repeat=item.possible_repeat,
        failures=item.failures + is_late,
    )


def _again(item: Item, now: datetime, wait: timedelta, reason: str, *, maybe_sent: bool = False) -> Verdict:
    deadline = item.opened_at + DEADLINE
    is_late = now >= deadline
    if is_late and item.failures >= FEWEST_FAILURES:
        return _dead(item, _gave_up(item, now, reason), maybe_sent=maybe_sent)
    return Verdict(
        Status.RETRY,
        due_at=now + wait if is_late else min(now + wait, deadline),  # one attempt is made at the deadline
        error=_remembering(item, reason),
        possible_repeat=item.possible_repeat or maybe_sent,
        failures=item.failures + 1,
    )


def _moved(item: Item, now: datetime, new_chat_id: int, jitter: Callable[[], float]) -> Verdict:
    if new_chat_id == item.chat_id:  # nonsense, and obeying it at once would never end
        return _again(item, now, backoff(item.failures, jitter), "the chat moved to where it was")
    return Verdict(
        Status.RETRY,
        due_at=now,
        error=_remembering(item, "the chat moved"),
        possible_repeat=item.possible_repeat,
        chat_id=new_chat_id,
        failures=item.failures,
    )


def _dead(item: Item, reason: str, *, maybe_sent: bool = False) -> Verdict:
    return Verdict(
        Status.DEAD, error=reason, possible_repeat=item.possible_repeat or maybe_sent, failures=item.failures
    )


def _remembering(item: Item, reason: str) -> str:
    """Return *reason*, behind the bug that an earlier attempt died of: later attempts still do without what broke."""
    if not is_bug(item.error) or is_bug(reason):
        return reason
    return f"{(item.error or '').partition('; ')[0]}; {reason}"


def _gave_up(item: Item, now: datetime, reason: str) -> str:
    hours = (now - item.opened_at).total_seconds() / 3600
    return f"gave up after {hours:.0f} h: {reason}"
