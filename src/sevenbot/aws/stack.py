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
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sevenbot.aws.client import Aws, code_of
from sevenbot.aws.stack_following import Following, Hear, is_end
from sevenbot.errors import StackFailed

#: Between two looks at something that is under way.
PAUSE = timedelta(seconds=2)

#: For a change set, which takes seconds, and for a stack, which takes minutes.
PLAN_PATIENCE = timedelta(minutes=5)
PATIENCE = timedelta(hours=1)

#: What was asked for is done.
SETTLED = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE"})

#: A stack of which nothing is there: its creation was planned, or failed and was taken back.
EMPTY = frozenset({"REVIEW_IN_PROGRESS"})
FAILED_CREATION = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"})
STUCK = "UPDATE_ROLLBACK_FAILED"

#: What is said of a change set after another one was executed.
OVERTAKEN = frozenset({"ChangeSetNotFound", "InvalidChangeSetStatus"})

#: A change set of which nothing is to come.
GONE = frozenset({"DELETE_PENDING", "DELETE_IN_PROGRESS", "DELETE_COMPLETE"})


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

    def parameters(self) -> dict[str, str]:
        """Return the values of the template's parameters, {} when there is no stack."""
        found = self.describe() or {}
        return {one["ParameterKey"]: one["ParameterValue"] for one in found.get("Parameters", [])}

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
        is_creation = self.status() in {"", *EMPTY}
        kept = set() if is_creation else self.parameters().keys() - parameters.keys()
        change = Change(f"deploy-{time.time_ns():x}", is_creation, ())
        self._create_change_set(
            ChangeSetName=change.name,
            ChangeSetType="CREATE" if is_creation else "UPDATE",
            TemplateBody=template,
            Parameters=[
                *({"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()),
                *({"ParameterKey": key, "UsePreviousValue": True} for key in sorted(kept)),
            ],
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        made = None
        try:
            made = self._made(change)
        finally:
            if made is None:  # refused, or nothing to change, or interrupted: who only asked leaves nothing behind
                self.discard(change)
        return made

    def discard(self, change: Change) -> None:
        """Remove a change set that is not wanted, and the stack that it was to create, unless another creates it."""
        self._api.delete_change_set(StackName=self.name, ChangeSetName=change.name)
        if change.is_creation and self.status() in EMPTY and not self._has_change_sets():
            self._api.delete_stack(StackName=self.name)

    def _has_change_sets(self) -> bool:
        found = self._api.list_change_sets(StackName=self.name)["Summaries"]
        return any(each["Status"] not in GONE for each in found)

    def carry_out(self, change: Change, hear: Hear) -> str:
        """
        Execute a change set, tell its events, and return the status it ends in.

        Raises:
            StackFailed: Another change came first.
        """
        # What a failed creation made is removed again, the data too: there is nothing in it yet.
        arguments = {"ChangeSetName": change.name, "RetainExceptOnCreate": True}
        with self._overtaken():
            return self._until_done("execute_change_set", hear, arguments)

    def must_be_next(self, change: Change) -> None:
        """Raise StackFailed unless a change set can still be executed: with the first, all others are dropped."""
        with self._overtaken():
            found = self._api.describe_change_set(StackName=self.name, ChangeSetName=change.name)
        if found["ExecutionStatus"] != "AVAILABLE":
            raise self._another_came_first()

    def _another_came_first(self) -> StackFailed:
        return StackFailed(
            f"stack {self.name}: another deployment came first, so this one was not carried out\n"
            "  → call it again when that one is done: it shows what is left to change"
        )

    @contextmanager
    def _overtaken(self) -> Iterator[None]:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            yield
        except ClientError as exc:
            if code_of(exc) not in OVERTAKEN:
                raise
            raise self._another_came_first() from exc

    def delete(self, hear: Hear) -> None:
        """Delete the stack, and wait until it is gone; data is retained as the template says."""
        if self.describe() is not None:
            self._until_done("delete_stack", hear, {})

    def go_back(self, hear: Hear) -> None:
        """Continue a rollback that got stuck, and wait for its end."""
        self._until_done("continue_update_rollback", hear, {})

    def follow(self, hear: Hear) -> None:
        """
        Tell the events to come of what is under way, until the stack rests.

        Raises:
            StackFailed: It is still under way after an hour.
        """
        events = self._events(hear)
        began = time.monotonic()
        while self.status().endswith("_IN_PROGRESS"):
            events.tell()
            self._wait(began)
        events.tell()

    def _until_done(self, operation: str, hear: Hear, arguments: dict[str, Any]) -> str:
        """Begin something, and tell its events to the last, which is the stack's own: its status lags behind."""
        events = self._events(hear)
        getattr(self._api, operation)(StackName=self.name, **arguments)
        began = time.monotonic()
        while True:
            for event in events.tell():
                if is_end(event):
                    return str(event["ResourceStatus"])
            self._wait(began)

    def _events(self, hear: Hear) -> Following:
        """Return the events from now on; by the stack's id, since by its name a deleted one is not found."""
        found = self.describe()
        return Following(self._api, found["StackId"] if found else self.name, hear)

    def _wait(self, began: float) -> None:
        if time.monotonic() - began > PATIENCE.total_seconds():
            raise StackFailed(f"stack {self.name} is still under way after an hour")
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

    def _made(self, change: Change) -> Change | None:
        """Return the change set with its changes once they are known, or None when there are none."""
        found = self._until_made(change.name)
        if found["Status"] != "FAILED":
            return replace(change, changes=tuple(self._changes(change.name)))
        reason = found.get("StatusReason", "")
        if "didn't contain changes" in reason or "No updates are to be performed" in reason:
            return None
        details = "".join(
            f"\n  {each['LogicalResourceId']}: {each['ResourceStatusReason']}"
            for each in self.validation_failures(change.name)
        )
        raise StackFailed(f"stack {self.name}: the change is refused: {reason}{details}")

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

    @property
    def _api(self) -> Any:
        return self.aws.client("cloudformation")
