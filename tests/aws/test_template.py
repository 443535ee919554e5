"""
What the template says; above all what the emulator drops, so that no test on it would notice.

That it is valid is the linter's business (`make check`).
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from sevenbot.aws import deployment
from sevenbot.aws.changes import DATA
from sevenbot.config import SPECS
from tests.aws.template import properties, resources, template

FUNCTIONS = ("TelegramWebhook", "EmailProcessor", "EmailFetcher")
TABLES = ("UsersTable", "LedgerTable")


def references(value: Any) -> set[str]:
    """Return every parameter and resource that *value* refers to."""
    if isinstance(value, list):
        return set().union(*map(references, value))
    if not isinstance(value, dict):
        return set()
    found = set().union(*map(references, value.values()))
    if isinstance(value.get("Ref"), str):
        found.add(value["Ref"])
    if isinstance(value.get("Fn::Sub"), str):
        found |= {name.partition(".")[0] for name in re.findall(r"\$\{([^}]+)\}", value["Fn::Sub"])}
    return found


def test_it_fits_into_one_call() -> None:
    """CreateChangeSet takes a body of 51,200 bytes; a larger one would have to be uploaded first."""
    assert len(deployment.template().encode()) < 51_200


def test_the_table_of_the_users_is_the_guides() -> None:
    users = properties("UsersTable")

    assert users["KeySchema"] == [{"AttributeName": "chat_id", "KeyType": "HASH"}]
    assert {"AttributeName": "chat_id", "AttributeType": "N"} in users["AttributeDefinitions"]
    assert {"AttributeName": "email_address", "AttributeType": "S"} in users["AttributeDefinitions"]
    assert users["GlobalSecondaryIndexes"] == [
        {
            "IndexName": "email-address-index",
            "KeySchema": [{"AttributeName": "email_address", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }
    ]
    assert template()["Parameters"]["UsersTableName"]["Default"] == "telegram-users"


def test_the_table_of_the_mails_is_the_guides() -> None:
    ledger = properties("LedgerTable")

    assert ledger["KeySchema"] == [{"AttributeName": "message_id", "KeyType": "HASH"}]
    assert ledger["AttributeDefinitions"] == [{"AttributeName": "message_id", "AttributeType": "S"}]
    assert ledger["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert template()["Parameters"]["LedgerTableName"]["Default"] == "email-processing-state"


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_paid_by_use_can_be_restored_and_shows_hot_keys(table: str) -> None:
    found = properties(table)

    assert found["BillingMode"] == "PAY_PER_REQUEST"
    assert "ProvisionedThroughput" not in json.dumps(found)  # refused for an on-demand table, its index included
    assert found["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert found["ContributorInsightsSpecification"]["Enabled"] is True
    assert {"Key": "application", "Value": "sevenbot"} in found["Tags"]
    assert {"Key": deployment.OWNER, "Value": {"Ref": "AWS::StackName"}} in found["Tags"]


def test_the_bucket_is_private_encrypted_and_emptied() -> None:
    bucket = properties("MailBucket")
    retention, markers = bucket["LifecycleConfiguration"]["Rules"]
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert retention["ExpirationInDays"] == {"Ref": "RetentionDays"}
    assert retention["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    assert markers["ExpiredObjectDeleteMarker"] is True


def test_the_bucket_takes_nothing_without_tls_and_from_ses_only_below_inbound() -> None:
    tls, ses = properties("MailBucketPolicy")["PolicyDocument"]["Statement"]
    condition, statement, nothing = tls["Fn::If"]

    assert condition == "HasTls"
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert nothing == {"Ref": "AWS::NoValue"}
    assert ses["Action"] == "s3:PutObject"
    assert ses["Resource"]["Fn::Sub"].endswith("${AWS::StackName}-mail-${AWS::AccountId}-${AWS::Region}/inbound/*")
    assert ses["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


@pytest.mark.parametrize("name", DATA)
def test_data_stays_when_the_stack_goes_or_would_replace_it(name: str) -> None:
    found = template()["Resources"][name]

    assert found["DeletionPolicy"] == "Retain"
    assert found["UpdateReplacePolicy"] == "Retain"


def test_no_update_of_a_choice_or_a_setting_replaces_data() -> None:
    """Only these properties cost a table or bucket its life; what may change them is refused by the deployment."""
    fixed = {
        name: {
            key: properties(name)[key] for key in ("TableName", "BucketName", "KeySchema") if key in properties(name)
        }
        for name in DATA
    }

    assert references(fixed["UsersTable"]) == {"UsersTableName"}
    assert references(fixed["LedgerTable"]) == {"LedgerTableName"}
    assert references(fixed["MailBucket"]) == {"AWS::StackName", "AWS::AccountId", "AWS::Region"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_its_name_its_handler_and_its_own_role_and_log(name: str) -> None:
    found = properties(name)
    dashed = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()

    assert found["FunctionName"] == {"Fn::Sub": "${AWS::StackName}-" + dashed}
    assert found["Handler"] == f"sevenbot.lambdas.{dashed.replace('-', '_')}"
    assert found["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
    assert found["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}Log"}}
    assert properties(f"{name}Log")["RetentionInDays"] == {"Ref": "LogDays"}


def test_all_functions_have_the_same_environment_and_no_secret_in_it() -> None:
    environments = [properties(name)["Environment"]["Variables"] for name in FUNCTIONS]

    assert environments[0] == environments[1] == environments[2]
    assert not {spec.name for spec in SPECS.values() if spec.secret} & environments[0].keys()


def test_what_the_template_sets_is_not_handed_on_besides() -> None:
    variables = properties("EmailProcessor")["Environment"]["Variables"]

    assert variables.keys() & {spec.name for spec in SPECS.values()} <= deployment.PLACED


def test_a_mail_is_hidden_long_enough_to_be_worked_on_and_given_up_after_eight_tries() -> None:
    """Six times the function's timeout: AWS Lambda developer guide, "Configuring an SQS queue for use with Lambda"."""
    queue, mapping = properties("MailQueue"), properties("MailFromQueue")

    assert queue["VisibilityTimeout"] >= 6 * properties("EmailProcessor")["Timeout"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 8
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BatchSize"] == 10


def test_no_two_fetchers_run_at_once() -> None:
    assert properties("FetchSchedule")["ScheduleExpression"] == "rate(1 minute)"
    assert properties("EmailFetcher")["Timeout"] < 60
    assert properties("FetchOnce")["MaximumRetryAttempts"] == 0


def test_the_access_log_tells_no_path_and_nobodys_address() -> None:
    line = json.loads(properties("ApiStage")["AccessLogSettings"]["Format"])

    assert not [value for value in line.values() if re.search("path|ip|userAgent|referer|header", value, re.IGNORECASE)]


def test_visitors_cannot_use_up_telegrams_share() -> None:
    stage = properties("ApiStage")

    assert stage["RouteSettings"].keys() == {properties("WebhookRoute")["RouteKey"]}
    assert properties("OtherRoutes")["RouteKey"] == "$default"


@pytest.mark.parametrize("name", resources("AWS::CloudWatch::Alarm"))
def test_an_alarm_tells_somebody_and_says_what_to_look_at(name: str) -> None:
    alarm = properties(name)

    assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    assert alarm["AlarmDescription"].endswith((".", "?"))
    assert alarm["TreatMissingData"] == "notBreaching"


def test_what_the_guide_and_more_asks_for_is_watched() -> None:
    metrics = {
        (properties(name)["Namespace"], properties(name)["MetricName"]) for name in resources("AWS::CloudWatch::Alarm")
    }

    assert metrics == {
        ("AWS/DynamoDB", "ReadThrottleEvents"),
        ("AWS/DynamoDB", "WriteThrottleEvents"),
        ("AWS/DynamoDB", "ConsumedReadCapacityUnits"),
        ("AWS/DynamoDB", "ConsumedWriteCapacityUnits"),
        ("AWS/DynamoDB", "UserErrors"),
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
        ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
        ("AWS/Lambda", "Errors"),
        ("AWS/ApiGateway", "5xx"),
        ("SevenBot", "ModelFailures"),
    }


def test_the_dashboard_is_json() -> None:
    body = properties("Dashboard")["DashboardBody"]["Fn::Sub"]

    assert len(json.loads(body)["widgets"]) == 6


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("MailRule", "HasSes"),
        ("OwnRuleSet", "HasOwnRuleSet"),
        ("Budget", "HasBudget"),
        ("ApiDomainName", "HasApiDomain"),
        ("EmailFetcher", "HasImap"),
        ("UsersTable", "MakesUsersTable"),
        ("LedgerTable", "MakesLedgerTable"),
        ("MailBucket", "MakesMailBucket"),
    ],
)
def test_what_not_everybody_has_is_behind_a_condition(name: str, condition: str) -> None:
    assert template()["Resources"][name]["Condition"] == condition


def test_the_outputs_are_those_that_others_rely_on() -> None:
    assert template()["Outputs"].keys() == {
        *(
            "ApiDomainTarget",
            "ApiUrl",
            "MailBucket",
            "MailTopicArn",
            "MailQueueUrl",
            "DeadLetterQueueUrl",
            "UsersTable",
            "LedgerTable",
        )
    }


def test_every_choice_is_a_parameter_with_a_default() -> None:
    parameters = template()["Parameters"]

    assert all("Default" in parameters[name] for name in deployment.CHOICES)
    assert {name for name, found in parameters.items() if "Default" not in found} == {"Domain", "CodeBucket", "CodeKey"}
