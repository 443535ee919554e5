"""The policies: what they say, that a linter agrees, and that they are enough for the calls they are for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sevenbot import cli
from sevenbot.aws.policy import FUNCTIONS, Resources, function_policy, whole_policy
from sevenbot.config import SPECS
from tests.aws import ministack, template

RESOURCES = Resources("123456789012", "us-east-1", "telegram-users", "email-processing-state")
WITH_BUCKET = Resources("123456789012", "us-east-1", "telegram-users", "email-processing-state", ("mail", "raw"))
DEPLOYED = Resources(
    *("123456789012", "us-east-1", "telegram-users", "email-processing-state", ("mail", "raw")),
    queue="sevenbot-mail",
    settings_path="/sevenbot/my-stack/",
)
GUIDE = Path(__file__).resolve().parents[3] / "shared/dynamodb-setup-guide.md"

LINT = """
import json, sys, warnings
warnings.simplefilter("ignore")
from parliament import analyze_policy_string
print(json.dumps([f"{f.issue} {f.detail}" for f in analyze_policy_string(sys.stdin.read()).findings]))
"""


def lint(policy: dict[str, Any]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LINT],
        input=json.dumps(policy),
        check=True,
        capture_output=True,
        text=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_the_whole_policy_is_the_guides_filled_in() -> None:
    table = "arn:aws:dynamodb:us-east-1:123456789012:table"

    assert whole_policy(RESOURCES) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:UpdateItem",
                    "dynamodb:Query",
                    "dynamodb:Scan",
                    "dynamodb:DeleteItem",
                ],
                "Resource": [
                    f"{table}/telegram-users",
                    f"{table}/telegram-users/index/*",
                    f"{table}/email-processing-state",
                ],
            }
        ],
    }


@pytest.mark.skipif(not GUIDE.exists(), reason="the setup guide is not beside the repository")
def test_it_is_the_guides_to_the_letter() -> None:
    text = GUIDE.read_text().partition("```json\n")[2].partition("```")[0]

    assert whole_policy(RESOURCES) == json.loads(text.replace("YOUR_ACCOUNT_ID", "123456789012"))


@pytest.mark.parametrize("resources", [RESOURCES, WITH_BUCKET, DEPLOYED], ids=["tables", "tables and bucket", "all"])
@pytest.mark.parametrize("name", [None, *FUNCTIONS])
def test_a_linter_finds_nothing(resources: Resources, name: str | None) -> None:
    policy = function_policy(resources, name) if name else whole_policy(resources)

    assert lint(policy) == []


def test_the_linter_does_look() -> None:
    policy = whole_policy(RESOURCES)
    policy["Statement"][0]["Action"].append("dynamodb:ReadItem")

    assert lint(policy) == ["UNKNOWN_ACTION Unknown action dynamodb:ReadItem"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_may_only_what_the_whole_policy_allows(name: str) -> None:
    allowed = {action for statement in whole_policy(WITH_BUCKET)["Statement"] for action in statement["Action"]}

    for statement in function_policy(WITH_BUCKET, name)["Statement"]:
        assert set(statement["Action"]) <= allowed
        assert "*" not in statement["Action"]


def test_the_fetcher_changes_no_user() -> None:
    (on_users, on_index, *_) = function_policy(RESOURCES, "email-fetcher")["Statement"]

    assert on_users["Action"] == ["dynamodb:GetItem"]
    assert on_index["Action"] == ["dynamodb:Query"]


def test_a_deployed_function_reads_its_own_settings_and_writes_its_own_log() -> None:
    *_, queue, settings, logs = function_policy(DEPLOYED, "telegram-webhook")["Statement"]

    assert queue["Resource"] == ["arn:aws:sqs:us-east-1:123456789012:sevenbot-mail"]
    assert settings["Resource"] == ["arn:aws:ssm:us-east-1:123456789012:parameter/sevenbot/my-stack/*"]
    assert logs["Resource"] == ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/my-stack-telegram-webhook:*"]


def test_only_the_processor_may_remove_what_ses_kept() -> None:
    def may_remove(name: str) -> bool:
        statements = function_policy(DEPLOYED, name)["Statement"]
        return any(
            "s3:DeleteObject" in statement["Action"] and "arn:aws:s3:::mail/inbound/*" in statement["Resource"]
            for statement in statements
        )

    assert [name for name in FUNCTIONS if may_remove(name)] == ["email-processor"]


@pytest.fixture
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_alone")
def test_the_command_asks_whose_account_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with ministack.environment(ministack.running()):
        code = cli.invoke(["aws", "policy", "--users-table", "my-users"])

    out, err = capsys.readouterr()
    assert code == 0
    resources = json.loads(out)["Statement"][0]["Resource"]
    assert resources[0] == f"arn:aws:dynamodb:{ministack.REGION}:{ministack.ACCOUNT}:table/my-users"
    assert "--policy-name SevenBot-DynamoDB-Policy" in err


@pytest.mark.usefixtures("_alone")
def test_the_command_needs_nobody_when_account_and_region_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--account", "210987654321", "--region", "cn-north-1", "--json"]

    code = cli.invoke(["aws", "policy", "--function", "email-processor", "--spool", "s3://mail/raw", *where])

    out, err = capsys.readouterr()
    assert code == 0
    assert err == ""
    assert "arn:aws-cn:dynamodb:cn-north-1:210987654321:table/telegram-users/index/email-address-index" in out
    assert "s3:::mail/raw/*" in out


@pytest.mark.usefixtures("_alone")
def test_an_account_has_twelve_digits(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "policy", "--account", "12", "--region", "us-east-1"]) == 2


def actions(statements: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {
        (action, _resolved(resource))
        for statement in statements
        for action in statement["Action"]
        for resource in _listed(statement["Resource"])
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _resolved(resource: Any) -> str:
    """Return an ARN of the template as it comes out for DEPLOYED."""
    known = {
        "AWS::Partition": "aws",
        "AWS::Region": "us-east-1",
        "AWS::AccountId": "123456789012",
        "AWS::StackName": "my-stack",
        "UsersTableName": "telegram-users",
        "LedgerTableName": "email-processing-state",
    }
    match resource:
        case {"Fn::Sub": str(text)}:
            arn = re.sub(r"\$\{([^}]+)\}", lambda found: known[found[1]], text)
            return arn.replace("my-stack-mail-123456789012-us-east-1", "mail")
        case {"Fn::GetAtt": ["MailQueue", "Arn"]}:
            return "arn:aws:sqs:us-east-1:123456789012:sevenbot-mail"
        case _:
            return str(resource)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_template_gives_each_function_its_policy(name: str) -> None:
    role = "".join(word.title() for word in name.split("-")) + "Role"
    (policy,) = template.properties(role)["Policies"]

    in_template = actions(policy["PolicyDocument"]["Statement"])

    assert in_template == actions(function_policy(DEPLOYED, name)["Statement"])
