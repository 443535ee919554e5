"""The way of a mail with users and items in DynamoDB tables as the setup guide makes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.aws import ministack
from tests.journeys.machine import bot, telegram, wait_until

CHAT = 4242  # USER's


@pytest.fixture
def on_dynamodb() -> dict[str, Any]:
    """Settings that keep the state in a fresh pair of tables."""
    url = ministack.running()
    users, ledger = ministack.make_tables(url)
    return {
        **ministack.settings(url),
        "SEVENBOT_STATE": "dynamodb://",
        "SEVENBOT_USERS_TABLE": users,
        "SEVENBOT_LEDGER_TABLE": ledger,
    }


def record(settings: dict[str, Any], chat_id: int) -> dict[str, dict[str, str]]:
    dynamodb = ministack.client(settings["AWS_ENDPOINT_URL"], "dynamodb")
    found: dict[str, dict[str, str]] = dynamodb.get_item(
        TableName=settings["SEVENBOT_USERS_TABLE"], Key={"chat_id": {"N": str(chat_id)}}
    )["Item"]
    return found


def test_a_mail_reaches_the_chat_and_is_counted(tmp_path: Path, on_dynamodb: dict[str, Any]) -> None:
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url, **on_dynamodb) as process:
        address = simulator.register()
        process.send(address, "Papers for Tuesday")
        simulator.wait_for("Papers for Tuesday")
        wait_until(lambda: record(on_dynamodb, CHAT)["email_count"] == {"N": "1"}, what="the count")

        assert record(on_dynamodb, CHAT)["email_address"] == {"S": address}
        assert [item["status"] for item in process.items()] == ["delivered"]
        assert process.stop() == 0


def test_a_killed_worker_takes_up_its_own_mails_at_once_and_marks_the_repeat(
    tmp_path: Path, on_dynamodb: dict[str, Any]
) -> None:
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url, **on_dynamodb) as process:
        address = simulator.register()
        simulator.fail("hang")
        process.send(address, "Left in the air")
        wait_until(lambda: [item["status"] for item in process.items()] == ["sending"], what="a call under way")

        process.kill()
        simulator.recover()
        process.start()

        message = simulator.wait_for("Left in the air", seconds=30)
        assert message["text"].startswith("↻")
        wait_until(lambda: [item["status"] for item in process.items()] == ["delivered"], what="delivery on record")


def test_paused_is_refused_at_once_although_the_index_is_behind(tmp_path: Path, on_dynamodb: dict[str, Any]) -> None:
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url, **on_dynamodb) as process:
        address = simulator.register()
        process.send(address, "Still taken")
        simulator.say("/deactivate")
        wait_until(lambda: record(on_dynamodb, CHAT).get("status") == {"S": "paused"}, what="the pause")

        with pytest.raises(Exception, match=r"5\.2\.1"):
            process.send(address, "Refused")


def test_without_the_ledger_table_it_works_and_says_what_that_costs(
    tmp_path: Path, on_dynamodb: dict[str, Any]
) -> None:
    without = {**on_dynamodb, "SEVENBOT_LEDGER_TABLE": "left-out"}
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url, **without) as process:
        process.send(simulator.register(), "Kept beside")
        simulator.wait_for("Kept beside")

        log = process.log.read_text()
        assert log.count("duplicates cannot be prevented across restarts") == 1
        assert (process.folder / "data/sevenbot.db").exists()
