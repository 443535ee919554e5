"""
Stack events in words: how far it is, and why it failed. Pure.

When one resource fails, CloudFormation cancels all others, and each of them fails too. The first failure that is no
cancellation is the one to mend.

Source: AWS CloudFormation user guide, "Troubleshooting CloudFormation" (read 2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sevenbot.aws.trouble import Trouble

#: The reasons of those that failed because another did.
CANCELLED = re.compile(r"cancell?ed|The following resource\(s\) failed|Call DescribeEvents", re.IGNORECASE)

#: What the reason of a failure says, and what to do. The first that fits counts.
ADVICE = (
    (
        r"not authorized|AccessDenied|explicit deny",
        "whoever deploys needs more permissions: an administrator's for the first deployment is simplest",
    ),
    (
        r"already exists|AlreadyExists|BucketAlreadyOwnedByYou",
        "something of that name stands outside of the stack: remove it, or deploy with another --stack",
    ),
    (
        r"ConcurrentExecutions|concurrency",
        "the account may run too few functions at once: raise `Concurrent executions` of Lambda in Service Quotas",
    ),
    (r"LimitExceeded|quota|TooMany", "a quota of the account is used up: Service Quotas in the console raises it"),
    (r"[Rr]ate exceeded|Throttl", "AWS was asked too much at once: deploy again"),
    (r"expired", "the credentials ran out on the way: sign on anew, and deploy again"),
    (r"NoSuchKey|S3 Error Code|GetObject", "the functions' code is not in its bucket: deploy again, which uploads it"),
    (
        r"rule set|receipt|AWS::SES",
        "SES: is the domain verified in this region, and may the rule write to bucket and topic?",
    ),
    (r"[Cc]ertificate", "the certificate must stand in this region's ACM and cover the name"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing that went wrong."""

    resource: str
    kind: str
    reason: str

    def explain(self) -> Trouble:
        """Return what it means and what to do."""
        advice = next(
            (words for pattern, words in ADVICE if re.search(pattern, self.reason)),
            "mend what the reason names, then deploy again",
        )
        return Trouble(f"{self.resource} ({self.kind}): {self.reason}", advice)


def line(event: Mapping[str, Any]) -> str:
    """Return one event in short: "UsersTable: create complete"."""
    status = event["ResourceStatus"].replace("_", " ").lower()
    return f"{event['LogicalResourceId']}: {status}"


def why_failed(events: Iterable[Mapping[str, Any]]) -> str:
    """Return what failed first and, on a second line, what to do."""
    failure = first_failure(events)
    if failure is None:
        return "no event says why"
    told = failure.explain()
    return f"{told.detail}\n  → {told.advice}"


def first_failure(events: Iterable[Mapping[str, Any]]) -> Failure | None:
    """Return what failed first of its own accord, or None. *events* in the order they happened."""
    for event in events:
        reason = event.get("ResourceStatusReason", "")
        if event["ResourceStatus"].endswith("_FAILED") and not CANCELLED.search(reason):
            kind = event["ResourceType"].removeprefix("AWS::")
            return Failure(event["LogicalResourceId"], kind, reason or "CloudFormation gives no reason")
    return None
