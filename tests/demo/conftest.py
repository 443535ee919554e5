from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sevenbot.config import Listen
from sevenbot.demo.app import serve_simulator
from sevenbot.demo.simulator import Simulator

CHAT = 700_100_200


class Clock:
    """A monotonic clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Telegram:
    """A simulator that is being served, and a bot's way to call it."""

    simulator: Simulator
    address: str
    session: aiohttp.ClientSession

    async def call(self, method: str, /, **arguments: Any) -> dict[str, Any]:
        """Call a method as JSON; only the answer's body matters."""
        url = f"{self.address}/bot{self.simulator.token}/{method}"
        async with self.session.post(url, json=arguments) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def refusal(self, method: str, /, **arguments: Any) -> str:
        """Call a method that must be refused, and return the sentence."""
        body = await self.call(method, **arguments)
        assert body["ok"] is False
        return str(body["description"])

    async def control(self, path: str, given: Any = None, method: str | None = None) -> Any:
        """Use a switch or a window."""
        async with self.session.request(
            method or ("GET" if given is None else "POST"), f"{self.address}/_control/{path}", json=given
        ) as answer:
            return await answer.json()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[Telegram]:
    simulator = Simulator(is_open=True, domain="mail.example", monotonic=clock)
    async with serve_simulator(simulator, Listen("127.0.0.1", 0)) as address, aiohttp.ClientSession() as session:
        yield Telegram(simulator, address, session)
