"""
What the simulated Telegram remembers: chats, messages, pending updates, button presses. All of it in memory.

Messages, users, chats and updates are plain JSON objects of the Bot API, exactly as they go over the wire.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sevenbot.demo.entities import Parsed, with_found
from sevenbot.demo.parameters import Upload
from sevenbot.demo.refusal import Refusal

Json = dict[str, Any]

BOT_ID = 7_000_000_007


@dataclass(slots=True)
class Chat:
    """One chat the bot can see."""

    chat: Json  # Chat: {"id": 1, "type": "private", "first_name": "..."}
    statuses: dict[int, str] = field(default_factory=dict)  # user id -> "creator", "administrator", "member"
    is_blocked: bool = False  # the user stopped the bot, or the group put it out
    moved_to: int | None = None  # the group became this supergroup
    messages: dict[int, Json] = field(default_factory=dict)
    message_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def check_writable(self) -> None:
        """Refuse as Telegram does when the bot may not write here."""
        if self.moved_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved_to,
            )
        if self.is_blocked and self.chat["type"] == "private":
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if self.is_blocked:
            raise Refusal(403, f"Forbidden: bot was kicked from the {self.chat['type']} chat")


@dataclass(slots=True)
class Sent:
    """One message the bot sent, with what it looked like at that time."""

    seq: int
    at: float  # epoch seconds
    method: str
    chat_id: int
    message: Json
    source: str  # text or caption as sent, markup included

    def to_json(self) -> Json:
        """Return what `GET /_control/messages` lists."""
        message = self.message
        return {
            "seq": self.seq,
            "at": self.at,
            "method": self.method,
            "chat_id": self.chat_id,
            "message_id": message["message_id"],
            "text": message.get("text", message.get("caption", "")),
            "source": self.source,
            "reply_markup": message.get("reply_markup"),
            "document": message.get("document"),
        }


@dataclass(slots=True)
class Press:
    """A button that was pressed and waits for answerCallbackQuery."""

    query_id: str
    chat_id: int
    message_id: int


class ChatStore:
    """
    Everything Telegram would remember.

    Args:
        now: The wall clock, epoch seconds.
        is_open: True: any chat id exists, as if everybody had started the bot; for load tests.
        publish: Hears of everything the page shows: `publish("message", {...})`.
    """

    def __init__(
        self,
        *,
        username: str,
        name: str,
        is_open: bool = False,
        now: Callable[[], float] = time.time,
        publish: Callable[[str, Json], None] = lambda _name, _facts: None,
    ) -> None:
        self.bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        self.is_open = is_open
        self.now = now
        self.publish = publish
        self.chats: dict[int, Chat] = {}
        self.sent: list[Sent] = []
        self.files: dict[str, Upload] = {}
        self.presses: dict[str, Press] = {}
        self.updates: list[Json] = []
        self.new_update = asyncio.Event()
        self.allowed: frozenset[str] = frozenset()  # kinds of updates the bot asked for; empty: the usual ones
        self._update_ids = itertools.count(100_000)
        self._query_ids = itertools.count(1)

    # chats

    def chat(self, chat_id: int | str) -> Chat:
        """
        Return the chat.

        Raises:
            Refusal: 400, nobody there ever spoke to the bot.
        """
        if isinstance(chat_id, int) and chat_id not in self.chats and self.is_open and chat_id != 0:
            return self.add_chat({"id": chat_id})
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            what = "chat not found" if chat_id != "" else "chat_id is empty"
            raise Refusal(400, f"Bad Request: {what}")
        return found

    def add_chat(self, chat: Json, statuses: dict[int, str] | None = None) -> Chat:
        """Make a chat known; a type is derived from the id when none is given."""
        chat_id = int(chat["id"])
        derived = "private" if chat_id > 0 else "supergroup" if chat_id < -(10**12) else "group"
        full = {"type": derived, **chat}
        full.setdefault("first_name" if full["type"] == "private" else "title", f"Chat {chat_id}")
        self.chats[chat_id] = Chat(full, dict(statuses or {}))
        return self.chats[chat_id]

    # what the bot does

    def record(self, method: str, chat: Chat, content: Json, source: str) -> Json:
        """Put a message of the bot into the chat and return it as the Bot API does."""
        message = self._message(chat, self.bot, content)
        sent = Sent(len(self.sent) + 1, self.now(), method, chat.chat["id"], dict(message), source)
        self.sent.append(sent)
        self.publish("message", message)
        return message

    def keep_file(self, upload: Upload) -> Json:
        """Keep an uploaded file and return its Document."""
        file_id = f"BQAC{len(self.files) + 1:08d}"
        self.files[file_id] = upload
        return {
            "file_id": file_id,
            "file_unique_id": f"AgAD{len(self.files):08d}",
            "file_name": upload.filename,
            "mime_type": upload.content_type,
            "file_size": len(upload.content),
        }

    def message(self, chat: Chat, message_id: int | None, what: str) -> Json:
        """Return a message of the chat, or refuse: "message to edit not found"."""
        message = chat.messages.get(message_id or 0)
        if message is None:
            raise Refusal(400, f"Bad Request: {what} not found")
        return message

    # what people do

    def says(self, user: Json, text: str, chat_id: int | None = None) -> Json:
        """Let *user* write *text*, in their private chat unless *chat_id* names a group, and tell the bot."""
        chat = self._chat_of(user, chat_id)
        if chat.is_blocked and chat.chat["type"] == "private":
            self.set_blocked(chat, user, is_blocked=False)  # writing to a bot one had stopped restarts it
        parsed = with_found(Parsed(text.strip()))
        message = self._message(chat, user, {"text": parsed.text, "entities": parsed.entities or None})
        self.publish("message", message)
        self._update("message", message)
        return message

    def presses_button(self, user: Json, chat_id: int, message_id: int, data: str) -> str:
        """
        Let *user* press the button with *data* and tell the bot; returns the callback query's id.

        Raises:
            Refusal: There is no such message, or it has no such button.
        """
        chat = self.chat(chat_id)
        message = self.message(chat, message_id, "message to press")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise Refusal(400, "Bad Request: the message has no such button")
        press = Press(f"{next(self._query_ids):018d}", chat_id, message_id)
        self.presses[press.query_id] = press
        query = {
            "id": press.query_id,
            "from": user,
            "message": message,
            "chat_instance": f"{abs(chat_id) * 31}",
            "data": data,
        }
        self._update("callback_query", query)
        return press.query_id

    def set_blocked(self, chat: Chat, user: Json, *, is_blocked: bool) -> None:
        """Let the user stop or restart the bot (in a group: put it out or take it back), and tell the bot."""
        if chat.is_blocked == is_blocked:
            return
        chat.is_blocked = is_blocked
        member = {"user": self.bot, "status": "member"}
        kicked = {"user": self.bot, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if is_blocked else (kicked, member)
        change = {
            "chat": chat.chat,
            "from": user,
            "date": int(self.now()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self._update("my_chat_member", change)
        self.publish("blocked", {"chat_id": chat.chat["id"], "is_blocked": is_blocked})

    # updates

    def confirm(self, offset: int) -> None:
        """Forget the updates before *offset*; a negative one keeps only the last so many (getUpdates)."""
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset > 0:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]

    def inject(self, update: Json) -> Json:
        """Tell the bot anything: *update* without its update_id."""
        update = {"update_id": next(self._update_ids), **update}
        if not self.allowed or self.allowed & update.keys():
            self.updates.append(update)
            self.new_update.set()
        return update

    def _update(self, kind: str, value: Json) -> None:
        self.inject({kind: value})

    def _chat_of(self, user: Json, chat_id: int | None) -> Chat:
        if chat_id is not None and chat_id != user["id"]:
            return self.chat(chat_id)
        if user["id"] not in self.chats:
            known = ("id", "first_name", "last_name", "username")
            self.add_chat({name: user[name] for name in known if name in user})
        return self.chats[user["id"]]

    def _message(self, chat: Chat, sender: Json, content: Json) -> Json:
        message = {
            "message_id": next(chat.message_ids),
            "from": sender,
            "chat": chat.chat,
            "date": int(self.now()),
            **{name: value for name, value in content.items() if value is not None},
        }
        chat.messages[message["message_id"]] = message
        return message
