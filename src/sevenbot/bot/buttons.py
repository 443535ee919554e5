"""
What the buttons under a summary do.

Their data is "<letter>:<message_id>":

    t:5f0c...   the whole text          a:5f0c...   the attachments
    r:5f0c...   the raw mail            d:all       this chat's dead letters, sent again

Data can be forged by a modified client, so it is only a question: a mail is given to nobody but the chat it came to.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from sevenbot.bot.files import attachment_name, clean_name
from sevenbot.bot.press import Press
from sevenbot.bot.talk import Talk, may_change, say
from sevenbot.deliver.clean import isolate, lines_kept, one_line
from sevenbot.deliver.courier import Button
from sevenbot.deliver.rich import MESSAGE_UNITS, Span, line, shorten, split_text
from sevenbot.deliver.rows import shown_attachments
from sevenbot.deliver.telegram import MAX_FILE_BYTES, Telegram
from sevenbot.deliver.telegram_courier import Voice
from sevenbot.errors import CallRefused, RawGone
from sevenbot.parse.message import Attachment, Message
from sevenbot.spool.store import Store
from sevenbot.state.ledger import Item, Ledger, Status
from sevenbot.texts import Texts
from sevenbot.texts.figures import size

#: A text that needs more messages than this comes as a file: nobody scrolls further.
MAX_TEXT_MESSAGES = 5

#: More attachments than this are named by their number; the original has them all.
MAX_ATTACHMENTS = 30

#: Mails from this size on are taken into memory only so many at a time.
BIG_MAIL_BYTES = 1024 * 1024
BIG_MAILS_AT_ONCE = 4

_TITLE_UNITS = 100
_HEADER_UNITS = _TITLE_UNITS + 20  # the line above each part of a text: "📄 title (5/5)"
_DATA = re.compile(r"([tard]):([0-9A-Za-z_-]{1,60})(?::\d{1,4})?")


class Buttons:
    """Answers presses; one chat's same button once at a time."""

    def __init__(
        self,
        *,
        telegram: Telegram,
        voice: Voice,
        ledger: Ledger,
        store: Store,
        offer_again: Callable[[str], Awaitable[None]],
    ) -> None:
        self._telegram = telegram
        self._voice = voice
        self._ledger = ledger
        self._store = store
        self._offer_again = offer_again
        self._under_way: set[tuple[int, str]] = set()
        self._big_mails = asyncio.Semaphore(BIG_MAILS_AT_ONCE)

    async def pressed(self, data: str, talk: Talk, press: Press) -> None:
        """Do what the button says; *press* is answered as soon as it is known what that will be."""
        match = _DATA.fullmatch(data)
        if match is None:
            await press.answer(talk.words.not_found)
            return
        work = (talk.chat.id, match[0])
        if work in self._under_way:
            await press.answer(talk.words.in_progress)
            return
        self._under_way.add(work)
        try:
            await self._carry_out(match[1], match[2], talk, press)
        finally:
            self._under_way.discard(work)

    async def _carry_out(self, letter: str, message_id: str, talk: Talk, press: Press) -> None:
        if letter == "d":
            await self._send_dead_letters(talk, press)
            return
        item = await self._ledger.get(message_id)
        if item is not None and item.chat_id != talk.chat.id:
            await press.answer(talk.words.not_found)
            return
        if item is None:
            await press.answer(talk.words.mail_gone)
        elif item.size_bytes < BIG_MAIL_BYTES:
            await self._bring(letter, item, talk, press)
        else:
            if self._big_mails.locked():
                await press.answer(talk.words.coming)
            async with self._big_mails:
                await self._bring(letter, item, talk, press)

    async def _bring(self, letter: str, item: Item, talk: Talk, press: Press) -> None:
        try:
            raw = await self._store.get(item.raw_key)
        except RawGone:
            await self._tell(talk.words.mail_gone, talk, press)
            return
        match letter:
            case "t":
                await self._send_text(raw, talk, press)
            case "a":
                await self._send_attachments(raw, item, talk, press)
            case _:
                await press.answer(talk.words.coming)
                await self._send_file(f"mail-{item.message_id[:8]}.eml", raw, talk)

    async def _tell(self, sentence: str, talk: Talk, press: Press) -> None:
        """Answer the press, or say it in the chat when it was answered while it waited."""
        if press.is_answered:
            await say(self._voice, talk.chat.id, sentence, reply=talk.reply)
        else:
            await press.answer(sentence)

    async def _send_text(self, raw: bytes, talk: Talk, press: Press) -> None:
        message = await asyncio.to_thread(_read, raw)
        parts = await asyncio.to_thread(text_parts, message.text)
        if not parts:
            await self._tell(talk.words.no_text, talk, press)
            return
        await press.answer()
        if len(parts) > MAX_TEXT_MESSAGES:
            name = clean_name(message.subject) or "mail"
            await self._send_file(f"{name}.txt", message.text.encode("utf-8", "replace"), talk)
            return
        for number, part in enumerate(parts, start=1):
            # Our own line comes first, so that no text of a stranger begins a message.
            count = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
            header = line("📄 ", _title(message, talk.words), count)
            await say(self._voice, talk.chat.id, header, "", part, reply=talk.reply)

    async def _send_attachments(self, raw: bytes, item: Item, talk: Talk, press: Press) -> None:
        found = await asyncio.to_thread(_attachments, raw)
        shown = [found[place] for place in shown_attachments(attachment for attachment, _ in found)]
        if not shown:
            await self._tell(talk.words.no_attachments, talk, press)
            return
        await press.answer(talk.words.coming)
        for number, (attachment, content) in enumerate(shown[:MAX_ATTACHMENTS], start=1):
            name = attachment_name(attachment.filename, attachment.content_type, number)
            await self._send_file(name, content, talk)
        if len(shown) > MAX_ATTACHMENTS:
            more = talk.words.more.format(count=len(shown) - MAX_ATTACHMENTS)
            original = Button(f"✉️ {talk.words.button_raw}", callback_data=f"r:{item.message_id}")
            await say(self._voice, talk.chat.id, f"📎 {more}", buttons=((original,),), reply=talk.reply)

    async def _send_file(self, name: str, content: bytes, talk: Talk) -> None:
        """Send a file, or name it when Telegram takes none so large (or empty)."""
        words = talk.words
        shown_size = size(len(content), words)
        if not content:
            await say(self._voice, talk.chat.id, f"📎 {isolate(name)} ({shown_size})", reply=talk.reply)
            return
        try:
            if len(content) <= MAX_FILE_BYTES:
                await self._voice.send_document(talk.chat.id, name, content, reply_parameters=talk.reply)
                return
        except CallRefused as exc:
            if exc.code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:  # a Bot API server with a limit of its own
                raise
        limit = size(MAX_FILE_BYTES, words)
        sentence = words.too_large.format(name=isolate(name), size=shown_size, limit=limit)
        await say(self._voice, talk.chat.id, f"📎 {sentence}", reply=talk.reply)

    async def _send_dead_letters(self, talk: Talk, press: Press) -> None:
        if not await may_change(self._telegram, talk):
            await press.answer(talk.words.only_administrators)
            return
        dead = [item async for item in self._ledger.find(statuses=[Status.DEAD], chat_id=talk.chat.id)]
        if not dead:
            await press.answer(talk.words.no_dead_letters)
            return
        await press.answer(talk.words.dead_letters_coming.format(count=len(dead)))
        for letter in reversed(dead):  # oldest first, as they came
            await self._offer_again(letter.message_id)


def text_parts(text: str) -> list[str]:
    """Return the text in pieces that fit a message; it stops once there are more than anyone would be sent."""
    room = MESSAGE_UNITS - _HEADER_UNITS
    # Cleaned again: what stood inside a word may begin a piece.
    return [lines_kept(piece) for piece in split_text(lines_kept(text), room, most=MAX_TEXT_MESSAGES + 1)]


def _read(raw: bytes) -> Message:
    from sevenbot.parse.mail import parse  # noqa: PLC0415 - only some presses read a mail; all wait for the import

    return parse(raw)


def _attachments(raw: bytes) -> list[tuple[Attachment, bytes]]:
    from sevenbot.parse.mail import attachments  # noqa: PLC0415 - see _read

    return attachments(raw)


def _title(message: Message, words: Texts) -> Span:
    return Span(shorten(one_line(message.subject), _TITLE_UNITS) or words.no_subject, "b")
