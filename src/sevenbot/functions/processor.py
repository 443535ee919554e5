"""`email-processor`: batches of up to ten messages from the queue, with ReportBatchItemFailures; see consumer.py."""

from __future__ import annotations

import logging
from typing import Any

import sevenbot.consumer  # noqa: F401 - needed at the first mail
from sevenbot.functions import invocation
from sevenbot.functions.invocation import Context, time_left
from sevenbot.receive.ses import read_event
from sevenbot.wiring import App, open_consumer

logger = logging.getLogger(__name__)


def handler(event: Any, context: Context) -> dict[str, Any]:
    """Work on a batch; answer which of its messages stay in the queue."""
    with invocation.invocation(context):
        messages, strange = read_event(event)
        if strange:
            logger.error("Not from the queue", extra={"facts": {"records": strange}})

        async def consume(app: App) -> list[str]:
            return await open_consumer(app).consume(messages, lambda: time_left(context))

        kept = invocation.WARM.run(consume) if messages else []
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in kept]}
