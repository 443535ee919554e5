"""`sevenbot tables destroy`: a backup of each table first, then the table goes. Blocking."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sevenbot.aws import look
from sevenbot.aws.client import Aws, code_of
from sevenbot.aws.create import PAUSE, Tell
from sevenbot.errors import StateUnavailable

PATIENCE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Removal:
    """The end of one table; *sleep* waits so many seconds."""

    aws: Aws
    table: str
    sleep: Callable[[float], None] = time.sleep

    def holds_items(self) -> bool:
        """Say whether anything is in the table: a scan that stops at the first page with something."""
        start: dict[str, Any] = {}
        while True:
            page = self._dynamodb.scan(TableName=self.table, Select="COUNT", Limit=1, ConsistentRead=True, **start)
            if page["Count"] or "LastEvaluatedKey" not in page:
                return bool(page["Count"])
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def back_up(self, now: datetime, tell: Tell) -> str:
        """
        Take a backup on demand, which outlives the table, and return its name.

        Raises:
            StateUnavailable: It did not become available; the table stands.
        """
        name = f"{self.table[:200]}-{now:%Y%m%d-%H%M%S}"
        answer = self._dynamodb.create_backup(TableName=self.table, BackupName=name)
        arn = answer["BackupDetails"]["BackupArn"]
        self._wait("backup", lambda: self._backup_status(arn), "AVAILABLE", tell)
        return name

    def remove(self, tell: Tell) -> None:
        """Delete the table and wait until it is gone."""
        self._dynamodb.delete_table(TableName=self.table)
        self._wait("table", lambda: (look.table(self.aws, self.table) or {}).get("TableStatus", "gone"), "gone", tell)

    def _backup_status(self, arn: str) -> str:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            answer = self._dynamodb.describe_backup(BackupArn=arn)
        except ClientError as exc:
            if code_of(exc) != "BackupNotFoundException":  # not seen yet
                raise
            return "CREATING"
        return str(answer["BackupDescription"]["BackupDetails"]["BackupStatus"])

    def _wait(self, what: str, status: Callable[[], str], wanted: str, tell: Tell) -> None:
        began = time.monotonic()
        while (found := status()) != wanted:
            waited = time.monotonic() - began
            if waited > PATIENCE.total_seconds() or found == "DELETED":
                raise StateUnavailable(f"the {what} of {self.table} is still {found} after {waited:.0f} s")
            tell(f"{what} {found}, {waited:.0f} s")
            self.sleep(PAUSE.total_seconds())

    @property
    def _dynamodb(self) -> Any:
        return self.aws.client("dynamodb")
