"""Folders that last, and whose they are."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sevenbot.folders import give_to_owner, make_folders, sync_folder


def test_what_is_missing_is_made_for_its_owner_only_and_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(0o755)

    make_folders(tmp_path / "a" / "b" / "c")
    make_folders(tmp_path / "a" / "b" / "c")

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b" / "c").stat().st_mode) == 0o700


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")

    with pytest.raises(OSError):
        make_folders(tmp_path / "a" / "b")


def test_a_relative_folder_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    make_folders(Path("a/b"))

    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_system_that_cannot_sync_folders_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)

    sync_folder(tmp_path)


def test_a_folder_that_cannot_be_written_out_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(5, "I/O error")

    monkeypatch.setattr(os, "fsync", refuse)

    with pytest.raises(OSError):
        sync_folder(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_makes_belongs_to_whose_folder_it_is_in(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)

    make_folders(tmp_path / "a" / "b")
    (tmp_path / "a" / "b" / "file").write_bytes(b"")
    give_to_owner(tmp_path / "a" / "b" / "file")

    for path in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "file"):
        assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


def test_for_everybody_else_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    give_to_owner(tmp_path / "not even there")
