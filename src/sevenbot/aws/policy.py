"""
The IAM policies: `SevenBot-DynamoDB-Policy` for everything, or least privilege for one function. Pure.

    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["dynamodb:GetItem", ...],
       "Resource": ["arn:aws:dynamodb:us-east-1:123456789012:table/telegram-users", ...]}]}

Raw mail in S3 adds a statement for the objects below the prefix, and one to list the bucket: without it S3 answers
"denied" for an object that is not there, and nobody could tell a mail that is gone from a permission that is.

Source: AWS service authorization reference, Amazon DynamoDB, S3, SQS, CloudWatch Logs, Systems Manager (read 2026-11).
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
    kept: Sequence[str]  # mails that the fetcher kept, below the prefix of SEVENBOT_SPOOL
    inbound: Sequence[str] = ()  # mails that SES kept
    queue: Sequence[str] = ()


#: A group that moves is put under its new id and deleted under its old one: a transaction needs what it is made of.
_ALL_OF_A_USER = ("GetItem", "PutItem", "UpdateItem", "DeleteItem")

#: Each function may do what it does, and nothing else; tests record the calls. Who scans: the webhook for a chat's dead
#: letters, the processor for the items of a mail that vanished. What Lambda itself does with the queue, the function's
#: role must allow.
FUNCTIONS = {
    "telegram-webhook": Needs(
        users=_ALL_OF_A_USER,
        ledger=("GetItem", "UpdateItem", "Scan"),  # UpdateItem: whether the table takes writes, for /readyz
        kept=("GetObject",),
        inbound=("GetObject",),
        queue=("GetQueueUrl", "SendMessage"),
    ),
    "email-processor": Needs(
        users=_ALL_OF_A_USER,
        ledger=("GetItem", "PutItem", "UpdateItem", "Scan"),
        kept=("GetObject",),
        inbound=("GetObject", "DeleteObject"),  # a mail for none but paused addresses is removed
        queue=(
            *("GetQueueUrl", "SendMessage", "ChangeMessageVisibility"),
            *("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"),  # Lambda's own
        ),
    ),
    "email-fetcher": Needs(
        users=("GetItem",),
        ledger=("GetItem", "PutItem", "UpdateItem", "DeleteItem"),  # what was half accepted is taken back
        kept=("GetObject", "PutObject", "DeleteObject"),  # a repeated write is compared, a repeated mail removed
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
    queue: str | None = None
    settings_path: str | None = None  # of SSM Parameter Store: /sevenbot/my-stack/

    def arn(self, service: str, what: str) -> str:
        """Return the ARN of something in this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{what}"

    def table(self, name: str) -> str:
        """Return the ARN of a table."""
        return self.arn("dynamodb", f"table/{name}")


def whole_policy(resources: Resources) -> dict[str, Any]:
    """Return the guide's policy, filled in; with raw mail in S3, what that needs too."""
    users = resources.table(resources.users_table)
    tables = [users, f"{users}/index/*", resources.table(resources.ledger_table)]
    objects = ("GetObject", "PutObject", "DeleteObject")
    return _policy([_allow("dynamodb", ALL, tables), *_bucket(resources, objects)])


def function_policy(resources: Resources, name: str) -> dict[str, Any]:
    """Return the policy of one function: only what it calls, only where it calls it."""
    needs = FUNCTIONS[name]
    users = resources.table(resources.users_table)
    return _policy(
        [
            _allow("dynamodb", needs.users, [users]),
            _allow("dynamodb", ("Query",), [f"{users}/index/{INDEX}"]),
            _allow("dynamodb", needs.ledger, [resources.table(resources.ledger_table)]),
            *_bucket(resources, needs.kept, needs.inbound),
            *_around(resources, needs, name),
        ]
    )


def _around(resources: Resources, needs: Needs, name: str) -> list[dict[str, Any]]:
    """
    Return what belongs to a deployment: its queue, its settings and its logs.

    Decrypting needs no word here: the key of Parameter Store (aws/ssm) allows it to everybody in the account who may
    read the parameter (Systems Manager user guide, "Restricting decryption of SecureString parameter values").
    """
    statements = []
    if resources.queue and needs.queue:
        statements.append(_allow("sqs", needs.queue, [resources.arn("sqs", resources.queue)]))
    if resources.settings_path:
        path = resources.settings_path.strip("/")
        logs = f"log-group:/aws/lambda/{path.rpartition('/')[2]}-{name}:*"
        statements.append(_allow("ssm", ("GetParameter",), [resources.arn("ssm", f"parameter/{path}/*")]))
        statements.append(_allow("logs", ("CreateLogStream", "PutLogEvents"), [resources.arn("logs", logs)]))
    return statements


def _bucket(resources: Resources, kept: Sequence[str], inbound: Sequence[str] = ()) -> list[dict[str, Any]]:
    if resources.bucket is None:
        return []
    bucket, prefix = resources.bucket
    arn = f"arn:{resources.partition}:s3:::{bucket}"
    below = f"{prefix}/" if prefix else ""
    statements = [_allow("s3", kept, [f"{arn}/{below}*"])]
    if inbound:
        statements.append(_allow("s3", inbound, [f"{arn}/inbound/*"]))
    return [*statements, _allow("s3", ("ListBucket",), [arn])]


def _allow(service: str, actions: Sequence[str], resources: list[str]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": [f"{service}:{action}" for action in actions], "Resource": resources}


def _policy(statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": statements}
