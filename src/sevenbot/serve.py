"""
One process, one machine: the doors open, the worker at work, the bot in talk, until told to stop.

Order of the end: no new mail, no new updates, attempts under way finish, then the state closes.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sevenbot.bot.bot import register_commands
from sevenbot.bot.polling import poll
from sevenbot.config import Listen, Secret
from sevenbot.errors import CallRefused, ConfigError, CourierUnavailable, SevenBotError, TokenUnknown, Transient
from sevenbot.receive.policy import Limits
from sevenbot.receive.smtp import smtp_door
from sevenbot.site import web_part
from sevenbot.spool.sweep import sweep
from sevenbot.web import serve as web_server
from sevenbot.web.app import WEBHOOK_PATH
from sevenbot.wiring import App, utc_now

logger = logging.getLogger(__name__)

T = TypeVar("T")

FAREWELL = timedelta(seconds=20)
"""For attempts under way when the process is told to stop; what takes longer resumes at the next start."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the process listens; None: that door is off."""

    smtp: Listen | None
    http: Listen | None


async def serve(
    app: App, stop: asyncio.Event, opened: Callable[[Doors], None], *, farewell: timedelta = FAREWELL
) -> None:
    """
    Serve until *stop* is set; *opened* is told where, once mail can be taken.

    Args:
        farewell: For attempts under way at the end; then they are cut off.

    Raises:
        ConfigError: A port is taken, or Telegram does not know the token.
    """
    try:
        async with AsyncExitStack() as stack:
            doors = await stack.enter_async_context(open_doors(app))
            async with asyncio.TaskGroup() as tasks:
                tasks_until_stop = [tasks.create_task(work) for work in background(app)]
                working = tasks.create_task(app.worker.run())
                opened(doors)
                await stop.wait()
                await stack.aclose()
                for task in tasks_until_stop:
                    task.cancel()
                app.schedule.close()
                await asyncio.wait({working}, timeout=farewell.total_seconds())
                working.cancel()
    except* ConfigError as group:
        problems = [problem for exc in group.exceptions if isinstance(exc, ConfigError) for problem in exc.problems]
        app_problems = ConfigError(problems)
    else:
        return
    raise app_problems


def background(app: App) -> list[Coroutine[None, None, None]]:
    """Return what runs beside the worker."""
    return [refill(app), sweep_again_and_again(app), converse(app), fetch(app)]


@asynccontextmanager
async def open_doors(app: App) -> AsyncIterator[Doors]:
    """Open the SMTP door and the web part, as far as they are set."""
    settings = app.settings
    async with AsyncExitStack() as stack:
        http = smtp = None
        if settings.http_listen:
            site = web_part(app, webhook_secret=app.webhook_secret, spool=app.store)
            http = await stack.enter_async_context(web_server.serve(site, settings.http_listen))
        if settings.smtp_listen:
            limits = Limits(max_mail_bytes=settings.max_mail_bytes)
            smtp = await stack.enter_async_context(
                smtp_door(settings.smtp_listen, app.resolve, app.spool.accept, app.maillog, limits, app.domain, utc_now)
            )
        yield Doors(smtp, http)


async def refill(app: App) -> None:
    """Put into line what the ledger says is unfinished: at start, and what other processes made due."""
    while True:
        began = time.monotonic()
        try:
            async for due in app.state.ledger.due():
                app.schedule.add(due)
        except Transient as exc:
            logger.warning("The ledger could not be looked through: %s", exc)
        oldest = app.schedule.oldest_due()
        age = max(0.0, (utc_now() - oldest).total_seconds()) if oldest else 0.0
        app.metrics.set_queue(len(app.schedule), age)
        took = time.monotonic() - began
        await asyncio.sleep(max(app.upkeep.refill.total_seconds(), app.upkeep.refill_share * took))


async def sweep_again_and_again(app: App) -> None:
    """Remove what the retention says, at start and from time to time."""
    while True:
        try:
            items, raws = await sweep(app.state.ledger, app.store, utc_now(), page=app.upkeep.sweep_page)
            app.maillog.swept(items=items, raws=raws)
        except Transient as exc:
            logger.warning("The sweep was put off: %s", exc)
        await asyncio.sleep(app.upkeep.sweep.total_seconds())


async def converse(app: App) -> None:
    """Introduce the bot to Telegram, then hear updates: by webhook with a public address, else by long polling."""
    await introduce(app)
    secret = app.webhook_secret
    if secret is None:
        await poll(app.telegram, app.bot.handle)
    else:
        await until_done(lambda: point_webhook_here(app, secret))


async def fetch(app: App) -> None:
    """Take mail from the IMAP mailbox, where one is set."""
    mailbox = app.settings.mailbox
    if mailbox is None:
        return
    from sevenbot.receive.imap import keep_fetching  # noqa: PLC0415 - 60 ms that only users of a mailbox should pay

    await keep_fetching(
        mailbox,
        resolve=app.resolve,
        accept=app.spool.accept,
        positions=app.state.positions,
        maillog=app.maillog,
        clock=utc_now,
        tell=app.mailbox_watch.tell,
    )


async def introduce(app: App) -> None:
    """Learn the bot's name from Telegram and put its commands into the menu."""
    me = await until_done(app.telegram.get_me)
    app.bot.username = me.username
    logger.info("Telegram knows this bot", extra={"facts": {"bot": f"@{me.username}"}})
    try:
        await register_commands(app.telegram)
    except SevenBotError as exc:
        logger.warning("The command menu could not be set: %s", exc)


async def point_webhook_here(app: App, secret: Secret) -> None:
    """Have Telegram post updates to our public address."""
    url = f"{app.settings.public_url}{WEBHOOK_PATH}"
    await app.telegram.set_webhook(url, secret)
    logger.info("Telegram posts updates here", extra={"facts": {"url": url}})


async def until_done(call: Callable[[], Awaitable[T]]) -> T:
    """
    Repeat *call* until Telegram answers, with pauses that double up to a minute.

    Raises:
        ConfigError: Telegram does not know the token, or refuses the call for good.
    """
    for attempt in itertools.count():
        try:
            return await call()
        except TokenUnknown:
            raise ConfigError(["TELEGRAM_BOT_TOKEN: Telegram does not know this token; see @BotFather"]) from None
        except CallRefused as exc:
            raise ConfigError([f"Telegram refuses: {exc}"]) from None
        except CourierUnavailable as exc:
            logger.warning("Telegram is not reached: %s", exc)
            seconds = min(60.0, 2.0**attempt) * random.uniform(0.5, 1.0)
            await asyncio.sleep(exc.retry_after.total_seconds() if exc.retry_after else seconds)
    raise AssertionError("itertools.count ends never")
