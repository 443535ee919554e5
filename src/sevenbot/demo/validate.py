"""
What a call must hold: texts, captions, keyboards, commands.

The limits are those of core.telegram.org/bots/api (Bot API 10.1); the sentences those of the Bot API server
(tdlib/telegram-bot-api, Client.cpp) and of TDLib (td/telegram/ReplyMarkup.cpp).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sevenbot.demo.entities import Parsed, checked_link, trimmed, utf16_length, with_found
from sevenbot.demo.markup import parse_html
from sevenbot.demo.parameters import ACTIONS, Call
from sevenbot.demo.refusal import Refusal

MAX_TEXT = 4096  # sendMessage.text, UTF-16 code units after the entities are parsed
MAX_CAPTION = 1024
MAX_ANSWER = 200  # answerCallbackQuery.text
MAX_CALLBACK_DATA = 64  # bytes
MAX_COPY_TEXT = 256
MAX_BUTTONS = 100  # in one keyboard; REPLY_MARKUP_TOO_LONG beyond
MAX_COMMANDS = 100
MAX_DOCUMENT = 50 * 1024 * 1024  # core.telegram.org/bots/api#sending-files

CHAT_ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)


def checked_text(call: Call) -> Parsed:
    """Return the message text with its entities, or refuse as Telegram would."""
    parsed = _formatted(call.text("text"), call.text("parse_mode"), call.get("entities"))
    if not parsed.text:
        raise Refusal(400, "Bad Request: message text is empty")
    if utf16_length(parsed.text) > MAX_TEXT:
        raise Refusal(400, "Bad Request: message is too long")
    return with_found(parsed)


def checked_caption(call: Call) -> Parsed:
    """Return the caption with its entities; an empty one is allowed."""
    parsed = _formatted(call.text("caption"), call.text("parse_mode"), call.get("caption_entities"))
    if utf16_length(parsed.text) > MAX_CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    return with_found(parsed)


def _formatted(source: str, parse_mode: str, entities: list[Any] | None) -> Parsed:
    source = source.replace("\r", "")
    match parse_mode.lower():
        case "html":
            return trimmed(parse_html(source))
        case "" | "none":
            return trimmed(Parsed(source, [_entity(entity) for entity in entities or []]))
        case "markdown" | "markdownv2":
            raise Refusal(400, "Bad Request: the simulator reads parse_mode HTML only")
        case _:
            raise Refusal(400, "Bad Request: unsupported parse_mode")


def _entity(entity: Any) -> dict[str, Any]:
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise Refusal(400, "Bad Request: can't parse MessageEntity: MessageEntity must be an Object")
    if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
        raise Refusal(400, "Bad Request: can't parse MessageEntity: can't find field \"offset\"")
    return entity


def checked_keyboard(call: Call, *, inline_only: bool = False) -> dict[str, Any] | None:
    """Return the reply markup as Telegram would give it back, None when there is none, or refuse it."""
    markup = call.get("reply_markup")
    if not markup:
        return None
    rows = markup.get("inline_keyboard")
    if rows is None:
        if inline_only:
            raise Refusal(400, "Bad Request: inline keyboard expected")
        return None  # keyboards under the typing field are no part of the returned message
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refusal(
            400, 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    keyboard = [[_checked_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise Refusal(400, "Bad Request: reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def _checked_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _bad_button("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise _bad_button('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _bad_button('Field "text" must be of type String')
    actions = [name for name in ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise _bad_button("Text buttons are unallowed in the inline keyboard")
    if not text.strip():
        raise Refusal(400, "Bad Request: inline keyboard button text must be non-empty")
    _CHECKS.get(actions[0], lambda _value: None)(button[actions[0]])
    return {"text": text.strip(), actions[0]: button[actions[0]]}


def _bad_button(reason: str) -> Refusal:
    reason = reason if reason.startswith("Inline") else reason[0].lower() + reason[1:]
    return Refusal(400, f"Bad Request: can't parse inline keyboard button: {reason}")


def _check_callback_data(value: Any) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_CALLBACK_DATA:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


def _check_url(value: Any) -> None:
    if not isinstance(value, str) or checked_link(value) is None:
        raise Refusal(400, f"Bad Request: inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def _check_copy_text(value: Any) -> None:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= utf16_length(text) <= MAX_COPY_TEXT:
        raise Refusal(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")


_CHECKS = {"callback_data": _check_callback_data, "url": _check_url, "copy_text": _check_copy_text}


def checked_commands(commands: Iterable[Any]) -> list[dict[str, str]]:
    """Return the command list, or refuse it (BotCommand: 1-32 of a-z, 0-9 and _; description 1-256 characters)."""
    checked = []
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/") if isinstance(command, dict) else ""
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        description = str(command.get("description", "")).strip()
        if not 1 <= len(description) <= 256:
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        checked.append({"command": name, "description": description})
    if len(checked) > MAX_COMMANDS:
        raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    return checked
