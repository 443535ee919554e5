"""
What outlives an invocation of a function on AWS: the event loop, the clients, the open app.

The first invocation opens it; the ones after find it open. Between two the process is frozen, for a moment or for
hours: connections that Telegram and the model closed meanwhile look alive, and a message sent over one may or may not
have arrived. So after a pause the session is made anew. The clients of AWS see to that themselves.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import TypeVar

import aiohttp

from sevenbot import config, logs
from sevenbot.aws.client import Aws, open_aws
from sevenbot.aws.embedded_metrics import EmbeddedMetrics
from sevenbot.aws.parameters import read_parameters
from sevenbot.config import Settings
from sevenbot.storage import Storage, open_storage
from sevenbot.wiring import App, assemble, utc_now

T = TypeVar("T")

STALE_SECONDS = 10.0
"""After a longer pause no connection is trusted: servers close idle ones after 15 s and more."""

NEEDED = ("TELEGRAM_BOT_TOKEN", "SEVENBOT_DOMAIN", "SEVENBOT_QUEUE")


SECRETS = tuple(spec.name for spec in config.SPECS.values() if spec.secret)


class Warm:
    """
    The app of one process.

    Args:
        environ: Read at the first invocation; what SEVENBOT_SSM_PATH leads to is laid below it: the settings that
            PARAMETER_NAMES names, with commas between, or every secret.
        wall_clock: Seconds; one that goes on while the process is frozen.
    """

    def __init__(self, environ: Mapping[str, str], wall_clock: Callable[[], float] = time.time) -> None:
        self._environ = environ
        self._wall_clock = wall_clock
        self._runner = asyncio.Runner()
        self._opened = AsyncExitStack()
        self._kept: Storage | None = None
        self._settings = Settings()
        self._session: aiohttp.ClientSession | None = None
        self._app: App | None = None
        self._used_at = 0.0

    def run(self, work: Callable[[App], Awaitable[T]]) -> T:
        """
        Do *work* with the app, opened when it is not.

        Raises:
            ConfigError: A setting is wrong or missing, or a table is.
            StateUnavailable: Parameter Store or the state do not answer.
        """

        async def with_app() -> T:
            return await work(await self._ready())

        try:
            return self._runner.run(with_app())
        finally:
            self._used_at = self._wall_clock()

    def close(self) -> None:
        """Close everything, for good."""
        self._runner.run(self._close())
        self._runner.close()

    async def _ready(self) -> App:
        if self._kept is None:
            self._kept = await self._open()
        if self._app is None or self._session is None or self._wall_clock() - self._used_at > STALE_SECONDS:
            if self._session is not None:
                await self._session.close()
            self._session = aiohttp.ClientSession()
            metrics = EmbeddedMetrics(stack_of(self._settings), _write_line, utc_now)
            renewed = assemble(self._settings, self._kept, self._session, metrics.observe)
            if self._app is not None and "bot" in vars(self._app):
                renewed.bot.username = self._app.bot.username
            self._app = renewed
        return self._app

    async def _open(self) -> Storage:
        logs.configure(as_json=True)
        async with AsyncExitStack() as stack:
            aws = await stack.enter_async_context(open_aws())
            self._settings = config.load(await self._read(aws), needs=NEEDED)
            kept = await stack.enter_async_context(open_storage(self._settings, exclusive=False, aws=aws))
            self._opened = stack.pop_all()
        return kept

    async def _read(self, aws: Aws) -> dict[str, str]:
        path, names = self._environ.get("SEVENBOT_SSM_PATH"), self._environ.get("PARAMETER_NAMES")
        asked_for = names.split(",") if names else SECRETS
        parameters = await read_parameters(aws, path, asked_for) if path else {}
        return {**parameters, **self._environ}

    async def _close(self) -> None:
        if self._session is not None:
            await self._session.close()
        await self._opened.aclose()


def stack_of(settings: Settings) -> str:
    """Return the name of the stack, by which its metrics are told from those of another bot."""
    return (settings.ssm_path or "").strip("/").rpartition("/")[2] or "sevenbot"


def _write_line(line: str) -> None:
    """Write where CloudWatch looks for embedded metrics: the function's output, a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
