import asyncio
import errno
import os
import shutil
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sevenbot.config import Listen, Settings
from sevenbot.doctor.finding import Result
from sevenbot.doctor.machine import check_env_file, check_folders, check_port, check_python, foreign_owner

GIB = 1024**3


@pytest.mark.parametrize(
    ("version", "result"),
    [
        ((3, 10), Result.ADVICE),
        ((3, 11), Result.OK),
        ((3, 12), Result.OK),
        ((3, 13), Result.OK),
        ((3, 14), Result.ADVICE),
    ],
)
def test_pythons_that_the_tests_run_on_are_well(version: tuple[int, int], result: Result) -> None:
    assert check_python(version).result is result


def test_a_settings_file_that_others_can_read_is_told(tmp_path: Path) -> None:
    assert list(check_env_file(tmp_path)) == []

    (tmp_path / ".env").write_text("A=b")
    (tmp_path / ".env").chmod(0o644)
    (finding,) = check_env_file(tmp_path)
    assert finding.result is Result.ADVICE
    assert finding.advice == f"chmod 600 {tmp_path / '.env'}"

    (tmp_path / ".env").chmod(0o600)
    assert list(check_env_file(tmp_path)) == []


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(data_dir=folder, **more)


def test_a_folder_that_is_not_there_yet_will_be_made(tmp_path: Path) -> None:
    (finding,) = check_folders(settings(tmp_path / "a" / "b"))

    assert finding.result is Result.OK
    assert finding.detail.endswith("will be made")
    assert not (tmp_path / "a").exists()


def test_a_spool_elsewhere_is_checked_too(tmp_path: Path) -> None:
    findings = list(check_folders(settings(tmp_path / "a", spool=f"file://{tmp_path}/b")))

    assert [finding.result for finding in findings] == [Result.OK, Result.OK]


def test_a_folder_that_others_can_enter_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    (finding,) = check_folders(settings(tmp_path))

    assert finding.result is Result.ADVICE
    assert finding.advice == f"chmod 700 {tmp_path}"


def test_a_file_in_the_folders_place_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    (finding,) = check_folders(settings(tmp_path / "file" / "data"))

    assert finding.result is Result.FAILED
    assert "is a file" in finding.detail


@pytest.fixture
def may_not_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse writing everywhere, as to a user without rights (the tests may run as root)."""
    monkeypatch.setattr(os, "access", lambda *_: False)


@pytest.mark.usefixtures("may_not_write")
def test_a_folder_that_cannot_be_made_is_to_be_made_and_the_one_above_stays_whose_it_is(tmp_path: Path) -> None:
    (finding,) = check_folders(settings(tmp_path / "my data"))

    assert finding.result is Result.FAILED
    assert finding.advice.startswith("sudo install -d -o ")
    assert finding.advice.endswith(f" -m 700 '{tmp_path / 'my data'}'")


@pytest.mark.usefixtures("may_not_write")
def test_a_folder_of_somebody_else_is_to_change_hands(tmp_path: Path) -> None:
    (finding,) = check_folders(settings(tmp_path))

    assert "sudo chown -R" in finding.advice
    assert finding.advice.endswith(f" {tmp_path}")


def test_a_folder_that_may_not_even_be_looked_at_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stat(self: Path, **_: object) -> os.stat_result:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(os.path, "exists", lambda path: Path(path) == Path("/"))  # what it says of hidden places
    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(Path, "is_dir", lambda _: True)

    (finding,) = check_folders(settings(tmp_path))

    assert finding.result is Result.FAILED


@pytest.mark.parametrize(
    ("free", "result"),
    [(GIB // 20, Result.FAILED), (GIB // 2, Result.ADVICE), (2 * GIB, Result.OK)],
)
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, result: Result) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    (finding,) = check_folders(settings(tmp_path))

    assert finding.result is result


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sevenbot.db").write_text("")
    os.chown(tmp_path / "sevenbot.db", 65534, 65534)

    finding = foreign_owner(settings(tmp_path))

    assert finding is not None
    assert finding.result is Result.FAILED
    assert finding.advice.startswith("sudo -u ")


def test_our_own_database_and_none_at_all_are_no_matter(tmp_path: Path) -> None:
    assert foreign_owner(settings(tmp_path)) is None

    (tmp_path / "sevenbot.db").write_text("")
    assert foreign_owner(settings(tmp_path)) is None


async def test_a_free_port_is_well() -> None:
    finding = await check_port("SEVENBOT_SMTP_LISTEN", Listen("127.0.0.1", 0), b"", b"SevenBot")

    assert finding.result is Result.OK


async def test_a_port_that_is_off_is_well() -> None:
    assert (await check_port("SEVENBOT_HTTP_LISTEN", None, b"", b"ok")).detail == "off"


async def listen(greeting: bytes) -> tuple[asyncio.Server, Listen]:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    return server, Listen("127.0.0.1", server.sockets[0].getsockname()[1])


async def test_a_port_where_we_listen_already_is_well() -> None:
    server, there = await listen(b"220 mail.example.org ESMTP SevenBot\r\n")

    async with server:
        finding = await check_port("SEVENBOT_SMTP_LISTEN", there, b"", b"SevenBot")

    assert finding.result is Result.OK


async def test_a_port_where_something_else_listens_fails() -> None:
    server, there = await listen(b"220 mail.example.org ESMTP Postfix\r\n")

    async with server:
        finding = await check_port("SEVENBOT_SMTP_LISTEN", there, b"", b"SevenBot")

    assert finding.result is Result.FAILED
    assert "another program has this port" in finding.detail
    assert "SEVENBOT_SMTP_LISTEN" in finding.advice


async def test_a_low_port_that_this_user_may_not_open_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)

    finding = await check_port("SEVENBOT_SMTP_LISTEN", Listen("127.0.0.1", 25), b"", b"SevenBot")

    assert finding.result is Result.ADVICE
    assert "systemd" in finding.advice


async def test_an_address_of_another_machine_fails() -> None:
    finding = await check_port("SEVENBOT_SMTP_LISTEN", Listen("192.0.2.1", 2525), b"", b"SevenBot")

    assert finding.result is Result.FAILED
    assert "no such address" in finding.detail
