"""
Settings: the only reader of the environment.

Precedence, low to high: defaults, the `.env` file of the working directory, the environment, flags. `load` takes
mappings and returns settings or one ConfigError that names every problem; nothing is read at import.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import platformdirs

from sevenbot.errors import ConfigError
from sevenbot.mailbox import Backlog, Done, ImapUrl, Mailbox, read_backlog, read_done, read_imap_url
from sevenbot.setting_values import (
    DYNAMODB,
    Listen,
    Problem,
    Secret,
    read_architecture,
    read_days,
    read_domain,
    read_folder,
    read_http_url,
    read_listen,
    read_optional_listen,
    read_parameter_path,
    read_positive,
    read_public_url,
    read_queue,
    read_secret,
    read_spool,
    read_state,
    read_table_name,
    read_text,
    read_token,
    read_webhook_secret,
    shown,
    without_password,
)

__all__ = ["SPECS", "Listen", "Problem", "Secret", "Settings", "Spec", "environment", "load", "read_listen", "unknown"]

PREFIX = "SEVENBOT_"

#: So much of a wrong value is quoted.
QUOTED = 80


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
    default: Any = None,
    shown: str = "–",
    secret: bool = False,
    required: bool = False,
) -> Any:
    spec = Spec(name, parse, help, shown, secret, required)
    if callable(default):
        return field(default_factory=default, metadata={"spec": spec})
    return field(default=default, metadata={"spec": spec})


def _platform_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("sevenbot"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, typed and checked."""

    telegram_bot_token: Secret | None = _setting(
        "TELEGRAM_BOT_TOKEN", read_token, "The bot's token from @BotFather.", secret=True, required=True
    )
    domain: str | None = _setting(
        "SEVENBOT_DOMAIN", read_domain, "The domain of the addresses; its MX record points here.", required=True
    )
    data_dir: Path = _setting(
        "SEVENBOT_DATA_DIR",
        read_folder,
        "Where the database, the raw mail and generated secrets live.",
        default=_platform_data_dir,
        shown="the platform's data folder",
    )
    state: str | None = _setting(
        "SEVENBOT_STATE",
        read_state,
        "Users and ledger: a SQLite file, or `dynamodb://` for the two tables below.",
        shown="`sqlite:///<data dir>/sevenbot.db`",
    )
    users_table: str = _setting(
        "SEVENBOT_USERS_TABLE",
        read_table_name,
        "The DynamoDB table of the users.",
        default="telegram-users",
        shown="`telegram-users`",
    )
    ledger_table: str = _setting(
        "SEVENBOT_LEDGER_TABLE",
        read_table_name,
        "The DynamoDB table of what became of each mail.",
        default="email-processing-state",
        shown="`email-processing-state`",
    )
    spool: str | None = _setting(
        "SEVENBOT_SPOOL",
        read_spool,
        "Raw mail: a folder, or `s3://bucket/prefix`.",
        shown="`file:///<data dir>/spool`",
    )
    queue: str | None = _setting(
        "SEVENBOT_QUEUE",
        read_queue,
        "What is to be done: the ledger itself, or an SQS queue as `sqs://name`, which the functions on AWS work on.",
        shown="the ledger",
    )
    ssm_path: str | None = _setting(
        "SEVENBOT_SSM_PATH",
        read_parameter_path,
        "Functions on AWS only: the path in SSM Parameter Store below which the secrets are, each under its name here.",
    )
    lambda_arch: str = _setting(
        "SEVENBOT_LAMBDA_ARCH",
        read_architecture,
        "Functions on AWS only: the processor, `arm64` or `x86_64`.",
        default="arm64",
        shown="`arm64`",
    )
    smtp_listen: Listen | None = _setting(
        "SEVENBOT_SMTP_LISTEN",
        read_optional_listen,
        "Where the SMTP door listens; empty: off.",
        default=Listen("127.0.0.1", 2525),
        shown="`127.0.0.1:2525`",
    )
    http_listen: Listen | None = _setting(
        "SEVENBOT_HTTP_LISTEN",
        read_optional_listen,
        "Where the web part listens (webhook, health, metrics); empty: off.",
        default=Listen("127.0.0.1", 8080),
        shown="`127.0.0.1:8080`",
    )
    imap_url: ImapUrl | None = _setting(
        "SEVENBOT_IMAP_URL",
        read_imap_url,
        "A mailbox to fetch mail from: `imaps://user:password@host:993/INBOX`, percent-encoded (imap.md).",
        secret=True,
    )
    imap_backlog: Backlog = _setting(
        "SEVENBOT_IMAP_BACKLOG",
        read_backlog,
        "What is taken of the mails that are there at first connect: `unseen`, `all` or `none`.",
        default=Backlog.UNSEEN,
        shown="`unseen`",
    )
    imap_done: Done = _setting(
        "SEVENBOT_IMAP_DONE",
        read_done,
        "What becomes of a mail once it is kept: `seen`, `move:FOLDER` or `delete`.",
        default=Done("seen"),
        shown="`seen`",
    )
    public_url: str | None = _setting(
        "SEVENBOT_PUBLIC_URL",
        read_public_url,
        "The https address of the web part. Set: Telegram calls the webhook there; unset: long polling.",
    )
    webhook_secret: Secret | None = _setting(
        "SEVENBOT_WEBHOOK_SECRET",
        read_webhook_secret,
        "What Telegram must send with each webhook call.",
        shown="generated and kept in the data dir",
        secret=True,
    )
    openai_api_key: Secret | None = _setting(
        "OPENAI_API_KEY",
        read_secret,
        "Key for the model. None of `OPENAI_...` and `SEVENBOT_MODEL` set: offline summaries.",
        secret=True,
    )
    openai_base_url: str | None = _setting(
        "OPENAI_BASE_URL",
        read_http_url,
        "Any OpenAI-compatible server, up to and without `/chat/completions`.",
        shown="`https://api.openai.com/v1`",
    )
    model: str | None = _setting("SEVENBOT_MODEL", read_text, "The model's name.", shown="`gpt-4.1-mini`")
    model_tokens_per_day: int | None = _setting(
        "SEVENBOT_MODEL_TOKENS_PER_DAY",
        read_positive,
        "Tokens that all mails of a day (UTC) may take from the model; then summaries are made offline, and say so. "
        "Counted by each process since its start.",
        shown="no limit",
    )
    model_tokens_per_user: int | None = _setting(
        "SEVENBOT_MODEL_TOKENS_PER_USER",
        read_positive,
        "The same for the mails of one chat. A mail takes 600 to 5,000.",
        shown="no limit",
    )
    telegram_api_url: str = _setting(
        "SEVENBOT_TELEGRAM_API_URL",
        read_http_url,
        "Another Bot API server: a local one, the simulator.",
        default="https://api.telegram.org",
        shown="`https://api.telegram.org`",
    )
    max_mail_bytes: int = _setting(
        "SEVENBOT_MAX_MAIL_BYTES",
        read_positive,
        "The largest mail that is taken, in bytes.",
        default=25 * 1024 * 1024,
        shown="`26214400` (25 MiB)",
    )
    retention: timedelta = _setting(
        "SEVENBOT_RETENTION_DAYS",
        read_days,
        "Days that raw mail and items are kept after the last change.",
        default=timedelta(days=30),
        shown="`30`",
    )

    @property
    def uses_dynamodb(self) -> bool:
        """Say whether users and ledger are DynamoDB tables."""
        return self.state == DYNAMODB

    @property
    def bucket(self) -> tuple[str, str] | None:
        """Return the S3 bucket and the prefix ("" or without slashes at its ends), or None for a folder."""
        if self.spool is None or not self.spool.startswith("s3://"):
            return None
        bucket, _, prefix = self.spool.removeprefix("s3://").partition("/")
        return bucket, prefix

    @property
    def queue_name(self) -> str | None:
        """Return the SQS queue's name, or None where the ledger is the queue."""
        return None if self.queue is None else self.queue.removeprefix("sqs://")

    @property
    def uses_aws(self) -> bool:
        """Say whether anything is kept on AWS, or a service that speaks like it."""
        return self.uses_dynamodb or self.bucket is not None or self.queue is not None

    @property
    def database_path(self) -> Path:
        """Return the SQLite file; with DynamoDB, where one would be."""
        is_file = self.state is not None and not self.uses_dynamodb
        return Path((self.state or "").removeprefix("sqlite:///")) if is_file else self.data_dir / "sevenbot.db"

    @property
    def spool_path(self) -> Path:
        """Return the folder of the raw mails; with S3, where one would be."""
        is_folder = self.spool is not None and self.bucket is None
        return Path((self.spool or "").removeprefix("file://")) if is_folder else self.data_dir / "spool"

    @property
    def mailbox(self) -> Mailbox | None:
        """Return the mailbox that mail is fetched from, or None."""
        if self.imap_url is None:
            return None
        return Mailbox(self.imap_url, self.imap_backlog, self.imap_done, self.max_mail_bytes, self.retention)

    @property
    def uses_model(self) -> bool:
        """Say whether a model makes the summaries."""
        return any((self.openai_api_key, self.openai_base_url, self.model))

    def shown(self) -> dict[str, str]:
        """Return every setting as text, secrets masked, under its environment name."""
        return {spec.name: shown(getattr(self, attribute)) for attribute, spec in SPECS.items()}


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
        raw = given.get(spec.name, "").strip()
        may_be_empty = spec.parse is read_optional_listen and spec.name in given
        if not raw and not may_be_empty:
            if spec.name in needs:
                problems.append(f"{spec.name}: is not set. {spec.help}")
            continue
        try:
            values[attribute] = spec.parse(raw)
        except Problem as exc:
            got = "a value (hidden)" if spec.secret else repr(without_password(raw)[:QUOTED])
            problems.append(f"{spec.name}: got {got}, expected {exc}")
    settings = Settings(**values)
    problems += _contradictions(settings)
    if problems:
        raise ConfigError(problems)
    return settings


def _contradictions(settings: Settings) -> list[str]:
    smtp, http, public_url = settings.smtp_listen, settings.http_listen, settings.public_url
    problems = []
    if settings.queue and not (settings.uses_dynamodb and settings.bucket):
        problems.append(
            f"SEVENBOT_QUEUE: got '{settings.queue}', but the mails of a queue are kept on AWS: "
            "SEVENBOT_STATE=dynamodb:// and SEVENBOT_SPOOL=s3://BUCKET/PREFIX are needed too"
        )
    if settings.users_table == settings.ledger_table:
        problems.append(
            f"SEVENBOT_LEDGER_TABLE: got '{settings.ledger_table}', which is the table of the users already"
        )
    if smtp and smtp == http and smtp.port:
        problems.append(f"SEVENBOT_HTTP_LISTEN: got '{http}', which SEVENBOT_SMTP_LISTEN has already")
    if public_url and not http:
        problems.append("SEVENBOT_HTTP_LISTEN: is off, but SEVENBOT_PUBLIC_URL is set: no webhook call could come in")
    if settings.imap_url and settings.imap_done.folder.casefold() == settings.imap_url.folder.casefold():
        problems.append("SEVENBOT_IMAP_DONE: moves mails to where they are: they would be fetched again and again")
    return problems


def environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """
    Return *environ* laid over the `.env` file of *folder*, when there is one. Values are taken as written: no $NAME.

    Raises:
        ConfigError: The file cannot be read, or a line of it is not NAME=VALUE.
    """
    path = folder / ".env"
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError as exc:
        raise ConfigError([f"{path}: cannot be read: it is not UTF-8 text"]) from exc
    except OSError as exc:
        raise ConfigError([f"{path}: cannot be read: {exc.strerror}"]) from exc
    from dotenv.parser import parse_stream  # noqa: PLC0415 - functions on AWS read no file

    bindings = list(parse_stream(io.StringIO(text)))
    problems = [
        f"{path}, line {binding.original.line}: expected NAME=VALUE"
        for binding in bindings
        if binding.error or (binding.key is not None and binding.value is None)
    ]
    if problems:
        raise ConfigError(problems)
    return {
        **{binding.key: binding.value for binding in bindings if binding.key and binding.value is not None},
        **environ,
    }


def for_libraries(environ: Mapping[str, str]) -> dict[str, str]:
    """
    Return the settings in *environ* that libraries read from the environment of the process only.

    They are the AWS SDK's own, and SSL_CERT_FILE: the certificates that OpenSSL trusts. The SDK for Python does not
    know AWS_REGION, the name that every other SDK and AWS Lambda use: it becomes AWS_DEFAULT_REGION too.
    """
    found = {
        name: value for name, value in environ.items() if value and (name.startswith("AWS_") or name == "SSL_CERT_FILE")
    }
    if "AWS_REGION" in found:
        found["AWS_DEFAULT_REGION"] = found["AWS_REGION"]
    return found


def unknown(names: Iterable[str]) -> list[str]:
    """Return a line for each SEVENBOT_* name that is no setting: a typo would otherwise go unnoticed."""
    known = {spec.name.removeprefix(PREFIX) for spec in SPECS.values()}
    lines = []
    for name in sorted(names):
        rest = name.removeprefix(PREFIX)
        if rest != name and rest not in known:
            near = difflib.get_close_matches(rest, known, n=1)
            lines.append(f"{name}: no such setting" + (f", did you mean {_full_name(near[0])}?" if near else ""))
    return lines


def _full_name(rest: str) -> str:
    return next(spec.name for spec in SPECS.values() if spec.name.removeprefix(PREFIX) == rest)
