"""Subject, addresses, date, text and attachments beside what another parser, Stalwart's mail-parser, sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from quality.row import Labelled, Row, share_row

from sevenbot.parse import addresses, dates, fields, subjects, words
from sevenbot.parse.mail import parse
from sevenbot.parse.message import Message

SETS: tuple[str, ...] = ("stalwart-mail-parser", "zulip-subjects")
_SET = "stalwart-mail-parser"
# Mails within mails are told by their parse, not by their bytes.
_NO_SIZE = -1


def rows(corpus: Path) -> list[Row]:
    """Compare the mails, then single fields."""
    mails = list(_mails(corpus))
    return [
        *[
            share_row(f"{what}, as another parser", [compare(*mail) for mail in mails], reach)
            for what, compare, reach in _COMPARED
        ],
        share_row("address fields, as another parser", _vectors(corpus, "address", _wanted_boxes, _boxes), None),
        share_row("date fields, as another parser", _vectors(corpus, "date", _wanted_moment, _moment), None),
        share_row("text fields, as another parser", _vectors(corpus, "unstructured", str, words.shown), None),
        share_row("subjects without Re: and Fwd:", _subjects(corpus), None),
    ]


def _mails(corpus: Path) -> Iterator[tuple[str, dict[str, Any], Message]]:
    for mail in sorted((corpus / _SET / "eml").glob("*/*.eml")):
        theirs = json.loads(mail.with_suffix(".json").read_text(encoding="utf-8"))
        yield f"{mail.parent.name}/{mail.name}", theirs, parse(mail.read_bytes())


def _fields(mail: dict[str, Any], name: str) -> list[Any]:
    return [header["value"] for header in mail["parts"][0]["headers"] if header["name"] == name]


def _subject(name: str, theirs: dict[str, Any], ours: Message) -> Labelled:
    values = [value.get("Text") or "" for value in _fields(theirs, "subject") if isinstance(value, dict)]
    return Labelled(name, next(iter(values), ""), ours.subject)


def _addresses(name: str, theirs: dict[str, Any], ours: Message) -> Labelled:
    wanted = {
        field: [box for value in _fields(theirs, field) for box in _wanted_boxes(value)]
        for field in ("from", "to", "cc", "reply_to")
    }
    found = {
        "from": [(ours.sender.name, ours.sender.address)] if ours.sender and wanted["from"] else [],
        **{field: [(box.name, box.address) for box in getattr(ours, field)] for field in ("to", "cc", "reply_to")},
    }
    return Labelled(name, wanted | {"from": wanted["from"][:1]}, found)


def _date(name: str, theirs: dict[str, Any], ours: Message) -> Labelled:
    values = [value["DateTime"] for value in _fields(theirs, "date") if isinstance(value, dict)]
    return Labelled(name, _wanted_moment(values[0]) if values else None, _plain_moment(ours.date))


def _text(name: str, theirs: dict[str, Any], ours: Message) -> Labelled:
    bodies = [theirs["parts"][number]["body"] for number in theirs["text_body"]]
    texts = [body["Text"] for body in bodies if "Text" in body]
    if len(texts) < len(bodies):  # its text of a page is another matter (see `pages`)
        return Labelled(name, "", "")
    return Labelled(name, " ".join(" ".join(texts).split()), " ".join(ours.text.split()))


def _attachments(name: str, theirs: dict[str, Any], ours: Message) -> Labelled:
    """Compare names and sizes of what is named and found by both; unnamed text that it counts as attached is text."""
    wanted = [file for number in theirs["attachments"] if (file := _wanted_file(theirs["parts"][number]))]
    found = [
        (own.filename, _NO_SIZE if (own.filename, _NO_SIZE) in wanted else own.size_bytes)
        for own in ours.attachments
        if own.filename
    ]
    return Labelled(name, wanted, found if wanted else [])


def _wanted_file(part: dict[str, Any]) -> tuple[str, int] | None:
    given: dict[str, str] = {}
    for header in part["headers"]:
        if header["name"] in ("content_type", "content_disposition") and isinstance(header["value"], dict):
            attributes = header["value"].get("ContentType", {}).get("attributes") or []
            given |= {attribute["name"]: attribute["value"] for attribute in attributes}
    named = given.get("filename") or given.get("name")
    (kind, content), *_ = part["body"].items()
    size = len(content.encode()) if isinstance(content, str) else len(content) if kind != "Message" else _NO_SIZE
    return (named, size) if named else None


_COMPARED: tuple[tuple[str, Callable[[str, dict[str, Any], Message], Labelled], float | None], ...] = (
    ("subjects", _subject, 0.97),
    ("addresses", _addresses, 0.97),
    ("attachments", _attachments, 0.97),
    ("dates", _date, None),
    ("texts", _text, None),
)


def _subjects(corpus: Path) -> Iterator[Labelled]:
    for case in json.loads((corpus / "zulip-subjects" / "subjects.json").read_text(encoding="utf-8")):
        yield Labelled(case["original_subject"], case["stripped_subject"], subjects.base(case["original_subject"]))


def _vectors(corpus: Path, name: str, wanted: Callable[[Any], Any], found: Callable[[str], Any]) -> Iterator[Labelled]:
    for vector in json.loads((corpus / _SET / "header-vectors" / f"{name}.json").read_text(encoding="utf-8")):
        header, _ = fields.read(b"x: " + vector["header"].encode() + b"\n", 0, 1 << 20)
        label = vector["expected"]
        yield Labelled(vector["header"], None if label is None else wanted(label), found(header.text("x")))


def _wanted_boxes(value: Any) -> list[tuple[str, str]]:
    lists = value.get("Address", value) if isinstance(value, dict) else {}
    members = lists.get("List", []) + [one for group in lists.get("Group", []) for one in group["addresses"]]
    return [(one["name"] or "", one["address"] or "") for one in members]


def _boxes(text: str) -> list[tuple[str, str]]:
    return [(box.name, box.address) for box in addresses.read(text)]


def _wanted_moment(value: Any) -> list[int]:
    offset = (value["tz_hour"] * 60 + value["tz_minute"]) * (-1 if value["tz_before_gmt"] else 1)
    return [value[name] for name in ("year", "month", "day", "hour", "minute", "second")] + [offset]


def _moment(text: str) -> list[int] | None:
    return _plain_moment(dates.read(text)[0])


def _plain_moment(moment: datetime | None) -> list[int] | None:
    zone = moment.utcoffset() if moment else None
    return None if moment is None or zone is None else [*moment.timetuple()[:6], int(zone.total_seconds() // 60)]
