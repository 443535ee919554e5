"""`sevenbot mail` over a deployment: queue, dead-letter queue and ledger say the same afterwards."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from sevenbot import cli
from tests.aws.cloud import MAIL, Cloud, cloud
from tests.journeys.machine import TelegramProcess, telegram


@pytest.fixture(scope="module")
def simulator() -> Iterator[TelegramProcess]:
    with telegram() as process:
        yield process


@pytest.fixture
def aws(simulator: TelegramProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    handlers = logging.getLogger().handlers[:]
    with cloud(simulator) as deployed:
        for name, value in deployed.environ.items():
            monkeypatch.setenv(name, value)
        yield deployed
    logging.getLogger().handlers[:] = handlers


def bury(aws: Cloud, body: str) -> None:
    """Put a message into the dead-letter queue."""
    aws.client("sqs").send_message(QueueUrl=aws.dead_url, MessageBody=body)


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert cli.invoke(["mail", "list", "--dead", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def refused(aws: Cloud) -> str:
    """Have a mail refused for good, and return its item's id."""
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.telegram.fail("blocked", chat_id=aws.chat)
    assert aws.invoke() == []
    aws.telegram.recover()
    (item,) = aws.items()
    assert item["status"] == "dead"
    aws.client("dynamodb").update_item(
        TableName=aws.users,
        Key={"chat_id": {"N": str(aws.chat)}},
        UpdateExpression="REMOVE #s",
        ExpressionAttributeNames={"#s": "status"},
    )
    aws.restart()
    message_id: str = item["message_id"]
    return message_id


def test_a_dead_item_that_is_tried_again_goes_to_the_queue_and_is_delivered(aws: Cloud) -> None:
    message_id = refused(aws)

    assert cli.invoke(["mail", "retry", message_id[:12]]) == 0

    assert aws.statuses() == ["retry"]
    assert aws.waiting()["seen"] == 1
    assert aws.invoke() == []
    assert (aws.statuses(), len(aws.said())) == (["delivered"], 1)


def test_a_message_without_an_item_is_listed_and_sent_back(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    aws.user()
    bury(aws, aws.notice("inbound/came-late"))

    (letter,) = listed(capsys)
    assert (letter["object_key"], letter["message_id"]) == ("inbound/came-late", None)
    aws.put(key="inbound/came-late")  # the operator mended it

    assert cli.invoke(["mail", "retry", letter["letter"][:13]]) == 0

    assert aws.waiting(aws.dead_url) == {"seen": 0, "hidden": 0, "delayed": 0}
    assert aws.invoke() == []
    assert len(aws.said()) == 1


def test_looking_at_the_dead_letters_leaves_them_where_they_are(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    bury(aws, aws.notice("inbound/x"))
    bury(aws, "no JSON")

    assert len(listed(capsys)) == len(listed(capsys)) == 2

    assert aws.waiting(aws.dead_url)["seen"] == 2


def test_all_that_is_dead_goes_back_at_once(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    message_id = refused(aws)
    bury(aws, json.dumps({"sevenbot": {"message_id": message_id}}))
    bury(aws, aws.notice(aws.put(MAIL.replace(b"papers", b"contract"))))

    assert cli.invoke(["mail", "retry", "--all-dead"]) == 0

    assert aws.waiting(aws.dead_url)["seen"] == 0
    aws.invoke()
    assert aws.statuses() == ["delivered", "delivered"]
    assert listed(capsys) == []


def test_what_rests_for_an_item_goes_back_with_it(aws: Cloud) -> None:
    message_id = refused(aws)
    bury(aws, json.dumps({"sevenbot": {"message_id": message_id}}))

    assert cli.invoke(["mail", "retry", message_id]) == 0

    assert aws.waiting(aws.dead_url) == {"seen": 0, "hidden": 0, "delayed": 0}


def test_an_item_whose_message_was_lost_can_be_given_a_new_one(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.telegram.fail("429", retry_after=1)
    aws.invoke()
    aws.telegram.recover()
    aws.client("sqs").purge_queue(QueueUrl=aws.queue_url)
    (item,) = aws.items()
    assert item["status"] == "retry"

    assert cli.invoke(["mail", "retry", item["message_id"]]) == 0

    assert aws.waiting()["seen"] == 1


def test_a_discarded_item_leaves_no_message_at_rest(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    message_id = refused(aws)
    bury(aws, json.dumps({"sevenbot": {"message_id": message_id}}))

    assert cli.invoke(["mail", "discard", message_id, "--yes"]) == 0

    assert aws.statuses() == ["discarded"]
    assert listed(capsys) == []


def test_a_message_can_be_discarded_for_good(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    bury(aws, "no JSON")
    (letter,) = listed(capsys)

    assert cli.invoke(["mail", "discard", letter["letter"], "--yes"]) == 0

    assert listed(capsys) == []
    assert aws.waiting()["seen"] == 0


def test_the_mail_a_message_tells_of_can_be_read(aws: Cloud, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    bury(aws, aws.notice(aws.put()))
    assert cli.invoke(["mail", "list", "--dead", "--json"]) == 0
    (letter,) = json.loads(capsysbinary.readouterr().out)

    assert cli.invoke(["mail", "show", letter["letter"][:13], "--raw"]) == 0

    assert capsysbinary.readouterr().out == MAIL


def test_a_message_that_is_not_there_is_told(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["mail", "retry", "96fce76e-1fd9"]) == 1

    assert "no message in the dead-letter queue" in capsys.readouterr().err
