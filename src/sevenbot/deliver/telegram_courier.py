"""
Messages on their way to Telegram: `TelegramCourier` brings summaries, `Voice` speaks the bot's own answers.

Both wait in the same line (`pacing.py`), and both tell it of every 429.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from sevenbot.deliver.botapi import (
    NO_PREVIEW,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
    SentMessage,
)
from sevenbot.deliver.courier import (
    Button,
    ChatMessage,
    Failed,
    Gone,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unknown,
    Wait,
)
from sevenbot.deliver.pacing import Pacer
from sevenbot.deliver.rich import shorten
from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CallRefused, ChatGone, ChatMoved, CourierUnavailable

CAUTIOUS_TEXT_UNITS = 3900
"""What is tried once Telegram said that a text was too long."""

ANSWER_PATIENCE = timedelta(seconds=60)
"""How long an answer waits for its turn or after a 429; whoever asked has given up by then."""

ANSWER_TRIES = 3


@dataclass(frozen=True, slots=True)
class Form:
    """How a message is sent; each refusal leads to a plainer form."""

    html: bool = True
    shortened: bool = False
    buttons: str = "all"  # "all", "ours" (without what came from the mail) or "none"

    def plainer(self, refusal: str) -> Form | None:
        """
        Return the form to try after *refusal*, or None when there is none left.

        The words decide what is given up; words that aren't known, or asked for what is given up already, cost
        everything but the text itself.
        """
        words = refusal.lower()
        form = self
        if any(part in words for part in ("button", "keyboard", "markup", "copy_text")):
            form = replace(self, buttons="ours" if self.buttons == "all" else "none")
        elif "too long" in words or "too_long" in words:
            form = replace(self, html=False, shortened=True)
        elif "parse" in words or "entit" in words:
            form = replace(self, html=False)
        if form == self:
            form = replace(self, html=False, buttons="none")
        return form if form != self else None


class TelegramCourier:
    """The courier of the summaries."""

    def __init__(self, telegram: Telegram, pacer: Pacer) -> None:
        self._telegram = telegram
        self._pacer = pacer

    async def turn(self, chat_id: int, patience: timedelta) -> Wait | None:
        """Wait for the chat's turn under the pacing rules: None once it has come, Wait when it is beyond *patience*."""
        seconds = await self._pacer.turn(chat_id, urgent=False, patience=patience.total_seconds())
        return None if seconds is None else Wait(timedelta(seconds=seconds), by_pacing=True)

    def ready_in(self, chat_id: int) -> float:
        """Return the seconds until this chat's next turn could come (0: now)."""
        return self._pacer.ready_in(chat_id)

    async def deliver(self, chat_id: int, message: ChatMessage) -> Outcome:
        """
        Send one message now, after `turn`, and say what happened.

        What Telegram refuses in it (its HTML, its length, a button) is left out and the rest sent, since the words
        matter more than their form.
        """
        form: Form | None = Form()
        while form:
            try:
                self._pacer.depart(chat_id)
                return Sent((await self._send(chat_id, message, form)).message_id)
            except CallRefused as exc:
                form = form.plainer(str(exc)) if exc.code == 400 else None
                refusal = Refused(str(exc))
            except (CourierUnavailable, ChatGone, ChatMoved) as exc:
                return self._outcome(chat_id, exc)
        return refusal

    async def _send(self, chat_id: int, message: ChatMessage, form: Form) -> SentMessage:
        text = message.html if form.html else message.plain
        return await self._telegram.send_message(
            chat_id,
            shorten(text, CAUTIOUS_TEXT_UNITS) if form.shortened else text,
            parse_mode="HTML" if form.html else None,
            reply_markup=keyboard(message.buttons, only_ours=form.buttons == "ours")
            if form.buttons != "none"
            else None,
            link_preview_options=NO_PREVIEW,
        )

    def _outcome(self, chat_id: int, exc: CourierUnavailable | ChatGone | ChatMoved) -> Outcome:
        match exc:
            case ChatMoved():
                return Moved(exc.new_chat_id)
            case ChatGone():
                return Gone(str(exc), exc.blocked)
            case CourierUnavailable(retry_after=timedelta() as retry_after):
                self._pacer.hold(chat_id, retry_after.total_seconds())
                return Wait(retry_after)
            case CourierUnavailable(maybe_done=True):
                return Unknown(str(exc))
        return Failed(str(exc))


class Voice:
    """
    The bot's own words, paced: urgent, in the same line as the summaries, and through a 429 as told.

    Raises what `Telegram` raises; CourierUnavailable also when the turn or the wait told is beyond ANSWER_PATIENCE.
    """

    def __init__(self, telegram: Telegram, pacer: Pacer) -> None:
        self._telegram = telegram
        self._pacer = pacer

    async def send_message(
        self,
        chat_id: int,
        text: str,
        *,
        parse_mode: str | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
        reply_parameters: ReplyParameters | None = None,
    ) -> SentMessage:
        """Send a text without link preview, see `Telegram.send_message`."""

        async def send() -> SentMessage:
            return await self._telegram.send_message(
                chat_id,
                text,
                parse_mode=parse_mode,
                reply_markup=reply_markup,
                reply_parameters=reply_parameters,
                link_preview_options=NO_PREVIEW,
            )

        return await self._through(chat_id, send)

    async def send_document(
        self,
        chat_id: int,
        filename: str,
        content: bytes,
        *,
        caption: str | None = None,
        reply_parameters: ReplyParameters | None = None,
    ) -> SentMessage:
        """Send a file, see `Telegram.send_document`."""

        async def send() -> SentMessage:
            return await self._telegram.send_document(
                chat_id, filename, content, caption=caption, reply_parameters=reply_parameters
            )

        return await self._through(chat_id, send)

    async def _through(self, chat_id: int, send: Callable[[], Awaitable[SentMessage]]) -> SentMessage:
        """Wait for the turn and send; after a 429 again, as often as ANSWER_TRIES allows."""
        for tries_left in reversed(range(ANSWER_TRIES)):
            seconds = await self._pacer.turn(chat_id, urgent=True, patience=ANSWER_PATIENCE.total_seconds())
            if seconds is not None:
                raise CourierUnavailable("no turn within patience", retry_after=timedelta(seconds=seconds))
            self._pacer.depart(chat_id)
            try:
                return await send()
            except CourierUnavailable as exc:
                if exc.retry_after is None:
                    raise
                self._pacer.hold(chat_id, exc.retry_after.total_seconds())
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")


def keyboard(buttons: tuple[tuple[Button, ...], ...], *, only_ours: bool = False) -> InlineKeyboardMarkup | None:
    """
    Return *buttons* as Telegram takes them, None when there are none.

    Args:
        only_ours: Leave out buttons that carry something of the mail (a code, a link).
    """
    rows = tuple(
        kept
        for row in buttons
        if (kept := tuple(_key(button) for button in row if button.callback_data or not only_ours))
    )
    return InlineKeyboardMarkup(rows) if rows else None


def _key(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=button.text,
        callback_data=button.callback_data,
        url=button.url,
        copy_text=CopyTextButton(button.copy_text) if button.copy_text else None,
    )
