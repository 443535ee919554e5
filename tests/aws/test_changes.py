from typing import Any

import pytest

from sevenbot.aws.changes import Row, refusals, rows


def change(action: str, name: str, replacement: str = "False", *targets: str) -> dict[str, Any]:
    return {
        "Action": action,
        "LogicalResourceId": name,
        "ResourceType": "AWS::DynamoDB::Table",
        "Replacement": replacement,
        "Details": [{"Target": {"Attribute": "Properties", "Name": target}} for target in targets],
    }


def test_what_changes_is_told_by_resource_the_data_first() -> None:
    told = rows([change("Modify", "Api", "False", "Name", "Name"), change("Add", "UsersTable")])

    assert told == [
        Row("add", "UsersTable", "DynamoDB::Table", ""),
        Row("change", "Api", "DynamoDB::Table", "Name"),
    ]


def test_a_changed_tag_is_told_by_its_attribute() -> None:
    tags = change("Modify", "Api") | {"Details": [{"Target": {"Attribute": "Tags"}}]}

    assert rows([tags])[0].details == "Tags"


@pytest.mark.parametrize("name", ["UsersTable", "LedgerTable", "MailBucket"])
@pytest.mark.parametrize("found", [("Modify", "True"), ("Modify", "Conditional"), ("Remove", "")])
def test_nothing_may_cost_data_its_place(name: str, found: tuple[str, str]) -> None:
    (refusal,) = refusals([change(found[0], name, found[1], "TableName")])

    assert refusal.startswith(f"{name}: would be ")
    assert refusal.endswith("because of TableName")


@pytest.mark.parametrize("name", ["Api", "EmailProcessor"])
def test_anything_else_may_be_replaced(name: str) -> None:
    assert refusals([change("Modify", name, "True"), change("Modify", "UsersTable", "False", "Tags")]) == []


def test_a_change_beside_the_identity_may_be_made() -> None:
    assert refusals([change("Modify", "MailBucket", "Conditional", "LifecycleConfiguration")]) == []
