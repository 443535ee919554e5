"""The functions in this process, over a real queue, bucket, tables and parameters, called as Lambda calls them."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sevenbot import lambdas
from sevenbot.aws.client import open_aws
from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import ConfigError
from sevenbot.spool.s3 import S3Store
from sevenbot.warm import STALE_SECONDS
from sevenbot.wiring import App
from tests.aws.cloud import ADDRESS, MAIL, Cloud, cloud, sns
from tests.journeys.machine import DOMAIN, TOKEN, TelegramProcess, telegram, wait_until
from tests.receive import dovecot


@pytest.fixture(scope="module")
def simulator() -> Iterator[TelegramProcess]:
    with telegram() as process:
        yield process


@pytest.fixture
def aws(simulator: TelegramProcess) -> Iterator[Cloud]:
    handlers = logging.getLogger().handlers[:]
    with cloud(simulator) as deployed:
        yield deployed
    logging.getLogger().handlers[:] = handlers


def store_as_the_fetcher_does(aws: Cloud) -> str:
    """Put a mail into the bucket without an item, and return its raw key."""

    async def put() -> str:
        async with open_aws() as opened:
            envelope = Envelope("bob@example.net", (Recipient(aws.chat, ADDRESS),), datetime.now(UTC), "imap")
            (raw_key,) = await S3Store(opened, aws.bucket, "raw").put_all([(MAIL, envelope)])
        assert isinstance(raw_key, str)
        return raw_key

    return asyncio.run(put())


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]


def wait_until_due(aws: Cloud) -> str:
    """Wait for the only item, and return its id."""
    (item,) = aws.items()
    wait_until(lambda: datetime.now(UTC) > datetime.fromisoformat(item["due_at"]), what="the time it is due")
    message_id: str = item["message_id"]
    return message_id


def test_a_mail_that_ses_kept_is_in_the_chat_once(aws: Cloud) -> None:
    aws.user()
    key = aws.put()
    aws.send(aws.notice(key))

    assert aws.invoke() == []

    (text,) = aws.said()
    assert not text.startswith("↻")
    (item,) = aws.items()
    assert (item["status"], item["raw_key"], item["sender_domain"]) == ("delivered", key, "example.net")
    assert aws.waiting() == {"seen": 0, "hidden": 0, "delayed": 0}


# what a message may be


def test_a_notice_that_sns_did_not_wrap_is_read_too(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put(), wrapped=False))

    assert aws.invoke() == []

    assert len(aws.said()) == 1


def test_a_mail_the_fetcher_stored_comes_before_its_item(aws: Cloud) -> None:
    aws.user()
    raw_key = store_as_the_fetcher_does(aws)
    aws.send(aws.stored(f"raw/{raw_key}"))

    assert aws.invoke() == []

    assert len(aws.said()) == 1
    (item,) = aws.items()
    assert (item["status"], item["raw_key"], item["via"]) == ("delivered", raw_key, "imap")


def test_what_is_none_of_ours_is_acknowledged_and_logged(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    about_the_bucket = json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": aws.bucket})
    welcome = sns("Successfully validated SNS topic for Amazon SES event publishing.")
    aws.send(about_the_bucket, welcome, "{}", "[1, 2]", "no JSON", aws.stored("raw/x", name="ObjectRemoved:Delete"))

    assert aws.invoke() == []

    assert [line["event"] for line in logged(capsys) if "Nothing for us" in line["event"]] == [
        "Nothing for us: s3:TestEvent",
        "Nothing for us: no event",
        "Nothing for us: another program's event",
        "Nothing for us: no event",
        "Nothing for us: no event",
        "Nothing for us: an event of S3, ObjectRemoved:Delete",
    ]


@pytest.mark.parametrize(
    "body",
    [
        '{"notificationType": "Received"}',
        '{"notificationType": "Received", "receipt": {"recipients": []}, "mail": {}}',
        '{"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put"}]}',
        '{"sevenbot": {}}',
        '{"sevenbot": {"message_id": "../x"}}',
    ],
)
def test_what_should_tell_of_a_mail_and_does_not_is_never_acknowledged(aws: Cloud, body: str) -> None:
    aws.send(body)

    assert len(aws.invoke()) == 1


# whom it is for


def test_each_recipient_of_a_notice_has_an_item_and_others_are_left_out(
    aws: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    paused, other = f"birch-fox-a2b3c4d5@{DOMAIN}", f"cedar-owl-e6f7g8h9@{DOMAIN}"
    aws.user()
    aws.user(aws.chat + 1, other)
    aws.user(aws.chat + 2, paused, status={"S": "paused"})
    key = aws.put()
    aws.send(aws.notice(key, ADDRESS, other, paused, f"nobody@{DOMAIN}", "else@example.net", f"{ADDRESS.upper()}"))

    assert aws.invoke() == []

    assert [len(aws.said(chat_id=aws.chat + number)) for number in range(3)] == [1, 1, 0]
    assert aws.statuses() == ["delivered", "delivered"]
    assert key in aws.objects()
    refused = [line["reason"] for line in logged(capsys) if line["event"] == "refused"]
    assert refused == ["paused", "unknown_recipient"]


def test_a_mail_to_a_paused_address_is_removed_unread(aws: Cloud) -> None:
    aws.user(status={"S": "paused"})
    aws.send(aws.notice(aws.put()))

    assert aws.invoke() == []

    assert (aws.items(), aws.objects(), aws.said()) == ([], [], [])


def test_a_mail_to_an_unknown_address_is_left_to_the_retention(aws: Cloud) -> None:
    key = aws.put()
    aws.send(aws.notice(key))

    assert aws.invoke() == []

    assert (aws.items(), aws.objects()) == ([], [key])


# again and at once


def test_a_message_that_comes_again_makes_one_message(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    event = aws.receive()

    assert aws.invoke(event) == []
    assert aws.invoke(event) == []

    assert len(aws.said()) == 1


def test_the_same_mail_in_two_messages_of_a_batch_makes_one_message(aws: Cloud) -> None:
    aws.user()
    body = aws.notice(aws.put())
    aws.send(body, body)
    event = aws.receive()
    assert len(event["Records"]) == 2

    kept = aws.invoke(event)  # the one that came second waits for the other's lease

    assert len(kept) <= 1
    assert len(aws.said()) == 1
    aws.come_to_light({"Records": [record for record in event["Records"] if record["messageId"] in kept]})
    assert not kept or aws.invoke(aws.receive_later()) == []
    assert len(aws.said()) == 1


# waiting


def test_a_mail_that_telegram_holds_back_is_hidden_for_as_long(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.telegram.fail("429", retry_after=2)
    event = aws.receive()

    assert aws.invoke(event) == [event["Records"][0]["messageId"]]
    assert aws.statuses() == ["retry"]
    aws.telegram.recover()
    again = aws.receive_later()

    assert aws.invoke(again) == []
    assert len(aws.said()) == 1
    assert aws.statuses() == ["delivered"]


def test_a_mail_that_often_waits_is_sent_anew_so_that_its_tries_never_run_out(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.telegram.fail("429", retry_after=600)
    event = aws.receive()
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "3"

    assert aws.invoke(event) == []

    assert aws.waiting() == {"seen": 0, "hidden": 0, "delayed": 1}
    aws.telegram.recover()


def test_a_message_of_ours_resumes_an_item(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.telegram.fail("500")
    aws.invoke()
    aws.telegram.recover()
    aws.send(json.dumps({"sevenbot": {"message_id": wait_until_due(aws)}}))
    event = aws.receive()
    event["Records"] = event["Records"][-1:]

    assert aws.invoke(event) == []
    assert aws.statuses() == ["delivered"]


# poison


def test_a_mail_that_is_not_there_ends_among_the_dead_letters(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice("inbound/never-put"))
    tries = 0

    event = aws.receive()
    while event["Records"]:
        assert aws.invoke(event) != []
        tries += 1
        aws.come_to_light(event)
        event = aws.receive()

    assert tries == 8
    assert aws.waiting(aws.dead_url)["seen"] == 1


def test_a_mail_that_was_taken_back_is_done_with(aws: Cloud) -> None:
    aws.user()
    raw_key = store_as_the_fetcher_does(aws)
    aws.client("s3").delete_object(Bucket=aws.bucket, Key=f"raw/{raw_key}")
    aws.send(aws.stored(f"raw/{raw_key}"))

    assert aws.invoke() == []


def test_an_item_whose_mail_is_gone_is_dead_and_its_message_done_with(aws: Cloud) -> None:
    aws.user()
    key = aws.put()
    aws.send(aws.notice(key))
    aws.telegram.fail("500")
    aws.invoke()
    aws.telegram.recover()
    aws.client("s3").delete_object(Bucket=aws.bucket, Key=key)
    aws.send(json.dumps({"sevenbot": {"message_id": wait_until_due(aws)}}))
    event = aws.receive()
    event["Records"] = event["Records"][-1:]

    assert aws.invoke(event) == []

    assert aws.statuses() == ["dead"]


def test_an_item_whose_mail_vanished_before_its_notice_came_again_is_dead(aws: Cloud) -> None:
    aws.user()
    key = aws.put()
    aws.send(aws.notice(key))
    aws.telegram.fail("429", retry_after=1)
    event = aws.receive()
    kept = aws.invoke(event)
    aws.telegram.recover()
    aws.client("s3").delete_object(Bucket=aws.bucket, Key=key)

    while kept:
        aws.come_to_light(event)
        event = aws.receive_later()
        kept = aws.invoke(event)
    assert aws.invoke(aws.receive_later()) == []  # the item's own message

    assert aws.statuses() == ["dead"]
    assert aws.waiting(aws.dead_url)["seen"] == 0


def test_a_mail_in_a_strange_bucket_is_never_acknowledged(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()).replace(aws.bucket, "another-bucket"))

    assert len(aws.invoke()) == 1


# the end of the time


def test_what_cannot_be_begun_in_time_is_given_back_at_once(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.context.seconds = 10
    event = aws.receive()

    assert len(aws.invoke(event)) == 1
    assert aws.items() == []

    aws.context.seconds = 120
    again = aws.receive_later()
    assert aws.invoke(again) == []
    assert len(aws.said()) == 1


# the web part


def test_a_command_is_answered_in_the_chat_before_the_update_is(aws: Cloud) -> None:
    assert aws.write("/register") == 200

    (text,) = aws.said(f"@{DOMAIN}")
    assert "@" in text
    (user,) = aws.client("dynamodb").scan(TableName=aws.users)["Items"]
    assert user["email_address"]["S"] in text


@pytest.mark.parametrize("secret", [None, "", "another-secret"])
def test_an_update_without_the_secret_is_refused(aws: Cloud, secret: str | None) -> None:
    assert aws.update(secret, message={"text": "/register"}) == 401

    assert aws.client("dynamodb").scan(TableName=aws.users)["Items"] == []


def test_without_a_secret_in_the_settings_there_is_no_webhook(simulator: TelegramProcess) -> None:
    with cloud(simulator) as deployed:
        deployed.client("ssm").delete_parameter(Name=f"{deployed.environ['SEVENBOT_SSM_PATH']}SEVENBOT_WEBHOOK_SECRET")

        assert deployed.update("") == 404


def test_the_whole_web_part_is_there(aws: Cloud) -> None:
    assert aws.ask("/healthz")["body"] == "ok"
    told = json.loads(aws.ask("/readyz")["body"])
    assert (told["state"], told["spool"], told["telegram"]) == ("ok", "ok", "ok")
    assert aws.ask("/nothing")["statusCode"] == 404


def test_a_command_that_names_the_bot_is_its_own_in_a_group(aws: Cloud) -> None:
    me = aws.telegram.call(f"/bot{TOKEN}/getMe")["result"]["username"]

    assert aws.write(f"/help@{me}", type="group", title="Family") == 200
    assert aws.write("/help@AnotherBot", type="group", title="Family") == 200

    assert len(aws.said("/status")) == 1


def test_dead_letters_that_a_chat_asks_for_go_through_the_queue(aws: Cloud) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.telegram.fail("blocked", chat_id=aws.chat)
    aws.invoke()
    aws.telegram.recover()
    assert aws.statuses() == ["dead"]
    aws.write("/start")

    assert aws.press("d:all") == 200

    assert aws.waiting()["seen"] == 1
    assert aws.invoke() == []
    assert aws.statuses() == ["delivered"]


# the mailbox


@pytest.mark.skipif(not dovecot.is_installed(), reason="Dovecot is not installed")
def test_a_fetched_mail_goes_through_the_bucket_to_the_chat_once(aws: Cloud) -> None:
    aws.user()
    with dovecot.dovecot() as server:
        account = server.new_account()
        aws.environ["SEVENBOT_IMAP_URL"] = account.url(scheme="imap")
        account.put(MAIL)

        first, second = (lambdas.email_fetcher({}, aws.context) for _ in range(2))

    assert (first, second) == ({"accepted": 1}, {})
    (key,) = aws.objects()
    assert key.startswith("raw/")
    assert aws.statuses() == ["received"]
    aws.send(aws.stored(key), aws.stored(key))
    aws.invoke()
    assert (aws.statuses(), len(aws.said())) == (["delivered"], 1)


def test_without_a_mailbox_the_fetcher_says_which_setting_is_missing(aws: Cloud) -> None:
    with pytest.raises(ConfigError, match="SEVENBOT_IMAP_URL"):
        lambdas.email_fetcher({}, aws.context)


# the process from one invocation to the next


def test_after_a_pause_no_connection_is_trusted_and_the_rest_is_kept(aws: Cloud) -> None:
    aws.ask("/healthz")
    before = aws.warm.run(_itself)
    soon = aws.warm.run(_itself)
    aws.warm._used_at -= STALE_SECONDS + 1
    later = aws.warm.run(_itself)

    assert soon is before
    assert later is not before
    assert later.state is before.state
    assert aws.write("/register") == 200


def test_an_invocation_that_was_broken_off_does_not_harm_the_next(aws: Cloud) -> None:
    async def broken(_: App) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        aws.warm.run(broken)

    assert aws.write("/register") == 200


def test_a_start_that_fails_is_tried_again_by_the_next_invocation(aws: Cloud) -> None:
    users = aws.environ["SEVENBOT_USERS_TABLE"]
    aws.environ["SEVENBOT_USERS_TABLE"] = "not-there"
    aws.send(aws.notice(aws.put()))
    event = aws.receive()
    with pytest.raises(ConfigError, match="not-there"):
        lambdas.email_processor(event, aws.context)
    aws.environ["SEVENBOT_USERS_TABLE"] = users
    aws.user()

    assert aws.invoke(event) == []
    assert len(aws.said()) == 1


def test_a_ledger_that_is_not_there_is_never_made_up_for(aws: Cloud) -> None:
    aws.environ["SEVENBOT_LEDGER_TABLE"] = "not-there"

    with pytest.raises(ConfigError, match="SEVENBOT_LEDGER_TABLE"):
        aws.ask("/healthz")


def test_the_environment_goes_before_the_parameters(aws: Cloud) -> None:
    aws.environ["SEVENBOT_WEBHOOK_SECRET"] = "of-the-environment"

    assert aws.update("of-the-environment", message={}) == 200


def test_logs_hold_the_request_and_nothing_of_the_mail(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.invoke()

    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.err.splitlines()]
    assert {line.get("request") for line in lines if line["logger"].startswith("sevenbot")} == {"5f0c-request"}
    for private in (ADDRESS, "papers", "bob@", TOKEN):
        assert private not in told.err + told.out


def test_numbers_are_written_as_cloudwatch_takes_them(aws: Cloud, capsys: pytest.CaptureFixture[str]) -> None:
    aws.user()
    aws.send(aws.notice(aws.put()))
    aws.invoke()

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    stack = aws.environ["SEVENBOT_SSM_PATH"].strip("/").rpartition("/")[2]
    assert {line["Stack"] for line in lines} == {stack}
    named = {metric["Name"] for line in lines for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]}
    assert named == {"Accepted", "SummarySeconds", "Delivered", "DeliverySeconds"}


async def _itself(app: App) -> App:
    return app


def test_garbage_is_looked_for_again_once_a_handler_is_there() -> None:
    assert callable(lambdas.email_fetcher)
    assert gc.isenabled()

    with pytest.raises(AttributeError):
        lambdas.telegram_door  # noqa: B018 - asking for it is what is tested
    assert gc.isenabled()
