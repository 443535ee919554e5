"""One chat that the bot answers in, and how it speaks there."""

from __future__ import annotations

from dataclasses import dataclass

from sevenbot.deliver import botapi
from sevenbot.deliver.courier import Button
from sevenbot.deliver.rich import Line, as_html, line
from sevenbot.deliver.telegram import Telegram
from sevenbot.deliver.telegram_courier import Voice, keyboard
from sevenbot.errors import CallRefused
from sevenbot.state.users import User
from sevenbot.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class Talk:
    """Who says something where, and what we know of them."""

    chat: botapi.Chat
    sender: botapi.User | None  # None: nobody in particular, such as a group's anonymous administrator
    is_anonymous_administrator: bool
    user: User | None  # the chat's record
    language: str | None  # as Telegram tells it ("pt-br")
    answers_to: int | None = None  # the message that what we say is shown as a reply to

    @property
    def words(self) -> Texts:
        """Return the sentences in the reader's language."""
        return texts(self.language)

    @property
    def reply(self) -> botapi.ReplyParameters | None:
        """Return what makes a message a reply, when there is something to reply to."""
        return botapi.ReplyParameters(self.answers_to) if self.answers_to else None


def language_of(chat: botapi.Chat, sender: botapi.User | None, user: User | None) -> str | None:
    """Return a person's own language in a private chat, and in a group the one it was registered in."""
    told, kept = sender.language_code if sender else None, user.language if user else None
    return told or kept if chat.is_private else kept or told


async def say(
    voice: Voice,
    chat_id: int,
    *lines: Line | str,
    buttons: tuple[tuple[Button, ...], ...] = (),
    reply: botapi.ReplyParameters | None = None,
) -> None:
    """Send one message in its turn; a bare string is text without markup."""
    html = as_html(line(part) if isinstance(part, str) else part for part in lines)
    await voice.send_message(chat_id, html, parse_mode="HTML", reply_markup=keyboard(buttons), reply_parameters=reply)


async def may_change(telegram: Telegram, talk: Talk) -> bool:
    """
    Say whether the sender may change things in this chat: in groups only administrators.

    Raises:
        CourierUnavailable: Telegram could not be asked.
    """
    if talk.chat.is_private or talk.is_anonymous_administrator:
        return True
    if talk.sender is None:
        return False
    try:
        member = await telegram.get_chat_member(talk.chat.id, talk.sender.id)
    except CallRefused:  # "user not found", "member list is inaccessible": nobody we could name an administrator
        return False
    return member.is_administrator
