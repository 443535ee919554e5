"""
A stand-in for an OpenAI-compatible server on loopback: it answers by script and remembers what it was asked.

    async with fake_model(says("Lunch at noon."), fail_with(500), HANGS) as server:
        server.url            # base URL, ends in /v1
        server.requests       # decoded bodies, in order; server.headers beside them

Each request takes the next step of the script; the last step repeats.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Replies:
    """Answer with this body, as it stands."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Waits:
    """Take this long, then do the next thing; the test ends or the client gives up first."""

    seconds: float
    then: Replies | None = None


@dataclass(frozen=True)
class Decides:
    """Answer by what was asked, as a server does that knows fewer options."""

    reply: Callable[[dict[str, Any]], Replies]


@dataclass(frozen=True)
class Resets:
    """Close the connection without an answer."""


Step = Replies | Waits | Decides | Resets

HANGS = Waits(3600)


def completion(content: str | None) -> Replies:
    """A chat completion whose message is *content*."""
    message = {"role": "assistant", "content": content}
    body = {"id": "x", "object": "chat.completion", "choices": [{"index": 0, "message": message}]}
    return Replies(json.dumps(body).encode())


def says(summary: str, language: str | None = "en") -> Replies:
    """A well-formed answer."""
    return completion(json.dumps({"summary": summary, "language": language}))


def fail_with(status: int, message: str = "no") -> Replies:
    """An error as OpenAI words it."""
    return Replies(json.dumps({"error": {"message": message, "type": "error"}}).encode(), status)


HUGE = Replies(b'{"choices": [{"message": {"content": "' + b"x" * 2_000_000 + b'"}}]}')


@dataclass
class FakeModelServer:
    """The running server."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    script: list[Step] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.requests.append(asked)
        self.headers.append(dict(request.headers))
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return await self._perform(step, asked, request)

    async def _perform(self, step: Step, asked: dict[str, Any], request: web.Request) -> web.StreamResponse:
        match step:
            case Waits(seconds, then):
                await asyncio.sleep(seconds)
                return await self._perform(then or fail_with(503), asked, request)
            case Decides(reply):
                return await self._perform(reply(asked), asked, request)
            case Resets():
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            case Replies(body, status, content_type, headers):
                return web.Response(body=body, status=status, content_type=content_type, headers=dict(headers))


@asynccontextmanager
async def fake_model(*script: Step) -> AsyncIterator[FakeModelServer]:
    """Serve *script* on a free port of 127.0.0.1."""
    server = FakeModelServer(script=list(script))
    app = web.Application(client_max_size=10_000_000)
    app.router.add_post("/v1/chat/completions", server.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        yield server
    finally:
        await runner.cleanup()
