"""What doctor says of AWS, made for real: on an emulated account, and on one that enforces permissions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from sevenbot.config import Settings
from sevenbot.doctor.aws import check_aws
from sevenbot.doctor.finding import Finding, Result
from tests.aws import ministack

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


# An account that enforces permissions.


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    with ministack.ministack(AUTH="true") as strict_url:
        yield strict_url


def as_user(strict: str, monkeypatch: pytest.MonkeyPatch, name: str, *statements: dict[str, Any]) -> None:
    """Turn the SDK to a new user who may do what *statements* say, and nothing else."""
    iam = boto3.client("iam", endpoint_url=strict, region_name=ministack.REGION, **ROOT)
    iam.create_user(UserName=name)
    if statements:
        document = {"Version": "2012-10-17", "Statement": list(statements)}
        iam.put_user_policy(UserName=name, PolicyName="some", PolicyDocument=json.dumps(document))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    for variable, value in ministack.settings(strict).items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])


ROOT = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


@pytest.fixture(scope="module")
def guarded(strict: str) -> Settings:
    users, ledger = ministack.make_tables(strict)
    return Settings(
        state="dynamodb://", users_table=users, ledger_table=ledger, spool=f"s3://{ministack.make_bucket(strict)}"
    )


async def test_a_powerless_user_is_told_who_lacks_which_action_on_what(
    strict: str, guarded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(strict, monkeypatch, "powerless")

    found = await findings(guarded)

    told = transcript(found)
    for action in ("PutItem", "UpdateItem", "GetItem", "Query", "Scan", "DeleteItem"):
        assert f"user/powerless may not do dynamodb:{action} on " in told
    assert guarded.users_table in told
    assert "sevenbot aws policy" in told
    assert "region eu-central-1" in told
    assert found[-1].check == "s3"
    assert found[-1].result is Result.FAILED


async def test_one_missing_action_is_named_alone(
    strict: str, guarded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:GetItem", "dynamodb:Scan", "dynamodb:DeleteItem"]
    as_user(strict, monkeypatch, "no-query", {"Effect": "Allow", "Action": [*allowed, "s3:*"], "Resource": "*"})

    found = await findings(guarded)

    refused = [finding for finding in found if finding.result is Result.FAILED]
    assert len(refused) == 1
    assert "may not do dynamodb:Query" in refused[0].detail


async def test_keys_that_nobody_has_are_told(strict: str, guarded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(strict, monkeypatch, "with-wrong-keys")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAAAAAAAAAAAAAAAAA")

    found = await findings(guarded)

    assert any(finding.result is Result.FAILED for finding in found)
    assert "AWS does not know these credentials" in transcript(found)
