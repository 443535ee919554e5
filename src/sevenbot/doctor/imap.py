"""
The check of the IMAP mailbox: log in, open the folder, look, and change nothing.

But for the folder that mails are moved to: whether it can be made is only known when it is.
"""

from __future__ import annotations

import asyncio

from sevenbot.config import Settings
from sevenbot.doctor.finding import Finding, failed, ok
from sevenbot.errors import MailboxUnavailable
from sevenbot.mailbox import Mailbox

CHECK = "imap"


async def check_mailbox(settings: Settings) -> list[Finding]:
    """Say whether mail can be fetched; nothing when no mailbox is set."""
    if settings.mailbox is None:
        return []
    try:
        told = await asyncio.to_thread(_look, settings.mailbox)
    except MailboxUnavailable as exc:
        advice = exc.advice or "is the host of SEVENBOT_IMAP_URL right, and does a firewall stand in the way?"
        return [failed(CHECK, f"{settings.mailbox.url}: {exc}", advice)]
    return [ok(CHECK, f"{settings.mailbox.url}: {told}")]


def _look(mailbox: Mailbox) -> str:
    from sevenbot.receive.imap_session import Session  # noqa: PLC0415 - see serve.fetch

    session = Session(mailbox)
    try:
        session.open()
        unseen = len(session.search("UNSEEN"))
        done = str(mailbox.done)
        if mailbox.done.action == "move":
            done += ", which is made now" if session.make_folder() else ", which is there"
        news = "tells of new mail at once" if session.can_idle else "is asked for new mail every minute"
    finally:
        session.close()
    return f"logged in; {unseen} unseen mails; the server {news}; done: {done}"
