"""What a mail costs in DynamoDB: read and write units from its address to its count, and the price of a million."""

from __future__ import annotations

import asyncio

from bench.row import Row
from tests.aws.one_mail import Spent, spent_on_one_mail, spent_on_one_notice

from sevenbot.aws.prices import READ_MILLION, WRITE_MILLION

READS_REACH, WRITES_REACH = 0.5, 6.0
PROMISED = "0.5 and 6 or less"


def measure() -> list[Row]:
    """Take one mail through tables of an emulator, which counts units as the service documents them."""
    spent, by_queue = asyncio.run(spent_on_one_mail()), asyncio.run(spent_on_one_notice())
    return [
        Row(
            "DynamoDB units a mail, read and write",
            f"{spent.reads:g} and {spent.writes:g}",
            f"limit {READS_REACH:g} and {WRITES_REACH:g}",
            f"{spent.writes / WRITES_REACH:.2f}",
            PROMISED,
            "",
        ),
        Row(
            "DynamoDB units a mail that comes by the queue",
            f"{by_queue.reads:g} and {by_queue.writes:g}",
            f"limit {READS_REACH:g} and {WRITES_REACH:g}",
            f"{by_queue.writes / WRITES_REACH:.2f}",
            PROMISED,
            "",
        ),
        Row(
            "DynamoDB, a million mails",
            f"${price(spent):.2f}",
            f"limit ${price(Spent(READS_REACH, WRITES_REACH)):.2f}",
            f"{price(spent) / price(Spent(READS_REACH, WRITES_REACH)):.2f}",
            f"${price(Spent(READS_REACH, WRITES_REACH)):.2f} or less",
            "The units are those that ministack reports as ConsumedCapacity; the price is that of us-east-1 on demand, "
            "November 2026, without storage and without the ledger's own look-through (once in five minutes at most, "
            "half a read unit per 4 KB of the table).",
        ),
    ]


def price(spent: Spent) -> float:
    """Return what a million such mails cost, in US dollars."""
    return spent.reads * READ_MILLION + spent.writes * WRITE_MILLION
