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

from sevenbot.aws.client import Aws

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
        """Carry *change* out; each step stands by itself, so that a second call completes a first."""
        for name in (*change.added, *change.changed):
            parameter = wanted[name]
            kind = "SecureString" if parameter.is_secret else "String"
            self._api.put_parameter(Name=self.path + name, Value=parameter.value, Type=kind, Overwrite=True)
        self.remove(change.removed)

    def remove(self, names: tuple[str, ...]) -> None:
        """Remove some settings; those that are not there already are no error."""
        for start in range(0, len(names), BATCH):
            self._api.delete_parameters(Names=[self.path + name for name in names[start : start + BATCH]])

    @property
    def _api(self) -> Any:
        return self.aws.client("ssm")
