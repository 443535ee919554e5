"""
What a deployment wants, as parameters of the template and settings of the functions. Pure but for chance.

The template says where the functions keep what (`PLACED`); every other setting that the operator has set reaches them
through Parameter Store under its own name, secrets encrypted.
"""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from sevenbot.aws.kept_settings import Kept
from sevenbot.config import SPECS, Settings

#: Settings that the template gives the functions itself, or that only a machine of one's own has.
PLACED = frozenset(
    {
        *("SEVENBOT_DOMAIN", "SEVENBOT_STATE", "SEVENBOT_USERS_TABLE", "SEVENBOT_LEDGER_TABLE", "SEVENBOT_SPOOL"),
        *("SEVENBOT_QUEUE", "SEVENBOT_RETENTION_DAYS", "SEVENBOT_PUBLIC_URL", "SEVENBOT_SSM_PATH"),
        *("SEVENBOT_DATA_DIR", "SEVENBOT_SMTP_LISTEN", "SEVENBOT_HTTP_LISTEN", "SEVENBOT_LAMBDA_ARCH"),
    }
)

#: Secrets that are made up when nobody set them, and kept from then on.
GENERATED = tuple(spec.name for spec in SPECS.values() if spec.secret and spec.shown_default.startswith("generated"))
WEBHOOK_SECRET = "SEVENBOT_WEBHOOK_SECRET"  # noqa: S105 - a name

#: Parameters of the template that are the operator's to choose (`deploy --set`); the others follow from the settings.
CHOICES = ("Size", "LogDays", "Notify", "MonthlyBudget", "ApiDomain", "ApiCertificate")

TAGS = {"application": "sevenbot"}

#: The tag that says which stack made a table.
OWNER = "sevenbot-stack"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in the account already, outside of the stack, and what cannot be had there."""

    users_table: bool = False
    ledger_table: bool = False
    mail_bucket: bool = False
    has_ses: bool = True
    rule_set: str = ""  # another's that is active; ours goes into it
    is_amazon: bool = True  # an emulator has no budgets
    has_tls: bool = True  # nor always TLS


def template() -> str:
    """Return the CloudFormation template."""
    return resources.files("sevenbot.aws").joinpath("template.yaml").read_text(encoding="utf-8")


def is_anothers(resources: Iterable[str]) -> bool:
    """Say whether a stack with these logical ids is another program's: it has some, and none that the template has."""
    found = set(resources)
    ours = template().partition("\nResources:\n")[2]
    return bool(found) and not found & set(re.findall(r"^  (\w+):$", ours, re.MULTILINE))


def runtime() -> str:
    """Return the Lambda runtime of this Python, which compiled the package."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def mail_bucket(stack: str, account: str, region: str | None) -> str:
    """Return the name that the template gives the bucket of the mails."""
    return f"{stack}-mail-{account}-{region}"


def wanted_settings(given: Mapping[str, str], found: Mapping[str, Kept]) -> dict[str, Kept]:
    """
    Return what Parameter Store shall hold.

    Args:
        given: Every setting that is set, as text, by name.
        found: What is there; generated secrets stay.
    """
    wanted = {
        spec.name: Kept(given[spec.name], spec.secret)
        for spec in SPECS.values()
        if given.get(spec.name) and spec.name not in PLACED
    }
    for name in GENERATED:
        wanted.setdefault(name, found.get(name) or Kept(secrets.token_urlsafe(32), is_secret=True))
    return wanted


def template_parameters(settings: Settings, standing: Standing, chosen: Mapping[str, str]) -> dict[str, str]:
    """
    Return the parameters that follow from settings and account; code, runtime and digest are the caller's.

    What is not set is given all the same, with its default: a parameter that is left out would stay as it was.
    """
    return {
        "Domain": settings.domain or "",
        "UsersTableName": settings.users_table,
        "LedgerTableName": settings.ledger_table,
        "RetentionDays": str(settings.retention.days),
        "FetchByImap": _yes(settings.mailbox is not None),
        "ReceiveBySes": _yes(standing.has_ses),
        "RuleSet": standing.rule_set,
        "UsersTableStands": _yes(standing.users_table),
        "LedgerTableStands": _yes(standing.ledger_table),
        "MailBucketStands": _yes(standing.mail_bucket),
        "TlsOnly": _yes(standing.has_tls),
        **chosen,
        **({} if standing.is_amazon else {"MonthlyBudget": "0"}),
    }


def _yes(is_so: bool) -> str:  # noqa: FBT001 - a word for a truth
    return "yes" if is_so else "no"
