"""What every keeper of positions promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevenbot.state.positions import Position, Positions
from tests.contracts.conftest import PAGE_ITEMS, dynamo_state
from tests.items import NOON, new_item

#: UIDs and UIDVALIDITY have 32 bits (RFC 9051 §9, nz-number).
LARGEST = 2**32 - 1


async def test_a_mailbox_never_seen_has_no_position(positions: Positions) -> None:
    await positions.set("one", Position(1, 2, 3))

    assert await positions.get("another") is None


@pytest.mark.parametrize(
    "position",
    [Position(1, 0, 1), Position(LARGEST, LARGEST, LARGEST, (1, 7, LARGEST))],
    ids=["smallest", "largest"],
)
async def test_a_position_comes_back_as_it_was_set(positions: Positions, position: Position) -> None:
    await positions.set("one", position)

    assert await positions.get("one") == position


async def test_the_last_position_set_stands(positions: Positions) -> None:
    await positions.set("one", Position(1, 5, 3, (4,)))
    await positions.set("one", Position(2, 1, 1))

    assert await positions.get("one") == Position(2, 1, 1)


async def test_every_position_is_found(positions: Positions) -> None:
    kept = {f"mailbox{number}": Position(1, number, 1) for number in range(3)}
    for mailbox, position in kept.items():
        await positions.set(mailbox, position)

    assert {mailbox: position async for mailbox, position in positions.all()} == kept


async def test_in_dynamodb_whoever_looks_for_mails_passes_over_positions(tmp_path: Path) -> None:
    async with dynamo_state(tmp_path) as state:
        for number in range(PAGE_ITEMS + 1):
            await state.positions.set(f"{number}", Position(1, 1, 1))
        await state.ledger.accept([new_item(1)])

        assert [due.message_id async for due in state.ledger.due()] == [new_item(1).message_id]
        assert [item.message_id async for item in state.ledger.find()] == [new_item(1).message_id]
        assert [item async for item in state.ledger.find(message_id_prefix="imap:")] == []
        assert sum((await state.ledger.count()).values()) == 1
        assert await state.ledger.raw_keys_in_use(["", new_item(1).raw_key]) == {new_item(1).raw_key}
        assert await state.ledger.expire(NOON.replace(year=2099)) == 0
        assert await state.ledger.erase(42) == [new_item(1).raw_key]
        assert await state.positions.get("7") == Position(1, 1, 1)
