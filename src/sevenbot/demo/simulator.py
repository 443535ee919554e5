"""
A Telegram of one's own: the Bot API at `/bot<token>/<method>`, a chat page at `/`, switches at `/_control/...`.

    python -m sevenbot.demo.simulator --port 8081            # then SEVENBOT_TELEGRAM_API_URL=http://127.0.0.1:8081

It validates as Telegram does and answers in Telegram's words, keeps everything in memory and serves hundreds of calls
a second. Deliberately missing: media other than documents, Markdown, inline mode, payments, forums, and getFile.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sevenbot.config import Listen
from sevenbot.demo.chatstore import ChatStore, Json
from sevenbot.demo.control import control_routes
from sevenbot.demo.faults import Fault, Faults
from sevenbot.demo.guard import Guard
from sevenbot.demo.limits import SendingLimits
from sevenbot.demo.methods import Methods
from sevenbot.demo.parameters import METHODS, Call, read_call
from sevenbot.demo.refusal import Refusal, too_many
from sevenbot.demo.requests import read_arguments
from sevenbot.demo.stream import Stream
from sevenbot.demo.strip import Strip
from sevenbot.demo.updates import Updates

TOKEN = "1234567:simulator"  # noqa: S105 - the simulator's own, worth nothing elsewhere
PERSON: Json = {"id": 700_100_200, "is_bot": False, "first_name": "Alex", "username": "alex", "language_code": "en"}
KEPT_CALLS = 100_000
HANG_LOOK_SECONDS = 0.05

_METHODS = {name.lower(): name for name in METHODS}  # Telegram takes method names in any case


@dataclass(frozen=True, slots=True)
class Seen:
    """One Bot API call and how it ended; status 0: the connection was dropped or left hanging."""

    at: float  # epoch seconds
    method: str
    chat_id: int | str | None
    status: int


class Simulator:
    """
    Telegram's side of the conversation.

    Args:
        token: The only bot token it takes.
        domain: Our mail domain; tells the page which of the addresses in the chat is the private one.
        strict: Refuse calls with unknown parameters (they are collected in `unknown` in any case).
        limited: Enforce Telegram's sending limits with 429.
        is_open: Any chat exists, as if everybody had started the bot.
        mail_door: Where `POST /_control/send-mail` delivers; may be set later, once the port is known.
        now, monotonic: The clocks, in seconds.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        name: str = "SevenBot",
        username: str = "SevenMailBot",
        domain: str | None = None,
        strict: bool = False,
        limited: bool = False,
        is_open: bool = False,
        mail_door: Listen | None = None,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.domain = domain
        self.strict = strict
        self.mail_door = mail_door
        self.person: Json = dict(PERSON)
        self.stream = Stream()
        self.strip = Strip(self.stream.publish)
        self.store = ChatStore(username=username, name=name, is_open=is_open, now=now, publish=self._publish_if_mine)
        self.faults = Faults()
        self.methods = Methods(self.store, SendingLimits(monotonic) if limited else None)
        self.updates = Updates(self.store)
        self.unknown: list[str] = []  # "sendMessage: reply_marukp"; a test can claim that it is empty
        self.seen: deque[Seen] = deque(maxlen=KEPT_CALLS)
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._bot_api, methods=["GET", "POST"]),
                *control_routes(self),
            ],
            middleware=[Middleware(Guard)],
        )

    def close(self) -> None:
        """Let go of all waiting requests, so that the server can stop at once."""
        self.stream.close()
        self.faults.clear()
        self.updates.stop_waiting()

    # what the page sees

    def _publish_if_mine(self, name: str, facts: Json) -> None:
        chat_id = facts["chat"]["id"] if "chat" in facts else facts.get("chat_id", self.person["id"])
        if chat_id == self.person["id"]:
            self.stream.publish(name, facts)
            if name == "message" and (address := self._address_in(facts)):
                self.stream.publish("address", {"address": address})

    def address(self) -> str | None:
        """Return the private mail address the bot last told the page's person, None before it did."""
        chat = self.store.chats.get(self.person["id"])
        found = (self._address_in(message) for message in reversed(chat.messages.values() if chat else ()))
        return next((address for address in found if address), None)

    def _address_in(self, message: Json) -> str | None:
        if self.domain is None or not message["from"]["is_bot"]:
            return None
        ours = rf"(?<![\w.+-])[a-z0-9][a-z0-9._-]*@{re.escape(self.domain)}(?![\w-]|\.\w)"  # no subaddress
        match = re.search(ours, message.get("text", ""), re.IGNORECASE)
        return match.group().lower() if match else None

    # the Bot API

    async def _bot_api(self, request: Request) -> Response:
        """Answer one call, or go wrong as the faults in force say."""
        call = Call(request.path_params["method"], {})
        try:
            method = self._checked_method(request)
            call = read_call(method, await read_arguments(request))
            fault = self.faults.take(call)
            if fault is not None:
                return await self._goes_wrong(request, call, fault)
            return self._answer(call, await self._do(call))
        except Refusal as refusal:
            return self._answer(call, refusal)

    def _checked_method(self, request: Request) -> str:
        token = request.path_params["token"]
        method = _METHODS.get(request.path_params["method"].lower())
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        if method is None:
            raise Refusal(404, "Not Found")
        return method

    async def _do(self, call: Call) -> Any:
        if call.unknown:
            self.unknown.extend(f"{call.method}: {name}" for name in call.unknown)
            if self.strict:
                raise Refusal(400, f"Bad Request: unknown parameter {call.unknown[0]} (strict simulator)")
        match call.method:
            case "getUpdates":
                return await self.updates.get_updates(call)
            case "setWebhook":
                return await self.updates.set_webhook(call)
            case "deleteWebhook":
                return await self.updates.delete_webhook(call)
            case "getWebhookInfo":
                return self.updates.webhook_info()
            case _:
                return self.methods.call(call)

    def _answer(self, call: Call, result: Any) -> Response:
        refusal = result if isinstance(result, Refusal) else None
        status = refusal.code if refusal else 200
        self._note(call, status)
        body = refusal.to_json() if refusal else {"ok": True, "result": result}
        headers = {"Retry-After": str(refusal.parameters["retry_after"])} if status == 429 and refusal else None
        return Response(msgspec.json.encode(body), status, headers, "application/json")

    def _note(self, call: Call, status: int) -> None:
        if call.method != "getUpdates":
            self.seen.append(Seen(self.store.now(), call.method, call.get("chat_id"), status))

    async def _goes_wrong(self, request: Request, call: Call, fault: Fault) -> Response:
        self.stream.publish("faults", {"faults": self.faults.to_json()})
        match fault.kind:
            case "429":
                raise too_many(fault.retry_after)
            case "500":
                raise Refusal(500, "Internal Server Error")
            case "502":
                self._note(call, 502)
                return Response("<html><h1>502 Bad Gateway</h1></html>", 502, media_type="text/html")
            case "unauthorized":
                raise Refusal(401, "Unauthorized")
            case "blocked":
                raise Refusal(403, "Forbidden: bot was blocked by the user")
            case "slow":
                await asyncio.sleep(fault.seconds)
                return self._answer(call, await self._do(call))
            case "hang":
                await self._hang(request, fault)
            case "reset_after":
                await self._do(call)
        self._note(call, 0)
        return await _drop(request)

    async def _hang(self, request: Request, fault: Fault) -> None:
        """Wait until the client gives up, or until the fault is cleared (a counted one: for *seconds*, then)."""
        is_counted = not self.faults.holds(fault)
        deadline = time.monotonic() + (max(fault.seconds, 60.0) if is_counted else 3600.0)
        while time.monotonic() < deadline and not await request.is_disconnected():
            if not is_counted and not self.faults.holds(fault):
                return
            await asyncio.sleep(HANG_LOOK_SECONDS)


async def _drop(request: Request) -> Response:
    """Reset the connection without a word; `app.DroppableProtocol` put the transport into the scope."""
    drop: Callable[[], None] | None = request.scope.get("extensions", {}).get("sevenbot.drop")
    if drop is None:
        raise RuntimeError("connections can be dropped only when served by sevenbot.demo.app")
    drop()
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


if __name__ == "__main__":
    from sevenbot.demo.app import main

    main()
