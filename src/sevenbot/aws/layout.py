"""
What the two tables look like, as requests to DynamoDB. Pure.

    telegram-users           key chat_id (N), index email-address-index on email_address (S), every attribute in it
    email-processing-state   key message_id (S), time to live on ttl

Source: Amazon DynamoDB API reference, CreateTable and UpdateTable (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

INDEX = "email-address-index"
TTL_ATTRIBUTE = "ttl"


class Key(NamedTuple):
    """A partition key: its attribute, and N (number) or S (string)."""

    name: str
    type: str


USERS_KEY = Key("chat_id", "N")
LEDGER_KEY = Key("message_id", "S")
INDEX_KEY = Key("email_address", "S")


class Capacity(NamedTuple):
    """Provisioned capacity: units per second."""

    read: int
    write: int

    def __str__(self) -> str:
        return f"{self.read}:{self.write}"


@dataclass(frozen=True, slots=True)
class Wish:
    """How new tables shall be."""

    users_table: str
    ledger_table: str
    capacity: Capacity | None = None  # None: on demand
    has_own_key: bool = False  # encrypted with the account's AWS managed key, not the one AWS owns
    table_class: str = "STANDARD"
    tags: Mapping[str, str] = field(default_factory=dict)


def create_users(wish: Wish) -> dict[str, Any]:
    """Return the arguments of CreateTable for the users, index included."""
    return {
        **_create(wish, wish.users_table, USERS_KEY),
        "AttributeDefinitions": [_definition(USERS_KEY), _definition(INDEX_KEY)],
        "GlobalSecondaryIndexes": [_index(wish.capacity)],
    }


def create_ledger(wish: Wish) -> dict[str, Any]:
    """Return the arguments of CreateTable for the ledger."""
    return _create(wish, wish.ledger_table, LEDGER_KEY)


def add_index(table: str, capacity: Capacity | None) -> dict[str, Any]:
    """
    Return the arguments of UpdateTable that add the index to a table which has *capacity* (None: on demand).

    The service refuses ProvisionedThroughput for an index of an on-demand table, and wants it for a provisioned one.
    """
    return {
        "TableName": table,
        "AttributeDefinitions": [_definition(INDEX_KEY)],
        "GlobalSecondaryIndexUpdates": [{"Create": _index(capacity)}],
    }


def tags(wish: Wish) -> list[dict[str, str]]:
    """Return the tags as the service takes them."""
    return [{"Key": key, "Value": value} for key, value in wish.tags.items()]


def capacity_of(description: Mapping[str, Any]) -> Capacity | None:
    """Return a described table's or index's provisioned capacity, or None when it is on demand."""
    # On-demand tables say so; tables that never were anything but provisioned have no summary at all.
    if description.get("BillingModeSummary", {}).get("BillingMode") == "PAY_PER_REQUEST":
        return None
    throughput = description.get("ProvisionedThroughput", {})
    capacity = Capacity(throughput.get("ReadCapacityUnits", 0), throughput.get("WriteCapacityUnits", 0))
    return capacity if any(capacity) else None


def _create(wish: Wish, table: str, key: Key) -> dict[str, Any]:
    request: dict[str, Any] = {
        "TableName": table,
        "AttributeDefinitions": [_definition(key)],
        "KeySchema": _schema(key),
        "TableClass": wish.table_class,
        **_billing(wish.capacity),
    }
    if wish.has_own_key:
        request["SSESpecification"] = {"Enabled": True, "SSEType": "KMS"}
    if wish.tags:
        request["Tags"] = tags(wish)
    return request


def _billing(capacity: Capacity | None) -> dict[str, Any]:
    if capacity is None:
        return {"BillingMode": "PAY_PER_REQUEST"}
    return {"BillingMode": "PROVISIONED", **_throughput(capacity)}


def _throughput(capacity: Capacity | None) -> dict[str, Any]:
    if capacity is None:
        return {}
    return {"ProvisionedThroughput": {"ReadCapacityUnits": capacity.read, "WriteCapacityUnits": capacity.write}}


def _index(capacity: Capacity | None) -> dict[str, Any]:
    return {
        "IndexName": INDEX,
        "KeySchema": _schema(INDEX_KEY),
        "Projection": {"ProjectionType": "ALL"},
        **_throughput(capacity),
    }


def _definition(key: Key) -> dict[str, str]:
    return {"AttributeName": key.name, "AttributeType": key.type}


def _schema(key: Key) -> list[dict[str, str]]:
    return [{"AttributeName": key.name, "KeyType": "HASH"}]
