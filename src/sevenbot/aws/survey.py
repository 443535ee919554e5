"""What stands in the account before a stack is changed, and what must not be touched there. Blocking; only reads."""

from __future__ import annotations

from sevenbot.aws import deployment, look
from sevenbot.aws.client import Aws
from sevenbot.aws.ses import Ses
from sevenbot.aws.stack import EMPTY, Stack
from sevenbot.aws.trouble import endpoint_of
from sevenbot.config import Settings
from sevenbot.errors import StackFailed


def must_be_ours(stack: Stack) -> None:
    """Raise StackFailed when another program's stack has that name: deploying would remove what is in it."""
    if stack.status() not in {"", *EMPTY} and deployment.is_anothers(stack.resources()):
        raise StackFailed(
            f"stack {stack.name} is another program's, so nothing was done\n  → name another one: --stack"
        )


def must_keep_its_tables(stack: Stack, settings: Settings) -> None:
    """
    Raise StackFailed when the settings name other tables than the stack has.

    Of one that the stack made, CloudFormation would say that it is replaced. One that was made by hand is outside of
    the stack: the functions would turn to another, empty one, and nobody would be told.
    """
    outputs = stack.outputs()
    named = {
        "SEVENBOT_USERS_TABLE": (outputs.get("UsersTable"), settings.users_table),
        "SEVENBOT_LEDGER_TABLE": (outputs.get("LedgerTable"), settings.ledger_table),
    }
    others = [
        f"{setting} is {wanted}, but stack {stack.name} has its data in {stands}"
        for setting, (stands, wanted) in named.items()
        if stands not in (None, wanted)
    ]
    if others:
        raise StackFailed(
            "another table would be used instead, so nothing was done:\n  "
            + "\n  ".join(others)
            + "\n  → set the name back; for a second bot, use --stack; to move on purpose, to a restored table say,\n"
            "    `sevenbot aws destroy` (which keeps the data), then deploy with the new name"
        )


def look_around(aws: Aws, stack: Stack, settings: Settings, account: str) -> deployment.Standing:
    """Return what is in the account already, outside of the stack, and what cannot be had there."""
    ours = stack.resources() if stack.status() not in {"", *EMPTY} else {}
    bucket = deployment.mail_bucket(stack.name, account, aws.region)
    ses = Ses(aws)
    has_ses = ses.why_not() is None
    active = ses.active_rule_set() if has_ses else None
    return deployment.Standing(
        users_table="UsersTable" not in ours and _stands(aws, stack, settings.users_table),
        ledger_table="LedgerTable" not in ours and _stands(aws, stack, settings.ledger_table),
        mail_bucket="MailBucket" not in ours and look.has_own_bucket(aws, bucket, account),
        has_ses=has_ses,
        rule_set=active if active and active != stack.name else "",
        is_amazon=endpoint_of(aws.client("cloudformation")) is None,
        has_tls=aws.client("s3").meta.endpoint_url.startswith("https:"),
    )


def _stands(aws: Aws, stack: Stack, table: str) -> bool:
    """Say whether a table is there to be used; two bots in one would mix up their users."""
    description = look.table(aws, table)
    if description is None:
        return False
    owner = look.table_tags(aws, description).get(deployment.OWNER, stack.name)
    if owner != stack.name and Stack(aws, owner).describe() is not None:
        raise StackFailed(
            f"table {table} belongs to stack {owner}\n"
            "  → name other tables in SEVENBOT_USERS_TABLE and SEVENBOT_LEDGER_TABLE"
        )
    return True
