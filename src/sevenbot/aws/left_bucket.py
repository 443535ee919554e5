"""
A bucket that an earlier stack of the same name left: made again as the template says it, since no stack owns it now.

Its encryption and versioning are as they were, and its policy is the new stack's. What may differ is the retention, and
after a restore, or a hand in the console, whom it tells of new mail.

Source: Amazon S3 API reference, PutBucketLifecycleConfiguration, PutBucketNotificationConfiguration (read 2026-11).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sevenbot.aws.client import Aws


def take_over(aws: Aws, bucket: str, queue_arn: str, retention: timedelta) -> None:
    """Set when mails are deleted, and that the queue hears of those that the fetcher stores."""
    s3 = aws.client("s3")
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": lifecycle(retention)})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=notifications(queue_arn))


def lifecycle(retention: timedelta) -> list[dict[str, Any]]:
    """Return the rules of the template."""
    return [
        {
            "ID": "sevenbot-retention",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "Expiration": {"Days": retention.days},
            "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        },
        {
            "ID": "sevenbot-delete-markers",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "Expiration": {"ExpiredObjectDeleteMarker": True},
        },
    ]


def notifications(queue_arn: str) -> dict[str, Any]:
    """Return what the template says of events."""
    rules = [{"Name": "prefix", "Value": "raw/"}, {"Name": "suffix", "Value": ".eml"}]
    told = {
        "Id": "sevenbot",
        "QueueArn": queue_arn,
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": rules}},
    }
    return {"QueueConfigurations": [told]}
