r"""
The page's "send a mail": build the bytes, hand them to the door over real SMTP, tell what it answered.

    {"to": "...", "sample": "receipt"}
    {"to": "...", "from": "ann@example.net", "subject": "Hi", "body": "..."}
    {"to": "...", "from": "ann@example.net", "raw": "From: ...\n\n..."}
    {"again": true}                                  the last mail once more, byte for byte: a retransmission

    -> {"step": "DATA", "code": 250, "text": "2.0.0 Ok", "milliseconds": 12.3, "size_bytes": 1834, "from", "to"}
"""

from __future__ import annotations

import asyncio
import email.policy
import re
import smtplib
import time
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

from sevenbot.config import Listen
from sevenbot.demo.letters import fresh_headers
from sevenbot.demo.refusal import Refusal
from sevenbot.demo.samples import SAMPLES, Sample
from sevenbot.parse.mail import parse

SMTP_SECONDS = 30.0
PREVIEW_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes over SMTP."""

    sender: str
    recipient: str
    raw: bytes


class Postman:
    """Sends what the page asks for, and remembers the last letter."""

    def __init__(self) -> None:
        self._last: Letter | None = None
        self._shown: dict[tuple[str, str], bytes] = {}  # samples in the preview, by name and recipient

    def preview(self, name: str, recipient: str) -> dict[str, Any]:
        """Build a sample mail and return what a person sees of it; the next `send` of it sends these very bytes."""
        raw = _sample(name).build(recipient)
        self._shown = {(name, recipient): raw}
        return _in_words(raw)

    async def send(self, door: Listen, given: dict[str, Any]) -> dict[str, Any]:
        """
        Send one letter to *door* and return its answer.

        Raises:
            Refusal: The page asked for something impossible.
        """
        letter = self._last = self._letter(given)
        started = time.perf_counter()
        step, code, text = await asyncio.to_thread(_deliver, door, letter)
        return {
            "step": step,
            "code": code,
            "text": text,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            "size_bytes": len(letter.raw),
            "from": letter.sender,
            "to": letter.recipient,
        }

    def _letter(self, given: dict[str, Any]) -> Letter:
        if given.get("again"):
            if self._last is None:
                raise Refusal(400, "nothing was sent yet")
            return self._last
        recipient = _one_line(given, "to")
        if "sample" in given:
            sample = _sample(str(given["sample"]))
            shown = self._shown.pop((sample.name, recipient), None)
            return Letter(sample.sender, recipient, shown or sample.build(recipient))
        sender = _one_line(given, "from")
        if "raw" in given:
            lines = str(given["raw"]).replace("\r\n", "\n").replace("\n", "\r\n")
            return Letter(sender, recipient, lines.encode("utf-8", "replace"))
        return Letter(sender, recipient, _written(given, sender, recipient))


def _sample(name: str) -> Sample:
    sample = SAMPLES.get(name)
    if sample is None:
        raise Refusal(404, "no such sample")
    return sample


def _one_line(given: dict[str, Any], name: str) -> str:
    value = str(given.get(name, "")).strip()
    if not re.fullmatch(r"[!-;=?-~]+", value) or value.count("@") != 1:  # printable ASCII without space and <>
        raise Refusal(400, f"“{name}” must be one mail address")
    return value


def _written(given: dict[str, Any], sender: str, recipient: str) -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = " ".join(str(given.get("subject", "")).split())
    fresh_headers(message, sender)
    message.set_content(str(given.get("body", "")))
    return message.as_bytes()


def _deliver(door: Listen, letter: Letter) -> tuple[str, int, str]:
    """Speak SMTP and return the last step, the code and the words of the answer."""
    try:
        with smtplib.SMTP(door.host, door.port, local_hostname="demo.localhost", timeout=SMTP_SECONDS) as smtp:
            smtp.ehlo()
            options = [f"SIZE={len(letter.raw)}"] if smtp.has_extn("size") else []
            step, (code, text) = "MAIL", smtp.mail(letter.sender, options)
            if code < 400:
                step, (code, text) = "RCPT", smtp.rcpt(letter.recipient)
            if code < 400:
                step, (code, text) = "DATA", smtp.data(letter.raw)
            return step, code, text.decode("utf-8", "replace")
    except smtplib.SMTPResponseException as exc:
        error = exc.smtp_error
        return "DATA", exc.smtp_code, error.decode("utf-8", "replace") if isinstance(error, bytes) else error
    except (OSError, smtplib.SMTPException) as exc:
        return "connect", 0, f"The mail door did not answer: {exc}"


def _in_words(raw: bytes) -> dict[str, Any]:
    message = parse(raw)
    sender = message.sender
    return {
        "from": f"{sender.name} <{sender.address}>".strip() if sender else "",
        "subject": message.subject,
        "text": message.text[:PREVIEW_CHARACTERS],
        "attachments": [attachment.filename or attachment.content_type for attachment in message.attachments],
        "size_bytes": len(raw),
        "source": raw.decode("utf-8", "replace")[:PREVIEW_CHARACTERS],
    }
