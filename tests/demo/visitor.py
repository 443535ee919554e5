"""Somebody in front of the page, with a real browser. Works on any page of the demo, stand-in or the whole product."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium: apt-get install chromium"),
]


@dataclass
class Visitor:
    """A person's moves, in the person's words."""

    page: Page
    is_phone: bool
    complaints: list[str] = field(default_factory=list)  # what the browser's console said

    async def look_at(self, view: Literal["Chat", "Send a mail"]) -> None:
        """Turn to a view; on a desktop both are there anyway."""
        if self.is_phone:
            await self.page.get_by_role("navigation").get_by_role("button", name=view).click()

    async def press_start(self) -> None:
        await self.page.get_by_role("button", name="Start", exact=True).click()

    async def start_unless_started(self) -> None:
        """Press Start, where nobody has pressed it before."""
        start = self.page.get_by_role("button", name="Start", exact=True)
        await expect(start.or_(self.page.get_by_role("textbox", name="Message"))).to_be_visible()
        if await start.is_visible():
            await start.click()

    async def type(self, text: str) -> None:
        """Type into the chat and press Enter."""
        await self.look_at("Chat")
        field = self.page.get_by_role("textbox", name="Message")
        await field.fill(text)
        await field.press("Enter")

    async def address(self) -> str:
        """Wait for the private address to be known to the mail panel, and return it."""
        await self.look_at("Send a mail")
        box = self.page.get_by_label("To", exact=True)
        await expect(box).to_have_value(re.compile(r"^[^@\s]+@[^@\s]+$"))
        return await box.input_value()

    async def send_sample(self, title: str) -> str:
        """Choose a sample mail, send it, and return what the mail door answered."""
        await self.look_at("Send a mail")
        await self.page.get_by_role("radio", name=title).check()
        await self.page.locator("#send-mail").click()
        answer = self.page.locator("#answer code")
        await expect(answer).to_have_text(re.compile(r"^\d{3} "))
        return await answer.inner_text()

    async def expect_message(self, text: str) -> None:
        """Wait until the bot's newest message contains *text*."""
        await self.look_at("Chat")
        await expect(self.page.locator("#messages > .message:not(.mine)").last).to_contain_text(text)

    async def press_button(self, name: str | None = None) -> None:
        """Press a button that tells the bot something: the newest one called *name*, or just the newest."""
        buttons = self.page.locator(".key[data-kind=callback]")
        await (buttons.filter(has_text=name) if name else buttons).last.click()

    async def strip_states(self) -> list[str]:
        """Return each mail's state as the strip shows it, newest first."""
        rows = self.page.locator("#strip > li")
        return [await row.get_attribute("data-state") or "" for row in await rows.all()]

    async def expect_delivered(self) -> None:
        """Wait until the strip shows the newest mail all the way through, with its milliseconds."""
        newest = self.page.locator("#strip > li").first
        await expect(newest).to_have_attribute("data-state", "delivered")
        await expect(newest.locator(".steps .done")).to_have_count(5)
        await expect(newest.locator(".state")).to_contain_text("delivered in")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Start chromium."""
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        chromium = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        try:
            yield chromium
        finally:
            await chromium.close()


@asynccontextmanager
async def visitor(chromium: Browser, address: str, size: str) -> AsyncIterator[Visitor]:
    """Open the page at *address* in a window of *size* ("phone" or "desktop")."""
    width, height = SIZES[size]
    context = await chromium.new_context(
        viewport={"width": width, "height": height}, permissions=["clipboard-read", "clipboard-write"]
    )
    try:
        page = await context.new_page()
        page.set_default_timeout(10_000)
        somebody = Visitor(page, is_phone=size == "phone")
        page.on("console", lambda message: somebody.complaints.append(message.text))
        page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
        await page.goto(address)
        yield somebody
    finally:
        await context.close()
