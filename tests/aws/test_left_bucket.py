from datetime import timedelta

from sevenbot.aws.left_bucket import lifecycle, notifications
from tests.aws.template import properties


def test_a_bucket_that_was_left_gets_the_rules_of_the_template() -> None:
    theirs = properties("MailBucket")["LifecycleConfiguration"]["Rules"]
    retention, markers = lifecycle(timedelta(days=7))

    assert [rule["ID"] for rule in (retention, markers)] == [rule["Id"] for rule in theirs]
    assert retention["Expiration"] == {"Days": 7}
    assert retention["NoncurrentVersionExpiration"] == theirs[0]["NoncurrentVersionExpiration"]
    assert retention["AbortIncompleteMultipartUpload"] == theirs[0]["AbortIncompleteMultipartUpload"]
    assert markers["Expiration"] == {"ExpiredObjectDeleteMarker": theirs[1]["ExpiredObjectDeleteMarker"]}


def test_it_tells_the_queue_what_the_template_says() -> None:
    (theirs,) = properties("MailBucket")["NotificationConfiguration"]["QueueConfigurations"]
    (told,) = notifications("arn:aws:sqs:eu-west-1:1:mail")["QueueConfigurations"]

    assert told["Events"] == [theirs["Event"]]
    assert told["Filter"]["Key"]["FilterRules"] == theirs["Filter"]["S3Key"]["Rules"]
