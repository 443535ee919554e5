"""
`sevenbot tables create`: what stands already is left, what is missing is made, and each step can be taken again.

A step knows whether it is done; only then it is skipped. So a run that was interrupted is completed by the next, and
tables made by hand get what they lack: index, time to live, recovery, tags. Keys, capacity, encryption and class of a
table that stands are never touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sevenbot.aws import layout, look
from sevenbot.aws.client import Aws, code_of
from sevenbot.aws.layout import INDEX, LEDGER_KEY, TTL_ATTRIBUTE, USERS_KEY, Key, Wish
from sevenbot.errors import ConfigError, StateUnavailable

#: Hears how far a step is: "CREATING, 12 s".
Tell = Callable[[str], None]

#: Between two looks at something that is being made.
PAUSE = timedelta(seconds=2)

#: A table is there within minutes. A backfill takes as long as the table is large, and is not limited.
TABLE_PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that shall be."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[Tell], None]


@dataclass(frozen=True, slots=True)
class TableSteps:
    """The steps for both tables; *sleep* waits so many seconds."""

    aws: Aws
    wish: Wish
    sleep: Callable[[float], None] = time.sleep

    def all(self) -> Iterator[Step]:
        """Yield the steps in their order."""
        users, ledger = self.wish.users_table, self.wish.ledger_table
        yield self._table(users, USERS_KEY, layout.create_users(self.wish))
        yield Step(f"{users}: index {INDEX}", self._has_index, self._add_index)
        yield self._table(ledger, LEDGER_KEY, layout.create_ledger(self.wish))
        yield Step(f"{ledger}: time to live on {TTL_ATTRIBUTE}", self._has_ttl, self._turn_ttl_on)
        for name in (users, ledger):
            yield self._recovery(name)
        for name in (users, ledger):
            yield self._tags(name)

    def insights(self) -> Iterator[Step]:
        """Yield the steps that turn Contributor Insights on."""
        for name in (self.wish.users_table, self.wish.ledger_table):
            yield Step(
                f"{name}: Contributor Insights",
                lambda name=name: self._is_there(name) and look.has_insights(self.aws, name),  # type: ignore[misc]
                lambda _, name=name: self._turn_insights_on(name),  # type: ignore[misc]
            )

    def _table(self, name: str, key: Key, request: dict[str, Any]) -> Step:
        return Step(f"{name}: table", lambda: self._is_active(name, key), lambda tell: self._create(request, tell))

    def _is_there(self, name: str) -> bool:
        return look.table(self.aws, name) is not None

    def _is_active(self, name: str, key: Key) -> bool:
        description = look.table(self.aws, name)
        if description is None:
            return False
        look.must_have_key(description, key)
        return description["TableStatus"] in ("ACTIVE", "UPDATING")

    def _create(self, request: dict[str, Any], tell: Tell) -> None:
        self._unless_in_use(self._dynamodb.create_table, **request)
        self._wait_for_table(request["TableName"], tell)

    def _wait_for_table(self, name: str, tell: Tell) -> None:
        began = time.monotonic()
        while True:
            description = look.table(self.aws, name) or {}
            status = description.get("TableStatus", "not seen yet")
            if status == "ACTIVE":
                return
            waited = time.monotonic() - began
            if waited > TABLE_PATIENCE.total_seconds():
                raise StateUnavailable(f"{name} is still {status} after {waited:.0f} s; call this again later")
            tell(f"{status}, {waited:.0f} s")
            self.sleep(PAUSE.total_seconds())

    def _has_index(self) -> bool:
        description = look.table(self.aws, self.wish.users_table)
        if description is None:
            return False
        look.must_have_good_index(description)
        index = look.index(description)
        return index is not None and index["IndexStatus"] == "ACTIVE"

    def _add_index(self, tell: Tell) -> None:
        began = time.monotonic()
        while not self._has_index():
            description = look.table(self.aws, self.wish.users_table) or {}
            index = look.index(description)
            if index is None:  # also when the table was busy with another change the last time
                request = layout.add_index(self.wish.users_table, layout.capacity_of(description))
                self._unless_in_use(self._dynamodb.update_table, **request)
            tell(_progress(index or {}, description.get("ItemCount", 0), time.monotonic() - began))
            self.sleep(PAUSE.total_seconds())
        self._wait_for_table(self.wish.users_table, tell)

    def _has_ttl(self) -> bool:
        if not self._is_there(self.wish.ledger_table):
            return False
        status, attribute = look.time_to_live(self.aws, self.wish.ledger_table)
        if attribute not in ("", TTL_ATTRIBUTE):
            problem = f"table {self.wish.ledger_table}: its time to live is on {attribute}, expected {TTL_ATTRIBUTE}"
            raise ConfigError([f"{problem}; turn it off (that takes an hour), then call this again"])
        return status in ("ENABLED", "ENABLING")

    def _turn_ttl_on(self, _: Tell) -> None:
        self._dynamodb.update_time_to_live(
            TableName=self.wish.ledger_table,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": TTL_ATTRIBUTE},
        )

    def _recovery(self, name: str) -> Step:
        return Step(
            f"{name}: point-in-time recovery",
            lambda: self._is_there(name) and look.has_recovery(self.aws, name),
            lambda tell: self._turn_recovery_on(name, tell),
        )

    def _turn_recovery_on(self, name: str, tell: Tell) -> None:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        while True:
            try:
                self._dynamodb.update_continuous_backups(
                    TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
                )
            except ClientError as exc:
                # Of a table made a moment ago: "Backups are being enabled for the table, please retry later".
                if code_of(exc) != "ContinuousBackupsUnavailableException":
                    raise
                tell("backups are being enabled")
                self.sleep(PAUSE.total_seconds())
            else:
                return

    def _tags(self, name: str) -> Step:
        shown = ", ".join(f"{key}={value}" for key, value in self.wish.tags.items())
        return Step(f"{name}: tags {shown}", lambda: self._has_tags(name), lambda _: self._tag(name))

    def _has_tags(self, name: str) -> bool:
        description = look.table(self.aws, name)
        return description is not None and self.wish.tags.items() <= look.table_tags(self.aws, description).items()

    def _tag(self, name: str) -> None:
        description = look.table(self.aws, name) or {}
        self._dynamodb.tag_resource(ResourceArn=description["TableArn"], Tags=layout.tags(self.wish))

    def _turn_insights_on(self, name: str) -> None:
        self._dynamodb.update_contributor_insights(TableName=name, ContributorInsightsAction="ENABLE")

    def _unless_in_use(self, call: Callable[..., Any], **request: Any) -> None:
        """Make the call; somebody who makes the same at this moment is welcome to it."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            call(**request)
        except ClientError as exc:
            if code_of(exc) != "ResourceInUseException":
                raise

    @property
    def _dynamodb(self) -> Any:
        return self.aws.client("dynamodb")


def _progress(index: dict[str, Any], items: int, waited: float) -> str:
    status = index.get("IndexStatus", "not seen yet")
    if not index.get("Backfilling"):
        return f"{status}, {waited:.0f} s"
    return f"{status}, {index.get('ItemCount', 0):,} of about {items:,} items, {waited:.0f} s"
