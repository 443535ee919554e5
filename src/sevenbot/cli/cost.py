"""`sevenbot aws cost`: what a month would cost, row by row."""

from __future__ import annotations

import re
from dataclasses import asdict

import click

from sevenbot.cli.table import show_json, show_table


def read_model_price(_: click.Context, __: click.Parameter, given: str | None) -> tuple[float, float] | None:
    """Return IN:OUT dollars for a million tokens (click's callback)."""
    if given is None:
        return None
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)", given)
    if not found:
        raise click.BadParameter("two prices with a colon between, like 0.40:1.60")
    return float(found[1]), float(found[2])


@click.command(
    "cost",
    short_help="Estimate what a month costs.",
    epilog="""
\b
Examples:
  sevenbot aws cost --mails 10000 --users 500
  sevenbot aws cost --mails 1000000 --users 50000 --model-price 0.40:1.60

It asks nobody: the prices are those of docs/aws/cost.md.
""",
)
@click.option("--mails", type=click.IntRange(0), default=10_000, show_default=True, help="Mails a month.")
@click.option("--users", type=click.IntRange(0), default=500, show_default=True, help="Chats with an address.")
@click.option(
    "--model-price",
    metavar="IN:OUT",
    callback=read_model_price,
    help="US dollars for a million tokens. [default: offline summaries]",
)
@click.option(
    "--arch", type=click.Choice(["arm64", "x86_64"]), default="arm64", show_default=True, help="The processor."
)
@click.option("--retention-days", type=click.IntRange(1), default=30, show_default=True, help="Days that mail is kept.")
@click.option("--imap", "by_imap", is_flag=True, help="Mail is fetched by IMAP, not received by SES.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    *,
    mails: int,
    users: int,
    model_price: tuple[float, float] | None,
    arch: str,
    retention_days: int,
    by_imap: bool,
    as_json: bool,
) -> None:
    """Estimate what a month costs, in US dollars, without tax and without the free tier."""
    from sevenbot.aws import cost, prices

    load = cost.Load(mails, users, retention_days, arch, model_price, by_imap)
    together = cost.total(load)
    rows = cost.rows(load)
    if as_json:
        told = [{**asdict(row), "usd": round(row.usd, 4), "share": round(row.usd / together, 4)} for row in rows]
        show_json({"region": prices.REGION, "prices_of": prices.READ_ON, "usd": round(together, 4), "rows": told})
        return
    shown = [(row.service, row.what, f"{row.usd:10,.2f}", f"{row.usd / together:5.0%}") for row in rows]
    show_table(("SERVICE", "FOR", "       USD", "SHARE"), [*shown, ("together", "", f"{together:10,.2f}", "")])
    each = f", {1000 * together / mails:,.3f} for 1,000 mails" if mails else ""
    click.echo(f"\nA month in {prices.REGION}, prices of {prices.READ_ON}{each}. The free tier is not counted.")
