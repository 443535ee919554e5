from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.turns import (
    ANSWERS_IN_A_ROW,
    BOT_MESSAGES,
    BOT_WINDOW,
    CHAT_BURST,
    GROUP_MESSAGES,
    GUESSED_HOLD,
    HELD_CHATS,
    Ticket,
    Turns,
)

GROUP = -100


class Day:
    """A simulated day at the line: messages join at given times, and the clock jumps to whatever comes next."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.now = 0.0
        self.joined: dict[Ticket, float] = {}
        self.granted: list[Ticket] = []

    def join(self, chat_id: int, *, urgent: bool = False, times: int = 1) -> list[Ticket]:
        tickets = [self.turns.join(chat_id, self.now, urgent=urgent) for _ in range(times)]
        self.joined.update(dict.fromkeys(tickets, self.now))
        return tickets

    def run(self, until: float = inf, *, late: float = 0.0) -> None:
        """Grant all that comes until then; every timer fires *late* seconds late."""
        while True:
            self.granted += self.turns.grant(self.now)
            at = self.turns.wakes_at(self.now)
            if at is None or at + late > until:
                self.now = max(self.now, until if until < inf else self.now)
                return
            assert at + late > self.now, "the clock stands still"
            self.now = at + late

    def times(self, chat_id: int | None = None, *, urgent: bool | None = None) -> list[float]:
        return [
            ticket.granted_at
            for ticket in self.granted
            if ticket.granted_at is not None and chat_id in (None, ticket.chat_id) and urgent in (None, ticket.urgent)
        ]


def most_within(times: list[float], seconds: float) -> int:
    """Return the most of *times* that fall into any window of that length."""
    times = sorted(times)
    return max((bisect_left(times, start + seconds) - i for i, start in enumerate(times)), default=0)


def test_quiet_bot_sends_at_once() -> None:
    day = Day()
    day.join(1)

    day.run()

    assert day.times() == [0.0]


def test_backlog_goes_out_at_29_a_second_and_never_31_in_one() -> None:
    day = Day()
    for chat_id in range(1, 301):
        day.join(chat_id, times=10)

    day.run(late=0.001)

    assert most_within(day.times(), 1.0) <= 30
    assert 3000 / day.now >= 29


def test_messages_of_one_chat_come_in_a_burst_of_three_then_one_a_second() -> None:
    day = Day()
    day.join(1, times=6)

    day.run()

    assert day.times() == pytest.approx([0, 0, 0, 1.05, 2.1, 3.15])


def test_group_gets_twenty_a_minute() -> None:
    day = Day()
    day.join(GROUP, times=45)

    day.run()

    assert most_within(day.times(), 60.0) == 20
    assert day.now < 125


def test_private_chat_has_no_limit_a_minute() -> None:
    day = Day()
    day.join(1, times=45)

    day.run()

    assert day.now < 48


def test_noisy_chat_does_not_delay_a_quiet_one() -> None:
    day = Day()
    day.join(1, times=1000)
    day.run(until=0.5)
    day.join(2)

    day.run(until=10)

    assert day.times(2) == [0.5]


def test_chats_take_turns() -> None:
    day = Day()
    day.join(1, times=3)
    day.join(2, times=3)
    day.join(3, times=3)

    day.run()

    assert [ticket.chat_id for ticket in day.granted] == [1, 2, 3] * 3


def test_answer_goes_before_summaries_that_came_earlier() -> None:
    day = Day()
    for chat_id in range(1, 41):
        day.join(chat_id)
    (answer,) = day.join(99, urgent=True)

    day.run()

    assert day.granted[0] is answer


def test_answer_hardly_waits_while_summaries_saturate_the_bot() -> None:
    day = Day()
    for chat_id in range(1, 301):
        day.join(chat_id, times=10)
    waits = []
    for number in range(60):
        day.run(until=day.now + 0.37)
        (answer,) = day.join(1000 + number, urgent=True)
        day.run(until=day.now + 0.5)
        assert answer.granted_at is not None
        waits.append(answer.granted_at - day.joined[answer])

    assert max(waits) < 0.35
    assert sum(waits) / len(waits) < 0.05


def test_flood_of_answers_still_lets_summaries_through() -> None:
    day = Day()
    for chat_id in range(1, 301):
        day.join(chat_id, urgent=True)
    for chat_id in range(1001, 1021):
        day.join(chat_id)

    day.run()

    assert max(day.times(urgent=False)) < max(day.times(urgent=True))
    assert [ticket.urgent for ticket in day.granted[: ANSWERS_IN_A_ROW + 1]] == [True] * ANSWERS_IN_A_ROW + [False]


def test_held_chat_waits_as_told_and_nobody_else() -> None:
    day = Day()
    day.turns.hold(1, 14.0, 0.0)
    day.join(1)
    day.join(2)

    day.run()

    assert (day.times(1), day.times(2)) == ([14.0], [0.0])


def test_hold_reaches_those_who_wait_already() -> None:
    day = Day()
    day.join(1, times=5)
    day.run(until=0.5)
    day.turns.hold(1, 20.0, day.now)

    day.run()

    assert day.times() == pytest.approx([0, 0, 0, 20, 20])


def test_shorter_hold_does_not_end_a_longer_one() -> None:
    day = Day()
    day.turns.hold(1, 14.0, 0.0)
    day.turns.hold(1, 3.0, 0.0)
    day.join(1)

    day.run()

    assert day.times() == [14.0]


def test_hold_for_the_whole_bot_stops_answers_too() -> None:
    day = Day()
    day.turns.hold(None, 5.0, 0.0)
    day.join(1, urgent=True)
    day.join(2)

    day.run()

    assert day.times() == [5.0, 5.0]


def test_several_chats_told_to_wait_at_once_mean_the_whole_bot() -> None:
    day = Day()
    for chat_id in range(HELD_CHATS):
        day.turns.hold(chat_id, 2.0, 0.1 * chat_id)
    day.join(99)

    day.run()

    assert day.times(99) == [2.0]


def test_several_chats_told_to_wait_for_long_silence_the_others_for_a_moment_only() -> None:
    day = Day()
    for chat_id in range(HELD_CHATS):
        day.turns.hold(chat_id, 600.0, 0.0)
        day.join(chat_id)
    day.join(99)

    day.run()

    assert day.times(99) == [GUESSED_HOLD]
    assert day.times(0) == [600.0]


def test_same_chat_told_to_wait_again_and_again_is_one_chat() -> None:
    day = Day()
    for _ in range(10):
        day.turns.hold(1, 8.0, 0.0)
    day.join(99)

    day.run()

    assert day.times(99) == [0.0]


def test_chats_told_to_wait_now_and_then_are_single_cases() -> None:
    day = Day()
    for chat_id in range(1, 10):
        day.turns.hold(chat_id, chat_id * 3.0 + 2, chat_id * 3.0)
    day.now = 30.0
    day.join(99)

    day.run()

    assert day.times(99) == [30.0]


def test_ready_at_counts_those_in_line() -> None:
    day = Day()
    day.join(1, times=CHAT_BURST + 1)

    assert day.turns.ready_at(1, 0.0) == pytest.approx(2.1)
    assert day.turns.ready_at(2, 0.0) == 0.0


def test_ready_at_knows_the_group_s_minute() -> None:
    day = Day()
    day.join(GROUP, times=GROUP_MESSAGES)
    day.run()

    assert day.turns.ready_at(GROUP, day.now) == pytest.approx(61.0)


def test_ready_at_of_a_held_bot_is_the_end_of_the_hold() -> None:
    turns = Turns()
    turns.hold(None, 9.0, 0.0)

    assert turns.ready_at(1, 0.0) == 9.0


def test_who_leaves_the_line_takes_no_turn() -> None:
    day = Day()
    tickets = day.join(1, times=5)
    day.run(until=0.5)
    day.turns.leave(tickets[3])

    day.run()

    assert tickets[4].granted_at == pytest.approx(1.05)


def test_turn_given_back_can_be_had_by_the_next() -> None:
    day = Day()
    tickets = day.join(GROUP, times=CHAT_BURST + 1)
    day.run(until=0.5)
    for ticket in tickets[:CHAT_BURST]:
        day.turns.leave(ticket)
    day.turns.leave(tickets[CHAT_BURST])

    assert day.turns.ready_at(GROUP, 0.5) <= 0.5
    assert day.turns.wakes_at(0.5) is None or day.turns.grant(0.5) == []


def test_message_counts_from_when_it_leaves() -> None:
    day = Day()
    for chat_id in range(1, BOT_MESSAGES + 1):
        day.join(chat_id, urgent=True)
    day.run(until=0.0)
    for ticket in day.granted:
        day.turns.depart(ticket.chat_id, 0.3)
    (last,) = day.join(99, urgent=True)

    day.run()

    assert last.granted_at == pytest.approx(0.3 + BOT_WINDOW)


def test_message_without_a_turn_counts_too() -> None:
    day = Day()
    for _ in range(BOT_MESSAGES):
        day.turns.depart(7, 0.0)
    (ticket,) = day.join(1, urgent=True)

    day.run()

    assert ticket.granted_at == pytest.approx(BOT_WINDOW)


def test_idle_chats_are_forgotten() -> None:
    day = Day()
    for chat_id in range(20_000):
        day.now = chat_id * 0.1
        day.join(chat_id if chat_id % 2 else -chat_id - 1)
        day.run(until=day.now)
        day.turns.depart(day.granted[-1].chat_id, day.now)

    assert len(day.granted) == 20_000
    assert len(day.turns._chats) < 2500


def test_forgetting_loses_nobody_in_line() -> None:
    day = Day()
    for chat_id in range(1, 5001):
        day.join(chat_id, urgent=True)

    day.run()

    assert len(day.granted) == 5000


_ARRIVALS = st.lists(
    st.tuples(
        st.floats(0, 90, allow_nan=False),  # when
        st.sampled_from([1, 2, 3, -1, -2]),  # which chat
        st.booleans(),  # urgent?
        st.integers(1, 30),  # how many at once
        st.sampled_from(["stay", "stay", "stay", "leave", "hold", "hold all"]),
    ),
    max_size=25,
)


def play(
    arrivals: list[tuple[float, int, bool, int, str]], late: float
) -> tuple[Day, dict[int, list[tuple[float, float]]]]:
    """Run a day; return it with the holds of each chat (0: the bot) as (from, to)."""
    day, holds = Day(), defaultdict(list)
    for at, chat_id, urgent, times, then in sorted(arrivals):
        day.run(until=max(at, day.now), late=late)
        tickets = day.join(chat_id, urgent=urgent, times=times)
        if then == "leave":
            day.turns.leave(tickets[0])
            del day.joined[tickets[0]]
        elif then != "stay":
            held = None if then == "hold all" else chat_id
            day.turns.hold(held, day.now + times, day.now)
            holds[held or 0].append((day.now, day.now + times))
    day.run(late=late)
    return day, holds


@given(_ARRIVALS, st.sampled_from([0.0, 0.001, 0.05]))
def test_property_no_window_is_ever_exceeded(arrivals: list[tuple[float, int, bool, int, str]], late: float) -> None:
    day, _ = play(arrivals, late)

    assert most_within(day.times(), 1.0) <= 30
    for chat_id in (1, 2, 3, -1, -2):
        assert most_within(day.times(chat_id), 1.0) <= 3
        assert most_within(day.times(chat_id), 10.0) <= 12
    for group in (-1, -2):
        assert most_within(day.times(group), 60.0) <= 20


@given(_ARRIVALS, st.sampled_from([0.0, 0.001, 0.05]))
def test_property_everyone_is_served_once_in_the_order_of_the_chat(
    arrivals: list[tuple[float, int, bool, int, str]], late: float
) -> None:
    day, _ = play(arrivals, late)

    assert len(day.granted) == len(set(day.granted))
    assert set(day.granted) == set(day.joined)
    for chat_id in (1, 2, 3, -1, -2):
        for urgent in (True, False):
            line = [ticket for ticket in day.joined if (ticket.chat_id, ticket.urgent) == (chat_id, urgent)]
            assert line == [ticket for ticket in day.granted if (ticket.chat_id, ticket.urgent) == (chat_id, urgent)]


@given(_ARRIVALS)
def test_property_nothing_goes_during_a_hold(arrivals: list[tuple[float, int, bool, int, str]]) -> None:
    day, holds = play(arrivals, 0.0)

    for held, spans in holds.items():
        for since, until in spans:
            assert not [at for at in day.times(held or None) if since < at < until]
