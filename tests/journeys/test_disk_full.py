"""The disk is full: the door says "later", nothing is half-stored, and the same mail gets in once there is room."""

from __future__ import annotations

import smtplib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.machine import bot, telegram, wait_until


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 8 MB, which takes root."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs root and the right to mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(path: Path) -> None:
    """Take every byte that is left."""
    try:
        with path.open("wb", buffering=0) as stream:
            while stream.write(b"x" * 4096):
                pass
    except OSError:
        return


@pytest.mark.slow
def test_a_full_disk_refuses_for_now_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    with telegram("--strict") as simulator, bot(tmp_path, simulator.url, SEVENBOT_DATA_DIR=str(small_disk)) as process:
        address = simulator.register()
        process.send(address, "While there is room")
        simulator.wait_for("While there is room", 10)
        spooled = sum(1 for _ in small_disk.glob("spool/**/*.*"))

        fill(small_disk / "ballast")
        with pytest.raises(smtplib.SMTPDataError) as refused:
            process.send(address, "Too late", "A mail of some length. " * 2000)
        wait_until(lambda: not process.is_ready(), 10, "a 503 of /readyz")

        code, words = map(str, refused.value.args)
        assert (code, words[:7]) == ("452", "b'4.3.1")
        assert sum(1 for _ in small_disk.glob("spool/**/*.*")) == spooled
        (small_disk / "ballast").unlink()
        wait_until(process.is_ready, 10, "readiness")
        process.send(address, "Room again")
        simulator.wait_for("Room again", 20)
        assert [item["status"] for item in process.items()] == ["delivered", "delivered"]
