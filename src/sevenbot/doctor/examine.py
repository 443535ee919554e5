"""All checks, in the order an operator reads them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from sevenbot.config import Settings
from sevenbot.doctor.aws import check_aws
from sevenbot.doctor.finding import Finding, Result
from sevenbot.doctor.imap import check_mailbox
from sevenbot.doctor.machine import check_env_file, check_folders, check_port, check_python, foreign_owner
from sevenbot.doctor.model import check_model
from sevenbot.doctor.mx import check_mx
from sevenbot.doctor.storage import check_spool, check_state
from sevenbot.doctor.telegram import check_clock, check_telegram
from sevenbot.wiring import open_model

HEALTH = b"GET /healthz HTTP/1.0\r\n\r\n"


async def examine(settings: Settings, folder: Path) -> AsyncIterator[Finding]:
    """Yield what each check finds; *folder* is where `.env` is looked for."""
    yield check_python()
    for finding in check_env_file(folder):
        yield finding
    async for finding in _examine_storage(settings):
        yield finding
    yield await check_port("SEVENBOT_SMTP_LISTEN", settings.smtp_listen, b"", b"SevenBot")
    yield await check_port("SEVENBOT_HTTP_LISTEN", settings.http_listen, HEALTH, b"\r\n\r\nok")
    async with aiohttp.ClientSession() as session:
        for findings in await asyncio.gather(
            check_telegram(settings, session),
            check_clock(settings, session, datetime.now(UTC)),
            check_mail_route(settings),
            check_mailbox(settings),
            check_model(open_model(settings, session)),
        ):
            for finding in findings:
                yield finding


async def _examine_storage(settings: Settings) -> AsyncIterator[Finding]:
    folders = list(check_folders(settings))
    for finding in folders:
        yield finding
    foreign = foreign_owner(settings)
    if foreign:
        yield foreign
    elif all(finding.result is not Result.FAILED for finding in folders):
        if not settings.uses_dynamodb:
            yield await check_state(settings, datetime.now(UTC))
        if settings.bucket is None:
            yield await check_spool(settings)
    async for finding in check_aws(settings, datetime.now(UTC)):
        yield finding


async def check_mail_route(settings: Settings) -> list[Finding]:
    """Ask where mail for the domain goes, when there is a domain."""
    if settings.domain is None:
        return []
    if settings.mailbox:
        goal = "the mailbox's server, or one that forwards to it"
    elif settings.queue:
        goal = "SES: inbound-smtp.<region>.amazonaws.com"
    else:
        goal = "this machine"
    return [await check_mx(settings.domain, goal=goal)]
