"""What the commands about a stack take and say; what they do is tested in tests/aws and tests/journeys."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sevenbot import cli
from sevenbot.cli.on_aws import completed_by_the_next
from sevenbot.config import SPECS
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
    assert users in ministack.client(ministack.running(), "dynamodb").list_tables()["TableNames"]


def test_who_says_no_keeps_everything() -> None:
    with ministack.environment(ministack.running()):
        done = CliRunner().invoke(cli.group, ["aws", "destroy", "--stack", "kept"], input="n\n")

    assert done.exit_code == 1
    assert "nothing was removed" in done.output
    assert "✓" not in done.output


def test_without_an_answer_nothing_is_left_behind() -> None:
    with telegram() as simulator, ministack.environment(ministack.running()):
        package = Path("functions.zip")
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr(f"sevenbot/__pycache__/lambdas.{sys.implementation.cache_tag}.pyc", "")
        environ = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SEVENBOT_DOMAIN": "example.org",
            "SEVENBOT_TELEGRAM_API_URL": simulator.url,
        }
        done = CliRunner().invoke(
            cli.group, ["aws", "deploy", "--stack", "unanswered", "--package", str(package)], input="", env=environ
        )

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
