"""
Write many new files and make them durable together.

Three passes: create and write each file; start the write-out of all; wait for each (fsync). Then one sync of each
folder. Starting all before waiting for the first lets the file system put many files into one journal commit: on ext4
that is two to three times as many mails a second as write-sync-write-sync.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from sevenbot.folders import FILE_MODE, make_folders, sync_folder

# O_EXCL: a key never changes what was kept under it, not even when random numbers fail.
_CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW


def write_batch(files: Sequence[tuple[Path, bytes]], ready: set[Path]) -> list[OSError | None]:
    """
    Write each file under its path; for each say why it failed, or None: it and its name survive a power cut.

    A file that failed is removed again and does not harm the others.

    Args:
        ready: Folders that this process knows to be durable themselves; grows by those that are made here.
    """
    errors: list[OSError | None] = [None] * len(files)
    open_files: dict[int, int] = {}
    for index, (path, content) in enumerate(files):
        try:
            open_files[index] = _create(path, content, ready)
        except OSError as exc:
            errors[index] = exc
    for descriptor in open_files.values():
        _start_writing_out(descriptor)
    for index, descriptor in open_files.items():
        errors[index] = _finish(descriptor)
    for folder in {files[index][0].parent for index in open_files}:
        _sync_names(folder, files, errors)
    for (path, _), error in zip(files, errors, strict=True):
        if error is not None:
            _remove(path, error)
    return errors


def _create(path: Path, content: bytes, ready: set[Path]) -> int:
    if path.parent not in ready:
        make_folders(path.parent)
        ready.add(path.parent)
    try:
        descriptor = os.open(path, _CREATE, FILE_MODE)
    except FileNotFoundError:  # a sweep removed the folder while it was empty
        make_folders(path.parent)
        descriptor = os.open(path, _CREATE, FILE_MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _start_writing_out(descriptor: int) -> None:
    # Linux begins to write the file's dirty pages on POSIX_FADV_DONTNEED and does not wait (posix_fadvise(2)). Only
    # a hint: without it fsync does all of the work.
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _finish(descriptor: int) -> OSError | None:
    try:
        os.fsync(descriptor)
    except OSError as exc:
        os.close(descriptor)
        return exc
    try:
        os.close(descriptor)  # where a full quota may show on a network file system (close(2))
    except OSError as exc:
        return exc
    return None


def _sync_names(folder: Path, files: Sequence[tuple[Path, bytes]], errors: list[OSError | None]) -> None:
    try:
        sync_folder(folder)
    except OSError as exc:
        for index, (path, _) in enumerate(files):
            if path.parent == folder and errors[index] is None:
                errors[index] = exc


def _remove(path: Path, error: OSError) -> None:
    if isinstance(error, FileExistsError):  # not ours
        return
    with contextlib.suppress(OSError):  # the sweep removes what no item names
        path.unlink()
