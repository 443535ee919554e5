"""
What a change set would do, in words; and what no change set may do: replace or remove the data. Pure.

Source: AWS CloudFormation API reference, ResourceChange (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Users, mails and their bucket, by logical id.
DATA = ("UsersTable", "LedgerTable", "MailBucket")

#: What makes a table or bucket another one ("Update requires: Replacement", for a key under conditions).
IDENTITY = frozenset({"TableName", "BucketName", "KeySchema", "LocalSecondaryIndexes"})


@dataclass(frozen=True, slots=True)
class Row:
    """One resource in the plan."""

    action: str  # "add", "change", "replace", "may replace", "remove"
    resource: str  # logical id
    kind: str  # "DynamoDB::Table"
    details: str  # what changes: "Code, Environment"


def rows(changes: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return what is added, changed and removed; the data first, since it matters most."""
    found = [
        Row(
            _action(change), change["LogicalResourceId"], change["ResourceType"].removeprefix("AWS::"), _details(change)
        )
        for change in changes
    ]
    return sorted(found, key=lambda row: (row.resource not in DATA, row.action, row.resource))


def refusals(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return why a change set must not be executed: a line for each table or bucket that it would replace or drop."""
    return [
        f"{row.resource}: would be {'removed from the stack' if row.action == 'remove' else 'replaced by an empty one'}"
        + (f", because of {row.details}" if row.details else "")
        for row in rows(changes)
        if row.resource in DATA and _costs_data(row)
    ]


def _costs_data(row: Row) -> bool:
    # "may replace" is said of any change that depends on another resource; only these properties could.
    return row.action in ("replace", "remove") or (
        row.action == "may replace" and bool(IDENTITY & set(row.details.split(", ")))
    )


def _action(change: Mapping[str, Any]) -> str:
    match change["Action"], change.get("Replacement"):
        case "Add", _:
            return "add"
        case "Remove", _:
            return "remove"
        case _, "True":
            return "replace"
        case _, "Conditional":
            return "may replace"
        case _:
            return "change"


def _details(change: Mapping[str, Any]) -> str:
    targets = [detail.get("Target", {}) for detail in change.get("Details", [])]
    return ", ".join(sorted({target.get("Name") or target.get("Attribute", "") for target in targets} - {""}))
