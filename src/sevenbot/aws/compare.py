"""
`sevenbot tables check`: what stands, item by item, against what is needed. Blocking; it only reads.

Failed is what SevenBot cannot work with or what breaks a promise; advice is what could be better. Tables made with the
plain commands of a setup guide have advice only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sevenbot.aws import layout, look
from sevenbot.aws.bucket import BLOCK_ALL
from sevenbot.aws.client import Aws, code_of
from sevenbot.aws.layout import INDEX, INDEX_KEY, LEDGER_KEY, TTL_ATTRIBUTE, USERS_KEY, Key
from sevenbot.aws.prices import PERIOD, Consumption, compare, monthly
from sevenbot.config import Settings
from sevenbot.doctor.finding import Finding, advise, failed, ok

CREATE = "`sevenbot tables create` makes it"
MISSING = (
    "is that the region where it was made, and its name in the settings the same? `sevenbot tables create` makes it"
)
TURN_ON = "`sevenbot tables create` turns it on"

#: How far back consumption is looked at.
SPAN = timedelta(days=14)

#: Other regions ask more, the free tier less.
PRICES = "(list prices of us-east-1)"

READS, WRITES = "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The checks of one account; *facts* fills with the numbers of each table, by name."""

    aws: Aws
    settings: Settings
    now: datetime
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def all(self) -> Iterator[Finding]:
        """Yield what is found, table by table."""
        users, ledger = self.settings.users_table, self.settings.ledger_table
        yield from self._table(users, USERS_KEY, self._only_users, failed)
        yield from self._table(ledger, LEDGER_KEY, self._only_ledger, advise)
        if self.settings.bucket:
            yield from check_bucket(self.aws, self.settings.bucket[0], self.settings.bucket[1], self.settings.retention)

    def _table(
        self,
        name: str,
        key: Key,
        only_here: Callable[[dict[str, Any]], Iterator[Finding]],
        when_missing: Callable[[str, str, str], Finding],
    ) -> Iterator[Finding]:
        description = look.table(self.aws, name)
        if description is None:
            yield when_missing(name, _without(name, self.aws.region, key), MISSING)
            return
        yield check_status(name, description)
        yield check_key(name, description, key)
        yield from only_here(description)
        yield from self._numbers(name, description)
        yield from self._good_practice(name, description)

    def _only_users(self, description: dict[str, Any]) -> Iterator[Finding]:
        yield check_index(self.settings.users_table, description)

    def _only_ledger(self, _: dict[str, Any]) -> Iterator[Finding]:
        name = self.settings.ledger_table
        yield check_ttl(name, *look.time_to_live(self.aws, name))

    def _numbers(self, name: str, description: dict[str, Any]) -> Iterator[Finding]:
        capacity = layout.capacity_of(description)
        consumption, unseen_why = self._consumption_if_seen(name, description)
        yield from unseen_why
        reads, writes = consumption.total
        self.facts[name] = {
            "billing": "provisioned" if capacity else "on demand",
            "read_capacity": capacity.read if capacity else None,
            "write_capacity": capacity.write if capacity else None,
            "size_bytes": description.get("TableSizeBytes", 0),
            "items": description.get("ItemCount", 0),
            "consumed_reads": reads,
            "consumed_writes": writes,
            "days": SPAN.days,
        }
        yield ok(name, f"{description.get('ItemCount', 0):,} items, {_size(description.get('TableSizeBytes', 0))}")
        of_index = layout.capacity_of(look.index(description) or {}) if capacity else None
        yield check_billing(name, [part for part in (capacity, of_index) if part], consumption)
        if capacity and of_index:
            yield from check_index_capacity(name, capacity, of_index)

    def _consumption_if_seen(self, table: str, description: dict[str, Any]) -> tuple[Consumption, list[Finding]]:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as in aws/client.py

        try:
            return self._consumption(table, description), []
        except (BotoCoreError, ClientError) as exc:
            return Consumption([], [], SPAN), [unseen(table, exc)]

    def _consumption(self, table: str, description: dict[str, Any]) -> Consumption:
        dimensions = [[{"Name": "TableName", "Value": table}]]
        if look.index(description):
            dimensions.append([*dimensions[0], {"Name": "GlobalSecondaryIndexName", "Value": INDEX}])
        queries = [
            _query(f"{'r' if metric == READS else 'w'}{number}", metric, dimension)
            for number, dimension in enumerate(dimensions)
            for metric in (READS, WRITES)
        ]
        pages = self.aws.client("cloudwatch").get_paginator("get_metric_data")
        sums: dict[str, dict[datetime, float]] = {"r": {}, "w": {}}
        for page in pages.paginate(MetricDataQueries=queries, StartTime=self.now - SPAN, EndTime=self.now):
            for result in page["MetricDataResults"]:
                of_kind = sums[result["Id"][0]]
                for at, value in zip(result["Timestamps"], result["Values"], strict=True):
                    of_kind[at] = of_kind.get(at, 0) + value
        return Consumption(list(sums["r"].values()), list(sums["w"].values()), SPAN)

    def _good_practice(self, name: str, description: dict[str, Any]) -> Iterator[Finding]:
        off = advise(name, "point-in-time recovery is off", TURN_ON)
        yield from self._unless(lambda: look.has_recovery(self.aws, name), off)
        untagged = advise(
            name, "has no tags, so that its costs cannot be told apart", "`sevenbot tables create` tags it"
        )
        yield from self._unless(lambda: bool(look.table_tags(self.aws, description)), untagged)
        dark = advise(name, "Contributor Insights are off", "`sevenbot tables create --insights` turns them on")
        yield from self._unless(lambda: look.has_insights(self.aws, name), dark)

    def _unless(self, is_so: Callable[[], bool], finding: Finding) -> Iterator[Finding]:
        """Yield *finding* unless it is so; not being allowed to look is told, and no difference that matters."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        try:
            if not is_so():
                yield finding
        except ClientError as exc:
            yield unseen(finding.check, exc)


def unseen(name: str, exc: Exception) -> Finding:
    """Return that something could not be looked at."""
    operation = getattr(exc, "operation_name", "CloudWatch")
    return advise(name, f"{operation} was refused ({code_of(exc)}): not looked at", "allow it to whoever checks")


def _without(name: str, region: str | None, key: Key) -> str:
    what = "" if key == USERS_KEY else ": whether a mail came before is then known to this machine only"
    return f"there is no table {name} in {region}{what}"


def check_status(name: str, description: dict[str, Any]) -> Finding:
    """Say whether the table can be used."""
    status = description["TableStatus"]
    if status in ("ACTIVE", "UPDATING"):
        table_class = description.get("TableClassSummary", {}).get("TableClass", "STANDARD")
        encryption = description.get("SSEDescription", {}).get("SSEType", "AWS owned key")
        return ok(name, f"{status.lower()}, class {table_class}, encrypted ({encryption})")
    advice = {
        "CREATING": "wait a minute",
        "INACCESSIBLE_ENCRYPTION_CREDENTIALS": "enable its key in AWS KMS within a week, or the table is lost",
    }
    return failed(name, f"its status is {status}", advice.get(status, "wait, or restore it from a backup"))


def check_key(name: str, description: dict[str, Any], key: Key) -> Finding:
    """Compare the partition key."""
    types = look.attribute_types(description)
    if look.has_key(description, key, types):
        return ok(name, f"key {key.name} ({key.type})")
    found = look.shown_key(description, types)
    return failed(name, f"its key is {found}, needed is {key.name} ({key.type})", "name another table in the settings")


def check_index(name: str, description: dict[str, Any]) -> Finding:
    """Compare the index on addresses, which may be missing."""
    index = look.index(description)
    if index is None:
        return advise(name, f"has no index {INDEX}: a look-up by address reads the whole table", CREATE)
    problem = look.index_problem(description)
    if problem:
        return failed(name, f"index {INDEX}: {problem}", "remove the index; `sevenbot tables create` makes it anew")
    if index["IndexStatus"] != "ACTIVE":
        return advise(name, f"index {INDEX} is {index['IndexStatus']}", "wait until it is active")
    return ok(name, f"index {INDEX} on {INDEX_KEY.name} ({INDEX_KEY.type}), all attributes")


def check_ttl(name: str, status: str, attribute: str) -> Finding:
    """Compare the time to live, without which mails' records would stay for ever."""
    if status in ("ENABLED", "ENABLING") and attribute == TTL_ATTRIBUTE:
        return ok(name, f"time to live on {TTL_ATTRIBUTE}")
    if attribute and attribute != TTL_ATTRIBUTE:
        return failed(
            name, f"its time to live is on {attribute}, needed is {TTL_ATTRIBUTE}", "turn it off, then: create"
        )
    return failed(name, "its time to live is off: what became of each mail is kept for ever", TURN_ON)


def check_billing(name: str, provisioned: list[layout.Capacity], consumption: Consumption) -> Finding:
    """
    Say what was consumed, and when provisioned capacity would be cheaper, with numbers.

    Args:
        provisioned: That of the table, and of its index; empty on demand.
    """
    reads, writes = consumption.total
    used = f"{reads:,.0f} read and {writes:,.0f} write units in {consumption.span.days} days"
    costs = compare(consumption)
    on_demand = f"on demand ${costs.on_demand:,.2f} a month"
    if provisioned:
        now = f"${sum(map(monthly, provisioned)):,.2f} a month{' with its index' if provisioned[1:] else ''}"
        return ok(name, f"provisioned {provisioned[0]}, {now}; {used}; {on_demand} {PRICES}")
    detail = f"on demand; {used}"
    if reads or writes:
        detail += f"; {on_demand}, provisioned {costs.capacity} ${costs.provisioned:,.2f} {PRICES}"
    if costs.is_provisioned_cheaper:
        advice = f"a steady load would be cheaper with provisioned capacity {costs.capacity}, best with auto scaling"
        return advise(name, detail, advice)
    return ok(name, detail)


def check_index_capacity(name: str, capacity: layout.Capacity, of_index: layout.Capacity) -> Iterator[Finding]:
    """Say when the index takes fewer writes than the table: then it throttles the table's."""
    if of_index.write < capacity.write:
        detail = f"index {INDEX} has {of_index.write} write units, the table {capacity.write}: it slows the table down"
        yield advise(name, detail, "give the index as many as the table")


def check_bucket(aws: Aws, bucket: str, prefix: str, retention: timedelta) -> Iterator[Finding]:
    """Compare the bucket of the raw mails."""
    name = f"s3://{bucket}"
    if not look.has_bucket(aws, bucket):
        yield failed(name, "there is no such bucket", CREATE)
        return
    yield ok(name, "the bucket is there, and ours to use")
    answer = look.bucket_setting(aws, "get_public_access_block", bucket)
    if answer.get("PublicAccessBlockConfiguration") != BLOCK_ALL:
        yield advise(name, "public access is not blocked altogether", "turn on Block Public Access for the bucket")
    rules = look.bucket_setting(aws, "get_bucket_lifecycle_configuration", bucket).get("Rules", [])
    yield check_expiry(name, rules, prefix, retention)
    if look.bucket_setting(aws, "get_bucket_versioning", bucket).get("Status") == "Enabled":
        yield advise(name, "keeps old versions: mail that is erased stays there", "expire noncurrent versions soon")


def check_expiry(name: str, rules: list[dict[str, Any]], prefix: str, retention: timedelta) -> Finding:
    """Compare the expiry of mails with the retention; too early loses mail, too late keeps it longer than promised."""
    days = [
        rule["Expiration"]["Days"]
        for rule in rules
        if rule.get("Status") == "Enabled" and "Days" in rule.get("Expiration", {}) and _covers(rule, prefix)
    ]
    if not days:
        advice = (
            "set SEVENBOT_RETENTION_DAYS as a lifecycle rule; until then the hourly sweep of `sevenbot run` removes"
        )
        return advise(name, "no lifecycle rule removes old mail", advice)
    if min(days) < retention.days:
        advice = "lengthen the rule, or shorten SEVENBOT_RETENTION_DAYS"
        return failed(name, f"mail is deleted after {min(days)} days, needed are {retention.days}", advice)
    return ok(name, f"mail is deleted after {min(days)} days")


def _covers(rule: dict[str, Any], prefix: str) -> bool:
    filtered = rule.get("Filter", {})
    under = filtered.get("Prefix", rule.get("Prefix", ""))
    is_narrowed = bool({"Tag", "And", "ObjectSizeGreaterThan", "ObjectSizeLessThan"} & filtered.keys())
    return not is_narrowed and f"{prefix}/".startswith(under)


def _query(name: str, metric: str, dimensions: list[dict[str, str]]) -> dict[str, Any]:
    measured = {"Namespace": "AWS/DynamoDB", "MetricName": metric, "Dimensions": dimensions}
    period = int(PERIOD.total_seconds())
    return {"Id": name, "MetricStat": {"Metric": measured, "Period": period, "Stat": "Sum"}, "ReturnData": True}


def _size(size_bytes: int) -> str:
    return f"{size_bytes:,} bytes" if size_bytes < 1024**2 else f"{size_bytes / 1024**2:,.1f} MiB"
