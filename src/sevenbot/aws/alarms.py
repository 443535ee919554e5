"""
Alarms on throttled requests, user errors and consumed capacity, and whom they tell.

Source: Amazon DynamoDB developer guide, "DynamoDB metrics and dimensions" (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sevenbot.aws import layout, look
from sevenbot.aws.client import Aws
from sevenbot.aws.create import Step, Tell
from sevenbot.aws.layout import Capacity

TOPIC = "sevenbot-alarms"
PERIOD_SECONDS = 300

#: What a new on-demand table bears at once, in units per second ("On-demand capacity mode", developer guide).
ON_DEMAND_START = Capacity(12_000, 4_000)

#: An alarm on consumed capacity comes when this much of it is in use.
NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class AlarmSteps:
    """The steps for alarms on *tables*; *notify* is a mail address, or None for alarms that only show."""

    aws: Aws
    tables: tuple[str, ...]
    notify: str | None

    def all(self) -> Iterator[Step]:
        """Yield the steps in their order."""
        if self.notify:
            yield Step(f"alarms: mail to {self.notify} (AWS asks there first)", self._is_subscribed, self._subscribe)
        for table in self.tables:
            yield Step(
                f"{table}: alarms on throttling and consumed capacity",
                lambda table=table: self._stand(self._of_table(table)),  # type: ignore[misc]
                lambda _, table=table: self._put(self._of_table(table)),  # type: ignore[misc]
            )
        errors = [user_errors(self.aws.region or "")]
        yield Step("account: alarm on user errors", lambda: self._stand(errors), lambda _: self._put(errors))

    def _is_subscribed(self) -> bool:
        arn = self._topic()
        if arn is None:
            return False
        pages = self.aws.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn)
        return any(found["Endpoint"] == self.notify for page in pages for found in page["Subscriptions"])

    def _subscribe(self, _: Tell) -> None:
        sns = self.aws.client("sns")
        arn = sns.create_topic(Name=TOPIC)["TopicArn"]
        sns.subscribe(TopicArn=arn, Protocol="email", Endpoint=self.notify)

    def _topic(self) -> str | None:
        pages = self.aws.client("sns").get_paginator("list_topics").paginate()
        arns = [topic["TopicArn"] for page in pages for topic in page.get("Topics", [])]
        return next((arn for arn in arns if arn.endswith(f":{TOPIC}")), None)

    def _of_table(self, table: str) -> list[dict[str, Any]]:
        description = look.table(self.aws, table) or {}
        return table_alarms(table, layout.capacity_of(description))

    def _stand(self, alarms: list[dict[str, Any]]) -> bool:
        wanted = {alarm["AlarmName"]: alarm["Threshold"] for alarm in alarms}
        answer = self.aws.client("cloudwatch").describe_alarms(AlarmNames=list(wanted))
        arn = self._topic() if self.notify else None
        found = {
            alarm["AlarmName"]: alarm["Threshold"]
            for alarm in answer["MetricAlarms"]
            if arn is None or arn in alarm.get("AlarmActions", [])
        }
        return found == wanted

    def _put(self, alarms: list[dict[str, Any]]) -> None:
        arn = self._topic() if self.notify else None
        for alarm in alarms:
            actions = {"AlarmActions": [arn], "OKActions": [arn]} if arn else {}
            self.aws.client("cloudwatch").put_metric_alarm(**alarm, **actions)


def table_alarms(table: str, capacity: Capacity | None) -> list[dict[str, Any]]:
    """Return the alarms of one table as PutMetricAlarm takes them; *capacity* None: on demand."""
    limit = capacity or ON_DEMAND_START
    dimensions = [{"Name": "TableName", "Value": table}]
    return [
        _alarm(f"sevenbot {table} reads throttled", "ReadThrottleEvents", dimensions, 1),
        _alarm(f"sevenbot {table} writes throttled", "WriteThrottleEvents", dimensions, 1),
        _alarm(f"sevenbot {table} reads near capacity", "ConsumedReadCapacityUnits", dimensions, _near(limit.read)),
        _alarm(f"sevenbot {table} writes near capacity", "ConsumedWriteCapacityUnits", dimensions, _near(limit.write)),
    ]


def user_errors(region: str) -> dict[str, Any]:
    """Return the alarm on errors of callers (400), which the service counts for the account and region as a whole."""
    return _alarm(f"sevenbot user errors {region}".rstrip(), "UserErrors", [], 10)


def _near(units: int) -> float:
    return units * NEARLY_ALL * PERIOD_SECONDS


def _alarm(name: str, metric: str, dimensions: list[dict[str, str]], threshold: float) -> dict[str, Any]:
    return {
        "AlarmName": name,
        "AlarmDescription": "Made by `sevenbot tables create --alarms`.",
        "Namespace": "AWS/DynamoDB",
        "MetricName": metric,
        "Dimensions": dimensions,
        "Statistic": "Sum",
        "Period": PERIOD_SECONDS,
        "EvaluationPeriods": 1,
        "Threshold": float(threshold),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
    }
