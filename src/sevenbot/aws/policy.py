"""
The IAM policies: `SevenBot-DynamoDB-Policy` for everything, or least privilege for one function. Pure.

    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["dynamodb:GetItem", ...],
       "Resource": ["arn:aws:dynamodb:us-east-1:123456789012:table/telegram-users", ...]}]}

Raw mail in S3 adds a statement for the objects below the prefix, and one to list the bucket: without it S3 answers
"denied" for an object that is not there, and nobody could tell a mail that is gone from a permission that is.

Source: AWS service authorization reference, Amazon DynamoDB and Amazon S3 (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sevenbot.aws.layout import INDEX

NAME = "SevenBot-DynamoDB-Policy"

#: What the policy of the setup guide allows, in its order.
ALL = ("GetItem", "PutItem", "UpdateItem", "Query", "Scan", "DeleteItem")


@dataclass(frozen=True, slots=True)
class Needs:
    """The actions of one function, by what they are done on."""

    users: Sequence[str]
    ledger: Sequence[str]
    objects: Sequence[str]
    looks_up: bool = True  # an address, through the index


#: Transactions need the actions they are made of. Nobody but the webhook scans: it looks for a chat's dead letters.
FUNCTIONS = {
    "telegram-webhook": Needs(
        users=("GetItem", "PutItem", "UpdateItem", "DeleteItem"),  # a group that moves is put and deleted
        ledger=("GetItem", "UpdateItem", "Scan"),
        objects=("GetObject",),
    ),
    "email-processor": Needs(
        users=("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
        ledger=("GetItem", "PutItem", "UpdateItem", "DeleteItem"),  # items of a half-accepted mail are taken back
        objects=("GetObject",),
    ),
    "email-fetcher": Needs(
        users=("GetItem",),
        ledger=("GetItem", "PutItem", "DeleteItem"),
        objects=("GetObject", "PutObject"),  # a repeated write is compared with what stands
    ),
}


@dataclass(frozen=True, slots=True)
class Resources:
    """What the policy is about."""

    account: str
    region: str
    users_table: str
    ledger_table: str
    bucket: tuple[str, str] | None = None  # and its prefix
    partition: str = "aws"  # aws-cn, aws-us-gov

    def table(self, name: str) -> str:
        """Return the ARN of a table."""
        return f"arn:{self.partition}:dynamodb:{self.region}:{self.account}:table/{name}"


def whole_policy(resources: Resources) -> dict[str, Any]:
    """Return the guide's policy, filled in; with raw mail in S3, what that needs too."""
    users = resources.table(resources.users_table)
    tables = [users, f"{users}/index/*", resources.table(resources.ledger_table)]
    objects = ("GetObject", "PutObject", "DeleteObject")
    return _policy([_allow("dynamodb", ALL, tables), *_bucket(resources, objects)])


def function_policy(resources: Resources, needs: Needs) -> dict[str, Any]:
    """Return the policy of one function: only what it calls, only where it calls it."""
    users = resources.table(resources.users_table)
    statements = [
        _allow("dynamodb", needs.users, [users]),
        *([_allow("dynamodb", ("Query",), [f"{users}/index/{INDEX}"])] if needs.looks_up else []),
        _allow("dynamodb", needs.ledger, [resources.table(resources.ledger_table)]),
        *_bucket(resources, needs.objects),
    ]
    return _policy(statements)


def _bucket(resources: Resources, actions: Sequence[str]) -> list[dict[str, Any]]:
    if resources.bucket is None:
        return []
    bucket, prefix = resources.bucket
    arn = f"arn:{resources.partition}:s3:::{bucket}"
    below = f"{prefix}/" if prefix else ""
    return [_allow("s3", actions, [f"{arn}/{below}*"]), _allow("s3", ("ListBucket",), [arn])]


def _allow(service: str, actions: Sequence[str], resources: list[str]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": [f"{service}:{action}" for action in actions], "Resource": resources}


def _policy(statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}
