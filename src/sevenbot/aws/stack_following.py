"""
The events of a stack as they come. Blocking.

Source: AWS CloudFormation API reference, DescribeStackEvents (read 2026-11): all events, the newest first.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

#: Hears one stack event, as DescribeStackEvents has it.
Hear = Callable[[Mapping[str, Any]], None]


class Following:
    """Tells *hear* the events of a stack that come from now on; *api* is a client of CloudFormation."""

    def __init__(self, api: Any, stack_id: str, hear: Hear) -> None:
        self._id = stack_id
        self._api = api
        self._hear = hear
        self._newest = next((event["EventId"] for event in self._from_the_end()), "")

    def tell(self) -> list[dict[str, Any]]:
        """Tell what came since the last call, and return it, in the order it happened."""
        came = list(itertools.takewhile(lambda event: event["EventId"] != self._newest, self._from_the_end()))[::-1]
        for event in came:
            self._hear(event)
        if came:
            self._newest = came[-1]["EventId"]
        return came

    def _from_the_end(self) -> Iterator[dict[str, Any]]:
        for page in self._api.get_paginator("describe_stack_events").paginate(StackName=self._id):
            yield from page["StackEvents"]


def is_end(event: Mapping[str, Any]) -> bool:
    """Say whether it is the stack's own last event of an operation."""
    return event["PhysicalResourceId"] == event["StackId"] and not event["ResourceStatus"].endswith("_IN_PROGRESS")
