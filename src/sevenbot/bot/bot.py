"""
The bot's end of the talk: every update goes through `Bot.handle`, which is the outermost frame of this door.

    message         commands and plain text           -> commands.py
    callback_query  a button under a summary          -> buttons.py
    my_chat_member  the bot was put out or let in     -> the chat's status

Everything else (edits, polls, channel posts, ...) is passed over in silence.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from sevenbot.bot.buttons import Buttons
from sevenbot.bot.commands import MENU, Commands, read_command
from sevenbot.bot.press import Press
from sevenbot.bot.talk import Talk, language_of, say
from sevenbot.deliver import botapi
from sevenbot.deliver.botapi import BotCommand, Update
from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.telegram import Telegram
from sevenbot.deliver.telegram_courier import Voice
from sevenbot.errors import ChatGone, ChatMoved, CourierUnavailable, SevenBotError, Transient
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Ledger
from sevenbot.state.users import Users, UserStatus
from sevenbot.texts import CATALOGUES, Texts, texts

logger = logging.getLogger(__name__)

#: Telegram repeats an update whose webhook call took too long; this many are remembered.
_REMEMBERED_UPDATES = 1000


#: One chat's presses at once, and its messages (of which a webhook brings many): each may wait for its turn to answer.
_AT_ONCE_PER_CHAT = 8


class Bot:
    """Answers people."""

    def __init__(
        self,
        *,
        telegram: Telegram,
        pacer: Pacer,
        users: Users,
        ledger: Ledger,
        store: Store,
        domain: str,
        offer_again: Callable[[str], Awaitable[None]],
        clock: Callable[[], datetime],
        username: str | None = None,
    ) -> None:
        #: The bot's name without "@"; None until Telegram has told it, then commands that name a bot are not ours.
        self.username = username
        self._telegram = telegram
        self._users = users
        self._voice = Voice(telegram, pacer)
        self._commands = Commands(
            telegram=telegram, voice=self._voice, users=users, ledger=ledger, domain=domain, clock=clock
        )
        self._buttons = Buttons(
            telegram=telegram, voice=self._voice, ledger=ledger, store=store, offer_again=offer_again
        )
        self._seen: deque[int] = deque(maxlen=_REMEMBERED_UPDATES)
        self._told: deque[int] = deque(maxlen=_REMEMBERED_UPDATES)  # that they will be done later
        self._at_work: Counter[tuple[int, bool]] = Counter()  # by chat; presses apart from messages

    async def handle(self, update: Update, *, comes_again: bool = False) -> None:
        """
        Do what an update asks for, and tell the user when that fails; logs no content.

        Args:
            comes_again: Whoever calls can have Telegram send an update again when this raises.

        Raises:
            Transient: It is not done, could be later, and comes again. Nothing else is raised.
        """
        if update.update_id in self._seen:
            return
        self._seen.append(update.update_id)
        query, chat = update.callback_query, _chat_of(update)
        press = Press(self._telegram, query.id) if query else None
        kind = (chat.id if chat else 0, press is not None)
        if chat is not None and self._at_work[kind] >= _AT_ONCE_PER_CHAT:
            logger.info("An update of a flood was passed over", extra={"facts": {"update": update.update_id}})
            if press is not None:
                await press.answer(_words(update).in_progress)
            return
        self._at_work[kind] += 1
        try:
            await self._attempt(update, press)
        except Exception as exc:  # the door's outermost frame: one update must not stop the others
            if comes_again and _can_be_done_later(exc, press):
                await self._put_off(exc, update)
                raise
            await self._fail(exc, update, press)
        finally:
            self._at_work[kind] -= 1
            if not self._at_work[kind]:
                del self._at_work[kind]
        if press is not None:
            await press.answer()

    async def _attempt(self, update: Update, press: Press | None) -> None:
        chat = _chat_of(update)
        try:
            await self._dispatch(update, press)
        except ChatGone:
            if chat is not None:
                await self._put_out(chat.id)
        except ChatMoved as exc:
            if chat is not None:
                await self._users.move(chat.id, exc.new_chat_id)
                await say(self._voice, exc.new_chat_id, _words(update).try_again_later)

    async def _dispatch(self, update: Update, press: Press | None) -> None:
        match update:
            case Update(message=botapi.Message() as message):
                await self._hear(message)
            case Update(callback_query=botapi.CallbackQuery() as query) if press is not None:
                await self._feel(query, press)
            case Update(my_chat_member=botapi.ChatMemberUpdated() as change):
                await self._notice(change)

    async def _hear(self, message: botapi.Message) -> None:
        if message.chat.type == "channel":
            return
        if message.migrate_to_chat_id is not None:
            await self._users.move(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._users.move(message.migrate_from_chat_id, message.chat.id)
        elif message.text is not None and not _is_from_a_bot(message):
            await self._read(message, message.text)

    async def _read(self, message: botapi.Message, text: str) -> None:
        command = read_command(text)
        if command and command.bot and not self._is_me(command.bot):
            return
        is_addressed = message.chat.is_private or bool(command and command.bot) or self._is_mentioned(text)
        is_known = command is not None and self._commands.knows(command.name)
        if not (is_addressed or is_known):
            return
        talk = await self._talk(message.chat, message.from_user, message.sender_chat)
        if not message.chat.is_private:
            # Many talk in a group, and a forum's answer must go to the question's topic.
            talk = replace(talk, answers_to=message.message_id)
        if command is not None and is_known:
            await self._commands.run(command, talk)
        else:
            sentence = talk.words.unknown_command if command else talk.words.only_mail
            await say(self._voice, message.chat.id, sentence, reply=talk.reply)

    async def _feel(self, query: botapi.CallbackQuery, press: Press) -> None:
        if query.message is None or query.data is None:
            await press.answer(texts(query.from_user.language_code).not_found)
            return
        talk = await self._talk(query.message.chat, query.from_user, None)
        await self._buttons.pressed(query.data, replace(talk, answers_to=query.message.message_id), press)

    async def _notice(self, change: botapi.ChatMemberUpdated) -> None:
        if change.chat.type == "channel":
            return
        if not change.new_chat_member.is_present:
            await self._put_out(change.chat.id)
            return
        was_present = change.old_chat_member is not None and change.old_chat_member.is_present
        if change.chat.is_private or was_present:
            return  # a person who lets us in again says /start; until then the mail stays refused
        talk = await self._talk(change.chat, change.from_user, None)
        await say(self._voice, change.chat.id, talk.words.status_blocked if talk.user else talk.words.welcome_group)

    async def _put_out(self, chat_id: int) -> None:
        user = await self._users.get(chat_id)
        # Who had paused the address finds it paused on coming back: /start alone must not switch it on.
        if user is not None and user.status is UserStatus.ACTIVE:
            await self._users.set_status(chat_id, UserStatus.BLOCKED)

    async def _talk(self, chat: botapi.Chat, sender: botapi.User | None, sender_chat: botapi.Chat | None) -> Talk:
        user = await self._users.get(chat.id)
        is_the_group = sender_chat is not None and sender_chat.id == chat.id
        if sender_chat is not None:
            sender = None  # a channel or the group itself speaks; `from` is then a stand-in of Telegram's
        language = language_of(chat, sender, user)
        if user is not None and language is not None and language != user.language:
            await self._users.set_settings(chat.id, {"language": language})
        return Talk(chat, sender, is_the_group, user, language)

    async def _fail(self, exc: Exception, update: Update, press: Press | None) -> None:
        """Log what happened without a word of what was said, and tell the user."""
        words = _words(update)
        if isinstance(exc, Transient):
            logger.warning("An update could not be handled now: %s", exc, extra={"facts": {"update": update.update_id}})
            sentence = words.try_again_later
        else:
            facts = {"update": update.update_id, "error": type(exc).__name__, "at": _where(exc)}
            logger.error("An update could not be handled", extra={"facts": facts})
            sentence = words.went_wrong
        if press is not None and not press.is_answered:
            await press.answer(sentence)
        else:
            await self._tell(update, sentence)

    async def _tell(self, update: Update, sentence: str) -> None:
        chat = _chat_of(update)
        if chat is None or chat.type == "channel" or update.my_chat_member is not None:
            return
        try:
            await say(self._voice, chat.id, sentence)
        except SevenBotError as failure:
            logger.warning("Nor could the user be told: %s", failure, extra={"facts": {"update": update.update_id}})

    async def _put_off(self, exc: Exception, update: Update) -> None:
        """Log what happened, be ready for the update again, and tell the user once that it will be done."""
        logger.warning("An update will be handled later: %s", exc, extra={"facts": {"update": update.update_id}})
        self._seen.remove(update.update_id)
        if update.update_id not in self._told:
            self._told.append(update.update_id)
            await self._tell(update, _words(update).will_do_it_later)

    def _is_me(self, name: str) -> bool:
        return self.username is not None and name.lower() == self.username.lower()

    def _is_mentioned(self, text: str) -> bool:
        return any(self._is_me(name) for name in re.findall(r"(?<!\w)@(\w+)", text))


async def register_commands(telegram: Telegram) -> None:
    """
    Put the commands into Telegram's menu, in every language; without a language it is English.

    Raises:
        CourierUnavailable, CallRefused: Telegram did not take it; the bot works without.
    """
    for language in (None, *CATALOGUES):
        menu = [BotCommand(name, getattr(texts(language), f"command_{name}")) for name in MENU]
        await telegram.set_my_commands(menu, language_code=language)


def _is_from_a_bot(message: botapi.Message) -> bool:
    """Say whether another bot speaks: two that answer each other never end."""
    return message.sender_chat is None and (message.from_user is None or message.from_user.is_bot)


def _can_be_done_later(exc: Exception, press: Press | None) -> bool:
    """Say whether to have the update again: not a press, which waits for seconds only, nor what may be answered."""
    is_maybe_answered = isinstance(exc, CourierUnavailable) and exc.maybe_done
    return isinstance(exc, Transient) and press is None and not is_maybe_answered


def _chat_of(update: Update) -> botapi.Chat | None:
    if update.message is not None:
        return update.message.chat
    if update.callback_query is not None and update.callback_query.message is not None:
        return update.callback_query.message.chat
    return update.my_chat_member.chat if update.my_chat_member else None


def _words(update: Update) -> Texts:
    """Return the sentences for whoever sent the update, when the state cannot be asked."""
    part = update.message or update.callback_query or update.my_chat_member
    return texts(part.from_user.language_code if part and part.from_user else None)


def _where(exc: Exception) -> str:
    """Return where it happened, for the log: files and lines, innermost last, none of the values."""
    frames = traceback.extract_tb(exc.__traceback__)[-4:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
