"""
The BC3 corpus as examples: forty mailing-list threads in which three people each marked the sentences that matter.

    {"id": "...", "messages": [{"from", "to", "date", "subject", "sentences": [{"id": "1.1", "text": "..."}]}],
     "references": [{"annotator": "...", "extractive": ["1.2", "1.7"]}, ...]}      one thread a line

A sentence's votes are the annotators who marked it, 0 to 3. Each mail is read as if it had come in, one annotated
sentence a paragraph; what the reader takes for a sentence gets the votes of the annotated one that it has its words of.

Source: Ulrich, Murray, Carenini, "A Publicly Available Annotated Corpus for Supervised Email Summarization" (2008),
University of British Columbia, CC BY-SA 3.0.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Message
from sevenbot.summarise.candidates import candidates

CHOSEN = 2
"""Sentences a mail that the measure looks at."""

_TOKEN = re.compile(r"\w+")
_LINK = re.compile(r"<[^<>]*>|\S*(?:://|www\.)\S*|\S+/…")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mail whose sentences people voted on."""

    thread: str
    message: Message
    votes: tuple[tuple[str, int], ...]  # (annotated sentence, votes), all of the mail's, in order

    @property
    def most(self) -> int:
        """Return the votes of the best CHOSEN sentences."""
        return sum(sorted(votes for _, votes in self.votes)[-CHOSEN:])

    def votes_for(self, sentences: Iterable[str]) -> int:
        """Return the votes of the annotated sentences that *sentences* are; two halves of one count once."""
        places = {self._place_of(sentence) for sentence in sentences}
        return sum(self.votes[at][1] for at in places if at is not None)

    def _place_of(self, sentence: str) -> int | None:
        """Return the place of the annotated sentence that shares most words with *sentence*, None when none is it."""
        wanted = _tokens(sentence)
        if not wanted:  # a bare link
            return next((at for at, (text, _) in enumerate(self.votes) if sentence in text), None)
        best, place = 0, None  # type: int, int | None
        for at, (text, _) in enumerate(self.votes):
            tokens = _tokens(text)
            shared = len(wanted & tokens)
            few, many = sorted((len(wanted), len(tokens)))
            if shared >= 0.7 * few and shared >= 0.4 * many and shared > best:
                best, place = shared, at
        return place


def _tokens(text: str) -> set[str]:
    return set(_TOKEN.findall(_LINK.sub("", text).lower()))


def marked_mails(corpus: Path, dress: Callable[[str], str] = str) -> list[Marked]:
    """
    Return the mails of *corpus*/bc3/bc3.jsonl in which anything was marked.

    Args:
        corpus: The folder of the sets.
        dress: Makes the text that is sent of the text that was written; by default it is sent as it is.
    """
    lines = (corpus / "bc3" / "bc3.jsonl").read_text(encoding="utf-8").splitlines()
    mails = [mail for line in lines for mail in _of_thread(json.loads(line), dress)]
    return [mail for mail in mails if mail.most]


def _of_thread(thread: dict[str, Any], dress: Callable[[str], str]) -> list[Marked]:
    votes = Counter(marked for told in thread["references"] for marked in set(told["extractive"]))
    return [
        Marked(
            thread["id"],
            parse(_raw(mail, dress)),
            tuple((html.unescape(sentence["text"]), votes[sentence["id"]]) for sentence in mail["sentences"]),
        )
        for mail in thread["messages"]
    ]


def _raw(mail: dict[str, Any], dress: Callable[[str], str]) -> bytes:
    message = EmailMessage()
    for name in ("from", "to", "subject"):
        message[name] = " ".join(html.unescape(mail[name] or "").encode("ascii", "replace").decode().split())
    written = "\n\n".join(html.unescape(sentence["text"]) for sentence in mail["sentences"])
    message.set_content(dress(written) + "\n")
    return message.as_bytes()


def telling(mail: Marked) -> list[tuple[str, int]]:
    """Return the sentences that the ranker chooses from, with their votes."""
    return [(sentence, mail.votes_for([sentence])) for sentence in candidates(mail.message).telling]
