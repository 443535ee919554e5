"""
Settings -> App: with storage.py the only importer of every adapter; plain calls, top to bottom.

Leaving the context closes everything in reverse.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import aiohttp

from sevenbot import alias
from sevenbot.aws.queue import MAX_RECEIVES, SqsQueue
from sevenbot.config import Secret, Settings
from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.telegram import Telegram
from sevenbot.deliver.telegram_courier import TelegramCourier
from sevenbot.envelope import Recipient
from sevenbot.maillog import MailLog, Sink, log_event
from sevenbot.metrics import Metrics
from sevenbot.receive.ses import Again, again_body
from sevenbot.schedule import Schedule
from sevenbot.spool.accept import Spool
from sevenbot.spool.s3 import S3Store
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Due
from sevenbot.storage import State, Storage, Upkeep, open_storage
from sevenbot.summarise.budget import TokenBudget
from sevenbot.summarise.model import Model
from sevenbot.web.readiness import MailboxWatch, ModelWatch
from sevenbot.web.webhook_secret import kept_secret

if TYPE_CHECKING:
    from sevenbot.bot.bot import Bot
    from sevenbot.consumer import Consumer
    from sevenbot.worker import Worker

TELEGRAM_TIMEOUT = timedelta(seconds=15)
MODEL_TIMEOUT = timedelta(seconds=20)


@dataclass(frozen=True)
class App:
    """
    Everything a door needs.

    What works on mails and what talks to people are made when first asked for, and only then imported: a function on
    AWS does the one or the other, and starts the sooner.
    """

    settings: Settings
    domain: str
    state: State
    store: Store
    upkeep: Upkeep
    spool: Spool
    schedule: Schedule
    telegram: Telegram
    pacer: Pacer
    courier: TelegramCourier
    model: Model | None
    maillog: MailLog
    metrics: Metrics
    model_watch: ModelWatch
    mailbox_watch: MailboxWatch
    webhook_secret: Secret | None  # None: updates come by long polling
    queue: SqsQueue | None
    deposits: S3Store | None

    async def resolve(self, address: str) -> Recipient:
        """Return whose address it is; raises UnknownRecipient or RecipientPaused."""
        return await alias.resolve(self.state.users, self.domain, address)

    @cached_property
    def worker(self) -> Worker:
        """Return the worker."""
        from sevenbot.worker import Worker  # noqa: PLC0415 - see above

        return Worker(
            users=self.state.users,
            ledger=self.state.ledger,
            store=self.store,
            model=self.model,
            budget=TokenBudget(self.settings.model_tokens_per_day, self.settings.model_tokens_per_user, utc_now),
            courier=self.courier,
            maillog=self.maillog,
            schedule=self.schedule,
            clock=utc_now,
        )

    @cached_property
    def bot(self) -> Bot:
        """Return the bot."""
        from sevenbot.bot.bot import Bot  # noqa: PLC0415 - see above

        return Bot(
            telegram=self.telegram,
            pacer=self.pacer,
            users=self.state.users,
            ledger=self.state.ledger,
            store=self.store,
            domain=self.domain,
            offer_again=self._offer_again,
            clock=utc_now,
        )

    async def _offer_again(self, message_id: str) -> None:
        """Have a dead item worked on again: by way of the queue, whose message reopens it, or at once."""
        if self.queue is not None:
            await self.queue.send(again_body(Again(message_id, reopen=utc_now())))
            return
        item = await self.state.ledger.reopen(message_id, utc_now())
        if item is not None:
            self.schedule.add(Due(item.message_id, item.chat_id, item.due_at))


@asynccontextmanager
async def open_app(settings: Settings, *sinks: Sink) -> AsyncIterator[App]:
    """
    Open the state and wire the stages; *sinks* hear the mail log too.

    Raises:
        ConfigError, StateUnavailable: See `open_storage`.
    """
    async with (
        open_storage(settings, exclusive=True) as kept,
        aiohttp.ClientSession() as session,
    ):
        yield assemble(settings, kept, session, *sinks)


def assemble(settings: Settings, kept: Storage, session: aiohttp.ClientSession, *sinks: Sink) -> App:
    """Wire the stages over what is open; with a queue, what is to be done goes there rather than into the schedule."""
    if settings.telegram_bot_token is None or settings.domain is None:
        raise AssertionError("the command that calls this asked for both settings")
    metrics = Metrics()
    model_watch = ModelWatch(is_used=settings.uses_model)
    maillog = MailLog(log_event, metrics.observe, model_watch.observe, *sinks)
    state, store, queue = kept.state, kept.store, kept.queue
    telegram = Telegram(
        session, base_url=settings.telegram_api_url, token=settings.telegram_bot_token, timeout=TELEGRAM_TIMEOUT
    )
    pacer = Pacer()
    courier = TelegramCourier(telegram, pacer)
    schedule = Schedule(ready_in=courier.ready_in, clock=utc_now)
    spool = Spool(
        state.ledger,
        store,
        maillog,
        retention=settings.retention,
        on_accepted=schedule.add if queue is None else _left_to_the_queue,
    )
    return App(
        settings=settings,
        domain=settings.domain,
        state=state,
        store=store,
        upkeep=kept.upkeep,
        spool=spool,
        schedule=schedule,
        telegram=telegram,
        pacer=pacer,
        courier=courier,
        model=open_model(settings, session),
        maillog=maillog,
        metrics=metrics,
        model_watch=model_watch,
        mailbox_watch=MailboxWatch(is_used=settings.mailbox is not None, metrics=metrics),
        webhook_secret=open_webhook_secret(settings),
        queue=queue,
        deposits=kept.deposits,
    )


def open_consumer(app: App) -> Consumer:
    """Return what works on the messages of the queue."""
    from sevenbot.consumer import Consumer  # noqa: PLC0415 - see App
    from sevenbot.follower import Follower  # noqa: PLC0415 - see App

    if app.queue is None or app.deposits is None:
        raise AssertionError("the function that calls this asked for the queue")
    follower = Follower(
        max_receives=MAX_RECEIVES,
        deposits=app.deposits,
        resolve=app.resolve,
        ledger=app.state.ledger,
        worker=app.worker,
        maillog=app.maillog,
        domain=app.domain,
        retention=app.settings.retention,
        clock=utc_now,
    )
    return Consumer(queue=app.queue, follower=follower, clock=utc_now)


def _left_to_the_queue(_due: Due) -> None:
    """Do nothing: the bucket tells the queue of new bytes by itself."""


def open_model(settings: Settings, session: aiohttp.ClientSession) -> Model | None:
    """Return the model the settings name, or None for offline summaries."""
    if not settings.uses_model:
        return None
    from sevenbot.summarise.openai import DEFAULT_BASE_URL, DEFAULT_MODEL, OpenAIModel  # noqa: PLC0415 - see App

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
