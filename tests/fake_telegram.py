"""
Telegram in process: the methods of `deliver.telegram.Telegram`, checking what the real one checks, remembering the rest.

    telegram = FakeTelegram(members={(-100, 7): "administrator"})
    await Bot(telegram=telegram, ...).handle(update)
    assert telegram.texts(42) == ["..."]          # as a reader sees them
    telegram.fail("send_message", ChatGone(...))  # the next call of that method raises this

Sources: https://core.telegram.org/bots/api (limits beside each method), #html-style (tags and entities).
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sevenbot.deliver.botapi import (
    BotCommand,
    BotCommandScope,
    ChatMember,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    SentMessage,
    Update,
    User,
)
from sevenbot.errors import CallRefused

MAX_UPLOAD_BYTES = 50_000_000

_TOKEN = re.compile(r"<[^>]*>|&[^;\s]*;?|[<>]|[^<>&]+")
_OPEN = re.compile(r'<(b|i|u|s|code|pre)>|<a href="([^"<>]*)">|<(tg-time) unix="\d+" format="(?:r|w?[dD]?[tT]?)">')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}


@dataclass(frozen=True)
class ShownText:
    """HTML as Telegram reads it: the text, and (tag, words, href) for each marked run."""

    text: str
    runs: tuple[tuple[str, str, str], ...]


def read_html(html: str) -> ShownText:
    """Parse Telegram's HTML; raise CallRefused as Telegram does for what it cannot parse."""
    text = ""
    runs: list[tuple[str, str, str]] = []
    stack: list[tuple[str, int, str]] = []
    for match in _TOKEN.finditer(html):
        token = match[0]
        if token.startswith("</"):
            if not stack or token != f"</{stack[-1][0]}>":
                raise _bad("can't parse entities: unexpected end tag")
            tag, start, href = stack.pop()
            runs.append((tag, text[start:], href))
        elif token.startswith("<"):
            opened = _OPEN.fullmatch(token)
            if not opened:
                raise _bad("can't parse entities: unsupported start tag")
            stack.append((opened[1] or opened[3] or "a", len(text), _unescape(opened[2] or "")))
        elif token == ">":
            raise _bad("a bare > (Telegram takes it, we never write it)")
        else:
            text += _unescape(token) if token.startswith("&") else token
    if stack:
        raise _bad("can't parse entities: can't find end tag")
    return ShownText(text, tuple(runs))


def _unescape(text: str) -> str:
    def entity(match: re.Match[str]) -> str:
        if match[0] not in _ENTITIES and not re.fullmatch(r"&#x?[0-9a-f]+;", match[0]):
            raise _bad("a bare & (Telegram takes it, we never write it)")
        return _ENTITIES.get(match[0], match[0])

    return re.sub(r"&[^;\s]*;?", entity, text)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _bad(reason: str) -> CallRefused:
    return CallRefused(f"Bad Request: {reason}", code=400)


def _check_text(text: str, parse_mode: str | None, most: int) -> ShownText:
    shown = read_html(text) if parse_mode == "HTML" else ShownText(text, ())
    if len(text.encode()) > 1 << 15 or units(shown.text) > most:
        raise _bad("message is too long")
    return shown


def _check_markup(markup: InlineKeyboardMarkup | None) -> None:
    for button in [button for row in markup.inline_keyboard for button in row] if markup else []:
        actions = [button.callback_data, button.url, button.copy_text]
        if len([action for action in actions if action is not None]) != 1 or not button.text.strip():
            raise _bad("text buttons are unallowed in the inline keyboard")
        if button.callback_data is not None and not 1 <= len(button.callback_data.encode()) <= 64:
            raise _bad("BUTTON_DATA_INVALID")
        if button.copy_text is not None and not 1 <= units(button.copy_text.text) <= 256:
            raise _bad("BUTTON_COPY_TEXT_INVALID")


@dataclass(frozen=True)
class SentText:
    chat_id: int
    text: str  # as a reader sees it
    runs: tuple[tuple[str, str, str], ...]
    markup: InlineKeyboardMarkup | None
    disables_preview: bool
    replies_to: int | None

    @property
    def callback_data(self) -> list[str]:
        rows = self.markup.inline_keyboard if self.markup else ()
        return [button.callback_data for row in rows for button in row if button.callback_data]

    @property
    def copy_texts(self) -> list[str]:
        rows = self.markup.inline_keyboard if self.markup else ()
        return [button.copy_text.text for row in rows for button in row if button.copy_text]


@dataclass(frozen=True)
class SentFile:
    chat_id: int
    filename: str
    content: bytes
    caption: str


@dataclass
class FakeTelegram:
    """Fails on demand; otherwise does what it is told."""

    members: dict[tuple[int, int], str] = field(default_factory=dict)
    sent: list[SentText | SentFile] = field(default_factory=list)
    answers: dict[str, list[str | None]] = field(default_factory=lambda: defaultdict(list))
    commands: dict[str | None, Sequence[BotCommand]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    offsets: list[int | None] = field(default_factory=list)  # of each getUpdates
    hold_sends: asyncio.Event | None = None  # sends wait for it
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _failures: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))

    def fail(self, method: str, *errors: Exception) -> None:
        self._failures[method] += errors

    def texts(self, chat_id: int) -> list[str]:
        return [message.text for message in self.sent if isinstance(message, SentText) and message.chat_id == chat_id]

    def files(self, chat_id: int) -> list[SentFile]:
        return [message for message in self.sent if isinstance(message, SentFile) and message.chat_id == chat_id]

    @property
    def last(self) -> SentText:
        message = self.sent[-1]
        assert isinstance(message, SentText)
        return message

    def _called(self, method: str) -> None:
        self.calls.append(method)
        if self._failures[method]:
            raise self._failures[method].pop(0)

    async def get_me(self) -> User:
        self._called("get_me")
        return User(1, is_bot=True, username="SevenBot")

    async def set_my_commands(
        self,
        commands: Sequence[BotCommand],
        *,
        scope: BotCommandScope | None = None,
        language_code: str | None = None,
    ) -> None:
        self._called("set_my_commands")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.command) or not 1 <= units(command.description) <= 256:
                raise _bad("BOT_COMMAND_INVALID")
        if language_code is not None and not re.fullmatch(r"[a-z]{2}", language_code):
            raise _bad("LANG_CODE_INVALID")
        self.commands[language_code] = list(commands)

    def push(self, *updates: Update) -> None:
        """Let the next getUpdates find these."""
        self.updates += updates
        self._arrived.set()

    async def get_updates(self, offset: int | None, timeout: timedelta) -> list[Update]:
        self.offsets.append(offset)
        self._called("get_updates")
        self.updates = [update for update in self.updates if offset is None or update.update_id >= offset]
        if not self.updates and timeout:
            self._arrived.clear()
            await self._arrived.wait()
        await asyncio.sleep(0)
        return self.updates[:100]

    async def delete_webhook(self) -> None:
        self._called("delete_webhook")

    async def send_message(
        self,
        chat_id: int,
        text: str,
        *,
        parse_mode: str | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
        reply_parameters: ReplyParameters | None = None,
        link_preview_options: LinkPreviewOptions | None = None,
        disable_notification: bool | None = None,
    ) -> SentMessage:
        await self._hold()
        self._called("send_message")
        shown = _check_text(text, parse_mode, 4096)
        if not shown.text.strip():
            raise _bad("message text is empty")
        _check_markup(reply_markup)
        disables_preview = link_preview_options is not None and link_preview_options.is_disabled
        replies_to = reply_parameters.message_id if reply_parameters else None
        self.sent.append(SentText(chat_id, shown.text, shown.runs, reply_markup, disables_preview, replies_to))
        return SentMessage(len(self.sent))

    async def send_document(
        self,
        chat_id: int,
        filename: str,
        content: bytes,
        *,
        caption: str | None = None,
        parse_mode: str | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
        reply_parameters: ReplyParameters | None = None,
        disable_notification: bool | None = None,
    ) -> SentMessage:
        await self._hold()
        self._called("send_document")
        if not content:
            raise _bad("file must be non-empty")
        if len(content) > MAX_UPLOAD_BYTES:
            raise CallRefused("Request Entity Too Large", code=413)
        shown = _check_text(caption or "", parse_mode, 1024)
        self.sent.append(SentFile(chat_id, filename, content, shown.text))
        return SentMessage(len(self.sent))

    async def answer_callback_query(
        self, callback_query_id: str, text: str | None = None, *, show_alert: bool | None = None
    ) -> None:
        self._called("answer_callback_query")
        if units(text or "") > 200:
            raise _bad("MESSAGE_TOO_LONG")
        self.answers[callback_query_id].append(text)

    async def get_chat_member(self, chat_id: int, user_id: int) -> ChatMember:
        self._called("get_chat_member")
        return ChatMember(self.members.get((chat_id, user_id), "member"))

    async def _hold(self) -> None:
        if self.hold_sends is not None:
            await self.hold_sends.wait()

    def __getattr__(self, method: str) -> Any:
        raise AssertionError(f"the bot calls {method}, which this fake does not have")
