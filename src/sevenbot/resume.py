"""
Mails that an earlier stack left unfinished, taken up by a new one.

The queue says when, the ledger says whether: the items are all there, but their messages went with the old queue. So
each gets a message anew. One too many does no harm, since the ledger decides who works on an item.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sevenbot.aws.client import Aws
from sevenbot.aws.queue import SqsQueue
from sevenbot.config import Settings
from sevenbot.receive.ses import Again, again_body
from sevenbot.state.ledger import Ledger
from sevenbot.storage import open_storage


def resume_mails(aws: Aws, settings: Settings, bucket: str, queue: str) -> int:
    """
    Let the functions work on every unfinished mail of the ledger; return how many there are.

    Args:
        bucket: Where the stack keeps raw mail.
        queue: The name of its queue.

    Raises:
        StateUnavailable: DynamoDB or SQS does not answer; calling it again takes up the rest.
    """
    on_aws = replace(settings, state="dynamodb://", spool=f"s3://{bucket}/raw", queue=f"sqs://{queue}")

    async def opened() -> int:
        async with open_storage(on_aws, exclusive=False, aws=aws) as kept:
            if kept.queue is None:
                raise AssertionError("the settings above name one")
            return await resume(kept.state.ledger, kept.queue, datetime.now(UTC))

    return asyncio.run(opened())


async def resume(ledger: Ledger, queue: SqsQueue, now: datetime) -> int:
    """Send a message for every unfinished item, to be seen when it is due; return how many."""
    count = 0
    async for due in ledger.due():
        await queue.send(again_body(Again(due.message_id)), max(due.due_at - now, timedelta(0)))
        count += 1
    return count
