"""`sevenbot tables`: the DynamoDB tables and the bucket, made, compared and removed."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sevenbot.aws.client import code_of
from sevenbot.cli.on_aws import opened_aws
from sevenbot.cli.options import load_settings, settings_options
from sevenbot.cli.progress import progress, tick

if TYPE_CHECKING:
    from sevenbot.aws.client import Aws
    from sevenbot.aws.create import Step
    from sevenbot.aws.destroy import Removal
    from sevenbot.aws.layout import Capacity, Wish
    from sevenbot.config import Settings

#: The settings that say which tables and which bucket.
PLACES = ("SEVENBOT_USERS_TABLE", "SEVENBOT_LEDGER_TABLE", "SEVENBOT_SPOOL", "SEVENBOT_RETENTION_DAYS")

#: What servers that speak like DynamoDB or S3 say to a call they do not have.
NOT_OFFERED = ("UnknownOperationException", "NotImplemented", "MethodNotAllowed")

DEFAULT_TAGS = {"application": "sevenbot"}

REGION = click.option("--region", metavar="NAME", help="The region. [default: AWS_REGION]")


def read_capacity(_: click.Context, __: click.Parameter, given: str | None) -> Capacity | None:
    """Return READ:WRITE units per second as a Capacity (click's callback)."""
    from sevenbot.aws.layout import Capacity

    if given is None:
        return None
    found = re.fullmatch(r"([0-9]{1,6}):([0-9]{1,6})", given)
    if not found or not int(found[1]) or not int(found[2]):
        raise click.BadParameter("two whole numbers above 0 with a colon between, like 5:5")
    return Capacity(int(found[1]), int(found[2]))


def read_tags(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """Return KEY=VALUE pairs as a dict (click's callback)."""
    pairs = [text.partition("=") for text in given]
    wrong = [key for key, equals, _ in pairs if not key or not equals or key.startswith("aws:")]
    if wrong:
        raise click.BadParameter("KEY=VALUE, with a key that does not begin with aws:")
    return {key: value for key, _, value in pairs}


def read_mail_address(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """Return a mail address (click's callback)."""
    if given is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given):
        raise click.BadParameter("a mail address, like ann@example.org")
    return given


@click.group(
    "tables",
    epilog="""
\b
Examples:
  sevenbot tables create --dry-run             say what would be made
  sevenbot tables create --region eu-west-1    make it, or complete it
  sevenbot tables check                        compare it with what is needed
  sevenbot tables destroy                      back both up, remove them

Names, bucket and retention are those of the settings (SEVENBOT_USERS_TABLE, SEVENBOT_LEDGER_TABLE, SEVENBOT_SPOOL,
SEVENBOT_RETENTION_DAYS); region and credentials those of the AWS SDK (AWS_REGION, AWS_PROFILE, ...).
""",
)
def command() -> None:
    """Make, compare and remove the DynamoDB tables and the bucket."""


@command.command("create")
@click.option(
    "--provisioned",
    "capacity",
    metavar="READ:WRITE",
    callback=read_capacity,
    help="Provisioned units per second, like 5:5. [default: on demand]",
)
@click.option("--kms", "has_own_key", is_flag=True, help="Encrypt with the account's AWS managed key.")
@click.option(
    "--class",
    "table_class",
    type=click.Choice(["STANDARD", "STANDARD_INFREQUENT_ACCESS"], case_sensitive=False),
    default="STANDARD",
    show_default=True,
    help="The table class.",
)
@click.option("--insights", is_flag=True, help="Turn on Contributor Insights.")
@click.option("--alarms", is_flag=True, help="Make alarms on throttling, user errors and consumed capacity.")
@click.option("--notify", metavar="EMAIL", callback=read_mail_address, help="Send the alarms there.")
@click.option("--tag", "tags", metavar="KEY=VALUE", multiple=True, callback=read_tags, help="Tag all; may be repeated.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be done, and do nothing.")
@REGION
@settings_options(*PLACES)
def create(
    flags: dict[str, str],
    *,
    capacity: Capacity | None,
    has_own_key: bool,
    table_class: str,
    insights: bool,
    alarms: bool,
    notify: str | None,
    tags: dict[str, str],
    is_dry: bool,
    region: str | None,
) -> None:
    """
    Make the tables, and the bucket when SEVENBOT_SPOOL names one that is missing.

    What stands already is left as it is, what is missing is made: call it again after an interruption, or on tables
    made by hand. Point-in-time recovery, time to live and tags are turned on.
    """
    from sevenbot.aws.layout import Wish

    if notify and not alarms:
        raise click.UsageError("--notify goes with --alarms")
    settings = load_settings(flags)
    wish = Wish(
        users_table=settings.users_table,
        ledger_table=settings.ledger_table,
        capacity=capacity,
        has_own_key=has_own_key,
        table_class=table_class,
        tags={**DEFAULT_TAGS, **tags},
    )
    with opened_aws(f"tables {wish.users_table} and {wish.ledger_table}", region) as aws:
        try:
            walk(steps(aws, settings, wish, insights=insights, alarms=alarms, notify=notify), is_dry=is_dry)
        except KeyboardInterrupt:
            click.echo("\nInterrupted; what was made stays, and the same command makes the rest.", err=True)
            raise


def steps(
    aws: Aws, settings: Settings, wish: Wish, *, insights: bool, alarms: bool, notify: str | None
) -> Iterable[Step]:
    """Yield all that was asked for."""
    from sevenbot.aws.alarms import AlarmSteps
    from sevenbot.aws.bucket import BucketSteps
    from sevenbot.aws.create import TableSteps

    tables = TableSteps(aws, wish)
    yield from tables.all()
    if insights:
        yield from tables.insights()
    if alarms:
        yield from AlarmSteps(aws, (wish.users_table, wish.ledger_table), notify).all()
    if settings.bucket:
        yield from BucketSteps(aws, *settings.bucket, settings.retention, wish.tags).all()


def walk(all_steps: Iterable[Step], *, is_dry: bool) -> None:
    """Take each step that is not done yet, and tell each with its time."""
    for step in all_steps:
        began = time.monotonic()
        if is_done(step):
            tick("✓", f"{step.title}: stands", began)
        elif is_dry:
            tick("+", f"{step.title}: would be made", began)
        else:
            take(step, began)


def is_done(step: Step) -> bool:
    """Ask the step; one about a feature the server lacks is not done."""
    from botocore.exceptions import ClientError

    try:
        return step.is_done()
    except ClientError as exc:
        if code_of(exc) not in NOT_OFFERED:
            raise
        return False


def take(step: Step, began: float) -> None:
    """Do what the step says; a compatible server may not offer all of it."""
    from botocore.exceptions import ClientError

    try:
        step.do(lambda status: progress(f"{step.title}: {status}"))
    except ClientError as exc:
        if code_of(exc) not in NOT_OFFERED:
            raise
        tick("!", f"{step.title}: not offered by this server", began)
    else:
        tick("✓", f"{step.title}: made", began)


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@REGION
@settings_options(*PLACES)
@click.pass_context
def check(ctx: click.Context, flags: dict[str, str], *, as_json: bool, region: str | None) -> None:
    """
    Compare what stands with what is needed.

    Tells billing mode, size, items and consumed capacity of each table, and what the other billing mode would cost.
    Exits 1 on a difference that matters; advice alone exits 0. It only reads.
    """
    from sevenbot.aws.compare import Comparison
    from sevenbot.cli.doctor import has_failed, show, verdict

    settings = load_settings(flags)
    findings = []
    with opened_aws(f"tables {settings.users_table} and {settings.ledger_table}", region) as aws:
        comparison = Comparison(aws, settings, datetime.now(UTC))
        for finding in comparison.all():
            findings.append(finding)
            if not as_json:
                show(finding)
    if as_json:
        told = {
            "ok": not has_failed(findings),
            "checks": [asdict(finding) for finding in findings],
            "tables": comparison.facts,
        }
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(verdict(findings))
    ctx.exit(int(has_failed(findings)))


@command.command("destroy")
@click.option("--yes-delete-all-users", "may_delete_users", is_flag=True, help="Also when there are users in it.")
@REGION
@settings_options(*PLACES)
def destroy(flags: dict[str, str], *, may_delete_users: bool, region: str | None) -> None:
    """
    Remove both tables, after a question and a backup of each.

    Asks for the name of the users' table, and refuses when it holds users unless --yes-delete-all-users is given. The
    backups stay in the account until you delete them; the bucket is not touched.
    """
    from sevenbot.aws import look
    from sevenbot.aws.destroy import Removal

    settings = load_settings(flags)
    with opened_aws(f"tables {settings.users_table} and {settings.ledger_table}", region) as aws:
        names = [name for name in (settings.users_table, settings.ledger_table) if look.table(aws, name)]
        if not names:
            click.echo(f"there is neither {settings.users_table} nor {settings.ledger_table} in {aws.region}")
            return
        users = Removal(aws, settings.users_table)
        if settings.users_table in names and not may_delete_users and users.holds_items():
            raise click.ClickException(
                f"{settings.users_table} holds users: with it, every address is gone for good. "
                "If that is meant: --yes-delete-all-users"
            )
        ask_for_name(names[0], aws.region)
        for name in names:
            remove(Removal(aws, name))


def ask_for_name(name: str, region: str | None) -> None:
    """Let nobody remove a table by reflex."""
    try:
        typed = click.prompt(f"Type {name} to remove it from {region}", default="", show_default=False)
    except click.Abort as exc:
        if not isinstance(exc.__context__, EOFError):
            raise
        raise click.ClickException(f"nobody answered; nothing was removed. In a script: echo {name} | ...") from exc
    if typed != name:
        raise click.ClickException(f"that is another name than {name}; nothing was removed")


def remove(removal: Removal) -> None:
    """Back up one table, then delete it."""
    began = time.monotonic()
    backup = removal.back_up(datetime.now(UTC), lambda status: progress(f"{removal.table}: {status}"))
    tick("✓", f"{removal.table}: backup {backup} taken", began)
    began = time.monotonic()
    removal.remove(lambda status: progress(f"{removal.table}: {status}"))
    tick("✓", f"{removal.table}: removed", began)
