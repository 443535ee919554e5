"""
The SQS queue that the functions work on, and its dead letters.

A message that a consumer reports as failed comes back when its visibility timeout ends; after MAX_RECEIVES it moves to
the dead-letter queue. So a message that only has to wait is hidden for a while, and one that has come often is sent
anew, which counts from one again.

Sources: Amazon SQS developer guide, "Amazon SQS visibility timeout", "Amazon SQS delay queues", "Using dead-letter
queues in Amazon SQS"; AWS Lambda developer guide, "Handling errors for an SQS event source" (read 2026-11).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sevenbot.aws.client import Aws

MAX_RECEIVES = 8
"""After which a message moves to the dead-letter queue; `template.yaml` says the same."""

LONGEST_HIDE = timedelta(hours=11, minutes=50)
"""A message may be hidden for 12 hours in all, counted from when it was received."""

LONGEST_DELAY = timedelta(minutes=15)
"""Of a message that is sent."""

#: While somebody looks through the dead letters, nobody else sees what was looked at.
_LOOKING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that rests in the dead-letter queue."""

    id: str  # SQS's
    receipt_handle: str
    body: str


class SqsQueue:
    """One queue by name; every method may raise StateUnavailable."""

    def __init__(self, aws: Aws, name: str) -> None:
        self._aws = aws
        self._name = name
        self._urls: dict[str, str] = {}

    async def send(self, body: str, delay: timedelta = timedelta(0)) -> None:
        """Send a message that nobody sees before *delay* (LONGEST_DELAY at most) has passed; durable on return."""
        seconds = _whole_seconds(min(delay, LONGEST_DELAY))
        await self._call("send_message", self._name, MessageBody=body, DelaySeconds=seconds)

    async def hide(self, receipt_handle: str, wait: timedelta) -> None:
        """Let a received message come back after *wait* (LONGEST_HIDE at most), not after the queue's own timeout."""
        seconds = _whole_seconds(min(wait, LONGEST_HIDE))
        await self._call(
            "change_message_visibility", self._name, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
        )

    async def check(self) -> None:
        """Raise StateUnavailable unless the queue is there."""
        self._urls.pop(self._name, None)
        await self._url(self._name)

    async def dead_letters(self) -> list[Letter]:
        """Return what rests in the dead-letter queue; for two minutes nobody else sees it there."""
        name = await self._dead_name()
        found: dict[str, Letter] = {}
        while name is not None:
            answer = await self._call(
                "receive_message", name, MaxNumberOfMessages=10, VisibilityTimeout=int(_LOOKING.total_seconds())
            )
            page = [Letter(m["MessageId"], m["ReceiptHandle"], m["Body"]) for m in answer.get("Messages", [])]
            if not page:
                break
            found.update({letter.id: letter for letter in page})
        return list(found.values())

    async def put_back(self, letter: Letter) -> None:
        """Let others see a dead letter again at once."""
        name = await self._dead_name()
        if name is not None:
            await self._call(
                "change_message_visibility", name, ReceiptHandle=letter.receipt_handle, VisibilityTimeout=0
            )

    async def remove(self, letter: Letter) -> None:
        """Remove a dead letter for good."""
        name = await self._dead_name()
        if name is not None:
            await self._call("delete_message", name, ReceiptHandle=letter.receipt_handle)

    async def _dead_name(self) -> str | None:
        """Return the name of the dead-letter queue that the queue's redrive policy names, or None."""
        answer = await self._call("get_queue_attributes", self._name, AttributeNames=["RedrivePolicy"])
        policy = answer.get("Attributes", {}).get("RedrivePolicy")
        return str(json.loads(policy)["deadLetterTargetArn"]).rpartition(":")[2] if policy else None

    async def _call(self, operation: str, name: str, **arguments: Any) -> dict[str, Any]:
        return await self._aws.call("sqs", operation, QueueUrl=await self._url(name), **arguments)

    async def _url(self, name: str) -> str:
        if name not in self._urls:
            self._urls[name] = (await self._aws.call("sqs", "get_queue_url", QueueName=name))["QueueUrl"]
        return self._urls[name]


def _whole_seconds(wait: timedelta) -> int:
    """Round up: what comes too early has come for nothing."""
    return max(0, math.ceil(wait.total_seconds()))
