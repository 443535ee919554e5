"""Programs that strangers use, against the door: swaks, msmtp, and Postfix as the relay that delivers to us."""

import shutil
import smtplib
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sevenbot.envelope import Envelope, Receipt
from sevenbot.errors import StorageFull

from .conftest import PATIENCE, OpenDoor, RunningDoor
from .postfix import Postfix, is_installed, postfix

needs_swaks = pytest.mark.skipif(shutil.which("swaks") is None, reason="swaks is not installed (apt install swaks)")
needs_msmtp = pytest.mark.skipif(shutil.which("msmtp") is None, reason="msmtp is not installed (apt install msmtp)")
needs_postfix = pytest.mark.skipif(not is_installed(), reason="Postfix is not installed, or this is not root")

MAIL = "From: jörg@exämple.net\nSubject: Grüße\n\nHallo Ann,\n.\n..punkt\n"
AS_SENT = MAIL.replace("\n", "\r\n").encode()


def swaks(door: RunningDoor, *options: str, to: str = "ann@example.org") -> subprocess.CompletedProcess[str]:
    server = ["--server", door.listen.host, "--port", str(door.listen.port), "--helo", "client.test"]
    return subprocess.run(
        ["swaks", *server, "--to", to, *options], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@needs_swaks
def test_swaks_sends_a_mail(door: RunningDoor) -> None:
    done = swaks(door, "--from", "sender@example.net", "--body", "Hello")

    assert done.returncode == 0, done.stdout
    assert door.mails[0][1].sender == "sender@example.net"
    assert b"Hello" in door.raws[0]


@needs_swaks
def test_swaks_sends_eight_bits_and_dots_unchanged(door: RunningDoor, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text(MAIL, encoding="utf-8")
    done = swaks(door, "--from", "sender@example.net", "--data", f"@{tmp_path / 'mail'}")

    assert done.returncode == 0, done.stdout
    assert door.raws[0].rstrip() == AS_SENT.rstrip()


@needs_swaks
def test_swaks_with_pipelining(door: RunningDoor) -> None:
    done = swaks(
        door, "--from", "sender@example.net", "--pipeline", to="ann@example.org,nobody@example.org,bob@example.org"
    )

    assert done.returncode == 0, done.stdout
    assert [r.email_address for r in door.mails[0][1].recipients] == ["ann@example.org", "bob@example.org"]


@needs_swaks
def test_swaks_with_a_utf8_sender_and_no_smtputf8_parameter(door: RunningDoor) -> None:
    done = swaks(door, "--from", "jörg@exämple.net")

    assert "SMTPUTF8\n" not in "".join(line for line in done.stdout.splitlines(keepends=True) if " -> MAIL" in line)
    assert done.returncode == 0, done.stdout
    assert door.mails[0][1].sender == "jörg@exämple.net"


@needs_swaks
def test_swaks_is_told_that_a_recipient_is_unknown(door: RunningDoor) -> None:
    done = swaks(door, "--from", "sender@example.net", to="nobody@example.org")

    assert done.returncode != 0
    assert "550 5.1.1 No such address here" in done.stdout


@needs_swaks
def test_swaks_asked_for_tls_or_a_password_finds_neither(door: RunningDoor) -> None:
    assert swaks(door, "--tls").returncode == 29  # "an error occurred while trying to negotiate TLS"
    assert swaks(door, "--auth-user", "ann", "--auth-password", "x").returncode == 28  # "... authenticate"
    assert door.mails == []


@needs_msmtp
def test_msmtp_sends_a_mail(door: RunningDoor) -> None:
    done = subprocess.run(
        [
            "msmtp",
            f"--host={door.listen.host}",
            f"--port={door.listen.port}",
            "--from=jörg@exämple.net",
            "ann@example.org",
        ],
        input=MAIL.encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert door.raws[0].endswith(AS_SENT)  # after a Date and a Message-ID of its own
    assert door.mails[0][1].sender == "jörg@exämple.net"


def relaying_to(door: RunningDoor) -> str:
    return (
        f"relayhost = [{door.listen.host}]:{door.listen.port}\n"
        "relay_domains = example.org\nsmtpd_recipient_restrictions = permit_mynetworks, reject\n"
        "minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\nsmtp_destination_concurrency_failed_cohort_limit = 0\n"
    )


def hand_over(relay: Postfix, raw: bytes, *recipients: str) -> None:
    with smtplib.SMTP("127.0.0.1", relay.port, local_hostname="client.test", timeout=PATIENCE) as client:
        client.sendmail("sender@example.net", list(recipients), raw)


def wait_until(reached: Callable[[], bool], relay: Postfix) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, relay.log()
        time.sleep(0.02)


@needs_postfix
def test_postfix_delivers_a_queued_mail(door: RunningDoor) -> None:
    with postfix(relaying_to(door)) as relay:
        hand_over(relay, AS_SENT, "ann@example.org", "bob@example.org")
        wait_until(lambda: bool(door.mails), relay)

    raw, envelope = door.mails[0]
    assert raw.startswith(b"Received: ")
    assert raw.endswith(AS_SENT.partition(b"\r\n\r\n")[2])
    assert {r.email_address for r in envelope.recipients} == {"ann@example.org", "bob@example.org"}


@needs_postfix
def test_postfix_bounces_a_mail_to_an_unknown_address(door: RunningDoor) -> None:
    with postfix(relaying_to(door)) as relay:
        hand_over(relay, AS_SENT, "nobody@example.org")
        wait_until(lambda: "status=bounced" in relay.log(), relay)
        log = relay.log()

    assert "550 5.1.1 No such address here" in log


@needs_postfix
def test_postfix_tries_again_what_could_not_be_kept(open_door: OpenDoor) -> None:
    attempts: list[bytes] = []

    async def accept(raw: bytes, envelope: Envelope) -> list[Receipt]:
        attempts.append(raw)
        if len(attempts) == 1:
            raise StorageFull
        return await door.keep(raw, envelope)

    door = open_door(accept)
    with postfix(relaying_to(door)) as relay:
        hand_over(relay, AS_SENT, "ann@example.org")
        wait_until(lambda: "status=deferred" in relay.log(), relay)
        relay.flush()
        wait_until(lambda: bool(door.mails), relay)
        log = relay.log()

    assert "452 4.3.1 Insufficient system storage" in log
    assert attempts == [door.raws[0]] * 2


@needs_postfix
def test_postfix_keeps_a_mail_while_the_door_is_closed(open_door: OpenDoor) -> None:
    door = open_door(max_connections=1)
    holder = door.client()
    with postfix(relaying_to(door)) as relay:
        hand_over(relay, AS_SENT, "ann@example.org")
        wait_until(lambda: "421 4.3.2 Too many connections" in relay.log(), relay)
        holder.ask(b"QUIT")
        relay.flush()
        wait_until(lambda: bool(door.mails), relay)

    assert len(door.mails) == 1
