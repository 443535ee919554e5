"""
Where the functions' code lies for CloudFormation: a small private bucket for each account and region. Blocking.

    sevenbot-artifacts-123456789012-eu-west-1/<stack>/<sha256 of the zip>.zip

The key is the digest, so that the same code is the same key, and a second deployment of it changes nothing. Older ones
stay for a while: a stack that goes back to what it was needs the code it had.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sevenbot.aws import look
from sevenbot.aws.bucket import BLOCK_ALL
from sevenbot.aws.client import Aws, code_of

#: So many zips of a stack stay, the one in use among them.
KEPT = 5


def key_of(stack: str, package: bytes) -> str:
    """Return the key of a zip."""
    return f"{stack}/{hashlib.sha256(package).hexdigest()}.zip"


@dataclass(frozen=True, slots=True)
class Artifacts:
    """The bucket of the code; *account* has twelve digits."""

    aws: Aws
    account: str

    @property
    def bucket(self) -> str:
        """Return its name: one for each account and region, since names of buckets are the world's."""
        return f"sevenbot-artifacts-{self.account}-{self.aws.region}"

    def upload(self, key: str, package: bytes) -> bool:
        """Store the zip unless it is there, making the bucket when it is missing; say whether it was uploaded."""
        self._make()
        if self._has(key):
            return False
        self._s3.put_object(Bucket=self.bucket, Key=key, Body=package, ExpectedBucketOwner=self.account)
        return True

    def prune(self, stack: str, in_use: str) -> None:
        """Remove the stack's code but for the newest, and for the key that is *in_use*."""
        others = [found for found in self._of(stack) if found["Key"] != in_use]
        newest_first = sorted(others, key=lambda found: found["LastModified"], reverse=True)
        for found in newest_first[KEPT - 1 :]:
            self._s3.delete_object(Bucket=self.bucket, Key=found["Key"])

    def remove(self, stack: str) -> None:
        """Remove the stack's code, and the bucket when no other stack's is in it."""
        if not look.has_own_bucket(self.aws, self.bucket, self.account):
            return
        for found in self._of(stack):
            self._s3.delete_object(Bucket=self.bucket, Key=found["Key"])
        if not self._s3.list_objects_v2(Bucket=self.bucket, MaxKeys=1).get("KeyCount"):
            self._s3.delete_bucket(Bucket=self.bucket)

    def _of(self, stack: str) -> list[dict[str, Any]]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"{stack}/")
        return [found for page in pages for found in page.get("Contents", [])]

    def _make(self) -> None:
        if not look.has_own_bucket(self.aws, self.bucket, self.account):
            request: dict[str, Any] = {"Bucket": self.bucket}
            if self.aws.region != "us-east-1":  # the one region that must not be named
                request["CreateBucketConfiguration"] = {"LocationConstraint": self.aws.region}
            self._s3.create_bucket(**request)
        self._s3.put_public_access_block(Bucket=self.bucket, PublicAccessBlockConfiguration=BLOCK_ALL)

    def _has(self, key: str) -> bool:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            self._s3.head_object(Bucket=self.bucket, Key=key)
        except ClientError as exc:
            if code_of(exc) in look.NO_BUCKET | {"NoSuchKey"}:
                return False
            raise
        return True

    @property
    def _s3(self) -> Any:
        return self.aws.client("s3")
