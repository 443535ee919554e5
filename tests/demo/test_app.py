from __future__ import annotations

import asyncio
import json
import signal
import sys
import urllib.request

import pytest
import uvloop

from sevenbot.config import Listen
from sevenbot.demo.app import serve_simulator, simulator_app
from sevenbot.demo.faults import Fault
from sevenbot.demo.simulator import TOKEN, Simulator


async def test_simulator_runs_as_a_process_of_its_own_and_stops_when_told() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sevenbot.demo.simulator", "--any-chat", "--strict", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()

    with urllib.request.urlopen(f"{address}/bot{TOKEN}/sendMessage?chat_id=5&text=hello") as answer:
        told = json.load(answer)
    process.send_signal(signal.SIGTERM)

    assert told["result"]["text"] == "hello"
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_waiting_requests_do_not_keep_it_from_stopping() -> None:
    simulator = Simulator(is_open=True)

    async with serve_simulator(simulator, Listen("127.0.0.1", 0)) as address:
        host, _, port = address.removeprefix("http://").rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /bot{TOKEN}/getUpdates?timeout=50 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        while not simulator.updates.is_waiting:
            await asyncio.sleep(0)

    assert b"409" in await asyncio.wait_for(reader.readline(), 1)
    writer.close()


def test_a_caller_who_loses_patience_with_a_hanging_call_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    uvloop.run(lose_patience(Simulator(is_open=True)))  # which the demo runs on; its closed sockets raise otherwise

    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


async def lose_patience(simulator: Simulator) -> None:
    simulator.faults.add(Fault("hang", times=1))
    async with serve_simulator(simulator, Listen("127.0.0.1", 0)) as address:
        host, _, port = address.removeprefix("http://").rpartition(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /bot{TOKEN}/getMe HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        while simulator.faults.to_json():  # until the call has come
            await asyncio.sleep(0)
        writer.close()
        await writer.wait_closed()
        async with asyncio.timeout(5):
            while not simulator.seen:  # until the simulator has noticed
                await asyncio.sleep(0.01)


async def test_demo_is_strict_and_within_telegrams_limits() -> None:
    simulator = simulator_app(domain="sevenbot.example")

    assert simulator.strict
    assert simulator.methods.is_limited


async def test_error_inside_ends_the_server_all_the_same() -> None:
    with pytest.raises(RuntimeError, match="inside"):
        async with serve_simulator(Simulator(), Listen("127.0.0.1", 0)):
            raise RuntimeError("inside")
