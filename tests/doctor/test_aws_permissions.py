"""What doctor says of AWS on an account that enforces permissions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest

from sevenbot.config import Settings
from sevenbot.doctor.finding import Result
from tests.aws import ministack
from tests.doctor.test_aws import findings, transcript


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


async def test_whoever_may_not_list_tables_is_told_so(
    strict: str, guarded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(strict, monkeypatch, "bot", {"Effect": "Allow", "Action": ["dynamodb:*Item", "s3:*"], "Resource": "*"})

    found = await findings(replace(guarded, users_table="telegram-usres"))

    missing = found[1]
    assert "table telegram-usres is not there in region eu-central-1" in missing.detail
    assert "ResourceNotFoundException" in missing.detail
    assert "which tables there are may not be seen (AccessDeniedException)" in missing.detail
    assert "AWS_REGION" in missing.advice


async def test_keys_that_nobody_has_are_told(strict: str, guarded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(strict, monkeypatch, "with-wrong-keys")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAAAAAAAAAAAAAAAAA")

    found = await findings(guarded)

    assert any(finding.result is Result.FAILED for finding in found)
    assert "AWS does not know these credentials" in transcript(found)
