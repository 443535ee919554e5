"""
The setup guide, followed to the letter on an emulated account, and a mail through what came of it.

Its commands and snippets are taken from the guide beside the repository and run as they are written; the endpoint is the
emulator's. One thing is left out of its index command: ProvisionedThroughput, which the real service refuses for an
on-demand table, as the guide's is.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest

from sevenbot import alias
from sevenbot.config import Settings
from sevenbot.doctor.aws import check_aws
from sevenbot.doctor.finding import Result
from sevenbot.envelope import Envelope
from sevenbot.maillog import MailLog
from sevenbot.spool.accept import Spool
from sevenbot.storage import open_storage
from tests.aws import ministack
from tests.journeys.machine import USER, bot, telegram, wait_until

GUIDE = Path(__file__).resolve().parents[3] / "shared/dynamodb-setup-guide.md"

pytestmark = pytest.mark.skipif(not GUIDE.exists(), reason="the setup guide is not beside the repository (../shared)")

#: The region that the guide names.
REGION = "us-east-1"
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def environ(url: str) -> dict[str, str]:
    return ministack.operator(url, REGION)


@pytest.fixture(scope="module")
def account() -> Iterator[str]:
    """Follow the guide's commands on a fresh account."""
    with ministack.ministack() as url:
        for block in blocks("bash"):
            ministack.shell(re.sub(r',\\"ProvisionedThroughput\\":\{.*?\}', "", block), environ(url))
        yield url


@pytest.fixture
def operator(account: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Turn the SDK to that account, and return its URL."""
    for name, value in environ(account).items():
        monkeypatch.setenv(name, value)
    return account


def dynamodb(url: str) -> Any:
    return boto3.client("dynamodb", endpoint_url=url, region_name=REGION)


def test_the_guide_has_commands_for_two_tables_and_an_index() -> None:
    text = "\n".join(blocks("bash"))

    assert len(re.findall(r"^aws dynamodb ", text, re.MULTILINE)) == 4
    assert text.count("ProvisionedThroughput") == 1


def test_its_python_snippets_run_as_written(account: str) -> None:
    program = "\n".join(blocks("python"))

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environ(account),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Write successful" in done.stdout
    assert "test-user@csearfarf.dev" in done.stdout
    assert "telegram-users" in done.stdout.partition("Available tables:")[2]


async def test_the_record_that_its_snippet_writes_is_a_user_of_ours(operator: str, tmp_path: Path) -> None:
    write, _, clean_up, *_ = blocks("python")
    subprocess.run([sys.executable, "-W", "ignore", "-c", write], env=environ(operator), check=True)

    async with open_storage(Settings(state="dynamodb://", data_dir=tmp_path), exclusive=False) as kept:
        found = await kept.state.users.find_by_address("test-user@csearfarf.dev")

    program = f"{write}\n{clean_up}"
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], env=environ(operator), check=True)
    assert found is not None
    assert (found.chat_id, found.email_count) == (123456789, 0)
    assert abs((datetime.now(UTC) - found.created_at).total_seconds()) < 60  # it writes UTC without saying so


def test_its_tables_pass_the_check_with_advice_only(account: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sevenbot", "tables", "check", "--json"],
        env=environ(account),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert {check["result"] for check in told["checks"]} == {"ok", "advice"}
    assert {facts["billing"] for facts in told["tables"].values()} == {"on demand"}


async def test_doctor_finds_all_well_and_leaves_nothing_behind(operator: str) -> None:
    found = [finding async for finding in check_aws(Settings(state="dynamodb://"), NOW)]

    assert [finding.result for finding in found] == [Result.OK] * 3
    for table in ("telegram-users", "email-processing-state"):
        assert dynamodb(operator).scan(TableName=table)["Items"] == []


async def test_a_registration_and_an_arrival_are_recorded_as_the_guide_says(operator: str, tmp_path: Path) -> None:
    settings = Settings(state="dynamodb://", data_dir=tmp_path)
    newcomer = alias.Newcomer(chat_id=123456789, first_name="Ann")

    async with open_storage(settings, exclusive=True) as kept:
        user, _ = await alias.register(kept.state.users, newcomer, "example.org", NOW)
        recipient = await alias.resolve(kept.state.users, "example.org", user.email_address)
        spool = Spool(
            kept.state.ledger, kept.store, MailLog(), retention=settings.retention, on_accepted=lambda _: None
        )
        envelope = Envelope("bob@example.net", (recipient,), NOW, "smtp")
        (receipt,) = await spool.accept(b"Subject: x\r\n\r\nbody\r\n", envelope)
        (again,) = await spool.accept(b"Subject: x\r\n\r\nbody\r\n", envelope)

    users, items = [
        dynamodb(operator).scan(TableName=table)["Items"] for table in ("telegram-users", "email-processing-state")
    ]
    assert users[0]["chat_id"] == {"N": "123456789"}
    assert users[0]["email_address"] == {"S": user.email_address}
    assert users[0]["created_at"]["S"].startswith("2026-11-02T10:00:00")
    assert users[0].get("email_count", {"N": "0"}) == {"N": "0"}
    assert users[0]["first_name"] == {"S": "Ann"}
    assert not {"username", "last_summary_time"} & users[0].keys()
    assert items[0]["message_id"] == {"S": receipt.message_id}
    assert int(items[0]["ttl"]["N"]) >= NOW.timestamp() + settings.retention.total_seconds()
    assert (receipt.is_new, again.is_new) == (True, False)
    dynamodb(operator).delete_item(TableName="email-processing-state", Key={"message_id": items[0]["message_id"]})


def test_the_real_bot_runs_on_them_and_keeps_raw_mail_in_s3(operator: str, tmp_path: Path) -> None:
    s3 = boto3.client("s3", endpoint_url=operator, region_name=REGION)
    s3.create_bucket(Bucket="mail-of-the-guide")
    settings: dict[str, Any] = {
        "AWS_ENDPOINT_URL": operator,
        "AWS_REGION": REGION,
        "SEVENBOT_STATE": "dynamodb://",
        "SEVENBOT_SPOOL": "s3://mail-of-the-guide/raw",
    }

    with telegram() as simulator, bot(tmp_path, simulator.url, **settings) as process:
        address = simulator.register()
        process.send(address, "The papers")
        simulator.wait_for("The papers")
        key = {"chat_id": {"N": str(USER["id"])}}
        user = wait_until(
            lambda: (
                found
                if (found := dynamodb(operator).get_item(TableName="telegram-users", Key=key)["Item"])["email_count"]
                == {"N": "1"}
                else None
            ),
            what="the count",
        )

    assert user["email_address"] == {"S": address}
    assert "last_summary_time" in user
    (mail,) = s3.list_objects_v2(Bucket="mail-of-the-guide", Prefix="raw/")["Contents"]
    assert s3.head_object(Bucket="mail-of-the-guide", Key=mail["Key"])["ContentType"] == "message/rfc822"
