from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import aiohttp
import pytest

from sevenbot.config import Secret
from sevenbot.deliver.botapi import ChatMember, Update, User, WebhookInfo
from sevenbot.deliver.telegram import MAX_ANSWER_BYTES, Telegram
from sevenbot.errors import CallRefused, ChatGone, CourierUnavailable, SevenBotError
from tests.deliver.peer import (
    TOKEN,
    Answer,
    endless,
    gibberish,
    half_an_answer,
    hang_up,
    in_turn,
    ok,
    peer,
    raw,
    refused,
    reset,
    silence,
    telegram_at,
)

SHORT = timedelta(seconds=0.3)


async def failure_of(answer: Answer, *, timeout: timedelta = timedelta(seconds=5)) -> SevenBotError:
    """Return how sending fails when the server answers so."""
    async with peer(answer) as server, telegram_at(server.url, timeout=timeout) as telegram:
        with pytest.raises(SevenBotError) as caught:
            await telegram.send_message(42, "words of a mail")
    return caught.value


# what is sent


async def test_call_is_json_with_only_what_was_given() -> None:
    async with peer(ok({"message_id": 7})) as server, telegram_at(server.url) as telegram:
        sent = await telegram.send_message(42, "Привет & <b>hi</b>", parse_mode="HTML")

    (call,) = server.calls
    assert sent.message_id == 7
    assert call.path == f"/bot{TOKEN}/sendMessage"
    assert call.headers["content-type"] == "application/json"
    assert call.fields == {"chat_id": 42, "text": "Привет & <b>hi</b>", "parse_mode": "HTML"}


async def test_lone_surrogate_is_sent_as_a_question_mark() -> None:
    async with peer(ok({"message_id": 7})) as server, telegram_at(server.url) as telegram:
        await telegram.send_message(42, "a\udc00b")

    assert server.calls[0].fields["text"] == "a?b"


async def test_document_goes_as_a_form_with_its_bytes_untouched() -> None:
    content = bytes(range(256)) * 500 + b"\r\n--boundary"

    async with peer(ok({"message_id": 8})) as server, telegram_at(server.url) as telegram:
        sent = await telegram.send_document(-5, "счёт.pdf", content, caption="one\udc00 <&")

    (call,) = server.calls
    form: Any = message_from_bytes(b"Content-Type: " + call.headers["content-type"].encode() + b"\r\n\r\n" + call.body)
    parts: dict[str, Any] = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in form.get_payload()
    }
    assert sent.message_id == 8
    assert parts["document"] == content
    assert (parts["chat_id"], parts["caption"]) == (b"-5", b"one? <&")
    assert 'filename="счёт.pdf"'.encode() in call.body


async def test_hostile_filename_cannot_add_a_field() -> None:
    async with peer(ok({"message_id": 8})) as server, telegram_at(server.url) as telegram:
        await telegram.send_document(5, 'a"\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n666', b"x")

    form = server.calls[0].body
    assert form.count(b"\r\nContent-Disposition: ") == 3  # chat_id, disable_content_type_detection, document
    assert b'filename="a___Content-Disposition_ form-data_ name=_chat_id_____666"' in form


async def test_secret_of_the_webhook_is_told_to_telegram() -> None:
    async with peer(ok(True)) as server, telegram_at(server.url) as telegram:
        await telegram.set_webhook("https://example.org/telegram/webhook", Secret("s3cret"))

    assert server.calls[0].fields == {
        "url": "https://example.org/telegram/webhook",
        "secret_token": "s3cret",
        "allowed_updates": ["message", "callback_query", "my_chat_member"],
    }


# what comes back


@pytest.mark.parametrize("result", [True, None, [], {}, {"message_id": "x"}, "sent", 5], ids=repr)
async def test_ok_with_an_unexpected_result_still_counts_as_sent(result: object) -> None:
    async with peer(ok(result)) as server, telegram_at(server.url) as telegram:
        sent = await telegram.send_message(42, "x")

    assert sent.message_id == 0


async def test_content_type_of_an_answer_does_not_matter() -> None:
    answer = raw(200, b'{"ok":true,"result":{"message_id":7}}', "text/html; charset=koi8-r")

    async with peer(answer) as server, telegram_at(server.url) as telegram:
        assert (await telegram.send_message(42, "x")).message_id == 7


async def test_answers_of_a_minimal_server_are_enough() -> None:
    answers = in_turn(ok({"id": 1}), ok({}), ok({"status": "creator"}), ok([{"update_id": 3}]))

    async with peer(answers) as server, telegram_at(server.url) as telegram:
        assert await telegram.get_me() == User(1)
        assert await telegram.get_webhook_info() == WebhookInfo()
        assert await telegram.get_chat_member(-5, 1) == ChatMember("creator")
        assert await telegram.get_updates(None, timedelta()) == [Update(3)]


async def test_unreadable_update_comes_with_its_number_alone() -> None:
    updates = [
        {"update_id": 3, "message": "not an object"},
        {"update_id": 4, "message": {"message_id": 1, "chat": {"id": 5}}},
    ]

    async with peer(ok(updates)) as server, telegram_at(server.url) as telegram:
        odd, good = await telegram.get_updates(3, timedelta(seconds=50))

    assert odd == Update(3)
    assert good.message is not None
    assert server.calls[0].fields["timeout"] == 50


@pytest.mark.parametrize("result", [{}, [{"no": "number"}], [7], "x"], ids=repr)
async def test_updates_of_an_odd_shape_are_no_updates(result: object) -> None:
    async with peer(ok(result)) as server, telegram_at(server.url) as telegram:
        with pytest.raises(CourierUnavailable, match="getUpdates"):
            await telegram.get_updates(None, timedelta())


async def test_long_poll_may_take_longer_than_a_call() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4)
        await ok([])(writer)

    async with peer(slow) as server, telegram_at(server.url, timeout=SHORT) as telegram:
        assert await telegram.get_updates(None, timedelta(seconds=1)) == []


async def test_large_upload_may_take_longer_than_a_call() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4)
        await ok({"message_id": 1})(writer)

    async with peer(slow) as server, telegram_at(server.url, timeout=SHORT) as telegram:
        assert (await telegram.send_document(1, "a", b"x" * 256 * 1024)).message_id == 1


# what goes wrong


@pytest.mark.parametrize(
    "answer",
    [
        hang_up,
        reset,
        half_an_answer,
        gibberish,
        endless,
        raw(200, b"<html>Sign in to the hotel's network</html>", "text/html"),
        raw(200, b""),
        raw(200, b"[]"),
        raw(200, b"\xff\xfe"),
        raw(200, b'{"ok": "yes"}'),
        raw(502, b"<html>502 Bad Gateway</html>", "text/html"),
        raw(504, b'{"ok":false,"error_code":504,"description":"Gateway Timeout"}'),
        refused(500, "Internal Server Error: restart"),
    ],
)
async def test_call_that_left_without_a_clear_answer_may_be_done(answer: Answer) -> None:
    failure = await failure_of(answer)

    assert isinstance(failure, CourierUnavailable)
    assert failure.maybe_done
    assert failure.retry_after is None


async def test_silence_ends_with_the_timeout_and_may_be_done() -> None:
    failure = await failure_of(silence, timeout=SHORT)

    assert isinstance(failure, CourierUnavailable)
    assert failure.maybe_done


@pytest.mark.parametrize(
    "answer",
    [
        refused(500, "Internal Server Error: sent message was immediately deleted"),
        refused(502, "Bad Gateway"),
        refused(409, "Conflict: terminated by other getUpdates request"),
        refused(401, "Unauthorized"),
        refused(404, "Not Found"),
        raw(403, b"<html>Forbidden by the office's proxy</html>", "text/html"),
        raw(407, b"", "text/plain"),
        raw(302, b"", "text/html", "Location: http://127.0.0.1:9/"),
    ],
)
async def test_call_that_was_turned_away_is_not_done(answer: Answer) -> None:
    failure = await failure_of(answer)

    assert isinstance(failure, CourierUnavailable)
    assert not failure.maybe_done


async def test_connection_refused_is_not_done() -> None:
    async with peer(silence) as server:
        pass  # the port is free again

    async with telegram_at(server.url) as telegram:
        with pytest.raises(CourierUnavailable, match="no connection") as caught:
            await telegram.send_message(42, "x")
    assert not caught.value.maybe_done


async def test_call_that_got_no_connection_in_time_is_not_done() -> None:
    connector = aiohttp.TCPConnector(limit=1)
    async with peer(silence) as server, telegram_at(server.url, timeout=SHORT, connector=connector) as telegram:
        poll = asyncio.create_task(telegram.get_updates(None, timedelta(seconds=30)))
        while not server.calls:
            await asyncio.sleep(0.01)

        with pytest.raises(CourierUnavailable) as caught:
            await telegram.send_message(42, "x")

        assert not caught.value.maybe_done
        assert len(server.calls) == 1
        poll.cancel()
        await asyncio.wait([poll])


async def test_redirect_is_not_followed() -> None:
    async with peer(ok({"message_id": 1})) as elsewhere:
        await failure_of(raw(307, b"", "text/html", f"Location: {elsewhere.url}/steal"))

    assert elsewhere.calls == []


async def test_endless_answer_is_cut_off() -> None:
    body = b'{"ok":true,"result":"' + b"x" * (MAX_ANSWER_BYTES + 1) + b'"}'

    assert isinstance(await failure_of(raw(200, body)), CourierUnavailable)


async def test_told_wait_arrives_as_told() -> None:
    failure = await failure_of(refused(429, "Too Many Requests: retry after 14", retry_after=14))

    assert isinstance(failure, CourierUnavailable)
    assert (failure.retry_after, failure.maybe_done) == (timedelta(seconds=14), False)


async def test_blocked_by_the_user_is_known_as_such() -> None:
    failure = await failure_of(refused(403, "Forbidden: bot was blocked by the user"))

    assert isinstance(failure, ChatGone)
    assert failure.blocked


async def test_connections_survive_a_refusal() -> None:
    answers = in_turn(refused(400, "Bad Request: odd"), ok({"message_id": 2}))

    async with peer(answers) as server, telegram_at(server.url) as telegram:
        with pytest.raises(CallRefused):
            await telegram.send_message(42, "x")

        assert (await telegram.send_message(42, "x")).message_id == 2


TELLTALES = [
    hang_up,
    reset,
    half_an_answer,
    gibberish,
    silence,
    refused(401, f"Unauthorized: bot{TOKEN}"),
    refused(400, f'Bad Request: unsupported start tag "words of a mail" in {TOKEN}'),
    raw(502, TOKEN.encode()),
    raw(302, b"", "text/html", f"Location: /bot{TOKEN}/"),
    raw(200, b"x", "text/html", "Transfer-Encoding: chunked"),
]


@pytest.mark.parametrize("answer", TELLTALES)
async def test_token_and_words_are_in_no_error(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    failure = await failure_of(answer, timeout=SHORT)

    told = "".join(traceback.format_exception(failure)) + repr(failure) + repr(failure.__context__) + caplog.text
    assert TOKEN not in told
    assert "words of a mail" not in told.replace('send_message(42, "words of a mail")', "")


async def test_token_is_in_no_error_without_a_connection() -> None:
    async with telegram_at("http://127.0.0.1:9") as telegram:
        with pytest.raises(CourierUnavailable) as caught:
            await telegram.get_me()

    assert TOKEN not in "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)


Call = Callable[[Telegram], Awaitable[object]]


@pytest.mark.parametrize(
    ("call", "method"),
    [
        (lambda telegram: telegram.get_me(), "getMe"),
        (lambda telegram: telegram.delete_webhook(), "deleteWebhook"),
        (lambda telegram: telegram.answer_callback_query("1", "done"), "answerCallbackQuery"),
    ],
    ids=["get_me", "delete_webhook", "answer_callback_query"],
)
async def test_calls_about_no_chat_never_say_that_a_chat_is_gone(call: Call, method: str) -> None:
    answer = refused(403, "Forbidden: bot was blocked by the user")

    async with peer(answer) as server, telegram_at(server.url) as telegram:
        with pytest.raises(CallRefused, match=method):
            await call(telegram)
