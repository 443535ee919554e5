"""
The steps of `sevenbot aws deploy`, in their order: check, package, come to rest, plan, carry out, open the doors.

Nothing in the account changes before `carry_out`, but for a change set, which `forget` removes, and what an earlier
failure left. Each step can be taken again, so that whatever was interrupted is completed by the next deployment.
Blocking.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sevenbot.aws import deployment, left_bucket, survey, webhook
from sevenbot.aws.artifacts import Artifacts, key_of
from sevenbot.aws.changes import refusals
from sevenbot.aws.client import Aws
from sevenbot.aws.kept_settings import Difference, Kept, KeptSettings, difference, digest, path_of
from sevenbot.aws.ses import Record, Ses, records
from sevenbot.aws.stack import EMPTY, FAILED_CREATION, SETTLED, STUCK, Change, Stack
from sevenbot.aws.stack_events import line, why_failed
from sevenbot.aws.trouble import Place, endpoint_of
from sevenbot.config import Secret, Settings
from sevenbot.deliver.botapi import User
from sevenbot.doctor.telegram import NETWORK_ADVICE
from sevenbot.errors import CourierUnavailable, StackFailed, TokenUnknown


@dataclass(frozen=True, slots=True)
class Tell:
    """
    Who hears how far it is.

    Args:
        progress: Of a step under way.
        done: Of one that *began* then (monotonic seconds) and is done.
        begins: That from here on something changes in the account; maybe more than once.
    """

    progress: Callable[[str], None]
    done: Callable[[str, float], None]
    begins: Callable[[], None] = lambda: None


def silent() -> Tell:
    """Return one that tells nobody."""
    return Tell(lambda _: None, lambda *_: None)


@dataclass(frozen=True, slots=True)
class Code:
    """The functions' zip and where it shall lie."""

    package: bytes
    architecture: str
    bucket: str
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done."""

    change: Change | None  # of the stack
    kept: Mapping[str, Kept]
    difference: Difference  # of the settings
    standing: deployment.Standing
    left_domain: str  # of the addresses so far, when it is another now; "" when it stays
    webhook_elsewhere: str  # where Telegram posts updates, when that is not here; "" when nowhere

    @property
    def finds_mails(self) -> bool:
        """Say whether a new stack finds a table of mails, whose messages went with another's queue."""
        return self.change is not None and self.change.is_creation and self.standing.ledger_table

    @property
    def is_anything(self) -> bool:
        """Say whether anything differs."""
        return self.change is not None or any(self.difference)


class Deployment:
    """
    One deployment.

    Args:
        given: Every setting that is set, as text, by name.
        stack: Which one.
    """

    def __init__(self, aws: Aws, settings: Settings, given: Mapping[str, str], stack: Stack, tell: Tell) -> None:
        self._aws = aws
        self._settings = settings
        self._given = given
        self._stack = stack
        self._tell = tell
        self._store = KeptSettings(aws, path_of(stack.name))
        self._ses = Ses(aws)
        self._account = self._webhook = ""

    def check(self) -> User:
        """
        Try credentials and token, and ask where updates go; return the bot.

        Raises:
            TokenUnknown: Telegram does not know the token.
            StackFailed: Telegram does not answer.
        """
        began = time.monotonic()
        who = self._aws.client("sts").get_caller_identity()
        self._account = who["Account"]
        place = Place(self._aws.region, endpoint_of(self._aws.client("cloudformation")))
        self._tell.done(f"credentials: {who['Arn']}, {place}", began)
        began = time.monotonic()
        try:
            me, self._webhook = asyncio.run(webhook.who_and_where(self._settings))
        except TokenUnknown:
            raise
        except CourierUnavailable as exc:
            raise StackFailed(f"Telegram does not answer, so nothing was done: {exc}\n  → {NETWORK_ADVICE}") from exc
        self._tell.done(f"token: @{me.username}'s", began)
        return me

    def package(self, build: Callable[[str], bytes], architecture: str) -> Code:
        """Have *build* make the functions' zip for *architecture* ("arm64", "x86_64")."""
        began = time.monotonic()
        package = build(architecture)
        code = Code(
            package, architecture, Artifacts(self._aws, self._account).bucket, key_of(self._stack.name, package)
        )
        self._tell.done(f"package: {len(package) / 1e6:.1f} MB for {architecture}, {deployment.runtime()}", began)
        return code

    def come_to_rest(self, *, may_mend: bool) -> None:
        """
        Wait for what is under way and, when that is allowed, mend what an earlier failure left.

        Raises:
            StackFailed: The stack is another program's or half deleted, or needs to be mended and that is not allowed.
        """
        began = time.monotonic()
        survey.must_be_ours(self._stack)
        status = self._stack.status()
        if status.endswith("_IN_PROGRESS") and status not in EMPTY:
            self._tell.begins()
            self._stack.follow(self._hear)
            status = self._stack.status()
            self._tell.done(f"stack: what was under way ended ({status})", began)
        if status == "DELETE_FAILED":
            raise StackFailed(f"stack {self._stack.name} is half deleted\n  → first call `sevenbot aws destroy` again")
        if not may_mend and status in {STUCK, *FAILED_CREATION}:
            raise StackFailed(
                f"stack {self._stack.name}: {status}\n  → deploy without --dry-run, which mends that first"
            )
        if status in {STUCK, *FAILED_CREATION}:
            self._tell.begins()
        if status == STUCK:
            self._stack.go_back(self._hear)
            self._tell.done("stack: a rollback that was stuck is continued", began)
        elif status in FAILED_CREATION:
            self._stack.delete(self._hear)
            self._tell.done("stack: what a failed creation left is removed", began)

    def plan(self, code: Code, chosen: Mapping[str, str]) -> Plan:
        """
        Compare what stands with what is wanted; *chosen* are parameters of the template.

        Raises:
            StackFailed: It would use other tables, replace a table or the bucket, or CloudFormation refuses it.
        """
        began = time.monotonic()
        survey.must_keep_its_tables(self._stack, self._settings)
        found = self._store.read()
        wanted = deployment.wanted_settings(self._given, found)
        standing = survey.look_around(self._aws, self._stack, self._settings, self._account)
        parameters = {
            **deployment.template_parameters(self._settings, standing, chosen),
            "CodeBucket": code.bucket,
            "CodeKey": code.key,
            "Architecture": code.architecture,
            "Runtime": deployment.runtime(),
            "SettingNames": ",".join(sorted(wanted)),
            "SettingsDigest": digest(wanted, wanted[deployment.WEBHOOK_SECRET].value),
        }
        change = self._stack.plan(deployment.template(), parameters, deployment.TAGS)
        plan = Plan(change, wanted, difference(wanted, found), standing, self._left_domain(), self._webhook_elsewhere())
        if change is not None and (problems := refusals(change.changes)):
            self.forget(plan)
            advice = "\n  → deploy with another --stack, or with the version of SevenBot that made this one"
            raise StackFailed("this would lose data, so nothing was done:\n  " + "\n  ".join(problems) + advice)
        self._tell.done("compared with what stands", began)
        return plan

    def _left_domain(self) -> str:
        before = self._stack.parameters().get("Domain", "") if self._stack.outputs() else ""
        return "" if before == self._settings.domain else before

    def _webhook_elsewhere(self) -> str:
        here = self._stack.outputs().get("ApiUrl")
        return "" if here and self._webhook.startswith(here) else self._webhook

    def forget(self, plan: Plan) -> None:
        """Leave everything as it was."""
        if plan.change is not None:
            self._stack.discard(plan.change)

    def carry_out(self, plan: Plan, code: Code) -> None:
        """
        Write the settings, upload the code, change the stack.

        Raises:
            StackFailed: The stack could not be made so; it went back to what it was.
        """
        if plan.change is not None:
            self._stack.must_be_next(plan.change)
        self._tell.begins()
        if any(plan.difference):
            began = time.monotonic()
            self._store.write(plan.kept, plan.difference)
            self._tell.done(f"settings: {len(plan.kept)} in Parameter Store", began)
        if plan.change is not None:
            began = time.monotonic()
            artifacts = Artifacts(self._aws, self._account)
            is_new = artifacts.upload(code.key, code.package)
            self._tell.done(f"code: {'uploaded' if is_new else 'stands'}", began)
            began = time.monotonic()
            self._change_stack(plan.change)
            self._tell.done(f"stack {self._stack.name}: {'made' if plan.change.is_creation else 'updated'}", began)
            artifacts.prune(self._stack.name, in_use=code.key)
        if plan.standing.mail_bucket:
            began = time.monotonic()
            self._take_over_bucket()
            self._tell.done("bucket: the one that stands is used", began)

    def _take_over_bucket(self) -> None:
        outputs = self._stack.outputs()
        queue = outputs["MailQueueUrl"].rpartition("/")[2]
        partition = self._aws.client("sts").get_caller_identity()["Arn"].split(":")[1]
        arn = f"arn:{partition}:sqs:{self._aws.region}:{self._account}:{queue}"
        left_bucket.take_over(self._aws, outputs["MailBucket"], arn, self._settings.retention)

    def receive_mail(self, plan: Plan) -> list[Record]:
        """Let SES take mail for the domain, and return the DNS records that lead it here; [] without SES."""
        domain = self._settings.domain or ""
        why_not = self._ses.why_not()
        began = time.monotonic()
        if why_not is not None:
            self._tell.done(f"mail by SES: left out, since {why_not}", began)
            return []
        identity = self._ses.introduce(domain)
        if not plan.standing.rule_set and self._ses.active_rule_set() != self._stack.name:
            self._ses.activate(self._stack.name)
        self._tell.done(
            f"SES takes mail for {domain}" + ("" if identity.is_verified else ", once its DNS records stand"), began
        )
        return records(domain, self._aws.region or "", identity)

    def point_webhook(self, plan: Plan) -> None:
        """
        Have Telegram post updates to the API.

        Raises:
            StackFailed: Telegram does not take the address, or another program that has the token sets it elsewhere.
            CallRefused, CourierUnavailable: Telegram does not take the call.
        """
        began = time.monotonic()
        url = self._stack.outputs()["ApiUrl"]
        secret = Secret(plan.kept[deployment.WEBHOOK_SECRET].value)
        info = asyncio.run(webhook.point(self._settings, url, secret))
        if not info.url.startswith(url):
            raise StackFailed(
                f"Telegram posts updates to {info.url or 'nobody'}\n  → stop what else runs with this token"
            )
        self._tell.done(f"webhook: Telegram posts updates to {info.url}", began)

    def outputs(self) -> dict[str, str]:
        """Return the stack's outputs."""
        return self._stack.outputs()

    def _change_stack(self, change: Change) -> None:
        events: list[Mapping[str, Any]] = []

        def hear(event: Mapping[str, Any]) -> None:
            events.append(event)
            self._hear(event)

        status = self._stack.carry_out(change, hear)
        if status not in SETTLED:
            reason = why_failed([*self._stack.validation_failures(), *events])
            raise StackFailed(f"stack {self._stack.name} could not be changed ({status}):\n  {reason}")

    def _hear(self, event: Mapping[str, Any]) -> None:
        self._tell.progress(f"stack: {line(event)}")
