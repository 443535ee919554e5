"""
Telegram's HTML, read as Telegram reads it: markup in, plain text and entities out, or the same words of refusal.

    parse_html("<b>Hi</b> &amp; bye") -> Parsed("Hi & bye", [{"type": "bold", "offset": 0, "length": 2}])

Offsets and lengths count UTF-16 code units, "byte offset" in a refusal counts UTF-8 bytes of what was sent.
Sources: core.telegram.org/bots/api#html-style (Bot API 10.1) and the behaviour of TDLib's parser (tdlib/td,
td/telegram/MessageEntity.cpp), which the Bot API server runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from sevenbot.demo.entities import Entity, Parsed, checked_link, utf16_length
from sevenbot.demo.refusal import Refusal

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
# Which attribute of which tag carries its argument, and what the value must begin with.
ARGUMENTS = {
    ("a", "href"): "",
    ("code", "class"): "language-",
    ("span", "class"): "tg-",
    ("tg-emoji", "emoji-id"): "",
    ("tg-time", "unix"): "",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPACE = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[^<&]+")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int  # UTF-16
    begin: int  # index into the text written so far


def parse_html(source: str) -> Parsed:
    """
    Read *source* as parse_mode "HTML".

    Raises:
        Refusal: 400, in Telegram's words.
    """
    return _Reader(source).read()


class _Reader:
    """One pass over the source; `at` is the place in it, `written` the plain text so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.written: list[str] = []
        self.length = 0  # of the text written so far, UTF-16
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> Parsed:
        while self.at < len(self.source):
            plain = _PLAIN.match(self.source, self.at)
            if plain:
                self._write(plain.group())
                self.at = plain.end()
            elif self._peek() == "<":
                self._tag()
            elif reference := self._reference():
                self._write(reference)
            else:
                self._write("&")
                self.at += 1
        if self.open:
            self._refuse(f"Can't find end tag corresponding to start tag {self.open[-1].tag}")
        text = "".join(self.written)
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        if _SURROGATE.search(text):
            self._refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return Parsed(text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"])))

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.length += utf16_length(text)

    def _refuse(self, reason: str, begin: int | None = None) -> NoReturn:
        where = "" if begin is None else f" at byte offset {len(self.source[:begin].encode('utf-8', 'surrogatepass'))}"
        raise Refusal(400, f"Bad Request: can't parse entities: {reason}{where}")

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

    def _until(self, stops: str) -> str:
        begin = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _reference(self) -> str | None:
        """Decode the character reference here and step over it; None when it is none and stays as it is."""
        match = _REFERENCE.match(self.source, self.at)
        assert match is not None
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            decoded = NAMED.get(name)
        else:
            digits = int(hexadecimal or "0", 16) if hexadecimal is not None else int((decimal or "0")[:10])
            is_long = len(match.group().rstrip(";")) >= 10
            decoded = None if digits == 0 or digits >= 0x10FFFF or is_long else chr(digits)
        if decoded is not None:
            self.at = match.end()
        return decoded

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._until(_SPACE + ">").lower()
        if not self._peek():
            self._refuse("Unclosed start tag", begin)
        if tag not in TAGS:
            self._refuse(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            prefix = ARGUMENTS.get((tag, name))
            if prefix is not None and value.startswith(prefix):
                argument = value.removeprefix(prefix)
            elif (tag, name) == ("blockquote", "expandable"):
                argument = name
        self.at += 1
        if tag == "span" and argument != "spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.length, len(self.written)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(_SPACE + "=>")
        if not self._peek():
            self._refuse(f'Unclosed start tag "{tag}"' if name else "Unclosed start tag", begin)
        if not name:
            self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if self._peek() != "=":
            return name, ""
        self.at += 1
        self._skip_space()
        if not self._peek():
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._bare()
        if not self._peek():
            self._refuse("Unclosed start tag", begin)
        return name, value

    def _bare(self) -> str:
        match = _TOKEN.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        if self._peek() and self._peek() not in _SPACE + ">":
            self._refuse("Unexpected end of name token", match.start())
        return match.group().lower()

    def _quoted(self) -> str:
        quote = self._peek()
        self.at += 1
        value: list[str] = []
        while self._peek() and self._peek() != quote:
            reference = self._reference() if self._peek() == "&" else None
            if reference is None:
                value.append(self._peek())
                self.at += 1
            else:
                value.append(reference)
        self.at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            self._refuse("Unexpected end tag", begin)
        self.at += 1
        tag = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            self._refuse("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            where = len(self.source[:begin].encode("utf-8", "surrogatepass"))
            self._refuse(f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place: Entity = {"offset": opened.offset, "length": self.length - opened.offset}
        kind = TAGS[opened.tag]
        match opened.tag:
            case "a":
                url = checked_link(opened.argument or "".join(self.written[opened.begin :]))
                if url is None:
                    return  # Telegram keeps the text and drops the link
                place["url"] = url
            case "tg-emoji":
                if not opened.argument.isdecimal():
                    raise Refusal(400, "Bad Request: Invalid custom emoji identifier specified")
                place["custom_emoji_id"] = opened.argument
            case "tg-time":
                place["unix_time"] = int(opened.argument) if opened.argument.isdecimal() else 0
            case "blockquote" if opened.argument:
                kind = "expandable_blockquote"
            case "pre" | "code" if self._merges_with_last(opened, place):
                return
        self.entities.append({"type": kind, **place})
        if opened.tag == "code" and opened.argument:
            self.entities[-1]["language"] = opened.argument  # kept only inside <pre>

    def _merges_with_last(self, opened: _Open, place: Entity) -> bool:
        """`<pre><code class="language-x">` is one entity of type pre with a language."""
        last = self.entities[-1] if self.entities else None
        if opened.tag != "pre" or last is None or last["type"] != "code" or "language" not in last:
            return False
        if (last["offset"], last["length"]) != (place["offset"], place["length"]):
            return False
        last["type"] = "pre"
        return True
