"""
The summary without a model: the sentences that tell most, word for word but for a capital at the beginning.

What is new in the mail is cleaned of greetings, courtesies, footers and rows of numbers (`candidates`), and of what is
left a small ranker chooses (`lead`). A mail without text says what is there instead: an invitation, a bounce, the
attachments.
"""

from __future__ import annotations

from dataclasses import replace

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise import told
from sevenbot.summarise.candidates import READ_CHARS, capitalised
from sevenbot.summarise.headline import headline
from sevenbot.summarise.language import guess_language
from sevenbot.summarise.lead import LONGEST_CHARS, MOST_WORDS, lead
from sevenbot.summarise.passed_on import SIGN, below, speaking
from sevenbot.summarise.plain import ELLIPSIS, cut, plain
from sevenbot.summarise.planted import for_people
from sevenbot.summarise.sentences import is_finished, size
from sevenbot.summarise.summary import Facts, Summary

# Headings and table cells have no end mark; when nothing else is there they are set apart by this.
APART = " · "
# Less room is not worth beginning on the mail that is passed on.
_FEWEST_WORDS = 12


def summarise_offline(message: Message, facts: Facts, language: str | None = None) -> Summary:
    """
    Return up to three whole sentences of *message*, or what else there is in it; the text is never empty.

    Args:
        message: The mail.
        facts: Its facts; the sentence with the code comes first.
        language: The reader's, for the few words that are ours (a bounce, an empty mail).
    """
    heard = for_people(message)
    if heard is message:
        return _made(message, facts, language)
    if message.text.strip() and not heard.text.strip():  # nothing of it is for a person
        text = told.for_machines(language)
        return Summary(text, "offline", told.spoken(language), headline=headline(text), suspicious=True)
    return replace(_made(heard, facts, language), suspicious=True)


def _made(message: Message, facts: Facts, language: str | None) -> Summary:
    message = speaking(message)
    found = lead(message, facts)
    first = _told_first(message, language)
    if found.sentences:
        sentences = [capitalised(found.sentences[0]), *found.sentences[1:]]
        text = _with_passed_on(_joined([first, *sentences] if first else sentences), message, facts)
        known = guess_language(message.latest or message.text)
        return Summary(cut(text, LONGEST_CHARS), "offline", known, headline=headline(first or capitalised(found.best)))
    text = first or told.attached(message.attachments) or _without_lead(message, language)
    return Summary(cut(text, LONGEST_CHARS), "offline", told.spoken(language), headline=headline(text))


def _with_passed_on(text: str, message: Message, facts: Facts) -> str:
    """Add what the mail below tells, as far as there is room: "Can you take over? ↪ The printer starts tomorrow."."""
    room = MOST_WORDS - size(text)
    if not message.passed_on or room < _FEWEST_WORDS:
        return text
    told = lead(below(message), facts, room).sentences
    return f"{text} {SIGN} {_joined([capitalised(told[0]), *told[1:]])}" if told else text


def minimal_summary(subject: str = "", language: str | None = None) -> Summary:
    """Return what to say when everything else has failed; cannot fail itself."""
    known = cut(plain(subject[:500]), 200)
    sentence = told.failed(language)
    return Summary(f"{sentence}: {known}" if known else f"{sentence}.", "offline", told.spoken(language), degraded=True)


def _joined(sentences: list[str]) -> str:
    """Put sentences behind one another, and dots between the rows of a table or a list."""
    has_rows = sum(map(_is_row, sentences)) > 1
    text, above = "", ""
    for sentence in sentences:
        if not text or text[-1] in "。！？｡":
            glue = ""
        elif text.endswith(":") or not (_is_row(above) or (has_rows and _is_row(sentence))):
            glue = " "
        else:
            glue = APART
        text += glue + sentence
        above = sentence
    return text


def _is_row(sentence: str) -> bool:
    return not is_finished(sentence.rstrip(ELLIPSIS))


def _told_first(message: Message, language: str | None) -> str:
    if message.bounce and message.kind is Kind.BOUNCE:
        return told.bounce(message.bounce, language)
    return told.invitation(message.invite, language) if message.invite else ""


def _without_lead(message: Message, language: str | None) -> str:
    text = plain(message.text[:READ_CHARS])
    if not text:
        return told.empty(language)
    return cut(text, LONGEST_CHARS // 2)  # "1234", "👍", "https://..."
