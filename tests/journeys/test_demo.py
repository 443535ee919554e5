"""`sevenbot demo`, the real process, as a stranger meets it: in a browser, and from a mail program."""

from __future__ import annotations

import asyncio
import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.demo.visitor import browser, needs_chromium, visitor
from tests.journeys.machine import own_environment


@pytest.fixture
def demo() -> Iterator[tuple[str, str]]:
    """Start the demo on free ports and give the page's address and the mail door's."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sevenbot", "demo", "--no-browser", "--page", "127.0.0.1:0", "--smtp", "127.0.0.1:0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=own_environment(),
    )
    assert process.stdout is not None
    try:
        told = "".join(process.stdout.readline() for _ in range(3))
        page, door = re.search(r"http://\S+", told), re.search(r"mail door: (\S+)", told)
        assert page, told
        assert door, told
        yield page[0], door[1]
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        process.stdout.close()
        assert process.wait(30) == 0, rest
        assert rest == "", "Ctrl-C ends it without a word"


@pytest.mark.browser
@pytest.mark.skipif(needs_chromium[1].args[0], reason=needs_chromium[1].kwargs["reason"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
async def test_a_stranger_registers_sends_a_mail_and_reads_its_summary(size: str, demo: tuple[str, str]) -> None:
    page, _ = demo
    async with browser() as chromium, visitor(chromium, page, size) as somebody:
        await somebody.press_start()
        await somebody.type("/register")
        address = await somebody.address()

        answer = await somebody.send_sample("Code")
        await somebody.expect_delivered()
        await somebody.expect_message("Copy")
        await somebody.press_button("Whole text")

        assert address.endswith("@sevenbot.example")
        assert answer.startswith("250 ")
        assert somebody.complaints == []


@pytest.mark.browser
@pytest.mark.skipif(needs_chromium[1].args[0], reason=needs_chromium[1].kwargs["reason"])
async def test_a_mail_program_reaches_the_same_chat(demo: tuple[str, str]) -> None:
    page, door = demo
    async with browser() as chromium, visitor(chromium, page, "desktop") as somebody:
        await somebody.press_start()
        await somebody.type("/register")
        address = await somebody.address()
        mail = (
            f"From: ann@example.net\r\nTo: {address}\r\nSubject: From a program\r\n\r\nIt works without a page too.\r\n"
        )

        def send() -> None:
            host, _, port = door.partition(":")
            with smtplib.SMTP(host, int(port)) as client:
                client.sendmail("ann@example.net", [address], mail)

        await asyncio.to_thread(send)

        await somebody.expect_message("It works without a page too.")
