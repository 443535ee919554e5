from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sevenbot.demo.parameters import ACTIONS, BUTTON_FIELDS, METHODS, OBJECTS, read_call

SPEC = Path(__file__).resolve().parents[2].parent / "shared/corpus/telegram-api-spec/api.json"


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    if not SPEC.exists():
        pytest.skip("needs the machine-readable Bot API specification in ../shared/corpus/telegram-api-spec")
    loaded: dict[str, Any] = json.loads(SPEC.read_text())
    return loaded


def names(thing: dict[str, Any]) -> set[str]:
    return {field["name"] for field in thing.get("fields", [])}


@pytest.mark.parametrize("method", METHODS)
def test_parameters_are_those_of_the_specification(spec: dict[str, Any], method: str) -> None:
    assert set(METHODS[method]) == names(spec["methods"][method])


def test_fields_of_objects_are_those_of_the_specification(spec: dict[str, Any]) -> None:
    types = spec["types"]
    markups = ("InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply")

    assert names(types["InlineKeyboardButton"]) == BUTTON_FIELDS
    assert OBJECTS["link_preview_options"] == names(types["LinkPreviewOptions"])
    assert OBJECTS["reply_parameters"] == names(types["ReplyParameters"])
    assert OBJECTS["reply_markup"] == set().union(*(names(types[markup]) for markup in markups))
    assert set(ACTIONS) < BUTTON_FIELDS


def test_arguments_are_typed_whichever_way_they_came() -> None:
    as_text = read_call(
        "sendMessage", {"chat_id": "-5", "disable_notification": "true", "reply_parameters": '{"message_id":1}'}
    )
    as_json = read_call(
        "sendMessage", {"chat_id": -5, "disable_notification": True, "reply_parameters": {"message_id": 1}}
    )

    assert as_text.arguments == as_json.arguments
    assert as_text.unknown == []
