"""
Items and users as DynamoDB keeps them, and expressions that change single attributes.

Numbers are N, moments ISO 8601 UTC in S, and what is unknown or has its first value is absent rather than empty. An
attribute we do not know belongs to somebody else: it is never read and never written. A record that lacks what makes
it ours (an item of another program, say) reads as None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from typing import Any

from sevenbot.state.dynamodb_packing import pack, unpack
from sevenbot.state.iso import to_iso
from sevenbot.state.ledger import Item, Status
from sevenbot.state.users import User, UserStatus

#: As boto3's client takes and gives them: {"N": "42"}, {"S": "..."}.
Attribute = Mapping[str, Any]
Attributes = Mapping[str, Attribute]

#: Up to here a write costs one unit (DynamoDB developer guide, "Read and write operations", read 2026-11).
UNIT_BYTES = 1024

#: What later steps may add to an item while the summary is in it: error, telegram_message_id, failures, lease.
_MARGIN_BYTES = 64

_ESSENTIAL_OF_ITEM = frozenset({"message_id", "chat_id", "email_address", "raw_key", "received_at", "status"})
_AS_RECEIVED = ("updated_at", "due_at", "opened_at")
_USER_STATUSES: dict[str | None, UserStatus] = {status.value: status for status in UserStatus}


def attribute(value: object) -> Attribute:
    """Return a value of ours as an attribute."""
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case datetime():
            return {"S": to_iso(value)}
        case bytes():
            return {"B": value}
        case dict():
            return {"M": {name: attribute(one) for name, one in value.items()}}
        case _:
            return {"S": str(value)}


def from_item(item: Item) -> dict[str, Attribute]:
    """Return a new item's attributes; `opened_at` is absent while it is the time of receipt."""
    values = {field.name: getattr(item, field.name) for field in fields(Item)}
    found = {
        field.name: attribute(values[field.name])
        for field in fields(Item)
        if values[field.name] is not None and (field.name == "status" or values[field.name] != _first_value(field))
    }
    if item.opened_at == item.received_at:
        del found["opened_at"]
    if item.summary is not None:
        found["summary"] = {"S": item.summary}
        found["summary"] = packed(item.summary, size_bytes(found))
    return found


def to_item(attributes: Attributes) -> Item | None:
    """Return the item, or None when it is not one of ours."""
    if not attributes.keys() >= _ESSENTIAL_OF_ITEM:
        return None
    values: dict[str, Any] = {"size_bytes": 0, "ttl": 0}
    for field in fields(Item):
        if field.name in attributes:
            values[field.name] = _value(field, attributes[field.name])
    for name in _AS_RECEIVED:
        values.setdefault(name, values["received_at"])
    return Item(**values)


def from_user(user: User) -> dict[str, Attribute]:
    """Return a user's attributes."""
    return {
        "chat_id": attribute(user.chat_id),
        "email_address": attribute(user.email_address),
        "created_at": attribute(user.created_at),
        "email_count": attribute(user.email_count),
        **{
            name: attribute(value)
            for name in ("last_summary_time", "username", "first_name", "settings")
            if (value := getattr(user, name))
        },
        **({} if user.status is UserStatus.ACTIVE else {"status": attribute(user.status)}),
    }


def to_user(attributes: Attributes) -> User | None:
    """
    Return the user, or None for a record without an address.

    Only `chat_id` and `email_address` must be there: others may have put the rest, or left it out.
    """
    if "email_address" not in attributes:
        return None
    last = attributes.get("last_summary_time")
    return User(
        chat_id=int(attributes["chat_id"]["N"]),
        email_address=attributes["email_address"]["S"],
        created_at=_moment(attributes["created_at"]["S"])
        if "created_at" in attributes
        else datetime.fromtimestamp(0, UTC),
        last_summary_time=_moment(last["S"]) if last and last.get("S") else None,
        email_count=int(attributes.get("email_count", {}).get("N", 0)),
        username=_text(attributes, "username"),
        first_name=_text(attributes, "first_name"),
        status=_USER_STATUSES.get(_text(attributes, "status"), UserStatus.ACTIVE),
        settings={
            name: value["S"] for name, value in attributes.get("settings", {}).get("M", {}).items() if "S" in value
        },
    )


def packed(summary: str, item_bytes: int) -> Attribute:
    """Return the summary as text or, where that would make an item of *item_bytes* cost a second unit, compressed."""
    if item_bytes <= UNIT_BYTES - _MARGIN_BYTES:
        return {"S": summary}
    small = pack(summary)
    return {"B": small} if len(small) < len(summary.encode()) else {"S": summary}


def size_bytes(attributes: Attributes) -> int:
    """Return an item's size as DynamoDB counts it, rounded up (developer guide, "Item sizes and formats")."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in attributes.items())


def update(changes: Mapping[str, Attribute | None], *, add: Mapping[str, int] | None = None) -> str:
    """
    Return an UpdateExpression that sets each attribute to its value, or removes it (None), and adds to counters.

    Values go by `:name`, so pass `values_of(changes, add)` along with it.
    """
    sets = ", ".join(f"#{name} = :{name}" for name, value in changes.items() if value is not None)
    removes = ", ".join(f"#{name}" for name, value in changes.items() if value is None)
    adds = ", ".join(f"#{name} :{name}" for name in add or ())
    parts = [("SET", sets), ("REMOVE", removes), ("ADD", adds)]
    return " ".join(f"{word} {what}" for word, what in parts if what)


def values_of(changes: Mapping[str, Attribute | None], add: Mapping[str, int] | None = None) -> dict[str, Attribute]:
    """Return the values `update` refers to."""
    found = {f":{name}": value for name, value in changes.items() if value is not None}
    return found | {f":{name}": attribute(number) for name, number in (add or {}).items()}


def names_in(*expressions: str) -> dict[str, str]:
    """Return ExpressionAttributeNames for the `#name`s in expressions; many of ours are reserved words."""
    return {f"#{name}": name for expression in expressions for name in re.findall(r"#(\w+)", expression)}


def _first_value(field: Field[Any]) -> object:
    return None if field.default is MISSING else field.default


def _value(field: Field[Any], value: Attribute) -> Any:
    (kind, content), *_ = value.items()
    if kind == "B":
        return unpack(bytes(content))
    if field.name == "status":
        return Status(content)
    if field.name in ("received_at", "updated_at", "due_at", "opened_at", "lease_until"):
        return _moment(content)
    return int(content) if kind == "N" else content


def _moment(text: str) -> datetime:
    """Read a moment; the guide's own example writes it without a zone and means UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(attributes: Attributes, name: str) -> str | None:
    return attributes.get(name, {}).get("S") or None


def _value_bytes(value: Attribute) -> int:
    (kind, content), *_ = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            digits: str = content
            return (len(digits) + 1) // 2 + 1 + digits.startswith("-")
        case "B":
            return len(content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_bytes(one) for name, one in content.items())
        case _:
            return 1
