"""
What Telegram sends and takes, as far as SevenBot uses it: the types of the Bot API (https://core.telegram.org/bots/api).

Reading is lenient: unknown fields are ignored and fields that a small server leaves out have defaults. Only what makes
no sense without is required: an update's id, a chat's and a user's id. Writing omits every field that has its default.

    {"update_id": 7, "message": {"message_id": 3, "date": 1700000000, "text": "/start",
                                 "chat": {"id": 42, "type": "private"}, "from": {"id": 42, "first_name": "Ann"}}}
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

#: The kinds of update that `Update` has a field for; nothing else is asked for.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")


class User(msgspec.Struct, frozen=True):
    """A person or a bot."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    username: str | None = None  # without @
    language_code: str | None = None  # IETF tag such as "de" or "pt-br"


class Chat(msgspec.Struct, frozen=True):
    """A private chat, group, supergroup or channel; groups and channels have negative ids."""

    id: int
    type: str = "private"  # "private", "group", "supergroup" or "channel"
    title: str | None = None
    username: str | None = None
    first_name: str | None = None

    @property
    def is_private(self) -> bool:
        """Say whether this is a chat with one person."""
        return self.id > 0


class Message(msgspec.Struct, frozen=True):
    """A message in a chat; as the message of a callback it may be inaccessible (then `date` is 0)."""

    message_id: int
    chat: Chat
    date: int = 0
    from_user: User | None = msgspec.field(name="from", default=None)
    sender_chat: Chat | None = None  # the group itself, for its anonymous administrators
    text: str | None = None
    migrate_to_chat_id: int | None = None  # service message in the old group
    migrate_from_chat_id: int | None = None  # service message in the new supergroup


class CallbackQuery(msgspec.Struct, frozen=True):
    """Somebody pressed an inline button."""

    id: str
    from_user: User = msgspec.field(name="from")
    message: Message | None = None
    data: str | None = None  # up to 64 bytes, and not always what we wrote there: clients can be modified


class ChatMember(msgspec.Struct, frozen=True):
    """Somebody's standing in a chat."""

    status: str  # "creator", "administrator", "member", "restricted", "left" or "kicked"
    user: User | None = None
    is_member: bool = True  # told for "restricted" only

    @property
    def is_administrator(self) -> bool:
        """Say whether this member may change things in the chat."""
        return self.status in ("creator", "administrator")

    @property
    def is_present(self) -> bool:
        """Say whether this member is in the chat (for a private chat: has not blocked the bot)."""
        return self.status not in ("left", "kicked") and self.is_member


class ChatMemberUpdated(msgspec.Struct, frozen=True):
    """The bot's own standing in a chat changed (`my_chat_member`)."""

    chat: Chat
    from_user: User = msgspec.field(name="from")
    new_chat_member: ChatMember
    old_chat_member: ChatMember | None = None


class Update(msgspec.Struct, frozen=True):
    """Something happened; at most one of the other fields is set, none when it is of no interest here."""

    update_id: int
    message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None


class _Numbered(msgspec.Struct):
    update_id: int


def read_update(raw: bytes | msgspec.Raw) -> Update:
    """
    Read one update from JSON.

    An update whose content cannot be read comes back with its number alone, so that it is passed over once and for
    all instead of stopping every later one.

    Raises:
        ValueError: Not a JSON object with an `update_id`.
    """
    try:
        return msgspec.json.decode(raw, type=Update)
    except (msgspec.ValidationError, UnicodeDecodeError):
        return Update(msgspec.json.decode(raw, type=_Numbered).update_id)


class SentMessage(msgspec.Struct, frozen=True):
    """What sending answers, as far as it matters: the new message's id, 0 when the answer did not tell."""

    message_id: int = 0


class WebhookInfo(msgspec.Struct, frozen=True):
    """How the webhook is doing; `url` is "" when there is none."""

    url: str = ""
    pending_update_count: int = 0
    last_error_date: int | None = None  # epoch seconds
    last_error_message: str | None = None


class ResponseParameters(msgspec.Struct, frozen=True):
    """Why a call failed, for programs."""

    migrate_to_chat_id: int | None = None
    retry_after: float | None = None  # seconds; an integer in the documentation


class CopyTextButton(msgspec.Struct, frozen=True, omit_defaults=True):
    """What pressing the button copies."""

    text: str  # 1 to 256 characters


class InlineKeyboardButton(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button under a message: exactly one of the optional fields is set."""

    text: str
    callback_data: str | None = None  # 1 to 64 bytes
    url: str | None = None
    copy_text: CopyTextButton | None = None


class InlineKeyboardMarkup(msgspec.Struct, frozen=True):
    """Rows of buttons."""

    inline_keyboard: tuple[tuple[InlineKeyboardButton, ...], ...]


class LinkPreviewOptions(msgspec.Struct, frozen=True):
    """Whether Telegram fetches the first link of a text and shows what is there."""

    is_disabled: bool


class ReplyParameters(msgspec.Struct, frozen=True):
    """Which message of the same chat is answered."""

    message_id: int
    allow_sending_without_reply: bool = True  # the message may be gone by now


class BotCommand(msgspec.Struct, frozen=True):
    """One line of the command menu."""

    command: str  # 1 to 32 characters: a-z, 0-9 and _
    description: str  # 1 to 256 characters


class BotCommandScope(msgspec.Struct, frozen=True):
    """Who sees a command menu."""

    type: str = "default"  # "default", "all_private_chats", "all_group_chats" or "all_chat_administrators"


NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def encode(value: Any) -> bytes:
    """Return *value* as JSON; what is no character (a lone surrogate) becomes "?" instead of an error."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode("utf-8", "replace")
