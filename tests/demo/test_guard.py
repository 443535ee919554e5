from __future__ import annotations

import pytest

from sevenbot.config import Listen
from sevenbot.demo.app import serve_simulator
from sevenbot.demo.simulator import Simulator

from .conftest import Telegram

STRANGERS = {
    "another host name": {"Host": "attacker.example"},
    "another origin": {"Origin": "http://attacker.example"},
    "no origin": {"Origin": "null"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a form": {"Content-Type": "text/plain"},
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
async def test_other_sites_cannot_reach_the_switches(telegram: Telegram, headers: dict[str, str]) -> None:
    async with telegram.session.post(
        f"{telegram.address}/_control/updates",
        data=b'{"text": "x"}',
        headers={"Content-Type": "application/json", **headers},
    ) as answer:
        assert answer.status == 403

    assert telegram.simulator.store.updates == []


@pytest.mark.parametrize("path", ["/", "/_events", "/_control/state", "/bot1234567:simulator/getMe"])
async def test_rebound_host_name_reads_nothing(telegram: Telegram, path: str) -> None:
    async with telegram.session.get(f"{telegram.address}{path}", headers={"Host": "attacker.example:80"}) as answer:
        assert answer.status == 403


async def test_page_may_be_opened_from_a_link_elsewhere(telegram: Telegram) -> None:
    async with telegram.session.get(telegram.address, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_simulator_listens_on_loopback_only() -> None:
    with pytest.raises(ValueError, match="not a loopback address"):
        async with serve_simulator(Simulator(), Listen("0.0.0.0", 0)):
            pass


async def test_taken_port_gives_way_to_a_free_one(telegram: Telegram) -> None:
    port = int(telegram.address.rpartition(":")[2])

    async with serve_simulator(Simulator(), Listen("127.0.0.1", port)) as address:
        assert address != telegram.address


@pytest.mark.parametrize("name", ["../control.py", "..%2Fcontrol.py", "nothing.js", "index.html"])
async def test_nothing_but_the_pages_own_files_is_served(telegram: Telegram, name: str) -> None:
    async with telegram.session.get(f"{telegram.address}/page/{name}") as answer:
        assert answer.status == 404
