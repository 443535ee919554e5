"""
The words of a mail that say what the numbers beside them are: a code to be entered, or something else.

    "Your code for order 12345 is 7712"  ->  "code" (a code), "order" (something else)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sevenbot.parse import code_words as words

_WORD = re.compile(r"[^\W\d_][\w'-]*|#|№|n[°º]")
_EASTERN = re.compile(
    "(?P<other>" + "|".join(map(re.escape, sorted(words.EASTERN_OTHERS, key=len, reverse=True))) + ")|"
    "(?P<code>" + "|".join(map(re.escape, sorted(words.EASTERN_CODES, key=len, reverse=True))) + ")"
)
_CODE_STEMS = (
    "token",
    "cod", "cód", "kod", "kód", "kôd", "kood", "код", "κωδ", "otp", "pin", "tan", "pass", "parol", "парол", "mã",
    "şifre", "contraseña", "clave", "senha", "hasło", "wachtwoord", "kennwort", "lösenord", "mật",
    "númer", "number", "numer", "numéro", "nummer", "zahl", "getal", "chiffre", "digit", "dígit",
    "cijfer", "ziffer", "cyfr", "cifr", "siffr", "номер", "цифр", "rakam",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that says what the numbers beside it are."""

    start: int
    end: int
    is_code: bool


def read(low: str) -> list[Mark]:
    """Return the marks of a text (in the form of `flat`) in order; none when it cannot speak of a code."""
    return sorted(_marks(low), key=lambda mark: mark.start) if _may_have_code(low) else []


def _may_have_code(low: str) -> bool:
    return any(stem in low for stem in _CODE_STEMS) or (not low.isascii() and _EASTERN.search(low) is not None)


def _marks(low: str) -> Iterator[Mark]:
    if not low.isascii():
        for match in _EASTERN.finditer(low):
            yield Mark(match.start(), match.end(), match.lastgroup == "code")
    found = list(_WORD.finditer(low))
    texts = [match.group() for match in found]
    for at, (match, word) in enumerate(zip(found, texts, strict=True)):
        if _is_code_word(word, texts, at):
            following = _NEXT_WORDS.match(low, match.end())
            other = _is_other_code(word, texts, at, following[0].split() if following else [])
            yield Mark(match.start(), match.end(), not other)
        elif _is_other_word(word, low, match.end()) and not (at and _is_code_word(texts[at - 1], texts, at - 1)):
            yield Mark(match.start(), match.end(), is_code=False)


def _is_other_word(word: str, low: str, end: int) -> bool:
    if word in words.OTHER_WORDS or word.startswith(words.OTHER_STEMS):
        return True
    if word in words.NUMBERS and len(word) > 2:
        return True
    return (word in words.NUMBERS or word in ("#", "№")) and _NUMBER_BEHIND.match(low, end) is not None


_NUMBER_BEHIND = re.compile(r"[.:]? ?[0-9]")


def _is_to_enter(word: str) -> bool:
    return f"{word} ".startswith(words.ENTER_VERBS)


def _is_code_word(word: str, texts: list[str], at: int) -> bool:
    if word in words.CODE_WORDS or word.endswith(words.CODE_ENDINGS) or word in words.ONE_TIME_PASSWORDS:
        return True
    if word in words.PASSWORDS or word in words.NUMBERS:
        before = texts[max(at - 5, 0) : at]
        near = {*before[-2:], *texts[at + 1 : at + 5]}
        if word in words.PASSWORDS and near & (words.ONE_TIME | words.LOGINS):
            return True
        if word in words.NUMBERS and near & words.ONE_TIME - {"confirmation"}:  # that number is what hotels give
            return True
        return word in words.NUMBERS and bool(words.THIS & set(before[-1:])) and any(map(_is_to_enter, before))
    return False


# Up to two words behind a word, within its sentence.
_NEXT_WORDS = re.compile(r"(?: [^\W\d_][\w'-]*){1,2}")


def _is_other_code(word: str, texts: list[str], at: int, following: list[str]) -> bool:
    before = texts[at - 1] if at else ""
    stem = word.removesuffix("s").removesuffix("code").removesuffix("kode").removesuffix("kod").removesuffix("kód")
    stem = stem.rstrip("-")
    if before in words.OTHER_CODES or before in words.BEFORE_THE_VERB:
        return True
    if word in words.NO_CODES or (stem != word and stem.startswith(words.OTHER_CODE_STEMS)):
        return True
    if following[:1] and following[0] in words.OF:
        following = following[1:]
    return bool(following) and following[0].startswith(words.OTHER_CODES_AFTER)
