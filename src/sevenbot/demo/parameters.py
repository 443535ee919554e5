"""
Which parameters each method takes, and of what kind: `read_call` turns what came over HTTP into typed arguments.

Telegram ignores what it does not know, which hides typing errors. `Call.unknown` collects those names, so that a
test can claim that there are none, and a strict simulator refuses them.

Source: core.telegram.org/bots/api (Bot API 10.1); a test compares the names with its machine-readable form.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from sevenbot.demo.refusal import Refusal

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
