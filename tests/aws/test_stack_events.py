from typing import Any

import pytest

from sevenbot.aws.stack_events import Failure, first_failure, line


def event(name: str, status: str, reason: str = "") -> dict[str, Any]:
    return {
        "LogicalResourceId": name,
        "ResourceType": "AWS::S3::Bucket",
        "ResourceStatus": status,
        **({"ResourceStatusReason": reason} if reason else {}),
    }


def test_an_event_is_told_in_short() -> None:
    assert line(event("MailBucket", "CREATE_IN_PROGRESS")) == "MailBucket: create in progress"


def test_the_first_failure_counts_and_not_those_it_cancelled() -> None:
    events = [
        event("Api", "CREATE_COMPLETE"),
        event("Log", "CREATE_FAILED", "Resource creation cancelled"),
        event("MailBucket", "CREATE_FAILED", "sevenbot-mail already exists"),
        event("Other", "CREATE_FAILED", "Resource creation cancelled"),
        event("sevenbot", "ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [Log, MailBucket]."),
    ]

    failure = first_failure(events)

    assert failure == Failure("MailBucket", "S3::Bucket", "sevenbot-mail already exists")
    assert "--stack" in failure.explain().advice


def test_nothing_failed_where_nothing_did() -> None:
    assert first_failure([event("Api", "CREATE_COMPLETE")]) is None


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("User: arn:aws:iam::1:user/ann is not authorized to perform: iam:CreateRole", "permissions"),
        ("Specified ReservedConcurrentExecutions decreases account's UnreservedConcurrentExecution", "Service Quotas"),
        ("The maximum number of addresses has been reached. LimitExceeded", "quota"),
        ("Error occurred while GetObject. S3 Error Code: NoSuchKey.", "deploy again"),
        ("Rate exceeded", "deploy again"),
        ("something never seen", "mend what the reason names"),
    ],
)
def test_what_to_do_follows_from_the_reason(reason: str, advice: str) -> None:
    failure = first_failure([event("Role", "CREATE_FAILED", reason)])

    assert failure is not None
    assert advice in failure.explain().advice
    assert reason in failure.explain().detail
