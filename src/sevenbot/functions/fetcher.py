"""`email-fetcher`: one look into the IMAP mailbox, on a schedule of EventBridge."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from sevenbot.envelope import Envelope, Receipt
from sevenbot.errors import ConfigError
from sevenbot.functions import invocation
from sevenbot.functions.invocation import Context, time_left
from sevenbot.receive.imap import fetch_once
from sevenbot.spool.envelope_text import parts
from sevenbot.wiring import App, utc_now

logger = logging.getLogger(__name__)

TIME_TO_LEAVE = timedelta(seconds=5)
"""To take leave of the server, and for what is being kept."""


def handler(_event: Any, context: Context) -> dict[str, int]:
    """Fetch what is new; return the mails by what became of them."""
    with invocation.invocation(context):
        deadline = utc_now() + time_left(context) - TIME_TO_LEAVE
        return invocation.WARM.run(lambda app: fetched(app, deadline))


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

    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        """Keep the mail, once for each part of its envelope that fits beside it, where the queue reads it."""
        return [receipt for part in parts(envelope) for receipt in await app.spool.accept(raw, part)]

    done = await fetch_once(
        mailbox,
        resolve=app.resolve,
        accept=accept,
        positions=app.state.positions,
        maillog=app.maillog,
        clock=utc_now,
        deadline=deadline,
    )
    logger.info("Fetched", extra={"facts": {**done.counts, "is_complete": done.is_complete}})
    return dict(done.counts)
