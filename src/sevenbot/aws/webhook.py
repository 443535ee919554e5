"""Telegram's side of a deployment: whose token it is, and where updates are posted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp

from sevenbot.bot.bot import register_commands
from sevenbot.config import Secret, Settings
from sevenbot.deliver.botapi import User, WebhookInfo
from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CallRefused, StackFailed
from sevenbot.web.app import WEBHOOK_PATH

TIMEOUT = timedelta(seconds=15)


async def who_and_where(settings: Settings) -> tuple[User, str]:
    """
    Return the bot's own user, and where Telegram posts its updates, "" for nowhere.

    Raises:
        TokenUnknown, CourierUnavailable: See `Telegram`.
    """
    async with _telegram(settings) as telegram:
        return await telegram.get_me(), (await telegram.get_webhook_info()).url


async def point(settings: Settings, api_url: str, secret: Secret) -> WebhookInfo:
    """
    Have Telegram post updates to the API, put the commands into the menu, and return how the webhook is doing.

    It is set even when it stands: a changed secret is handed over in no other way.

    Raises:
        StackFailed: Telegram does not take the address.
        CallRefused, CourierUnavailable: Telegram does not take another call.
    """
    async with _telegram(settings) as telegram:
        try:
            await telegram.set_webhook(api_url + WEBHOOK_PATH, secret)
        except CallRefused as exc:
            raise StackFailed(
                f"Telegram does not take {api_url}: {exc}\n"
                "  → it has to be in the DNS, with a valid certificate; then call this again"
            ) from exc
        await register_commands(telegram)
        return await telegram.get_webhook_info()


async def state(settings: Settings) -> WebhookInfo:
    """Return how the webhook is doing."""
    async with _telegram(settings) as telegram:
        return await telegram.get_webhook_info()


async def remove(settings: Settings, api_url: str) -> bool:
    """Have Telegram keep updates, unless it posts them elsewhere by now; say whether it was removed."""
    async with _telegram(settings) as telegram:
        if not (await telegram.get_webhook_info()).url.startswith(api_url):
            return False
        await telegram.delete_webhook()
        return True


@asynccontextmanager
async def _telegram(settings: Settings) -> AsyncIterator[Telegram]:
    if settings.telegram_bot_token is None:
        raise AssertionError("the command that calls this asked for the token")
    async with aiohttp.ClientSession() as session:
        yield Telegram(session, base_url=settings.telegram_api_url, token=settings.telegram_bot_token, timeout=TIMEOUT)
