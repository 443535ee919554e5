import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.types import Message

from sevenbot.config import Listen, Secret
from sevenbot.errors import StateUnavailable
from sevenbot.metrics import Metrics
from sevenbot.web import app as module
from sevenbot.web.app import MAX_UPDATE_BYTES, make_app
from sevenbot.web.serve import serve

SECRET = "right-secret"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = b'{"update_id": 1}'


@dataclass
class Answer:
    status: int
    body: bytes
    headers: Headers

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Site:
    """The app, with what it was asked and what it will say; `ask` speaks ASGI to it, without a server."""

    webhook_secret: Secret | None = field(default_factory=lambda: Secret(SECRET))
    updates: list[bytes] = field(default_factory=list)
    failure: Exception | None = None
    readiness: dict[str, str] = field(default_factory=lambda: {"state": "ok", "spool": "ok", "telegram": "ok"})
    readiness_asked: int = 0
    hangs: bool = False

    def __post_init__(self) -> None:
        self.app = make_app(
            handle_update=self.handle_update,
            webhook_secret=self.webhook_secret,
            metrics=Metrics(),
            readiness=self.ready,
        )

    async def handle_update(self, body: bytes) -> None:
        if self.failure:
            raise self.failure
        msgspec.json.decode(body)
        self.updates.append(body)

    async def ready(self) -> dict[str, str]:
        self.readiness_asked += 1
        await asyncio.sleep(0)
        if self.hangs:
            await asyncio.Event().wait()
        return self.readiness

    async def update(self, body: bytes = UPDATE, secret: str | None = SECRET) -> Answer:
        headers = {} if secret is None else {HEADER: secret}
        return await self.ask("POST", "/telegram/webhook", body, headers)

    async def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        raw_headers = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw_headers}
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        with suppress(LookupError):  # after a 500, Starlette hands the exception on to the server
            await self.app(scope, receive, send)
        content = b"".join(message.get("body", b"") for message in sent)
        return Answer(sent[0]["status"], content, Headers(raw=sent[0]["headers"]))


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
async def connection(site: Site) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A TCP connection to the app on a real server."""
    async with serve(site.app, Listen("127.0.0.1", 0)) as bound:
        reader, writer = await asyncio.open_connection(bound.host, bound.port)
        yield reader, writer
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def test_an_update_with_the_secret_is_taken(site: Site) -> None:
    answer = await site.update()

    assert (answer.status, answer.text) == (200, "")
    assert site.updates == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "wrong-secret", SECRET + "x", SECRET[:-1], SECRET.upper(), "sécret"])
async def test_an_update_without_the_secret_is_refused_unread(site: Site, secret: str | None) -> None:
    answer = await site.update(secret=secret)

    assert answer.status == 401
    assert site.updates == []


async def test_without_a_webhook_there_is_no_such_page() -> None:
    site = Site(webhook_secret=None)

    assert (await site.update()).status == 404
    assert (await site.update(secret="")).status == 404
    assert site.updates == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[1, 2"])
async def test_what_is_no_update_is_refused_without_a_traceback(site: Site, body: bytes) -> None:
    answer = await site.update(body)

    assert answer.status == 400
    assert "Traceback" not in answer.text


async def test_a_body_of_the_limit_is_taken(site: Site) -> None:
    body = b'"' + b"a" * (MAX_UPDATE_BYTES - 2) + b'"'

    assert (await site.update(body)).status == 200


async def test_a_declared_body_over_the_limit_is_refused_before_it_comes(site: Site, connection: Connection) -> None:
    reader, writer = connection
    writer.write(head(f"Content-Length: {MAX_UPDATE_BYTES + 1}"))

    assert (await reader.readline()).startswith(b"HTTP/1.1 413")


async def test_an_undeclared_body_over_the_limit_is_cut_off(site: Site, connection: Connection) -> None:
    reader, writer = connection
    writer.write(head("Transfer-Encoding: chunked"))
    for _ in range(17):
        writer.write(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")

    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    assert site.updates == []


@pytest.mark.parametrize("length", ["-1", "abc", "1, 2", "9" * 400])
async def test_a_length_that_is_none_is_refused(site: Site, connection: Connection, length: str) -> None:
    reader, writer = connection
    writer.write(head(f"Content-Length: {length}") + UPDATE)

    assert (await reader.readline())[9:12] in (b"400", b"413")
    assert site.updates == []


async def test_a_body_that_is_cut_short_is_not_taken(site: Site, connection: Connection) -> None:
    reader, writer = connection
    writer.write(head("Content-Length: 500") + UPDATE)
    writer.write_eof()

    assert await reader.read() == b""
    assert site.updates == []


async def test_a_body_that_does_not_come_is_not_waited_for(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BODY_SECONDS", 0.1)
    reader, writer = connection
    writer.write(head("Content-Length: 500") + UPDATE)

    assert (await reader.readline()).startswith(b"HTTP/1.1 408")


def head(line: str) -> bytes:
    return f"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n{line}\r\n\r\n".encode()


async def test_a_passing_failure_has_telegram_send_the_update_again(site: Site) -> None:
    site.failure = StateUnavailable("the database is locked")

    answer = await site.update()

    assert (answer.status, answer.text) == (503, "try again later")


async def test_a_bug_is_answered_500_and_tells_nothing(site: Site) -> None:
    site.failure = KeyError("what the chat said")

    answer = await site.update()

    assert (answer.status, answer.text) == (500, "Internal Server Error")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_process_is_healthy_while_it_answers(site: Site) -> None:
    answer = await site.ask("GET", "/healthz")

    assert (answer.status, answer.text) == (200, "ok")


async def test_it_is_ready_when_state_and_spool_are(site: Site) -> None:
    site.readiness["telegram"] = "no answer"

    answer = await site.ask("GET", "/readyz")

    assert answer.status == 200
    assert json.loads(answer.text) == {"state": "ok", "spool": "ok", "telegram": "no answer"}


@pytest.mark.parametrize(
    "told", [{"state": "locked", "spool": "ok"}, {"state": "ok", "spool": "full"}, {"state": "ok"}]
)
async def test_it_is_not_ready_when_state_or_spool_is_not(site: Site, told: dict[str, str]) -> None:
    site.readiness = told

    answer = await site.ask("GET", "/readyz")

    assert answer.status == 503
    assert json.loads(answer.text) == told


async def test_it_is_not_ready_when_the_check_hangs(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READINESS_TIMEOUT_SECONDS", 0.1)
    site.hangs = True

    answer = await site.ask("GET", "/readyz")

    assert answer.status == 503
    assert json.loads(answer.text)["state"] == "no answer within 0.1 s"


async def test_many_questions_about_readiness_cost_one_check(site: Site) -> None:
    await asyncio.gather(*(site.ask("GET", "/readyz") for _ in range(20)))

    assert site.readiness_asked == 1


async def test_metrics_are_in_prometheus_text_format(site: Site) -> None:
    answer = await site.ask("GET", "/metrics")

    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "sevenbot_mails_accepted_total 0.0" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/healthz/", 404),
        ("GET", "/telegram/webhook/../../etc/passwd", 404),
        ("GET", "/telegram/webhook", 405),
        ("POST", "/metrics", 405),
        ("DELETE", "/readyz", 405),
        ("HEAD", "/healthz", 200),
    ],
)
async def test_nothing_else_is_there(site: Site, method: str, path: str, status: int) -> None:
    assert (await site.ask(method, path)).status == status


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing", "/telegram/webhook"])
async def test_every_answer_carries_the_security_headers_and_names_no_server(site: Site, path: str) -> None:
    answer = await site.ask("GET", path)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Server" not in answer.headers


@given(body=st.binary(max_size=200))
def test_any_body_is_taken_or_refused_property(body: bytes) -> None:
    assert asyncio.run(Site().update(body)).status in (200, 400)
