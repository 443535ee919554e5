from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest

from .conftest import CHAT, Telegram


def keyboard(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[button]]}


async def test_message_comes_back_as_telegram_shows_it(telegram: Telegram) -> None:
    body = await telegram.call("sendMessage", chat_id=CHAT, text=" <b>Hi</b> &amp; bye ", parse_mode="HTML")

    assert body["result"]["text"] == "Hi & bye"
    assert body["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert body["result"]["chat"]["id"] == CHAT


TEXTS = {
    "nothing": ("", "Bad Request: message text is empty"),
    "white space": (" \n ", "Bad Request: message text is empty"),
    "only tags": ("<b> </b>", "Bad Request: message text is empty"),
    "4097 letters": ("a" * 4097, "Bad Request: message is too long"),
    "2049 emoji": ("🙂" * 2049, "Bad Request: message is too long"),
}


@pytest.mark.parametrize(("text", "reason"), TEXTS.values(), ids=TEXTS)
async def test_text_of_a_wrong_length_is_refused(telegram: Telegram, text: str, reason: str) -> None:
    assert await telegram.refusal("sendMessage", chat_id=CHAT, text=text, parse_mode="HTML") == reason


async def test_length_is_counted_after_the_entities_are_parsed(telegram: Telegram) -> None:
    body = await telegram.call("sendMessage", chat_id=CHAT, text=f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")

    assert body["ok"]


BUTTONS = {
    "65 bytes": (keyboard(text="x", callback_data="ж" * 33), "Bad Request: BUTTON_DATA_INVALID"),
    "copies nothing": (keyboard(text="x", copy_text={"text": ""}), "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    "copies too much": (keyboard(text="x", copy_text={"text": "a" * 257}), "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    "says nothing": (
        keyboard(text=" ", callback_data="x"),
        "Bad Request: inline keyboard button text must be non-empty",
    ),
    "does nothing": (
        keyboard(text="x"),
        "Bad Request: can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    ),
    "has no text": (
        keyboard(callback_data="x"),
        "Bad Request: can't parse inline keyboard button: can't find field \"text\"",
    ),
    "no web address": (
        keyboard(text="x", url="javascript:1"),
        "Bad Request: inline keyboard button URL 'javascript:1' is invalid: Wrong HTTP URL",
    ),
    "no rows": (
        {"inline_keyboard": [{"text": "x"}]},
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    "no object": ([], "Bad Request: object expected as reply markup"),
    "no JSON": ("{", "Bad Request: can't parse reply keyboard markup JSON object"),
}


@pytest.mark.parametrize(("markup", "reason"), BUTTONS.values(), ids=BUTTONS)
async def test_wrong_button_is_refused(telegram: Telegram, markup: object, reason: str) -> None:
    assert await telegram.refusal("sendMessage", chat_id=CHAT, text="x", reply_markup=markup) == reason


async def test_buttons_come_back_with_the_message(telegram: Telegram) -> None:
    markup = {
        "inline_keyboard": [[{"text": "a", "callback_data": "x" * 64}, {"text": "b", "copy_text": {"text": "1"}}]]
    }

    body = await telegram.call("sendMessage", chat_id=CHAT, text="x", reply_markup=markup)

    assert body["result"]["reply_markup"] == markup


async def test_unknown_parameters_are_collected(telegram: Telegram) -> None:
    markup = keyboard(text="x", callback_data="y", callbackdata="z")

    body = await telegram.call("sendMessage", chat_id=CHAT, txt="x", text="x", reply_markup=markup)

    assert body["ok"]
    assert telegram.simulator.unknown == ["sendMessage: txt", "sendMessage: reply_markup.inline_keyboard.callbackdata"]


async def test_two_actions_in_one_button_are_noted(telegram: Telegram) -> None:
    markup = keyboard(text="x", callback_data="y", url="https://a.example")

    await telegram.call("sendMessage", chat_id=CHAT, text="x", reply_markup=markup)

    assert telegram.simulator.unknown == [
        "sendMessage: reply_markup.inline_keyboard: url and callback_data in one button"
    ]


async def test_strict_simulator_refuses_unknown_parameters_and_records_nothing(telegram: Telegram) -> None:
    telegram.simulator.strict = True

    reason = await telegram.refusal("sendMessage", chat_id=CHAT, text="x", link_preview_options={"disabled": True})

    assert reason == "Bad Request: unknown parameter link_preview_options.disabled (strict simulator)"
    assert telegram.simulator.store.sent == []


async def test_wrong_token_is_unauthorized(telegram: Telegram) -> None:
    async with telegram.session.get(f"{telegram.address}/bot1:wrong/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize("path", ["botx/getMe", "bot1234567:simulator/getMee"])
async def test_unknown_method_and_senseless_token_are_not_found(telegram: Telegram, path: str) -> None:
    async with telegram.session.get(f"{telegram.address}/{path}") as answer:
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_chat_nobody_opened_is_not_found(telegram: Telegram) -> None:
    telegram.simulator.store.is_open = False

    assert await telegram.refusal("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"


async def test_group_that_moved_says_where(telegram: Telegram) -> None:
    await telegram.control("chats", {"id": -5, "title": "Team", "moved_to": -1_000_000_000_005})

    body = await telegram.call("sendMessage", chat_id=-5, text="x")

    assert body["parameters"] == {"migrate_to_chat_id": -1_000_000_000_005}


@pytest.mark.parametrize("way", ["query", "form", "multipart"])
async def test_arguments_come_in_any_of_telegrams_ways(telegram: Telegram, way: str) -> None:
    url = f"{telegram.address}/bot{telegram.simulator.token}/sendmessage"
    arguments = {
        "chat_id": str(CHAT),
        "text": "äß",
        "reply_markup": '{"inline_keyboard":[[{"text":"x","callback_data":"y"}]]}',
    }
    form = aiohttp.FormData(arguments, default_to_multipart=way == "multipart")

    async with telegram.session.request(
        "GET" if way == "query" else "POST",
        url,
        params=arguments if way == "query" else None,
        data=None if way == "query" else form,
    ) as answer:
        body = await answer.json()

    assert body["result"]["text"] == "äß"
    assert body["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "y"


async def send_document(
    telegram: Telegram, content: bytes, caption: str = "", *, quote: bool = False
) -> dict[str, Any]:
    form = aiohttp.FormData(quote_fields=quote)
    form.add_field("chat_id", str(CHAT))
    form.add_field("caption", caption)
    form.add_field("document", io.BytesIO(content), filename="Übersicht.pdf", content_type="application/pdf")
    async with telegram.session.post(
        f"{telegram.address}/bot{telegram.simulator.token}/sendDocument", data=form
    ) as answer:
        body: dict[str, object] = await answer.json()
        return body


async def test_document_is_kept_and_can_be_downloaded(telegram: Telegram) -> None:
    body = await send_document(telegram, b"%PDF\r\n\r\n--x\r\n")

    document = body["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("Übersicht.pdf", 13)
    async with telegram.session.get(f"{telegram.address}/_control/files/{document['file_id']}") as answer:
        assert await answer.read() == b"%PDF\r\n\r\n--x\r\n"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%9Cbersicht.pdf"


async def test_percent_encoded_file_name_is_shown_as_it_came(telegram: Telegram) -> None:
    body = await send_document(telegram, b"x", quote=True)

    assert body["result"]["document"]["file_name"] == "%C3%9Cbersicht.pdf"


async def test_caption_over_1024_is_refused(telegram: Telegram) -> None:
    assert (await send_document(telegram, b"x", "a" * 1025))[
        "description"
    ] == "Bad Request: message caption is too long"


async def test_document_over_50_mb_is_refused(telegram: Telegram) -> None:
    body = await send_document(telegram, bytes(50 * 1024 * 1024 + 1))

    assert body["error_code"] == 413


async def test_empty_document_is_refused(telegram: Telegram) -> None:
    assert (await send_document(telegram, b""))["description"] == "Bad Request: file must be non-empty"


async def test_edit_changes_the_message_once(telegram: Telegram) -> None:
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="one"))["result"]["message_id"]

    await telegram.call("editMessageText", chat_id=CHAT, message_id=message_id, text="two")

    again = await telegram.refusal("editMessageText", chat_id=CHAT, message_id=message_id, text="two")
    assert again.startswith("Bad Request: message is not modified")
    assert telegram.simulator.store.chats[CHAT].messages[message_id]["text"] == "two"


async def test_what_people_wrote_cannot_be_edited(telegram: Telegram) -> None:
    message_id = (await telegram.control("updates", {"text": "mine"}))["message_id"]

    reason = await telegram.refusal("editMessageText", chat_id=CHAT, message_id=message_id, text="two")

    assert reason == "Bad Request: message can't be edited"


async def test_deleted_message_is_gone(telegram: Telegram) -> None:
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="one"))["result"]["message_id"]

    await telegram.call("deleteMessage", chat_id=CHAT, message_id=message_id)

    reason = await telegram.refusal("deleteMessage", chat_id=CHAT, message_id=message_id)
    assert reason == "Bad Request: message to delete not found"


async def test_pressed_button_is_answered_once(telegram: Telegram) -> None:
    markup = keyboard(text="x", callback_data="t:1")
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="one", reply_markup=markup))["result"][
        "message_id"
    ]
    await telegram.control("updates", {"press": {"message_id": message_id, "data": "t:1"}})
    query = (await telegram.call("getUpdates"))["result"][0]["callback_query"]

    answer = await telegram.call("answerCallbackQuery", callback_query_id=query["id"], text="done")

    assert (query["data"], answer["result"]) == ("t:1", True)
    reason = await telegram.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert reason == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_button_that_is_not_there_cannot_be_pressed(telegram: Telegram) -> None:
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="one"))["result"]["message_id"]

    answer = await telegram.control("updates", {"press": {"message_id": message_id, "data": "t:1"}})

    assert answer == {"error": "Bad Request: the message has no such button"}


async def test_commands_are_kept_by_scope_and_language(telegram: Telegram) -> None:
    english, german = [{"command": "help", "description": "Help"}], [{"command": "help", "description": "Hilfe"}]
    await telegram.call("setMyCommands", commands=english)
    await telegram.call("setMyCommands", commands=german, language_code="de")

    assert (await telegram.call("getMyCommands"))["result"] == english
    assert (await telegram.call("getMyCommands", language_code="de"))["result"] == german


@pytest.mark.parametrize("command", ["Help", "with space", "", "a" * 33])
async def test_wrong_command_name_is_refused(telegram: Telegram, command: str) -> None:
    reason = await telegram.refusal("setMyCommands", commands=[{"command": command, "description": "x"}])

    assert reason == "Bad Request: BOT_COMMAND_INVALID"


async def test_members_have_the_status_they_were_given(telegram: Telegram) -> None:
    await telegram.control("chats", {"id": -5, "title": "Team", "statuses": {"42": "administrator"}})

    statuses = [
        (await telegram.call("getChatMember", chat_id=-5, user_id=user_id))["result"]["status"] for user_id in (42, 43)
    ]

    assert statuses == ["administrator", "left"]


async def test_unknown_chat_action_is_refused(telegram: Telegram) -> None:
    reason = await telegram.refusal("sendChatAction", chat_id=CHAT, action="dancing")

    assert reason == "Bad Request: wrong parameter action in request"


async def test_deleted_commands_are_gone(telegram: Telegram) -> None:
    await telegram.call("setMyCommands", commands=[{"command": "help", "description": "Help"}])

    await telegram.call("deleteMyCommands")

    assert (await telegram.call("getMyCommands"))["result"] == []


@pytest.mark.parametrize("description", ["", "a" * 257])
async def test_wrong_command_description_is_refused(telegram: Telegram, description: str) -> None:
    reason = await telegram.refusal("setMyCommands", commands=[{"command": "help", "description": description}])

    assert reason == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"


async def test_page_shows_the_commands_of_the_narrowest_scope_in_the_persons_language(telegram: Telegram) -> None:
    private = {"type": "all_private_chats"}
    for description, scope, language in (("A", None, ""), ("B", private, ""), ("C", private, "de")):
        commands = [{"command": "help", "description": description}]
        await telegram.call("setMyCommands", commands=commands, scope=scope, language_code=language)

    shown = [telegram.simulator.methods.shown_commands(language)[0]["description"] for language in ("en", "de")]

    assert shown == ["B", "C"]


async def test_reply_shows_what_it_answers(telegram: Telegram) -> None:
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="one"))["result"]["message_id"]

    body = await telegram.call("sendMessage", chat_id=CHAT, text="two", reply_parameters={"message_id": message_id})

    assert body["result"]["reply_to_message"]["text"] == "one"


async def test_reply_to_nothing_is_refused_unless_allowed(telegram: Telegram) -> None:
    gone = {"message_id": 99}

    reason = await telegram.refusal("sendMessage", chat_id=CHAT, text="x", reply_parameters=gone)
    body = await telegram.call(
        "sendMessage", chat_id=CHAT, text="x", reply_parameters={**gone, "allow_sending_without_reply": True}
    )

    assert reason == "Bad Request: message to be replied not found"
    assert body["ok"]


async def test_buttons_can_be_taken_away(telegram: Telegram) -> None:
    markup = keyboard(text="x", callback_data="y")
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="x", reply_markup=markup))["result"][
        "message_id"
    ]

    body = await telegram.call("editMessageReplyMarkup", chat_id=CHAT, message_id=message_id)

    assert "reply_markup" not in body["result"]


async def test_document_without_text_cannot_get_one(telegram: Telegram) -> None:
    message_id = (await send_document(telegram, b"x"))["result"]["message_id"]

    reason = await telegram.refusal("editMessageText", chat_id=CHAT, message_id=message_id, text="x")

    assert reason == "Bad Request: there is no text in the message to edit"


async def test_document_can_be_sent_again_by_its_id(telegram: Telegram) -> None:
    file_id = (await send_document(telegram, b"x"))["result"]["document"]["file_id"]

    again = await telegram.call("sendDocument", chat_id=CHAT, document=file_id)

    assert again["result"]["document"]["file_name"] == "Übersicht.pdf"
    assert await telegram.refusal("sendDocument", chat_id=CHAT, document="x") == (
        "Bad Request: wrong remote file identifier specified: can't unserialize it"
    )


async def test_missing_document_is_refused(telegram: Telegram) -> None:
    assert await telegram.refusal("sendDocument", chat_id=CHAT) == "Bad Request: there is no document in the request"


async def test_answer_to_a_press_is_at_most_200_characters(telegram: Telegram) -> None:
    markup = keyboard(text="x", callback_data="y")
    message_id = (await telegram.call("sendMessage", chat_id=CHAT, text="x", reply_markup=markup))["result"][
        "message_id"
    ]
    press = await telegram.control("updates", {"press": {"message_id": message_id, "data": "y"}})

    reason = await telegram.refusal("answerCallbackQuery", callback_query_id=press["query_id"], text="a" * 201)

    assert reason == "Bad Request: MESSAGE_TOO_LONG"


async def test_chat_and_its_administrators_are_told(telegram: Telegram) -> None:
    await telegram.control("chats", {"id": -5, "title": "Team", "statuses": {"42": "creator", "43": "member"}})

    chat = (await telegram.call("getChat", chat_id=-5))["result"]
    administrators = (await telegram.call("getChatAdministrators", chat_id=-5))["result"]

    assert (chat["title"], chat["type"]) == ("Team", "group")
    assert [(one["user"]["id"], one["status"]) for one in administrators] == [(42, "creator")]


async def test_other_markup_languages_are_not_read(telegram: Telegram) -> None:
    reason = await telegram.refusal("sendMessage", chat_id=CHAT, text="x", parse_mode="MarkdownV2")

    assert reason == "Bad Request: the simulator reads parse_mode HTML only"


async def test_entities_may_come_ready_made(telegram: Telegram) -> None:
    bold = {"type": "bold", "offset": 0, "length": 1}

    body = await telegram.call("sendMessage", chat_id=CHAT, text="<b>", entities=[bold])

    assert (body["result"]["text"], body["result"]["entities"]) == ("<b>", [bold])
