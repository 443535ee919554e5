"""A Postfix of our own: a temporary configuration, high ports, loopback, stopped by its process id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 20.0

# Trimmed to what accepting and relaying need (Debian's master.cf has the rest).
MASTER_CF = """\
{listen}  inet  n       -       n       -       -       smtpd
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
verify    unix  -       -       n       -       1       verify
proxymap  unix  -       -       n       -       -       proxymap
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
postlog   unix-dgram n  -       n       -       1       postlogd
"""

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
multi_instance_enable = no
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.example.net
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
smtp_host_lookup = native
smtpd_peername_lookup = no
"""


def is_installed() -> bool:
    """Say whether Postfix can be started: it wants its packages and root."""
    return shutil.which("postfix") is not None and os.geteuid() == 0


class Postfix:
    """A running instance."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.port = port
        self.process = process

    def queued(self, queue: str) -> int:
        """Count the mails in one queue ("hold", "deferred", "active")."""
        return sum(1 for path in (self.folder / "spool" / queue).rglob("*") if path.is_file())

    def log(self) -> str:
        """Return what it logged."""
        log = self.folder / "log"
        return log.read_text(errors="replace") if log.exists() else ""

    def flush(self) -> None:
        """Let it try everything deferred at once."""
        subprocess.run(["postqueue", "-c", self.folder / "etc", "-f"], check=True)


@contextmanager
def postfix(settings: str, *, parent: Path | None = None) -> Iterator[Postfix]:
    """Run Postfix with *settings* added to its main.cf, its queue below *parent* (default: a temporary folder)."""
    # Short, since its sockets are in it, and reachable for the user that Postfix's daemons run as.
    folder = Path(tempfile.mkdtemp(prefix="pf", dir=parent))
    folder.chmod(0o755)
    port = _free_port()
    try:
        _configure(folder, port, settings)
        process = subprocess.Popen(
            ["postfix", "-c", folder / "etc", "start-fg"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        running = Postfix(folder, port, process)
        try:
            _wait_until_it_answers(running)
            yield running
        finally:
            _stop(running)
    finally:
        shutil.rmtree(folder)


def _configure(folder: Path, port: int, settings: str) -> None:
    for name in ("etc", "spool", "data"):
        (folder / name).mkdir(mode=0o755)
    owner = pwd.getpwnam("postfix")
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    (folder / "etc" / "main.cf").write_text(MAIN_CF.format(folder=folder) + settings)
    (folder / "etc" / "master.cf").write_text(MASTER_CF.format(listen=f"127.0.0.1:{port}"))


def _wait_until_it_answers(running: Postfix) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as connection:
                assert connection.recv(3) == b"220"
                return
        except OSError:
            if time.monotonic() > deadline or running.process.poll() is not None:
                raise
            time.sleep(0.05)


def _stop(running: Postfix) -> None:
    pid_file = running.folder / "spool" / "pid" / "master.pid"
    if running.process.poll() is None and pid_file.exists():
        os.kill(int(pid_file.read_text()), signal.SIGTERM)
    running.process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
