"""
What a model said, held against the mail: plain text only, and nothing in it that the mail does not have.

A sentence falls when it holds a link, a host name, an e-mail address, a user name, a code, an amount or a number of
three digits or more that does not occur in the mail, or when it speaks to a machine. Numbers are compared without their
separators, so "1,234.50" is "1.234,50". What the mail itself says to machines does not count as its words.

Once a sentence has fallen the rest is suspect: only sentences whose words are mostly the mail's own stay. What is left
is bounded in length; if nothing is left the answer is of no use.

So the worst a captured model can do is to quote the mail, or to say something without any link, number or address.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from sevenbot.flat import flat
from sevenbot.parse.message import Message
from sevenbot.summarise.addressed import is_addressed_to_machine
from sevenbot.summarise.amounts import every_amount, value
from sevenbot.summarise.model import ModelAnswer
from sevenbot.summarise.phrases import any_phrase
from sevenbot.summarise.plain import cut, plain
from sevenbot.summarise.sentences import sentences, size, split
from sevenbot.summarise.summary import Summary

# What the prompt asks for is 45 words; a third more is forgiven.
MOST_WORDS = 60
MOST_CHARS = 400
# Longer answers were cut already (openai.py); nothing beyond this is even looked at.
READ_CHARS = 4_000
# What a summary states is looked for in this much of the mail: far more than the prompt holds.
MAIL_CHARS = 100_000

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\s?\(([^()\s]{0,300})[^()]{0,100}\)")
_TAG = re.compile(r"<[^<>]{0,300}>")
_MARKUP = re.compile(r"\*{1,3}|_{2,3}|~~|`+|\|\||^#{1,6} |(?<!\w)_(?=\w)|(?<=\w)_(?!\w)")
_LIST_MARK = re.compile(r"(?m)^\s*(?:[-*+•>]|[0-9]{1,2}[.)])\s+")

_URL = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}:|//)[^\s<>\"']{2,}|\bwww\.\S+", re.IGNORECASE)
_SCHEME = any_phrase(r"""
    (?:h(?:xx|tt)ps?|ftp|tg|mailto|tel|data|javascript|file|intent|ton|sms|callto|skype|viber|whatsapp)\s?[:：]
""")
_DOTTED = re.compile(r"[^\s@/:,;()\[\]<>\"'“”‘’«»]+(?:\.|。|．|｡)[^\W\d_]{2,24}(?![\w])")
_DISGUISED_DOT = any_phrase(r"""
    \s?[\[({]\s?(?:\.|dot|punkt|point|punto|точка)\s?[\])}]\s?|\s(?:dot|punkt|punto)\s(?=[a-z]{2,10}\b)
""")
# Browsers read these as dots too (UTS #46), and a sentence must not be split there.
_WIDE_DOT = re.compile(r"(?<=[^\W_])[。．｡](?=[a-z0-9])", re.IGNORECASE)
_DISGUISED_AT = re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,255}")
_HANDLE = re.compile(r"(?<![\w/])[@#/$][A-Za-z_][\w]{2,}")
# 1,234.50 · 1 234 · 482-913 · +49 171 1234567 · 2026-03-05 · 14:30
_NUMBER = re.compile(r"[0-9]+(?:[.,'/:() -]{1,2}[0-9]+)*")
_MIXED = re.compile(r"(?<![\w-])(?=[\w-]{0,40}[0-9])(?=[\w-]{0,40}[^\W\d_])[\w-]{4,40}(?![\w-])")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9-]{3,}(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_UNSPACED_PAIR = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}))")


@dataclass(frozen=True, slots=True)
class _Mail:
    """What may be stated, ready for looking up."""

    text: str  # flat: lower case, plain digits, blanks folded
    squeezed: str  # without blanks and hyphens
    numbers: frozenset[str]  # digits only, each number as a whole and its parts
    amounts: frozenset[tuple[str, str]]


def checked(answer: ModelAnswer, message: Message) -> Summary | None:
    """Return the part of *answer* that the mail bears out, or None when nothing is left of it."""
    mail = _mail(message)
    text = unmarked(answer.summary[:READ_CHARS])
    said = split(text)
    grounded = [sentence for sentence in said if _is_grounded(sentence, mail)]
    if len(grounded) < len(said):
        grounded = [sentence for sentence in grounded if _is_in_words_of(sentence, mail)]
    kept = _bounded(grounded)
    if not kept or not any(map(str.isalpha, kept)):
        return None
    return Summary(kept, "model", _language(answer.language))


def unmarked(text: str) -> str:
    """Return *text* as one line of plain text: no HTML, no Markdown, no control or direction characters."""
    text = html.unescape(_LIST_MARK.sub("", text))
    text = _MARKDOWN_LINK.sub(r"\1 \2", text)
    for _ in range(2):  # a tag may have hidden in a tag
        text = _TAG.sub(" ", text)
    return plain(_MARKUP.sub("", _WIDE_DOT.sub(".", text)))


def _language(code: str | None) -> str | None:
    low = (code or "").strip().lower()[:2]
    return low if re.fullmatch(r"[a-z]{2}", low) else None


def _mail(message: Message) -> _Mail:
    text, to_machines = _parted(message)
    boxes = [box for box in (message.sender, *message.to, *message.cc, *message.reply_to) if box]
    invite = message.invite
    planned = [invite.summary, invite.start, invite.end, invite.location, invite.organizer] if invite else []
    parts = [
        message.subject,
        *(f"{box.name} {box.address}" for box in boxes),
        message.date.isoformat() if message.date else "",
        *(part for part in planned if part),
        *(part.filename or "" for part in message.attachments),
        text,
        *(link.url for link in message.links if link.url not in to_machines),
    ]
    flattened = " ".join(flat(" ".join(parts)).split())
    return _Mail(
        flattened,
        _squeezed(flattened),
        frozenset(_numbers(flattened)),
        frozenset(map(value, every_amount(flattened))),
    )


def _parted(message: Message) -> tuple[str, str]:
    """Return what the text says to people, and what it says to machines: that bears nothing out."""
    text = message.text[:MAIL_CHARS]
    said = sentences(text, wrapped=message.text_source == "plain")
    to_machines = {sentence: None for sentence in said if is_addressed_to_machine(sentence)}
    if not to_machines:
        return text, ""
    return "\n".join(sentence for sentence in said if sentence not in to_machines), "\n".join(to_machines)


def _numbers(text: str) -> set[str]:
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        runs = re.findall(r"[0-9]+", match.group())
        found.update(runs)
        found.update(
            "".join(runs[first:last])
            for first in range(len(runs))
            for last in range(first + 2, min(first + 7, len(runs) + 1))
        )
    return found


def _is_grounded(sentence: str, mail: _Mail) -> bool:
    # Compatibility forms: ⁴⁸²⁹¹³ and ①② read as digits too (Unicode TR 15).
    low = " ".join(flat(unicodedata.normalize("NFKC", sentence)).split())
    undisguised = _DISGUISED_AT.sub("@", _DISGUISED_DOT.sub(".", low))
    return (
        not is_addressed_to_machine(sentence)
        and _links_occur(undisguised, mail)
        and all(match.group().strip(".,;:!?") in mail.text for match in _ADDRESS.finditer(undisguised))
        and all(match.group() in mail.text for match in _HANDLE.finditer(low))
        and all(_squeezed(match.group()) in mail.squeezed for match in _MIXED.finditer(low))
        and all(_squeezed(match.group().lower()) in mail.squeezed for match in _CAPITALS.finditer(sentence))
        and all(_number_occurs(match.group(), mail) for match in _NUMBER.finditer(low))
        and all(_amount_occurs(amount, mail) for amount in every_amount(low))
    )


def _links_occur(low: str, mail: _Mail) -> bool:
    if _SCHEME.search(low) and not all(match.group() in mail.text for match in _SCHEME.finditer(low)):
        return False
    found = [match.group() for match in (*_URL.finditer(low), *_DOTTED.finditer(low))]
    return all(link.rstrip(".,;:!?") in mail.text for link in found)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def _number_occurs(number: str, mail: _Mail) -> bool:
    """Say whether the mail has this number: as a whole, without zero cents, or as a date of numbers it has."""
    runs = re.findall(r"[0-9]+", number)
    whole = "".join(runs)
    if len(whole) < 3 or whole in mail.numbers:
        return True
    if len(runs) > 1 and runs[-1] == "00" and "".join(runs[:-1]) in mail.numbers:
        return True
    # "5.3.2026" for "5 March 2026", "14:30" for "2:30 PM": only the year is long enough to be worth checking.
    is_date = len(runs) <= 5 and all(len(run) <= 2 or re.fullmatch(r"(?:19|20)[0-9]{2}", run) for run in runs)
    return (
        is_date
        and re.search(r"[/:.-]", number) is not None
        and all(len(run) <= 2 or run in mail.numbers for run in runs)
    )


def _amount_occurs(amount: str, mail: _Mail) -> bool:
    digits, currency = value(amount)
    if (digits, currency) in mail.amounts:
        return True
    # A currency's name the mail writes in another way ("dollars" for "AUD"): then the number at least is there.
    return (
        digits in mail.numbers
        and currency not in {known for _, known in mail.amounts}
        and _names_currency(amount, mail)
    )


def _names_currency(amount: str, mail: _Mail) -> bool:
    sign = re.sub(r"[0-9.,' -]", "", amount)
    return sign in mail.text


def _is_in_words_of(sentence: str, mail: _Mail) -> bool:
    low = sentence.lower()
    words = _WORD.findall(low) if low.isascii() else _WORD.findall(low) + _UNSPACED_PAIR.findall(low)
    known = sum(word in mail.text for word in words)
    return bool(words) and known * 3 >= len(words) * 2


def _bounded(grounded: list[str]) -> str:
    kept = ""
    for sentence in grounded:
        longer = f"{kept} {sentence}".strip()
        if kept and (size(longer) > MOST_WORDS or len(longer) > MOST_CHARS):
            break
        kept = longer
    if size(kept) > MOST_WORDS:
        kept = cut(kept, int(len(kept) * MOST_WORDS / size(kept)))
    return cut(kept, MOST_CHARS)
