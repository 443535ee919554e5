import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sevenbot.config import Listen, Secret, Settings
from sevenbot.deliver.botapi import WebhookInfo
from sevenbot.doctor.finding import Finding, Result
from sevenbot.doctor.telegram import check_clock, check_telegram, check_updates, check_webhook
from sevenbot.web.serve import serve

TOKEN = "123456:TEST-token_x"
URL = "https://bot.example.org"


class Api:
    """A Bot API server of two methods."""

    def __init__(self) -> None:
        self.status = 200
        self.webhook_url = ""
        self.url = ""

    async def answer(self, request: Request) -> Response:
        results = {
            "getMe": {"id": 1, "is_bot": True, "first_name": "Seven", "username": "seven_bot"},
            "getWebhookInfo": {"url": self.webhook_url, "pending_update_count": 3},
        }
        if self.status == 200:
            body = {"ok": True, "result": results[request.path_params["method"]]}
        else:
            body = {"ok": False, "error_code": self.status, "description": "Unauthorized"}
        return Response(json.dumps(body), status_code=self.status)

    async def root(self, request: Request) -> Response:
        return Response()  # the server adds its Date


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    api = Api()
    app = Starlette(routes=[Route("/", api.root), Route("/bot{token}/{method}", api.answer, methods=["GET", "POST"])])
    async with serve(app, Listen("127.0.0.1", 0)) as bound:
        api.url = f"http://{bound}"
        yield api


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def settings(url: str) -> Settings:
    return Settings(telegram_bot_token=Secret(TOKEN), telegram_api_url=url)


async def test_a_known_token_is_shown_by_the_bots_name(api: Api, session: aiohttp.ClientSession) -> None:
    findings = await check_telegram(settings(api.url), session)

    assert [finding.result for finding in findings] == [Result.OK, Result.OK]
    assert "@seven_bot" in findings[0].detail
    assert "long polling; 3 waiting" in findings[1].detail


@pytest.mark.parametrize("status", [401, 404])
async def test_an_unknown_token_fails_and_is_not_shown(api: Api, session: aiohttp.ClientSession, status: int) -> None:
    api.status = status

    (finding,) = await check_telegram(settings(api.url), session)

    assert finding.result is Result.FAILED
    assert "BotFather" in finding.advice
    assert "TEST-token" not in repr(finding)


async def test_a_telegram_out_of_reach_fails(session: aiohttp.ClientSession) -> None:
    (finding,) = await check_telegram(settings("http://127.0.0.1:9"), session)

    assert finding.result is Result.FAILED
    assert "firewall" in finding.advice
    assert "TEST-token" not in repr(finding)


async def test_without_a_token_there_is_nothing_to_ask(session: aiohttp.ClientSession) -> None:
    assert await check_telegram(Settings(), session) == []


@pytest.mark.parametrize(
    ("url", "public_url", "result"),
    [
        ("", None, Result.OK),
        (f"{URL}/telegram/webhook", URL, Result.OK),
        ("https://other.example/hook", None, Result.ADVICE),
        ("", URL, Result.ADVICE),
        ("https://other.example/hook", URL, Result.ADVICE),
    ],
)
def test_the_webhook_is_compared_with_the_public_address(url: str, public_url: str | None, result: Result) -> None:
    (finding,) = check_webhook(WebhookInfo(url=url), public_url)

    assert finding.result is result
    assert finding.advice or result is Result.OK


def test_where_functions_on_aws_answer_a_webhook_is_as_it_should_be() -> None:
    on_aws = Settings(queue="sqs://sevenbot-mail")

    (finding,) = check_updates(WebhookInfo(url=f"{URL}/telegram/webhook"), on_aws)

    assert finding.result is Result.OK


def test_why_telegram_could_not_deliver_is_told() -> None:
    info = WebhookInfo(
        url=f"{URL}/telegram/webhook", last_error_date=1793440800, last_error_message="Connection refused"
    )

    findings: list[Finding] = list(check_webhook(info, URL))

    assert findings[1].result is Result.ADVICE
    assert findings[1].detail == "Telegram could not deliver at 2026-10-31 10:00 UTC: Connection refused"


@pytest.mark.parametrize(
    ("skew", "result"),
    [(timedelta(seconds=5), Result.OK), (timedelta(minutes=-5), Result.ADVICE), (timedelta(hours=2), Result.ADVICE)],
)
async def test_the_clock_is_compared_with_telegrams(
    api: Api, session: aiohttp.ClientSession, skew: timedelta, result: Result
) -> None:
    (finding,) = await check_clock(settings(api.url), session, datetime.now(UTC) + skew)

    assert finding.result is result


async def test_without_an_answer_nothing_is_said_of_the_clock(session: aiohttp.ClientSession) -> None:
    assert await check_clock(settings("http://127.0.0.1:9"), session, datetime.now(UTC)) == []
