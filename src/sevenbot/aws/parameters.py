"""
Settings that rest in SSM Parameter Store: the secrets of a deployment, each a SecureString under its own name.

    /sevenbot/my-stack/TELEGRAM_BOT_TOKEN

Source: AWS Systems Manager API reference, GetParametersByPath (read 2026-11).
"""

from __future__ import annotations

from typing import Any

from sevenbot.aws.client import Aws


async def read_parameters(aws: Aws, path: str) -> dict[str, str]:
    """
    Return the values below *path* (ten a call), by the last part of their names.

    Raises:
        StateUnavailable: Parameter Store does not answer, or not to us.
    """
    found: dict[str, str] = {}
    page: dict[str, Any] = {}
    while True:
        answer = await aws.call(
            "ssm", "get_parameters_by_path", Path=path.rstrip("/"), WithDecryption=True, MaxResults=10, **page
        )
        for parameter in answer["Parameters"]:
            found[parameter["Name"].rpartition("/")[2]] = parameter["Value"]
        if not answer.get("NextToken"):
            return found
        page = {"NextToken": answer["NextToken"]}
