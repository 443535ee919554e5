"""Deployments and their ends on an emulated account, step by step; functions are never called here."""

from __future__ import annotations

import asyncio
import io
import itertools
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sevenbot.aws import deployment, webhook
from sevenbot.aws.deploy import Code, Deployment, Plan, Tell
from sevenbot.aws.kept_settings import KeptSettings, path_of
from sevenbot.aws.stack import Stack
from sevenbot.aws.status import Status
from sevenbot.aws.teardown import Teardown
from sevenbot.config import Secret, Settings, load
from sevenbot.doctor.finding import Finding, Result
from sevenbot.errors import CourierUnavailable, StackFailed
from tests.aws import ministack
from tests.journeys.machine import TOKEN, TelegramProcess, telegram

SERVICES = ("cloudformation", "s3", "ssm", "sts", "ses", "sesv2", "sqs", "sns", "lambda", "cloudwatch", "logs")
NUMBERS = itertools.count()


def empty_zip(_: str = "arm64") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(zipfile.ZipInfo("sevenbot/lambdas.py"), "")
    return content.getvalue()


@pytest.fixture(scope="module")
def simulator() -> Iterator[TelegramProcess]:
    with telegram() as process:
        yield process


class Operator:
    """Somebody who deploys a stack of its own; hears all that is said."""

    def __init__(self, simulator: TelegramProcess, **settings: str) -> None:
        number = next(NUMBERS)
        self.name = f"deploy-{number}"
        self.given = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SEVENBOT_DOMAIN": "example.org",
            "SEVENBOT_TELEGRAM_API_URL": simulator.url,
            "SEVENBOT_USERS_TABLE": f"deploy-users-{number}",
            "SEVENBOT_LEDGER_TABLE": f"deploy-mails-{number}",
            **settings,
        }
        self.aws = ministack.with_clients(*SERVICES)
        self.stack = Stack(self.aws, self.name, sleep=lambda _: None)
        self.said: list[str] = []
        self.interrupt_at: int | None = None
        self.has_begun = False

    @property
    def settings(self) -> Settings:
        return load(self.given)

    @property
    def tell(self) -> Tell:
        return Tell(self._hear, lambda words, _: self._hear(f"✓ {words}"), self._begin)

    def _begin(self) -> None:
        self.has_begun = True

    def _hear(self, words: str) -> None:
        self.said.append(words)
        if len(self.said) == self.interrupt_at:
            raise KeyboardInterrupt

    def plan(self, **chosen: str) -> tuple[Deployment, Plan, Code]:
        one = Deployment(self.aws, self.settings, self.given, self.stack, self.tell)
        one.check()
        code = one.package(empty_zip, "arm64")
        one.come_to_rest(may_mend=True)
        return one, one.plan(code, chosen), code

    def deploy(self, **chosen: str) -> Plan:
        one, plan, code = self.plan(**chosen)
        one.carry_out(plan, code)
        assert one.receive_mail(plan) == []  # this is no Amazon
        one.point_webhook(plan)
        return plan

    def end(self) -> Teardown:
        return Teardown(self.aws, self.settings, self.stack, self.tell)

    def client(self, service: str) -> Any:
        return ministack.client(ministack.running(), service)

    def look(self) -> list[Finding]:
        return list(Status(self.aws, self.stack, datetime.now(UTC)).all())


@pytest.fixture
def operator(simulator: TelegramProcess) -> Operator:
    return Operator(simulator)


def test_planning_changes_nothing(operator: Operator) -> None:
    one, plan, _ = operator.plan()

    one.forget(plan)

    assert operator.stack.status() == ""
    assert KeptSettings(operator.aws, path_of(operator.name)).read() == {}
    assert operator.name not in str(operator.client("s3").list_buckets())


def test_what_was_deployed_is_there_and_a_second_time_changes_nothing(operator: Operator) -> None:
    operator.deploy()
    operator.said.clear()

    assert not operator.deploy().is_anything

    assert not [line for line in operator.said if "stack" in line]
    assert operator.stack.outputs()["UsersTable"] == operator.given["SEVENBOT_USERS_TABLE"]


def test_a_changed_setting_is_told_by_name_and_reaches_the_functions(operator: Operator) -> None:
    operator.deploy()
    operator.given["OPENAI_API_KEY"] = "sk-secret"

    plan = operator.deploy()

    assert plan.difference.added == ("OPENAI_API_KEY",)
    assert plan.change is not None
    assert {change["LogicalResourceId"] for change in plan.change.changes} >= {"EmailProcessor"}
    assert "sk-secret" not in "".join(operator.said) + repr(plan)
    configuration = operator.client("lambda").get_function_configuration(
        FunctionName=f"{operator.name}-email-processor"
    )
    assert "OPENAI_API_KEY" in configuration["Environment"]["Variables"]["PARAMETER_NAMES"]


def test_telegram_posts_to_the_api_with_the_kept_secret(operator: Operator, simulator: TelegramProcess) -> None:
    plan = operator.deploy()

    info = simulator.call(f"/bot{TOKEN}/getWebhookInfo")["result"]

    assert info["url"] == operator.stack.outputs()["ApiUrl"] + "/telegram/webhook"
    assert operator.deploy().kept == plan.kept


def test_that_another_domain_ends_the_addresses_is_told(operator: Operator) -> None:
    assert operator.plan()[1].left_domain == ""
    operator.deploy()
    assert operator.plan()[1].left_domain == ""

    operator.given["SEVENBOT_DOMAIN"] = "mail.example.net"

    assert operator.plan()[1].left_domain == "example.org"


def test_who_gets_the_updates_now_is_told_before_they_come_here(operator: Operator, simulator: TelegramProcess) -> None:
    elsewhere = "https://elsewhere.example.org/telegram/webhook"
    simulator.call(f"/bot{TOKEN}/setWebhook", {"url": elsewhere})
    one, plan, code = operator.plan()
    assert plan.webhook_elsewhere == elsewhere

    one.carry_out(plan, code)
    one.point_webhook(plan)

    assert operator.plan()[1].webhook_elsewhere == ""


def test_an_address_that_telegram_does_not_take_comes_with_what_to_do(simulator: TelegramProcess) -> None:
    operator = Operator(simulator)

    with pytest.raises(StackFailed, match=r"does not take http://bot.example.org.*\n.*in the DNS"):
        asyncio.run(webhook.point(operator.settings, "http://bot.example.org", Secret("a-secret")))


def test_tables_made_by_hand_are_used_as_they_are(simulator: TelegramProcess) -> None:
    users, ledger = ministack.make_tables(ministack.running())
    operator = Operator(simulator, SEVENBOT_USERS_TABLE=users, SEVENBOT_LEDGER_TABLE=ledger)

    operator.deploy()

    assert not {"UsersTable", "LedgerTable"} & operator.stack.resources().keys()
    assert operator.stack.outputs()["UsersTable"] == users
    assert not operator.deploy().is_anything


def test_two_stacks_do_not_share_their_users(operator: Operator, simulator: TelegramProcess) -> None:
    operator.deploy()
    another = Operator(simulator, SEVENBOT_USERS_TABLE=operator.given["SEVENBOT_USERS_TABLE"])

    with pytest.raises(StackFailed, match=f"belongs to stack {operator.name}"):
        another.plan()

    assert another.stack.status() == ""


def test_a_wrong_token_ends_it_before_anything_is_made(simulator: TelegramProcess) -> None:
    operator = Operator(simulator, TELEGRAM_BOT_TOKEN="1:wrong")

    with pytest.raises(CourierUnavailable):
        operator.deploy()

    assert operator.stack.status() == ""


def test_without_a_way_to_telegram_it_says_so_and_what_to_look_at(simulator: TelegramProcess) -> None:
    operator = Operator(simulator, SEVENBOT_TELEGRAM_API_URL="http://127.0.0.1:1")

    with pytest.raises(StackFailed, match=r"Telegram does not answer[^\n]*\n.*firewall"):
        operator.plan()

    assert operator.stack.status() == ""


def test_another_table_would_be_a_loss_and_is_refused(operator: Operator) -> None:
    operator.deploy()
    before = operator.given["SEVENBOT_LEDGER_TABLE"]
    operator.given["SEVENBOT_LEDGER_TABLE"] = "another"

    with pytest.raises(StackFailed, match=f"SEVENBOT_LEDGER_TABLE is another, but .* {before}\n"):
        operator.plan()

    left = operator.client("cloudformation").list_change_sets(StackName=operator.name)["Summaries"]
    assert [each["ExecutionStatus"] for each in left] == ["EXECUTE_COMPLETE"]


def test_another_table_instead_of_one_made_by_hand_is_refused_too(simulator: TelegramProcess) -> None:
    users, ledger = ministack.make_tables(ministack.running())
    another, _ = ministack.make_tables(ministack.running())
    operator = Operator(simulator, SEVENBOT_USERS_TABLE=users, SEVENBOT_LEDGER_TABLE=ledger)
    operator.deploy()

    operator.given["SEVENBOT_USERS_TABLE"] = another
    with pytest.raises(StackFailed, match=f"SEVENBOT_USERS_TABLE is {another}, but .* {users}\n"):
        operator.plan()
    del operator.given["SEVENBOT_USERS_TABLE"]
    with pytest.raises(StackFailed, match=f"SEVENBOT_USERS_TABLE is telegram-users, but .* {users}\n"):
        operator.plan()


def test_a_table_is_changed_on_purpose_by_taking_the_stack_down_first(simulator: TelegramProcess) -> None:
    operator = Operator(simulator)
    operator.deploy()
    restored, _ = ministack.make_tables(ministack.running())
    operator.given["SEVENBOT_USERS_TABLE"] = restored

    operator.end().remove_stack()
    operator.deploy()

    assert operator.stack.outputs()["UsersTable"] == restored


def test_a_setting_that_is_gone_goes_back_to_its_default(simulator: TelegramProcess) -> None:
    operator = Operator(simulator, SEVENBOT_RETENTION_DAYS="7")
    operator.deploy()
    del operator.given["SEVENBOT_RETENTION_DAYS"]

    operator.deploy()

    configuration = operator.client("lambda").get_function_configuration(
        FunctionName=f"{operator.name}-email-processor"
    )
    assert configuration["Environment"]["Variables"]["SEVENBOT_RETENTION_DAYS"] == "30"


def test_until_something_is_changed_nothing_has_begun(operator: Operator) -> None:
    one, plan, code = operator.plan()
    assert not operator.has_begun

    one.carry_out(plan, code)
    assert operator.has_begun


def test_a_failure_is_told_by_its_cause_and_the_next_deployment_succeeds(operator: Operator) -> None:
    one, plan, code = operator.plan()
    in_the_way = deployment.mail_bucket(operator.name, ministack.ACCOUNT, ministack.REGION)
    where = {"LocationConstraint": ministack.REGION}
    operator.client("s3").create_bucket(Bucket=in_the_way, CreateBucketConfiguration=where)  # meanwhile, by somebody

    with pytest.raises(StackFailed, match=r"MailBucket \(S3::Bucket\).*already exists") as failure:
        one.carry_out(plan, code)
    assert "remove it, or deploy with another --stack" in str(failure.value)

    with pytest.raises(StackFailed, match="without --dry-run"):
        one.come_to_rest(may_mend=False)
    operator.deploy()  # what failed is removed, and the bucket that stands is used
    assert operator.stack.status() == "CREATE_COMPLETE"


@pytest.mark.slow
def test_wherever_it_is_interrupted_the_next_deployment_completes_it(simulator: TelegramProcess) -> None:
    whole = Operator(simulator)
    whole.deploy()
    count = len(whole.said)

    for step in (1, 4, 5, 6, 8, 40, count - 1):
        operator = Operator(simulator)
        operator.interrupt_at = step
        with pytest.raises(KeyboardInterrupt):
            operator.deploy()
        operator.interrupt_at = None

        operator.deploy()

        assert operator.stack.status() in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}, step
        assert operator.stack.resources().keys() == whole.stack.resources().keys(), step
        assert not operator.deploy().is_anything


def test_another_programs_stack_is_neither_changed_nor_taken_down_nor_called_well(operator: Operator) -> None:
    theirs = '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}'
    operator.client("cloudformation").create_stack(StackName=operator.name, TemplateBody=theirs)

    with pytest.raises(StackFailed, match="another program's"):
        operator.deploy()
    with pytest.raises(StackFailed, match="another program's"):
        operator.end()
    (finding,) = operator.look()

    assert finding.result is Result.FAILED
    assert operator.stack.resources().keys() == {"Orders"}


def test_all_is_well_after_a_deployment(operator: Operator) -> None:
    operator.deploy()

    assert {finding.result for finding in operator.look()} == {Result.OK}


def test_without_a_stack_there_is_one_thing_to_say(operator: Operator) -> None:
    (finding,) = operator.look()

    assert finding.result is Result.FAILED
    assert "sevenbot aws deploy" in finding.advice


def test_a_stack_that_was_only_planned_is_no_system(operator: Operator) -> None:
    operator.plan()

    (finding,) = operator.look()

    assert finding.result is Result.FAILED
    assert "REVIEW_IN_PROGRESS" in finding.detail


def test_dead_letters_and_ringing_alarms_are_failures(operator: Operator) -> None:
    operator.deploy()
    operator.client("sqs").send_message(QueueUrl=operator.stack.outputs()["DeadLetterQueueUrl"], MessageBody="{}")
    alarm = f"{operator.name} the model fails"
    operator.client("cloudwatch").set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="a test")

    failures = [finding for finding in operator.look() if finding.result is Result.FAILED]

    assert [(finding.check, finding.detail) for finding in failures] == [
        ("dead letters", "1 at rest"),
        ("alarm", alarm),
    ]


def test_a_functions_last_error_is_shown_in_short(operator: Operator) -> None:
    operator.deploy()
    group = f"/aws/lambda/{operator.name}-email-processor"
    logs = operator.client("logs")
    logs.create_log_stream(logGroupName=group, logStreamName="one")
    now = int(time.time() * 1000)
    lines = [
        '{"level": "info", "event": "all is well"}',
        '{"level": "error", "event": "An attempt failed", "error": "KeyError"}',
    ]
    logs.put_log_events(
        logGroupName=group,
        logStreamName="one",
        logEvents=[{"timestamp": now + at, "message": line} for at, line in enumerate(lines)],
    )

    (finding,) = [finding for finding in operator.look() if finding.detail.startswith("email-processor")]

    assert finding.result is Result.ADVICE
    assert finding.detail.endswith("the last: An attempt failed")


def test_a_mail_that_waits_for_long_is_a_failure(operator: Operator) -> None:
    operator.deploy()
    url = operator.stack.outputs()["MailQueueUrl"]
    mapping = operator.stack.resources()["MailFromQueue"]
    operator.client("lambda").update_event_source_mapping(UUID=mapping, Enabled=False)
    operator.client("sqs").send_message(QueueUrl=url, MessageBody="{}")
    metric = {
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Dimensions": [{"Name": "QueueName", "Value": url.rpartition("/")[2]}],
        "Timestamp": datetime.now(UTC) - timedelta(minutes=1),
        "Value": 3600.0,
    }
    operator.client("cloudwatch").put_metric_data(Namespace="AWS/SQS", MetricData=[metric])

    (finding,) = [finding for finding in operator.look() if finding.check == "queue"]

    assert finding.result is Result.FAILED
    assert "60 minutes" in finding.detail


def test_the_end_keeps_the_data_and_says_so(operator: Operator, simulator: TelegramProcess) -> None:
    operator.deploy()

    teardown = operator.end()
    teardown.close_doors()
    teardown.remove_stack()

    assert operator.stack.status() == ""
    assert KeptSettings(operator.aws, path_of(operator.name)).read() == {}
    assert simulator.call(f"/bot{TOKEN}/getWebhookInfo")["result"]["url"] == ""
    (users, ledger, bucket) = teardown.remains()
    assert operator.given["SEVENBOT_USERS_TABLE"] in users
    assert operator.given["SEVENBOT_LEDGER_TABLE"] in ledger
    assert deployment.mail_bucket(operator.name, ministack.ACCOUNT, ministack.REGION) in bucket


def test_the_next_deployment_takes_the_bucket_over_with_its_own_retention(operator: Operator) -> None:
    operator.deploy()
    operator.end().remove_stack()
    operator.given["SEVENBOT_RETENTION_DAYS"] = "90"

    operator.deploy()

    assert "MailBucket" not in operator.stack.resources()
    bucket = operator.stack.outputs()["MailBucket"]
    rules = operator.client("s3").get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert [rule["Expiration"].get("Days") for rule in rules] == [90, None]
    told = operator.client("s3").get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
    assert [each["QueueArn"].rpartition(":")[2] for each in told] == [f"{operator.name}-mail"]


def test_another_bots_webhook_is_left(operator: Operator, simulator: TelegramProcess) -> None:
    operator.deploy()
    simulator.call(f"/bot{TOKEN}/setWebhook", {"url": "https://elsewhere.example.org/hook"})

    operator.end().close_doors()

    assert "elsewhere" in simulator.call(f"/bot{TOKEN}/getWebhookInfo")["result"]["url"]


def test_what_the_queues_hold_is_told_before_they_go(operator: Operator) -> None:
    operator.deploy()

    operator.client("sqs").send_message(QueueUrl=operator.stack.outputs()["DeadLetterQueueUrl"], MessageBody="{}")

    assert operator.end().undelivered().endswith(" on the way, 1 at rest as dead letters")


def test_a_misspelt_stack_takes_no_data_of_another_with_it(operator: Operator) -> None:
    operator.deploy()
    misspelt = Stack(operator.aws, operator.name + "x", sleep=lambda _: None)
    teardown = Teardown(operator.aws, operator.settings, misspelt, operator.tell)

    teardown.remove_stack()
    teardown.remove_data()

    assert teardown.data() == []
    assert f"✓ stack {operator.name}x: is not there" in operator.said
    told = list(teardown.remains())
    assert len(told) == 2
    assert all(f"not of stack {operator.name}x" in line for line in told)
    assert operator.given["SEVENBOT_USERS_TABLE"] in ministack.tables(operator.client("dynamodb"))


def test_tables_that_an_earlier_end_left_go_with_the_next(operator: Operator) -> None:
    operator.deploy()
    operator.end().remove_stack()

    teardown = operator.end()
    assert len(teardown.data()) == 3
    teardown.remove_data()

    assert list(teardown.remains()) == []


def test_of_two_deployments_at_once_the_second_changes_nothing(operator: Operator) -> None:
    one, plan, code = operator.plan()
    another, its_plan, _ = operator.plan()
    one.carry_out(plan, code)

    with pytest.raises(StackFailed, match="another deployment came first"):
        another.carry_out(its_plan, code)

    kept = KeptSettings(operator.aws, path_of(operator.name))
    assert kept.read() == plan.kept
    with pytest.raises(StackFailed, match="another deployment is under way"):
        kept.write(its_plan.kept, its_plan.difference)
    assert kept.read() == plan.kept


def test_every_version_goes_with_the_data_and_twice_is_no_error(operator: Operator) -> None:
    operator.deploy()
    bucket = operator.stack.outputs()["MailBucket"]
    for number in range(3):
        operator.client("s3").put_object(Bucket=bucket, Key=f"inbound/{number % 2}", Body=b"mail")
    operator.client("s3").delete_object(Bucket=bucket, Key="inbound/0")

    for _ in range(2):
        teardown = operator.end()
        teardown.remove_stack()
        teardown.remove_data()

    assert list(teardown.remains()) == []
    assert any("with 4 objects and versions" in line for line in operator.said)
