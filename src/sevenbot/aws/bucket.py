"""
The bucket of the raw mails, when SevenBot makes it: private, encrypted, tagged, and emptied after the retention.

A bucket that stands with objects in it and was not made here is left alone: an expiry rule in it could delete what is
not ours. Versioning stays off, so that what is erased is gone.

Sources: Amazon S3 API reference, CreateBucket, PutBucketLifecycleConfiguration (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sevenbot.aws import look
from sevenbot.aws.client import Aws, code_of
from sevenbot.aws.create import Step, Tell

#: Says that the bucket was made here, and may be set up here.
MARK = ("made-by", "sevenbot")

#: The archive class answers at once, and asks for 90 days at least ("S3 Glacier Instant Retrieval", user guide).
ARCHIVE_CLASS = "GLACIER_IR"
ARCHIVE_AFTER = timedelta(days=90)

BLOCK_ALL = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


@dataclass(frozen=True, slots=True)
class BucketSteps:
    """The steps for one bucket."""

    aws: Aws
    bucket: str
    prefix: str
    retention: timedelta
    tags: Mapping[str, str]

    def all(self) -> Iterator[Step]:
        """Yield the steps in their order."""
        name = f"s3://{self.bucket}"
        yield Step(f"{name}: bucket", self._stands, self._create)
        yield Step(f"{name}: no public access", self._unless_ours(self._is_blocked), self._block)
        yield Step(f"{name}: encryption", self._unless_ours(self._is_encrypted), self._encrypt)
        days = self.retention.days
        yield Step(f"{name}: mail deleted after {days} days", self._unless_ours(self._has_rule), self._add_rule)

    def _stands(self) -> bool:
        # Empty and without a tag: made, by us an instant before an interruption or by hand just now, and not set up.
        return look.has_bucket(self.aws, self.bucket) and (bool(self._tags()) or self._holds_objects())

    def _holds_objects(self) -> bool:
        return bool(self._s3.list_objects_v2(Bucket=self.bucket, MaxKeys=1)["KeyCount"])

    def _unless_ours(self, is_done: Any) -> Any:
        def is_done_or_not_ours() -> bool:
            if not look.has_bucket(self.aws, self.bucket):
                return False
            return not self._is_ours() or is_done()

        return is_done_or_not_ours

    def _is_ours(self) -> bool:
        return {"Key": MARK[0], "Value": MARK[1]} in self._tags()

    def _tags(self) -> list[dict[str, str]]:
        tags: list[dict[str, str]] = look.bucket_setting(self.aws, "get_bucket_tagging", self.bucket).get("TagSet", [])
        return tags

    def _create(self, _: Tell) -> None:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        request: dict[str, Any] = {"Bucket": self.bucket}
        if self.aws.region not in (None, "us-east-1"):  # the one region that must not be named
            request["CreateBucketConfiguration"] = {"LocationConstraint": self.aws.region}
        try:
            self._s3.create_bucket(**request)
        except ClientError as exc:
            if code_of(exc) != "BucketAlreadyOwnedByYou":
                raise
        tags = dict([*self.tags.items(), MARK])
        tag_set = [{"Key": key, "Value": value} for key, value in tags.items()]
        self._s3.put_bucket_tagging(Bucket=self.bucket, Tagging={"TagSet": tag_set})

    def _is_blocked(self) -> bool:
        answer = look.bucket_setting(self.aws, "get_public_access_block", self.bucket)
        found: dict[str, bool] = answer.get("PublicAccessBlockConfiguration", {})
        return found == BLOCK_ALL

    def _block(self, _: Tell) -> None:
        self._s3.put_public_access_block(Bucket=self.bucket, PublicAccessBlockConfiguration=BLOCK_ALL)

    def _is_encrypted(self) -> bool:
        answer = look.bucket_setting(self.aws, "get_bucket_encryption", self.bucket)
        rules = answer.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
        found = [rule.get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm") for rule in rules]
        return found == ["AES256"]

    def _encrypt(self, _: Tell) -> None:
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        self._s3.put_bucket_encryption(Bucket=self.bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})

    def _has_rule(self) -> bool:
        return lifecycle(self.prefix, self.retention) in self._rules()

    def _add_rule(self, _: Tell) -> None:
        rule = lifecycle(self.prefix, self.retention)
        others = [other for other in self._rules() if other.get("ID") != rule["ID"]]
        self._s3.put_bucket_lifecycle_configuration(
            Bucket=self.bucket, LifecycleConfiguration={"Rules": [*others, rule]}
        )

    def _rules(self) -> list[dict[str, Any]]:
        rules: list[dict[str, Any]] = look.bucket_setting(
            self.aws, "get_bucket_lifecycle_configuration", self.bucket
        ).get("Rules", [])
        return rules

    @property
    def _s3(self) -> Any:
        return self.aws.client("s3")


def lifecycle(prefix: str, retention: timedelta) -> dict[str, Any]:
    """Return the rule that deletes mails below *prefix* after *retention*, and archives what is kept past 90 days."""
    rule: dict[str, Any] = {
        "ID": "sevenbot-retention" + (f"-{prefix}" if prefix else ""),
        "Status": "Enabled",
        "Filter": {"Prefix": f"{prefix}/" if prefix else ""},
        "Expiration": {"Days": retention.days},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }
    if retention > ARCHIVE_AFTER:
        rule["Transitions"] = [{"Days": ARCHIVE_AFTER.days, "StorageClass": ARCHIVE_CLASS}]
    return rule
