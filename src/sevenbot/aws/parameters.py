"""
Settings that rest in SSM Parameter Store, each under its own name; secrets are encrypted there.

    /sevenbot/my-stack/TELEGRAM_BOT_TOKEN

Each is asked for by its name: permission for GetParameter is given parameter by parameter, and whoever may list a path
reads what others put there.

Source: AWS Systems Manager API reference, GetParameter (read 2026-11).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from sevenbot.aws.client import Aws, Refused


async def read_parameters(aws: Aws, path: str, names: Iterable[str]) -> dict[str, str]:
    """
    Return the values of *names* below *path*, all asked for at once; those that are not there are left out.

    Raises:
        StateUnavailable: Parameter Store does not answer, or not to us.
    """
    wanted = list(names)
    values = await asyncio.gather(*(_read(aws, path.rstrip("/") + "/" + name) for name in wanted))
    return {name: value for name, value in zip(wanted, values, strict=True) if value is not None}


async def _read(aws: Aws, full_name: str) -> str | None:
    try:
        answer = await aws.call(
            "ssm", "get_parameter", expected=("ParameterNotFound",), Name=full_name, WithDecryption=True
        )
    except Refused:
        return None
    return str(answer["Parameter"]["Value"])
