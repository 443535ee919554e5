"""A stack's life on an emulated account: planned, made, changed, failed and mended, removed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from sevenbot.aws.stack import Change, Stack
from sevenbot.aws.stack_events import first_failure
from sevenbot.errors import StackFailed
from tests.aws import ministack


def template(**queues: str) -> str:
    resources = {
        name: {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": {"Ref": "Timeout"}, "QueueName": queue}}
        for name, queue in queues.items()
    }
    parameters = {"Timeout": {"Type": "Number", "Default": 30}, "Other": {"Type": "String", "Default": "a"}}
    return json.dumps({"Parameters": parameters, "Resources": resources})


def bucket_that_tells(queue: str) -> dict[str, Any]:
    arn = f"arn:aws:sqs:{ministack.REGION}:{ministack.ACCOUNT}:{queue}"
    told = {"QueueConfigurations": [{"Event": "s3:ObjectCreated:*", "Queue": arn}]}
    return {"Type": "AWS::S3::Bucket", "Properties": {"NotificationConfiguration": told}}


def stack(name: str) -> Stack:
    return Stack(ministack.with_clients("cloudformation"), name, sleep=lambda _: None)


def made(one: Stack, body: str, **parameters: str) -> list[Mapping[str, Any]]:
    change = one.plan(body, parameters, {})
    assert change is not None
    events: list[Mapping[str, Any]] = []
    one.carry_out(change, events.append)
    return events


def test_a_new_stack_is_planned_then_made_then_there_is_nothing_to_change() -> None:
    one = stack("life")
    body = template(First="life-first")

    change = one.plan(body, {}, {"application": "sevenbot"})

    assert change is not None
    assert change.is_creation
    assert [found["LogicalResourceId"] for found in change.changes] == ["First"]
    one.carry_out(change, lambda _: None)
    assert one.status() == "CREATE_COMPLETE"
    assert one.resources().keys() == {"First"}
    assert one.plan(body, {}, {"application": "sevenbot"}) is None


def test_every_event_of_this_change_is_heard_once_and_in_order() -> None:
    one = stack("events")
    made(one, template(First="events-first"))

    events = made(one, template(First="events-first", Second="events-second"))

    ids = [event["EventId"] for event in events]
    assert len(ids) == len(set(ids))
    assert events[0]["ResourceStatus"] == "UPDATE_IN_PROGRESS"
    assert events[-1]["ResourceStatus"] == "UPDATE_COMPLETE"
    assert not [
        event
        for event in events
        if event["ResourceStatus"] == "CREATE_COMPLETE" and "First" in event["LogicalResourceId"]
    ]


def test_what_was_chosen_before_stays_when_it_is_not_given() -> None:
    one = stack("kept")
    made(one, template(First="kept-first"), Timeout="99")

    made(one, template(First="kept-first", Second="kept-second"), Other="b")

    parameters = {found["ParameterKey"]: found["ParameterValue"] for found in (one.describe() or {})["Parameters"]}
    assert parameters == {"Timeout": "99", "Other": "b"}


def test_a_plan_that_is_forgotten_leaves_no_stack() -> None:
    one = stack("forgotten")

    change = one.plan(template(First="forgotten-first"), {}, {})

    assert change is not None
    one.discard(change)
    assert one.status() == ""


def test_a_plan_for_a_standing_stack_that_is_forgotten_leaves_it() -> None:
    one = stack("standing")
    made(one, template(First="standing-first"))

    change = one.plan(template(First="standing-first", Second="standing-second"), {}, {})

    assert change is not None
    one.discard(change)
    assert one.resources().keys() == {"First"}


def test_a_plan_that_is_forgotten_leaves_the_stack_that_somebody_else_plans() -> None:
    one = stack("planned-twice")
    first, second = (one.plan(template(First="planned-twice-first"), {}, {}) for _ in range(2))
    assert first is not None
    assert second is not None

    one.discard(second)

    one.carry_out(first, lambda _: None)
    assert one.status() == "CREATE_COMPLETE"


def test_a_plan_that_is_forgotten_leaves_the_stack_that_somebody_else_made_of_theirs() -> None:
    one = stack("made-meanwhile")
    first, second = (one.plan(template(First="made-meanwhile-first"), {}, {}) for _ in range(2))
    assert first is not None
    assert second is not None
    one.carry_out(first, lambda _: None)

    one.discard(second)

    assert one.status() == "CREATE_COMPLETE"


def test_a_plan_that_is_interrupted_leaves_no_stack() -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    one = stack("cut-short")
    events = one.aws.client("cloudformation").meta.events
    events.register("before-send.cloudformation.DescribeChangeSet", interrupt)

    with pytest.raises(KeyboardInterrupt):
        one.plan(template(First="cut-short-first"), {}, {})

    events.unregister("before-send.cloudformation.DescribeChangeSet", interrupt)
    assert one.status() == ""


def test_a_failed_creation_says_what_failed_and_is_removed_for_the_next() -> None:
    one = stack("failing")
    body = json.loads(template(First="failing-first"))
    body["Resources"]["Bucket"] = bucket_that_tells("nobody")

    events = made(one, json.dumps(body))

    failure = first_failure(events)
    assert failure is not None
    assert failure.resource == "Bucket"
    assert "destination" in failure.reason
    assert one.status() == "ROLLBACK_COMPLETE"
    one.delete(lambda _: None)
    assert one.status() == ""
    made(one, template(First="failing-first"))
    assert one.status() == "CREATE_COMPLETE"


def test_a_change_that_makes_no_sense_is_refused_with_the_reason() -> None:
    with pytest.raises(StackFailed, match="refused"):
        stack("nonsense").plan(json.dumps({"Resources": {"Api": {"Type": "No::Such::Thing"}}}), {}, {})


def test_a_stack_that_is_not_there_is_removed_already() -> None:
    one = stack("never")

    one.delete(lambda _: None)

    assert one.describe() is None
    assert one.status() == ""


def test_the_empty_stack_of_an_interrupted_plan_is_made_all_the_same() -> None:
    one = stack("interrupted")
    assert isinstance(one.plan(template(First="interrupted-first"), {}, {}), Change)
    assert one.status() == "REVIEW_IN_PROGRESS"

    made(one, template(First="interrupted-first"))

    assert one.status() == "CREATE_COMPLETE"
