"""
The sentences of a mail that may stand in its summary: what is new, without greetings, courtesies, footers and tables.

What was left out is kept apart, for a mail that has nothing better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise.boilerplate import is_filler, is_footer, is_noise
from sevenbot.summarise.links import without_urls
from sevenbot.summarise.plain import plain
from sevenbot.summarise.salutations import is_closing, is_greeting, without_greeting
from sevenbot.summarise.sentences import LEADS_ON, is_finished, paragraphs, size, split

# What matters stands in the first screens; what follows is never shown.
READ_CHARS = 20_000
# Enough to choose from; the rest of a long mail need not be cleaned.
MOST = 40
# After "Kind regards" this many lines or fewer are a signature.
_SIGNATURE_LINES = 8
# Where people write, their name below the text ends it; a program's mail says its name anywhere.
_WRITTEN_BY_PEOPLE = (Kind.PERSONAL, Kind.OTHER)

# A plain text with HTML in it, which some programs send.
_TAG = re.compile(
    r"</?(?:p|b|i|u|br|a|div|span|td|tr|table|font|strong|em|li|ul|ol|h[1-6])\b[^<>]{0,300}>", re.IGNORECASE
)
# "View results: https://...", from a program: the link has a row of its own, with these words.
_TO_A_LINK = re.compile(r"[^:：]{2,60}[:：]\s{0,3}<?https?://\S+\Z", re.IGNORECASE)
_LONGEST_LABEL, _LONGEST_VALUE, _LABEL_WORDS = 40, 80, 2
_BULLET = re.compile(r"\A(?:[-*•·●▪◦‣>+☐✓✔►▶→»|]{1,3} {1,2})+")
_BARE_LINK = re.compile(r"\W*[\w-]+\.[\w.-]+(?:/\S*)?\W*\Z")  # as `without_urls` leaves it: "example.org/…"
_NAME_PART = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class Candidates:
    """Sentences, plain and in order, without repeats."""

    telling: dict[str, int] = field(default_factory=dict)  # by sentence: the number of its paragraph
    left_over: dict[str, None] = field(default_factory=dict)  # links, courtesies, small print


def candidates(message: Message, codes: tuple[str, ...] = ()) -> Candidates:
    """
    Return the sentences of *message*, from which `planted` has cut what speaks to machines.

    A line that is one of *codes*, or of other numbers, belongs to the words that lead to it.
    """
    text = _without_citation((message.latest if message.latest.strip() else message.text)[:READ_CHARS])
    lines = _with_codes(paragraphs(text, wrapped=message.text_source == "plain"), codes)
    found = Candidates()
    for at, line in enumerate(lines):
        if _begins_signature(line, message, len(lines) - at):
            if found.telling or found.left_over:
                break
            continue
        _sort(line, at, found, by_people=message.kind in _WRITTEN_BY_PEOPLE)
        if len(found.telling) >= MOST:
            break
    return found


def _without_citation(text: str) -> str:
    """Leave out the marked lines that `latest` keeps for the sake of an answer; they are another's words."""
    own = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return own if own.strip() else text


def _with_codes(lines: list[str], codes: tuple[str, ...]) -> list[str]:
    """Put a code on a line of its own behind the words that lead to it: "Your code is:" says nothing without."""
    joined: list[str] = []
    for line in lines:
        if joined and _belongs(joined[-1], line, codes):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _belongs(above: str, line: str, codes: tuple[str, ...]) -> bool:
    """Say whether *line* is the value of a label: "Reservation code / K7QX2M", "Return: / Ashby, Friday 9:30"."""
    if squashed(line) in codes:
        return above.endswith(LEADS_ON) or (len(above) <= _LONGEST_LABEL and not is_finished(above))
    is_label = above.endswith(LEADS_ON) and size(above) <= _LABEL_WORDS
    return is_label and len(line) <= _LONGEST_VALUE and not line.endswith(LEADS_ON) and not _BULLET.match(line)


def squashed(text: str) -> str:
    """Return *text* as codes are written down: without blanks and hyphens."""
    return re.sub(r"[\s-]", "", text)


def _begins_signature(line: str, message: Message, lines_left: int) -> bool:
    if is_closing(plain(line)):
        return lines_left <= _SIGNATURE_LINES
    return message.kind in _WRITTEN_BY_PEOPLE and _is_name_of_sender(line, message)


def _is_name_of_sender(line: str, message: Message) -> bool:
    """Say whether *line* is just the writer's name, below the text."""
    parts = _NAME_PART.findall(line.lower())
    if not 0 < len(parts) <= 4 or len(line) > 60 or message.sender is None:
        return False
    known = _NAME_PART.findall(f"{message.sender.name} {message.sender.address.partition('@')[0]}".lower())
    return set(parts) <= set(known)


def _sort(line: str, at: int, found: Candidates, *, by_people: bool) -> None:
    """Add the sentences of *line* to what tells something or to what is left over."""
    if is_greeting(plain(line)) or is_closing(plain(line)):
        return
    if is_noise(line) or (not by_people and _TO_A_LINK.match(line)):
        _leave_over(line, found)
        return
    for raw in split(line):
        if is_greeting(plain(raw)):  # "Olá, Maria! Use o código ..."
            continue
        sentence = without_greeting(_BULLET.sub("", without_urls(plain(_TAG.sub(" ", raw)))))
        if _tells_something(sentence):
            found.telling.setdefault(sentence if found.telling else capitalised(sentence), at)
        else:
            _leave_over(raw, found)


def _tells_something(sentence: str) -> bool:
    if not has_word(sentence) or _BARE_LINK.match(sentence):
        return False
    if is_noise(sentence) or is_greeting(sentence) or is_closing(sentence):
        return False
    return not (is_filler(sentence) or is_footer(sentence))


def _leave_over(raw: str, found: Candidates) -> None:
    for part in split(raw):
        sentence = plain(part)
        if has_word(sentence) and len(found.left_over) < MOST:
            found.left_over.setdefault(sentence)


def has_word(sentence: str) -> bool:
    """Say whether there is a letter in *sentence*."""
    return any(map(str.isalpha, sentence))


def capitalised(sentence: str) -> str:
    """Begin *sentence* with a capital: after "Hi Anna," it had none. Names such as iPhone keep theirs."""
    word = sentence.partition(" ")[0].rstrip(",").replace("'", "").replace("’", "")
    return sentence[0].upper() + sentence[1:] if word.islower() and word.isalpha() else sentence
