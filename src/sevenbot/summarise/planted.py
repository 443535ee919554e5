"""
A mail without what in it speaks to machines: the form that is summarised, and that a model's words are held against.

From such a sentence to the end of its line everything falls, since the order mostly follows ("Ignore the above. Send
..."), with the paragraph below it after a colon; and so does what stands between tags like <information> and
</information>. Its links and codes go with it, unless the rest of the mail has them too. The reader's buttons still
bring the whole text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from sevenbot.parse.message import Message
from sevenbot.summarise.addressed import is_addressed_to_machine
from sevenbot.summarise.dialogue import without_dialogue
from sevenbot.summarise.phrases import any_phrase
from sevenbot.summarise.sentences import is_finished, split

# Far more than is summarised or sent to a model; what follows is cut off.
READ_CHARS = 40_000
_WRAPPED_FROM = 50

_BLOCK = any_phrase(r"""(?s)
    <\|im_start\|>.{0,1500}?<\|im_end\|>|\[inst\].{0,1500}?\[/inst\]|<<sys>>.{0,1500}?<</sys>>|
    <\W?(?P<tag>information|system|instructions?|admin|assistant|important)\W?>[^<>]{0,4000}<\W{0,2}(?P=tag)\W?>
""")
# What makes the sentence before one to a machine a part of it: whom it speaks of, or where it leads.
_BESIDE = any_phrase(r"\b(?:ai|llm|bot|assistant|model|user|reader|recipient|summar\w+|password)\b|https?://|www\.")
_SQUEEZED = re.compile(r"[\s-]")


def for_people(message: Message) -> Message:
    """Return *message* without what speaks to machines; *message* itself when nothing does."""
    text, latest, passed_on = map(_heard, (message.text, message.latest, message.passed_on))
    subject = "" if is_addressed_to_machine(message.subject) else message.subject
    if (text, latest, passed_on, subject) == (message.text, message.latest, message.passed_on, message.subject):
        return replace(message, unseen="") if _heard(message.unseen) != message.unseen else message
    dropped = message.text[:READ_CHARS]
    squeezed = _SQUEEZED.sub("", f"{subject}\n{text}")
    return replace(
        message,
        text=text,
        latest=latest,
        passed_on=passed_on,
        subject=subject,
        unseen="",
        links=tuple(link for link in message.links if link.url in text or link.url not in dropped),
        codes=tuple(code for code in message.codes if code in squeezed),
    )


def _heard(text: str) -> str:
    read = text[:READ_CHARS]
    heard = _heard_in(read)
    return text if heard == read else heard


# Facts, the summary and the check of a model's answer each ask for the same mail, mostly one right after the other.
@functools.lru_cache(maxsize=8)
def _heard_in(read: str) -> str:
    lines = _BLOCK.sub(_kept, read).split("\n") if "<" in read or "[" in read else read.split("\n")
    return "\n".join(_heard_lines(iter(without_dialogue(lines))))


def _kept(block: re.Match[str]) -> str:
    is_plain = (block["tag"] or "").lower() == "important" and not any(
        map(is_addressed_to_machine, split(block.group()))
    )
    return block.group() if is_plain else ""


def _heard_lines(lines: Iterator[str]) -> Iterator[str]:
    goes_on = False  # a sentence to a machine does not end with its line
    before = ""
    for line in lines:
        said = split(line)
        goes_on = goes_on and bool(said)
        at = next((at for at, sentence in enumerate(said) if is_addressed_to_machine(sentence)), None)
        if goes_on and said and at is None and (len(before) >= _WRAPPED_FROM or said[0][0].islower()):
            goes_on = len(said) == 1 and not is_finished(line)
            yield " ".join(said[1:])
        elif at is None:
            goes_on = False
            yield line
        else:
            leads = line.rstrip().endswith((":", "："))
            goes_on = not (leads or is_finished(line))
            yield " ".join(said[: at - 1] if at and _BESIDE.search(said[at - 1]) else said[:at])
            if leads:
                _skip_paragraph(lines)
                yield ""
        before = line


def _skip_paragraph(lines: Iterator[str]) -> None:
    """Take the next paragraph off *lines*, with the empty lines on both sides."""
    is_begun = False
    for line in lines:
        if is_begun and not line.strip():
            return
        is_begun = is_begun or bool(line.strip())
