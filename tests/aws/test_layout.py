from typing import Any

import pytest

from sevenbot.aws import layout
from sevenbot.aws.layout import Capacity, Wish, add_index, capacity_of, create_ledger, create_users

ON_DEMAND = Wish("telegram-users", "email-processing-state")
PROVISIONED = Wish("telegram-users", "email-processing-state", capacity=Capacity(5, 5))
FIVE = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}


def test_the_users_have_the_keys_and_the_index_of_the_guide() -> None:
    assert create_users(ON_DEMAND) == {
        "TableName": "telegram-users",
        "AttributeDefinitions": [
            {"AttributeName": "chat_id", "AttributeType": "N"},
            {"AttributeName": "email_address", "AttributeType": "S"},
        ],
        "KeySchema": [{"AttributeName": "chat_id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
        "TableClass": "STANDARD",
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "email-address-index",
                "KeySchema": [{"AttributeName": "email_address", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    }


def test_the_ledger_is_keyed_by_message_id() -> None:
    request = create_ledger(ON_DEMAND)

    assert request["KeySchema"] == [{"AttributeName": "message_id", "KeyType": "HASH"}]
    assert request["AttributeDefinitions"] == [{"AttributeName": "message_id", "AttributeType": "S"}]


def test_an_index_of_an_on_demand_table_gets_no_provisioned_throughput() -> None:
    (index,) = create_users(ON_DEMAND)["GlobalSecondaryIndexes"]
    (update,) = add_index("telegram-users", None)["GlobalSecondaryIndexUpdates"]

    assert "ProvisionedThroughput" not in index
    assert "ProvisionedThroughput" not in update["Create"]


def test_an_index_of_a_provisioned_table_gets_the_tables() -> None:
    request = create_users(PROVISIONED)
    (update,) = add_index("telegram-users", Capacity(5, 5))["GlobalSecondaryIndexUpdates"]

    assert request["BillingMode"] == "PROVISIONED"
    assert request["ProvisionedThroughput"] == FIVE
    assert request["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"] == FIVE
    assert update["Create"]["ProvisionedThroughput"] == FIVE


def test_key_class_and_tags_are_as_wished() -> None:
    wish = Wish("u-1", "l-1", has_own_key=True, table_class="STANDARD_INFREQUENT_ACCESS", tags={"team": "x"})

    for request in (create_users(wish), create_ledger(wish)):
        assert request["SSESpecification"] == {"Enabled": True, "SSEType": "KMS"}
        assert request["TableClass"] == "STANDARD_INFREQUENT_ACCESS"
        assert request["Tags"] == [{"Key": "team", "Value": "x"}] == layout.tags(wish)


@pytest.mark.parametrize(
    ("description", "capacity"),
    [
        ({"BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"}, "ProvisionedThroughput": FIVE}, None),
        ({"BillingModeSummary": {"BillingMode": "PROVISIONED"}, "ProvisionedThroughput": FIVE}, Capacity(5, 5)),
        ({"ProvisionedThroughput": FIVE}, Capacity(5, 5)),
        ({"ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}}, None),
        ({}, None),
    ],
    ids=["on demand, once provisioned", "provisioned", "always provisioned", "index on demand", "nothing said"],
)
def test_the_billing_mode_of_a_description_is_understood(
    description: dict[str, Any], capacity: Capacity | None
) -> None:
    assert capacity_of(description) == capacity
