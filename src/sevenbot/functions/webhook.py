"""`telegram-webhook`: the web part behind an HTTP API (API Gateway, payload 2.0)."""

from __future__ import annotations

import logging
from typing import Any

from mangum import Mangum

import sevenbot.bot.bot  # noqa: F401 - needed at the first update
from sevenbot.errors import SevenBotError
from sevenbot.functions import invocation
from sevenbot.functions.invocation import Context
from sevenbot.site import web_part
from sevenbot.wiring import App

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answer one HTTP request."""
    with invocation.invocation(context):
        app = invocation.WARM.run(lambda app: introduced(app, event))
        site = web_part(app, webhook_secret=app.settings.webhook_secret, spool=app.queue or app.store)
        return Mangum(site, lifespan="off")(event, context)  # type: ignore[arg-type] # wants more of the context


async def introduced(app: App, event: dict[str, Any]) -> App:
    """Return the app; where somebody is called by name, it has learnt from Telegram what the bot's is."""
    if app.bot.username is None and "@" in str(event.get("body")):
        try:
            app.bot.username = (await app.telegram.get_me()).username
        except SevenBotError as exc:
            logger.warning("Telegram did not tell the bot's name: %s", exc)
    return app
