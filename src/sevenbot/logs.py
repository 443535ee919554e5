"""
Where log lines go and how they look: JSON for machines, short lines for a terminal, always on stderr.

    {"time": "2026-11-02T10:00:00.123Z", "level": "info", "logger": "sevenbot.mail", "event": "accepted",
     "id": "5f0c...", "size_bytes": 20480, "via": "smtp"}

Inside a function on AWS every line has the `request` it belongs to.

A log call gives a fixed text and its facts apart: `logger.info("accepted", extra={"facts": {"id": ...}})`.
Logs never hold a subject, a body, an address or a token. Our own calls see to that themselves; what libraries
and exceptions say is cut to its first line, and addresses and tokens in it are blotted out.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from sevenbot.errors import SevenBotError

#: Libraries that tell more than operators want (and, at INFO, addresses): only from this level on.
QUIET = {
    "mail.log": logging.ERROR,  # aiosmtpd
    "mail.error": logging.ERROR,
    "mail.debug": logging.ERROR,
    "uvicorn": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
    "aiohttp": logging.WARNING,
    "mangum": logging.WARNING,  # a path may hold the signed token that opens a mail
    "asyncio": logging.WARNING,
    "botocore": logging.WARNING,
}

#: The invocation of a function on AWS that is under way, by its request id.
REQUEST: ContextVar[str | None] = ContextVar("request", default=None)

# Anything@anything is taken for an address; digits, colon and 20 or more key letters for a bot token.
_ADDRESS = re.compile(r"[^\s@<>\"',;:()\[\]]{1,64}@[^\s@<>\"',;:()\[\]]{1,255}")
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{8,}")

# ASCII only: a lone surrogate or a line separator in a fact cannot break the line.
_encode = json.JSONEncoder(default=repr).encode


def configure(*, stream: TextIO | None = None, level: int = logging.INFO, as_json: bool | None = None) -> None:
    """
    Send every log line to *stream* (stderr when None).

    Args:
        as_json: JSON lines or human lines; None takes human lines on a terminal only.
    """
    stream = stream or sys.stderr
    if as_json is None:
        as_json = not stream.isatty()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if as_json else HumanLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(level, least))
    logging.captureWarnings(True)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON; a fact never hides the fixed keys."""
        line = {
            "time": _time(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if request := REQUEST.get():
            line["request"] = request
        return _encode({**line, **_facts(record), **line})


class HumanLines(logging.Formatter):
    """`10:00:00 accepted id=5f0c... size_bytes=20480`; levels above info are named."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one short line."""
        clock = _time(record).astimezone().strftime("%H:%M:%S")
        words = [record.levelname.lower()] if record.levelno > logging.INFO else []
        words.append(_event(record))
        words += [f"{key}={_plain(value)}" for key, value in _facts(record).items() if value not in (None, "")]
        return " ".join([clock, *words])


def _plain(value: object) -> str:
    """Return a fact as text that cannot steer a terminal."""
    text = str(value)
    return text if text.isprintable() else ascii(text)


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _event(record: logging.LogRecord) -> str:
    """Return what happened; of a library's message only the first line, which asyncio follows with objects' reprs."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit the text: a bug, but no reason to lose the line
        message = str(record.msg)
    return blot(_plain(message.partition("\n")[0]))


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    given: dict[str, Any] = getattr(record, "facts", {})
    # A tenth of a millisecond is finer than anything we time.
    facts = {name: round(value, 4) if isinstance(value, float) else value for name, value in given.items()}
    if record.exc_info and record.exc_info[1]:
        facts.update(_exception(record.exc_info[1]))
    return facts


def _exception(exc: BaseException) -> dict[str, Any]:
    """
    Return the kind and the places of an exception, in the order of the calls.

    Its text only when it is ours or the system's: others quote what they choked on, which may be a mail.
    """
    frames = traceback.extract_tb(exc.__traceback__)
    cause = exc.__cause__ or exc.__context__
    told: dict[str, Any] = {"error": type(exc).__name__}
    if isinstance(exc, SevenBotError):
        told["reason"] = blot(str(exc))
    elif isinstance(exc, OSError) and exc.strerror:
        told["reason"] = exc.strerror
    told["trace"] = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    if cause:
        told["cause"] = type(cause).__name__
    if isinstance(exc, BaseExceptionGroup):
        told["exceptions"] = [_exception(inner) for inner in exc.exceptions]
    return told


def blot(text: str) -> str:
    """Return *text* with whatever looks like a mail address or a bot token replaced by "***"."""
    return _TOKEN.sub("***", _ADDRESS.sub("***", text))
