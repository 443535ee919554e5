"""
The Bot API methods SevenBot calls, done as Telegram does them.

Each takes the call and returns what stands under "result"; `Refusal` is the other answer. getUpdates and the webhook
live in `updates.py`, since they wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sevenbot.demo.chatstore import BOT_ID, Chat, ChatStore, Json
from sevenbot.demo.entities import utf16_length
from sevenbot.demo.limits import SendingLimits
from sevenbot.demo.parameters import Call, Upload
from sevenbot.demo.refusal import Refusal
from sevenbot.demo.validate import (
    CHAT_ACTIONS,
    MAX_ANSWER,
    MAX_DOCUMENT,
    checked_caption,
    checked_commands,
    checked_keyboard,
    checked_text,
)

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


class Methods:
    """Every method by its name: `methods.call(Call("sendMessage", {...}))`."""

    def __init__(self, store: ChatStore, limits: SendingLimits | None) -> None:
        self._store = store
        self._limits = limits
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}  # (scope, language) -> commands
        self._table: dict[str, Callable[[Call], Any]] = {
            "getMe": self._get_me,
            "setMyCommands": self._set_my_commands,
            "getMyCommands": self._get_my_commands,
            "deleteMyCommands": self._delete_my_commands,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "deleteMessage": self._delete_message,
            "getChat": self._get_chat,
            "getChatMember": self._get_chat_member,
            "getChatAdministrators": self._get_chat_administrators,
        }

    @property
    def is_limited(self) -> bool:
        """Say whether sending limits are enforced."""
        return self._limits is not None

    def call(self, call: Call) -> Any:
        """
        Do what the call asks for.

        Raises:
            Refusal: Telegram would have said no.
        """
        return self._table[call.method](call)

    def _get_me(self, _call: Call) -> Json:
        return {
            **self._store.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    # commands

    def _set_my_commands(self, call: Call) -> bool:
        self.commands[_scope(call)] = checked_commands(call.get("commands") or [])
        self._store.publish("commands", {"commands": self.shown_commands()})
        return True

    def _get_my_commands(self, call: Call) -> list[dict[str, str]]:
        return self.commands.get(_scope(call), [])

    def _delete_my_commands(self, call: Call) -> bool:
        self.commands.pop(_scope(call), None)
        return True

    def shown_commands(self, language: str = "en") -> list[dict[str, str]]:
        """Return what a private chat's menu shows: the narrowest scope, in the language or in none."""
        for scope in ("all_private_chats", "default"):
            for wanted in (language, ""):
                if found := self.commands.get((scope, wanted)):
                    return found
        return []

    # messages

    def _send_message(self, call: Call) -> Json:
        chat = self._writable(call)
        parsed = checked_text(call)
        content: Json = {
            "text": parsed.text,
            "entities": parsed.entities or None,
            "link_preview_options": call.get("link_preview_options"),
            "reply_markup": checked_keyboard(call),
            "reply_to_message": self._reply_to(call, chat),
        }
        self._count(chat)
        return self._store.record("sendMessage", chat, content, call.text("text"))

    def _send_document(self, call: Call) -> Json:
        chat = self._writable(call)
        caption = checked_caption(call)
        document = self._document(call)
        content: Json = {
            "document": document,
            "caption": caption.text or None,
            "caption_entities": caption.entities or None,
            "reply_markup": checked_keyboard(call),
            "reply_to_message": self._reply_to(call, chat),
        }
        self._count(chat)
        return self._store.record("sendDocument", chat, content, call.text("caption"))

    def _document(self, call: Call) -> Json:
        value = call.get("document")
        if isinstance(value, str) and value.startswith("attach://"):
            value = call.get("thumbnail")  # the only other file a call may carry here
        if isinstance(value, str):
            kept = self._store.files.get(value)
            if kept is None:
                raise Refusal(400, "Bad Request: wrong remote file identifier specified: can't unserialize it")
            return self._store.keep_file(kept)
        if not isinstance(value, Upload):
            raise Refusal(400, "Bad Request: there is no document in the request")
        if not value.content:
            raise Refusal(400, "Bad Request: file must be non-empty")
        if len(value.content) > MAX_DOCUMENT:
            raise Refusal(413, "Request Entity Too Large")
        return self._store.keep_file(value)

    def _send_chat_action(self, call: Call) -> bool:
        chat = self._writable(call)
        if call.text("action") not in CHAT_ACTIONS:
            raise Refusal(400, "Bad Request: wrong parameter action in request")
        self._store.publish("action", {"chat_id": chat.chat["id"], "action": call.text("action")})
        return True

    def _answer_callback_query(self, call: Call) -> bool:
        text = call.text("text")
        press = self._store.presses.pop(call.text("callback_query_id"), None)
        if press is None:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if utf16_length(text) > MAX_ANSWER:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        answer = {
            "query_id": press.query_id,
            "chat_id": press.chat_id,
            "message_id": press.message_id,
            "text": text,
            "show_alert": bool(call.get("show_alert")),
        }
        self._store.publish("answer", answer)
        return True

    def _edit_message_text(self, call: Call) -> Json:
        message = self._editable(call)
        if "text" not in message:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        parsed = checked_text(call)
        content: Json = {"text": parsed.text, "entities": parsed.entities or None}
        return self._edit(message, {**content, "reply_markup": checked_keyboard(call, inline_only=True)})

    def _edit_message_reply_markup(self, call: Call) -> Json:
        message = self._editable(call)
        return self._edit(message, {"reply_markup": checked_keyboard(call, inline_only=True)})

    def _edit(self, message: Json, content: Json) -> Json:
        if all(message.get(name) == value for name, value in content.items()):
            raise Refusal(400, NOT_MODIFIED)
        for name, value in content.items():
            message.pop(name, None)
            if value is not None:
                message[name] = value
        message["edit_date"] = int(self._store.now())
        self._store.publish("edited", message)
        return message

    def _delete_message(self, call: Call) -> bool:
        chat = self._store.chat(call.chat_id)
        message = self._store.message(chat, call.get("message_id"), "message to delete")
        del chat.messages[message["message_id"]]
        self._store.publish("deleted", {"chat_id": chat.chat["id"], "message_id": message["message_id"]})
        return True

    # chats

    def _get_chat(self, call: Call) -> Json:
        return {**self._store.chat(call.chat_id).chat, "accent_color_id": 0, "max_reaction_count": 11}

    def _get_chat_member(self, call: Call) -> Json:
        chat = self._store.chat(call.chat_id)
        user_id = call.get("user_id")
        if user_id is None:
            raise Refusal(400, "Bad Request: invalid user_id specified")
        if user_id == BOT_ID:
            return {"user": self._store.bot, "status": "kicked" if chat.is_blocked else "member"}
        status = chat.statuses.get(user_id, "member" if chat.chat["id"] == user_id else "left")
        return {"user": {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"}, "status": status}

    def _get_chat_administrators(self, call: Call) -> list[Json]:
        chat = self._store.chat(call.chat_id)
        if chat.chat["type"] == "private":
            raise Refusal(400, "Bad Request: there are no administrators in the private chat")
        return [
            {"user": {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"}, "status": status}
            for user_id, status in chat.statuses.items()
            if status in ("creator", "administrator")
        ]

    # shared checks

    def _writable(self, call: Call) -> Chat:
        chat = self._store.chat(call.chat_id)
        chat.check_writable()
        return chat

    def _editable(self, call: Call) -> Json:
        chat = self._writable(call)
        message = self._store.message(chat, call.get("message_id"), "message to edit")
        if message["from"]["id"] != BOT_ID:
            raise Refusal(400, "Bad Request: message can't be edited")
        return message

    def _reply_to(self, call: Call, chat: Chat) -> Json | None:
        reply = call.get("reply_parameters")
        if not reply:
            return None
        message_id = reply.get("message_id")
        found = chat.messages.get(message_id)
        if found is None and not reply.get("allow_sending_without_reply"):
            raise Refusal(400, "Bad Request: message to be replied not found")
        return {name: value for name, value in found.items() if name != "reply_to_message"} if found else None

    def _count(self, chat: Chat) -> None:
        if self._limits is not None:
            self._limits.take(chat.chat["id"])


def _scope(call: Call) -> tuple[str, str]:
    scope = call.get("scope") or {}
    return str(scope.get("type", "default")), call.text("language_code")
