"""What doctor says of AWS, made for real on an emulated account."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sevenbot.config import Settings
from sevenbot.doctor.aws import check_aws
from sevenbot.doctor.finding import Finding, Result
from tests.aws import ministack
from tests.aws.between import between

THROTTLED = json.dumps(
    {
        "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        "message": "The level of configured provisioned throughput for the table was exceeded. Consider increasing "
        "your provisioning level with the UpdateTable API.",
    }
).encode()

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


async def findings(settings: Settings) -> list[Finding]:
    return [finding async for finding in check_aws(settings, NOW)]


def transcript(found: list[Finding]) -> str:
    return "\n".join(f"{finding.result} {finding.check}: {finding.detail} -> {finding.advice}" for finding in found)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ministack.environment(ministack.running()):
        yield ministack.running()


@pytest.fixture
def settings(url: str) -> Settings:
    users, ledger = ministack.make_tables(url)
    bucket = ministack.make_bucket(url)
    return Settings(state="dynamodb://", users_table=users, ledger_table=ledger, spool=f"s3://{bucket}/raw")


def everything_in(url: str, settings: Settings) -> list[Any]:
    dynamodb, s3 = ministack.client(url, "dynamodb"), ministack.client(url, "s3")
    items = [
        item
        for table in (settings.users_table, settings.ledger_table)
        for item in dynamodb.scan(TableName=table)["Items"]
    ]
    assert settings.bucket is not None
    return [*items, *s3.list_objects_v2(Bucket=settings.bucket[0]).get("Contents", [])]


async def test_on_one_machine_there_is_nothing_to_check() -> None:
    assert await findings(Settings()) == []


async def test_what_works_is_told_with_whose_credentials_they_are(url: str, settings: Settings) -> None:
    found = await findings(settings)

    assert [(finding.check, finding.result) for finding in found] == [
        ("aws", Result.OK),
        ("dynamodb", Result.OK),
        ("dynamodb", Result.OK),
        ("s3", Result.OK),
    ]
    assert "arn:aws:iam::123456789012:root, region eu-central-1" in found[0].detail
    assert everything_in(url, settings) == []


async def test_a_check_interrupted_at_any_time_leaves_nothing_behind(url: str, settings: Settings) -> None:
    for milliseconds in (1, 20, 50, 80, 120, 200):
        check = asyncio.create_task(findings(settings))
        await asyncio.wait([check], timeout=milliseconds / 1000)
        check.cancel()
        await asyncio.wait([check])

    assert everything_in(url, settings) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_interrupted_in_the_middle_removes_its_item(
    url: str, settings: Settings, tmp_path: Path, number: signal.Signals
) -> None:
    told: list[str] = []

    def interrupt(operation: str, _: bytes) -> None:
        told.append(operation)
        if told.count("UpdateItem") == 1 and operation == "UpdateItem":
            doctor.send_signal(number)

    with between(url, interrupt) as endpoint:
        doctor = subprocess.Popen(
            [sys.executable, "-m", "sevenbot", "doctor", "--state", "dynamodb://"],
            env={
                **os.environ,
                **ministack.settings(endpoint),
                "SEVENBOT_USERS_TABLE": settings.users_table,
                "SEVENBOT_LEDGER_TABLE": settings.ledger_table,
            },
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        _, err = doctor.communicate(timeout=60)

    assert doctor.returncode == 130
    assert "Traceback" not in err
    assert everything_in(url, settings) == []


async def test_a_slow_answer_is_told_with_its_time_and_where_it_came_from(
    url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(operation: str, _: bytes) -> None:
        if operation == "GetItem":
            time.sleep(0.25)

    with between(url, late) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        found = await findings(replace(settings, spool=""))

    slow = next(finding for finding in found if finding.result is Result.ADVICE)
    assert re.search(rf"{settings.users_table}: an answer from region eu-central-1 at \S+ took \d{{3}} ms", slow.detail)
    assert "in or near the region of the tables" in slow.advice


async def test_a_throttled_table_is_told(url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def throttle(operation: str, body: bytes) -> tuple[int, bytes] | None:
        is_meant = operation == "PutItem" and settings.users_table.encode() in body
        return (400, THROTTLED) if is_meant else None

    with between(url, throttle) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        found = await findings(replace(settings, spool=""))

    assert f"table {settings.users_table} is throttled in region eu-central-1" in found[1].detail
    assert "ProvisionedThroughputExceededException" in found[1].detail
    assert "raise the provisioned capacity" in found[1].advice
    assert found[2].result is Result.OK


async def test_a_hot_partition_is_told_from_the_metrics(url: str, settings: Settings) -> None:
    ministack.client(url, "cloudwatch").put_metric_data(
        Namespace="AWS/DynamoDB",
        MetricData=[
            {
                "MetricName": "WriteThrottleEvents",
                "Dimensions": [{"Name": "TableName", "Value": settings.users_table}],
                "Timestamp": time.time() - 600,
                "Value": 42,
            }
        ],
    )

    found = await findings(settings)

    hot = next(finding for finding in found if finding.result is Result.ADVICE)
    assert f"{settings.users_table} in region eu-central-1" in hot.detail
    assert "throttled within a day: 0 reads, 42 writes" in hot.detail
    assert "hot partition" in hot.advice
    assert "Contributor Insights" in hot.advice


async def test_a_table_with_another_key_is_told(url: str, settings: Settings) -> None:
    found = await findings(replace(settings, users_table=settings.ledger_table))

    assert found[1].result is Result.FAILED
    assert f"table {settings.ledger_table} in region eu-central-1" in found[1].detail
    assert "has another key than SevenBot's" in found[1].detail
    assert "sevenbot tables check" in found[1].advice


async def test_a_missing_table_is_told_with_the_tables_that_are_there(url: str, settings: Settings) -> None:
    wrong = Settings(state="dynamodb://", users_table="telegram-usres", ledger_table=settings.ledger_table)

    found = await findings(wrong)

    missing = found[1]
    assert missing.result is Result.FAILED
    assert "table telegram-usres is not there in region eu-central-1" in missing.detail
    assert "ResourceNotFoundException" in missing.detail
    assert "tables there: " in missing.detail
    assert found[2].result is Result.OK
    assert len(found) == 3


async def test_a_ledger_that_was_left_out_is_advice(settings: Settings) -> None:
    found = await findings(Settings(state="dynamodb://", users_table=settings.users_table, ledger_table="left-out"))

    assert [finding.result for finding in found] == [Result.OK, Result.OK, Result.ADVICE]


async def test_a_missing_index_is_advice(url: str) -> None:
    users, ledger = ministack.make_tables(url, index=False)

    found = await findings(Settings(state="dynamodb://", users_table=users, ledger_table=ledger))

    assert "no index for addresses" in transcript(found)
    assert all(finding.result is not Result.FAILED for finding in found)


async def test_a_missing_bucket_fails(url: str) -> None:
    found = await findings(Settings(spool="s3://no-such-bucket-here"))

    assert found[-1].result is Result.FAILED
    assert "bucket no-such-bucket-here is not there" in found[-1].detail


async def test_no_region_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    (found,) = await findings(settings)

    assert found.result is Result.FAILED
    assert "AWS_REGION: is not set" in found.detail


async def test_no_credentials_are_told(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))

    found = await findings(Settings(state="dynamodb://", users_table=settings.users_table, ledger_table="left-out"))

    assert found[0].result is Result.FAILED
    assert "Unable to locate credentials" in found[0].detail
    assert "AWS_PROFILE" in found[0].advice
