"""`sevenbot run`: the real bot, one process."""

from __future__ import annotations

import asyncio
import logging
import resource
import signal

import click

from sevenbot.cli.options import NEEDED_BY_RUN, load_settings, settings_options
from sevenbot.config import Settings

logger = logging.getLogger("sevenbot")

OPEN_FILES = 1024
"""For 500 mail clients, 200 web clients, the calls to Telegram and the files; some shells allow 256."""


@click.command(
    epilog="""
\b
Examples:
  sevenbot run                              with the settings of .env
  sevenbot run --smtp-listen 0.0.0.0:25     take mail from the world
  sevenbot run --public-url https://bot.example.org       updates by webhook

Stop it with Ctrl-C or SIGTERM: mail under way is finished, the rest resumes at the next start.
"""
)
@settings_options()
def command(flags: dict[str, str]) -> None:
    """
    Run the bot: take mail, summarise it, deliver it to Telegram.

    Needs TELEGRAM_BOT_TOKEN and SEVENBOT_DOMAIN; `sevenbot doctor` checks everything first.
    """
    import uvloop

    from sevenbot import logs

    settings = load_settings(flags, needs=NEEDED_BY_RUN)
    logs.configure()
    allow_open_files()
    uvloop.run(run(settings))


async def run(settings: Settings) -> None:
    """Serve until told to stop."""
    from sevenbot.serve import Doors, serve
    from sevenbot.wiring import open_app

    def opened(doors: Doors) -> None:
        facts = {"smtp": str(doors.smtp or "off"), "http": str(doors.http or "off")}
        logger.info("ready", extra={"facts": facts})

    logger.info("starting", extra={"facts": settings.shown()})
    stop = stop_on_signals()
    async with open_app(settings) as app:
        await serve(app, stop, opened)
    logger.info("stopped")


def allow_open_files() -> None:
    """Raise this process's limit on open files to OPEN_FILES, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def stop_on_signals() -> asyncio.Event:
    """
    Return an event that SIGTERM, SIGINT and SIGHUP set; a second one ends the process at once.

    SIGHUP comes when the terminal is closed; under `nohup` it is ignored, and stays so.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    heard = [
        name
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        if name == signal.SIGINT or signal.getsignal(name) != signal.SIG_IGN
    ]

    def asked() -> None:
        stop.set()
        for name in heard:
            loop.remove_signal_handler(name)

    for name in heard:
        loop.add_signal_handler(name, asked)
    return stop
