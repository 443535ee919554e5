"""
Serve a simulator: inside another program, or as a process of its own (`python -m sevenbot.demo.simulator`).

Loopback only: it has switches, and no login.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import signal
import socket
import struct
import sys
from collections.abc import AsyncIterator, Callable

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sevenbot.config import Listen
from sevenbot.demo.simulator import TOKEN, Simulator

STOP_SECONDS = 3


class DroppableProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with a way for the application to reset the connection under it."""

    def on_message_begin(self) -> None:
        """Put the way into the request's scope."""
        super().on_message_begin()
        self.scope["extensions"] = {"sevenbot.drop": self._drop}  # type: ignore[dict-item]

    def _drop(self) -> None:
        if self.transport.is_closing():  # the caller lost patience first
            return
        connection = self.transport.get_extra_info("socket")
        # Linger 0 makes the kernel send RST instead of an orderly end.
        with contextlib.suppress(OSError, NotImplementedError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stop = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def] # noqa: ANN202 - uvicorn's signature has none either
        """Leave the signals to the program around us."""
        yield

    async def main_loop(self) -> None:
        """Stop when told to, instead of looking every tenth of a second."""
        ticking = asyncio.create_task(super().main_loop())
        await self.stop.wait()
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)


def simulator_app(token: str = TOKEN, *, domain: str | None = None, mail_door: Listen | None = None) -> Simulator:
    """Return the simulator `sevenbot demo` shows: strict with our own calls and within Telegram's limits."""
    return Simulator(token, domain=domain, mail_door=mail_door, strict=True, limited=True)


@contextlib.asynccontextmanager
async def serve_simulator(simulator: Simulator, listen: Listen) -> AsyncIterator[str]:
    """
    Serve *simulator* on *listen* and yield its address, "http://127.0.0.1:8081".

    Args:
        listen: Port 0 takes any free one; so does a port that is taken.

    Raises:
        ValueError: *listen* is not on loopback.
    """
    if not _is_loopback(listen.host):
        raise ValueError(f"{listen.host} is not a loopback address")
    with _bound(listen) as bound:
        config = uvicorn.Config(
            simulator.app,
            http=DroppableProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        try:
            await _started(server, serving)
            yield f"http://{Listen(listen.host, bound.getsockname()[1])}"
        finally:
            simulator.close()
            server.stop.set()
            await serving
            await simulator.updates.close()


async def _started(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    while not server.started:
        if serving.done():
            await serving  # raises what went wrong
            raise RuntimeError("the simulator did not start")
        await asyncio.sleep(0.005)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bound(listen: Listen) -> socket.socket:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    # The protocol is named, since asyncio turns Nagle's algorithm off only then: else each answer waits 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((listen.host, listen.port))
    except OSError:
        bound.bind((listen.host, 0))
    bound.listen(1024)
    return bound


async def _run(simulator: Simulator, listen: Listen, say: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serve_simulator(simulator, listen) as address:
        say(address)
        await stop.wait()


def main(arguments: list[str] | None = None) -> None:
    """Run the simulator until it is told to stop; its address is the first line it prints."""
    options = _options(arguments)
    simulator = Simulator(
        options.token,
        domain=options.domain,
        strict=options.strict,
        limited=options.limited,
        is_open=options.any_chat,
        mail_door=Listen("127.0.0.1", options.smtp_port) if options.smtp_port else None,
    )

    def say(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()

    asyncio.run(_run(simulator, Listen("127.0.0.1", options.port), say))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sevenbot.demo.simulator", description="A Telegram of one's own.")
    parser.add_argument("--port", type=int, default=0, help="0: any free one; the address is printed")
    parser.add_argument("--token", default=TOKEN, help="the only bot token it takes")
    parser.add_argument("--domain", help="our mail domain, for the page")
    parser.add_argument("--smtp-port", type=int, default=0, help="where the page delivers mail")
    parser.add_argument("--strict", action="store_true", help="refuse unknown parameters")
    parser.add_argument("--limited", action="store_true", help="enforce Telegram's sending limits")
    parser.add_argument("--any-chat", action="store_true", help="any chat exists, as if everybody had pressed Start")
    return parser.parse_args(arguments)
