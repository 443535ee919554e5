"""
Serve an ASGI app with uvicorn inside the running event loop, beside the other parts of the process.

uvicorn's h11 protocol is taken rather than httptools, since h11 limits the size of a request's head (64 KiB);
what uvicorn leaves open, a client that never finishes its head, is closed here.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from sevenbot.config import Listen
from sevenbot.errors import ConfigError
from sevenbot.listening import why_not_listening

#: A client gets this long to send a request's head, and an idle connection lives no longer than the second.
HEAD_SECONDS = 15.0
IDLE_SECONDS = 10

#: Open connections beyond this are dropped at once, so that the web part never takes the SMTP door's file handles.
MAX_CONNECTIONS = 200


@asynccontextmanager
async def serve(
    app: ASGIApp,
    listen: Listen,
    *,
    setting: str = "SEVENBOT_HTTP_LISTEN",
    grace: timedelta = timedelta(seconds=5),
) -> AsyncIterator[Listen]:
    """
    Answer requests while the context is open; signals are left to the caller.

    Args:
        listen: Port 0 takes any free port.
        setting: What the error names when the address cannot be had.
        grace: How long requests under way may take to finish after the context is left; then they are cancelled.

    Yields:
        The address that is listened on, with its real port.

    Raises:
        ConfigError: The address is taken, not allowed, or not of this machine.
    """
    server = uvicorn.Server(_config(app, grace))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    listener = _listener(listen, setting)
    await server.startup(sockets=[listener])
    ticking = asyncio.create_task(server.main_loop())
    try:
        yield Listen(listen.host, listener.getsockname()[1])
    finally:
        server.should_exit = True
        await ticking
        await server.shutdown(sockets=[listener])
        if server.server_state.tasks:  # cancelled a moment ago: what they use is closed only after they ended
            await asyncio.wait(server.server_state.tasks, timeout=1)


def _config(app: ASGIApp, grace: timedelta) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=max(1, round(grace.total_seconds())),
    )


def _listener(listen: Listen, setting: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        return socket.create_server((listen.host, listen.port), family=family)
    except OSError as exc:
        raise ConfigError([f"{setting}: cannot listen on {listen}: {why_not_listening(exc)}"]) from exc


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with a limit on connections and on the time a request's head may take."""

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take the connection, or drop it when there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()
        else:
            self._expect_head()

    def on_response_complete(self) -> None:
        """Wait for the next request on the same connection."""
        super().on_response_complete()
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._forget_timer()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._forget_timer()
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._close_unless_answering)

    def _close_unless_answering(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()

    def _forget_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
