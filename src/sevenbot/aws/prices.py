"""
What DynamoDB asks, and when provisioned capacity would be cheaper. Pure.

The prices are those of us-east-1 in US dollars (aws.amazon.com/dynamodb/pricing, read 2026-11); other regions ask up to
twice as much, in about the same proportions, so that the comparison holds where the sums do not.
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
