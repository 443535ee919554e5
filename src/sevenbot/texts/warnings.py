"""The parser's warnings in the reader's language."""

from __future__ import annotations

import re
from dataclasses import fields

from sevenbot.texts import en
from sevenbot.texts.catalogue import Texts


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)))


#: In the order of the catalogue: "another one: it mixes alphabets" before any name of an imitated domain.
_PATTERNS = [
    (field.name, _pattern(getattr(en.TEXTS, field.name))) for field in fields(Texts) if field.name.startswith("warns_")
]


def warning(sentence: str, words: Texts) -> str:
    """Return a warning that the parser gave in English in the language of *words*; one we do not know as it is."""
    for name, pattern in _PATTERNS:
        if match := pattern.fullmatch(sentence):
            template: str = getattr(words, name)
            return template.format(**match.groupdict())
    return sentence
