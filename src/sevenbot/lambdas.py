"""
The functions on AWS: three doors into the same app, without logic of their own.

    telegram_webhook   API Gateway, HTTP API, payload 2.0: the web part; an update is handled before it is answered
    email_processor    SQS, batches of up to 10, ReportBatchItemFailures: see consumer.py
    email_fetcher      EventBridge schedule: one look into the IMAP mailbox

What runs is only what an invocation waits for: afterwards the process is frozen. Nothing is opened at import.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

import boto3  # noqa: F401 - while a function starts it has more of a processor than later
from mangum import Mangum

from sevenbot import logs
from sevenbot.errors import ConfigError, SevenBotError
from sevenbot.receive.imap import fetch_once
from sevenbot.receive.ses import read_event
from sevenbot.site import web_part
from sevenbot.warm import Warm
from sevenbot.wiring import App, open_consumer, utc_now

logger = logging.getLogger(__name__)

WARM = Warm(os.environ)

TIME_TO_LEAVE = timedelta(seconds=5)
"""To take leave of the IMAP server, and for what is being kept."""


class Context(Protocol):
    """What Lambda tells of an invocation (developer guide, "Lambda context object in Python")."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function is ended."""
        ...


def telegram_webhook(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answer one HTTP request."""
    with _invocation(context):
        app = WARM.run(lambda app: introduced(app, event))
        site = web_part(app, webhook_secret=app.settings.webhook_secret, spool=app.queue or app.store)
        return Mangum(site, lifespan="off")(event, context)  # type: ignore[arg-type] # wants more of the context


def email_processor(event: Any, context: Context) -> dict[str, Any]:
    """Work on a batch of messages; answer which of them stay in the queue."""
    with _invocation(context):
        messages, strange = read_event(event)
        if strange:
            logger.error("Not from the queue", extra={"facts": {"records": strange}})

        def time_left() -> timedelta:
            return timedelta(milliseconds=context.get_remaining_time_in_millis())

        kept = WARM.run(lambda app: open_consumer(app).consume(messages, time_left)) if messages else []
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in kept]}


def email_fetcher(_event: Any, context: Context) -> dict[str, int]:
    """Fetch what is new; return the mails by what became of them."""
    with _invocation(context):
        deadline = utc_now() + timedelta(milliseconds=context.get_remaining_time_in_millis()) - TIME_TO_LEAVE
        return WARM.run(lambda app: fetched(app, deadline))


async def fetched(app: App, deadline: datetime) -> dict[str, int]:
    """
    Take mail out of the mailbox until *deadline*; what is left is taken next time.

    Raises:
        ConfigError: No mailbox is set.
        Transient: See `fetch_once`.
    """
    mailbox = app.settings.mailbox
    if mailbox is None:
        raise ConfigError(["SEVENBOT_IMAP_URL: is not set. The mailbox that mail is fetched from."])
    done = await fetch_once(
        mailbox,
        resolve=app.resolve,
        accept=app.spool.accept,
        positions=app.state.positions,
        maillog=app.maillog,
        clock=utc_now,
        deadline=deadline,
    )
    logger.info("Fetched", extra={"facts": {**done.counts, "is_complete": done.is_complete}})
    return dict(done.counts)


async def introduced(app: App, event: dict[str, Any]) -> App:
    """Return the app; where somebody is called by name, it has learnt from Telegram what the bot's is."""
    if app.bot.username is None and "@" in str(event.get("body")):
        try:
            app.bot.username = (await app.telegram.get_me()).username
        except SevenBotError as exc:
            logger.warning("Telegram did not tell the bot's name: %s", exc)
    return app


@contextmanager
def _invocation(context: Context) -> Iterator[None]:
    token = logs.REQUEST.set(context.aws_request_id)
    try:
        yield
    finally:
        logs.REQUEST.reset(token)
