"""
What a month on AWS costs, row by row. Pure.

The amounts per mail are measured (docs/benchmarks.md) or follow from the template; what depends on the people who use
it is assumed, below, in one place. The free tier is not counted, since an account has it once for everything in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sevenbot.aws import prices
from sevenbot.aws.prices import MONTH_SECONDS

#: Measured.
READ_UNITS, WRITE_UNITS = 0.5, 6.0  # for a mail
ITEM_KB, USER_KB = 1.0, 0.6  # a user's record is kept twice, since the index holds it too
LOG_KB = 2.0  # that a mail leaves in the logs
PROCESSOR_SECONDS = 0.5  # for a mail, its share of starts included
WEBHOOK_SECONDS = 0.2
FETCH_SECONDS = 2.0
FUNCTION_GB, FETCHER_GB = 0.5, 0.25

#: What follows from the template.
ALARMS = 16
METRICS = 8  # of SevenBot's own
CONTRIBUTOR_RULES = 2
POLLS_A_SECOND = 0.25  # of an empty queue: Lambda asks with five pollers, each for 20 s

#: Assumed of people and their mail.
MAIL_KB = 50.0
COMMANDS_A_USER = 4  # a month, buttons included
RETURNING_USERS = 0.001  # unblock the bot in a month, for whom the table of the mails is looked through
MODEL_SECONDS = 3.0
PROMPT_TOKENS, ANSWER_TOKENS = 1_200, 120

KB_IN_GB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Load:
    """A month."""

    mails: int
    users: int
    retention_days: int = 30
    architecture: str = "arm64"
    model_price: tuple[float, float] | None = None  # US dollars for a million tokens in and out; None: offline
    by_imap: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the bill."""

    service: str
    what: str
    usd: float


def rows(load: Load) -> list[Row]:
    """Return the month's bill without tax and free tier, in US dollars."""
    return [row for row in (*_per_mail(load), *_per_user(load), *standing(load)) if row.usd > 0]


def total(load: Load) -> float:
    """Return the sum of `rows`."""
    return sum(row.usd for row in rows(load))


def provisioned_pays_from(peak: float) -> int | None:
    """
    Return from how many mails a month provisioned capacity of the tables saves more than a dollar.

    Args:
        peak: How many times the average the busiest five minutes have.

    Returns:
        None when on-demand capacity is cheaper at any load.
    """
    a_mail = WRITE_UNITS * prices.WRITE_MILLION + READ_UNITS * prices.READ_MILLION
    units_hours = peak / prices.UTILISATION / 3600
    provisioned = (WRITE_UNITS * prices.WRITE_HOUR + READ_UNITS * prices.READ_HOUR) * units_hours * 1e6
    return math.ceil(1e6 / (a_mail - provisioned)) if provisioned < a_mail else None


def own_machine_pays_from() -> int:
    """Return from how many mails a month a small machine with `sevenbot run` is cheaper, at ten mails a user."""
    low, high = 1, 100_000_000
    while low < high:
        middle = (low + high) // 2
        if total(Load(middle, middle // 10)) > prices.MACHINE_MONTH:
            high = middle
        else:
            low = middle + 1
    return low


def _per_mail(load: Load) -> Iterator[Row]:
    mails, received = load.mails, 0 if load.by_imap else load.mails
    gb_second = prices.LAMBDA_GB_SECOND[load.architecture]
    seconds = PROCESSOR_SECONDS + (MODEL_SECONDS if load.model_price else 0)
    kept_gb = mails * MAIL_KB * load.retention_days / 30.4 / KB_IN_GB
    yield Row("SES", f"{received:,} mails received", received * prices.SES_MAIL)
    yield Row("S3", f"{mails:,} mails written and read", mails * (prices.S3_PUT + prices.S3_GET))
    yield Row("S3", f"{kept_gb:,.1f} GB kept", kept_gb * prices.S3_GB_MONTH)
    yield Row("SNS", f"{received:,} notices", received * prices.SNS_PUBLISH)
    yield Row("SQS", f"{3 * mails:,} requests", 3 * mails * prices.SQS_REQUEST)
    yield Row(
        "Lambda",
        f"{mails:,} mails, {seconds:g} s each",
        mails * (prices.LAMBDA_REQUEST + seconds * FUNCTION_GB * gb_second),
    )
    yield Row("DynamoDB", f"{WRITE_UNITS * mails:,.0f} write units", WRITE_UNITS * mails * prices.WRITE_MILLION / 1e6)
    yield Row("DynamoDB", f"{READ_UNITS * mails:,.0f} read units", READ_UNITS * mails * prices.READ_MILLION / 1e6)
    yield Row("CloudWatch", f"{mails * LOG_KB / KB_IN_GB:,.2f} GB of logs", mails * LOG_KB / KB_IN_GB * prices.LOG_GB)
    if load.model_price:
        tokens_in, tokens_out = mails * PROMPT_TOKENS, mails * ANSWER_TOKENS
        usd = (tokens_in * load.model_price[0] + tokens_out * load.model_price[1]) / 1e6
        yield Row("model", f"{tokens_in:,} tokens in, {tokens_out:,} out", usd)


def _per_user(load: Load) -> Iterator[Row]:
    commands = load.users * COMMANDS_A_USER
    gb_second = prices.LAMBDA_GB_SECOND[load.architecture]
    items_gb = load.mails * ITEM_KB * load.retention_days / 30.4 / KB_IN_GB
    stored_gb = items_gb + load.users * USER_KB / KB_IN_GB
    scanned_units = RETURNING_USERS * load.users * items_gb * KB_IN_GB / 4 / 2  # eventually consistent reads of 4 KB
    yield Row("API Gateway", f"{commands:,} requests", commands * prices.API_REQUEST)
    yield Row(
        "Lambda",
        f"{commands:,} commands",
        commands * (prices.LAMBDA_REQUEST + WEBHOOK_SECONDS * FUNCTION_GB * gb_second),
    )
    yield Row("DynamoDB", f"{commands:,} commands", commands * (prices.READ_MILLION + prices.WRITE_MILLION) / 1e6)
    yield Row("DynamoDB", f"{stored_gb:,.2f} GB kept", stored_gb * prices.TABLE_GB_MONTH)
    yield Row("DynamoDB", f"{stored_gb:,.2f} GB that can be restored", stored_gb * prices.RECOVERY_GB_MONTH)
    yield Row("DynamoDB", "looks for mails of users who return", scanned_units * prices.READ_MILLION / 1e6)


def standing(load: Load) -> Iterator[Row]:
    """Yield what is to be paid though nothing happens."""
    polls = POLLS_A_SECOND * MONTH_SECONDS
    gb_second = prices.LAMBDA_GB_SECOND[load.architecture]
    yield Row("SQS", f"{polls:,.0f} looks into an empty queue", polls * prices.SQS_REQUEST)
    yield Row("CloudWatch", f"{ALARMS} alarms", ALARMS * prices.ALARM_MONTH)
    yield Row("CloudWatch", f"{METRICS} metrics of our own", METRICS * prices.METRIC_MONTH)
    yield Row("CloudWatch", "1 dashboard", prices.DASHBOARD_MONTH)
    yield Row("CloudWatch", f"{CONTRIBUTOR_RULES} rules of Contributor Insights", CONTRIBUTOR_RULES * prices.RULE_MONTH)
    if load.by_imap:
        minutes = MONTH_SECONDS / 60
        usd = minutes * (prices.LAMBDA_REQUEST + FETCH_SECONDS * FETCHER_GB * gb_second)
        yield Row("Lambda", f"{minutes:,.0f} looks into the mailbox", usd)
