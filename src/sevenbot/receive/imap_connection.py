"""
Connecting to an IMAP server, and what its errors mean.

Whatever goes wrong is raised as MailboxUnavailable or, where only the operator can help, as MailboxRefused, in words of
ours: the server's own may hold the user's name, which no log shall show.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import imap_tools

from sevenbot.errors import MailboxRefused, MailboxUnavailable
from sevenbot.mailbox import ImapUrl

TIMEOUT = timedelta(seconds=30)
"""For the server to go on with an answer."""

#: A peer that is gone without a word is noticed after two minutes.
KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 20, "TCP_KEEPCNT": 3}

#: Codes of a NO to LOGIN that say nothing of the password (RFC 5530 §3).
_PASSING = (b"UNAVAILABLE", b"INUSE", b"LIMIT", b"SERVERBUG", b"CONTACTADMIN")

_LOGIN_ADVICE = (
    "user and password of SEVENBOT_IMAP_URL percent-encoded? Gmail, Outlook, Yahoo and iCloud want an app password"
)


def connect(url: ImapUrl) -> Any:
    """Return imap-tools' mailbox, connected and not yet logged in; its own annotations stop at imaplib."""
    seconds = TIMEOUT.total_seconds()
    if url.scheme == "imaps":
        box: Any = imap_tools.MailBox(url.host, url.port, seconds, ssl_context=ssl.create_default_context())
    else:
        box = imap_tools.MailBoxUnencrypted(url.host, url.port, seconds)
        try:
            _start_tls(box.client, url)
        except BaseException:
            box.client.shutdown()
            raise
    _keep_alive(box.client.sock)
    return box


def _start_tls(client: imaplib.IMAP4, url: ImapUrl) -> None:
    if "STARTTLS" in client.capabilities:
        client.starttls(_context(url))
    elif url.scheme == "imap" and not url.is_on_this_machine:
        advice = "take imaps:// when the server has it (port 993); imap+clear:// sends the password for all to read"
        raise MailboxRefused("the server offers no TLS, so the password was not sent", advice)


def _keep_alive(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEPALIVE.items():
        if hasattr(socket, name):  # macOS lacks one
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _context(url: ImapUrl) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if url.is_on_this_machine:  # nobody stands between, and nobody certifies 127.0.0.1
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@contextlib.contextmanager
def translated(url: ImapUrl) -> Iterator[None]:
    """Raise our errors in place of the library's."""
    where = f"{url.host}:{url.port}"
    try:
        yield
    except ssl.SSLCertVerificationError as exc:
        advice = "does the certificate name this host? SSL_CERT_FILE takes the file of an authority of your own"
        raise MailboxRefused(f"{where} shows a certificate that is not trusted: {exc.verify_message}", advice) from exc
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError, imaplib.IMAP4.abort) as exc:
        raise MailboxUnavailable(f"{where} ended the connection") from exc
    except ssl.SSLError as exc:
        advice = "imaps:// is for port 993, imap:// for port 143"
        raise MailboxRefused(f"TLS with {where} failed: {exc.reason}", advice) from exc
    except TimeoutError as exc:
        raise MailboxUnavailable(f"{where} does not answer") from exc
    except socket.gaierror as exc:
        raise MailboxUnavailable(f"{url.host} is not found: {exc.strerror}") from exc
    except OSError as exc:
        raise MailboxUnavailable(f"{where}: {exc.strerror or type(exc).__name__}") from exc
    except (imaplib.IMAP4.error, imap_tools.ImapToolsError) as exc:
        raise MailboxUnavailable(f"{where} did not do as it was asked ({type(exc).__name__})") from exc


def login_refusal(exc: Exception) -> MailboxUnavailable:
    """Return what a NO or BAD to a login means."""
    answer = exc.command_result[1][-1] if isinstance(exc, imap_tools.MailboxLoginError) else str(exc).encode()
    code = re.match(rb"\[([A-Z0-9-]+)", answer or b"")
    if code and code[1] in _PASSING:
        return MailboxUnavailable(f"the server lets nobody in at present ({code[1].decode()})")
    return MailboxRefused("the server refuses user or password", _LOGIN_ADVICE)
