"""Each function's policy and the calls it makes, recorded: it may make them all, and may nothing that it never does."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any
from unittest import mock

import pytest
from botocore.client import BaseClient

from sevenbot.aws.client import CONNECT_TIMEOUT
from sevenbot.aws.policy import Resources, function_policy
from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import StateUnavailable
from sevenbot.state.dynamodb_acceptance import Acceptance
from sevenbot.state.ledger import Item
from sevenbot.state.positions import Position
from sevenbot.wiring import App
from tests.aws import ministack
from tests.aws.cloud import ADDRESS, MAIL, Cloud, cloud
from tests.journeys.machine import telegram

Call = tuple[str, str]  # what and on what: ("dynamodb:GetItem", "arn:aws:dynamodb:...:table/telegram-users")

#: Actions whose names are not those of the calls.
ACTIONS = {"HeadObject": "GetObject", "ListObjectsV2": "ListBucket"}

#: Allowed and never called by us, and why.
NOT_OURS = {
    "sqs:ReceiveMessage": "Lambda's poller",
    "sqs:DeleteMessage": "Lambda's poller",
    "sqs:GetQueueAttributes": "Lambda's poller",
    "logs:CreateLogStream": "Lambda's log",
    "logs:PutLogEvents": "Lambda's log",
    "s3:ListBucket": "without it S3 says 'denied' for a mail that is gone",
}


class Recorder:
    """The calls that clients of the SDK make."""

    def __init__(self) -> None:
        self.calls: set[Call] = set()

    def note(self, client: Any, operation: str, arguments: dict[str, Any]) -> None:
        service = client.meta.service_model.service_name
        if operation == "TransactWriteItems":
            for write in arguments["TransactItems"]:
                ((verb, how),) = write.items()
                self.calls.add((f"dynamodb:{verb}Item", arn("dynamodb", f"table/{how['TableName']}")))
        else:
            action = ACTIONS.get(operation, operation)
            self.calls.add((f"{service}:{action}", resource(service, arguments)))


def arn(service: str, what: str) -> str:
    return f"arn:aws:{service}:{ministack.REGION}:{ministack.ACCOUNT}:{what}"


def resource(service: str, arguments: dict[str, Any]) -> str:
    match service:
        case "dynamodb":
            index = f"/index/{arguments['IndexName']}" if "IndexName" in arguments else ""
            return arn(service, f"table/{arguments['TableName']}{index}")
        case "s3":
            return "arn:aws:s3:::" + "/".join(arguments[name] for name in ("Bucket", "Key") if name in arguments)
        case "sqs":
            return arn(service, arguments.get("QueueName") or arguments["QueueUrl"].rpartition("/")[2])
        case _:
            return arn(service, f"parameter{arguments['Name']}")


@pytest.fixture(scope="module")
def aws() -> Iterator[Cloud]:
    handlers = logging.getLogger().handlers[:]
    with telegram() as simulator, cloud(simulator) as deployed:
        yield deployed
    logging.getLogger().handlers[:] = handlers


def recorded(work: Callable[[], None]) -> set[Call]:
    """Return the calls made by the functions' own session while *work* runs."""
    recorder, real = Recorder(), BaseClient._make_api_call

    def noting(client: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if client.meta.config.connect_timeout == CONNECT_TIMEOUT.total_seconds():  # the tests' own have another
            recorder.note(client, operation, arguments)
        return real(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", noting):
        work()
    return recorder.calls


def allowed(aws: Cloud, name: str) -> set[Call]:
    resources = Resources(
        ministack.ACCOUNT,
        ministack.REGION,
        aws.users,
        aws.ledger,
        (aws.bucket, "raw"),
        queue=aws.environ["SEVENBOT_QUEUE"].removeprefix("sqs://"),
        settings_path=aws.environ["SEVENBOT_SSM_PATH"],
    )
    statements = function_policy(resources, name)["Statement"]
    return {(a, r) for statement in statements for a in statement["Action"] for r in statement["Resource"]}


def check(aws: Cloud, name: str, calls: set[Call]) -> None:
    may = allowed(aws, name)
    forbidden = {call for call in calls if not any(permits(permission, call) for permission in may)}
    idle = {permission for permission in may if not any(permits(permission, call) for call in calls)}

    assert forbidden == set(), "the policy forbids what the function does"
    assert {action for action, _ in idle} - set(NOT_OURS) == set(), "the policy allows what the function never does"


def permits(permission: Call, call: Call) -> bool:
    return permission[0] == call[0] and fnmatchcase(call[1], permission[1])


def keep(aws: Cloud, subject: bytes = b"The papers") -> str:
    """Keep a mail as the fetcher does, and return its item's id."""

    async def work(app: App) -> str:
        envelope = Envelope("bob@example.net", (Recipient(aws.chat, ADDRESS),), datetime.now(UTC), "imap")
        (receipt,) = await app.spool.accept(MAIL.replace(b"The papers", subject), envelope)
        return receipt.message_id

    return aws.warm.run(work)


def test_the_webhook_does_what_its_policy_says(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.invoke()
    inbound, kept = aws.items()[0]["message_id"], keep(aws, b"kept")
    dead = keep(aws, b"dead")
    aws.client("dynamodb").update_item(
        TableName=aws.ledger,
        Key={"message_id": {"S": dead}},
        UpdateExpression="SET #s = :s",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={":s": {"S": "dead"}},
    )
    aws.client("dynamodb").delete_item(TableName=aws.users, Key={"chat_id": {"N": str(aws.chat)}})
    aws.restart()

    def work() -> None:
        assert aws.ask("/readyz")["statusCode"] == 200
        assert aws.write("/register") == 200
        assert aws.write("/deactivate") == 200
        for data in (f"r:{inbound}", f"t:{kept}", "d:all"):
            assert aws.press(data) == 200
        group = {"id": aws.chat, "type": "group", "title": "x"}
        move = {"message_id": 3, "date": 1, "chat": group, "migrate_to_chat_id": -1000 - aws.chat}
        assert aws.update(message=move) == 200
        aws.client("dynamodb").delete_item(TableName=aws.users, Key={"chat_id": {"N": str(-1000 - aws.chat)}})

    check(aws, "telegram-webhook", recorded(work))


def test_the_processor_does_what_its_policy_says(aws: Cloud) -> None:
    aws.client("dynamodb").delete_item(TableName=aws.users, Key={"chat_id": {"N": str(-1000 - aws.chat)}})
    aws.user()
    paused = f"birch-fox-a2b3c4d5@{ADDRESS.partition('@')[2]}"
    aws.user(aws.chat + 1, paused, status={"S": "paused"})
    aws.receive()  # hide what other tests left
    kept = keep(aws, b"kept for the processor")
    raw_key = next(item["raw_key"] for item in aws.items() if item["message_id"] == kept)
    aws.restart()

    def work() -> None:
        aws.send(aws.notice(aws.put(MAIL.replace(b"papers", b"contract"))), aws.notice(aws.put(), paused))
        aws.send(aws.stored(f"raw/{raw_key}"))
        aws.send(json.dumps({"sevenbot": {"message_id": kept, "reopen": "2026-11-02T10:00:00Z"}}))
        event = aws.receive()
        aws.invoke({"Records": event["Records"][:3]})
        aws.client("dynamodb").update_item(
            TableName=aws.ledger,
            Key={"message_id": {"S": kept}},
            UpdateExpression="SET #s = :s, updated_at = :t",
            ExpressionAttributeNames={"#s": "status"},
            ExpressionAttributeValues={":s": {"S": "dead"}, ":t": {"S": "2026-11-01T10:00:00Z"}},
        )
        aws.telegram.fail("429", retry_after=500)
        aws.invoke({"Records": event["Records"][3:]})
        event["Records"][3]["attributes"]["ApproximateReceiveCount"] = "5"
        aws.invoke({"Records": event["Records"][3:]})
        event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "8"
        event["Records"][0]["body"] = aws.notice("inbound/vanished")
        aws.invoke({"Records": event["Records"][:1]})
        aws.telegram.recover()
        # A group that becomes a supergroup while a mail is on its way.
        aws.warm.run(lambda app: app.state.users.move(aws.chat, -2000 - aws.chat))

    check(aws, "email-processor", recorded(work))


def test_the_fetcher_does_what_its_policy_says(aws: Cloud) -> None:
    aws.restart()

    async def half_accepted(app: App) -> None:
        """Of two items, put one and have the other fail: the first is taken back."""
        put = Acceptance._put

        async def second_fails(acceptance: Acceptance, item: Item) -> bool:
            if item.email_address != ADDRESS:
                await asyncio.sleep(0.2)
                raise StateUnavailable("as the test says")
            return await put(acceptance, item)

        recipients = (Recipient(aws.chat, ADDRESS), Recipient(43, "other@example.org"))
        envelope = Envelope("", recipients, datetime.now(UTC), "imap")
        with mock.patch.object(Acceptance, "_put", second_fails), contextlib.suppress(StateUnavailable):
            await app.spool.accept(MAIL + b"half", envelope)

    async def positions(app: App) -> None:
        assert await app.state.positions.get("x") is None
        await app.state.positions.set("x", Position(1, 2, 3, ()))

    async def written_before(app: App) -> None:
        with mock.patch("sevenbot.spool.s3.secrets.token_hex", return_value="0" * 32):
            for _ in range(2):
                await app.store.put(b"x", datetime.now(UTC))

    aws.user()

    def work() -> None:
        aws.warm.run(lambda app: app.resolve(ADDRESS))
        for _ in range(2):
            keep(aws, b"twice")
        for part in (half_accepted, positions, written_before):
            aws.warm.run(part)

    check(aws, "email-fetcher", recorded(work))
