"""
Names, weekdays, months and words of a text in a form in which two languages can be compared.

A name is a capitalised word inside a sentence, in the scripts that have capitals. It is looked up without accents and
endings, and in Latin letters: "Москвы" is borne out by "Moscow" as far as the first letters go. German capitalises
every noun, so no names are told from words there. Any word is capitalised at the beginning of a sentence, so the first
is not looked at.
"""

from __future__ import annotations

import re
import unicodedata

from sevenbot.summarise.language import SMALL_WORDS
from sevenbot.summarise.months import EASTERN_WEEKDAYS, MONTHS, ORDINARY, WEEKDAYS
from sevenbot.summarise.phrases import words

NOUNS_ARE_CAPITALISED = ("de",)

# So much of a word stands for its endings too; so much of a name, in other letters, for its spelling.
_STEM, _SOUND = 5, 3
_SHORTEST = 4

# Said in every summary and hardly ever the news.
EMPTY = SMALL_WORDS | words(
    "they them their there then than what when which whose would could should been being were does about into over "
    "also only more some very will shall because after before between under until upon while where these those such "
    "each plus sind noch über wurde werden etwa sont leur elle être sera será sono sarà deze worden zijn jest są"
)
_CAPITALISED = re.compile(r"(?<=[^\W_][ ,]) ?[\"'“„«(]{0,2}([^\W\d_][^\W\d_'’-]*)|(?<=[,;] )([^\W\d_][^\W\d_'’-]*)")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED_PAIR = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}))")
_EASTERN_WEEKDAY = re.compile(r"(?:星期|周|週)([一二三四五六天日])|([月火水木金土日])曜|([월화수목금토일])요일")
# Capitalised in some language, and nobody's name.
_NO_NAMES = words("mr mrs ms dr frau herr")

_LATIN = str.maketrans(
    dict(
        zip(
            "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюяαβγδεζηθικλμνξοπρσςτυφχψω",
            (
                "a b v g g d e e e zh z i i i i k l m n o p r s t u f h ts ch sh sh - y - e yu ya "
                "a v g d e z i th i k l m n x o p r s s t y f h ps o"
            )
            .replace("-", "_")
            .split(),
            strict=True,
        )
    )
)


def folded(text: str) -> str:
    """Return *text* in lower case without accents, in Latin letters where it is Cyrillic or Greek."""
    low = text.lower()
    if not low.isascii():
        low = "".join(
            char for char in unicodedata.normalize("NFKD", low.translate(_LATIN)) if not unicodedata.combining(char)
        )
    return low.replace("_", "")


def stems(text: str) -> set[str]:
    """Return the beginnings of the words of *text* that carry meaning; without blanks, pairs of characters."""
    low = text.lower()
    found = {folded(word)[:_STEM] for word in _WORD.findall(low) if len(word) >= _SHORTEST and word not in EMPTY}
    return found if low.isascii() else found.union(_UNSPACED_PAIR.findall(low))


def sounds(text: str) -> set[str]:
    """Return how the words of *text* begin in Latin letters."""
    return {word[:_SOUND] for word in _WORD.findall(folded(text))}


def names(sentence: str) -> list[str]:
    """Return the words in *sentence* that are capitalised though they do not begin it; no weekdays and months."""
    found = [first or second for first, second in _CAPITALISED.findall(sentence)]
    return [
        word
        for word in found
        if word[0].isupper()
        and not word.isupper()
        and word.lower() not in _NO_NAMES
        and not _is_date_word(word.lower())
    ]


def _is_date_word(low: str) -> bool:
    return low in MONTHS or low in WEEKDAYS


def is_known(name: str, known: set[str]) -> bool:
    """Say whether *known*, the `sounds` of a text, has something that begins like *name*."""
    low = folded(name)
    begins = low[: min(_SOUND, max(len(low) - 1, 1))]  # short names bend too: Ева, Еве
    return begins in known or any(sound.startswith(begins) for sound in known)


def weekdays(text: str) -> set[int]:
    """Return the weekdays that *text* names in full, Monday being 0."""
    named = {WEEKDAYS[word] for word in _WORD.findall(text.lower()) if _is_full(word) and word in WEEKDAYS}
    return named | {EASTERN_WEEKDAYS["".join(found)] for found in _EASTERN_WEEKDAY.findall(text)}


def months(text: str) -> set[int]:
    """Return the months that *text* names in full, January being 1."""
    return {MONTHS[word] for word in _WORD.findall(text.lower()) if _is_full(word) and word in MONTHS}


def _is_full(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in ORDINARY
