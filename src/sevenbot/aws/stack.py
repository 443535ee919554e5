"""
A CloudFormation stack: where it stands, what a change would do, and the change itself with its events. Blocking.

    stack = Stack(aws, "sevenbot")
    change = stack.plan(template, {"Domain": "example.org"})      # a change set; None: nothing to change
    stack.carry_out(change, hear)                                 # every event, until the stack rests

Sources: AWS CloudFormation API reference, CreateChangeSet, ExecuteChangeSet, DescribeStackEvents; user guide, "Stack
status codes" (read 2026-11).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sevenbot.aws.client import Aws, code_of
from sevenbot.errors import StackFailed

#: Between two looks at something that is under way.
PAUSE = timedelta(seconds=2)

#: For a change set, which takes seconds, and for a stack, which takes minutes.
PLAN_PATIENCE = timedelta(minutes=5)
PATIENCE = timedelta(hours=1)

#: A stack of which nothing is there: its creation was planned, or failed and was taken back.
EMPTY = frozenset({"REVIEW_IN_PROGRESS"})
FAILED_CREATION = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"})
STUCK = "UPDATE_ROLLBACK_FAILED"

#: Hears one stack event, as DescribeStackEvents has it.
Hear = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A change set: what executing it would do."""

    name: str
    is_creation: bool
    changes: tuple[dict[str, Any], ...]  # `ResourceChange` of DescribeChangeSet


@dataclass(frozen=True, slots=True)
class Stack:
    """One stack by name; *sleep* waits so many seconds."""

    aws: Aws
    name: str
    sleep: Callable[[float], None] = time.sleep

    def describe(self) -> dict[str, Any] | None:
        """Return the stack (DescribeStacks), or None when there is none."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            found: dict[str, Any] = self._api.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as exc:
            if code_of(exc) == "ValidationError" and "does not exist" in str(exc):
                return None
            raise
        return None if found["StackStatus"] == "DELETE_COMPLETE" else found

    def status(self) -> str:
        """Return the stack's status, "" when there is none."""
        found = self.describe()
        return found["StackStatus"] if found else ""

    def outputs(self) -> dict[str, str]:
        """Return the outputs, {} when there is no stack."""
        found = self.describe() or {}
        return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}

    def resources(self) -> dict[str, str]:
        """Return the physical id of each resource that stands, by logical id."""
        pages = self._api.get_paginator("list_stack_resources").paginate(StackName=self.name)
        return {
            found["LogicalResourceId"]: found.get("PhysicalResourceId", "")
            for page in pages
            for found in page["StackResourceSummaries"]
            if found["ResourceStatus"] != "DELETE_COMPLETE"
        }

    def plan(self, template: str, parameters: Mapping[str, str], tags: Mapping[str, str]) -> Change | None:
        """
        Make a change set and return it, or None when it would change nothing.

        Parameters that are not given stay as they are, or get their defaults when the stack is new.

        Raises:
            StackFailed: CloudFormation refuses the change, with its reason, or takes too long.
        """
        stack = self.describe() or {"StackStatus": "", "Parameters": []}
        is_creation = stack["StackStatus"] in {"", *EMPTY}
        kept = (
            set()
            if is_creation
            else {found["ParameterKey"] for found in stack.get("Parameters", [])} - parameters.keys()
        )
        name = f"deploy-{time.time_ns():x}"
        self._create_change_set(
            ChangeSetName=name,
            ChangeSetType="CREATE" if is_creation else "UPDATE",
            TemplateBody=template,
            Parameters=[
                *({"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()),
                *({"ParameterKey": key, "UsePreviousValue": True} for key in sorted(kept)),
            ],
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        found = self._until_made(name)
        if found["Status"] == "FAILED":
            reason = found.get("StatusReason", "")
            details = [
                f"\n  {each['LogicalResourceId']}: {each['ResourceStatusReason']}"
                for each in self.validation_failures(name)
            ]
            self.discard(Change(name, is_creation, ()))
            if "didn't contain changes" in reason or "No updates are to be performed" in reason:
                return None
            raise StackFailed(f"stack {self.name}: the change is refused: {reason}{''.join(details)}")
        return Change(name, is_creation, tuple(self._changes(name)))

    def discard(self, change: Change) -> None:
        """Remove a change set that is not wanted, and the empty stack that it was to create."""
        self._api.delete_change_set(StackName=self.name, ChangeSetName=change.name)
        if change.is_creation:
            self._api.delete_stack(StackName=self.name)

    def carry_out(self, change: Change, hear: Hear) -> None:
        """Execute a change set; see `follow`."""
        seen = self._event_ids()
        # What a failed creation made is removed again, the data too: there is nothing in it yet.
        self._api.execute_change_set(StackName=self.name, ChangeSetName=change.name, RetainExceptOnCreate=True)
        self.follow(hear, seen)

    def delete(self, hear: Hear) -> None:
        """Delete the stack, and wait until it is gone; data is retained as the template says."""
        found = self.describe()
        if found is None:
            return
        seen = self._event_ids()
        self._api.delete_stack(StackName=self.name)
        Stack(self.aws, found["StackId"], self.sleep).follow(hear, seen)  # a deleted stack is known by its id only

    def go_back(self, hear: Hear) -> None:
        """Continue a rollback that got stuck; see `follow`."""
        seen = self._event_ids()
        self._api.continue_update_rollback(StackName=self.name)
        self.follow(hear, seen)

    def follow(self, hear: Hear, seen: set[str] | None = None) -> None:
        """
        Tell every event that is not among *seen* (None: those to come), until the stack rests.

        Raises:
            StackFailed: It is still under way after an hour.
        """
        known = self._event_ids() if seen is None else seen
        began = time.monotonic()
        while True:
            status = self.status()  # asked first, so that no event is missed at the end
            for event in reversed([event for event in self._events() if event["EventId"] not in known]):
                known.add(event["EventId"])
                hear(event)
            if not status.endswith("_IN_PROGRESS") or status in EMPTY:
                return
            if time.monotonic() - began > PATIENCE.total_seconds():
                raise StackFailed(f"stack {self.name} is still {status} after an hour")
            self.sleep(PAUSE.total_seconds())

    def validation_failures(self, change_set: str | None = None) -> list[dict[str, Any]]:
        """
        Return what CloudFormation found wrong before it began (with a stack or, when given, with a change set).

        Of those the stack's own event only says that there are some. They come in the shape of stack events.
        """
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        where = {"ChangeSetName": change_set, "StackName": self.name} if change_set else {"StackName": self.name}
        pages = self._api.get_paginator("describe_events").paginate(Filters={"FailedEvents": True}, **where)
        try:
            found = [event for page in pages for event in page["OperationEvents"]]
        except ClientError:  # there is no saying why, but what failed is told by another error already
            return []
        return [
            {**event, "ResourceStatus": "VALIDATION_FAILED", "ResourceStatusReason": event["ValidationStatusReason"]}
            for event in found
            if event.get("ValidationStatusReason") and event.get("ValidationFailureMode") != "WARN"
        ]

    def _create_change_set(self, **arguments: Any) -> None:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            self._api.create_change_set(StackName=self.name, **arguments)
        except ClientError as exc:
            if code_of(exc) != "ValidationError":
                raise
            raise StackFailed(f"stack {self.name}: the change is refused: {exc.response['Error']['Message']}") from exc

    def _until_made(self, name: str) -> dict[str, Any]:
        began = time.monotonic()
        while True:
            found: dict[str, Any] = self._api.describe_change_set(StackName=self.name, ChangeSetName=name)
            if found["Status"] in ("CREATE_COMPLETE", "FAILED"):
                return found
            if time.monotonic() - began > PLAN_PATIENCE.total_seconds():
                raise StackFailed(f"stack {self.name}: the change is not planned after five minutes")
            self.sleep(PAUSE.total_seconds() / 4)

    def _changes(self, name: str) -> Iterator[dict[str, Any]]:
        pages = self._api.get_paginator("describe_change_set").paginate(StackName=self.name, ChangeSetName=name)
        for page in pages:
            yield from (change["ResourceChange"] for change in page["Changes"])

    def _events(self) -> Iterator[dict[str, Any]]:
        for page in self._api.get_paginator("describe_stack_events").paginate(StackName=self.name):
            yield from page["StackEvents"]

    def _event_ids(self) -> set[str]:
        return {event["EventId"] for event in self._events()}

    @property
    def _api(self) -> Any:
        return self.aws.client("cloudformation")
