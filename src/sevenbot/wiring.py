"""
Settings -> App: with storage.py the only importer of every adapter; plain calls, top to bottom.

Leaving the context closes everything in reverse.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp

from sevenbot import alias
from sevenbot.bot.bot import Bot
from sevenbot.config import Secret, Settings
from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.telegram import Telegram
from sevenbot.deliver.telegram_courier import TelegramCourier
from sevenbot.envelope import Recipient
from sevenbot.maillog import MailLog, Sink, log_event
from sevenbot.metrics import Metrics
from sevenbot.schedule import Schedule
from sevenbot.spool.accept import Spool
from sevenbot.spool.store import Store
from sevenbot.storage import State, Upkeep, open_storage
from sevenbot.summarise.model import Model
from sevenbot.summarise.openai import DEFAULT_BASE_URL, DEFAULT_MODEL, OpenAIModel
from sevenbot.web.readiness import ModelWatch
from sevenbot.web.webhook_secret import kept_secret
from sevenbot.worker import Worker

TELEGRAM_TIMEOUT = timedelta(seconds=15)
MODEL_TIMEOUT = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class App:
    """Everything a door needs."""

    settings: Settings
    domain: str
    state: State
    store: Store
    upkeep: Upkeep
    spool: Spool
    schedule: Schedule
    worker: Worker
    telegram: Telegram
    bot: Bot
    maillog: MailLog
    metrics: Metrics
    model_watch: ModelWatch
    webhook_secret: Secret | None  # None: updates come by long polling

    async def resolve(self, address: str) -> Recipient:
        """Return whose address it is; raises UnknownRecipient or RecipientPaused."""
        return await alias.resolve(self.state.users, self.domain, address)


@asynccontextmanager
async def open_app(settings: Settings, *sinks: Sink) -> AsyncIterator[App]:
    """
    Open the state and wire the stages; *sinks* hear the mail log too.

    Raises:
        ConfigError, StateUnavailable: See `open_storage`.
    """
    if settings.telegram_bot_token is None or settings.domain is None:
        raise AssertionError("the command that calls this asked for both settings")
    metrics = Metrics()
    model_watch = ModelWatch(is_used=settings.uses_model)
    maillog = MailLog(log_event, metrics.observe, model_watch.observe, *sinks)
    async with (
        open_storage(settings, exclusive=True) as kept,
        aiohttp.ClientSession() as session,
    ):
        state, store = kept.state, kept.store
        telegram = Telegram(
            session, base_url=settings.telegram_api_url, token=settings.telegram_bot_token, timeout=TELEGRAM_TIMEOUT
        )
        pacer = Pacer()
        courier = TelegramCourier(telegram, pacer)
        schedule = Schedule(ready_in=courier.ready_in, clock=utc_now)
        spool = Spool(state.ledger, store, maillog, retention=settings.retention, on_accepted=schedule.add)
        worker = Worker(
            users=state.users,
            ledger=state.ledger,
            store=store,
            model=open_model(settings, session),
            courier=courier,
            maillog=maillog,
            schedule=schedule,
            clock=utc_now,
        )
        bot = Bot(
            telegram=telegram,
            pacer=pacer,
            users=state.users,
            ledger=state.ledger,
            store=store,
            domain=settings.domain,
            on_due=schedule.add,
            clock=utc_now,
        )
        yield App(
            settings=settings,
            domain=settings.domain,
            state=state,
            store=store,
            upkeep=kept.upkeep,
            spool=spool,
            schedule=schedule,
            worker=worker,
            telegram=telegram,
            bot=bot,
            maillog=maillog,
            metrics=metrics,
            model_watch=model_watch,
            webhook_secret=open_webhook_secret(settings),
        )


def open_model(settings: Settings, session: aiohttp.ClientSession) -> Model | None:
    """Return the model the settings name, or None for offline summaries."""
    if not settings.uses_model:
        return None
    return OpenAIModel(
        session,
        base_url=settings.openai_base_url or DEFAULT_BASE_URL,
        api_key=settings.openai_api_key,
        model=settings.model or DEFAULT_MODEL,
        timeout=MODEL_TIMEOUT,
    )


def open_webhook_secret(settings: Settings) -> Secret | None:
    """Return what Telegram must send with each webhook call, or None without a public address."""
    if settings.public_url is None:
        return None
    return settings.webhook_secret or kept_secret(settings.data_dir / "webhook-secret")


def utc_now() -> datetime:
    """Return the time, aware, UTC."""
    return datetime.now(UTC)
