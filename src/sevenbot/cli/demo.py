"""`sevenbot demo`: the whole product on this machine, with a Telegram simulator in the browser."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
import webbrowser
from pathlib import Path

import click

from sevenbot.cli.run import stop_on_signals
from sevenbot.config import Listen, Secret, Settings, read_listen

DOMAIN = "sevenbot.example"  # RFC 2606 §2: never a real domain


def here(_ctx: click.Context, _parameter: click.Parameter, text: str) -> Listen:
    """Read HOST:PORT of a flag; the host is this machine, since the demo has no login."""
    try:
        listen = read_listen(text)
    except ValueError as exc:
        raise click.BadParameter(f"got {text!r}, expected {exc}") from None
    if listen.host not in ("127.0.0.1", "::1", "localhost"):
        raise click.BadParameter(f"got {text!r}, expected an address of this machine: the demo has no login")
    return listen


@click.command(
    epilog="""
\b
Examples:
  sevenbot demo                       opens the page in the browser
  sevenbot demo --no-browser          only prints its address
  sevenbot demo --page 127.0.0.1:0    takes any free port

Nothing leaves this machine; all of it is forgotten when the demo ends (Ctrl-C).
"""
)
@click.option("--page", default="127.0.0.1:7777", show_default=True, callback=here, help="Where the page listens.")
@click.option("--smtp", default="127.0.0.1:2525", show_default=True, callback=here, help="Where the mail door listens.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
@click.option("--verbose", is_flag=True, help="Show the log.")
def command(page: Listen, smtp: Listen, *, browser: bool, verbose: bool) -> None:
    """
    Try everything: a chat page, a mail door, sample mail.

    A page opens that looks like Telegram. Type /register there, then send a mail to the address you get: from the
    page, or with any mail program. No account, no key, no network. A port that is taken is replaced by a free one.
    """
    import logging

    import uvloop

    from sevenbot import logs

    logs.configure(level=logging.INFO if verbose else logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="sevenbot-demo-") as folder:
        uvloop.run(demo(Path(folder), page, smtp, browser=browser))


async def demo(folder: Path, page: Listen, smtp: Listen, *, browser: bool) -> None:
    """Serve the simulator and the whole app over it until told to stop."""
    from sevenbot.demo.app import serve_simulator, simulator_app
    from sevenbot.demo.simulator import TOKEN
    from sevenbot.serve import Doors, serve
    from sevenbot.wiring import open_app

    stop = stop_on_signals()
    simulator = simulator_app(domain=DOMAIN)
    async with serve_simulator(simulator, page) as url:
        settings = Settings(
            telegram_bot_token=Secret(TOKEN),
            domain=DOMAIN,
            data_dir=folder,
            smtp_listen=free(smtp),
            http_listen=None,
            telegram_api_url=url,
        )

        def opened(doors: Doors) -> None:
            simulator.mail_door = doors.smtp
            click.echo(f"SevenBot demo: {url}{instead_of(page, url)}")
            click.echo(f"  mail door: {doors.smtp}{instead_of(smtp, str(doors.smtp))}\n  stop it with Ctrl-C")
            if browser:
                show(url)

        async with open_app(settings, simulator.strip.observe) as app:
            await serve(app, stop, opened)


def show(url: str) -> None:
    """Open *url* in a browser with a window of its own; one that needs this terminal (w3m, lynx) is left alone."""
    with contextlib.suppress(webbrowser.Error):
        chosen = webbrowser.get()
        if type(chosen) is not webbrowser.GenericBrowser:  # the kind that is waited for until its reader is done
            # Some take seconds to answer, and the page they ask for comes from the thread we are in.
            threading.Thread(target=chosen.open, args=(url,), daemon=True).start()


def instead_of(wanted: Listen, got: str) -> str:
    """Return a remark when *got* is not the port that was asked for."""
    return "" if wanted.port == 0 or got.endswith(f":{wanted.port}") else f" (port {wanted.port} is taken)"


def free(listen: Listen) -> Listen:
    """Return *listen*, or any free port of its host when another program has that one."""
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen.host, listen.port))
        except OSError:
            return Listen(listen.host, 0)
    return listen
