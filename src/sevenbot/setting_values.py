"""
Read the text of one setting as a typed value. Pure.

Every `read_...` takes the text without outer spaces and raises Problem for what does not fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

#: Users and ledger in the two tables.
DYNAMODB = "dynamodb://"


class Problem(ValueError):
    """What a value should have been; the message completes "NAME: got ..., expected "."""


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


def read_text(raw: str) -> str:
    """Read one line of text."""
    if not raw.isprintable():
        raise Problem("one line of text")
    return raw


def read_secret(raw: str) -> Secret:
    """Read a key that goes into an HTTP header (RFC 9110 §5.5), where a stray letter would fail much later."""
    if not re.fullmatch(r"[!-~]+", raw):
        raise Problem("letters, digits and signs of ASCII, without spaces")
    return Secret(raw)


def read_token(raw: str) -> Secret:
    """Read a bot token: it becomes part of every URL we call."""
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", raw):
        raise Problem("a bot token as @BotFather gives it, like 123456789:AAE...")
    return Secret(raw)


def read_webhook_secret(raw: str) -> Secret:
    """Read what setWebhook takes as secret_token (Bot API, setWebhook)."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", raw):
        raise Problem("1 to 256 characters of A-Z, a-z, 0-9, _ and -")
    return Secret(raw)


def read_architecture(raw: str) -> str:
    """Read a processor as AWS Lambda names it."""
    if raw not in ("arm64", "x86_64"):
        raise Problem("arm64 or x86_64")
    return raw


def read_domain(raw: str) -> str:
    """Read a domain name in ASCII, or in other letters, which become their ASCII form (RFC 3490)."""
    try:
        domain = raw.rstrip(".").lower().encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    # 190: a local part of ours and the @ fit into the 254 octets of an address (RFC 5321 §4.5.3.1.3).
    if len(domain) > 190 or not re.fullmatch(rf"{label}(?:\.{label})*", domain):
        raise Problem("a domain name like mail.example.org")
    return domain


def read_listen(raw: str) -> Listen:
    """Read HOST:PORT; an IPv6 address stands in brackets, and no host means this machine only."""
    host, colon, port = raw.rpartition(":")
    bracketed = re.fullmatch(r"\[([0-9A-Fa-f:.]+)\]", host)
    plain = re.fullmatch(r"[A-Za-z0-9.-]*", host)
    if not colon or not (bracketed or plain) or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise Problem("HOST:PORT, like 127.0.0.1:2525 or [::1]:2525")
    return Listen(bracketed[1] if bracketed else host or "127.0.0.1", int(port))


def read_optional_listen(raw: str) -> Listen | None:
    """Read HOST:PORT, or nothing for off."""
    try:
        return read_listen(raw) if raw else None
    except Problem as exc:
        raise Problem(f"{exc}, or empty for off") from None


def read_positive(raw: str) -> int:
    """Read a whole number above 0."""
    if not re.fullmatch(r"[0-9]{1,15}", raw) or int(raw) == 0:
        raise Problem("a whole number above 0")
    return int(raw)


def read_days(raw: str) -> timedelta:
    """Read a number of days up to a century."""
    if not re.fullmatch(r"[0-9]{1,5}", raw) or not 1 <= int(raw) <= 36500:
        raise Problem("a whole number of days from 1 to 36500")
    return timedelta(days=int(raw))


def read_http_url(raw: str) -> str:
    """Read an address that paths can be added to; a slash at its end goes."""
    try:
        url = urlsplit(raw)
        fits = url.scheme in ("http", "https") and url.hostname and url.port != 0 and re.fullmatch(r"[!-~]+", raw)
    except ValueError:  # brackets that do not match, a port that is none
        fits = False
    if not fits or "?" in raw or "#" in raw:
        raise Problem("an http:// or https:// address without ? and #")
    return raw.rstrip("/")


def read_public_url(raw: str) -> str:
    """Read an https address (Bot API, setWebhook, url); plain http is let through to this machine, for a simulator."""
    url = read_http_url(raw)
    if urlsplit(url).scheme != "https" and urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise Problem("an https:// address, which Telegram requires")
    return url


def read_folder(raw: str) -> Path:
    """Read a path: ~ is the home folder, and a relative one is taken from the working directory."""
    return _path(raw, "a folder's path")


def read_state(raw: str) -> str:
    """Read where users and ledger are: a SQLite file, or the two DynamoDB tables."""
    if raw == DYNAMODB:
        return raw
    expected = (
        "sqlite:///FILE, with four slashes for an absolute path (sqlite:////var/lib/sevenbot/sevenbot.db), or "
        f"{DYNAMODB} (tables and region have settings of their own)"
    )
    path = raw.removeprefix("sqlite:///")
    if path == raw or not path or path.endswith("/"):
        raise Problem(expected)
    return f"sqlite:///{_path(path, expected)}"


def read_table_name(raw: str) -> str:
    """Read a DynamoDB table name (Amazon DynamoDB developer guide, "Naming rules and data types")."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]{3,255}", raw):
        raise Problem("a DynamoDB table name: 3 to 255 characters of A-Z, a-z, 0-9, _, - and .")
    return raw


def read_queue(raw: str) -> str:
    """Read an SQS queue's name (Amazon SQS developer guide, "Standard queue identifiers")."""
    if not re.fullmatch(r"sqs://[A-Za-z0-9_-]{1,80}", raw):
        raise Problem("sqs://NAME: the name of an SQS queue, 1 to 80 characters of A-Z, a-z, 0-9, _ and -")
    return raw


def read_parameter_path(raw: str) -> str:
    """Read a path of SSM Parameter Store (Systems Manager user guide, "About requirements and constraints")."""
    if not re.fullmatch(r"(?:/[A-Za-z0-9_.-]+){1,14}/?", raw) or len(raw) > 900:
        raise Problem("a path like /sevenbot/my-stack/")
    return raw.rstrip("/") + "/"


def read_spool(raw: str) -> str:
    """Read where the raw mails are: a folder, or a bucket and the prefix of its keys."""
    if raw.startswith("s3://"):
        return _read_bucket(raw)
    expected = "file:///FOLDER, like file:///var/lib/sevenbot/spool, or s3://BUCKET/PREFIX"
    path = raw.removeprefix("file://")
    if path == raw or not path.startswith("/") or not path.strip("/"):
        raise Problem(expected)
    return f"file://{_path(path, expected)}"


def _read_bucket(raw: str) -> str:
    """Read s3://BUCKET/PREFIX (Amazon S3 user guide, "Bucket naming rules", "Naming Amazon S3 objects")."""
    bucket, _, prefix = raw.removeprefix("s3://").partition("/")
    named = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", bucket) and not re.search(r"\.\.|^[0-9.]+$", bucket)
    prefix = prefix.strip("/")
    # 900: date, random digits and the prefix fit into the 1024 bytes of a key.
    folders = re.fullmatch(r"(?:[A-Za-z0-9!_.*'()=-]+(?:/|$))*", prefix) and len(prefix) <= 900
    if not named or not folders or {".", ".."} & set(prefix.split("/")):
        raise Problem("s3://BUCKET/PREFIX: a bucket of 3 to 63 characters a-z, 0-9, - and ., a prefix of plain folders")
    return f"s3://{bucket}/{prefix}".rstrip("/")


def _path(raw: str, expected: str) -> Path:
    try:
        path = Path(raw).expanduser().absolute()
    except RuntimeError:  # ~nobody-of-that-name
        raise Problem(f"{expected} ({raw.partition('/')[0]} is no user here)") from None
    if not str(path).isprintable():
        raise Problem(expected)
    return path


def shown(value: object) -> str:
    """Return a setting's value as text: secrets and passwords in URLs masked, durations in days."""
    match value:
        case None:
            return ""
        case timedelta():
            return str(value.days)
        case str():
            return without_password(value)
        case _:
            return str(value)


def without_password(text: str) -> str:
    """Mask what stands between // and @ of a URL."""
    return re.sub(r"(?<=//)[^/]*@", "****@", text)
