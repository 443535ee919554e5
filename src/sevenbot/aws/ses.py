"""
Amazon SES as the door for mail: the domain's identity, the active rule set, and the DNS records that lead mail here.

CloudFormation can make a rule set and a rule, but only one rule set is active in an account and region, and an identity
may be there already: both are looked at and set here. Another's active rule set stays active; our rule goes into it.

Sources: Amazon SES developer guide, "Setting up Amazon SES email receiving"; its API references, version 1
DescribeActiveReceiptRuleSet and version 2 CreateEmailIdentity; AWS general reference, "Amazon SES endpoints and quotas"
(read 2026-11).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sevenbot.aws.client import Aws, code_of
from sevenbot.aws.trouble import endpoint_of
from sevenbot.doctor import mx
from sevenbot.doctor.mx import BadAnswer


def inbound_host(region: str) -> str:
    """Return the name of SES's mail server in a region; where SES takes no mail, the DNS does not know it."""
    return f"inbound-smtp.{region}.amazonaws.com"


#: Returns what the records of a name and kind hold; raises as `mx.ask` does.
Ask = Callable[[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Record:
    """A DNS record to set at the domain's provider."""

    name: str
    kind: str  # "MX", "TXT", "CNAME"
    value: str
    purpose: str

    def is_seen(self, ask: Ask) -> bool | None:
        """Say whether the DNS has it (of SPF, any of one's own), or None when it gives no answer."""
        words = self.value.strip('"').split()
        try:
            return words[0 if self.kind == "TXT" else -1] in " ".join(ask(self.name, self.kind)).split()
        except (OSError, BadAnswer):
            return None


def ask_dns(name: str, kind: str) -> list[str]:
    """Ask this machine's name servers; see `mx.ask`."""
    return mx.ask(name, mx.name_servers(), kind={"MX": mx.MX, "TXT": mx.TXT, "CNAME": mx.CNAME}[kind])


@dataclass(frozen=True, slots=True)
class Identity:
    """The domain as SES knows it."""

    is_verified: bool
    tokens: tuple[str, ...]  # of Easy DKIM


def records(domain: str, region: str, identity: Identity) -> list[Record]:
    """Return what has to stand in the DNS, so that mail comes and the domain counts as ours."""
    return [
        Record(domain, "MX", f"10 {inbound_host(region)}", "mail for the addresses goes to SES"),
        Record(domain, "TXT", '"v=spf1 -all"', "nobody sends mail as this domain; SevenBot does not either"),
        *(
            Record(f"{token}._domainkey.{domain}", "CNAME", f"{token}.dkim.amazonses.com", "the domain is ours (DKIM)")
            for token in identity.tokens
        ),
    ]


def api_records(outputs: Mapping[str, str]) -> list[Record]:
    """Return what has to stand so that a stack's API is found by a name of the operator's own; [] without one."""
    target = outputs.get("ApiDomainTarget")
    name = outputs.get("ApiUrl", "").removeprefix("https://")
    return [Record(name, "CNAME", target, "Telegram and browsers find the API")] if target else []


@dataclass(frozen=True, slots=True)
class Ses:
    """SES in the region of *aws*."""

    aws: Aws

    def why_not(self) -> str | None:
        """Return why SES cannot take mail here, or None when it can."""
        endpoint = endpoint_of(self.aws.client("ses"))
        if endpoint is not None:
            return f"calls go to {endpoint}, not to Amazon"
        try:
            socket.getaddrinfo(inbound_host(self.aws.region or ""), 25)
        except OSError:
            return f"SES takes no mail in {self.aws.region}: there is no {inbound_host(self.aws.region or '')}"
        return None

    def active_rule_set(self) -> str | None:
        """Return the name of the rule set that is active in this account and region, or None."""
        answer = self._v1.describe_active_receipt_rule_set()
        name: str | None = answer.get("Metadata", {}).get("Name")
        return name

    def activate(self, rule_set: str) -> None:
        """Make *rule_set* the active one."""
        self._v1.set_active_receipt_rule_set(RuleSetName=rule_set)

    def deactivate(self, rule_set: str) -> None:
        """Let no rule set be active when *rule_set* is: an active one cannot be deleted."""
        if self.active_rule_set() == rule_set:
            self._v1.set_active_receipt_rule_set()

    def identity(self, domain: str) -> Identity | None:
        """Return what SES knows of the domain, or None."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            answer = self._v2.get_email_identity(EmailIdentity=domain)
        except ClientError as exc:
            if code_of(exc) == "NotFoundException":
                return None
            raise
        tokens = answer.get("DkimAttributes", {}).get("Tokens", [])
        return Identity(bool(answer.get("VerifiedForSendingStatus")), tuple(tokens))

    def introduce(self, domain: str) -> Identity:
        """Tell SES of the domain when it does not know it, and return what it knows then."""
        found = self.identity(domain)
        if found is None:
            answer = self._v2.create_email_identity(EmailIdentity=domain)
            found = Identity(is_verified=False, tokens=tuple(answer.get("DkimAttributes", {}).get("Tokens", [])))
        return found

    @property
    def _v1(self) -> Any:
        return self.aws.client("ses")

    @property
    def _v2(self) -> Any:
        return self.aws.client("sesv2")
