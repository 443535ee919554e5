"""
Every call the client makes, and every field it reads, checked against the Bot API's own description of itself.

`bot_api_extract.json` holds the part SevenBot uses. Where the whole machine-readable specification lies beside the
repository (github.com/PaulSonOfLars/telegram-bot-api-spec), the extract is checked against it, and the calls too.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sevenbot.config import Secret
from sevenbot.deliver import botapi
from sevenbot.deliver.botapi import (
    ALLOWED_UPDATES,
    NO_PREVIEW,
    BotCommand,
    BotCommandScope,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
    read_update,
)
from sevenbot.deliver.telegram import Telegram
from tests.deliver.peer import Call, in_turn, ok, peer, telegram_at

CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus"
SPEC = CORPUS / "telegram-api-spec/api.json"
UPDATES = CORPUS / "telegram-updates/Fixtures"

KEYBOARD = InlineKeyboardMarkup(
    (
        (InlineKeyboardButton("a", callback_data="t:1"), InlineKeyboardButton("b", url="https://example.org/")),
        (InlineKeyboardButton("c", copy_text=CopyTextButton("123456")),),
    )
)
ANSWER: dict[str, Any] = {"parse_mode": "HTML", "reply_markup": KEYBOARD, "reply_parameters": ReplyParameters(3)}

CALLS: dict[str, Callable[[Telegram], Awaitable[object]]] = {
    "getMe": lambda it: it.get_me(),
    "getUpdates": lambda it: it.get_updates(5, timedelta(seconds=50)),
    "setWebhook": lambda it: it.set_webhook("https://example.org/", Secret("x"), max_connections=10),
    "deleteWebhook": lambda it: it.delete_webhook(),
    "getWebhookInfo": lambda it: it.get_webhook_info(),
    "setMyCommands": lambda it: it.set_my_commands(
        [BotCommand("start", "Welcome")], scope=BotCommandScope("all_private_chats"), language_code="de"
    ),
    "sendMessage": lambda it: it.send_message(
        42, "x", link_preview_options=NO_PREVIEW, disable_notification=True, **ANSWER
    ),
    "sendDocument": lambda it: it.send_document(-42, "a.eml", b"x", caption="y", disable_notification=True, **ANSWER),
    "answerCallbackQuery": lambda it: it.answer_callback_query("1", "done", show_alert=True),
    "getChatMember": lambda it: it.get_chat_member(-42, 7),
}


@dataclass(frozen=True)
class Spec:
    """Names and types: `methods["sendMessage"]["chat_id"] == ["Integer", "String"]`."""

    methods: dict[str, dict[str, list[str]]]
    types: dict[str, dict[str, list[str]]]
    required: set[tuple[str, str]] = field(default_factory=set)  # ("sendMessage", "chat_id")
    subtypes: dict[str, list[str]] = field(default_factory=dict)


def extract() -> Spec:
    tables = json.loads(Path(__file__).with_name("bot_api_extract.json").read_text())
    spec = Spec(methods={}, types={}, subtypes=tables["subtypes"])
    for kind, names in ((spec.methods, tables["methods"]), (spec.types, tables["types"])):
        for name, fields in names.items():
            kind[name] = {key.rstrip("!"): types for key, types in fields.items()}
            spec.required.update((name, key.rstrip("!")) for key in fields if key.endswith("!"))
    return spec


def whole() -> Spec:
    if not SPEC.exists():
        pytest.skip(f"the machine-readable Bot API is not at {SPEC}")
    tables = json.loads(SPEC.read_text())
    spec = Spec(methods={}, types={})
    for kind, names in ((spec.methods, tables["methods"]), (spec.types, tables["types"])):
        for name, entry in names.items():
            fields = entry.get("fields", [])
            kind[name] = {each["name"]: each["types"] for each in fields}
            spec.required.update((name, each["name"]) for each in fields if each["required"])
            if "subtypes" in entry:
                spec.subtypes[name] = entry["subtypes"]
    return spec


@pytest.fixture(params=[extract, whole], ids=["extract", "specification"])
def spec(request: pytest.FixtureRequest) -> Spec:
    made: Spec = request.param()
    return made


def problems(spec: Spec, name: str, known: dict[str, list[str]], fields: dict[str, Any]) -> list[str]:
    """Return what is wrong with *fields* as parameters of a method, or fields of a type, called *name*."""
    found = [f"{name}.{key} is unknown" for key in fields if key not in known]
    found += [f"{name}.{key} is missing" for key in known if (name, key) in spec.required and key not in fields]
    for key, value in fields.items():
        choices = [mismatch(spec, type_name, value) for type_name in known.get(key, [])]
        if choices and all(choices):
            found += [f"{name}.{key}: {choice}" for choice in choices]
    return found


def mismatch(spec: Spec, type_name: str, value: Any) -> list[str]:
    """Return why *value* is no *type_name*, nothing when it is."""
    if type_name.startswith("Array of "):
        if not isinstance(value, list):
            return ["no array"]
        return [each for item in value for each in mismatch(spec, type_name.removeprefix("Array of "), item)]
    plain: dict[str, Any] = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool, "InputFile": bytes}
    if type_name in plain:
        fits = isinstance(value, plain[type_name]) and isinstance(value, bool) == (type_name == "Boolean")
        return [] if fits else [f"no {type_name}"]
    if not isinstance(value, dict):
        return [f"no {type_name}"]
    shapes = [
        problems(spec, name, spec.types.get(name, {}), value) for name in spec.subtypes.get(type_name, [type_name])
    ]
    return [] if not all(shapes) else shapes[0]


def parameters(call: Call, known: dict[str, list[str]]) -> dict[str, Any]:
    """Return what a call carried; a form carries text only, from which Telegram reads the declared types as JSON."""
    content_type = call.headers["content-type"]
    if content_type == "application/json":
        return call.fields
    form: Any = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + call.body)
    fields: dict[str, Any] = {}
    for part in form.get_payload():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        is_text = "String" in known.get(name, []) and "Integer" not in known.get(name, [])
        fields[name] = content if part.get_filename() else content.decode() if is_text else json.loads(content)
    return fields


def test_every_method_of_the_client_is_called_here() -> None:
    methods = {name for name in vars(Telegram) if not name.startswith("_")}

    assert methods == {"".join(f"_{char.lower()}" if char.isupper() else char for char in name) for name in CALLS}


@pytest.mark.parametrize("method", CALLS)
async def test_call_fits_the_bot_api(method: str, spec: Spec) -> None:
    results = {"getUpdates": [], "getMe": {"id": 1}, "getChatMember": {"status": "left"}, "getWebhookInfo": {}}

    async with peer(in_turn(ok(results.get(method, True)))) as server, telegram_at(server.url) as telegram:
        await CALLS[method](telegram)

    (call,) = server.calls
    assert call.method == method
    assert problems(spec, method, spec.methods[method], parameters(call, spec.methods[method])) == []


@pytest.mark.parametrize(
    "name",
    [
        "CallbackQuery", "Chat", "ChatMemberUpdated", "Message",
        "ResponseParameters", "Update", "User", "WebhookInfo",
    ],
)  # fmt: skip
def test_fields_that_are_read_exist(name: str, spec: Spec) -> None:
    fields = {each.encode_name for each in msgspec.structs.fields(getattr(botapi, name))}

    assert fields <= set(spec.types[name])


def test_updates_that_are_asked_for_exist(spec: Spec) -> None:
    assert set(ALLOWED_UPDATES) <= set(spec.types["Update"])


@pytest.mark.parametrize("kind", ["methods", "types"])
def test_extract_says_what_the_specification_says(kind: str) -> None:
    ours, theirs = extract(), whole()

    for name, fields in getattr(ours, kind).items():
        told = getattr(theirs, kind)[name]
        assert {key: told.get(key) for key in fields} == fields
        for key in told:
            if key in fields or kind == "methods":  # of a type we only list what we use, of a method all it requires
                assert ((name, key) in ours.required) == ((name, key) in theirs.required)


def test_checker_finds_what_is_wrong() -> None:
    spec = extract()
    known = spec.methods["sendMessage"]

    found = problems(
        spec, "sendMessage", known, {"chat_id": 1.5, "txt": "x", "reply_markup": {"inline_keyboard": [{}]}}
    )

    assert [each.partition(":")[0] for each in found] == [
        "sendMessage.txt is unknown",
        "sendMessage.text is missing",
        *["sendMessage.chat_id"] * 2,
        *["sendMessage.reply_markup"] * 4,
    ]


def corpus_updates() -> list[Path]:
    return sorted(UPDATES.glob("Updates/*.json"))


@pytest.mark.skipif(not UPDATES.exists(), reason=f"no collected updates at {UPDATES}")
def test_every_collected_update_is_read_whole() -> None:
    unread = []
    for path in corpus_updates():
        payload = json.loads(path.read_bytes())
        update = read_update(json.dumps(payload).encode())
        interesting = {"message", "callback_query", "my_chat_member"} & set(payload)
        if any(getattr(update, kind) is None for kind in interesting):
            unread.append(path.name)

    assert corpus_updates()
    assert unread == []


@pytest.mark.skipif(not UPDATES.exists(), reason=f"no collected answers at {UPDATES}")
def test_collected_members_are_read() -> None:
    answer = json.loads((UPDATES / "Responses/chat_members.json").read_bytes())

    members = msgspec.convert(answer["result"], list[botapi.ChatMember])

    assert [member.is_administrator for member in members] == [True, True]
