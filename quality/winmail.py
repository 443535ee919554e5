"""The files in Outlook's winmail.dat, beside the list another program made of them."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from quality.corpus import cases_of
from quality.row import Labelled, Row, share_row

from sevenbot.parse.mail import parse

SETS: tuple[str, ...] = ("mimekit",)

# What that program calls the body, and files to which it finds no name.
_NO_NAMES = ("body.", "Untitled Attachment")


def rows(corpus: Path) -> list[Row]:
    """Send each winmail.dat in a mail of its own."""
    return [share_row("files in winmail.dat, as another program", _streams(corpus), None)]


def _streams(corpus: Path) -> Iterator[Labelled]:
    for case in cases_of(corpus):
        if case.kind == "tnef":
            stream = (corpus / case.path).with_suffix(".tnef").read_bytes()
            listed = (corpus / case.path).read_text(encoding="utf-8").split("\n")
            wanted = {name for name in listed if name and not name.startswith(_NO_NAMES)}
            found = {file.filename for file in parse(_mail_with(stream)).attachments}
            yield Labelled(case.path, wanted, found & wanted if len(found) <= len(listed) else found)


def _mail_with(stream: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@example.org", "bob@example.org", "Files"
    mail.add_attachment(stream, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return mail.as_bytes()
