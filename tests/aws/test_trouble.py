"""What each error of AWS tells an operator; the messages are those of the services."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, NoRegionError, ProfileNotFound

from sevenbot.aws.trouble import Place, cause_of, explain
from sevenbot.errors import StateUnavailable

PLACE = Place("us-east-1", None, "arn:aws:iam::123456789012:role/bot")
ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/telegram-users"
DENIED = (
    f"User: arn:aws:sts::123456789012:assumed-role/bot/i-1 is not authorized to perform: dynamodb:PutItem on resource: {ARN} "
    "because no identity-based policy allows the dynamodb:PutItem action"
)


def refused(code: str, message: str = "", status: int = 400) -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}, "PutItem"
    )


@pytest.mark.parametrize(
    ("exc", "detail", "advice"),
    [
        (
            refused("ResourceNotFoundException"),
            "table telegram-users is not there in region us-east-1",
            "tables create",
        ),
        (refused("NoSuchBucket"), "is not there", "tables create"),
        (
            refused("AccessDeniedException", DENIED),
            f"assumed-role/bot/i-1 may not do dynamodb:PutItem on {ARN} in region us-east-1",
            "sevenbot aws policy",
        ),
        (refused("AccessDenied", "Access Denied", 403), "role/bot may not do that on table telegram-users", "policy"),
        (
            refused("AccessDeniedException", f"{DENIED} with an explicit deny in a VPC endpoint policy"),
            "",
            "on purpose",
        ),
        (refused("ExpiredTokenException", "The security token included in the request is expired"), "expired", "sso"),
        (refused("ExpiredToken"), "have expired", "sso login"),
        (
            refused("UnrecognizedClientException", "The security token is invalid."),
            "does not know these",
            "AWS_PROFILE",
        ),
        (refused("InvalidSignatureException", "The request signature we calculated does not match"), "secret key", ""),
        (refused("InvalidSignatureException", "Signature expired: 2026 is now earlier than"), "clock", "timedatectl"),
        (
            refused("InvalidSignatureException", "Signature not yet current: 2026 is still later"),
            "clock",
            "timedatectl",
        ),
        (refused("RequestTimeTooSkewed"), "clock", "timedatectl"),
        (refused("ProvisionedThroughputExceededException"), "throttled", "Contributor Insights"),
        (refused("SlowDown", status=503), "throttled", "wait"),
        (
            refused("ValidationException", "The table does not have the specified index: email-address-index"),
            "has no index",
            "tables create",
        ),
        *(
            (refused("ValidationException", message), "has another key than SevenBot's", "tables check")
            for message in (
                "One or more parameter values were invalid: Missing the key id in the item",
                "One or more parameter values were invalid: Type mismatch for key chat_id expected: S actual: N",
                "The provided key element does not match the schema",
            )
        ),
        (
            refused("AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'eu-west-1'"),
            "it is in eu-west-1",
            "AWS_REGION=eu-west-1",
        ),
        (refused("PermanentRedirect", status=301), "in another region", "AWS_REGION"),
        (refused("InternalServerError", status=500), "the service failed", "try again"),
        (refused("SomethingNew", "No words for this"), "No words for this (SomethingNew)", "documentation"),
        (NoCredentialsError(), "Unable to locate credentials", "AWS_PROFILE"),
        (ProfileNotFound(profile="nope"), "(nope) could not be found", "aws configure list-profiles"),
        (NoRegionError(), "no region is set", "AWS_REGION"),
        (EndpointConnectionError(endpoint_url="http://x"), "no answer", "AWS_ENDPOINT_URL"),
    ],
    ids=lambda value: (
        getattr(value, "response", {"Error": {"Code": type(value).__name__}})["Error"]["Code"]
        if isinstance(value, Exception)
        else ""
    ),
)
def test_each_error_says_what_it_is_about_and_what_to_do(exc: Exception, detail: str, advice: str) -> None:
    told = explain(exc, "table telegram-users", PLACE)

    assert detail in told.detail
    assert advice in told.advice


def test_the_cause_below_an_error_of_ours_is_what_counts() -> None:
    ours = StateUnavailable("dynamodb: ...")
    ours.__cause__ = refused("ResourceNotFoundException")

    assert cause_of(ours) is ours.__cause__
    assert "is not there" in explain(ours, "table x", PLACE).detail


def test_an_error_of_ours_alone_keeps_its_words() -> None:
    assert (
        explain(StateUnavailable("no answer within 20 s"), "table x", PLACE).detail == "table x: no answer within 20 s"
    )


def test_a_place_names_an_endpoint_that_is_not_amazons() -> None:
    assert str(Place("us-east-1", "http://127.0.0.1:8000")) == "region us-east-1 at http://127.0.0.1:8000"
    assert str(Place(None)) == "region (none)"
