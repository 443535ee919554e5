"""What the commands about a stack take and say; what they do is tested in tests/aws and tests/journeys."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import click.testing
import pytest
from click.testing import CliRunner

from sevenbot import cli
from sevenbot.aws.ses import Identity, records
from sevenbot.cli.deploy import show_records
from sevenbot.cli.on_aws import completed_by_the_next
from sevenbot.cli.stack import about_webhook
from sevenbot.config import SPECS, load
from sevenbot.doctor.finding import Result
from tests.aws import ministack
from tests.journeys.machine import TOKEN, telegram

pytestmark = pytest.mark.usefixtures("_alone")


@pytest.fixture
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["Sevenbot", "7bot", "seven_bot", "sevenbot-", "a" * 29])
def test_a_stack_has_a_name_that_a_bucket_can_have(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "status", "--stack", name]) == 2

    assert "small letters" in capsys.readouterr().err


@pytest.mark.parametrize("choice", ["Domain=example.org", "Size", "size=small"])
def test_only_choices_can_be_set(choice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "deploy", "--set", choice]) == 2

    assert "MonthlyBudget" in capsys.readouterr().err


def test_what_is_missing_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "deploy"]) == 2

    err = capsys.readouterr().err
    assert "TELEGRAM_BOT_TOKEN: is not set" in err
    assert "SEVENBOT_DOMAIN: is not set" in err


def test_a_stack_that_is_not_there_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    with ministack.environment(ministack.running()):
        assert cli.invoke(["aws", "status", "--stack", "nowhere", "--json"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert told["checks"][0]["advice"] == "`sevenbot aws deploy --stack nowhere` makes it"


@pytest.mark.parametrize("answer", ["", "y", "another"])
def test_data_goes_only_when_the_name_is_typed(answer: str) -> None:
    users, _ = ministack.make_tables(ministack.running())
    dynamodb = ministack.client(ministack.running(), "dynamodb")
    arn = dynamodb.describe_table(TableName=users)["Table"]["TableArn"]
    dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "sevenbot-stack", "Value": "typed"}])

    with ministack.environment(ministack.running()):
        done = CliRunner().invoke(
            cli.group,
            ["aws", "destroy", "--stack", "typed", "--delete-data"],
            input=f"{answer}\n",
            env={"SEVENBOT_USERS_TABLE": users},
        )

    assert done.exit_code == 1
    assert users in done.output
    assert users in ministack.tables(ministack.client(ministack.running(), "dynamodb"))


def test_who_says_no_keeps_everything() -> None:
    with ministack.environment(ministack.running()):
        done = CliRunner().invoke(cli.group, ["aws", "destroy", "--stack", "declined"], input="n\n")

    assert done.exit_code == 1
    assert "nothing was removed" in done.output
    assert "✓" not in done.output


def deployed(stack: str, *flags: str) -> click.testing.Result:
    """Call `deploy`, and answer nothing that it asks."""
    package = Path("functions.zip")
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(f"sevenbot/__pycache__/lambdas.{sys.implementation.cache_tag}.pyc", "")
    with telegram() as simulator, ministack.environment(ministack.running()):
        environ = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SEVENBOT_DOMAIN": "example.org",
            "SEVENBOT_TELEGRAM_API_URL": simulator.url,
        }
        command = ["aws", "deploy", "--stack", stack, "--package", str(package), *flags]
        return CliRunner().invoke(cli.group, command, input="", env=environ)


def test_without_an_answer_nothing_is_left_behind() -> None:
    done = deployed("unanswered")

    assert done.exit_code == 1
    assert "UsersTable" in done.output
    assert TOKEN not in done.output
    stacks = ministack.client(ministack.running(), "cloudformation").describe_stacks()["Stacks"]
    assert "unanswered" not in {stack["StackName"] for stack in stacks}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c_before_the_first_change_says_that_nothing_was_changed(
    error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    error.__context__ = KeyboardInterrupt()  # as click has it, when somebody was being asked

    with pytest.raises(type(error)), completed_by_the_next("`sevenbot aws deploy`"):
        raise error

    assert capsys.readouterr().err == "\nstopped. Nothing was changed.\n"


def test_ctrl_c_after_the_first_change_says_what_completes_it(capsys: pytest.CaptureFixture[str]) -> None:
    def change_something() -> None:
        with completed_by_the_next("`sevenbot aws deploy`") as begins:
            begins()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_something()

    assert "goes on; `sevenbot aws deploy` again" in capsys.readouterr().err


def test_the_answer_no_is_no_interruption(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.Abort), completed_by_the_next("`sevenbot aws deploy`"):
        raise click.Abort

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["deploy", "status", "destroy", "policy"])
def test_without_a_region_every_command_says_so_alike(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SEVENBOT_DOMAIN", "example.org")
    with ministack.environment(ministack.running()):
        monkeypatch.delenv("AWS_REGION")
        monkeypatch.delenv("AWS_DEFAULT_REGION")

        assert cli.invoke(["aws", command]) == 2

    assert capsys.readouterr().err.startswith("AWS_REGION: is not set.")


def test_dns_records_are_shown_with_what_stands_in_lines_of_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    identity = Identity(is_verified=False, tokens=("a" * 32, "b" * 32, "c" * 32))
    found = {"MX": ["10 inbound-smtp.eu-west-1.amazonaws.com"], "TXT": [], "CNAME": []}

    show_records(records("mail.example.org", "eu-west-1", identity), lambda _, kind: found[kind])

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.startswith("✓")] == ["✓ MX     mail.example.org"]
    assert len([line for line in lines if line.startswith("✗")]) == 4


@pytest.mark.parametrize("url", ["", "https://elsewhere.example.org/telegram/webhook"])
def test_a_webhook_that_is_not_ours_is_a_failure_of_the_stack(url: str) -> None:
    with telegram() as simulator:
        simulator.call(f"/bot{TOKEN}/setWebhook", {"url": url})
        settings = load({"TELEGRAM_BOT_TOKEN": TOKEN, "SEVENBOT_TELEGRAM_API_URL": simulator.url})

        (finding,) = about_webhook(settings, "https://here.example.org")

    assert finding.result is Result.FAILED
    assert "`sevenbot aws deploy`" in finding.advice
    assert url in finding.detail


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("Notify=nobody", "a mail address"),
        ("ApiDomain=bot.example.org", "ApiDomain needs ApiCertificate"),
        ("ApiCertificate=mine", "Certificate Manager"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_before_anything_is_made(choice: str, told: str) -> None:
    done = deployed("choosy", "--dry-run", "--set", choice)

    assert done.exit_code == 1
    assert told in str(done.exception) + done.output


def test_an_error_of_aws_on_the_way_says_what_completes_it() -> None:
    def change_something() -> None:
        with completed_by_the_next("`sevenbot aws deploy`") as begins:
            begins()
            raise click.ClickException("the credentials have expired")

    with pytest.raises(click.ClickException, match=r"expired\n  What is under way on AWS goes on"):
        change_something()


def test_a_plan_is_one_json_object_for_programs() -> None:
    done = deployed("planned", "--dry-run", "--json")

    told = json.loads(done.output)
    assert done.exit_code == 0
    assert told["is_anything"] is True
    assert {"action": "add", "resource": "UsersTable", "kind": "DynamoDB::Table", "details": ""} in told["changes"]
    assert "TELEGRAM_BOT_TOKEN" in told["settings"]["new"]
    assert told["webhook_elsewhere"] is None


def test_json_is_for_plans_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "deploy", "--json"]) == 2

    assert "--json is for --dry-run" in capsys.readouterr().err
