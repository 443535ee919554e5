"""
What an error of AWS means to an operator: which table, region, role and action, and what to do. Pure.

    AccessDeniedException ... User: arn:aws:sts::1:assumed-role/bot/i is not authorized to perform: dynamodb:PutItem on
    resource: arn:aws:dynamodb:us-east-1:1:table/telegram-users because no identity-based policy allows ...

becomes

    arn:aws:sts::1:assumed-role/bot/i may not do dynamodb:PutItem on arn:aws:dynamodb:us-east-1:1:table/telegram-users
    → attach the policy that `sevenbot aws policy` prints to that role or user

Sources: Amazon DynamoDB developer guide, "Error handling"; Amazon S3 API reference, "Error responses"; AWS IAM user
guide, "Access denied error messages" (read 2026-11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sevenbot.aws import client
from sevenbot.aws.client import code_of

#: S3 names the right region in one of these ways when a bucket is elsewhere.
ELSEWHERE = frozenset(
    {"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "301", "BadRequest"}
)
NO_CREDENTIALS = frozenset({"NoCredentialsError", "PartialCredentialsError"})
FETCHING = frozenset(
    {"CredentialRetrievalError", "TokenRetrievalError", "SSOTokenLoadError", "UnauthorizedSSOTokenError"}
)
UNREACHED = frozenset(
    {"EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ProxyConnectionError", "SSLError"}
)
KMS = frozenset(
    {"KMSAccessDeniedException", "KMS.DisabledException", "KMS.NotFoundException", "KMSInvalidStateException"}
)

#: Endpoints of Amazon's own, which need no telling beside the region.
AMAZON = re.compile(r"\.amazonaws\.com(?:\.cn)?$")

WHO = re.compile(r"User: (\S+) is not authorized")
ACTION = re.compile(r"perform: (\S+)")
RESOURCE = re.compile(r"on resource: (\S+)")
ANOTHER_KEY = re.compile("Missing the key|Type mismatch for key|does not match the schema")
REGION = re.compile(r"expecting '([a-z0-9-]+)'")

CREDENTIALS_ADVICE = (
    "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is attached; "
    "`aws sts get-caller-identity` shows who you are"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where calls go, in words for the operator."""

    region: str | None
    endpoint: str | None = None  # AWS_ENDPOINT_URL, when it is not Amazon's
    who: str | None = None  # the ARN whose credentials these are, when known

    def __str__(self) -> str:
        return f"region {self.region or '(none)'}" + (f" at {self.endpoint}" if self.endpoint else "")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was seen, and what to do."""

    detail: str
    advice: str


def endpoint_of(client: Any) -> str | None:
    """Return where a client's calls go, or None when that is Amazon's own endpoint of the region."""
    url: str = client.meta.endpoint_url
    return None if AMAZON.search(url) else url


def cause_of(exc: BaseException) -> BaseException:
    """Return the error of boto3 below one of ours, or *exc* itself."""
    found: BaseException | None = exc
    while found is not None:
        if type(found).__module__.startswith(("botocore", "boto3")):
            return found
        found = found.__cause__
    return exc


def explain(exc: BaseException, what: str, place: Place) -> Trouble:
    """
    Return what *exc*, of boto3 or of ours above one, means.

    Args:
        what: What was asked: "table telegram-users", "bucket mail".
    """
    cause = cause_of(exc)
    code = code_of(cause)
    message = _message(cause)
    if code == "ValidationException" and "specified index" in message:
        return Trouble(
            f"{what} has no index for addresses in {place}",
            "`sevenbot tables create` adds it; without it every look-up by address reads the whole table",
        )
    if code == "ValidationException" and ANOTHER_KEY.search(message):
        return Trouble(
            f"{what} in {place} has another key than SevenBot's: {message} ({code})",
            "`sevenbot tables check` compares them; name another table in the settings, since a key cannot be changed",
        )
    for codes, answer in _ANSWERS:
        if code in codes:
            return answer(code, what, place, message)
    status = str(getattr(cause, "response", {}).get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    if status.startswith("5"):
        return Trouble(f"{what}: the service failed ({code}) in {place}", "try again; https://health.aws.amazon.com")
    by_aws = f" ({code}) in {place}" if type(cause).__module__.startswith("botocore") else ""
    return Trouble(
        f"{what}: {message or exc}{by_aws}", "try again; when it stays, look the code up in AWS's documentation"
    )


def _message(cause: BaseException) -> str:
    response = getattr(cause, "response", None)
    return str(response.get("Error", {}).get("Message", "")) if isinstance(response, dict) else str(cause)


def _missing(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001 - one signature for all
    return Trouble(
        f"{what} is not there in {place} ({code})",
        "is AWS_REGION the region where it was made, and the name in the settings the same? "
        "`sevenbot tables create` makes what is missing",
    )


def _forbidden(code: str, what: str, place: Place, message: str) -> Trouble:
    who, action, resource = (found[1] if found else None for found in _parts(message))
    subject = who or place.who or "whoever these credentials belong to"
    done = f"may not do {action}" if action else "may not do that"
    if "explicit deny" in message:
        advice = "a policy forbids it on purpose: the words `explicit deny` tell of which kind; ask who wrote it"
    else:
        advice = (
            "attach the policy that `sevenbot aws policy` prints to that role or user, and compare account, "
            "region and name in its resource ARNs"
        )
    return Trouble(f"{subject} {done} on {resource or what} in {place} ({code})", advice)


def _parts(message: str) -> tuple[re.Match[str] | None, ...]:
    return WHO.search(message), ACTION.search(message), RESOURCE.search(message)


def _credentials(code: str, what: str, place: Place, message: str) -> Trouble:
    if "xpired" in code or "xpired" in message or code == "TokenRefreshRequired":
        return Trouble(
            f"{what}: the credentials have expired ({code})",
            "sign on anew (`aws sso login`), or fetch new temporary credentials; a role attached to the machine "
            "renews itself",
        )
    return Trouble(f"{what}: AWS does not know these credentials ({code}) in {place}", CREDENTIALS_ADVICE)


def _no_credentials(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001
    return Trouble(f"{what}: {message.rstrip('.')} ({code})", CREDENTIALS_ADVICE)


def _signature(code: str, what: str, place: Place, message: str) -> Trouble:
    if "expired" in message or "not yet current" in message:
        return _clock(code, what, place, message)
    return Trouble(f"{what}: the secret key does not fit the access key ({code})", CREDENTIALS_ADVICE)


def _clock(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001
    return Trouble(
        f"{what}: this machine's clock is too far off for AWS ({code})",
        "set the clock, best by NTP: timedatectl set-ntp true",
    )


def _throttled(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001
    return Trouble(
        f"{what} is throttled in {place} ({code})",
        "wait; when it lasts: raise the provisioned capacity, or change to on demand; when only some keys are hot, "
        "Contributor Insights show which (`sevenbot tables create --insights`)",
    )


def _elsewhere(code: str, what: str, place: Place, message: str) -> Trouble:
    found = REGION.search(message)
    where = f"it is in {found[1]}" if found else "it is in another region"
    return Trouble(f"{what} is not in {place}: {where} ({code})", f"set AWS_REGION{f'={found[1]}' if found else ''}")


def _unreached(code: str, what: str, place: Place, message: str) -> Trouble:
    return Trouble(
        f"{what}: no answer from {place} ({code}): {message}",
        "is AWS_REGION spelled right (us-east-1), is there a way to the internet, and does AWS_ENDPOINT_URL name a "
        "server that runs?",
    )


def _no_region(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001
    return Trouble(f"{what}: no region is set ({code})", "set AWS_REGION to the region of the tables, like us-east-1")


def _no_profile(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001
    return Trouble(
        f"{what}: {message.rstrip('.')} ({code})",
        "`aws configure list-profiles` shows which there are; set AWS_PROFILE to one of them, or unset it",
    )


def _kms(code: str, what: str, place: Place, message: str) -> Trouble:  # noqa: ARG001
    return Trouble(
        f"{what}: its encryption key cannot be used ({code})",
        "enable the key in AWS KMS, and let this role use it; a table is lost for good a week after its key is",
    )


_ANSWERS = (
    (client.MISSING | {"404"}, _missing),
    (client.FORBIDDEN | {"403"}, _forbidden),
    (client.CREDENTIALS, _credentials),
    (FETCHING, _credentials),
    (NO_CREDENTIALS, _no_credentials),
    (client.SIGNATURE, _signature),
    (client.CLOCK, _clock),
    (client.THROTTLED, _throttled),
    (ELSEWHERE, _elsewhere),
    (UNREACHED, _unreached),
    (frozenset({"NoRegionError"}), _no_region),
    (KMS, _kms),
    (frozenset({"ProfileNotFound"}), _no_profile),
)
