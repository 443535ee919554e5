"""What stands in the account: descriptions of tables and buckets, None where there is nothing. Blocking."""

from __future__ import annotations

from typing import Any

from sevenbot.aws.client import FORBIDDEN, Aws, code_of
from sevenbot.aws.layout import INDEX, INDEX_KEY, Key
from sevenbot.errors import ConfigError, StackFailed

NO_TABLE = "ResourceNotFoundException"
NO_BUCKET = frozenset({"404", "NoSuchBucket", "NotFound"})

#: The bucket has no such configuration.
NOT_SET = frozenset(
    {
        "NoSuchLifecycleConfiguration",
        "NoSuchPublicAccessBlockConfiguration",
        "ServerSideEncryptionConfigurationNotFoundError",
        "NoSuchTagSet",
        "NoSuchTagSetError",
    }
)


def table(aws: Aws, name: str) -> dict[str, Any] | None:
    """Return the table's description (DescribeTable), or None."""
    answer = _answer(aws, "dynamodb", "describe_table", {NO_TABLE}, TableName=name)
    description: dict[str, Any] | None = answer["Table"] if answer else None
    return description


def index(description: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the description of the index on addresses, or None."""
    found = (description or {}).get("GlobalSecondaryIndexes", [])
    return next((entry for entry in found if entry["IndexName"] == INDEX), None)


def has_key(description: dict[str, Any], key: Key, types: dict[str, str]) -> bool:
    """Say whether a table or index is keyed by *key* alone; *types* of attributes stand with the table."""
    schema = description.get("KeySchema", [])
    return schema == [{"AttributeName": key.name, "KeyType": "HASH"}] and types.get(key.name) == key.type


def attribute_types(description: dict[str, Any]) -> dict[str, str]:
    """Return the types of the attributes that are keys of a table or of its indexes."""
    return {entry["AttributeName"]: entry["AttributeType"] for entry in description.get("AttributeDefinitions", [])}


def shown_key(description: dict[str, Any], types: dict[str, str]) -> str:
    """Return the key in words: "id (S)", "id (S) and day (N)"."""
    names = [entry["AttributeName"] for entry in description.get("KeySchema", [])]
    return " and ".join(f"{name} ({types.get(name, '?')})" for name in names)


def must_have_key(description: dict[str, Any], key: Key) -> None:
    """Raise ConfigError unless the table's key is *key*: a key cannot be changed, and other data may be in it."""
    types = attribute_types(description)
    if not has_key(description, key, types):
        name, found = description["TableName"], shown_key(description, types)
        raise ConfigError(
            [f"table {name}: its key is {found}, expected {key.name} ({key.type}); name another table in the settings"]
        )


def index_problem(description: dict[str, Any]) -> str | None:
    """Return what is wrong with the index of a described table, or None; an index that is not there is not wrong."""
    found, types = index(description), attribute_types(description)
    if found is None:
        return None
    if not has_key(found, INDEX_KEY, types):
        return f"its key is {shown_key(found, types)}, expected {INDEX_KEY.name} ({INDEX_KEY.type})"
    projection = found.get("Projection", {}).get("ProjectionType")
    return None if projection == "ALL" else f"it holds {projection}, expected ALL attributes"


def must_have_good_index(description: dict[str, Any]) -> None:
    """Raise ConfigError when the index is there and of no use: it cannot be changed, only removed and made again."""
    problem = index_problem(description)
    if problem:
        raise ConfigError(
            [f"table {description['TableName']}, index {INDEX}: {problem}; remove it and call this again"]
        )


def time_to_live(aws: Aws, name: str) -> tuple[str, str]:
    """Return the status of the time to live ("ENABLED", "DISABLED", ...), and its attribute or ""."""
    answer = aws.client("dynamodb").describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return answer["TimeToLiveStatus"], answer.get("AttributeName", "")


def has_recovery(aws: Aws, name: str) -> bool:
    """Say whether the table can be restored to any second of the last weeks."""
    answer = aws.client("dynamodb").describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = answer.get("PointInTimeRecoveryDescription", {})
    return bool(recovery.get("PointInTimeRecoveryStatus") == "ENABLED")


def has_insights(aws: Aws, name: str) -> bool:
    """Say whether Contributor Insights are on, or about to be."""
    answer = aws.client("dynamodb").describe_contributor_insights(TableName=name)
    return answer.get("ContributorInsightsStatus") in ("ENABLED", "ENABLING")


def table_tags(aws: Aws, description: dict[str, Any]) -> dict[str, str]:
    """Return the tags of a described table."""
    pages = aws.client("dynamodb").get_paginator("list_tags_of_resource")
    found = [tag for page in pages.paginate(ResourceArn=description["TableArn"]) for tag in page.get("Tags", [])]
    return {tag["Key"]: tag["Value"] for tag in found}


def has_bucket(aws: Aws, bucket: str) -> bool:
    """Say whether the bucket is there; one of another account is an error, not an absence."""
    return _answer(aws, "s3", "head_bucket", NO_BUCKET, Bucket=bucket) is not None


def has_own_bucket(aws: Aws, bucket: str, account: str) -> bool:
    """
    Say whether the bucket is there and belongs to *account*.

    Names of buckets are the world's, and those of a stack can be guessed: whoever made one first would get our mail.

    Raises:
        StackFailed: It is another's, or may not be looked at.

    Source: Amazon S3 user guide, "Verifying bucket ownership with bucket owner condition" (read 2026-11).
    """
    from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

    try:
        found = _answer(aws, "s3", "head_bucket", NO_BUCKET, Bucket=bucket, ExpectedBucketOwner=account)
    except ClientError as exc:
        if code_of(exc) not in {*FORBIDDEN, "403"}:
            raise
        raise StackFailed(
            f"s3://{bucket} is another account's, or these credentials may not see it\n"
            f"  → `aws s3api list-buckets` shows account {account}'s own; when it is not there, take another --stack "
            "or region"
        ) from exc
    return found is not None


def bucket_setting(aws: Aws, operation: str, bucket: str) -> dict[str, Any]:
    """Return what a `get_bucket_...` call says of the bucket, or {} when nothing of that kind is set."""
    return _answer(aws, "s3", operation, NOT_SET, Bucket=bucket) or {}


def queue_depth(aws: Aws, url: str) -> tuple[int, int]:
    """Return how many messages of a queue can be taken, and how many are under way or hidden until their next try."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = aws.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return int(found[names[0]]), int(found[names[1]])


def _answer(aws: Aws, service: str, operation: str, absent: set[str] | frozenset[str], **arguments: Any) -> Any:
    from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

    try:
        return getattr(aws.client(service), operation)(**arguments)
    except ClientError as exc:
        if code_of(exc) in absent:
            return None
        raise
