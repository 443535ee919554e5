"""
The Model port over HTTP: POST {base_url}/chat/completions, which every vendor and local server speaks.

The answer is asked for by JSON schema. Servers differ in what they take, so an option that one refuses with 400 and
names in its error is left off from then on: `response_format` (the instruction in the prompt remains), `temperature`
(reasoning models), `max_tokens` (newer OpenAI models want `max_completion_tokens`).

Source: OpenAI API reference, "Create chat completion" and "Structured Outputs" (read 2026-11).
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import msgspec

from sevenbot.config import Secret
from sevenbot.errors import ModelUnavailable
from sevenbot.parse.message import Kind
from sevenbot.summarise.model import ModelAnswer, Prompt, Told

# OpenAI's own, and its small model that takes JSON schemas; both are settings (OPENAI_BASE_URL, SEVENBOT_MODEL).
DEFAULT_BASE_URL = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-4.1-mini"

# 45 words are about 150 tokens in the wordiest scripts; the rest is room for quotes, JSON and models that think first.
MOST_TOKENS = 1_000
MOST_ASKS = 3
MOST_FACTS = 12
# Nobody has to answer these; a model that calls a mail so and lists requests contradicts itself.
_WITHOUT_REQUESTS = (Kind.NEWSLETTER, Kind.BOUNCE, Kind.AUTO_REPLY)
# A sane answer has a few kilobytes, reasoning included.
LARGEST_BODY_BYTES = 256 * 1024
LONGEST_SUMMARY_CHARS = 4_000

_FACT: dict[str, Any] = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("type", "value", "quote")},
    "required": ["type", "value", "quote"],
    "additionalProperties": False,
}
_SCHEMA: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "mail_summary",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                # Facts with their quotes first: what has been copied out is there to be summed up.
                "facts": {"type": "array", "items": _FACT},
                "asks": {"type": "array", "items": {"type": "string"}},
                "headline": {"type": "string"},
                "summary": {"type": "string"},
                "language": {"type": ["string", "null"]},
                "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
                "suspicious": {"type": "boolean"},
            },
            "required": ["facts", "asks", "headline", "summary", "language", "kind", "suspicious"],
            "additionalProperties": False,
        },
    },
}


class _ChatMessage(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _ChatMessage


class _Usage(msgspec.Struct):
    total_tokens: int | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class _Answer(msgspec.Struct):
    """Servers without schemas leave out what they do not know; only the summary is needed."""

    summary: str
    language: str | None = None
    headline: str | None = None
    asks: list[str] | None = None
    facts: list[Told] | None = None
    kind: str | None = None
    suspicious: bool | None = None


@dataclass(slots=True)
class _Dialect:
    """What this server takes; learnt from its refusals."""

    json_schema: bool = True
    temperature: bool = True
    tokens_field: str = "max_tokens"

    def learn(self, refusal: str) -> bool:
        """Leave off what *refusal* names; False when there is nothing new to learn."""
        if self.tokens_field == "max_tokens" and "max_tokens" in refusal:
            self.tokens_field = "max_completion_tokens"
        elif self.json_schema and re.search(r"response_format|json_schema|structured output", refusal, re.IGNORECASE):
            self.json_schema = False
        elif self.temperature and "temperature" in refusal:
            self.temperature = False
        else:
            return False
        return True


class OpenAIModel:
    """A model behind an OpenAI-compatible server."""

    def __init__(
        self, session: aiohttp.ClientSession, *, base_url: str, api_key: Secret | None, model: str, timeout: timedelta
    ) -> None:
        self._session = session
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {api_key.reveal()}"} if api_key else {}
        self._model = model
        self._timeout = timeout
        self._dialect = _Dialect()

    async def answer(self, prompt: Prompt) -> ModelAnswer:
        """
        Ask once, within the timeout in all.

        Raises:
            ModelUnavailable: Slow, down, refusing, or an answer that does not fit. The reason names neither the mail
                nor the key.
        """
        try:
            async with asyncio.timeout(self._timeout.total_seconds()):
                return _read(await self._ask(prompt))
        except TimeoutError as exc:
            raise ModelUnavailable(f"no answer within {self._timeout.total_seconds():g} s") from exc
        except aiohttp.ClientError as exc:
            # Not str(exc): it may quote the address with what an operator put into it.
            raise ModelUnavailable(f"the connection failed ({type(exc).__name__})") from None

    async def _ask(self, prompt: Prompt) -> bytes:
        while True:
            status, body = await self._post(prompt)
            if status == 200:
                return body
            if status not in (400, 422) or not self._dialect.learn(body[:4_000].decode("utf-8", "replace")):
                raise ModelUnavailable(f"HTTP {status}")

    async def _post(self, prompt: Prompt) -> tuple[int, bytes]:
        # The limit is counted after decompression, so a small compressed answer cannot grow without bound either.
        async with self._session.post(
            self._url,
            json=self._request(prompt),
            headers=self._headers,
            allow_redirects=False,  # the key and the mail go where the operator said and nowhere else
            timeout=aiohttp.ClientTimeout(total=self._timeout.total_seconds()),
        ) as response:
            body = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > LARGEST_BODY_BYTES:
                    raise ModelUnavailable("the answer is too large")
            return response.status, bytes(body)

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        dialect = self._dialect
        request: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            dialect.tokens_field: MOST_TOKENS,
        }
        if dialect.temperature:
            request["temperature"] = 0
        if dialect.json_schema:
            request["response_format"] = _SCHEMA
        return request


def _read(body: bytes) -> ModelAnswer:
    try:
        completion = msgspec.json.decode(body, type=_Completion)
        content = completion.choices[0].message.content if completion.choices else None
        answer = msgspec.json.decode(_json_of(content or ""), type=_Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        # Not chained: the error's text may quote the answer.
        raise ModelUnavailable(f"the answer does not fit the schema ({type(exc).__name__})") from None
    if not answer.summary.strip():
        raise ModelUnavailable("the answer is empty")
    asks = [] if answer.kind in _WITHOUT_REQUESTS else answer.asks or []
    return ModelAnswer(
        answer.summary[:LONGEST_SUMMARY_CHARS],
        answer.language,
        headline=(answer.headline or "")[:LONGEST_SUMMARY_CHARS],
        asks=tuple(ask[:LONGEST_SUMMARY_CHARS] for ask in asks[:MOST_ASKS]),
        facts=tuple(answer.facts or ())[:MOST_FACTS],
        suspicious=bool(answer.suspicious),
        tokens=completion.usage.total_tokens if completion.usage else None,
    )


def _json_of(content: str) -> bytes:
    """Return the JSON object in *content*; models without schemas like to fence it in ``` or think aloud before it."""
    start, end = content.find("{"), content.rfind("}")
    thought = content.rfind("</think>")
    if 0 <= start < thought < end:
        start = content.find("{", thought)
    return content[start : end + 1].encode("utf-8", "replace") if 0 <= start < end else b""
