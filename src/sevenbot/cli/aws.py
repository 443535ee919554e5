"""`sevenbot aws`: what an operator does to an AWS account beside the tables."""

from __future__ import annotations

import json
import re

import click

from sevenbot.aws.policy import FUNCTIONS, NAME, Resources, function_policy, whole_policy
from sevenbot.cli import cost, deploy, package, stack
from sevenbot.cli.on_aws import opened_aws
from sevenbot.cli.options import load_settings, settings_options

#: What the policy is about. SEVENBOT_STATE: a queue is only valid beside tables.
POLICY_SETTINGS = (
    *("SEVENBOT_STATE", "SEVENBOT_USERS_TABLE", "SEVENBOT_LEDGER_TABLE", "SEVENBOT_SPOOL"),
    *("SEVENBOT_QUEUE", "SEVENBOT_SSM_PATH"),
)


@click.group(
    "aws",
    epilog="""
\b
Examples:
  sevenbot aws deploy --dry-run       what would be made
  sevenbot aws deploy                 make it, or bring it up to date
  sevenbot aws status                 how it is doing
  sevenbot aws policy                 for a bot on a machine of its own
  sevenbot aws policy --function email-processor
  sevenbot aws package --arch arm64   the zip that the functions run from
  sevenbot aws cost --mails 10000     what a month would cost
""",
)
def command() -> None:
    """Bring SevenBot up on AWS, look after it, take it down."""


for child in (deploy.command, stack.status, stack.destroy, package.command, cost.command):
    command.add_command(child)


def read_account(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """Return twelve digits (click's callback)."""
    if given is not None and not re.fullmatch(r"[0-9]{12}", given):
        raise click.BadParameter("twelve digits")
    return given


@command.command("policy", short_help="Print the IAM policy of the bot or of a function.")
@click.option("--function", "function", type=click.Choice(list(FUNCTIONS)), help="Least privilege for this function.")
@click.option("--account", metavar="ID", callback=read_account, help="The account. [default: that of the credentials]")
@click.option("--region", metavar="NAME", help="The region. [default: AWS_REGION]")
@click.option("--json", "as_json", is_flag=True, help="Print the policy alone, without a word on what to do with it.")
@settings_options(*POLICY_SETTINGS)
def policy(
    flags: dict[str, str], *, function: str | None, account: str | None, region: str | None, as_json: bool
) -> None:
    """
    Print the IAM policy, filled in for account, region, tables and bucket.

    Without --function it is the setup guide's SevenBot-DynamoDB-Policy: six actions on both tables and the index.
    """
    settings = load_settings(flags)
    with opened_aws("account", region) as aws:
        home = aws.region or ""  # opened_aws saw to it that there is one
        found, partition = account or aws.client("sts").get_caller_identity()["Account"], partition_of(home)
        resources = Resources(
            account=found,
            region=home,
            users_table=settings.users_table,
            ledger_table=settings.ledger_table,
            bucket=settings.bucket,
            partition=partition,
            queue=settings.queue_name,
            settings_path=settings.ssm_path,
        )
    document = function_policy(resources, function) if function else whole_policy(resources)
    click.echo(json.dumps(document, indent=4))
    if not as_json:
        name = f"SevenBot-{function}" if function else NAME
        click.echo(
            f"\nTo use it, keep it as policy.json (--json prints it alone), then:\n"
            f"aws iam create-policy --policy-name {name} --policy-document file://policy.json\n"
            f"aws iam attach-role-policy --role-name ROLE --policy-arn arn:{partition}:iam::{found}:policy/{name}",
            err=True,
        )


def partition_of(region: str) -> str:
    """Return the part of AWS that a region belongs to, as ARNs name it."""
    return {"cn": "aws-cn", "us-gov": "aws-us-gov"}.get(region.rsplit("-", 2)[0], "aws")
