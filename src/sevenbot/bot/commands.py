"""
What the bot does when it is told to: /start, /register, /status, /deactivate, /help.

In groups everybody may ask for the status (the address is the group's, not somebody's own), but only administrators
may change anything.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sevenbot import alias
from sevenbot.bot.talk import Talk, may_change, say
from sevenbot.deliver.courier import Button
from sevenbot.deliver.rich import Line, Span, fill
from sevenbot.deliver.telegram import Telegram
from sevenbot.deliver.telegram_courier import Voice
from sevenbot.state.ledger import Ledger, Status
from sevenbot.state.users import User, Users, UserStatus
from sevenbot.texts.figures import ago

#: In the order of the menu.
MENU = ("register", "status", "deactivate", "help")

# Bot API, "Commands": up to 32 letters, digits and underscores; in groups "/command@bot_name" says who is meant.
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,32}))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was typed; `bot` is whom it names, if anybody."""

    name: str  # lower case, without "/"
    bot: str | None
    argument: str


def read_command(text: str) -> Command | None:
    """Return the command that *text* is, or None when it is none."""
    match = _COMMAND.fullmatch(text.strip())
    return match and Command(match[1].lower(), match[2], (match[3] or "").strip())


class Commands:
    """Carries out commands; who may is checked here, whether one is meant for us is not."""

    def __init__(
        self,
        *,
        telegram: Telegram,
        voice: Voice,
        users: Users,
        ledger: Ledger,
        domain: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._telegram = telegram
        self._voice = voice
        self._users = users
        self._ledger = ledger
        self._domain = domain
        self._clock = clock
        self._named: dict[str, Callable[[Talk, str], Awaitable[None]]] = {
            "start": self._start,
            "register": self._register,
            "status": self._status,
            "deactivate": self._deactivate,
            "help": self._help,
        }

    def knows(self, name: str) -> bool:
        """Say whether there is such a command."""
        return name in self._named

    async def run(self, command: Command, talk: Talk) -> None:
        """Carry out a command that `knows` knows, and answer."""
        await self._named[command.name](talk, command.argument)

    async def _start(self, talk: Talk, argument: str) -> None:
        words = talk.words
        if argument.lower() == "register" or (talk.user and talk.user.status is UserStatus.BLOCKED):
            await self._register(talk, "")
        elif talk.user is None:
            await self._say(talk, words.welcome if talk.chat.is_private else words.welcome_group)
        elif talk.user.status is UserStatus.PAUSED:
            await self._show_address(talk, talk.user, words.still_paused)
        else:
            await self._show_address(talk, talk.user, words.has_address)

    async def _register(self, talk: Talk, _: str) -> None:
        if not await may_change(self._telegram, talk):
            await self._say(talk, talk.words.only_administrators)
        elif talk.user is None:
            await self._create(talk)
        elif talk.user.status is UserStatus.ACTIVE:
            await self._show_address(talk, talk.user, talk.words.has_address)
        else:
            await self._resume(talk, talk.user)

    async def _create(self, talk: Talk) -> None:
        newcomer = alias.Newcomer(
            talk.chat.id,
            username=talk.chat.username,
            first_name=talk.chat.first_name,
            settings={"language": talk.language} if talk.language else {},
        )
        user, is_new = await alias.register(self._users, newcomer, self._domain, self._clock())
        words = talk.words
        if is_new:
            await self._show_address(talk, user, words.registered, words.try_it)
        else:
            await self._show_address(talk, user, words.has_address)

    async def _resume(self, talk: Talk, user: User) -> None:
        await self._users.set_status(user.chat_id, UserStatus.ACTIVE)
        await self._show_address(talk, user, talk.words.resumed)
        if user.status is UserStatus.BLOCKED:
            await self._offer_dead_letters(talk)

    async def _offer_dead_letters(self, talk: Talk) -> None:
        dead = [item async for item in self._ledger.find(statuses=[Status.DEAD], chat_id=talk.chat.id)]
        if dead:
            button = Button(talk.words.button_dead_letters, callback_data="d:all")
            await self._say(talk, talk.words.dead_letters.format(count=len(dead)), buttons=((button,),))

    async def _status(self, talk: Talk, _: str) -> None:
        words, user = talk.words, talk.user
        if user is None:
            await self._say(talk, words.not_registered)
            return
        state = {
            UserStatus.ACTIVE: words.status_active,
            UserStatus.PAUSED: words.status_paused,
            UserStatus.BLOCKED: words.status_blocked,
        }[user.status]
        lines = [words.mails_delivered.format(count=user.email_count)]
        if user.last_summary_time is not None:
            lines.append(words.last_mail.format(ago=ago(user.last_summary_time, self._clock(), words)))
        await self._show_address(talk, user, f"{{address}}\n\n{state}", *lines)

    async def _deactivate(self, talk: Talk, _: str) -> None:
        words, user = talk.words, talk.user
        if not await may_change(self._telegram, talk):
            await self._say(talk, words.only_administrators)
        elif user is None:
            await self._say(talk, words.not_registered)
        elif user.status is UserStatus.PAUSED:
            await self._say(talk, _with_address(words.still_paused, user))
        else:
            await self._users.set_status(user.chat_id, UserStatus.PAUSED)
            await self._say(talk, _with_address(words.paused, user))

    async def _help(self, talk: Talk, _: str) -> None:
        lines: list[Line | str] = [talk.words.help]
        if talk.user is not None:
            local, _, domain = talk.user.email_address.partition("@")
            example = Span(f"{local}+shop@{domain}", "code")
            lines += ["", fill(talk.words.help_subaddress, example=example)]
        await self._say(talk, *lines)

    async def _show_address(self, talk: Talk, user: User, template: str, *more: str) -> None:
        """Say *template* with the address, tappable and with a button that copies it."""
        button = Button(f"📋 {talk.words.button_copy_address}", copy_text=user.email_address)
        lines = ("", *more) if more else ()
        await self._say(talk, _with_address(template, user), *lines, buttons=((button,),))

    async def _say(self, talk: Talk, *lines: Line | str, buttons: tuple[tuple[Button, ...], ...] = ()) -> None:
        await say(self._voice, talk.chat.id, *lines, buttons=buttons, reply=talk.reply)


def _with_address(template: str, user: User) -> Line:
    return fill(template, address=Span(user.email_address, "code"))
