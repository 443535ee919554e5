"""Checks of the machine: Python, folders, ports."""

from __future__ import annotations

import asyncio
import errno
import os
import pwd
import shutil
import socket
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from sevenbot.config import Listen, Settings
from sevenbot.doctor.finding import Finding, advise, failed, ok
from sevenbot.listening import why_not_listening

TESTED_PYTHONS = ((3, 11), (3, 12), (3, 13))
GIB = 1024**3
LITTLE_SPACE, NO_SPACE = GIB, GIB // 10

#: How long a program that has our port gets to say who it is.
GREETING_SECONDS = 2.0


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """Say whether this Python is one the tests run on."""
    detail = f"Python {version[0]}.{version[1]}, SQLite {sqlite3.sqlite_version}"
    if version in TESTED_PYTHONS:
        return ok("python", detail)
    return advise("python", detail, "SevenBot is tested on Python 3.11, 3.12 and 3.13; take one of these")


def check_env_file(folder: Path) -> Iterator[Finding]:
    """Say when others can read the `.env` file of *folder*; nothing when there is none."""
    path = folder / ".env"
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield advise(".env", f"{path} can be read by other users of this machine", f"chmod 600 {quote(str(path))}")


def check_folders(settings: Settings) -> Iterator[Finding]:
    """Say of each folder we keep things in whether we can write there, who else can read it, and how much fits."""
    folders = dict.fromkeys((settings.data_dir, settings.database_path.parent, settings.spool_path))
    for folder in folders:
        if not folders.keys() & set(folder.parents):  # the spool is usually inside the data folder
            yield _check_folder(folder, os.geteuid())


def _check_folder(folder: Path, user_id: int) -> Finding:
    existing, user = _nearest(folder), _user(user_id)
    if not existing.is_dir():
        return failed(
            "folder", f"{existing} is a file, not a folder", f"move it away, or set another place than {folder}"
        )
    if not os.access(existing, os.W_OK | os.X_OK):
        if existing != folder:  # which may be /var/lib, and stays whose it is
            reason = f"{folder} cannot be made: {existing} cannot be written to by {user}"
            return failed("folder", reason, f"sudo install -d -o {user} -m 700 {quote(str(folder))}")
        advice = f"run as the user who owns it, or: sudo chown -R {user} {quote(str(folder))}"
        return failed("folder", f"{folder} cannot be written to by {user}", advice)
    free = shutil.disk_usage(existing).free
    room = f"{free / GIB:.1f} GiB free"
    if free < NO_SPACE:
        return failed("folder", f"{folder}: {room}", "make room: mail is refused for now (452) when the disk is full")
    if free < LITTLE_SPACE:
        return advise("folder", f"{folder}: {room}", "make room, or keep mail for fewer days (SEVENBOT_RETENTION_DAYS)")
    if folder == existing and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return advise(
            "folder", f"{folder} can be entered by other users of this machine", f"chmod 700 {quote(str(folder))}"
        )
    return ok("folder", f"{folder}: {room}" + ("" if folder == existing else ", will be made"))


def foreign_owner(settings: Settings) -> Finding | None:
    """
    Say when the database belongs to somebody else: what we made there, they could not use.

    The usual case is root looking at a bot that runs as a user of its own.
    """
    existing = _nearest(settings.database_path)
    owner = existing.stat().st_uid
    if owner == os.geteuid() or existing != settings.database_path:
        return None
    advice = f"sudo -u {_user(owner)} sevenbot doctor"
    return failed("database", f"{existing} belongs to {_user(owner)}, and this is {_user(os.geteuid())}", advice)


def _nearest(path: Path) -> Path:
    """Return *path*, or the nearest folder above it that we can see."""
    return next(place for place in (path, *path.parents) if os.path.exists(place))  # noqa: PTH110 - Path's may raise


def _user(user_id: int) -> str:
    try:
        return pwd.getpwuid(user_id).pw_name
    except KeyError:
        return str(user_id)


async def check_port(setting: str, listen: Listen | None, question: bytes, greeting: bytes) -> Finding:
    """Say whether we can listen there, or already do: then what answers *question* says *greeting*."""
    check = "smtp port" if "SMTP" in setting else "http port"
    if listen is None:
        return ok(check, "off")
    try:
        _try_to_listen(listen)
    except OSError as exc:
        if await _greets(listen, question, greeting):
            return ok(check, f"{listen}, where SevenBot listens now")
        if exc.errno == errno.EACCES:
            advice = "well when the systemd unit of docs/run.md does it; else take a higher port and forward to it"
            return advise(check, f"{listen} may not be opened by {_user(os.geteuid())}", advice)
        return failed(check, f"{listen}: {why_not_listening(exc)}", f"or set another {setting}")
    return ok(check, f"{listen} is free")


def _try_to_listen(listen: Listen) -> None:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    socket.create_server((listen.host, listen.port), family=family).close()


async def _greets(listen: Listen, question: bytes, greeting: bytes) -> bool:
    heard = b""
    try:
        async with asyncio.timeout(GREETING_SECONDS):
            reader, writer = await asyncio.open_connection(listen.host, listen.port)
            try:
                writer.write(question)
                while greeting not in heard and (chunk := await reader.read(4096)):
                    heard = heard[-4096:] + chunk
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
    return greeting in heard
