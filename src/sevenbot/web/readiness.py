"""
What `/readyz` tells: whether mail can be taken, and how Telegram, the model and the IMAP mailbox are.

    {"state": "ok", "spool": "ok", "telegram": "no answer", "model": "off", "imap": "off"}
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CourierUnavailable, SevenBotError
from sevenbot.maillog import Event
from sevenbot.metrics import Metrics

TELEGRAM_SECONDS = 2.0
"""For Telegram to answer; a probe is not kept waiting longer."""


class Checkable(Protocol):
    """Something that can say whether it works now."""

    async def check(self) -> None:
        """Raise one of our errors unless it works."""
        ...


class ModelWatch:
    """A sink of the mail log that remembers how the model did last."""

    def __init__(self, *, is_used: bool) -> None:
        self.said = "not asked yet" if is_used else "off"

    def observe(self, event: Event) -> None:
        """Take in one event."""
        if event.name == "summarised" and self.said != "off" and not event.facts["over_budget"]:
            self.said = "no help at the last try" if event.facts["degraded"] else "ok"


class MailboxWatch:
    """What the IMAP door said last."""

    def __init__(self, *, is_used: bool, metrics: Metrics) -> None:
        self.said = "not looked into here yet" if is_used else "off"
        self._metrics = metrics

    def tell(self, said: str) -> None:
        """Take in "ok", or why no mail is fetched."""
        self.said = said
        self._metrics.set_imap(is_up=said == "ok")


async def readiness(
    state: Checkable, spool: Checkable, telegram: Telegram, model: ModelWatch, mailbox: MailboxWatch
) -> dict[str, str]:
    """Ask all at once; a system is "ok" or a reason."""
    said = await asyncio.gather(_said(state), _said(spool), _telegram_said(telegram))
    return {**dict(zip(("state", "spool", "telegram"), said, strict=True)), "model": model.said, "imap": mailbox.said}


async def _said(system: Checkable) -> str:
    try:
        await system.check()
    except SevenBotError as exc:
        return str(exc)
    return "ok"


async def _telegram_said(telegram: Telegram) -> str:
    try:
        async with asyncio.timeout(TELEGRAM_SECONDS):
            await telegram.get_me()
    except TimeoutError:
        return "no answer"
    except CourierUnavailable as exc:
        return str(exc)
    return "ok"
