"""A server on loopback that answers calls with any bytes whatever, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp

from sevenbot.config import Secret
from sevenbot.deliver.telegram import Telegram

TOKEN = "123456:SECRET-token_of-the-bot"


@dataclass
class Call:
    """One HTTP request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def method(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = json.loads(self.body)
        return fields


Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Peer:
    """What a test says the server does, and what it saw."""

    answer: Answer
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    open: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.open[task] = writer
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.calls.append(await _read_call(head, reader))
                await self.answer(writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client hung up
        finally:
            writer.close()
            del self.open[task]

    async def hang_up(self) -> None:
        tasks = list(self.open)
        for writer in self.open.values():
            writer.transport.abort()
        if tasks:
            await asyncio.wait(tasks)


async def _read_call(head: bytes, reader: asyncio.StreamReader) -> Call:
    request_line, *lines = head.decode().strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    if headers.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    return Call(request_line.split(" ")[1], headers, body)


@asynccontextmanager
async def peer(answer: Answer) -> AsyncIterator[Peer]:
    """Serve until the block ends."""
    it = Peer(answer)
    server = await asyncio.start_server(it.serve, "127.0.0.1", 0)
    it.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield it
    finally:
        server.close()
        await it.hang_up()


@asynccontextmanager
async def telegram_at(
    url: str, *, timeout: timedelta = timedelta(seconds=5), connector: aiohttp.BaseConnector | None = None
) -> AsyncIterator[Telegram]:
    """Open a client of the server at *url*."""
    async with aiohttp.ClientSession(connector=connector) as session:
        yield Telegram(session, base_url=url, token=Secret(TOKEN), timeout=timeout)


def raw(status: int, body: bytes, content_type: str = "application/json", *headers: str) -> Answer:
    """Answer with these bytes."""
    lines = [f"HTTP/1.1 {status} Odd", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return answer


def ok(result: Any) -> Answer:
    """Answer as Telegram does when all is well."""
    return raw(200, json.dumps({"ok": True, "result": result}).encode())


def refused(code: int, description: str, **parameters: int) -> Answer:
    """Answer as Telegram does when it won't."""
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return raw(code, json.dumps(answer).encode())


def in_turn(*answers: Answer) -> Answer:
    """Give these answers one after the other, the last one for ever."""
    waiting = list(answers)

    async def answer(writer: asyncio.StreamWriter) -> None:
        await (waiting.pop(0) if len(waiting) > 1 else waiting[0])(writer)

    return answer


async def silence(writer: asyncio.StreamWriter) -> None:
    """Never answer, until the client hangs up."""
    await writer.wait_closed()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close politely without a word."""
    writer.close()


async def reset(writer: asyncio.StreamWriter) -> None:
    """Drop the connection (RST)."""
    writer.transport.abort()


async def half_an_answer(writer: asyncio.StreamWriter) -> None:
    """Promise more than is sent."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"ok": true, "resu')
    await writer.drain()
    writer.close()


async def gibberish(writer: asyncio.StreamWriter) -> None:
    """Speak another protocol."""
    writer.write(b"220 mail.example.org ESMTP\r\n")
    await writer.drain()
    writer.close()


async def endless(writer: asyncio.StreamWriter) -> None:
    """Send a body without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"100000\r\n" + b" " * 0x100000 + b"\r\n")
        await writer.drain()
