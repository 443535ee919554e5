"""
`sevenbot aws destroy`: the webhook, the stack, its settings and its code; the data only when that was asked for.

Whose a table is, the stack says; when that is gone already, the table's tag. What was made by hand has none, and stays.

Every step passes over what is gone already, so that an interrupted end is completed by the next call. Blocking.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from typing import Any

from sevenbot.aws import deployment, look, prices, webhook
from sevenbot.aws.artifacts import Artifacts
from sevenbot.aws.client import Aws
from sevenbot.aws.deploy import Tell
from sevenbot.aws.deployment import OWNER
from sevenbot.aws.destroy import Removal
from sevenbot.aws.kept_settings import KeptSettings, path_of
from sevenbot.aws.ses import Ses
from sevenbot.aws.stack import EMPTY, Stack
from sevenbot.aws.stack_events import line, why_failed
from sevenbot.aws.survey import must_be_ours
from sevenbot.config import Settings
from sevenbot.errors import CallRefused, CourierUnavailable, StackFailed

GB = 1024**3


class Teardown:
    """
    The end of one stack; *settings* name the tables when it is gone, and the bot whose webhook is removed.

    Raises:
        StackFailed: The stack is another program's.
    """

    def __init__(self, aws: Aws, settings: Settings, stack: Stack, tell: Tell) -> None:
        self._aws = aws
        self._settings = settings
        self._stack = stack
        self._tell = tell
        must_be_ours(stack)
        self._account = aws.client("sts").get_caller_identity()["Account"]
        self._outputs = stack.outputs()

    @property
    def tables(self) -> tuple[str, str]:
        """Return the names of the tables: the stack's, or when it is gone those of the settings."""
        settings = self._settings
        return (
            self._outputs.get("UsersTable", settings.users_table),
            self._outputs.get("LedgerTable", settings.ledger_table),
        )

    @property
    def is_there(self) -> bool:
        """Say whether there is such a stack."""
        return self._stack.describe() is not None

    def data(self) -> list[str]:
        """Return the tables and the bucket that stand and are this stack's, in words."""
        tables = [name for name in self.tables if self._is_ours(name)]
        has_bucket = look.has_own_bucket(self._aws, self.bucket, self._account)
        return [*tables, *([f"s3://{self.bucket}"] if has_bucket else [])]

    def undelivered(self) -> str:
        """Return in words what the queues hold, "" for nothing: without its message no mail finds into a chat."""
        if not self._outputs:
            return ""
        waiting = sum(look.queue_depth(self._aws, self._outputs["MailQueueUrl"]))
        dead = sum(look.queue_depth(self._aws, self._outputs["DeadLetterQueueUrl"]))
        return f"{waiting} on the way, {dead} at rest as dead letters" if waiting or dead else ""

    def _is_ours(self, table: str) -> bool:
        description = look.table(self._aws, table)
        if description is None:
            return False
        return bool(self._outputs) or look.table_tags(self._aws, description).get(OWNER) == self._stack.name

    @property
    def bucket(self) -> str:
        """Return the bucket of the mails."""
        return deployment.mail_bucket(self._stack.name, self._account, self._aws.region)

    def close_doors(self) -> None:
        """Let Telegram keep updates and SES take no more mail by our rule set; Telegram's absence stops nothing."""
        began = time.monotonic()
        url = self._outputs.get("ApiUrl")
        if url and not self._settings.telegram_bot_token:
            self._tell.done("webhook: left, since TELEGRAM_BOT_TOKEN is not set", began)
        elif url:
            try:
                was_ours = asyncio.run(webhook.remove(self._settings, url))
            except (CourierUnavailable, CallRefused) as exc:
                self._tell.done(f"webhook: left, since Telegram did not take the call ({exc})", began)
            else:
                self._tell.done("webhook: removed" if was_ours else "webhook: is another's, left", began)
        ses = Ses(self._aws)
        if ses.why_not() is None:
            ses.deactivate(self._stack.name)

    def remove_stack(self) -> None:
        """
        Delete the stack, its settings and its code.

        Raises:
            StackFailed: A resource could not be deleted.
        """
        began = time.monotonic()
        events: list[Mapping[str, Any]] = []

        def hear(event: Mapping[str, Any]) -> None:
            events.append(event)
            self._tell.progress(f"stack: {line(event)}")

        if (status := self._stack.status()).endswith("_IN_PROGRESS") and status not in EMPTY:
            self._stack.follow(hear)
        is_there = self.is_there
        self._stack.delete(hear)
        if self.is_there:
            raise StackFailed(f"stack {self._stack.name} could not be deleted:\n  {why_failed(events)}")
        self._tell.done(f"stack {self._stack.name}: {'removed' if is_there else 'is not there'}", began)
        began = time.monotonic()
        kept = KeptSettings(self._aws, path_of(self._stack.name))
        kept.remove(tuple(kept.read()))
        Artifacts(self._aws, self._account).remove(self._stack.name)
        self._tell.done("settings and code: removed", began)

    def remove_data(self) -> None:
        """Delete the stack's tables, and the bucket with every mail in it."""
        for name in self.tables:
            if self._is_ours(name):
                began = time.monotonic()
                Removal(self._aws, name).remove(self._tell.progress)
                self._tell.done(f"{name}: removed", began)
        if look.has_own_bucket(self._aws, self.bucket, self._account):
            began = time.monotonic()
            count = self._empty_bucket()
            self._aws.client("s3").delete_bucket(Bucket=self.bucket)
            self._tell.done(f"s3://{self.bucket}: removed, with {count:,} objects and versions", began)

    def remains(self) -> Iterator[str]:
        """Yield what is left and what it costs."""
        for name in self.tables:
            description = look.table(self._aws, name)
            if description is not None:
                gb = description.get("TableSizeBytes", 0) / GB
                usd = gb * (prices.TABLE_GB_MONTH + prices.RECOVERY_GB_MONTH)
                whose = "" if self._is_ours(name) else f"; not of stack {self._stack.name}"
                yield f"table {name}: {gb:.2f} GB, about {usd:.2f} USD a month{whose}"
        if look.has_own_bucket(self._aws, self.bucket, self._account):
            yield f"s3://{self.bucket}: {prices.S3_GB_MONTH} USD a GB and month, until its rule deletes the mails"

    def _empty_bucket(self) -> int:
        s3 = self._aws.client("s3")
        count = 0
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=self.bucket):
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            if not found:
                continue
            keys = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in found]
            answer = s3.delete_objects(Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True})
            if answer.get("Errors"):
                raise StackFailed(
                    f"s3://{self.bucket}: {answer['Errors'][0].get('Message', 'an object could not be deleted')}"
                )
            count += len(keys)
            self._tell.progress(f"s3://{self.bucket}: {count:,} objects and versions removed")
        return count
