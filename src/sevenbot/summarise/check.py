"""
What a model said, held against the mail: plain text only, and nothing in it that the mail does not have.

Each sentence of the summary, the headline and each request stand or fall by themselves:

1. nothing foreign: no link, host, address, user name, code, amount, longer number, name, weekday or month that the
   mail does not have, and no words to a machine (`grounds`);
2. no claim that the mail does not make with the same number, day or month, and none of something owed, blocked or
   wanted of which it does not speak (`claims`);
3. support: two fifths of its meaning words and numbers are the mail's. In a translation words differ: there it needs
   one thing that the mail has too, or the value of a fact whose quote stands in the mail.

Once something has fallen, or a quote was invented, the rest is suspect: then two thirds of the words must be the
mail's. Requests always need three quarters. What falls is counted, and the offline summary takes its place.

So the worst a captured model can do is to tell what the mail says, in the mail's own words for the greater part. That
those words are put together truly nobody checks: "not" can get lost, and names can change places.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from sevenbot.parse.message import Message
from sevenbot.summarise.claims import Claims
from sevenbot.summarise.grounds import Grounds
from sevenbot.summarise.headline import LONGEST_CHARS as HEADLINE_CHARS
from sevenbot.summarise.headline import MOST_WORDS as HEADLINE_WORDS
from sevenbot.summarise.language import guess_language
from sevenbot.summarise.model import ModelAnswer
from sevenbot.summarise.names import NOUNS_ARE_CAPITALISED, stems
from sevenbot.summarise.plain import cut, plain
from sevenbot.summarise.planted import for_people
from sevenbot.summarise.sentences import size, split
from sevenbot.summarise.summary import Summary

# What the prompt asks for is 45 words; a third more is forgiven.
MOST_WORDS = 60
MOST_CHARS = 400
LONGEST_ASK_CHARS = 200
# Longer answers were cut already (openai.py); nothing beyond this is even looked at.
READ_CHARS = 4_000
# So many of the words that carry meaning must be the mail's: in a summary, once something was found to be false, and in
# a request, since a reader may act on it.
_SHARE, _SUSPECT_SHARE, _ASK_SHARE = 2 / 5, 2 / 3, 3 / 4

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\s?\(([^()\s]{0,300})[^()]{0,100}\)")
_TAG = re.compile(r"<[^<>]{0,300}>")
_MARKUP = re.compile(r"\*{1,3}|_{2,3}|~~|`+|\|\||^#{1,6} |(?<!\w)_(?=\w)|(?<=\w)_(?!\w)")
_LIST_MARK = re.compile(r"(?m)^\s*(?:[-*+•>]|[0-9]{1,2}[.)])\s+")

# Browsers read these as dots too (UTS #46), and a sentence must not be split there.
_WIDE_DOT = re.compile(r"(?<=[^\W_])[。．｡](?=[a-z0-9])", re.IGNORECASE)


def checked(answer: ModelAnswer, message: Message, *, language: str | None = None) -> Summary | None:
    """
    Return the part of *answer* that the mail bears out, or None when nothing is left of its summary.

    Args:
        answer: What the model said.
        message: The mail.
        language: What the answer was asked for in (ISO 639-1), None: the mail's own.
    """
    heard = for_people(message)
    own = guess_language(heard.latest or heard.text)
    claims = Claims.of(heard.subject, heard.text, own)
    bench = _Bench.of(answer, Grounds.of(heard), claims, own, language or own)
    if bench is None:
        return None
    strict = replace(bench, share=_ASK_SHARE)
    asks = [text for ask in answer.asks if (text := strict.passed(ask, LONGEST_ASK_CHARS))]
    headline = bench.passed(answer.headline, HEADLINE_CHARS)
    if size(headline) > HEADLINE_WORDS:
        headline = ""
    text = bench.summary
    invented = sum(not bench.grounds.quoted(fact.quote) for fact in answer.facts)
    lost = bench.fallen + (len(answer.asks) - len(asks)) + (bool(answer.headline) and not headline) + invented
    return Summary(
        text,
        "model",
        _language(answer.language),
        headline=headline,
        asks=tuple(asks),
        suspicious=answer.suspicious or heard is not message,
        replaced=lost,
        tokens=answer.tokens or 0,
    )


@dataclass(frozen=True, slots=True)
class _Bench:
    """Judges one answer."""

    grounds: Grounds
    claims: Claims
    summary: str
    fallen: int  # sentences of the summary
    is_translation: bool
    share: float  # of a sentence's meaning words that must be the mail's
    with_names: bool
    values: set[str]  # stems of the values of facts that are quoted from the mail

    @classmethod
    def of(
        cls, answer: ModelAnswer, grounds: Grounds, claims: Claims, own: str | None, asked: str | None
    ) -> _Bench | None:
        """Return the bench with the summary judged; None when nothing of it stands."""
        said = split(unmarked(answer.summary[:READ_CHARS]))
        spoken = guess_language(" ".join(said))
        if spoken and asked and spoken not in (asked[:2].lower(), own):
            return None  # nobody asked for that language, and its words cannot be compared
        quoted = [fact for fact in answer.facts if grounds.quoted(fact.quote)]
        bench = cls(
            grounds,
            claims,
            "",
            0,
            is_translation=own is not None and (spoken or asked or own)[:2].lower() != own,
            share=_SHARE if len(quoted) == len(answer.facts) else _SUSPECT_SHARE,
            with_names=(spoken or asked or "")[:2].lower() not in NOUNS_ARE_CAPITALISED,
            values=stems(" ".join(fact.value for fact in quoted if grounds.bear(fact.value))),
        )
        kept = list(filter(bench.stands, said))
        if len(kept) < len(said):
            bench = replace(bench, share=_SUSPECT_SHARE)
            kept = list(filter(bench.stands, kept))
        text = _bounded(kept)
        if not any(map(str.isalpha, text)):
            return None
        return replace(bench, summary=text, fallen=len(said) - len(kept))

    def passed(self, text: str, limit: int) -> str:
        """Return *text* plain when all of it stands, else ""."""
        flat = unmarked(text[:READ_CHARS])
        is_whole = len(flat) <= limit and any(map(str.isalpha, flat))
        return flat if is_whole and all(map(self.stands, split(flat))) else ""

    def stands(self, sentence: str) -> bool:
        """Say whether the mail bears *sentence* out."""
        if not self.grounds.bear(sentence, with_names=self.with_names):
            return False
        if not self.claims.allow(sentence, is_translation=self.is_translation):
            return False
        known, of = self.grounds.evidence(sentence)
        if self.is_translation:
            return known > 0 or not self.values.isdisjoint(stems(sentence))
        return known >= of * self.share


def unmarked(text: str) -> str:
    """Return *text* as one line of plain text: no HTML, no Markdown, no control or direction characters."""
    text = html.unescape(html.unescape(_LIST_MARK.sub("", text)))  # some write &amp;lt;
    text = _MARKDOWN_LINK.sub(r"\1 \2", text)
    for _ in range(2):  # a tag may have hidden in a tag
        text = _TAG.sub(" ", text)
    return plain(_MARKUP.sub("", _WIDE_DOT.sub(".", text)))


def _language(code: str | None) -> str | None:
    low = (code or "").strip().lower()[:2]
    return low if re.fullmatch(r"[a-z]{2}", low) else None


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
