"""
A thin typed client of the Telegram Bot API (https://core.telegram.org/bots/api): one method here per method there.

It translates arguments, calls, and translates answers (`answers.py`) and network errors; it decides nothing and waits
for no turn (`pacing.py` does). Every method raises:

    CourierUnavailable   not taken for now: 429 (with `retry_after`), 5xx, no network, a token Telegram doesn't know;
                         `maybe_done` when the request may have left and no answer came
    ChatGone, ChatMoved  about the chat of the call
    CallRefused          Telegram refuses the call as it stands

No text of an error holds the token, the address called, or a word of a message.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
import msgspec

from sevenbot.config import Secret
from sevenbot.deliver import botapi
from sevenbot.deliver.answers import read_answer, refusal, stray
from sevenbot.deliver.botapi import (
    ALLOWED_UPDATES,
    BotCommand,
    BotCommandScope,
    ChatMember,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    SentMessage,
    Update,
    User,
    WebhookInfo,
)
from sevenbot.deliver.filename import safe_filename
from sevenbot.errors import CourierUnavailable, TokenUnknown

logger = logging.getLogger(__name__)

Shape = TypeVar("Shape")
_Body = dict[str, Any]  # the body as arguments of aiohttp's `post`

#: A hundred updates (the most getUpdates gives) of the largest kind stay far below.
MAX_ANSWER_BYTES = 16 * 1024 * 1024

#: What bots may send as one file (core.telegram.org/bots/api#senddocument: 50 MB).
MAX_FILE_BYTES = 50_000_000

#: An upload gets this much more time for every second the slowest line we care for needs.
_SLOWEST_UPLOAD_BYTES_A_SECOND = 256 * 1024


class Telegram:
    """
    The Bot API of one bot.

    Args:
        session: The caller opens and closes it.
        base_url: Without a slash at the end: `https://api.telegram.org`.
        timeout: For one call, from asking for a connection to the last byte of the answer.
    """

    def __init__(self, session: aiohttp.ClientSession, *, base_url: str, token: Secret, timeout: timedelta) -> None:
        self._session = session
        self._base_url = base_url
        self._token = token
        self._timeout = timeout

    # the bot itself

    async def get_me(self) -> User:
        """Return the bot's own user."""
        return await self._ask("getMe", {}, User)

    async def set_my_commands(
        self,
        commands: Sequence[BotCommand],
        *,
        scope: BotCommandScope | None = None,
        language_code: str | None = None,
    ) -> None:
        """Set the command menu, for one two-letter language or, without it, for all that have none of their own."""
        await self._call("setMyCommands", {"commands": commands, "scope": scope, "language_code": language_code})

    # updates

    async def get_updates(self, offset: int | None, timeout: timedelta) -> list[Update]:  # noqa: ASYNC109 - Telegram's own parameter
        """
        Wait up to *timeout* (whole seconds) for updates; asking from *offset* on confirms all earlier ones.

        Updates that cannot be read come with their number alone, see `botapi.read_update`.
        """
        fields = {"offset": offset, "timeout": int(timeout.total_seconds()), "allowed_updates": ALLOWED_UPDATES}
        raws = await self._ask("getUpdates", fields, list[msgspec.Raw], extra=timeout)
        try:
            return [botapi.read_update(raw) for raw in raws]
        except ValueError:
            raise CourierUnavailable("getUpdates: an update without a number") from None

    async def set_webhook(self, url: str, secret_token: Secret, *, max_connections: int | None = None) -> None:
        """Have Telegram post updates to *url*, with *secret_token* in X-Telegram-Bot-Api-Secret-Token."""
        fields = {
            "url": url,
            "secret_token": secret_token.reveal(),
            "max_connections": max_connections,
            "allowed_updates": ALLOWED_UPDATES,
        }
        await self._call("setWebhook", fields)

    async def delete_webhook(self) -> None:
        """Go back to getUpdates; waiting updates are kept."""
        await self._call("deleteWebhook", {})

    async def get_webhook_info(self) -> WebhookInfo:
        """Return how the webhook is doing."""
        return await self._ask("getWebhookInfo", {}, WebhookInfo)

    # messages

    async def send_message(
        self,
        chat_id: int,
        text: str,
        *,
        parse_mode: str | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
        reply_parameters: ReplyParameters | None = None,
        link_preview_options: LinkPreviewOptions | None = None,
        disable_notification: bool | None = None,
    ) -> SentMessage:
        """Send *text*: 1 to 4,096 UTF-16 units once entities are parsed; *parse_mode* is "HTML" or None for plain."""
        fields = {
            "chat_id": chat_id,
            "text": text,
            "parse_mode": parse_mode,
            "reply_markup": reply_markup,
            "reply_parameters": reply_parameters,
            "link_preview_options": link_preview_options,
            "disable_notification": disable_notification,
        }
        return _sent(await self._call("sendMessage", fields))

    async def send_document(
        self,
        chat_id: int,
        filename: str,
        content: bytes,
        *,
        caption: str | None = None,
        parse_mode: str | None = None,
        reply_markup: InlineKeyboardMarkup | None = None,
        reply_parameters: ReplyParameters | None = None,
        disable_notification: bool | None = None,
    ) -> SentMessage:
        """
        Send a file of up to MAX_FILE_BYTES as it is; the time allowed grows with its size.

        Args:
            filename: Whatever a stranger called it; what could mislead or break is taken out.
            caption: Up to 1,024 UTF-16 units once entities are parsed.
        """
        fields = {
            "chat_id": chat_id,
            "caption": caption,
            "parse_mode": parse_mode,
            "reply_markup": reply_markup,
            "reply_parameters": reply_parameters,
            "disable_notification": disable_notification,
            # The sender's file is passed on, not made into a video or an animation.
            "disable_content_type_detection": True,
        }
        slowness = timedelta(seconds=len(content) / _SLOWEST_UPLOAD_BYTES_A_SECOND)
        return _sent(await self._call("sendDocument", fields, extra=slowness, document=(filename, content)))

    async def answer_callback_query(
        self, callback_query_id: str, text: str | None = None, *, show_alert: bool | None = None
    ) -> None:
        """End the button's waiting state; *text* (up to 200 characters) is shown at the top or as an alert."""
        fields = {"callback_query_id": callback_query_id, "text": text, "show_alert": show_alert}
        await self._call("answerCallbackQuery", fields)

    # chats

    async def get_chat_member(self, chat_id: int, user_id: int) -> ChatMember:
        """Return somebody's standing in a chat."""
        return await self._ask("getChatMember", {"chat_id": chat_id, "user_id": user_id}, ChatMember)

    # the wire

    async def _ask(
        self, method: str, fields: dict[str, Any], shape: type[Shape], *, extra: timedelta = timedelta()
    ) -> Shape:
        result = await self._call(method, fields, extra=extra)
        try:
            return msgspec.json.decode(result, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise CourierUnavailable(f"{method}: an answer of an unexpected shape") from None

    async def _call(
        self,
        method: str,
        fields: dict[str, Any],
        *,
        extra: timedelta = timedelta(),
        document: tuple[str, bytes] | None = None,
    ) -> msgspec.Raw:
        """Call *method* and return its result; fields that are None are left out."""
        fields = {name: value for name, value in fields.items() if value is not None}
        body = _json_body(fields) if document is None else _multipart_body(fields, *document)
        status, retry_after, answer_bytes = await self._post(method, body, self._timeout + extra)
        # Whatever a server repeats of the address called, the token in it goes no further.
        answer = read_answer(answer_bytes.replace(self._token.reveal().encode(), b"****"))
        if answer is not None and answer.ok:
            return answer.result
        if answer is None:
            raise stray(method, status, retry_after)
        error = refusal(method, answer, status, names_chat="chat_id" in fields)
        if isinstance(error, TokenUnknown) and method != "getMe":  # who asks that is about to tell
            logger.error("%s", error)  # every call will fail until somebody acts
        raise error

    async def _post(self, method: str, body: _Body, patience: timedelta) -> tuple[int, str | None, bytes]:
        """Return status, Retry-After and body of the answer; the translation of network errors is here."""
        url = f"{self._base_url}/bot{self._token.reveal()}/{method}"
        seconds = patience.total_seconds()
        # Connecting ends first, so that a call that never left is known as such.
        limits = aiohttp.ClientTimeout(total=seconds, connect=self._timeout.total_seconds() * 2 / 3)
        try:
            async with self._session.post(url, timeout=limits, allow_redirects=False, **body) as response:
                return response.status, response.headers.get("Retry-After"), await _bounded_read(response)
        except _NEVER_LEFT as exc:
            failure = CourierUnavailable(f"{method}: no connection ({type(exc).__name__})")
        except (aiohttp.ClientError, OSError, ValueError) as exc:
            failure = CourierUnavailable(f"{method}: no answer ({type(exc).__name__})", maybe_done=True)
        # Raised out here, not chained: the library's errors hold the URL, and with it the token.
        raise failure


#: What aiohttp raises before the first byte of a request is written.
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,  # refused, no such host, TLS, proxy
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)


async def _bounded_read(response: aiohttp.ClientResponse) -> bytes:
    """Return the whole body; raise ValueError when it is larger than any honest answer."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise ValueError("an endless answer")
    return bytes(body)


def _json_body(fields: dict[str, Any]) -> _Body:
    return {"data": botapi.encode(fields), "headers": {"Content-Type": "application/json"}}


def _multipart_body(fields: dict[str, Any], filename: str, content: bytes) -> _Body:
    """Return the form: strings as they are, everything else as JSON, and the file as raw UTF-8 name and bytes."""
    form = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        text = value.encode("utf-8", "replace") if isinstance(value, str) else botapi.encode(value)
        form.add_field(name, text.decode())
    form.add_field(
        "document", io.BytesIO(content), filename=safe_filename(filename), content_type="application/octet-stream"
    )
    return {"data": form}


def _sent(result: msgspec.Raw) -> SentMessage:
    """Read the new message's id; an `ok` of another shape is still sent, and repeating it would double it."""
    try:
        return msgspec.json.decode(result, type=SentMessage)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return SentMessage()
