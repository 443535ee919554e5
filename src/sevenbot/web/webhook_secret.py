"""
The secret that Telegram sends with each webhook call, kept from start to start.

The file holds 43 characters of base64url and nothing else; only its owner can read it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sevenbot.config import Secret
from sevenbot.errors import ConfigError
from sevenbot.folders import FILE_MODE, give_to_owner, make_folders


def kept_secret(path: Path) -> Secret:
    """
    Return the secret kept at *path*; the first call makes it, and its folder.

    A file without a word in it (the disk was full, or somebody emptied it) counts as none: an empty secret would let
    everybody in.

    Raises:
        ConfigError: The file can be neither read nor made.
    """
    try:
        return Secret((path.read_text().strip() if path.exists() else "") or _made(path))
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError([f"SEVENBOT_DATA_DIR: the webhook's secret cannot be kept in {path}: {exc}"]) from exc


def _made(path: Path) -> str:
    secret = secrets.token_urlsafe(32)
    make_folders(path.parent)
    unfinished = path.with_name(f"{path.name}.new")  # renamed when whole: a death in between leaves no half secret
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE), "w") as stream:
        stream.write(secret)
    give_to_owner(unfinished)
    unfinished.replace(path)
    return secret
