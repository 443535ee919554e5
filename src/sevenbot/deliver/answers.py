"""
What Telegram's answers mean: the one table from an answer to an error of ours. Pure.

    {"ok": true, "result": {...}}
    {"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 14",
     "parameters": {"retry_after": 14}}

The Bot API says that descriptions are for people and may change; only the codes and `parameters` are a contract. So a
403 means "put out" whatever its words, and words decide only between the many meanings of a 400. The words are those
of the server's source (github.com/tdlib/telegram-bot-api, Client.cpp, read 2026-11).

Anything that isn't such an object came from something in between (a gateway, a captive portal): it says nothing about
the chat, so it never makes a chat gone or a mail dead.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TypeVar

import msgspec

from sevenbot.deliver.botapi import ResponseParameters
from sevenbot.errors import (
    CallRefused,
    ChatGone,
    ChatMoved,
    CourierUnavailable,
    SevenBotError,
    TokenUnknown,
    UpdatesTaken,
)

Value = TypeVar("Value")

#: Longer than Telegram ever told anybody to wait, short enough for date arithmetic.
_LONGEST_WAIT = timedelta(days=365)

#: What a 429 waits when nobody said how long.
_UNTOLD_WAIT = timedelta(seconds=5)

#: 400s that mean: this chat is not there (any more).
_CHAT_NOT_THERE = (
    "chat not found",
    "group chat was deactivated",
    "group chat was deleted",
    "group chat was upgraded",  # without the new id, which would make it a ChatMoved
    "peer_id_invalid",
    "chat_id_invalid",
    "channel_invalid",
    "chat id is empty",
)

#: 400s that mean: the chat is there and does not let the bot write.
_CHAT_PUT_US_OUT = (
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_restricted",
    "channel_private",
    "topic_closed",
    "no rights to send a message",
    "not enough rights to send text",  # a chat that takes text but no files is not lost
    "need administrator rights",
    "user_is_blocked",
    "input_user_deactivated",
)

#: 5xx descriptions after which the call may have been carried out: the server shut down under it.
_CUT_SHORT = ("restart", "abort")


class Answer(msgspec.Struct, frozen=True):
    """A Bot API answer; `error_code` is 0 when it did not tell."""

    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")
    error_code: int = 0
    description: str = ""
    parameters: ResponseParameters = ResponseParameters()


class _Wire(msgspec.Struct):
    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")
    error_code: msgspec.Raw = msgspec.Raw(b"0")
    description: msgspec.Raw = msgspec.Raw(b'""')
    parameters: msgspec.Raw = msgspec.Raw(b"{}")


def read_answer(body: bytes) -> Answer | None:
    """Return the answer in *body*, or None when it isn't one; a field that cannot be read counts as left out."""
    try:
        wire = msgspec.json.decode(body, type=_Wire)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Answer(
        wire.ok,
        wire.result,
        _read(wire.error_code, 0),
        _read(wire.description, ""),
        _read(wire.parameters, ResponseParameters()),
    )


def refusal(method: str, answer: Answer, status: int, *, names_chat: bool) -> SevenBotError:
    """
    Return the error that an `ok: false` answer to *method* means.

    Args:
        status: The HTTP status, for answers without an `error_code`.
        names_chat: Whether the call was about a chat; if not, none can be gone.
    """
    code = answer.error_code or status
    reason = f"{method}: {code} {without_content(answer.description)}".strip()
    words = answer.description.lower()
    if answer.parameters.migrate_to_chat_id:
        return ChatMoved(reason, new_chat_id=answer.parameters.migrate_to_chat_id)
    match code:
        case 429:
            return CourierUnavailable(reason, retry_after=_told_wait(answer))
        case 401 | 404:
            # A wrong token is the operator's to mend; until then no mail may die of it.
            return TokenUnknown(f"{reason}: Telegram does not know the bot token, check TELEGRAM_BOT_TOKEN")
        case 409:
            return UpdatesTaken(f"{reason}: another process fetches this bot's updates, or a webhook is set")
        case 403 if names_chat:
            return ChatGone(reason, blocked=True)
        case 400 if names_chat and any(text in words for text in _CHAT_NOT_THERE):
            return ChatGone(reason, blocked=False)
        case 400 if names_chat and any(text in words for text in _CHAT_PUT_US_OUT):
            return ChatGone(reason, blocked=True)
        case 504:
            return CourierUnavailable(reason, maybe_done=True)
        case code if code >= 500 or code < 400:
            return CourierUnavailable(reason, maybe_done=any(text in words for text in _CUT_SHORT))
    return CallRefused(reason, code=code)


def stray(method: str, status: int, retry_after: str | None) -> SevenBotError:
    """
    Return the error that an HTTP answer to *method* from something other than a Bot API server means.

    Args:
        retry_after: The header of that name (RFC 9110 §10.2.3), of which only seconds are understood.
    """
    reason = f"{method}: {status}, and not from a Bot API server"
    if status == 429:
        seconds = float(retry_after) if retry_after and re.fullmatch(r"\d{1,9}", retry_after) else None
        return CourierUnavailable(reason, retry_after=_bounded(seconds))
    if status == 413:
        return CallRefused(f"{method}: {status} too large", code=status)
    if 300 <= status < 500:
        return CourierUnavailable(f"{reason}: check SEVENBOT_TELEGRAM_API_URL")
    # 2xx or 5xx: the call may well have reached Telegram behind it.
    return CourierUnavailable(reason, maybe_done=True)


def without_content(description: str) -> str:
    """
    Return *description* fit for logs and the ledger: what it quotes of a message is left out.

    Telegram quotes tags and addresses: `unsupported start tag "x" at byte offset 5`, `inline keyboard button URL 'x'
    is invalid`.
    """
    quoted = re.sub(r"\"[\s\S]*\"|(?<=\s)'[\s\S]*'|(?<=specified: )[\s\S]*", "…", description)
    return " ".join("".join(char if char.isprintable() else " " for char in quoted[:300]).split())


def _read(raw: msgspec.Raw, default: Value) -> Value:
    try:
        return msgspec.json.decode(raw, type=type(default), strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return default


def _told_wait(answer: Answer) -> timedelta:
    seconds = answer.parameters.retry_after
    if seconds is None and (told := re.search(r"retry after (\d{1,9})", answer.description)):
        seconds = float(told[1])
    return _bounded(seconds)


def _bounded(seconds: float | None) -> timedelta:
    if seconds is None or seconds != seconds:  # noqa: PLR0124 - NaN is not itself
        return _UNTOLD_WAIT
    return timedelta(seconds=min(max(seconds, 0.0), _LONGEST_WAIT.total_seconds()))
