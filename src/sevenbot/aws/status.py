"""
How the system on AWS is doing: a finding for the stack, each function, queue, dead letters, alarms, mail and webhook.

Only reads. What the credentials may not see is told as advice, not as a failure of the system.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sevenbot.aws import look
from sevenbot.aws.client import FORBIDDEN, Aws, code_of
from sevenbot.aws.deployment import is_anothers
from sevenbot.aws.stack import EMPTY, SETTLED, Stack
from sevenbot.doctor.finding import Finding, advise, failed, ok

FUNCTIONS = {
    "TelegramWebhook": "telegram-webhook",
    "EmailProcessor": "email-processor",
    "EmailFetcher": "email-fetcher",
}

DAY = timedelta(days=1)

#: A mail that waits for longer than this waits for something that does not come by itself.
LONG_WAIT = timedelta(minutes=15)

#: Lines of ours that tell of an error ("Filter pattern syntax", CloudWatch Logs user guide).
ERRORS = '{ $.level = "error" }'

#: So much of an error is shown.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Status:
    """The look at one stack, at *now* (aware)."""

    aws: Aws
    stack: Stack
    now: datetime

    def all(self) -> Iterator[Finding]:
        """Yield every finding; when there is no stack, only that."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        found = self.stack.describe()
        if found is None:
            place = self.aws.region
            yield failed("stack", f"there is no {self.stack.name} in {place}", f"`{self._deploy}` makes it")
            return
        if found["StackStatus"] not in EMPTY and is_anothers(self.stack.resources()):
            yield failed("stack", f"{self.stack.name} is another program's", "name the bot's stack: --stack")
            return
        yield self._about_stack(found)
        ours, outputs = self.stack.resources(), self.stack.outputs()
        if not outputs:  # it was never made to its end
            return
        for findings in (self._functions(ours), self._queue(outputs), self._alarms(), self._mail(ours)):
            try:
                yield from findings
            except ClientError as exc:
                if code_of(exc) not in FORBIDDEN:
                    raise
                yield advise(
                    "status", f"not all may be seen ({code_of(exc)})", "ask with an administrator's credentials"
                )

    def _about_stack(self, found: dict[str, Any]) -> Finding:
        status, at = found["StackStatus"], found.get("LastUpdatedTime") or found["CreationTime"]
        detail = f"{self.stack.name} in {self.aws.region}: {status} since {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        if status in SETTLED:
            return ok("stack", detail)
        if status == "UPDATE_ROLLBACK_COMPLETE":
            return advise("stack", detail, f"the last change failed and was taken back; `{self._deploy}` says why")
        if status.endswith("_IN_PROGRESS") and status not in EMPTY:
            return advise("stack", detail, "a change is under way: ask again in a minute")
        return failed("stack", detail, f"`{self._deploy}` completes what was interrupted, and says what failed")

    @property
    def _deploy(self) -> str:
        return f"sevenbot aws deploy --stack {self.stack.name}"

    def _functions(self, ours: dict[str, str]) -> Iterator[Finding]:
        for logical, words in FUNCTIONS.items():
            if logical not in ours:
                continue
            name = ours[logical]
            state = self.aws.client("lambda").get_function_configuration(FunctionName=name)["State"]
            errors, calls = (self._sum("AWS/Lambda", metric, FunctionName=name) for metric in ("Errors", "Invocations"))
            detail = f"{words}: {state}; {calls:g} calls and {errors:g} errors in a day"
            last = self._last_error(f"/aws/lambda/{name}")
            if state not in ("Active", "Inactive"):  # inactive: not called for weeks
                yield failed("function", detail, f"`{self._deploy}` puts it right")
            elif errors or last:
                yield advise(
                    "function", detail + (f"; the last: {last}" if last else ""), f"aws logs tail /aws/lambda/{name}"
                )
            else:
                yield ok("function", detail)

    def _queue(self, outputs: dict[str, str]) -> Iterator[Finding]:
        waiting, under_way = look.queue_depth(self.aws, outputs["MailQueueUrl"])
        oldest = timedelta(seconds=self._oldest(outputs["MailQueueUrl"].rpartition("/")[2]))
        detail = f"{waiting} waiting, {under_way} worked on or hidden until the next try"
        if waiting and oldest > LONG_WAIT:
            advice = "is Telegram down, or is more to do than the Size allows? See docs/aws/troubleshooting.md"
            yield failed("queue", f"{detail}; the oldest waits for {oldest.total_seconds() / 60:.0f} minutes", advice)
        else:
            yield ok("queue", detail)
        dead, _ = look.queue_depth(self.aws, outputs["DeadLetterQueueUrl"])
        if dead:
            yield failed("dead letters", f"{dead} at rest", "`sevenbot mail list --dead`, then `sevenbot mail retry`")
        else:
            yield ok("dead letters", "none")

    def _alarms(self) -> Iterator[Finding]:
        pages = self.aws.client("cloudwatch").get_paginator("describe_alarms")
        found = [
            alarm for page in pages.paginate(AlarmNamePrefix=f"{self.stack.name} ") for alarm in page["MetricAlarms"]
        ]
        ringing = [alarm for alarm in found if alarm["StateValue"] == "ALARM"]
        for alarm in ringing:
            yield failed("alarm", alarm["AlarmName"], alarm.get("AlarmDescription", ""))
        if not ringing:
            yield ok("alarms", f"none of {len(found)} rings")

    def _mail(self, ours: dict[str, str]) -> Iterator[Finding]:
        delivered = self._sum("SevenBot", "Delivered", Stack=self.stack.name)
        at = self._last_run(f"/aws/lambda/{ours['EmailProcessor']}")
        last = f"last ran {at:%Y-%m-%d %H:%M} UTC" if at else "has not run yet"
        yield ok("mail", f"{delivered:g} delivered in a day; email-processor {last}")

    def _sum(self, namespace: str, metric: str, **dimensions: str) -> float:
        points = self._points(namespace, metric, DAY, "Sum", dimensions)
        return float(sum(point["Sum"] for point in points))

    def _oldest(self, queue: str) -> float:
        metric = "ApproximateAgeOfOldestMessage"
        points = self._points("AWS/SQS", metric, timedelta(minutes=10), "Maximum", {"QueueName": queue})
        return max((float(point["Maximum"]) for point in points), default=0.0)

    def _points(self, namespace: str, metric: str, span: timedelta, statistic: str, dimensions: dict[str, str]) -> Any:
        return self.aws.client("cloudwatch").get_metric_statistics(
            Namespace=namespace,
            MetricName=metric,
            Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
            StartTime=self.now - span,
            EndTime=self.now,
            Period=300 if span < DAY else 3600,
            Statistics=[statistic],
        )["Datapoints"]

    def _last_error(self, group: str) -> str:
        """Return the newest error within a day, in short, or ""."""
        found: list[dict[str, Any]] = []
        pages = self.aws.client("logs").get_paginator("filter_log_events")
        since = int((self.now - DAY).timestamp() * 1000)
        for page in pages.paginate(
            logGroupName=group, startTime=since, filterPattern=ERRORS, PaginationConfig={"MaxItems": 100}
        ):
            found += [event for event in page["events"] if _tells_of_an_error(event["message"])]
        newest = max(found, key=lambda event: event["timestamp"], default=None)
        return _in_short(newest["message"]) if newest else ""

    def _last_run(self, group: str) -> datetime | None:
        """Return when the function last wrote a line, which it does only when it is called."""
        streams = self.aws.client("logs").describe_log_streams(
            logGroupName=group, orderBy="LastEventTime", descending=True, limit=1
        )["logStreams"]
        last = streams[0].get("lastEventTimestamp") if streams else None
        return datetime.fromtimestamp(last / 1000, UTC) if last else None


def _read(line: str) -> dict[str, Any]:
    """Return a log line of ours, which is JSON; {} of any other."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _tells_of_an_error(line: str) -> bool:
    """Ask once more what CloudWatch was asked already: an emulator gives out every line."""
    return bool(_read(line).get("level") == "error")


def _in_short(line: str) -> str:
    return " ".join(str(_read(line).get("event") or line).split())[:SHOWN]
