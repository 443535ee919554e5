from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from sevenbot.config import Listen
from sevenbot.demo.app import serve_simulator
from sevenbot.demo.simulator import Simulator

from .standin import ADDRESS, StandIn, stand_in
from .visitor import Visitor, browser, needs_chromium, visitor

pytestmark = [*needs_chromium, pytest.mark.asyncio(loop_scope="module")]  # one browser for the whole module
both_sizes = pytest.mark.parametrize("size", ["phone", "desktop"])


@pytest.fixture
def size() -> str:
    return "desktop"


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(domain="sevenbot.example", strict=True)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="module")
async def page_address(simulator: Simulator) -> AsyncIterator[str]:
    async with serve_simulator(simulator, Listen("127.0.0.1", 0)) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module")
async def bot(simulator: Simulator, page_address: str) -> AsyncIterator[StandIn]:
    async with stand_in(simulator, page_address) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def somebody(chromium: Browser, page_address: str, bot: StandIn, size: str) -> AsyncIterator[Visitor]:
    async with visitor(chromium, page_address, size) as person:
        yield person
        assert person.complaints == []


@both_sizes
async def test_visitor_registers_sends_a_mail_and_reads_its_summary(somebody: Visitor, simulator: Simulator) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    await somebody.type("/register")
    await somebody.expect_message(ADDRESS)

    assert await somebody.address() == ADDRESS
    assert (await somebody.send_sample("Receipt")).startswith("250 ")
    await somebody.expect_delivered()
    await expect(somebody.page.locator("#strip-hint")).to_contain_text("synced to disk")
    await somebody.expect_message("Moss & Bloom")
    await somebody.press_button("Whole text")
    await somebody.expect_message("The whole text of the mail.")

    assert simulator.unknown == []


@both_sizes
async def test_page_fits_the_window(somebody: Visitor) -> None:
    for view in ("Chat", "Send a mail"):
        await somebody.look_at(view)

        widths = await somebody.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")

        assert widths[0] <= widths[1]


async def test_register_button_does_it_for_those_without_an_address(somebody: Visitor) -> None:
    await somebody.look_at("Send a mail")
    await somebody.page.get_by_role("button", name="Do it for me").click()

    assert await somebody.address() == ADDRESS


async def test_refusal_of_the_mail_door_is_shown(somebody: Visitor) -> None:
    await somebody.press_start()
    await somebody.type("/register")
    await somebody.address()
    await somebody.page.get_by_label("To", exact=True).fill("nobody@sevenbot.example")

    assert await somebody.send_sample("Friend") == "550 5.1.1 No such address here"


async def test_written_and_raw_mails_go_out(somebody: Visitor) -> None:
    await somebody.press_start()
    await somebody.type("/register")
    await somebody.address()

    for mode, subject in (("Write", "Lunch on Friday?"), ("Raw", "Typed by hand")):
        await somebody.look_at("Send a mail")
        await somebody.page.get_by_role("radio", name=mode).check()
        await somebody.page.locator("#send-mail").click()
        await somebody.expect_message(subject)


async def test_same_mail_can_be_sent_again(somebody: Visitor) -> None:
    await somebody.press_start()
    await somebody.type("/register")
    await somebody.address()
    await somebody.send_sample("Code")

    await somebody.page.get_by_role("button", name="Send the same again").click()

    await expect(somebody.page.locator("#strip > li")).to_have_count(2)


async def test_foreign_markup_is_shown_and_never_run(somebody: Visitor, bot: StandIn) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    attack = "<img src=x onerror=alert(1)> &lt;b&gt; <script>"

    await bot.call("sendMessage", chat_id=bot.chat_id, text=attack)

    await somebody.expect_message(attack)
    assert await somebody.page.locator("#messages img, #messages script").count() == 0


async def test_copy_button_fills_the_clipboard_and_says_so(somebody: Visitor, bot: StandIn) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    markup = {"inline_keyboard": [[{"text": "Copy the code", "copy_text": {"text": "482177"}}]]}
    await bot.say("Code", reply_markup=markup)

    await somebody.page.get_by_role("button", name="Copy the code").click()

    await expect(somebody.page.locator("#toast")).to_have_text("Copied: 482177")
    assert await somebody.page.evaluate("navigator.clipboard.readText()") == "482177"


@both_sizes
async def test_notice_of_a_new_message_goes_when_the_chat_is_looked_at(somebody: Visitor, bot: StandIn) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    await somebody.look_at("Send a mail")
    toast = somebody.page.locator("#toast")

    await bot.say("Here it is")
    if somebody.is_phone:
        await expect(toast).to_have_class(re.compile(r"\bshown\b"))
    await somebody.look_at("Chat")

    await somebody.expect_message("Here it is")
    await expect(toast).not_to_have_class(re.compile(r"\bshown\b"), timeout=2000)  # less than a notice stays


async def test_link_is_opened_only_after_its_host_was_shown(somebody: Visitor, bot: StandIn) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    await bot.say('<a href="https://attacker.example/login">https://bank.example</a>')

    await somebody.page.get_by_role("link", name="https://bank.example").click()

    dialog = somebody.page.get_by_role("dialog", name="Open this link?")
    await expect(dialog.locator(".host")).to_have_text("attacker.example")
    await expect(dialog.get_by_role("link", name="Open")).to_have_attribute("rel", "noopener noreferrer")


async def test_document_can_be_downloaded(somebody: Visitor, simulator: Simulator) -> None:
    from sevenbot.demo.parameters import Upload

    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    document = simulator.store.keep_file(Upload("Übersicht.pdf", "application/pdf", b"%PDF-1.4"))
    simulator.store.record("sendDocument", simulator.store.chats[simulator.person["id"]], {"document": document}, "")

    async with somebody.page.expect_download() as download:
        await somebody.page.get_by_role("link", name="Übersicht.pdf").click()

    assert (await download.value).suggested_filename == "Übersicht.pdf"


async def test_command_menu_works_with_the_keyboard_alone(somebody: Visitor) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")

    await expect(somebody.page.get_by_role("textbox", name="Message")).to_be_focused()
    await somebody.page.keyboard.type("/re")
    await expect(somebody.page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    await somebody.page.keyboard.press("Enter")

    await somebody.expect_message(ADDRESS)


async def test_page_comes_back_when_its_connection_was_lost(
    somebody: Visitor, bot: StandIn, simulator: Simulator
) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    simulator.stream.close()

    await bot.say("while you were away")

    await somebody.expect_message("while you were away")


async def test_trouble_switches_follow_the_simulator(somebody: Visitor, simulator: Simulator) -> None:
    await somebody.look_at("Send a mail")
    await somebody.page.get_by_text("Make trouble").click()
    await somebody.page.get_by_label("Telegram is down").check()
    await expect(somebody.page.locator("#trouble-badge")).to_be_visible()

    simulator.faults.clear()
    simulator.stream.publish("faults", {"faults": []})

    await expect(somebody.page.get_by_label("Telegram is down")).not_to_be_checked()


async def test_stopped_bot_offers_to_start_again(somebody: Visitor) -> None:
    await somebody.press_start()
    await somebody.expect_message("Welcome!")
    await somebody.look_at("Send a mail")
    await somebody.page.get_by_text("Make trouble").click()
    await somebody.page.get_by_label("Block the bot").check()
    await somebody.look_at("Chat")

    await somebody.page.get_by_role("button", name="Restart bot").click()

    await expect(somebody.page.get_by_role("textbox", name="Message")).to_be_visible()
