import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from sevenbot import logs
from sevenbot.errors import StateUnavailable
from sevenbot.maillog import MailLog, log_event

logger = logging.getLogger("sevenbot.tests")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    logging.captureWarnings(False)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_json_object_with_its_facts() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    MailLog(log_event).accepted("5f0c", size_bytes=20480, via="smtp", sender_domain="example.net", seconds=0.010000001)

    (line,) = lines(stream)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "sevenbot.mail",
        "event": "accepted",
        "id": "5f0c",
        "size_bytes": 20480,
        "via": "smtp",
        "sender_domain": "example.net",
        "seconds": 0.01,
    }


def test_a_terminal_gets_short_lines() -> None:
    stream = Terminal()
    logs.configure(stream=stream)

    logger.info("accepted", extra={"facts": {"id": "5f0c", "size_bytes": 1, "client": None}})
    logger.warning("retry")

    first, second = stream.getvalue().splitlines()
    assert first[8:] == " accepted id=5f0c size_bytes=1"
    assert second[8:] == " warning retry"


def test_lines_go_to_stderr_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()

    logger.info("here")

    out, err = capsys.readouterr()
    assert out == ""
    assert '"event": "here"' in err


def test_configuring_twice_does_not_write_twice() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)
    logs.configure(stream=stream)

    logger.info("once")

    assert len(lines(stream)) == 1


def test_a_fact_does_not_hide_the_fixed_keys() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logger.info("true", extra={"facts": {"event": "false", "level": "false"}})

    assert lines(stream)[0]["event"] == "true"
    assert lines(stream)[0]["level"] == "info"


@pytest.mark.parametrize("value", ["a\nb", "a\u2028b", "\ud800", "\x1b[31m", "\x00"])
@pytest.mark.parametrize("terminal", [False, True])
def test_a_hostile_fact_stays_on_its_line_and_steers_no_terminal(value: str, *, terminal: bool) -> None:
    stream = io.StringIO()
    logs.configure(stream=stream, as_json=not terminal)

    logger.info("refused", extra={"facts": {"sender_domain": value}})

    text = stream.getvalue()
    assert len(text.splitlines()) == 1
    assert text.rstrip("\n").isprintable()


def raised(exc: BaseException) -> BaseException:
    try:
        raise exc  # noqa: TRY301 - so that it has a place
    except BaseException as caught:  # noqa: BLE001 - whatever the test wants to be raised
        return caught


def test_an_exception_is_one_line_with_its_places() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logger.error("failed", exc_info=raised(StateUnavailable("database is locked")))

    (line,) = lines(stream)
    assert line["error"] == "StateUnavailable"
    assert line["reason"] == "database is locked"
    assert line["trace"].startswith("test_logs.py:")
    assert line["trace"].endswith(" raised")


def test_what_a_foreign_exception_says_is_left_out_since_it_may_quote_a_mail() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logger.error("failed", exc_info=raised(ValueError("Dear Ann, your password is hunter2")))

    assert "Ann" not in stream.getvalue()
    assert lines(stream)[0]["error"] == "ValueError"


def test_a_system_error_says_why_without_the_path() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logger.error("failed", exc_info=raised(OSError(28, "No space left on device", "/home/ann/mail")))

    assert lines(stream)[0]["reason"] == "No space left on device"
    assert "ann" not in stream.getvalue()


def test_each_exception_of_a_group_is_told() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logger.error("failed", exc_info=raised(ExceptionGroup("two", [KeyError("x"), StateUnavailable("locked")])))

    assert [inner["error"] for inner in lines(stream)[0]["exceptions"]] == ["KeyError", "StateUnavailable"]


def test_addresses_and_tokens_in_a_message_are_blotted_out() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logger.warning("cannot reach https://api.telegram.org/bot123456:AAEsomething_long for <ann@example.org>")

    text = stream.getvalue()
    assert "AAEsomething" not in text
    assert "ann@" not in text
    assert "***" in text


def test_libraries_do_not_tell_addresses_or_each_request() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logging.getLogger("mail.log").info("sender: ann@example.org")
    logging.getLogger("mail.log").warning("odd line: secret words")
    logging.getLogger("uvicorn.access").info("GET /")
    logging.getLogger("aiohttp.access").info("GET /")

    assert stream.getvalue() == ""


def test_what_asyncio_adds_below_its_first_line_is_left_out() -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)

    logging.getLogger("asyncio").error(
        "Task exception was never retrieved\nfuture: <Task exception=ValueError('secret')>"
    )

    assert lines(stream)[0]["event"] == "Task exception was never retrieved"


def test_arguments_that_do_not_fit_lose_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    logs.configure(stream=stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    logger.info("%d mails", "many")

    assert lines(stream)[0]["event"] == "%d mails"


def test_that_bytes_came_is_logged_for_those_who_debug() -> None:
    stream = io.StringIO()
    for level in (logging.INFO, logging.DEBUG):
        logs.configure(stream=stream, level=level, as_json=True)
        MailLog(log_event).received(size_bytes=1, via="smtp", seconds=0.0)

    assert [line["event"] for line in lines(stream)] == ["received"]
