"""
Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231), also the broken kinds.

    attachment; filename*0*=UTF-8''%e2%82%ac; filename*1=" rates.pdf"      -> "€ rates.pdf"
    attachment; filename="=?utf-8?q?=E2=82=AC?= rates.pdf" -> the same; RFC 2047 §5 forbids it, many do it
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from sevenbot.parse import charset, words

# Real fields have two or three parameters; continuations of a long name make a few dozen.
_MAX_PARAMETERS = 200

# Spaces are bounded: a field of nothing else must not be searched from each of them.
_PARAMETER = re.compile(r'[;\s]\s{0,20}([^\s=;"]{1,60})\s{0,20}=\s{0,20}("(?>(?:[^"\\]|\\.)*)"?|[^;]*)', re.DOTALL)
# Where the first parameter begins; some programs forget its semicolon.
_FIRST = re.compile(r";|\s(?=[\w*-]{1,60}=)")
_NO_TYPE = re.compile(r"(?:file)?name\*?\s?=", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_SECTION = re.compile(r"(.+?)(?:\*(\d{1,4}))?(\*)?")


def split(value: str) -> tuple[str, dict[str, str]]:
    """
    Return a field's main value in lower case, and its parameters by lower-case name, decoded.

    The first of two parameters with one name wins; an extended value (`name*`) wins over a plain one.
    """
    if _NO_TYPE.match(value):  # Content-Disposition: filename="a.pdf"
        value = f"; {value}"
    first = _FIRST.search(value)
    begin = first.start() if first else len(value)
    main = _COMMENT.sub("", value[:begin]).strip().lower()
    found = _PARAMETER.finditer(value, begin)
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    plain: dict[str, str] = {}
    for _, match in zip(range(_MAX_PARAMETERS), found, strict=False):
        section = _SECTION.fullmatch(match[1].lower())
        assert section is not None, "a name has at least one character"
        content = _unquoted(match[2])
        if section[2] is None and section[3] is None:
            plain.setdefault(section[1], content)
        else:
            sections.setdefault(section[1], {}).setdefault(int(section[2] or 0), (content, section[3] is not None))
    decoded = {name: words.decode(content) if name in _HUMAN else content for name, content in plain.items()}
    return main, decoded | {name: _joined(parts) for name, parts in sections.items()}


# Only these are words for people; a boundary is compared byte by byte.
_HUMAN = frozenset(["name", "filename"])


def _unquoted(content: str) -> str:
    content = content.strip()
    if not content.startswith('"'):
        # Comments after an unquoted token: charset=us-ascii (Plain text), RFC 2045 §5.1.
        return content.rpartition(" (")[0].rstrip() or content if content.endswith(")") else content
    return re.sub(r'\\(["\\])', r"\1", content[1:].removesuffix('"'))


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """Put the continuations together (RFC 2231 §4.1); the charset stands before the first."""
    ordered = [parts[number] for number in sorted(parts)]
    label = ""
    first, extended = ordered[0]
    if extended and first.count("'") >= 2:
        label, _, first = first.split("'", 2)
        ordered[0] = (first, True)
    raw = b"".join(
        unquote_to_bytes(text) if is_extended else text.encode("utf-8", "replace") for text, is_extended in ordered
    )
    return words.decode(charset.decode(raw, label)[0])
