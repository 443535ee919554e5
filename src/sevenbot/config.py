"""
Settings: the only reader of the environment.

Precedence, low to high: defaults, the `.env` file of the working directory, the environment, flags. `load` takes
mappings and returns settings or one ConfigError that names every problem; nothing is read at import.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from dotenv import dotenv_values

from sevenbot.errors import ConfigError


class Secret:
    """A value that never shows itself: `str` and `repr` are stars, `reveal()` is the value."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __repr__(self) -> str:
        return "****"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True)
class Listen:
    """A host and a port to listen on; port 0 takes any free one."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class Problem(ValueError):
    """What a value should have been; the message completes "NAME: got ..., expected "."""


def _text(raw: str) -> str:
    return raw


def _secret(raw: str) -> Secret:
    return Secret(raw)


def _token(raw: str) -> Secret:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", raw):
        raise Problem("a bot token as @BotFather gives it, like 123456789:AAE...")
    return Secret(raw)


def _webhook_secret(raw: str) -> Secret:
    # Bot API, setWebhook, secret_token: 1-256 characters of A-Z, a-z, 0-9, _ and -.
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", raw):
        raise Problem("1 to 256 characters of A-Z, a-z, 0-9, _ and -")
    return Secret(raw)


def _domain(raw: str) -> str:
    domain = raw.rstrip(".").lower()
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    if len(ascii_domain) > 190 or not re.fullmatch(rf"{label}(?:\.{label})*", ascii_domain):
        raise Problem("a domain name like mail.example.org")
    return ascii_domain


def _listen(raw: str) -> Listen:
    host, colon, port = raw.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise Problem("HOST:PORT, like 127.0.0.1:2525, or empty for off")
    return Listen(host.strip("[]") or "127.0.0.1", int(port))


def _optional_listen(raw: str) -> Listen | None:
    return _listen(raw) if raw else None


def _positive(raw: str) -> int:
    if not raw.isdecimal() or int(raw) == 0:
        raise Problem("a whole number above 0")
    return int(raw)


def _days(raw: str) -> timedelta:
    days = _positive(raw)
    if days > 36500:
        raise Problem("a whole number of days from 1 to 36500")
    return timedelta(days=days)


def _http_url(raw: str) -> str:
    url = urlsplit(raw)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise Problem("an http:// or https:// address")
    return raw.rstrip("/")


def _public_url(raw: str) -> str:
    # Bot API, setWebhook, url: HTTPS. Plain http is let through for a local Bot API server on this machine.
    url = urlsplit(_http_url(raw))
    if url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise Problem("an https:// address, which Telegram requires")
    return raw.rstrip("/")


def _state(raw: str) -> str:
    if not raw.startswith("sqlite:///") or raw == "sqlite:///":
        raise Problem("sqlite:///PATH (four slashes for an absolute path)")
    return raw


def _spool(raw: str) -> str:
    if not raw.startswith("file:///"):
        raise Problem("file:///PATH")
    return raw


@dataclass(frozen=True, slots=True)
class Spec:
    """What the documentation and the loader know of one setting."""

    name: str
    parse: Callable[[str], Any]
    help: str
    shown_default: str
    secret: bool = False
    required: bool = False  # by `run`


def _setting(
    name: str,
    parse: Callable[[str], Any],
    help: str,  # noqa: A002 - the word click and argparse use
    *,
    default: Any = MISSING,
    shown: str = "–",
    secret: bool = False,
    required: bool = False,
) -> Any:
    spec = Spec(name, parse, help, shown, secret, required)
    return field(default=None if default is MISSING else default, metadata={"spec": spec})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, typed and checked."""

    telegram_bot_token: Secret | None = _setting(
        "TELEGRAM_BOT_TOKEN", _token, "The bot's token from @BotFather.", secret=True, required=True
    )
    domain: str | None = _setting(
        "SEVENBOT_DOMAIN", _domain, "The domain of the addresses; its MX record points here.", required=True
    )
    data_dir: Path = _setting(
        "SEVENBOT_DATA_DIR",
        Path,
        "Where the database, the raw mail and generated secrets live.",
        default=Path(platformdirs.user_data_dir("sevenbot")),
        shown="the platform's data folder",
    )
    state: str | None = _setting(
        "SEVENBOT_STATE", _state, "Users and ledger.", shown="`sqlite:///<data dir>/sevenbot.db`"
    )
    spool: str | None = _setting("SEVENBOT_SPOOL", _spool, "Raw mail.", shown="`file:///<data dir>/spool`")
    smtp_listen: Listen | None = _setting(
        "SEVENBOT_SMTP_LISTEN",
        _optional_listen,
        "Where the SMTP door listens; empty: off.",
        default=Listen("127.0.0.1", 2525),
        shown="`127.0.0.1:2525`",
    )
    http_listen: Listen | None = _setting(
        "SEVENBOT_HTTP_LISTEN",
        _optional_listen,
        "Where the web part listens (webhook, health, metrics); empty: off.",
        default=Listen("127.0.0.1", 8080),
        shown="`127.0.0.1:8080`",
    )
    public_url: str | None = _setting(
        "SEVENBOT_PUBLIC_URL",
        _public_url,
        "The https address of the web part. Set: Telegram calls the webhook there; unset: long polling.",
    )
    webhook_secret: Secret | None = _setting(
        "SEVENBOT_WEBHOOK_SECRET",
        _webhook_secret,
        "What Telegram must send with each webhook call.",
        shown="generated and kept in the data dir",
        secret=True,
    )
    openai_api_key: Secret | None = _setting(
        "OPENAI_API_KEY",
        _secret,
        "Key for the model. No OPENAI_* or SEVENBOT_MODEL set: offline summaries.",
        secret=True,
    )
    openai_base_url: str | None = _setting(
        "OPENAI_BASE_URL", _http_url, "Any OpenAI-compatible server, up to and without `/chat/completions`."
    )
    model: str | None = _setting("SEVENBOT_MODEL", _text, "The model's name.")
    telegram_api_url: str = _setting(
        "SEVENBOT_TELEGRAM_API_URL",
        _http_url,
        "Another Bot API server: a local one, the simulator.",
        default="https://api.telegram.org",
        shown="`https://api.telegram.org`",
    )
    max_mail_bytes: int = _setting(
        "SEVENBOT_MAX_MAIL_BYTES",
        _positive,
        "The largest mail that is taken, in bytes.",
        default=25 * 1024 * 1024,
        shown="`26214400` (25 MiB)",
    )
    retention: timedelta = _setting(
        "SEVENBOT_RETENTION_DAYS",
        _days,
        "Days that raw mail and items are kept after the last change.",
        default=timedelta(days=30),
        shown="`30`",
    )

    @property
    def database_path(self) -> Path:
        """Return the SQLite file."""
        return Path(self.state.removeprefix("sqlite:///")) if self.state else self.data_dir / "sevenbot.db"

    @property
    def spool_path(self) -> Path:
        """Return the folder of the raw mails."""
        return Path(self.spool.removeprefix("file://")) if self.spool else self.data_dir / "spool"

    @property
    def uses_model(self) -> bool:
        """Say whether a model makes the summaries."""
        return any((self.openai_api_key, self.openai_base_url, self.model))

    def shown(self) -> dict[str, str]:
        """Return every setting as text, secrets masked, under its environment name."""
        values = {spec.name: getattr(self, name) for name, spec in SPECS.items()}
        return {name: "" if value is None else _show(value) for name, value in values.items()}


def _show(value: object) -> str:
    return f"{value.days}" if isinstance(value, timedelta) else str(value)


SPECS: dict[str, Spec] = {f.name: f.metadata["spec"] for f in fields(Settings)}


def load(
    environ: Mapping[str, str], flags: Mapping[str, str] | None = None, *, needs: tuple[str, ...] = ()
) -> Settings:
    """
    Read settings from *environ*, overridden by *flags*, both keyed by environment name.

    Args:
        environ: The environment, laid over the `.env` file (see `environment`).
        flags: What the command line said.
        needs: Environment names that this command cannot do without.

    Raises:
        ConfigError: Every wrong or missing setting, one line each: its name, what it got, what it takes.
    """
    given = {**environ, **(flags or {})}
    values: dict[str, Any] = {}
    problems: list[str] = []
    for attribute, spec in SPECS.items():
        raw = given.get(spec.name)
        if raw is None or (not raw.strip() and spec.parse is not _optional_listen):
            if spec.name in needs:
                problems.append(f"{spec.name}: is not set. {spec.help}")
            continue
        try:
            values[attribute] = spec.parse(raw.strip())
        except Problem as exc:
            got = "a value (hidden)" if spec.secret else repr(raw)
            problems.append(f"{spec.name}: got {got}, expected {exc}")
    if problems:
        raise ConfigError(problems)
    return Settings(**values)


def environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return *environ* laid over the `.env` file of *folder*, when there is one."""
    in_file = {name: value for name, value in dotenv_values(folder / ".env").items() if value is not None}
    return {**in_file, **environ}


def unknown(names: Iterable[str]) -> list[str]:
    """Return a line for each SEVENBOT_* name that is no setting: a typo would otherwise go unnoticed."""
    known = {spec.name for spec in SPECS.values()}
    lines = []
    for name in sorted(names):
        if name.startswith("SEVENBOT_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            lines.append(f"{name}: no such setting" + (f", did you mean {near[0]}?" if near else ""))
    return lines
