"""
How updates reach the bot: long polling or a webhook, never both.

Source: core.telegram.org/bots/api#getting-updates. A second getUpdates ends the first with 409, as on the real server.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sevenbot.demo.chatstore import ChatStore, Json
from sevenbot.demo.parameters import Call
from sevenbot.demo.refusal import Refusal

MAX_UPDATES = 100
MAX_POLL_SECONDS = 50
WEBHOOK_TIMEOUT = aiohttp.ClientTimeout(total=30)
WEBHOOK_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)  # Telegram waits longer; tests and demos need not

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """Hands the store's updates to the bot, in order, each until it is confirmed."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store
        self._poll: asyncio.Event | None = None  # set when another poll takes over
        self._webhook: Json = {}
        self._webhook_task: asyncio.Task[None] | None = None
        self._error: Json = {}

    @property
    def is_waiting(self) -> bool:
        """Say whether the bot waits in a long poll."""
        return self._poll is not None

    async def get_updates(self, call: Call) -> list[Json]:
        """
        Wait for updates as long as the call says (at most 50 seconds).

        Raises:
            Refusal: 409, a webhook is set or another poll took over.
        """
        if self._webhook:
            raise Refusal(409, WEBHOOK_ACTIVE)
        self.stop_waiting()
        mine = self._poll = asyncio.Event()
        try:
            self._allow(call)
            self._store.confirm(call.get("offset", 0))
            return await self._wait(call, mine)
        finally:
            if self._poll is mine:
                self._poll = None

    def _allow(self, call: Call) -> None:
        if call.get("allowed_updates") is not None:
            self._store.allowed = frozenset(map(str, call.get("allowed_updates")))

    async def _wait(self, call: Call, taken_over: asyncio.Event) -> list[Json]:
        limit = min(max(call.get("limit", MAX_UPDATES), 1), MAX_UPDATES)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(max(call.get("timeout", 0), 0), MAX_POLL_SECONDS)
        while not self._store.updates and loop.time() < deadline:
            self._store.new_update.clear()
            waits = [asyncio.ensure_future(event.wait()) for event in (self._store.new_update, taken_over)]
            try:
                await asyncio.wait(waits, timeout=deadline - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            if taken_over.is_set():
                raise Refusal(409, OTHER_POLL)
        return self._store.updates[:limit]

    def stop_waiting(self) -> None:
        """End a poll that waits."""
        if self._poll is not None:
            self._poll.set()

    # webhook

    async def set_webhook(self, call: Call) -> bool:
        """Call this address with every update from now on; an empty one ends it."""
        url = call.text("url")
        if not url:
            return await self.delete_webhook(call)
        parts = urlsplit(url)
        is_local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_local)):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", call.text("secret_token")):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        await self.delete_webhook(call)
        self._allow(call)
        self.stop_waiting()
        self._webhook = {"url": url, "secret": call.text("secret_token"), "call": call.arguments}
        self._webhook_task = asyncio.create_task(self._deliver())
        return True

    async def delete_webhook(self, call: Call) -> bool:
        """End the webhook; with drop_pending_updates the waiting updates are forgotten."""
        await self.close()
        self._webhook = {}
        self._error = {}
        if call.get("drop_pending_updates"):
            self._store.updates.clear()
        return True

    def webhook_info(self) -> Json:
        """Return the WebhookInfo."""
        info: Json = {
            "url": self._webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._store.updates),
        }
        if self._webhook:
            given: dict[str, Any] = self._webhook["call"]
            info["max_connections"] = given.get("max_connections", 40)
            if given.get("allowed_updates"):
                info["allowed_updates"] = given["allowed_updates"]
        return {**info, **self._error}

    async def close(self) -> None:
        """Stop calling the webhook."""
        task, self._webhook_task = self._webhook_task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _deliver(self) -> None:
        failures = 0
        async with aiohttp.ClientSession(timeout=WEBHOOK_TIMEOUT) as session:
            while True:
                if not self._store.updates:
                    self._store.new_update.clear()
                    await self._store.new_update.wait()
                    continue
                update = self._store.updates[0]
                problem = await self._post(session, update)
                if problem is None:
                    failures = 0
                    self._store.confirm(update["update_id"] + 1)
                else:
                    self._error = {"last_error_date": int(self._store.now()), "last_error_message": problem}
                    await asyncio.sleep(WEBHOOK_PAUSES[min(failures, len(WEBHOOK_PAUSES) - 1)])
                    failures += 1

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> str | None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._webhook["secret"]} if self._webhook["secret"] else {}
        try:
            async with session.post(self._webhook["url"], json=update, headers=headers) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as exc:
            return f"Connection failed: {type(exc).__name__}"
