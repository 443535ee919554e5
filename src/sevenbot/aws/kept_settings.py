"""
The settings of the functions in SSM Parameter Store, each under its own name below `/sevenbot/<stack>/`. Blocking.

    /sevenbot/sevenbot/TELEGRAM_BOT_TOKEN    SecureString
    /sevenbot/sevenbot/SEVENBOT_MODEL        String

CloudFormation cannot make SecureStrings, so they are written before the stack, and removed after it. Values are never
shown: what differs is told by name.

Source: AWS Systems Manager API reference, PutParameter, GetParametersByPath (read 2026-11).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sevenbot.aws.client import Aws, code_of
from sevenbot.errors import StackFailed

#: What DeleteParameters takes at once.
BATCH = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """One setting; its value never shows itself."""

    value: str = field(repr=False)
    is_secret: bool


class Difference(NamedTuple):
    """What has to be done so that the store holds what is wanted: names of settings."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def path_of(stack: str) -> str:
    """Return below which path a stack's settings are, with a slash at its end."""
    return f"/sevenbot/{stack}/"


def difference(wanted: Mapping[str, Kept], found: Mapping[str, Kept]) -> Difference:
    """Compare what should be with what is."""
    return Difference(
        added=tuple(sorted(wanted.keys() - found.keys())),
        changed=tuple(sorted(name for name in wanted.keys() & found.keys() if wanted[name] != found[name])),
        removed=tuple(sorted(found.keys() - wanted.keys())),
    )


def digest(wanted: Mapping[str, Kept], key: str) -> str:
    """Return a short text that changes with any setting and, without the secret *key*, tells nothing about one."""
    text = "\n".join(f"{name}={wanted[name].value}" for name in sorted(wanted))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class KeptSettings:
    """The settings below one path."""

    aws: Aws
    path: str

    def read(self) -> dict[str, Kept]:
        """Return what is there, by name of the setting."""
        pages = self._api.get_paginator("get_parameters_by_path").paginate(Path=self.path, WithDecryption=True)
        return {
            found["Name"].removeprefix(self.path): Kept(found["Value"], found["Type"] == "SecureString")
            for page in pages
            for found in page["Parameters"]
        }

    def write(self, wanted: Mapping[str, Kept], change: Difference) -> None:
        """
        Carry *change* out; each step stands by itself, so that a second call completes a first.

        Raises:
            StackFailed: Another deployment added one meanwhile. Its secrets count: Telegram may know them already.
        """
        for name in change.added:
            self._put(name, wanted[name], is_new=True)
        for name in change.changed:
            self._put(name, wanted[name], is_new=False)
        self.remove(change.removed)

    def _put(self, name: str, parameter: Kept, *, is_new: bool) -> None:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        kind = "SecureString" if parameter.is_secret else "String"
        try:
            self._api.put_parameter(Name=self.path + name, Value=parameter.value, Type=kind, Overwrite=not is_new)
        except ClientError as exc:
            if not is_new or code_of(exc) != "ParameterAlreadyExists":
                raise
            raise StackFailed(
                f"{self.path}{name} is there meanwhile: another deployment is under way\n"
                "  → call this again when that one is done"
            ) from exc

    def remove(self, names: tuple[str, ...]) -> None:
        """Remove some settings; those that are not there already are no error."""
        for start in range(0, len(names), BATCH):
            self._api.delete_parameters(Names=[self.path + name for name in names[start : start + BATCH]])

    @property
    def _api(self) -> Any:
        return self.aws.client("ssm")
