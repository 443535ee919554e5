"""`sevenbot aws status` and `destroy`: how the stack is doing, and its end."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sevenbot.cli.deploy import ADMINISTRATOR, REGION, STACK, YES
from sevenbot.cli.on_aws import completed_by_the_next, opened_aws
from sevenbot.cli.options import given_settings
from sevenbot.cli.progress import progress, tick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sevenbot.config import Settings
    from sevenbot.doctor.finding import Finding


#: What to do when Telegram does not post updates to the stack.
POINT_HERE = "stop what else runs with this token (`sevenbot run`, another stack), then `sevenbot aws deploy`"

#: What to do when not even the stack may be looked at.
READER = (
    "looking needs to read CloudFormation, Lambda, SQS, CloudWatch: the policy ReadOnlyAccess, or an administrator's"
)


@click.command(
    "status",
    epilog="""
\b
Examples:
  sevenbot aws status
  sevenbot aws status --stack another --json    for programs

Exit codes: 0 nothing failed (advice may remain), 1 something failed.
""",
)
@STACK
@REGION
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(ctx: click.Context, *, name: str, region: str | None, as_json: bool) -> None:
    """
    Show how the system on AWS is doing.

    The stack, each function with its last error, the queue, dead letters, alarms, the last mail, the webhook (with
    TELEGRAM_BOT_TOKEN set). Only reads. Exits 1 when something is wrong.
    """
    from sevenbot.aws.stack import Stack
    from sevenbot.aws.status import Status
    from sevenbot.cli.doctor import has_failed, show, verdict

    settings, _ = given_settings(needs=())
    findings = []
    with opened_aws(f"stack {name}", region, READER) as aws:
        stack = Stack(aws, name)
        url = stack.outputs().get("ApiUrl")
        for look in (Status(aws, stack, datetime.now(UTC)).all(), about_webhook(settings, url)):
            for finding in look:
                findings.append(finding)
                if not as_json:
                    show(finding)
    if as_json:
        told = {"ok": not has_failed(findings), "checks": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(verdict(findings))
    ctx.exit(int(has_failed(findings)))


def about_webhook(settings: Settings, url: str | None) -> Iterator[Finding]:
    """Ask Telegram whether it posts updates to the API at *url*; nothing without a token or a stack."""
    from sevenbot.aws import webhook
    from sevenbot.doctor.finding import failed
    from sevenbot.doctor.telegram import NETWORK_ADVICE, check_webhook
    from sevenbot.errors import CallRefused, CourierUnavailable
    from sevenbot.web.app import WEBHOOK_PATH

    if settings.telegram_bot_token is None or url is None:
        return
    try:
        info = asyncio.run(webhook.state(settings))
    except (CourierUnavailable, CallRefused) as exc:
        yield failed("telegram", f"{exc}", NETWORK_ADVICE)
        return
    if info.url == url + WEBHOOK_PATH:
        yield from check_webhook(info, url)
    else:
        where = f"posted to {info.url}" if info.url else "not posted"
        yield failed("updates", f"{where}, so the bot here hears nothing", POINT_HERE)


@click.command(
    "destroy",
    epilog="""
\b
Examples:
  sevenbot aws destroy                  ask, and keep users and mails
  sevenbot aws destroy --delete-data    delete those too
""",
)
@STACK
@click.option("--delete-data", is_flag=True, help="Delete the tables and the bucket too, with all users and mails.")
@YES
@REGION
def destroy(*, name: str, delete_data: bool, yes: bool, region: str | None) -> None:
    """
    Take the system down.

    Tables and bucket stay, unless --delete-data is given: then the stack's name has to be typed, or --yes given.
    Interrupted, it is completed by calling it again. Afterwards `deploy` finds the data and goes on with it.
    """
    from sevenbot.aws.deploy import Tell
    from sevenbot.aws.stack import Stack
    from sevenbot.aws.teardown import Teardown

    settings, _ = given_settings(needs=())
    again = "`sevenbot aws destroy --delete-data`" if delete_data else "`sevenbot aws destroy`"
    with completed_by_the_next(again) as begins, opened_aws(f"stack {name}", region, ADMINISTRATOR) as aws:
        told = Tell(progress, lambda words, began: tick("✓", words, began), begins)
        teardown = Teardown(aws, settings, Stack(aws, name), told)
        if undelivered := teardown.undelivered():
            click.echo(f"! Mail in the queues: {undelivered}.")
            click.echo("  → let it be delivered first: what was not looked at yet, no later deployment finds")
        if not yes:
            ask(name, aws.region, teardown.data() if delete_data else None)
        begins()
        teardown.close_doors()
        teardown.remove_stack()
        if delete_data:
            teardown.remove_data()
        for line in teardown.remains():
            click.echo(f"stays: {line}")


def ask(name: str, region: str | None, data: Sequence[str] | None) -> None:
    """Let nobody take it down by reflex, nor *data* (None: it stays) without typing a name."""
    if not data:
        if not click.confirm(f"Take down {name} in {region}?" + (" Its data stays." if data is None else "")):
            raise click.ClickException("nothing was removed")
        return
    click.echo("This deletes, with everything in it:\n  " + "\n  ".join(data))
    if click.prompt(f"Type {name} to do so in {region}", default="", show_default=False) != name:
        raise click.ClickException("that is another name; nothing was removed")
