"""A Dovecot of our own: a temporary folder, high ports, loopback, stopped by its process id. Any user may log in."""

from __future__ import annotations

import contextlib
import imaplib
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.machine import free_port

PASSWORD = "s3 cret/päss"  # a blank, a slash and a letter beyond ASCII: all must survive the URL
QUOTED_PASSWORD = "s3%20cret%2Fp%C3%A4ss"
PATIENCE = 20.0

CONF = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
default_internal_user = nobody
default_login_user = nobody
default_internal_group = nogroup
first_valid_uid = 0
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_max_userip_connections = 100
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%d {folder}/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/home/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


def is_installed() -> bool:
    """Say whether Dovecot can be started: it wants its package, openssl, and root to become nobody."""
    return Path("/usr/sbin/dovecot").exists() and shutil.which("openssl") is not None and os.geteuid() == 0


class Dovecot:
    """A running instance."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.imap_port, self.imaps_port = free_port(), free_port()
        self.certificate = folder / "cert.pem"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)

    def start(self) -> None:
        conf = self.folder / "dovecot.conf"
        conf.write_text(CONF.format(folder=self.folder, imap=self.imap_port, imaps=self.imaps_port))
        self._process = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", str(conf)], user=65534, group=65534, extra_groups=[]
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), imaplib.IMAP4("127.0.0.1", self.imap_port):
                return
            time.sleep(0.02)
        raise AssertionError(f"Dovecot does not answer: {self.log()}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(PATIENCE)
            self._process = None

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def new_account(self) -> Account:
        return Account(self, f"user{next(self._numbers)}@example.com")


class Account:
    """One user's mailbox, seen through another mail program."""

    def __init__(self, server: Dovecot, user: str) -> None:
        self.server = server
        self.user = user

    def url(self, folder: str = "INBOX", *, scheme: str = "imaps", password: str = QUOTED_PASSWORD) -> str:
        port = self.server.imaps_port if scheme == "imaps" else self.server.imap_port
        return f"{scheme}://{self.user.replace('@', '%40')}:{password}@127.0.0.1:{port}/{folder}"

    @contextmanager
    def client(self, folder: str | None = "INBOX") -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.server.imap_port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{self.user}\0{PASSWORD}".encode())
            if folder:
                assert client.select(folder)[0] == "OK"
            yield client

    def put(self, *raws: bytes, folder: str = "INBOX", flags: str = "") -> None:
        with self.client(None) as client:
            for raw in raws:
                status, answer = client.append(folder, f"({flags})", "", raw)
                assert status == "OK", answer

    def put_files(self, *raws: bytes) -> None:
        """Deliver to INBOX as a local mail server does, a file each; quicker than `put` for many."""
        with self.client():  # so that the folder is there
            folder = self.server.folder / "mail" / self.user / "new"
        for number, raw in enumerate(raws):
            path = folder / f"{number:06d}.test"
            path.write_bytes(raw)
            os.chown(path, 65534, -1)

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """Return the flags of each mail by UID, without \\Recent."""
        with self.client(folder) as client:
            _, lines = client.uid("FETCH", "1:*", "(FLAGS)")
        found = {}
        for line in filter(None, lines):
            uid = line.partition(b"UID ")[2].split()[0].rstrip(b")")
            found[int(uid)] = {flag.decode() for flag in imaplib.ParseFlags(line)} - {r"\Recent"}
        return found

    def expunge(self, *uids: int) -> None:
        with self.client() as client:
            client.uid("STORE", ",".join(map(str, uids)), "+FLAGS", r"(\Deleted)")
            client.expunge()

    def store(self, uid: int, flag: str) -> None:
        with self.client() as client:
            client.uid("STORE", str(uid), "+FLAGS", f"({flag})")

    def create(self, folder: str) -> None:
        with self.client(None) as client:
            assert client.create(folder)[0] == "OK"

    def begin_anew(self) -> None:
        """Renumber the mails, as a server does that was restored from a backup: another UIDVALIDITY."""
        folder = self.server.folder / "mail" / self.user
        uids = folder / "dovecot-uidlist"
        uid_validity = int(re.search(r"V(\d+)", uids.read_text())[1])  # type: ignore[index]
        for path in folder.glob("dovecot.index*"):
            path.unlink()
        uids.write_text(f"3 V{uid_validity + 1} N1 G0123456789abcdef0123456789abcdef\n")


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Start one; the path is short, since sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="dove"))
    try:
        _make_certificate(folder)
        (folder / "users").write_text(f"example.com:{{PLAIN}}{PASSWORD}\n")
        _give_away(folder)
        server = Dovecot(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )


def _give_away(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    for path in (folder, *folder.iterdir()):
        os.chown(path, nobody, -1)
