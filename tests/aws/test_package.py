"""The package of the functions, as it is built here: needs a package index."""

from __future__ import annotations

import importlib.util
import io
import platform
import sys
import zipfile
from pathlib import Path

import pytest

from sevenbot import cli
from sevenbot.aws import package
from sevenbot.errors import NotBuilt

HERE = {machine: name for name, machine in package.MACHINES.items()}.get(platform.machine(), "")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not HERE, reason="Lambda has no such processor")]


@pytest.fixture(scope="module")
def built() -> package.Built:
    try:
        return package.build_and_try(HERE)
    except NotBuilt as exc:
        if "could not be fetched" in str(exc):
            pytest.skip(f"no package index: {exc}")
        raise


@pytest.fixture(scope="module")
def archive(built: package.Built) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(built.content))


def test_it_is_small(built: package.Built) -> None:
    assert len(built.content) < package.LARGEST_BYTES


def test_the_handlers_are_imported_beside_nothing_but_the_runtime(built: package.Built) -> None:
    assert set(built.import_seconds) == set(package.HANDLERS)
    assert all(0 < seconds < 10 for seconds in built.import_seconds.values())  # how long is for `make bench` to say


def test_it_holds_what_is_imported_and_nothing_else(archive: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in archive.namelist()}

    assert tops >= {"sevenbot", "aiohttp", "mangum", "msgspec", "starlette", "tzdata"}
    assert not tops & {"boto3", "botocore", "urllib3", "aiosmtpd", "uvicorn", "uvloop", "click"}
    assert not [name for name in archive.namelist() if name.startswith(("sevenbot/cli", "sevenbot/demo"))]
    assert not [name for name in archive.namelist() if name.endswith((".pyi", ".c")) or ".dist-info/" in name]


def test_every_source_is_compiled_and_the_compiled_file_is_valid_whatever_the_clock_says(
    archive: zipfile.ZipFile,
) -> None:
    names = set(archive.namelist())
    sources = [name for name in names if name.endswith(".py")]
    compiled = {source: Path(importlib.util.cache_from_source(source)).as_posix() for source in sources}

    assert set(compiled.values()) <= names
    flags = {archive.read(name)[4] for name in compiled.values()}
    assert flags == {0b01}  # hash-based, not checked (PEP 552)


def test_times_permissions_and_order_are_fixed(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_a_package_for_the_other_processor_has_its_libraries(built: package.Built) -> None:
    other = next(name for name in package.MACHINES if name != HERE)

    names = zipfile.ZipFile(io.BytesIO(package.build(other))).namelist()

    libraries = [name for name in names if name.endswith(".so")]
    assert libraries
    assert all(package.MACHINES[other] in name for name in libraries)


def test_the_command_builds_the_same_bytes_again_and_says_what_they_are(
    built: package.Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "functions.zip"

    code = cli.invoke(["aws", "package", "--arch", HERE, "--out", str(out)])

    assert code == 0
    assert out.read_bytes() == built.content
    told = capsys.readouterr().out
    assert f"for {HERE}, Python {sys.version_info.major}.{sys.version_info.minor}" in told
    assert told.count("imported in ") == 3


def test_without_an_index_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }.items():
        monkeypatch.setenv(name, value)

    assert cli.invoke(["aws", "package", "--arch", HERE, "--out", str(tmp_path / "x.zip")]) == 1

    told = capsys.readouterr().err
    assert f"the wheels for {HERE} could not be fetched" in told
    assert "package index" in told
    assert not (tmp_path / "x.zip").exists()
