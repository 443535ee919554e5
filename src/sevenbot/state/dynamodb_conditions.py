"""
The conditions of the ledger's calls, with their values, and the item that stands when one does not hold. Pure.

They say in DynamoDB's words what transitions.py says. `#status` is the attribute `status`, `:leased` a value.

Source: Amazon DynamoDB developer guide, "Condition expressions" (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Sequence

from sevenbot.state.dynamodb_items import Attribute, attribute, to_item
from sevenbot.state.dynamodb_table import Standing
from sevenbot.state.ledger import UNFINISHED, Item, Status

IS_UNFINISHED = f"#status IN ({', '.join(f':{status.value}' for status in Status if status in UNFINISHED)})"
IS_FINISHED = "#status IN (:delivered, :dead, :discarded)"
IS_AT_REST = "#status IN (:dead, :discarded)"
IS_DUE = "#status IN (:received, :retry) AND #due_at <= :now"
IS_OURS = "#lease_token = :token AND #status IN (:leased, :sending)"
IS_FREE = "#status IN (:received, :retry, :dead, :discarded) OR (#status = :leased AND #lease_until <= :now)"

_STATUSES: dict[str, Attribute] = {f":{status.value}": attribute(status) for status in Status}
_AS_SEEN = "#lease_token = :token AND #status = :seen"
_AS_SEEN_UNNAMED = "attribute_not_exists(#lease_token) AND #status = :seen"


def bound(condition: str, **values: Attribute) -> dict[str, Attribute]:
    """Return the condition's values: the statuses it names, and *values*; DynamoDB refuses any it does not use."""
    words = set(condition.replace("(", " ").replace(")", " ").replace(",", " ").split())
    return {f":{name}": value for name, value in values.items()} | {
        name: value for name, value in _STATUSES.items() if name in words
    }


def as_seen(left: Item) -> tuple[str, dict[str, Attribute]]:
    """Return the condition that nobody took the item meanwhile; one copied from SQLite may be held without a token."""
    seen = {":seen": attribute(left.status)}
    if left.lease_token is None:
        return _AS_SEEN_UNNAMED, seen
    return _AS_SEEN, {**seen, ":token": attribute(left.lease_token)}


def wanted(
    statuses: Sequence[Status], chat_id: int | None, prefix: str, raw_key: str | None
) -> tuple[str, dict[str, Attribute]]:
    """Return the condition of `Ledger.find`, with its values; "" for every item."""
    conditions: list[str] = []
    values: dict[str, Attribute] = {}
    if statuses:
        conditions.append(f"#status IN ({', '.join(f':{status.value}' for status in dict.fromkeys(statuses))})")
        values |= bound(conditions[0])
    if chat_id is not None:
        conditions.append("#chat_id = :chat_id")
        values[":chat_id"] = attribute(chat_id)
    if prefix:
        conditions.append("begins_with(#message_id, :prefix)")
        values[":prefix"] = attribute(prefix)
    if raw_key is not None:
        conditions.append("#raw_key = :raw_key")
        values[":raw_key"] = attribute(raw_key)
    return " AND ".join(conditions), values


def item_of(standing: Standing) -> Item | None:
    """Return the item that stands, or None when there is none of SevenBot's."""
    return None if standing.attributes is None else to_item(standing.attributes)
