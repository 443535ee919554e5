"""One DynamoDB table: single-attribute updates under a condition, and slow scans; what it costs is counted here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sevenbot.aws.client import Aws, Refused
from sevenbot.state.dynamodb_items import Attribute, Attributes, names_in, update, values_of

CONDITION_FAILED = "ConditionalCheckFailedException"
TABLE_MISSING = "ResourceNotFoundException"
KEY_REFUSED = "ValidationException"  # of a get: the table has another key

SCAN_PAUSE_SECONDS = 0.2
"""Between two pages of a scan (1 MB, 128 read units each), so that mail and the tables' other readers go before it."""


WRITES_AT_ONCE = 64
"""Writes on their way together; the threads behind them are fewer, and each write's patience counts from here."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A write whose condition did not hold, and the record that stands."""

    attributes: Attributes | None  # None: there is no such record
    #: The SDK sent the call more than once: an earlier one may have taken effect, and then what stands is our own.
    was_repeated: bool


class Table:
    """
    Calls on one table.

    Args:
        aws: The open session.
        name: The table's name.
        key: Its partition key's attribute.
        spent: Told after each call how many read and write units it took; asking for them costs nothing.
        page_items: The most items a scan reads at once, besides DynamoDB's own limit of 1 MB.
    """

    def __init__(
        self,
        aws: Aws,
        name: str,
        key: str,
        *,
        spent: Callable[[float, float], None] = lambda _reads, _writes: None,
        page_items: int | None = None,
    ) -> None:
        self.name = name
        self._aws = aws
        self._key = key
        self._spent = spent
        self._page_items = page_items

    async def get(
        self, key: Attribute, *, consistent: bool = False, unfit_is_refused: bool = False
    ) -> Attributes | None:
        """
        Return the record, or None.

        Raises:
            Refused: There is no such table, or its key is another, and *unfit_is_refused* asks to be told.
        """
        expected = (TABLE_MISSING, KEY_REFUSED) if unfit_is_refused else ()
        answer = await self._call("get_item", 0, expected=expected, Key={self._key: key}, ConsistentRead=consistent)
        found: Attributes | None = answer.get("Item")
        return found

    async def put_new(self, attributes: Attributes) -> Standing | None:
        """Put a record whose key is new, and return None; or change nothing and return what stands."""
        done = await self._conditional(
            "put_item",
            attributes[self._key],
            Item=attributes,
            ConditionExpression="attribute_not_exists(#key)",
            ExpressionAttributeNames={"#key": self._key},
        )
        return done if isinstance(done, Standing) else None

    async def put(self, attributes: Attributes) -> None:
        """Put a record, in place of the one that stands."""
        await self._call("put_item", 1, Item=attributes)

    async def update(
        self,
        key: Attribute,
        changes: Mapping[str, Attribute | None],
        condition: str,
        values: Mapping[str, Attribute] | None = None,
        *,
        add: Mapping[str, int] | None = None,
    ) -> Attributes | Standing:
        """
        Change single attributes and return the whole record as it now is; or change nothing and return what stands.

        Args:
            key: Of the record; one that is not there is made, unless the condition says otherwise.
            changes: New values; None removes the attribute.
            condition: Names as `#name`, values as `:name`.
            values: The condition's own values, where *changes* has not the same under that name.
            add: Numbers to add to counters.
        """
        expression = update(changes, add=add)
        bound = {**values_of(changes, add), **(values or {})}
        return await self._updated(
            key,
            UpdateExpression=expression,
            ConditionExpression=condition,
            ExpressionAttributeNames=names_in(expression, condition),
            **({"ExpressionAttributeValues": bound} if bound else {}),
        )

    async def update_with(
        self, key: Attribute, expression: str, condition: str, values: Mapping[str, Attribute], names: Mapping[str, str]
    ) -> Attributes | Standing:
        """Do what `update` does with an expression of the caller's; *names* are those no `#name` can stand for."""
        return await self._updated(
            key,
            UpdateExpression=expression,
            ConditionExpression=condition,
            ExpressionAttributeNames={**names_in(expression, condition), **names},
            ExpressionAttributeValues=values,
        )

    async def delete(
        self, key: Attribute, condition: str, values: Mapping[str, Attribute] | None = None
    ) -> Attributes | None:
        """Remove the record and return what it was; None when the condition did not hold."""
        try:
            answer = await self._call(
                "delete_item",
                1,
                expected=(CONDITION_FAILED,),
                Key={self._key: key},
                ConditionExpression=condition,
                ExpressionAttributeNames=names_in(condition),
                **({"ExpressionAttributeValues": values} if values else {}),
                ReturnValues="ALL_OLD",
            )
        except Refused:
            return None
        removed: Attributes | None = answer.get("Attributes")
        return removed

    async def query_index(self, index: str, name: str, value: Attribute) -> list[Attributes]:
        """Return the records with *name* = *value* from the index, a moment behind the table itself."""
        answer = await self._call(
            "query",
            0,
            expected=("ValidationException",),
            IndexName=index,
            KeyConditionExpression="#name = :value",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":value": value},
        )
        found: list[Attributes] = answer["Items"]
        return found

    async def scan(
        self,
        condition: str = "",
        values: Mapping[str, Attribute] | None = None,
        *,
        only: Sequence[str] = (),
        consistent: bool = False,
    ) -> AsyncIterator[Attributes]:
        """
        Yield every record that meets the condition, in no order.

        The whole table is read, a page of 1 MB at a time with a pause before the next, whatever the condition leaves:
        half a read unit per 4 KB (twice that when consistent). *only* names the attributes to send.
        """
        projection = ", ".join(f"#{name}" for name in only)
        arguments: dict[str, Any] = {"ConsistentRead": consistent}
        if self._page_items is not None:
            arguments["Limit"] = self._page_items
        if condition:
            arguments["FilterExpression"] = condition
        if projection:
            arguments["ProjectionExpression"] = projection
        if names := names_in(condition, projection):
            arguments["ExpressionAttributeNames"] = names
        if values:
            arguments["ExpressionAttributeValues"] = values
        while True:
            answer = await self._call("scan", 0, **arguments)
            for found in answer["Items"]:
                yield found
            if "LastEvaluatedKey" not in answer:
                return
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
            await asyncio.sleep(SCAN_PAUSE_SECONDS)

    async def check(self, key: Attribute) -> None:
        """
        Raise StateUnavailable unless the table takes writes now.

        A write to *key*, which nobody has, under a condition that cannot hold: permission and capacity are asked for
        and nothing is left behind. It costs one write unit.
        """
        with contextlib.suppress(Refused):
            await self._call(
                "update_item",
                1,
                expected=(CONDITION_FAILED,),
                Key={self._key: key},
                UpdateExpression="REMOVE #none",
                ConditionExpression="attribute_exists(#key)",
                ExpressionAttributeNames={"#key": self._key, "#none": "sevenbot_check"},
            )

    async def transact(self, writes: Sequence[dict[str, Any]]) -> list[str]:
        """
        Make all *writes* (TransactItems, their TableName filled in here), or none; each costs two units instead of one.

        Returns:
            Nothing when it was done, else a reason for each write: "None" for those that were not what failed.
        """
        items = [{verb: {"TableName": self.name, **how} for verb, how in write.items()} for write in writes]
        try:
            answer = await self._aws.call(
                "dynamodb",
                "transact_write_items",
                expected=("TransactionCanceledException",),
                TransactItems=items,
                ReturnConsumedCapacity="TOTAL",
            )
        except Refused as exc:
            return [str(reason.get("Code", "None")) for reason in exc.response.get("CancellationReasons", [])]
        for capacity in answer.get("ConsumedCapacity", []):
            self._spent(0.0, float(capacity.get("CapacityUnits", 0.0)))
        return []

    async def _updated(self, key: Attribute, **arguments: Any) -> Attributes | Standing:
        done = await self._conditional("update_item", key, Key={self._key: key}, ReturnValues="ALL_NEW", **arguments)
        if isinstance(done, Standing):
            return done
        changed: Attributes = done["Attributes"]
        return changed

    async def _conditional(self, operation: str, key: Attribute, **arguments: Any) -> dict[str, Any] | Standing:
        try:
            return await self._call(
                operation,
                1,
                expected=(CONDITION_FAILED,),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **arguments,
            )
        except Refused as exc:
            was_repeated = exc.response.get("ResponseMetadata", {}).get("RetryAttempts", 0) > 0
            found = exc.response.get("Item")
        if found is None:  # there is no such record, or a server that does not tell (DynamoDB itself does since 2023)
            found = await self.get(key, consistent=True)
        return Standing(found, was_repeated)

    async def _call(
        self, operation: str, writes: int, *, expected: Sequence[str] = (), **arguments: Any
    ) -> dict[str, Any]:
        answer = await self._aws.call(
            "dynamodb",
            operation,
            expected=expected,
            TableName=self.name,
            ReturnConsumedCapacity="TOTAL",
            **arguments,
        )
        units = float(answer.get("ConsumedCapacity", {}).get("CapacityUnits", 0.0))
        self._spent(0.0 if writes else units, units if writes else 0.0)
        return answer
