"""`sevenbot tables` as an operator uses it, on an emulated account."""

from __future__ import annotations

import io
import json
import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sevenbot import cli
from sevenbot.config import SPECS
from tests.aws import ministack
from tests.aws.between import between


class Account:
    """An account of its own pair of names, and what the command line says about it."""

    def __init__(self, url: str, number: int, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.users, self.ledger, self.bucket = f"users-{number}", f"ledger-{number}", f"mail-of-test-{number}"
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str]:
        code = cli.invoke(["tables", *arguments, "--users-table", self.users, "--ledger-table", self.ledger])
        out, err = self._capsys.readouterr()
        return code, out + err

    def checks(self) -> dict[str, list[str]]:
        told = json.loads(self.run("check", "--json")[1])
        return {
            result: [f"{check['check']}: {check['detail']}" for check in told["checks"] if check["result"] == result]
            for result in ("ok", "advice", "failed")
        }

    def client(self, service: str) -> Any:
        return ministack.client(self.url, service)

    def table(self, name: str) -> dict[str, Any]:
        return self.client("dynamodb").describe_table(TableName=name)["Table"]

    def create_by_hand(self, name: str, key: str, kind: str, **more: Any) -> None:
        self.client("dynamodb").create_table(
            **{
                "TableName": name,
                "AttributeDefinitions": [{"AttributeName": key, "AttributeType": kind}],
                "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
                "BillingMode": "PAY_PER_REQUEST",
            }
            | more
        )

    def create_users_by_hand(self, **more: Any) -> None:
        self.create_by_hand(self.users, "chat_id", "N", **more)


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Account]:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)
    url = ministack.running()
    with ministack.environment(url):
        yield Account(url, next(ministack._NUMBERS), capsys)


def test_create_makes_the_tables_the_guide_describes(account: Account) -> None:
    code, out = account.run("create")

    assert code == 0
    assert out.count("✓") == 8
    users, ledger = account.table(account.users), account.table(account.ledger)
    assert users["KeySchema"] == [{"AttributeName": "chat_id", "KeyType": "HASH"}]
    assert users["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    (index,) = users["GlobalSecondaryIndexes"]
    assert (index["IndexName"], index["Projection"]) == ("email-address-index", {"ProjectionType": "ALL"})
    assert ledger["KeySchema"] == [{"AttributeName": "message_id", "KeyType": "HASH"}]
    ttl = account.client("dynamodb").describe_time_to_live(TableName=account.ledger)["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}
    assert "s)" in out.splitlines()[0]


def test_what_was_made_needs_no_more_than_advice_on_insights(account: Account) -> None:
    account.run("create")

    found = account.checks()

    assert found["failed"] == []
    assert [line for line in found["advice"] if "Insights" not in line] == []
    assert account.run("check")[0] == 0


def test_create_twice_makes_nothing_twice(account: Account) -> None:
    account.run("create")

    code, out = account.run("create")

    assert code == 0
    assert ": made" not in out
    assert out.count(": stands") == 8


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """As at the start of a program, whatever an earlier test made of the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_create_interrupted_in_the_middle_is_completed_by_the_next_call(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(operation: str, _: bytes) -> None:
        if operation == "UpdateTimeToLive":
            signal.raise_signal(signal.SIGINT)

    with between(account.url, interrupt) as endpoint, monkeypatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", endpoint)
        code, out = account.run("create")

    assert code == 130
    assert "Interrupted; what was made stays" in out
    assert account.run("create")[0] == 0
    assert account.checks()["failed"] == []


def test_a_dry_run_makes_nothing(account: Account) -> None:
    code, out = account.run("create", "--dry-run", "--spool", f"s3://{account.bucket}", "--alarms", "--insights")

    assert code == 0
    assert ": made" not in out
    assert out.count("+") == out.count("would be made") > 10
    assert account.users not in ministack.tables(account.client("dynamodb"))


def test_provisioned_tables_have_an_index_of_the_same_capacity(account: Account) -> None:
    account.run("create", "--provisioned", "5:5", "--kms", "--class", "standard_infrequent_access")

    users = account.table(account.users)
    wanted = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    assert wanted.items() <= users["ProvisionedThroughput"].items()
    assert wanted.items() <= users["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"].items()
    assert users["SSEDescription"]["SSEType"] == "KMS"
    assert account.checks()["failed"] == []


def test_tables_made_by_hand_are_completed_and_otherwise_left_alone(account: Account) -> None:
    five = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    account.create_users_by_hand(BillingMode="PROVISIONED", ProvisionedThroughput=five)
    account.client("dynamodb").put_item(
        TableName=account.users, Item={"chat_id": {"N": "7"}, "email_address": {"S": "a@example.org"}}
    )

    code, out = account.run("create", "--tag", "team=x")

    assert code == 0
    assert f"{account.users}: table: stands" in out
    assert f"{account.users}: index email-address-index: made" in out
    users = account.table(account.users)
    assert users["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"].items() >= five.items()
    tags = account.client("dynamodb").list_tags_of_resource(ResourceArn=users["TableArn"])["Tags"]
    assert {"Key": "team", "Value": "x"} in tags
    assert account.table(account.users)["ItemCount"] == 1


def test_an_index_added_to_an_on_demand_table_has_no_capacity(account: Account) -> None:
    account.create_users_by_hand()

    account.run("create")

    index = account.table(account.users)["GlobalSecondaryIndexes"][0]
    assert not index.get("ProvisionedThroughput", {}).get("WriteCapacityUnits")


def test_a_table_with_another_key_is_refused_and_left(account: Account) -> None:
    account.create_by_hand(account.users, "id", "S")

    code, out = account.run("create")

    assert code == 2
    assert "its key is id (S), expected chat_id (N)" in out
    assert account.ledger not in ministack.tables(account.client("dynamodb"))
    assert account.run("check")[0] == 1


def test_a_time_to_live_elsewhere_is_told(account: Account) -> None:
    account.create_by_hand(account.ledger, "message_id", "S")
    account.client("dynamodb").update_time_to_live(
        TableName=account.ledger, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )

    code, out = account.run("create")

    assert code == 2
    assert "its time to live is on expires, expected ttl" in out
    assert any("time to live is on expires" in line for line in account.checks()["failed"])


def test_alarms_insights_and_tags_come_when_asked_for(account: Account) -> None:
    code, out = account.run("create", "--alarms", "--notify", "ops@example.org", "--insights", "--tag", "team=x")

    assert code == 0
    assert "alarms: mail to ops@example.org" in out
    names = f"sevenbot {account.users}"
    alarms = account.client("cloudwatch").describe_alarms(AlarmNamePrefix=names)["MetricAlarms"]
    assert {alarm["MetricName"] for alarm in alarms} == {
        "ReadThrottleEvents",
        "WriteThrottleEvents",
        "ConsumedReadCapacityUnits",
        "ConsumedWriteCapacityUnits",
    }
    assert all(alarm["AlarmActions"][0].endswith(":sevenbot-alarms") for alarm in alarms)
    assert account.checks()["advice"] == []


def test_a_missing_bucket_is_made_private_and_with_an_end(account: Account) -> None:
    spool = ("--spool", f"s3://{account.bucket}/raw", "--retention-days", "400")

    code, _ = account.run("create", *spool)

    s3 = account.client("s3")
    assert code == 0
    assert all(s3.get_public_access_block(Bucket=account.bucket)["PublicAccessBlockConfiguration"].values())
    (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=account.bucket)["Rules"]
    assert rule["Expiration"]["Days"] == 400
    assert rule["Filter"] == {"Prefix": "raw/"}
    assert rule["Transitions"] == [{"Days": 90, "StorageClass": "GLACIER_IR"}]
    assert ": made" not in account.run("create", *spool)[1]
    assert account.run("check", *spool)[0] == 0


def test_a_bucket_made_an_instant_before_an_interruption_is_set_up_by_the_next_call(account: Account) -> None:
    bucket = ministack.make_bucket(account.url)

    account.run("create", "--spool", f"s3://{bucket}")

    assert account.client("s3").get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert account.run("check", "--spool", f"s3://{bucket}")[0] == 0


def test_a_bucket_that_is_not_ours_gets_no_rules(account: Account) -> None:
    bucket = ministack.make_bucket(account.url)
    account.client("s3").put_object(Bucket=bucket, Key="theirs", Body=b"x")

    account.run("create", "--spool", f"s3://{bucket}")

    with pytest.raises(account.client("s3").exceptions.ClientError, match="Lifecycle"):
        account.client("s3").get_bucket_lifecycle_configuration(Bucket=bucket)


def test_a_bucket_that_forgets_too_early_fails_the_check(account: Account) -> None:
    account.run("create", "--spool", f"s3://{account.bucket}", "--retention-days", "10")

    code, out = account.run("check", "--spool", f"s3://{account.bucket}")

    assert code == 1
    assert "mail is deleted after 10 days, needed are 30" in out


def test_tables_of_the_plain_commands_have_advice_only(account: Account) -> None:
    account.create_users_by_hand()
    account.create_by_hand(account.ledger, "message_id", "S")
    account.client("dynamodb").update_time_to_live(
        TableName=account.ledger, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"}
    )

    code, out = account.run("check")

    assert code == 0
    for advice in ("has no index", "point-in-time recovery is off", "has no tags", "Contributor Insights are off"):
        assert advice in out


def test_missing_tables_fail_the_check_of_the_users_only(account: Account) -> None:
    found = account.checks()

    assert [line.partition(":")[0] for line in found["failed"]] == [account.users]
    assert [line.partition(":")[0] for line in found["advice"]] == [account.ledger]


def test_an_index_without_all_attributes_fails_the_check(account: Account) -> None:
    account.create_users_by_hand(
        AttributeDefinitions=[
            {"AttributeName": "chat_id", "AttributeType": "N"},
            {"AttributeName": "email_address", "AttributeType": "S"},
        ],
        GlobalSecondaryIndexes=[{**ministack.INDEX, "Projection": {"ProjectionType": "KEYS_ONLY"}}],
    )

    assert any("it holds KEYS_ONLY" in line for line in account.checks()["failed"])


def test_the_check_tells_the_numbers(account: Account) -> None:
    account.run("create")
    told = json.loads(account.run("check", "--json")[1])

    assert told["ok"] is True
    assert told["tables"][account.users]["billing"] == "on demand"
    assert {"size_bytes", "items", "consumed_reads", "consumed_writes"} <= told["tables"][account.users].keys()


def steady_load(account: Account, units: float) -> None:
    """Tell CloudWatch of so many write units a second in each five minutes of the last days."""
    now = datetime.now(UTC)
    points: list[dict[str, Any]] = [
        {
            "MetricName": "ConsumedWriteCapacityUnits",
            "Dimensions": [{"Name": "TableName", "Value": account.users}],
            "Timestamp": now - timedelta(minutes=5 * number),
            "Value": units * 300,
        }
        for number in range(1, 4000)
    ]
    for start in range(0, len(points), 1000):
        account.client("cloudwatch").put_metric_data(Namespace="AWS/DynamoDB", MetricData=points[start : start + 1000])


def test_a_steady_load_on_demand_gets_the_advice_to_provision_with_both_sums(account: Account) -> None:
    account.run("create")
    steady_load(account, units=50)

    (line,) = [line for line in account.checks()["advice"] if "on demand" in line]

    found = re.search(r"([\d,]+) write units in 14 days; on demand \$(\S+) a month, provisioned 1:72 \$(\S+) ", line)
    assert found is not None
    assert found[1] == f"{3999 * 300 * 50:,}"
    assert float(found[2]) == pytest.approx(3999 * 300 * 50 * 0.625 / 1e6 * 730 / 336, abs=0.01)
    assert float(found[3]) == pytest.approx((0.00013 + 72 * 0.00065) * 730, abs=0.01)


def test_a_provisioned_table_is_told_with_what_it_costs_and_would_cost_on_demand(account: Account) -> None:
    account.run("create", "--provisioned", "5:5")

    told = account.run("check")[1]

    assert " provisioned 5:5, $5.69 a month with its index; " in told
    assert "on demand $0.00 a month (list prices of us-east-1)" in told


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: text)


def test_destroy_refuses_when_there_are_users(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    account.run("create")
    account.client("dynamodb").put_item(TableName=account.users, Item={"chat_id": {"N": "7"}})
    typed(monkeypatch, account.users)

    code, out = account.run("destroy")

    assert code == 1
    assert "--yes-delete-all-users" in out
    assert account.table(account.users)

    code, out = account.run("destroy", "--yes-delete-all-users")

    assert code == 0
    backups = account.client("dynamodb").list_backups(TableName=account.users)["BackupSummaries"]
    assert len(backups) == 1
    assert account.users not in ministack.tables(account.client("dynamodb"))


def test_destroy_wants_the_tables_name(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    account.run("create")
    typed(monkeypatch, "yes")

    code, out = account.run("destroy")

    assert code == 1
    assert "nothing was removed" in out
    assert account.table(account.users)


def test_destroy_that_nobody_answers_removes_nothing(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    account.run("create")
    monkeypatch.setattr("sys.stdin", io.StringIO())

    code, out = account.run("destroy")

    assert code == 1
    assert "nobody answered; nothing was removed" in out
    assert account.table(account.users)


def test_destroy_of_nothing_is_done(account: Account) -> None:
    assert account.run("destroy")[0] == 0


@pytest.mark.parametrize(
    "wrong",
    [("--provisioned", "5"), ("--provisioned", "0:5"), ("--tag", "x"), ("--tag", "aws:x=1"), ("--notify", "a@b.cd")],
)
def test_wrong_use_is_told(account: Account, wrong: tuple[str, str]) -> None:
    assert account.run("create", *wrong)[0] == 2


def test_no_region_is_told(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    code, out = account.run("check")

    assert code == 2
    assert "AWS_REGION: is not set" in out


def test_the_region_of_the_env_file_counts_and_the_flag_goes_first(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    Path(".env").write_text("AWS_REGION=eu-west-3\n")

    assert "eu-west-3" in account.run("check")[1]
    assert "ap-south-1" in account.run("check", "--region", "ap-south-1")[1]
