from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sevenbot.aws.client import Aws, Refused, code_of, open_aws
from sevenbot.errors import ConfigError, StateUnavailable, StoreUnavailable
from tests.aws import ministack

GET: dict[str, Any] = {"TableName": "telegram-users", "Key": {"chat_id": {"N": "1"}}}


class Answer(BaseHTTPRequestHandler):
    """Answers every call alike, and counts them."""

    status, code = 400, "ThrottlingException"
    calls = 0

    def do_POST(self) -> None:
        type(self).calls += 1
        body = f'{{"__type": "com.amazonaws.dynamodb.v20120810#{self.code}", "message": "arn:aws:...:123456789012"}}'.encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def answer() -> Iterator[type[Answer]]:
    """A server that answers as the test sets it, and an environment that leads there."""
    kind = type("OneAnswer", (Answer,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    with ministack.environment(f"http://127.0.0.1:{server.server_port}"):
        yield kind
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (400, "ThrottlingException", "throttled"),
        (400, "ProvisionedThroughputExceededException", "throttled"),
        (400, "ResourceNotFoundException", "not there in this region"),
        (400, "AccessDeniedException", "lack a permission"),
        (400, "ExpiredTokenException", "have expired"),
        (400, "UnrecognizedClientException", "not valid"),
        (400, "InvalidSignatureException", "clock"),
        (500, "InternalServerError", "internal error"),
        (503, "ServiceUnavailable", "internal error"),
        (400, "SomethingNew", "refused"),
    ],
)
async def test_every_refusal_is_transient_and_told_in_words_without_the_services_own(
    answer: type[Answer], status: int, code: str, words: str
) -> None:
    answer.status, answer.code = status, code
    aws = Aws(attempts=1)

    with pytest.raises(StateUnavailable, match=words) as caught:
        await aws.call("dynamodb", "get_item", **GET)
    await aws.close()

    assert code in str(caught.value)
    assert "123456789012" not in str(caught.value)
    assert caught.value.maybe_done == (status >= 500)
    assert code_of(caught.value.__cause__) == code


async def test_throttled_calls_are_sent_again_a_few_times_and_may_have_been_done(answer: type[Answer]) -> None:
    aws = Aws(attempts=2)

    with pytest.raises(StoreUnavailable) as caught:
        await aws.call("dynamodb", "get_item", unavailable=StoreUnavailable, **GET)
    await aws.close()

    assert answer.calls == 2
    assert caught.value.maybe_done, "the first call may have been done before it was refused for the second time"


async def test_what_the_caller_expects_comes_back_as_an_answer(answer: type[Answer]) -> None:
    answer.code = "ConditionalCheckFailedException"
    aws = Aws(attempts=1)

    with pytest.raises(Refused) as caught:
        await aws.call("dynamodb", "get_item", expected=("ConditionalCheckFailedException",), **GET)
    await aws.close()

    assert caught.value.code == "ConditionalCheckFailedException"


async def test_an_endpoint_that_is_not_there_is_unavailable() -> None:
    with ministack.environment("http://127.0.0.1:9"):
        aws = Aws(attempts=1)
        with pytest.raises(StateUnavailable, match="not reached"):
            await aws.call("dynamodb", "get_item", **GET)
        await aws.close()


async def test_without_credentials_nothing_was_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with ministack.environment("http://127.0.0.1:9"):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("HOME", str(tmp_path))
        aws = Aws(attempts=1)
        with pytest.raises(StateUnavailable, match="no credentials") as caught:
            await aws.call("dynamodb", "get_item", **GET)
        await aws.close()

    assert not caught.value.maybe_done


async def test_without_a_region_the_setting_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with ministack.environment("http://127.0.0.1:9"):
        monkeypatch.delenv("AWS_REGION")
        monkeypatch.delenv("AWS_DEFAULT_REGION")
        monkeypatch.setenv("HOME", str(tmp_path))
        aws = Aws()
        with pytest.raises(ConfigError, match="AWS_REGION: is not set"):
            await aws.call("dynamodb", "get_item", **GET)
        await aws.close()


async def test_an_unknown_profile_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    with pytest.raises(ConfigError, match="AWS_PROFILE"):
        async with open_aws():
            pass
