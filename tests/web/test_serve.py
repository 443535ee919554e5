import asyncio
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sevenbot.config import Listen
from sevenbot.errors import ConfigError
from sevenbot.web import serve as module
from sevenbot.web.serve import serve

ANY_PORT = Listen("127.0.0.1", 0)


async def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def get(bound: Listen) -> tuple[int, str, Mapping[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://{bound}/") as answer:
        return answer.status, await answer.text(), answer.headers


async def everything(reader: asyncio.StreamReader) -> bytes:
    """Read to the end, however the other side ends it."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


APP = Starlette(routes=[Route("/", hello)])


async def test_an_app_answers_on_the_port_that_was_found() -> None:
    async with serve(APP, ANY_PORT) as bound:
        status, text, _ = await get(bound)

    assert bound.port > 0
    assert (status, text) == (200, "hello")


async def test_answers_do_not_name_the_server() -> None:
    async with serve(APP, ANY_PORT) as bound:
        _, _, headers = await get(bound)

    assert "Server" not in headers


async def test_a_taken_port_is_a_settings_problem_that_names_the_setting() -> None:
    async with serve(APP, ANY_PORT) as bound:
        with pytest.raises(ConfigError, match=rf"SEVENBOT_HTTP_LISTEN: cannot listen on {bound}: another program"):
            async with serve(APP, bound):
                pass


async def test_an_address_of_another_machine_is_a_settings_problem() -> None:
    with pytest.raises(ConfigError, match="no such address"):
        async with serve(APP, Listen("192.0.2.1", 0)):
            pass


async def test_nothing_listens_after_the_context_is_left() -> None:
    async with serve(APP, ANY_PORT) as bound:
        pass

    with pytest.raises(OSError, match=r"refused|Connect call failed"):
        await asyncio.open_connection(bound.host, bound.port)


async def test_a_request_under_way_is_finished_before_the_context_is_left() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def slow(request: Request) -> Response:
        arrived.set()
        await go_on.wait()
        return PlainTextResponse("finished")

    async with serve(Starlette(routes=[Route("/", slow)]), ANY_PORT) as bound:
        asked = asyncio.create_task(get(bound))
        await arrived.wait()
        asyncio.get_running_loop().call_later(0.2, go_on.set)

    assert (await asked)[:2] == (200, "finished")


async def test_a_request_that_never_ends_is_cancelled_after_the_grace() -> None:
    arrived, cancelled = asyncio.Event(), asyncio.Event()

    async def endless(request: Request) -> Response:
        arrived.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise
        raise AssertionError

    async with serve(Starlette(routes=[Route("/", endless)]), ANY_PORT, grace=timedelta(seconds=1)) as bound:
        asked = asyncio.create_task(get(bound))
        await arrived.wait()

    assert cancelled.is_set()
    assert (await asked)[0] == 500


async def test_a_head_that_never_ends_is_refused_before_it_fills_the_memory() -> None:
    async with serve(APP, ANY_PORT) as bound:
        reader, writer = await asyncio.open_connection(bound.host, bound.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 100_000)
        await writer.drain()

        assert (await reader.readline()).startswith(b"HTTP/1.1 400")
        writer.close()


async def test_a_client_that_never_finishes_its_head_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEAD_SECONDS", 0.1)
    async with serve(APP, ANY_PORT) as bound:
        reader, writer = await asyncio.open_connection(bound.host, bound.port)
        writer.write(b"GET / HTTP/1.1\r\n")

        assert await everything(reader) == b""
        writer.close()


async def test_connections_beyond_the_limit_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CONNECTIONS", 1)
    async with serve(APP, ANY_PORT) as bound:
        first = await asyncio.open_connection(bound.host, bound.port)
        first[1].write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" in await first[0].readline()

        second = await asyncio.open_connection(bound.host, bound.port)
        second[1].write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

        assert await everything(second[0]) == b""
        for _, writer in (first, second):
            writer.close()
