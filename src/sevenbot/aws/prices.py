"""
What AWS asks, and when provisioned capacity of DynamoDB would be cheaper. Pure.

The prices are those of us-east-1 in US dollars, in their first tier, from the services' pricing pages
(aws.amazon.com/<service>/pricing, read 2026-11); other regions ask up to twice as much, in about the same proportions,
so that comparisons hold where the sums do not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sevenbot.aws.layout import Capacity

READ_MILLION, WRITE_MILLION = 0.125, 0.625  # on demand, per million units
READ_HOUR, WRITE_HOUR = 0.00013, 0.00065  # provisioned, per unit and hour
HOURS_A_MONTH = 730
MONTH_SECONDS = HOURS_A_MONTH * 3600

REGION, READ_ON = "us-east-1", "November 2026"

TABLE_GB_MONTH, RECOVERY_GB_MONTH = 0.25, 0.20
LAMBDA_REQUEST = 0.20 / 1e6
LAMBDA_GB_SECOND = {"arm64": 0.0000133334, "x86_64": 0.0000166667}
API_REQUEST = 1.00 / 1e6  # an HTTP API
SES_MAIL = 0.10 / 1e3  # received
S3_PUT, S3_GET, S3_GB_MONTH = 0.005 / 1e3, 0.0004 / 1e3, 0.023
SNS_PUBLISH = 0.50 / 1e6  # delivery to SQS is free
SQS_REQUEST = 0.40 / 1e6
LOG_GB = 0.50
ALARM_MONTH, METRIC_MONTH, DASHBOARD_MONTH, RULE_MONTH = 0.10, 0.30, 3.00, 0.50

#: A million tokens in and out, of the model that is asked when none is named.
MODEL_PRICE = (0.40, 1.60)

#: A t4g.small with 20 GB of disk and a public IPv4 address.
MACHINE_MONTH = 12.26 + 1.60 + 3.65

#: Capacity that is never more than this much in use leaves room for a busier day.
UTILISATION = 0.7

#: CloudWatch's sums are over so long; a table saves up unused capacity for as long ("Burst capacity", developer guide),
#: so that a sum over it is what provisioned capacity has to bear.
PERIOD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a table or index took of read and write units: sums, each over PERIOD, gaps left out."""

    reads: Sequence[float]
    writes: Sequence[float]
    span: timedelta  # how long was looked at

    @property
    def total(self) -> tuple[float, float]:
        """Return all read and write units."""
        return sum(self.reads), sum(self.writes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A month of the same load both ways, in US dollars."""

    on_demand: float
    provisioned: float
    capacity: Capacity  # what would have to be provisioned

    @property
    def is_provisioned_cheaper(self) -> bool:
        """Say whether it is worth a change: a tenth less, and more than a dollar a month."""
        return self.provisioned < self.on_demand * 0.9 and self.on_demand - self.provisioned > 1


def compare(consumption: Consumption) -> Comparison:
    """Return what the load would cost a month, on demand and with enough capacity provisioned for its peaks."""
    reads, writes = consumption.total
    months = consumption.span / timedelta(hours=HOURS_A_MONTH)
    capacity = Capacity(_needed(consumption.reads), _needed(consumption.writes))
    return Comparison(
        on_demand=(reads * READ_MILLION + writes * WRITE_MILLION) / 1e6 / months,
        provisioned=monthly(capacity),
        capacity=capacity,
    )


def monthly(capacity: Capacity) -> float:
    """Return what a month of provisioned capacity costs, in US dollars."""
    return (capacity.read * READ_HOUR + capacity.write * WRITE_HOUR) * HOURS_A_MONTH


def _needed(sums: Sequence[float]) -> int:
    return max(1, math.ceil(max(sums, default=0) / PERIOD.total_seconds() / UTILISATION))
