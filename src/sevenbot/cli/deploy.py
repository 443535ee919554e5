"""`sevenbot aws deploy`: the whole system in an AWS account, made or brought up to date, step by step."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sevenbot.cli.on_aws import completed_by_the_next, opened_aws
from sevenbot.cli.options import given_settings
from sevenbot.cli.plan import plan_fields, show_plan
from sevenbot.cli.progress import progress, tick
from sevenbot.cli.table import show_json

if TYPE_CHECKING:
    from sevenbot.aws.deploy import Deployment, Plan
    from sevenbot.aws.ses import Ask, Record
    from sevenbot.config import Settings

REGION = click.option("--region", metavar="NAME", help="The region. [default: AWS_REGION]")
YES = click.option("--yes", is_flag=True, help="Do not ask.")


def read_stack(_: click.Context, __: click.Parameter, given: str) -> str:
    """Return a stack's name (click's callback); the bucket's name is made of it, hence no capitals and 28 at most."""
    if not re.fullmatch(r"[a-z]([a-z0-9-]{0,26}[a-z0-9])?", given):
        raise click.BadParameter("1 to 28 small letters, digits and hyphens, beginning with a letter")
    return given


#: What to do about a missing permission.
ADMINISTRATOR = "this makes and removes roles, functions and tables: it needs an administrator's credentials"

STACK = click.option(
    "--stack", "name", metavar="NAME", default="sevenbot", show_default=True, callback=read_stack, help="Which bot."
)


def read_choices(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """Return NAME=VALUE pairs for the template (click's callback)."""
    from sevenbot.aws.deployment import CHOICES

    pairs = {key: value for key, _, value in (text.partition("=") for text in given)}
    if pairs.keys() - set(CHOICES) or not all("=" in text for text in given):
        raise click.BadParameter(f"NAME=VALUE, with a name of {', '.join(CHOICES)}")
    return pairs


@click.command(
    "deploy",
    epilog="""
\b
Examples:
  sevenbot aws deploy --dry-run            say what would be done
  sevenbot aws deploy                      show it, ask, do it
  sevenbot aws deploy --set Notify=you@example.org    alarms by mail
  sevenbot aws deploy --region eu-west-1 --yes

Every SEVENBOT_... and OPENAI_... setting of .env and the environment goes to the functions; secrets are kept encrypted,
in SSM Parameter Store. Interrupted, it is completed by calling it again. What --set chose stays until it is set anew:
Size (small, medium, large), LogDays, Notify, MonthlyBudget, ApiDomain, ApiCertificate.
""",
)
@STACK
@click.option(
    "--arch", type=click.Choice(["arm64", "x86_64"]), help="The processor. [default: SEVENBOT_LAMBDA_ARCH, arm64]"
)
@click.option(
    "--set", "chosen", multiple=True, metavar="NAME=VALUE", callback=read_choices, help="A choice, see below."
)
@click.option(
    "--package",
    "zipped",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A zip that `sevenbot aws package` made. [default: made now]",
)
@click.option("--no-webhook", is_flag=True, help="Leave Telegram's webhook as it is.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: print one JSON object, and nothing else.")
@YES
@REGION
def command(
    *,
    name: str,
    arch: str | None,
    chosen: dict[str, str],
    zipped: Path | None,
    no_webhook: bool,
    is_dry: bool,
    as_json: bool,
    yes: bool,
    region: str | None,
) -> None:
    """
    Bring the whole system up on AWS, or up to date.

    Needs TELEGRAM_BOT_TOKEN, SEVENBOT_DOMAIN, and credentials of an administrator. Tables and a bucket that stand are
    used; no update replaces them.
    """
    from sevenbot.aws.deploy import Deployment, Tell, silent
    from sevenbot.aws.package import build, read
    from sevenbot.aws.ses import api_records, ask_dns
    from sevenbot.aws.stack import Stack
    from sevenbot.resume import resume_mails

    if as_json and not is_dry:
        raise click.UsageError("--json is for --dry-run")
    settings, given = given_settings()
    with (
        completed_by_the_next("`sevenbot aws deploy`") as begins,
        opened_aws(f"stack {name}", region, ADMINISTRATOR) as aws,
    ):
        told = Tell(progress, lambda words, began: tick("✓", words, began), begins)
        deployment = Deployment(aws, settings, given, Stack(aws, name), silent() if as_json else told)
        bot = deployment.check()
        if zipped is None and not as_json:
            progress("package: fetching and compiling")
        code = deployment.package(build if zipped is None else partial(read, zipped), arch or settings.lambda_arch)
        deployment.come_to_rest(may_mend=not is_dry)
        plan = deployment.plan(code, chosen)
        if as_json:
            show_json(plan_fields(plan))
        else:
            show_plan(plan, with_webhook=not no_webhook)
        if is_dry or not (yes or is_wanted(deployment, plan)):
            deployment.forget(plan)
            if plan.is_anything and not as_json:
                click.echo("Nothing was changed.")
            return
        deployment.carry_out(plan, code)
        outputs = deployment.outputs()
        if plan.finds_mails:
            began = time.monotonic()
            count = resume_mails(aws, settings, outputs["MailBucket"], outputs["MailQueueUrl"].rpartition("/")[2])
            tick("✓", f"mails: {count} that were under way are taken up again", began)
        show_records([*deployment.receive_mail(plan), *api_records(outputs)], ask_dns)
        if not no_webhook:
            deployment.point_webhook(plan)
        say_how_to_look(settings, name, outputs["MailBucket"])
    click.echo(f"\nReady: send /register to @{bot.username}")


def is_wanted(deployment: Deployment, plan: Plan) -> bool:
    """Ask, when there is anything to ask about; who does not answer leaves nothing behind."""
    try:
        return not plan.is_anything or click.confirm("Go ahead?", default=True)
    except click.Abort:
        deployment.forget(plan)
        raise


def say_how_to_look(settings: Settings, name: str, bucket: str) -> None:
    """Print the settings for the commands that look into what is kept, unless they are set."""
    needed = {
        "SEVENBOT_STATE": "dynamodb://",
        "SEVENBOT_SPOOL": f"s3://{bucket}/raw",
        "SEVENBOT_QUEUE": f"sqs://{name}-mail",
    }
    shown = settings.shown()
    if any(shown[setting] != value for setting, value in needed.items()):
        click.echo("\nTo look at mails and users from here, set in .env:")
        for setting, value in needed.items():
            click.echo(f"  {setting}={value}")


def show_records(records: Sequence[Record], ask: Ask) -> None:
    """Print what the domain's DNS has to say, and whether it does."""
    if records:
        click.echo("\nDNS records to set at the domain's provider (✓ stands, ✗ missing, ? no answer):")
        marks = {True: "✓", False: "✗", None: "?"}
        for record in records:
            click.echo(f"{marks[record.is_seen(ask)]} {record.kind:<5}  {record.name}")
            click.echo(f"{'':9}{record.value}\n{'':9}{record.purpose}")
