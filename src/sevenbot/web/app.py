"""
The web part: four routes and nothing else.

    POST /telegram/webhook   200 taken · 401 wrong secret · 400 no update · 408 too slow · 413 over 1 MiB;
                             404 when no webhook is set
    GET  /healthz            200 "ok": the process answers
    GET  /readyz             200 or 503 and {"state": "ok", "spool": "ok", "telegram": "no answer", ...}
    GET  /metrics            Prometheus' text format

A 4xx or 5xx makes Telegram send the update again (Bot API, setWebhook): at once, then after pauses that double up to a
minute or two, for a day, and the chat's next updates only after it (its own server's source, WebhookActor.cpp, read
2026-11). So what failed for a passing reason is answered 503. A bug of the bot's is told to the chat and answered 200,
since it would hold up the chat for a day; one of this door is answered 500.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sevenbot.config import Secret
from sevenbot.errors import Transient
from sevenbot.metrics import CONTENT_TYPE, Metrics
from sevenbot.web.headers import SECURITY_HEADERS, SecurityHeaders

#: Where Telegram posts updates, below the public address.
WEBHOOK_PATH = "/telegram/webhook"

#: An update holds one message of 4,096 characters and what it replies to; the largest seen are some 20 KiB.
MAX_UPDATE_BYTES = 1024 * 1024
BODY_SECONDS = 15.0

#: Checks that touch disk and network are made at most this often, however often somebody asks.
READINESS_SECONDS = 1.0
READINESS_TIMEOUT_SECONDS = 5.0

#: What decides whether mail can be taken; anything else in the answer is only told.
DECISIVE = ("state", "spool")

Readiness = Callable[[], Awaitable[dict[str, str]]]


def make_app(
    *,
    handle_update: Callable[[bytes], Awaitable[None]],
    webhook_secret: Secret | None,
    metrics: Metrics,
    readiness: Readiness,
) -> Starlette:
    """
    Return the app.

    Args:
        handle_update: Gets the JSON of one update; raises msgspec.DecodeError when it is none.
        webhook_secret: What Telegram must send as X-Telegram-Bot-Api-Secret-Token; None: there is no webhook.
        readiness: "ok" or a reason for "state", "spool" and whatever else is worth telling.
    """
    ask = _not_too_often(readiness)

    async def webhook(request: Request) -> Response:
        if webhook_secret is None:
            raise HTTPException(404)
        if not _knows(request, webhook_secret):
            raise HTTPException(401)
        body = await _body(request)
        try:
            await handle_update(body)
        except msgspec.DecodeError:
            raise HTTPException(400, "not an update") from None
        return Response()

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        told = await ask()
        is_ready = all(told.get(name) == "ok" for name in DECISIVE)
        return JSONResponse(told, status_code=200 if is_ready else 503)

    async def numbers(_request: Request) -> Response:
        return Response(metrics.render(), media_type=CONTENT_TYPE)

    app = Starlette(
        routes=[
            Route(WEBHOOK_PATH, webhook, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", numbers),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={Transient: _try_again, Exception: _bug},
    )
    app.router.redirect_slashes = False  # a redirect would repeat whatever Host the client claimed
    return app


def _knows(request: Request, secret: Secret) -> bool:
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    return hmac.compare_digest(given.encode(), secret.reveal().encode())


async def _body(request: Request) -> bytes:
    """Read the body up to the limit, whatever Content-Length says."""
    declared = request.headers.get("Content-Length", "0")  # h11 lets digits through only
    if int(declared) > MAX_UPDATE_BYTES:
        raise HTTPException(413)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_UPDATE_BYTES:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:  # nobody is left to read the answer
        raise HTTPException(400) from None
    return bytes(body)


async def _try_again(_request: Request, _exc: Exception) -> Response:
    return PlainTextResponse("try again later", status_code=503)


async def _bug(_request: Request, _exc: Exception) -> Response:
    """Answer; the server logs the exception."""
    return PlainTextResponse("Internal Server Error", status_code=500, headers=SECURITY_HEADERS)


def _not_too_often(readiness: Readiness) -> Readiness:
    """Return *readiness* with its answer kept for a second, one call at a time, and an end to its patience."""
    lock = asyncio.Lock()
    kept: dict[str, str] = {}
    kept_until = 0.0

    async def ask() -> dict[str, str]:
        nonlocal kept, kept_until
        async with lock:
            now = asyncio.get_running_loop().time()
            if now >= kept_until:
                kept = await _in_time(readiness)
                kept_until = now + READINESS_SECONDS
        return kept

    return ask


async def _in_time(readiness: Readiness) -> dict[str, str]:
    try:
        async with asyncio.timeout(READINESS_TIMEOUT_SECONDS):
            return await readiness()
    except TimeoutError:
        return dict.fromkeys(DECISIVE, f"no answer within {READINESS_TIMEOUT_SECONDS:g} s")
