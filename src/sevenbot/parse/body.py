"""
What of a mail is its text, and what is attached.

Multiparts are read as RFC 2046 §5.1 and RFC 8621 §4.1.4 (the JMAP way to tell body from attachment) say: of an
alternative one form is shown, of a related group the root, of all others every part in turn. The plain form wins when
it says what the HTML says; senders often leave a stub there ("your program cannot show HTML").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sevenbot.parse import alternative, flowed, html, packed, part, rtf, tnef, transfer, words
from sevenbot.parse.links import safe_url
from sevenbot.parse.message import Attachment, Link
from sevenbot.parse.packed import Piece
from sevenbot.parse.page import MAX_LINKS
from sevenbot.parse.part import Part
from sevenbot.parse.visible import clean

# A novel has 500,000 characters; more than twice that is no letter.
TEXT_CHARS = 1_000_000
# What decoding may need for that much text: UTF-8 and quoted-printable at their widest.
_TEXT_BYTES = 4 * TEXT_CHARS
# A text part without its own name shows; beyond so many the rest counts as attached.
_MAX_TEXTS = 100
# Outlook makes one a mail.
_MAX_PACKED = 3
# So much of what is not shown is kept, to be told of.
_UNSEEN_CHARS = 8_000
# Mails in a digest whose text is shown.
_MAX_INNER = 30

Source = Literal["plain", "html", "none"]

_SHOWN = frozenset(["text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown"])
_CALENDARS = frozenset(["text/calendar", "application/ics", "text/x-vcalendar"])
# What programs call a file of which they know nothing.
_UNTYPED = frozenset(["application/octet-stream", "application/x-octet-stream", "application/unknown", "text/plain"])


@dataclass(slots=True)
class Body:
    """The readable side of a part."""

    text: str = ""
    fresh: str = ""  # the text without what HTML marks as not new
    source: Source = "none"
    links: list[Link] = field(default_factory=list)
    attached: list[Piece] = field(default_factory=list)
    calendars: list[Part] = field(default_factory=list)
    inner: list[Part] = field(default_factory=list)  # mails within the mail
    packed: list[tnef.Packed] = field(default_factory=list)  # what was in a winmail.dat
    notes: list[str] = field(default_factory=list)
    unseen: str = ""  # what its pages do not show


@dataclass(slots=True)
class _Reading:
    """What is used up so far."""

    texts: int = 0
    html_chars: int = 0
    html_tags: int = 0
    packed: int = 0


def read(root: Part) -> Body:
    """Return the body of a mail; a mail that holds nothing but other mails lends their text."""
    reading = _Reading()
    body = _read(root, reading)
    if not body.text.strip() and body.packed:
        _unpack(body, reading)
    if not body.text.strip() and body.inner:
        _lend(body, reading)
    if len(body.text) > TEXT_CHARS:
        body.text = body.text[:TEXT_CHARS]
        body.notes.append(f"the text was cut at {TEXT_CHARS} characters")
    body.notes = list(dict.fromkeys(body.notes))
    return body


def _lend(body: Body, reading: _Reading) -> None:
    texts = []
    for inner in body.inner[:_MAX_INNER]:
        found = _read(inner, reading)
        subject = words.decode(inner.header.text("subject")) if len(body.inner) > 1 else ""
        texts.append("\n\n".join(filter(None, [subject, found.text.strip()])))
        body.links += found.links
        body.calendars += found.calendars
        body.notes += found.notes
        body.source = found.source if body.source == "none" else body.source
    body.text = body.fresh = "\n\n".join(filter(None, texts))


def _unpack(body: Body, reading: _Reading) -> None:
    """Take the text out of a winmail.dat; a mail with a text of its own repeats it there."""
    for found in body.packed:
        rich = rtf.Rich() if found.html or found.text else rtf.read(rtf.decompressed(found.rtf))
        page, text = found.html or rich.html, found.text or rich.text
        shown = _page(page, reading) if page else _lines(text.replace("\r\n", "\n"))
        if shown.text.strip():
            body.text, body.fresh, body.source, body.links = shown.text, shown.fresh, shown.source, shown.links
            body.notes += shown.notes
            return


def _read(root: Part, reading: _Reading) -> Body:
    if not root.is_multipart:
        return _leaf(root, reading)
    if root.content_type == "multipart/alternative":
        return _chosen([(child.content_type, _read(child, reading)) for child in root.children])
    if root.content_type == "multipart/related":
        return _related(root, reading)
    bodies = [_read(child, reading) for child in root.children]
    return _unrepeated(bodies) if root.content_type == "multipart/mixed" else _joined(bodies)


def _related(root: Part, reading: _Reading) -> Body:
    start = root.params.get("start", "").strip("<> ")
    found = (child for child in root.children if start and _content_id(child) == start)
    shown = next(found, root.children[0])
    return _joined(
        [
            _read(child, reading) if child is shown or child.is_multipart else _attached(child, reading)
            for child in root.children
        ]
    )


def _content_id(leaf: Part) -> str:
    return leaf.header.text("content-id").strip("<> ")


def _joined(bodies: list[Body]) -> Body:
    whole = Body()
    for body in bodies:
        whole.links += body.links
        whole.attached += body.attached
        whole.calendars += body.calendars
        whole.inner += body.inner
        whole.packed += body.packed
        whole.notes += body.notes
        whole.unseen = f"{whole.unseen}\n{body.unseen}" if whole.unseen and body.unseen else whole.unseen or body.unseen
        if body.text.strip():
            whole.text = f"{whole.text}\n\n{body.text}" if whole.text else body.text
            whole.fresh = f"{whole.fresh}\n\n{body.fresh}" if whole.fresh else body.fresh
            whole.source = "html" if "html" in (whole.source, body.source) else body.source
    return whole


def _unrepeated(bodies: list[Body]) -> Body:
    """Join the parts of a mixed mail; some programs put the plain and the HTML form there side by side."""
    texts = [body for body in bodies if body.text.strip()]
    if len(texts) == 2 and {texts[0].source, texts[1].source} == {"plain", "html"}:
        first, second = (re.sub(r"\W+", "", body.text)[:_COMPARED_CHARS] for body in texts)
        if first == second:
            next(body for body in texts if body.source == "html").text = ""
    return _joined(bodies)


def _chosen(forms: list[tuple[str, Body]]) -> Body:
    """Join the forms of an alternative, each with its type, keeping the text of one."""
    _merge([body for sort, body in forms if sort == "text/plain" and body.source == "plain" and body.text.strip()])
    bodies = [body for _, body in forms]
    plain = [body for body in bodies if body.source == "plain" and body.text.strip()]
    rich = [body for body in bodies if body.source == "html" and body.text.strip()]
    keep = next(reversed(rich), None)
    hidden = alternative.only_here(plain[0].text, keep.text) if plain and keep else []
    if plain and (keep is None or (not hidden and alternative.says_as_much(plain[0].text, keep.text))):
        keep = plain[0]
    links = rich[-1].links if rich and rich[-1].links else (plain[0].links if plain else [])
    for body in bodies:
        if body is not keep:
            body.text, body.source = "", "none"
        body.links = []
    whole = _joined(bodies)
    whole.links = links
    if keep in rich:  # who reads the HTML never sees those lines
        whole.unseen = "\n".join([whole.unseen, *hidden])[:_UNSEEN_CHARS].strip("\n")
    return whole


def _merge(plain: list[Body]) -> None:
    """Put two texts that differ into the first: they are no forms of one text (RFC 8621 §4.1.4 shows both)."""
    seen = ""
    for body in plain:
        bare = re.sub(r"\W+", "", body.text[:_COMPARED_CHARS])
        if bare in seen:
            continue
        if seen:
            plain[0].text, plain[0].fresh = f"{plain[0].text}\n\n{body.text}", f"{plain[0].fresh}\n\n{body.fresh}"
        seen += bare


_COMPARED_CHARS = 2_000


def _leaf(leaf: Part, reading: _Reading) -> Body:
    if leaf.is_message:
        body = _attached(leaf, reading)
        body.inner = list(leaf.children)
        return body
    if leaf.content_type in _CALENDARS or _is_calendar_file(leaf):
        named = leaf.filename is not None or leaf.disposition == "attachment" or not _in_alternative(leaf)
        body = _attached(leaf, reading) if named else Body()
        body.calendars = [leaf]
        return body
    if leaf.content_type == "text/x-amp-html":  # a third form of an alternative that only Gmail knows
        return Body()
    first = reading.texts == 0
    shows = leaf.content_type in _SHOWN and leaf.disposition != "attachment" and (first or leaf.filename is None)
    if not shows or reading.texts >= _MAX_TEXTS:
        return _attached(leaf, reading)
    body = _text(leaf, reading)
    reading.texts += bool(body.text.strip())
    return body


def _is_calendar_file(leaf: Part) -> bool:
    """Say whether an attached file without a telling type is a calendar by its name."""
    return leaf.content_type in _UNTYPED and (leaf.filename or "").lower().endswith((".ics", ".vcs"))


def _in_alternative(leaf: Part) -> bool:
    return leaf.parent is not None and leaf.parent.content_type == "multipart/alternative"


def _attached(leaf: Part, reading: _Reading) -> Body:
    if leaf.is_multipart and not leaf.is_message:
        return _joined([_attached(child, reading) for child in leaf.children])
    size_bytes, note = leaf.size()
    in_related = leaf.parent is not None and leaf.parent.content_type == "multipart/related"
    inline = leaf.disposition == "inline" or (not leaf.disposition and in_related and leaf.header.has("content-id"))
    body = Body(attached=[Piece(leaf, Attachment(leaf.filename, leaf.content_type, size_bytes, inline))])
    if note:
        body.notes.append(note)
    if leaf.content_type in tnef.TYPES or leaf.filename == "winmail.dat":
        _open(body, leaf.content()[0], reading)
    return body


def _open(body: Body, content: bytes, reading: _Reading) -> None:
    """Put what is in a winmail.dat into its place."""
    reading.packed += 1
    if reading.packed > _MAX_PACKED:
        body.notes.append(f"only the first {_MAX_PACKED} winmail.dat were opened")
        return
    found = tnef.read(content)
    body.packed = [found]
    if found.files or found.is_whole:
        body.attached = packed.files(found)
        body.notes.append(
            f"winmail.dat, Outlook's own format, was opened{'' if found.is_whole else ' as far as it goes'}"
        )
    else:
        body.notes.append("winmail.dat, Outlook's own format, could not be opened")


def _text(leaf: Part, reading: _Reading) -> Body:
    raw, damage = leaf.content(_TEXT_BYTES)
    if (encoded := transfer.undeclared(raw)) is not None:
        raw, damage = encoded
    label = leaf.params.get("charset")
    is_page = leaf.content_type == "text/html"
    if is_page and (not label or "ascii" in label.lower()) and not raw.isascii():
        label = _meta_charset(raw) or label
    text, odd = part.text_of(raw, label)
    notes = [note for note in (damage, odd) if note]
    if leaf.end - leaf.start > _TEXT_BYTES:
        notes.append(f"the text was cut at {TEXT_CHARS} characters")
    if not is_page and _PAGE.match(text):
        is_page = True
        notes.append("a text that said plain was HTML")
    body = _page(text, reading) if is_page else _plain(text, leaf)
    body.notes = notes + body.notes
    return body


# A whole page, or a piece of one from the first letter to the last.
_PAGE = re.compile(
    r"\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|(?=<(?:p|div|table|h[1-6]|span|center|br)[\s/>]).*>\s*\Z)",
    re.IGNORECASE | re.DOTALL,
)


def _meta_charset(raw: bytes) -> str | None:
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:-]{2,40})", raw[:4000], re.IGNORECASE)
    return found[1].decode("ascii", "replace") if found else None


def _page(text: str, reading: _Reading) -> Body:
    chars, tags = html.HTML_CHARS - reading.html_chars, html.MAX_TAGS - reading.html_tags
    if chars <= 0 or tags <= 0:
        return Body(notes=["further HTML was left out"])
    page = html.read(text, chars=chars, tags=tags)
    reading.html_chars += len(text)
    reading.html_tags += page.tags
    source: Source = "html" if page.text.strip() else "none"
    return Body(page.text, page.fresh, source=source, links=page.links, notes=page.notes, unseen=page.unseen)


def _plain(text: str, leaf: Part) -> Body:
    text = text[: TEXT_CHARS + 1]
    if leaf.content_type in ("text/enriched", "text/richtext"):
        text = _without_enrichment(text)
    if leaf.params.get("format", "").lower() == "flowed":
        text = flowed.unflow(text, delsp=leaf.params.get("delsp", "").lower() == "yes")
    return _lines(text)


def _lines(text: str) -> Body:
    text, attached = packed.without_uuencoded(text)
    text = "\n".join(line if line == "-- " else line.rstrip() for line in clean(text).strip("\n").split("\n"))
    source: Source = "plain" if text.strip() else "none"
    return Body(text, text, source=source, links=list(_links(text)), attached=attached)


def _without_enrichment(text: str) -> str:
    """Undo text/enriched (RFC 1896): commands go, "<<" is "<", one line end is a space."""
    text = re.sub(r"<param>[^<]*</param>", "", text, flags=re.IGNORECASE)
    text = re.sub(r"<<|</?[a-zA-Z-]{1,60}>", lambda found: "<" if found[0] == "<<" else "", text)
    return re.sub(r"\n(\n*)", lambda found: found[1] or " ", text)


def _links(text: str) -> Iterator[Link]:
    seen: set[str] = set()
    for found in alternative.URL.finditer(text):
        url = found[0].rstrip(".,;:!?*_'’”»")
        if url not in seen and safe_url(url) and len(seen) < MAX_LINKS:
            seen.add(url)
            yield Link(url, url)
