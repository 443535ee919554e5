"""`sevenbot demo` around its page: which browser it opens, which ports it takes, and how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sevenbot.cli.demo import show
from tests.journeys.machine import own_environment

ANYWHERE = ("--page", "127.0.0.1:0", "--smtp", "127.0.0.1:0")


@contextmanager
def demo(
    *flags: str, before: str = "", folder: Path | None = None
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Start the demo, with a command *before* it and *folder* for temporary files; give it with its three first lines."""
    command = [sys.executable, "-m", "sevenbot", "demo", "--no-browser", *(flags or ANYWHERE)]
    environ = own_environment() | ({"TMPDIR": str(folder)} if folder else {})
    with subprocess.Popen(
        [*before.split(), *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ
    ) as process:
        assert process.stdout is not None
        try:
            yield process, [process.stdout.readline() for _ in range(3)]
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)


def test_a_browser_that_needs_the_terminal_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    terminal = webbrowser.GenericBrowser("w3m")
    monkeypatch.setattr(terminal, "open", opened.append)
    monkeypatch.setattr(webbrowser, "get", lambda: terminal)

    show("http://127.0.0.1:7777")

    assert opened == []


def test_a_browser_is_asked_beside_the_loop_that_serves_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    threads: list[threading.Thread] = []

    class Window(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: FBT001, FBT002 - its signature
            threads.append(threading.current_thread())
            asked.set()
            return True

    monkeypatch.setattr(webbrowser, "get", Window)

    show("http://127.0.0.1:7777")

    assert asked.wait(10)
    assert threads != [threading.current_thread()]


def test_without_any_browser_the_address_is_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)

    show("http://127.0.0.1:7777")


def test_a_taken_port_is_replaced_and_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as page, socket.create_server(("127.0.0.1", 0)) as smtp:
        ports = [listener.getsockname()[1] for listener in (page, smtp)]
        flags = ("--page", f"127.0.0.1:{ports[0]}", "--smtp", f"127.0.0.1:{ports[1]}")
        with demo(*flags) as (_, told):
            assert told[0].endswith(f" (port {ports[0]} is taken)\n")
            assert told[1].endswith(f" (port {ports[1]} is taken)\n")


def test_a_second_ctrl_c_ends_it_without_a_traceback() -> None:
    with demo() as (process, told):
        assert "Ctrl-C" in told[2]
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        rest = process.stdout.read()

        assert process.wait(30) in (0, 130)
        assert rest == ""


def test_a_closed_terminal_ends_it_and_nothing_stays_behind(tmp_path: Path) -> None:
    heard_again = "env --default-signal=HUP"  # the tests themselves may run under nohup
    with demo(before=heard_again, folder=tmp_path) as (process, _):
        assert list(tmp_path.glob("sevenbot-demo-*"))

        process.send_signal(signal.SIGHUP)

        assert process.wait(30) == 0
    assert not list(tmp_path.glob("sevenbot-demo-*"))


def test_under_nohup_a_closed_terminal_ends_nothing() -> None:
    with demo(before="nohup") as (process, _):
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
