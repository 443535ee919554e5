"""
Checks of DynamoDB and S3: who we are there, and that everything SevenBot does there works now.

In each table a marked test item is written, changed, read and removed, as in the setup guide's step 6, with each of the
six actions that its policy allows; it is gone afterwards, however this ends. A missing permission does not keep the
rest from being tried, so that one run names all that lack.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sevenbot.aws import trouble
from sevenbot.aws.client import FORBIDDEN, MISSING, Aws, Refused, code_of, open_aws
from sevenbot.aws.layout import INDEX, INDEX_KEY, LEDGER_KEY, TTL_ATTRIBUTE, USERS_KEY
from sevenbot.aws.trouble import Place, cause_of
from sevenbot.config import Settings
from sevenbot.doctor.finding import Finding, advise, failed, ok
from sevenbot.errors import ConfigError, SevenBotError, StateUnavailable, Transient
from sevenbot.shielded import to_its_end
from sevenbot.spool.s3 import S3Store

#: No chat of Telegram has this id, no mail of ours this key; a killed check's items are overwritten by the next.
TEST_CHAT = {"N": "0"}
TEST_MESSAGE = {"S": "sevenbot-doctor"}
TEST_ADDRESS = "sevenbot-doctor@test.invalid"  # RFC 2606 §2: never a real domain

#: An answer within this time is normal from the same region, and from most others on the same continent.
SLOW = timedelta(milliseconds=200)

#: So many tables are listed when ours is not there.
LISTED = 20

DAY = timedelta(days=1)


async def check_aws(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """Check what the settings keep on AWS; nothing when that is nothing."""
    if not settings.uses_aws:
        return
    try:
        async with open_aws() as aws:
            async for finding in _check(aws, settings, now):
                yield finding
    except ConfigError as exc:
        for problem in exc.problems:
            yield failed("aws", problem, "set it in .env or in the environment")


async def _check(aws: Aws, settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    place, finding = await _who(aws, settings)
    if finding:
        yield finding
    if finding is None or finding.result != "failed":
        if settings.uses_dynamodb:
            for test in (_of_users(settings, now), _of_ledger(settings, now)):
                for found in await to_its_end(_check_table(aws, test, place)):
                    yield found
        if settings.bucket:
            yield await check_bucket(aws, settings.bucket, place)


async def _who(aws: Aws, settings: Settings) -> tuple[Place, Finding | None]:
    """Ask whose credentials these are, which needs no permission; other servers than Amazon's may not know."""
    service = "dynamodb" if settings.uses_dynamodb else "s3"
    place = Place(aws.region, trouble.endpoint_of(aws.client(service)))
    try:
        answer = await aws.call("sts", "get_caller_identity")
    except StateUnavailable as exc:
        if place.endpoint is not None and code_of(cause_of(exc)) not in FORBIDDEN:
            return place, None
        told = trouble.explain(exc, "AWS", place)
        return place, failed("aws", told.detail, told.advice)
    return Place(place.region, place.endpoint, answer["Arn"]), ok("aws", f"{answer['Arn']}, {place}")


@dataclass(frozen=True, slots=True)
class _Test:
    """A marked item of one table."""

    table: str
    key: dict[str, Any]
    item: dict[str, Any]
    has_index: bool
    is_optional: bool


def _of_users(settings: Settings, now: datetime) -> _Test:
    item = {
        "email_address": {"S": TEST_ADDRESS},
        "created_at": {"S": f"{now:%Y-%m-%dT%H:%M:%SZ}"},
        "email_count": {"N": "0"},
        "status": {"S": "paused"},
    }
    return _Test(settings.users_table, {USERS_KEY.name: TEST_CHAT}, item, has_index=True, is_optional=False)


def _of_ledger(settings: Settings, now: datetime) -> _Test:
    # Discarded from the start: a worker beside us leaves it alone.
    item = {TTL_ATTRIBUTE: {"N": str(int((now + DAY).timestamp()))}, "status": {"S": "discarded"}}
    return _Test(settings.ledger_table, {LEDGER_KEY.name: TEST_MESSAGE}, item, has_index=False, is_optional=True)


async def _check_table(aws: Aws, test: _Test, place: Place) -> list[Finding]:
    """Try every action on the test item, and say what each failure means."""
    findings: list[Finding] = []
    try:
        for operation, arguments in _calls(test):
            began = time.monotonic()
            try:
                answer = await aws.call("dynamodb", operation, TableName=test.table, **arguments)
            except StateUnavailable as exc:
                findings.append(await _finding(aws, test, exc, place))
                if not _spoils_only_one_action(exc, findings[-1]):
                    return findings
            else:
                took = timedelta(seconds=time.monotonic() - began)
                if operation == "get_item" and not findings:
                    findings += _about_answer(test, answer, took, place)
    finally:
        findings += await _remove(aws, test, place, is_told=not findings)
    findings += await _throttling(aws, test.table, place)
    if all(finding.result != "failed" for finding in findings):
        findings.insert(0, ok("dynamodb", f"{test.table}: wrote, changed, read and removed a test item"))
    return findings


def _spoils_only_one_action(exc: StateUnavailable, finding: Finding) -> bool:
    """Say whether other actions may work all the same: a permission or the index is missing."""
    return code_of(cause_of(exc)) in FORBIDDEN or "no index" in finding.detail


def _calls(test: _Test) -> Iterator[tuple[str, Any]]:
    """Yield every action of the policy but the removal, with what it needs."""
    yield "put_item", {"Item": {**test.key, **test.item}}
    yield (
        "update_item",
        {
            "Key": test.key,
            "UpdateExpression": "ADD email_count :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        },
    )
    yield "get_item", {"Key": test.key, "ConsistentRead": True}
    if test.has_index:
        yield (
            "query",
            {
                "IndexName": INDEX,
                "KeyConditionExpression": f"{INDEX_KEY.name} = :address",
                "ExpressionAttributeValues": {":address": {"S": TEST_ADDRESS}},
            },
        )
    yield "scan", {"Limit": 1}


async def _remove(aws: Aws, test: _Test, place: Place, *, is_told: bool) -> list[Finding]:
    """Remove the item; a failure is told unless an earlier one said why already."""
    try:
        await aws.call("dynamodb", "delete_item", TableName=test.table, Key=test.key)
    except StateUnavailable as exc:
        if is_told or code_of(cause_of(exc)) in FORBIDDEN:
            return [await _finding(aws, test, exc, place)]
    return []


def _about_answer(test: _Test, answer: dict[str, Any], took: timedelta, place: Place) -> Iterator[Finding]:
    expected = {**test.key, **test.item, "email_count": {"N": "1"}}
    if answer.get("Item") != expected:
        yield failed("dynamodb", f"{test.table}: another item came back than was written", "does a second doctor run?")
    if took > SLOW:
        yield advise(
            "dynamodb",
            f"{test.table}: an answer from {place} took {took.total_seconds() * 1000:.0f} ms",
            "run SevenBot in or near the region of the tables; without a gateway endpoint, a VPC adds its own delay",
        )


async def _finding(aws: Aws, test: _Test, exc: StateUnavailable, place: Place) -> Finding:
    cause = cause_of(exc)
    told = trouble.explain(exc, f"table {test.table}", place)
    if code_of(cause) in MISSING:
        detail = f"{told.detail}; {await _tables_there(aws)}"
        if test.is_optional:
            return advise(
                "dynamodb", detail, "`sevenbot tables create` makes it; until then this machine keeps its own"
            )
        return failed("dynamodb", detail, told.advice)
    if "no index" in told.detail:
        return advise("dynamodb", told.detail, told.advice)
    return failed("dynamodb", told.detail, told.advice)


async def _tables_there(aws: Aws) -> str:
    try:
        names = (await aws.call("dynamodb", "list_tables", Limit=LISTED + 1))["TableNames"]
    except StateUnavailable as exc:
        return f"which tables there are may not be seen ({code_of(cause_of(exc))})"
    if not names:
        return "there are no tables at all"
    return "tables there: " + ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")


async def _throttling(aws: Aws, table: str, place: Place) -> list[Finding]:
    """Say when the table was throttled within a day; whoever may not look at metrics is told nothing."""
    sums = {}
    for metric in ("ReadThrottleEvents", "WriteThrottleEvents"):
        try:
            answer = await aws.call(
                "cloudwatch",
                "get_metric_statistics",
                expected=("AccessDenied", "AccessDeniedException"),
                Namespace="AWS/DynamoDB",
                MetricName=metric,
                Dimensions=[{"Name": "TableName", "Value": table}],
                StartTime=int(time.time() - DAY.total_seconds()),
                EndTime=int(time.time()),
                Period=int(DAY.total_seconds()),
                Statistics=["Sum"],
            )
        except (Refused, StateUnavailable):
            return []
        sums[metric] = sum(point["Sum"] for point in answer.get("Datapoints", []))
    if not any(sums.values()):
        return []
    reads, writes = sums["ReadThrottleEvents"], sums["WriteThrottleEvents"]
    detail = f"{table} in {place}: throttled within a day: {reads:.0f} reads, {writes:.0f} writes"
    return [
        advise(
            "dynamodb",
            detail,
            "consumed capacity far below what is provisioned means a hot partition: Contributor Insights "
            "(`sevenbot tables create --insights`) show its key; otherwise raise the capacity or change to on demand",
        )
    ]


async def check_bucket(aws: Aws, bucket: tuple[str, str], place: Place) -> Finding:
    """Write, read and remove a small raw mail."""
    name = f"bucket {bucket[0]}"
    try:
        await S3Store(aws, *bucket).check()
    except SevenBotError as exc:
        if isinstance(exc, Transient) and cause_of(exc) is exc:
            return failed("s3", f"{name}: {exc}", "mend what it names, then call this again")
        told = trouble.explain(exc, name, place)
        return failed("s3", told.detail, told.advice)
    return ok("s3", f"{name}: wrote, read and removed a test mail")
