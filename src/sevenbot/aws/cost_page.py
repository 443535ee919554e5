"""docs/aws/cost.md: the bill by size, and where something else is cheaper. Pure."""

from __future__ import annotations

from dataclasses import replace

from sevenbot.aws import cost, prices
from sevenbot.aws.cost import Load

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
MAILS_A_USER = 20
EXAMPLE = Load(10_000, 500)
PEAKS = (1.0, 1.5, 2.0, 2.5, 3.0)


def page() -> str:
    """Return the page without the mark of a generated one."""
    return f"""
# What it costs

Estimates for a month in {prices.REGION}, US dollars, prices of {prices.READ_ON}, without tax and without the
free tier (which an account has once: a million Lambda requests, ten alarms, ten metrics, three dashboards, a million
SQS requests and more; a small bot then pays for little but SES). For your own numbers:

    sevenbot aws cost --mails 10000 --users 500

## {EXAMPLE.mails:,} mails to {EXAMPLE.users:,} users, offline summaries

| service | | USD | share |
| --- | --- | --- | --- |
{_bill(EXAMPLE)}

## By size

{MAILS_A_USER} mails a user. The last column is with a model at {prices.MODEL_PRICE[0]:.2f} and
{prices.MODEL_PRICE[1]:.2f} dollars for a million tokens in and out.

| mails a month | users | USD a month | USD for 1,000 mails | with a model |
| --- | --- | --- | --- | --- |
{_sizes()}

What stands still costs {sum(row.usd for row in cost.standing(Load(0, 0))):.2f} dollars a month: alarms, metrics, the
dashboard, the empty queue. Everything else grows with the mails, SES most of all: it asks 10 cents for 1,000. With
1,000,000 users a mail costs {_ratio():.2f} times what it costs with 1,000, at ten mails a user each, since what stands
still is shared by more.

## When something else is cheaper

**A machine of your own**, {prices.MACHINE_MONTH:.0f} dollars a month for a small one with its address and disk, is
cheaper from about {cost.own_machine_pays_from():,} mails a month on, if somebody looks after it.
See [run.md](../run.md).

**Provisioned capacity** of the tables saves more than a dollar a month from so many mails on, by how many times the
average the busiest five minutes have. `sevenbot tables check` tells it of your own last 14 days.

| busiest five minutes | from mails a month |
| --- | --- |
{_provisioned()}

## What is assumed

- A mail: {cost.MAIL_KB:g} KB, kept for 30 days; {cost.WRITE_UNITS:g} write and {cost.READ_UNITS:g} read units;
  {cost.PROCESSOR_SECONDS:g} s of a {cost.FUNCTION_GB * 1024:.0f} MB function on arm64.
- With a model: {cost.MODEL_SECONDS:g} s more, {cost.PROMPT_TOKENS:,} tokens in, {cost.ANSWER_TOKENS} out.
- A user: {cost.COMMANDS_A_USER} commands a month. One in {1 / cost.RETURNING_USERS:,.0f} comes back after blocking the
  bot, for whom the table of the mails is read through.

Set a budget all the same: `sevenbot aws deploy --set Notify=you@example.org`.
"""


def _bill(load: Load) -> str:
    together = cost.total(load)
    lines = [f"| {row.service} | {row.what} | {row.usd:,.2f} | {row.usd / together:.0%} |" for row in cost.rows(load)]
    return "\n".join([*lines, f"| **together** | | **{together:,.2f}** | |"])


def _sizes() -> str:
    return "\n".join(map(_size, (Load(mails, mails // MAILS_A_USER) for mails in SIZES)))


def _size(load: Load) -> str:
    usd, with_model = cost.total(load), cost.total(replace(load, model_price=prices.MODEL_PRICE))
    return f"| {load.mails:,} | {load.users:,} | {usd:,.2f} | {1000 * usd / load.mails:,.3f} | {with_model:,.2f} |"


def _ratio() -> float:
    small, large = Load(10_000, 1_000), Load(10_000_000, 1_000_000)
    return cost.total(large) / large.mails / (cost.total(small) / small.mails)


def _provisioned() -> str:
    pays_from = {peak: cost.provisioned_pays_from(peak) for peak in PEAKS}
    return "\n".join(f"| {peak:g} | {f'{mails:,}' if mails else 'never'} |" for peak, mails in pays_from.items())
