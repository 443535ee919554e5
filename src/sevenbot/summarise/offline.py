"""
The summary without a model: the first sentences that say something, word for word but for a capital at the beginning.

Cleaned lead: what is new in the mail, without greetings, courtesies, footers and rows of numbers, cut after about three
sentences. On mail threads with human votes for the best sentences, cleaning the text gains more than any ranking does.
A mail without text says what is there instead: an invitation, a bounce, the attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise import told
from sevenbot.summarise.addressed import is_addressed_to_machine
from sevenbot.summarise.boilerplate import is_closing, is_filler, is_footer, is_greeting, is_noise, without_greeting
from sevenbot.summarise.language import guess_language
from sevenbot.summarise.links import without_urls
from sevenbot.summarise.plain import ELLIPSIS, cut, plain
from sevenbot.summarise.sentences import is_finished, paragraphs, size, split
from sevenbot.summarise.summary import Facts, Summary

# A lead is found in the first screens; what follows is never shown.
READ_CHARS = 20_000
# What a chat shows without scrolling on a phone; a single sentence may be somewhat longer before it is cut.
MOST_SENTENCES = 3
MOST_WORDS = 45
LONGEST_SENTENCE_WORDS = 60
LONGEST_CHARS = 480
# Headings and table cells have no end mark; when nothing else is there they are set apart by this.
APART = " · "
MOST_FRAGMENTS = 6
_FRAGMENT_WORDS = 6
# Enough to choose from; the rest of a long mail need not be cleaned.
_ENOUGH_SENTENCES = 12
# After "Kind regards" this many lines or fewer are a signature.
_SIGNATURE_LINES = 8


def summarise_offline(message: Message, facts: Facts, language: str | None = None) -> Summary:
    """
    Return up to three whole sentences of *message*, or what else there is in it; the text is never empty.

    Args:
        message: The mail.
        facts: Its facts; the sentence with the code comes first.
        language: The reader's, for the few words that are ours (a bounce, an empty mail).
    """
    lead = lead_sentences(message, facts)
    first = _told_first(message, language)
    if lead:
        lead[0] = _capitalised(lead[0])
        text = _joined([first, *lead] if first else lead)
        return Summary(cut(text, LONGEST_CHARS), "offline", guess_language(message.latest or message.text))
    text = first or told.attached(message.attachments) or _without_lead(message, language)
    return Summary(cut(text, LONGEST_CHARS), "offline", told.spoken(language))


def _capitalised(sentence: str) -> str:
    """Begin *sentence* with a capital: after "Hi Anna," it had none. Names such as iPhone keep theirs."""
    word = sentence.partition(" ")[0]
    return sentence[0].upper() + sentence[1:] if word.islower() and word.isalpha() else sentence


def minimal_summary(subject: str = "", language: str | None = None) -> Summary:
    """Return what to say when everything else has failed; cannot fail itself."""
    known = cut(plain(subject[:500]), 200)
    sentence = told.failed(language)
    return Summary(f"{sentence}: {known}" if known else f"{sentence}.", "offline", told.spoken(language), degraded=True)


def lead_sentences(message: Message, facts: Facts) -> list[str]:
    """Return the sentences of the lead, plain and in order; [] when the mail has no words for a person."""
    if message.kind is Kind.BOUNCE and message.bounce:
        return []  # the postmaster's standing phrases say less than `told.bounce`
    text = _without_citation((message.latest if message.latest.strip() else message.text)[:READ_CHARS])
    lines = _with_codes(paragraphs(text, wrapped=message.text_source == "plain"), facts.codes)
    cleaned = _take(_cleaned(lines), _ENOUGH_SENTENCES)
    chosen = _chosen(cleaned, message, facts)
    if chosen:
        return chosen
    # Only courtesies and small print: better than nothing.
    rest = (plain(sentence) for line in lines for sentence in split(line))
    return _within_budget(
        [s for s in _take(rest, _ENOUGH_SENTENCES) if _has_word(s) and not is_addressed_to_machine(s)]
    )


def _without_citation(text: str) -> str:
    """Leave out the marked lines that `latest` keeps for the sake of an answer; they are another's words."""
    own = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    return own if own.strip() else text


def _with_codes(lines: list[str], codes: tuple[str, ...]) -> list[str]:
    """Put a code on a line of its own behind the words that lead to it: "Your code is:" says nothing without."""
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1].endswith(_LEADS_ON) and _squashed(line) in codes:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _squashed(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def _take(sentences: Iterable[str], count: int) -> list[str]:
    """Return the first *count* different sentences."""
    found: dict[str, None] = {}
    for sentence in sentences:
        found.setdefault(sentence)
        if len(found) == count:
            break
    return list(found)


def _cleaned(lines: list[str]) -> Iterator[str]:
    """Yield the sentences that say something."""
    said_something = False
    for at, line in enumerate(lines):
        if is_closing(plain(line)):
            if said_something and len(lines) - at <= _SIGNATURE_LINES:
                return
            continue
        if is_noise(line) or is_greeting(plain(line)):
            continue
        for raw in split(line):
            if is_greeting(plain(raw)):  # "Olá, Maria! Use o código ..."
                continue
            sentence = without_greeting(_BULLET.sub("", without_urls(plain(_TAG.sub(" ", raw)))))
            if _says_something(sentence):
                yield sentence if said_something else _capitalised(sentence)
                said_something = True


_LEADS_ON = (":", "：")
# A plain text with HTML in it, which some programs send.
_TAG = re.compile(
    r"</?(?:p|b|i|u|br|a|div|span|td|tr|table|font|strong|em|li|ul|ol|h[1-6])\b[^<>]{0,300}>", re.IGNORECASE
)
_BULLET = re.compile(r"\A(?:[-*•·●▪◦‣>+☐✓✔►▶→»|]{1,3} {1,2})+")


def _says_something(sentence: str) -> bool:
    if not _has_word(sentence) or is_noise(sentence) or is_greeting(sentence) or is_closing(sentence):
        return False
    return not (is_filler(sentence) or is_footer(sentence) or is_addressed_to_machine(sentence))


def _has_word(sentence: str) -> bool:
    return any(map(str.isalpha, sentence))


def _chosen(cleaned: list[str], message: Message, facts: Facts) -> list[str]:
    shown = {_key(message.subject), *(_key(link.text) for link in message.links[:200])}
    news = [sentence for sentence in cleaned if _key(sentence) not in shown] or cleaned
    whole = list(_whole(news))
    if sum(map(size, whole)) < _FRAGMENT_WORDS:
        whole = news
    coded = [sentence for sentence in cleaned if _holds(sentence, facts.codes)]
    return _within_budget(list(dict.fromkeys(coded[:1] + whole)))


def _whole(news: list[str]) -> Iterator[str]:
    """Yield the sentences, and of the fragments those of a list that a sentence leads on to ("You bought: ...")."""
    in_list = False
    for sentence in news:
        stands_alone = _stands_alone(sentence)
        if stands_alone or in_list:
            yield sentence
        if stands_alone:
            in_list = sentence.endswith(_LEADS_ON)


def _stands_alone(sentence: str) -> bool:
    """Tell a sentence from a heading or a table cell."""
    words = size(sentence)
    if words < 2 and sentence.endswith("."):  # a name below the text: "Joe."
        return False
    return is_finished(sentence) or words >= _FRAGMENT_WORDS or (words > 2 and sentence.endswith(_LEADS_ON))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _holds(sentence: str, codes: tuple[str, ...]) -> bool:
    return bool(codes) and any(code in _squashed(sentence) for code in codes)


def _within_budget(sentences: list[str]) -> list[str]:
    chosen: list[str] = []
    words, whole = 0.0, 0
    for sentence in sentences:
        length = size(sentence)
        if chosen and words + length > MOST_WORDS:
            break
        chosen.append(_shortened(sentence) if length > LONGEST_SENTENCE_WORDS else sentence)
        words += length
        whole += _stands_alone(sentence)
        if whole == MOST_SENTENCES or len(chosen) == MOST_FRAGMENTS:
            break
    while len(chosen) > 1 and chosen[-1].endswith(_LEADS_ON):  # "The key points:" without the points
        chosen.pop()
    return chosen


def _shortened(sentence: str) -> str:
    """Cut an endless sentence at a word, so that about MOST_WORDS are left."""
    share = MOST_WORDS / size(sentence)
    return cut(sentence, min(int(len(sentence) * share), LONGEST_CHARS))


def _joined(sentences: list[str]) -> str:
    text = ""
    for sentence in sentences:
        if not text or text[-1] in "。！？｡":
            glue = ""
        else:
            glue = " " if is_finished(text) or text.endswith((":", ELLIPSIS)) else APART
        text += glue + sentence
    return text


def _told_first(message: Message, language: str | None) -> str:
    if message.bounce and message.kind is Kind.BOUNCE:
        return told.bounce(message.bounce, language)
    return told.invitation(message.invite, language) if message.invite else ""


def _without_lead(message: Message, language: str | None) -> str:
    text = plain(message.text[:READ_CHARS])
    if not text:
        return told.empty(language)
    if is_addressed_to_machine(text):
        return told.for_machines(language)
    return cut(text, LONGEST_CHARS // 2)  # "1234", "👍", "https://..."
