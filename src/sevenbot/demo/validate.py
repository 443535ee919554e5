"""
What a call must look like: parameters by name and kind, texts, captions, keyboards, commands.

Telegram ignores what it does not know, which hides typing errors. `Call.unknown` collects those names, so that a
test can claim that there are none, and a strict simulator refuses them.

Sources: core.telegram.org/bots/api (Bot API 10.1) for names, kinds and limits; the sentences are those of the Bot
API server (tdlib/telegram-bot-api, Client.cpp) and of TDLib (td/telegram/ReplyMarkup.cpp).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sevenbot.demo.entities import Parsed, checked_link, parse_html, trimmed, utf16_length, with_found
from sevenbot.demo.refusal import Refusal

MAX_TEXT = 4096  # sendMessage.text, UTF-16 code units after the entities are parsed
MAX_CAPTION = 1024
MAX_ANSWER = 200  # answerCallbackQuery.text
MAX_CALLBACK_DATA = 64  # bytes
MAX_COPY_TEXT = 256
MAX_BUTTONS = 100  # in one keyboard; REPLY_MARKUP_TOO_LONG beyond
MAX_COMMANDS = 100
MAX_DOCUMENT = 50 * 1024 * 1024  # core.telegram.org/bots/api#sending-files

Kind = Literal["integer", "string", "boolean", "chat", "object", "array", "file"]

_SENDING: dict[str, Kind] = {
    "business_connection_id": "string",
    "chat_id": "chat",
    "message_thread_id": "integer",
    "direct_messages_topic_id": "integer",
    "parse_mode": "string",
    "disable_notification": "boolean",
    "protect_content": "boolean",
    "allow_paid_broadcast": "boolean",
    "message_effect_id": "string",
    "suggested_post_parameters": "object",
    "reply_parameters": "object",
    "reply_markup": "object",
}
_MESSAGE: dict[str, Kind] = {
    "business_connection_id": "string",
    "chat_id": "chat",
    "message_id": "integer",
    "inline_message_id": "string",
}
_SCOPED: dict[str, Kind] = {"scope": "object", "language_code": "string"}

METHODS: dict[str, dict[str, Kind]] = {
    "getMe": {},
    "getUpdates": {"offset": "integer", "limit": "integer", "timeout": "integer", "allowed_updates": "array"},
    "setWebhook": {
        "url": "string",
        "certificate": "file",
        "ip_address": "string",
        "max_connections": "integer",
        "allowed_updates": "array",
        "drop_pending_updates": "boolean",
        "secret_token": "string",
    },
    "deleteWebhook": {"drop_pending_updates": "boolean"},
    "getWebhookInfo": {},
    "setMyCommands": {"commands": "array", **_SCOPED},
    "getMyCommands": _SCOPED,
    "deleteMyCommands": _SCOPED,
    "sendMessage": {**_SENDING, "text": "string", "entities": "array", "link_preview_options": "object"},
    "sendDocument": {
        **_SENDING,
        "document": "file",
        "thumbnail": "file",
        "caption": "string",
        "caption_entities": "array",
        "disable_content_type_detection": "boolean",
    },
    "sendChatAction": {
        "business_connection_id": "string",
        "chat_id": "chat",
        "message_thread_id": "integer",
        "action": "string",
    },
    "answerCallbackQuery": {
        "callback_query_id": "string",
        "text": "string",
        "show_alert": "boolean",
        "url": "string",
        "cache_time": "integer",
    },
    "editMessageText": {
        **_MESSAGE,
        "text": "string",
        "parse_mode": "string",
        "entities": "array",
        "link_preview_options": "object",
        "rich_message": "object",
        "reply_markup": "object",
    },
    "editMessageReplyMarkup": {**_MESSAGE, "reply_markup": "object"},
    "deleteMessage": {"chat_id": "chat", "message_id": "integer"},
    "getChat": {"chat_id": "chat"},
    "getChatMember": {"chat_id": "chat", "user_id": "integer"},
    "getChatAdministrators": {"chat_id": "chat", "return_bots": "boolean"},
}

# The fields of the objects that are looked into.
OBJECTS: dict[str, frozenset[str]] = {
    "link_preview_options": frozenset(
        ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
    ),
    "reply_parameters": frozenset(
        (
            "message_id",
            "chat_id",
            "allow_sending_without_reply",
            "quote",
            "quote_parse_mode",
            "quote_entities",
            "quote_position",
            "checklist_task_id",
            "poll_option_id",
        )
    ),
    "scope": frozenset(("type", "chat_id", "user_id")),
    "reply_markup": frozenset(
        (
            "inline_keyboard",
            "keyboard",
            "is_persistent",
            "resize_keyboard",
            "one_time_keyboard",
            "input_field_placeholder",
            "selective",
            "remove_keyboard",
            "force_reply",
        )
    ),
}
# What makes a button do something; exactly one of these (InlineKeyboardButton).
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
BUTTON_FIELDS = frozenset(("text", "icon_custom_emoji_id", "style", *ACTIONS))
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


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart call."""

    filename: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class Call:
    """One call's arguments, typed; objects and arrays are decoded whichever way they came."""

    method: str
    arguments: dict[str, Any]
    unknown: list[str] = field(default_factory=list)

    def get(self, name: str, default: Any = None) -> Any:
        """Return an argument, or *default* when it is absent."""
        return self.arguments.get(name, default)

    def text(self, name: str) -> str:
        """Return a string argument, "" when it is absent."""
        return str(self.arguments.get(name, ""))

    @property
    def chat_id(self) -> int | str:
        """Return the chat asked for."""
        chat_id: int | str = self.arguments.get("chat_id", "")
        return chat_id


def read_call(method: str, given: dict[str, Any]) -> Call:
    """
    Turn what came over HTTP into typed arguments.

    Raises:
        Refusal: 400 for a value of the wrong kind.
    """
    kinds = METHODS[method]
    call = Call(method, {})
    for name, value in given.items():
        kind = kinds.get(name)
        if kind is None:
            call.unknown.append(name)
        elif value is not None:
            call.arguments[name] = _typed(name, kind, value)
            _note_unknown(call, name)
    return call


def _typed(name: str, kind: Kind, value: Any) -> Any:
    match kind:
        case "integer":
            return _integer(name, value)
        case "chat":
            return int(value) if re.fullmatch(r"-?\d{1,18}", str(value)) else str(value)
        case "boolean":
            return str(value).strip().lower() in ("true", "yes", "1")
        case "object" | "array":
            return _decoded(name, kind, value)
        case "file":
            return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Refusal(400, f"Bad Request: {name} must be encoded in UTF-8")
    return text


def _integer(name: str, value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\s*-?\d{1,18}\s*", str(value)):
        raise Refusal(400, f'Bad Request: parameter "{name}" must be an Integer')
    return int(value)


def _decoded(name: str, kind: str, value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = json.loads(value)
        except ValueError as exc:
            what = "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")
            raise Refusal(400, f"Bad Request: can't parse {what} JSON object") from exc
    if kind == "object" and not isinstance(value, dict):
        what = "reply markup" if name == "reply_markup" else name
        raise Refusal(400, f"Bad Request: object expected as {what}")
    if kind == "array" and not isinstance(value, list):
        raise Refusal(400, f"Bad Request: expected an Array of {name.replace('_', ' ')}")
    return value


def _note_unknown(call: Call, name: str) -> None:
    value = call.arguments[name]
    known = OBJECTS.get(name)
    if known is None or not isinstance(value, dict):
        return
    call.unknown.extend(f"{name}.{key}" for key in value if key not in known)
    rows = value.get("inline_keyboard")
    for row in rows if isinstance(rows, list) else []:
        for button in row if isinstance(row, list) else []:
            _note_unknown_in_button(call, button)


def _note_unknown_in_button(call: Call, button: Any) -> None:
    if not isinstance(button, dict):
        return
    call.unknown.extend(f"reply_markup.inline_keyboard.{name}" for name in button if name not in BUTTON_FIELDS)
    actions = [name for name in ACTIONS if button.get(name) not in (None, "")]
    if len(actions) > 1:
        # Telegram takes the first and drops the others in silence; the documentation demands exactly one.
        call.unknown.append(f"reply_markup.inline_keyboard: {' and '.join(actions)} in one button")


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
