"""The OpenAI-compatible adapter, against a server on loopback that behaves in every way servers do."""

import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from sevenbot.config import Secret
from sevenbot.errors import ModelUnavailable
from sevenbot.summarise.model import ModelAnswer, Prompt, Told
from sevenbot.summarise.openai import MOST_TOKENS, OpenAIModel
from tests.fake_model import HANGS, HUGE, Decides, Replies, Resets, completion, fail_with, fake_model, says

PROMPT = Prompt("the instructions", "the-secret-mail")
KEY = "sk-secret-key"


@asynccontextmanager
async def model_at(url, *, key: str | None = KEY, seconds: float = 5) -> AsyncIterator[OpenAIModel]:
    async with aiohttp.ClientSession() as session:
        secret = Secret(key) if key else None
        yield OpenAIModel(session, base_url=url, api_key=secret, model="m-1", timeout=timedelta(seconds=seconds))


async def answer_to(*script, key: str | None = KEY, seconds: float = 5):
    async with fake_model(*script) as server, model_at(server.url, key=key, seconds=seconds) as model:
        return await model.answer(PROMPT), server


async def test_a_well_formed_answer_is_read():
    answer, _ = await answer_to(says("Lunch at noon.", "en"))

    assert answer == ModelAnswer("Lunch at noon.", "en")


async def test_all_that_an_answer_tells_is_read():
    told = {
        "facts": [{"type": "date", "value": "noon", "quote": "Lunch at noon"}],
        "asks": ["Say yes."],
        "headline": "Lunch",
        "summary": "Lunch at noon.",
        "language": "en",
        "kind": "personal",
        "suspicious": True,
    }
    body = {"choices": [{"message": {"content": json.dumps(told)}}], "usage": {"total_tokens": 812}}

    answer, _ = await answer_to(Replies(json.dumps(body).encode()))

    assert answer == ModelAnswer(
        "Lunch at noon.",
        "en",
        headline="Lunch",
        asks=("Say yes.",),
        facts=(Told("date", "noon", "Lunch at noon"),),
        suspicious=True,
        tokens=812,
    )


async def test_a_newsletter_asks_for_nothing():
    told = {"summary": "Lamps are cheap.", "asks": ["Buy a lamp."], "kind": "newsletter"}

    answer, _ = await answer_to(completion(json.dumps(told)))

    assert answer.asks == ()


async def test_the_request_has_prompt_schema_and_bounds():
    _, server = await answer_to(says("x"))

    asked = server.requests[0]
    assert asked["model"] == "m-1"
    assert asked["messages"] == [
        {"role": "system", "content": "the instructions"},
        {"role": "user", "content": "the-secret-mail"},
    ]
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert asked["max_tokens"] == MOST_TOKENS
    assert asked["temperature"] == 0


async def test_the_key_is_sent_as_a_bearer():
    _, server = await answer_to(says("x"))

    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


async def test_without_a_key_no_authorization_is_sent():
    _, server = await answer_to(says("x"), key=None)

    assert "Authorization" not in server.headers[0]


async def test_an_answer_in_a_code_fence_is_read():
    answer, _ = await answer_to(completion('Here you go:\n```json\n{"summary": "Lunch.", "language": null}\n```'))

    assert answer.summary == "Lunch."


async def test_an_answer_after_a_thought_is_read():
    answer, _ = await answer_to(completion('<think>{"summary": "no"} hm</think>{"summary": "Lunch."}'))

    assert answer.summary == "Lunch."


def knows_no(option: str, message: str):
    """A server that refuses *option* and names it."""
    return Decides(lambda asked: fail_with(400, message) if option in asked else says("Lunch."))


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("response_format", "'response_format' of type 'json_schema' is not supported with this model."),
        ("temperature", "Unsupported value: 'temperature' does not support 0 with this model."),
        ("max_tokens", "Unsupported parameter: 'max_tokens' is not supported, use 'max_completion_tokens' instead."),
    ],
)
async def test_an_option_a_server_refuses_is_left_off_from_then_on(option, message):
    async with fake_model(knows_no(option, message)) as server, model_at(server.url) as model:
        await model.answer(PROMPT)
        await model.answer(PROMPT)

    assert [option in asked for asked in server.requests] == [True, False, False]


async def test_newer_servers_get_their_own_name_for_the_token_limit():
    refusal = knows_no("max_tokens", "use max_completion_tokens, not max_tokens")
    async with fake_model(refusal) as server, model_at(server.url) as model:
        await model.answer(PROMPT)

    assert server.requests[1]["max_completion_tokens"] == MOST_TOKENS


async def test_a_server_that_refuses_all_options_is_not_asked_forever():
    async with (
        fake_model(fail_with(400, "response_format temperature max_tokens")) as server,
        model_at(server.url) as model,
    ):
        with pytest.raises(ModelUnavailable, match="HTTP 400"):
            await model.answer(PROMPT)

    assert len(server.requests) == 4


UNUSABLE = [
    ("500", fail_with(500), "HTTP 500"),
    ("429", fail_with(429), "HTTP 429"),
    ("401", fail_with(401), "HTTP 401"),
    ("400", fail_with(400), "HTTP 400"),
    ("redirect", Replies(b"", 307, headers=(("Location", "http://127.0.0.1:9/v1"),)), "HTTP 307"),
    ("reset", Resets(), "connection failed"),
    ("not-json", Replies(b"<html>hello</html>", content_type="text/html"), "schema"),
    ("json-list", Replies(b"[]"), "schema"),
    ("deep", Replies(b"[" * 100_000), "schema"),
    ("no-choices", Replies(b'{"choices": []}'), "schema"),
    ("null-content", completion(None), "schema"),
    ("empty-content", completion(""), "schema"),
    ("prose", completion("The mail is about lunch."), "schema"),
    ("wrong-key", completion('{"text": "Lunch."}'), "schema"),
    ("wrong-type", completion('{"summary": 5}'), "schema"),
    ("list-summary", completion('{"summary": ["a"]}'), "schema"),
    ("blank", completion('{"summary": "  "}'), "empty"),
    ("not-utf8", Replies(b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'), "schema"),
    ("huge", HUGE, "too large"),
    ("bomb", Replies(gzip.compress(b" " * 20_000_000), headers=(("Content-Encoding", "gzip"),)), "too large"),
    ("false-gzip", Replies(b"not gzip", headers=(("Content-Encoding", "gzip"),)), "connection failed"),
]


@pytest.mark.parametrize(("step", "reason"), [row[1:] for row in UNUSABLE], ids=[row[0] for row in UNUSABLE])
async def test_an_unusable_answer_is_model_unavailable(step, reason):
    with pytest.raises(ModelUnavailable, match=reason):
        await answer_to(step)


async def test_a_server_that_hangs_is_left_in_time():
    with pytest.raises(ModelUnavailable, match="no answer within"):
        await answer_to(HANGS, seconds=0.05)


async def test_nobody_listening_is_model_unavailable():
    async with fake_model(says("x")) as server:
        url = server.url
    async with model_at(url) as model:
        with pytest.raises(ModelUnavailable, match="connection failed"):
            await model.answer(PROMPT)


@pytest.mark.parametrize(
    "step",
    [
        Decides(lambda asked: fail_with(400, json.dumps(asked))),
        Decides(lambda asked: completion(json.dumps(asked))),
        Decides(lambda asked: Replies(json.dumps(asked).encode())),
        Resets(),
    ],
)
async def test_no_error_quotes_the_mail_or_the_key(step):
    with pytest.raises(ModelUnavailable) as caught:
        await answer_to(step)

    told = repr(caught.value) + repr(caught.value.__cause__)
    assert "the-secret-mail" not in told
    assert KEY not in told
