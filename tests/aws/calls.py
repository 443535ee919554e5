"""The real session with something between it and the table: answers that get lost, calls that fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sevenbot.aws.client import Aws, Refused
from tests.aws import ministack

WRITES = ("put_item", "update_item", "delete_item", "transact_write_items")


class Calls:
    """Stands in for the session."""

    def __init__(self, on_call: Callable[..., Any]) -> None:
        self._on_call = on_call

    async def call(self, service: str, operation: str, **arguments: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self._on_call(ministack.session(), service, operation, arguments)
        return answer


async def send_twice(aws: Aws, service: str, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Do as the SDK does when the first answer gets lost."""
    if operation in WRITES:
        await aws.call(service, operation, **arguments)
    try:
        return await aws.call(service, operation, **arguments)
    except Refused as exc:
        exc.response["ResponseMetadata"]["RetryAttempts"] = 1
        raise
