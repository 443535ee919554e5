"""
The functions as they stand on AWS: real queue, bucket, tables and parameters of an emulator, a simulated Telegram, and
the handlers called in this process as Lambda's poller calls them.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from sevenbot import lambdas
from sevenbot.functions import invocation
from sevenbot.warm import Warm
from tests.aws import ministack
from tests.journeys.machine import DOMAIN, TOKEN, TelegramProcess, wait_until

SECRET = "a-webhook-secret"
ADDRESS = f"maple-otter-k7m4qx92@{DOMAIN}"
_NUMBERS = itertools.count()

MAIL = (
    b"From: Bob <bob@example.net>\r\nTo: %s\r\nSubject: The papers\r\nMessage-ID: <papers@example.net>\r\n\r\n"
    b"Please bring the signed papers on Tuesday at ten.\r\n" % ADDRESS.encode()
)


@dataclass
class FakeContext:
    """What Lambda tells an invocation; *seconds* it has left."""

    seconds: float = 120.0
    aws_request_id: str = "5f0c-request"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


@dataclass
class Cloud:
    """One deployment."""

    url: str
    telegram: TelegramProcess
    users: str
    ledger: str
    bucket: str
    queue_url: str
    dead_url: str
    environ: dict[str, str]
    warm: Warm
    chat: int = field(default_factory=lambda: 5000 + 10 * next(_NUMBERS))  # one simulator serves many
    context: FakeContext = field(default_factory=FakeContext)

    def client(self, service: str) -> Any:
        return ministack.client(self.url, service)

    def restart(self) -> None:
        """Let the next invocation be a cold start."""
        self.warm.close()
        self.warm = invocation.WARM = Warm(self.environ)

    # what others do

    def user(self, chat_id: int | None = None, address: str = ADDRESS, **attributes: Any) -> None:
        chat_id = chat_id or self.chat
        self.client("dynamodb").put_item(
            TableName=self.users,
            Item={
                "chat_id": {"N": str(chat_id)},
                "email_address": {"S": address},
                "created_at": {"S": "2026-11-02T10:00:00Z"},
                "email_count": {"N": "0"},
                **attributes,
            },
        )
        who = {"id": chat_id, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        self.telegram.say("hello", who)  # who never wrote to the bot cannot be written to

    def put(self, raw: bytes = MAIL, key: str | None = None, **more: Any) -> str:
        """Put a mail where SES does, and return its key."""
        key = key or f"inbound/o3vrnil0e2ic28tr{next(_NUMBERS)}"
        self.client("s3").put_object(Bucket=self.bucket, Key=key, Body=raw, **more)
        return key

    def notice(self, key: str, *recipients: str, wrapped: bool = True, **changes: Any) -> str:
        """Return what SES tells of the mail with this key, by SNS or (not wrapped) as SNS delivers it raw."""
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
        body = {
            "notificationType": "Received",
            "receipt": {
                "timestamp": now,
                "processingTimeMillis": 574,
                "recipients": list(recipients or (ADDRESS,)),
                "spamVerdict": {"status": "PASS"},
                "virusVerdict": {"status": "PASS"},
                "spfVerdict": {"status": "PASS"},
                "dkimVerdict": {"status": "GRAY"},
                "dmarcVerdict": {"status": "PASS"},
                "action": {
                    "type": "S3",
                    "topicArn": f"arn:aws:sns:{ministack.REGION}:{ministack.ACCOUNT}:mail",
                    "bucketName": self.bucket,
                    "objectKeyPrefix": "inbound/",
                    "objectKey": key,
                },
            },
            "mail": {
                "timestamp": now,
                "source": "bob@example.net",
                "messageId": key.removeprefix("inbound/"),
                "destination": list(recipients or (ADDRESS,)),
                "headersTruncated": False,
                "headers": [],
                "commonHeaders": {},
            },
            **changes,
        }
        return sns(json.dumps(body)) if wrapped else json.dumps(body)

    def stored(self, key: str, *, name: str = "ObjectCreated:Put") -> str:
        """Return what S3 tells of an object."""
        s3 = {"s3SchemaVersion": "1.0", "bucket": {"name": self.bucket}, "object": {"key": key, "size": 1}}
        record = {"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": ministack.REGION, "eventName": name}
        return json.dumps({"Records": [{**record, "s3": s3}]})

    def send(self, *bodies: str) -> None:
        for body in bodies:
            self.client("sqs").send_message(QueueUrl=self.queue_url, MessageBody=body)

    # what Lambda's poller does

    def receive(self) -> dict[str, Any]:
        """Return an event with all messages that can be seen."""
        answer = self.client("sqs").receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        )
        return {"Records": [_record(message) for message in answer.get("Messages", [])]}

    def invoke(self, event: dict[str, Any] | None = None) -> list[str]:
        """Have the processor work on *event*, or on what is in the queue, and remove what it has done."""
        event = self.receive() if event is None else event
        answer = lambdas.email_processor(event, self.context)
        kept = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
        for record in event["Records"]:
            if record["messageId"] not in kept:
                with contextlib.suppress(self.client("sqs").exceptions.ReceiptHandleIsInvalid):  # done before
                    self._remove(record)
        return kept

    def _remove(self, record: dict[str, Any]) -> None:
        self.client("sqs").delete_message(QueueUrl=self.queue_url, ReceiptHandle=record["receiptHandle"])

    def come_to_light(self, event: dict[str, Any]) -> None:
        """Let the messages of *event* be seen again at once."""
        for record in event["Records"]:
            self.client("sqs").change_message_visibility(
                QueueUrl=self.queue_url, ReceiptHandle=record["receiptHandle"], VisibilityTimeout=0
            )

    def receive_later(self, count: int = 1) -> dict[str, Any]:
        """Return an event with so many messages, once they can be seen."""
        found: list[dict[str, Any]] = []

        def are_there() -> bool:
            found.extend(self.receive()["Records"])
            return len(found) >= count

        wait_until(are_there, what=f"{count} messages")
        return {"Records": found}

    # what API Gateway does

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Make one request of the HTTP API, and return the answer."""
        return lambdas.telegram_webhook(self.request(path, method, body, headers), self.context)

    def request(
        self, path: str, method: str = "GET", body: str | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Return what API Gateway makes of a request (HTTP API, payload 2.0)."""
        return {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": "",
            "headers": {"host": "abc.execute-api.eu-central-1.amazonaws.com", **(headers or {})},
            "requestContext": {
                "accountId": ministack.ACCOUNT,
                "apiId": "abc",
                "domainName": "abc.execute-api.eu-central-1.amazonaws.com",
                "http": {
                    "method": method,
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.1",
                    "userAgent": "agent",
                },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": "$default",
                "stage": "$default",
                "time": "12/Mar/2026:19:03:58 +0000",
                "timeEpoch": 1583348638390,
            },
            "isBase64Encoded": False,
            **({} if body is None else {"body": body}),
        }

    def update(self, secret: str | None = SECRET, **update: Any) -> int:
        """Post an update as Telegram does, and return the status of the answer."""
        headers = {"content-type": "application/json"}
        if secret is not None:
            headers["x-telegram-bot-api-secret-token"] = secret
        body = json.dumps({"update_id": next(_NUMBERS), **update})
        status: int = self.ask("/telegram/webhook", "POST", body, headers)["statusCode"]
        return status

    def write(self, text: str, **chat: Any) -> int:
        """Have the person of the chat say something to the bot."""
        who = {"id": self.chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        self.telegram.say("hello", who)  # the simulator knows the chat now
        message = {"message_id": 1, "date": 1, "from": who, "text": text}
        return self.update(message={**message, "chat": {"id": self.chat, "type": "private", **chat}})

    def press(self, data: str) -> int:
        """Have the person press a button."""
        who = {"id": self.chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        message = {"message_id": 7, "date": 1, "chat": {"id": self.chat, "type": "private"}}
        query = {"id": str(next(_NUMBERS)), "from": who, "chat_instance": "1", "message": message, "data": data}
        return self.update(callback_query=query)

    # what is there afterwards

    def items(self) -> list[dict[str, Any]]:
        return [
            {name: next(iter(value.values())) for name, value in item.items()}
            for item in self.client("dynamodb").scan(TableName=self.ledger)["Items"]
            if "status" in item  # else it is the position in a mailbox
        ]

    def statuses(self) -> list[str]:
        return sorted(item["status"] for item in self.items())

    def waiting(self, url: str | None = None) -> dict[str, int]:
        """Return how many messages can be seen, are in flight (hidden), and are delayed."""
        names = [f"ApproximateNumberOfMessages{kind}" for kind in ("", "NotVisible", "Delayed")]
        found = self.client("sqs").get_queue_attributes(QueueUrl=url or self.queue_url, AttributeNames=names)
        return {
            kind: int(found["Attributes"][name])
            for kind, name in zip(("seen", "hidden", "delayed"), names, strict=True)
        }

    def objects(self) -> list[str]:
        answer = self.client("s3").list_objects_v2(Bucket=self.bucket)
        return [entry["Key"] for entry in answer.get("Contents", [])]

    def said(self, text: str = "The papers", chat_id: int | None = None) -> list[str]:
        """Return the messages in a chat that contain *text*."""
        found = [message for message in self.telegram.messages() if message["chat_id"] == (chat_id or self.chat)]
        return [message["text"] for message in found if text in message["text"]]


def sns(message: str) -> str:
    """Return *message* as SNS brings it to a queue."""
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": "d88d4479-6ec0-54fe-b63f-1cf9df4bb16e",
            "TopicArn": f"arn:aws:sns:{ministack.REGION}:{ministack.ACCOUNT}:mail",
            "Subject": "Amazon SES Email Receipt Notification",
            "Message": message,
            "Timestamp": "2026-11-02T10:00:00.287Z",
            "SignatureVersion": "1",
            "Signature": "tEo2i6Lw",
        }
    )


@contextlib.contextmanager
def cloud(telegram: TelegramProcess, url: str | None = None, **settings: str) -> Iterator[Cloud]:
    """Make everything anew at *url* (an emulator), and turn the SDK and the functions of this process to it."""
    url = url or ministack.running()
    users, ledger = ministack.make_tables(url)
    bucket = ministack.make_bucket(url)
    ministack.client(url, "s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    stack = f"test-{os.getpid()}-{next(_NUMBERS)}"
    queue_url, dead_url = _make_queues(url, stack)
    for name, value in {"TELEGRAM_BOT_TOKEN": TOKEN, "SEVENBOT_WEBHOOK_SECRET": SECRET}.items():
        ministack.client(url, "ssm").put_parameter(Name=f"/sevenbot/{stack}/{name}", Value=value, Type="SecureString")
    environ = {
        "SEVENBOT_DOMAIN": DOMAIN,
        "SEVENBOT_STATE": "dynamodb://",
        "SEVENBOT_USERS_TABLE": users,
        "SEVENBOT_LEDGER_TABLE": ledger,
        "SEVENBOT_SPOOL": f"s3://{bucket}/raw",
        "SEVENBOT_QUEUE": f"sqs://{stack}-mail",
        "SEVENBOT_TELEGRAM_API_URL": telegram.url,
        "SEVENBOT_SSM_PATH": f"/sevenbot/{stack}/",
        **settings,
    }
    with ministack.environment(url):
        warm = Warm(environ)
        with mock.patch.object(invocation, "WARM", warm):
            deployed = Cloud(url, telegram, users, ledger, bucket, queue_url, dead_url, environ, warm)
            try:
                yield deployed
            finally:
                deployed.warm.close()


def _make_queues(url: str, stack: str) -> tuple[str, str]:
    sqs = ministack.client(url, "sqs")
    dead_url = sqs.create_queue(QueueName=f"{stack}-dead")["QueueUrl"]
    dead_arn = f"arn:aws:sqs:{ministack.REGION}:{ministack.ACCOUNT}:{stack}-dead"
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 8})
    queue_url = sqs.create_queue(
        QueueName=f"{stack}-mail", Attributes={"VisibilityTimeout": "720", "RedrivePolicy": redrive}
    )["QueueUrl"]
    return queue_url, dead_url


def _record(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{ministack.REGION}:{ministack.ACCOUNT}:mail",
        "awsRegion": ministack.REGION,
    }
