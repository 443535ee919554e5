"""Checks of Telegram: the token, the webhook, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from sevenbot.config import Settings
from sevenbot.deliver.botapi import WebhookInfo
from sevenbot.deliver.telegram import Telegram
from sevenbot.doctor.finding import Finding, advise, failed, ok
from sevenbot.errors import CallRefused, SevenBotError, TokenUnknown
from sevenbot.web.app import WEBHOOK_PATH

TIMEOUT = timedelta(seconds=10)

#: A clock this wrong spoils retries' times and TLS; Telegram's answers carry theirs.
SKEW = timedelta(seconds=30)
NETWORK_ADVICE = "is there a way to the internet, and does a firewall or proxy stand in it?"


async def check_telegram(settings: Settings, session: aiohttp.ClientSession) -> list[Finding]:
    """Ask who we are, and how Telegram delivers updates."""
    if settings.telegram_bot_token is None:
        return []
    telegram = Telegram(session, base_url=settings.telegram_api_url, token=settings.telegram_bot_token, timeout=TIMEOUT)
    try:
        me = await telegram.get_me()
        info = await telegram.get_webhook_info()
    except (TokenUnknown, CallRefused) as exc:
        return [failed("telegram", f"{exc}", "does TELEGRAM_BOT_TOKEN stand as @BotFather shows it (/mybots)?")]
    except SevenBotError as exc:
        return [failed("telegram", f"{exc}", NETWORK_ADVICE)]
    return [ok("telegram", f"the token is @{me.username}'s"), *check_updates(info, settings)]


def check_updates(info: WebhookInfo, settings: Settings) -> Iterator[Finding]:
    """Compare where updates go with who answers them: this machine or, with a queue, the functions on AWS."""
    if settings.queue and info.url:
        yield ok("updates", f"posted to {info.url}; `sevenbot aws status` says whether that is the stack")
    else:
        yield from check_webhook(info, settings.public_url)


def check_webhook(info: WebhookInfo, public_url: str | None) -> Iterator[Finding]:
    """Compare where Telegram posts updates with where we want them."""
    expected = f"{public_url}{WEBHOOK_PATH}" if public_url else ""
    if info.url == expected:
        way = f"posted to {expected}" if expected else "fetched by long polling"
        yield ok("updates", f"{way}; {info.pending_update_count} waiting")
    elif not expected:
        advice = "`sevenbot run` removes the webhook when it starts; if another program uses this bot, give it its own"
        yield advise("updates", f"posted to {info.url}, but SEVENBOT_PUBLIC_URL is not set", advice)
    else:
        advice = "`sevenbot run` sets the webhook when it starts"
        yield advise("updates", f"not posted to {expected} yet", advice)
    if expected and info.last_error_message:
        at = datetime.fromtimestamp(info.last_error_date or 0, UTC)
        yield advise(
            "webhook",
            f"Telegram could not deliver at {at:%Y-%m-%d %H:%M} UTC: {info.last_error_message}",
            f"can {public_url} be reached from the internet, with a valid certificate?",
        )


async def check_clock(settings: Settings, session: aiohttp.ClientSession, now: datetime) -> list[Finding]:
    """Compare our clock with the Date of an answer of the Bot API server; nothing when there is no answer."""
    try:
        async with session.head(
            settings.telegram_api_url, timeout=aiohttp.ClientTimeout(TIMEOUT.total_seconds())
        ) as answer:
            theirs = parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (aiohttp.ClientError, OSError, TimeoutError, KeyError, ValueError):
        return []  # that Telegram is out of reach is told by the check of the token
    skew = abs(now - theirs)
    if skew > SKEW:
        detail = f"{skew.total_seconds():.0f} s away from {settings.telegram_api_url}"
        return [advise("clock", detail, "set the clock, best by NTP: timedatectl set-ntp true")]
    return [ok("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, as Telegram has it")]
