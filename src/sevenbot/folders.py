"""
Folders that are there after a power cut, and that only their owner can enter.

Creating a file makes its bytes durable with fsync of the file, and its name with fsync of the folder (fsync(2), notes).
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def make_folders(folder: Path) -> None:
    """
    Create *folder* and what is missing above it with mode 0700, and make the whole way to it durable.

    A folder that exists keeps the mode its owner gave it, but its name is synced all the same: it may have been made
    by a process that died before it could do so.

    Raises:
        OSError: As the system says it; the folders made so far stay, and the next call goes on from there.
    """
    for missing in reversed([way for way in (folder, *folder.parents) if not way.is_dir()]):
        missing.mkdir(FOLDER_MODE, exist_ok=True)
        give_to_owner(missing)
    for parent in folder.absolute().parents:
        # A folder we may pass through but not read (/home, say) is not one we could have made the next one in.
        with contextlib.suppress(PermissionError):
            sync_folder(parent)


def give_to_owner(path: Path) -> None:
    """
    Give what root has just made to the owner of the folder it is in; a no-op for everybody else.

    An operator who runs a command as root must not leave behind what the bot's own user cannot use; SQLite does the
    same for its `-wal` and `-shm`.
    """
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno != errno.EINVAL:  # a file system whose folders cannot be synced (fsync(2)): nothing more to do
            raise
    finally:
        os.close(descriptor)
