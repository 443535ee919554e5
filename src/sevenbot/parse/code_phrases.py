"""
Codes made of words, as they are easy to read out: "Your login code: sparo-limdi-vexat", "the password fisk-7-torn".

Words joined by hyphens are common; such a code stands right behind the word for it, or alone on the line below.
"""

from __future__ import annotations

import re

from sevenbot.parse import code_signs as signs
from sevenbot.parse.code_marks import Mark
from sevenbot.parse.code_numbers import is_alone

_PHRASE = re.compile(r"(?<![\w./@:=&?%-])[^\W\d_]{3,12}(?:-[^\W_]{1,12}){2,6}(?![\w@=/-]|[.:][\w/])")
# Between the word and the code, besides what it is for.
_SAYS_IT_IS = re.compile(
    r"[^.!?。\n]{0,60}"
    r"(?:[:：]|\b(?:is|ist|lautet|est|es|è|é|jest|to|är|er|on|je|este|είναι|е|є|yra|ir|adalah|là)|[是为為はが])"
    r"[\s*_>|\"'«„“「`]{0,6}"
)
_ONLY_BLANKS = re.compile(r"[\s*_>|\"'«„“「`]{1,6}")
_ALONE_CHARS, _BEFORE_CHARS = 300, 60
# As no word is that holds others together: end-to-end, one-time-use.
_LONG_WORD = 4


def find(low: str, marked: list[Mark]) -> list[tuple[int, int]]:
    """
    Return the place of the one code made of words; none for most mails.

    Args:
        low: The mail in the form of `flat`.
        marked: Its words that say what numbers are.
    """
    found = [match.span() for match in _PHRASE.finditer(low) if _is_code(low, match, marked)]
    return found if len({low[start:end] for start, end in found}) == 1 else []


def _is_code(low: str, phrase: re.Match[str], marked: list[Mark]) -> bool:
    codes = [mark for mark in marked if mark.is_code and mark.end <= phrase.start()]
    gap = low[codes[-1].end : phrase.start()] if codes else ""
    is_telling = _SAYS_IT_IS.fullmatch(gap) is not None
    if not any(map(str.isdigit, phrase[0])):
        # It may be a plain word ("end-to-end"): it must end what a colon or "is" begins.
        announced = gap.rstrip(" \n*_>|\"'`«„“「").endswith(":") or min(map(len, phrase[0].split("-"))) >= _LONG_WORD
        return is_telling and announced and _ends_what_is_said(low, phrase.end())
    alone = len(gap) <= _ALONE_CHARS and is_alone(low, *phrase.span())
    if codes and (alone or is_telling or _ONLY_BLANKS.fullmatch(gap)):
        return True
    return _is_entered(low, phrase.start())


def _is_entered(low: str, start: int) -> bool:
    """Say whether the words before it tell to enter it for logging in, or call it a word for once or for access."""
    before = re.split(r"[.!?](?=\s)", low[max(start - _BEFORE_CHARS, low.find("\n") + 1) : start])[-1]
    is_announced = before.rstrip(" *_\"'«„“").endswith(":")
    if is_announced and signs.QUALITY.search(before):
        return True
    is_told = signs.ENTER.search(before) or (is_announced and signs.SECRET.search(before))
    near = (max(start - _ALONE_CHARS, 0), start + _BEFORE_CHARS)
    return bool(is_told) and signs.OCCASION.search(low, *near) is not None


def _ends_what_is_said(low: str, end: int) -> bool:
    return not low[end : end + 8].partition("\n")[0].partition(". ")[0].strip(" .*_\"'`»“”」|")
