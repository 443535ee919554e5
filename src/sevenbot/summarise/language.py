"""
A guess at the language of a text: by script where the script tells, else by the commonest small words.

A guess is an ISO 639-1 code, or None when the text is too short or two languages are too near.
"""

from __future__ import annotations

import re
from collections import Counter

# The beginning is enough for a guess, and a longer look would cost more than the summary itself.
SAMPLE_CHARS = 2_000
# Below this many common words a Latin or Cyrillic text could be anything (a name, a product).
_FEWEST_WORDS = 2
_LEAST_SHARE = 0.08
# Most mail is in one of these; any other language needs one word more.
_COMMON = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ru", "uk")

_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "en": "the and you your for this that with have are is of to in we be will from our if not please on it was has",
    "de": "der die das und sie ist nicht ihre ihr wir für mit den dem ein eine zu auf im von wird ich bitte es haben",
    "fr": "le la les et vous votre pour est une des nous dans que pas sur ce avec du au en je merci vos cette sont",
    "es": "el la los las y que de para su una por con en es se usted tu ha del al esta nos gracias más no te",
    "it": "il lo la gli le e che di per un una è con non del della sono ha nel tuo suo questo si grazie dei alla",
    "pt": "o a os as e que de para um uma com não em do da no na seu sua você por se foi obrigado mais está ao até "
    "pode são muito estou quando",
    "nl": "de het een en van je u is niet dat voor met op te uw we zijn wij deze bij aan ik naar heeft kunt om",
    "pl": "i w na z do się nie to jest że twoje za od dla przez jak po oraz prosimy dziękujemy państwa został będzie",
    "tr": "ve bir bu için ile da de size sizin olarak daha çok ne var mı gibi hesabınız lütfen olan değil veya "
    "kadar misin misiniz merhaba bugün yarın",
    "sv": "och att det som en är för på med av inte du din vi har till den om kan ett från",
    "da": "og at det som en er for på med af ikke du din vi har til den om kan et fra jeg",
    "nb": "og at det som en er for på med av ikke du din vi har til den om kan et fra jeg deg",
    "fi": "ja on ei että se oli hän mutta ovat kun niin myös tai jos sinun kanssa voit tämä olet",
    "cs": "a je se na v že s do pro jsme vás vaše si jako od za jsou by ve nebo prosím děkujeme",
    "ro": "și de la pe cu în nu este un o să pentru din care mai sunt dumneavoastră vă ai acest",
    "hu": "a az és hogy nem is egy ez van meg de ha kell önnek csak már vagy lesz köszönjük",
    "id": "yang dan di untuk dengan ini anda dari tidak ke akan pada adalah atau kami itu telah",
    "vi": "và của là có cho không bạn được với một này trong đã các để những tôi",
    "ru": "и в не на что с по для вы ваш мы это как к от за из но у вам я будет все если",
    "uk": "і в не на що з по для ви ваш ми це як до від за та але у вам я буде всі якщо",
    "bg": "и в не на че с по за вие ваш ние това как от да ще се са към или",
}


def _languages_by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _SMALL_WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return found


_MEANT_BY = _languages_by_word()
SMALL_WORDS = frozenset(_MEANT_BY)

# A script that one language (in mail, mostly) writes in; the order matters: kana before Han, letters of Persian first.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff\uff66-\uff9d]")),
    ("ko", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
)
_PERSIAN = re.compile(r"[پچژگ]")
# Letters that of these languages only one has; they decide where small words are too few.
_OWN_LETTERS = (
    ("uk", re.compile(r"[іїєґ]")),
    ("ru", re.compile(r"[ыэё]")),
    ("pl", re.compile(r"[łąężśźćń]")),
    ("tr", re.compile(r"[ğış]")),
    ("pt", re.compile(r"[ãõ]")),
    ("de", re.compile(r"ß")),
    ("es", re.compile(r"[¿¡ñ]")),
)
# As many words with such letters are enough; a name may have one.
_FEWEST_OWN = 2
_LETTER = re.compile(r"[^\W\d_]")


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language that *text* is most likely in, or None when that is unsure."""
    sample = text[:SAMPLE_CHARS].lower()
    letters = len(_LETTER.findall(sample))
    if letters < 2:
        return None
    return _by_script(sample, letters) or _by_words(sample)


def _by_script(sample: str, letters: int) -> str | None:
    if sample.isascii():
        return None
    for code, script in _SCRIPTS:
        # Three languages in one text happen (a Japanese mail quotes Chinese names): a fifth of kana is Japanese.
        share = 0.1 if code == "ja" else 0.3
        if len(script.findall(sample)) > share * letters:
            return "fa" if code == "ar" and _PERSIAN.search(sample) else code
    return None


def _by_words(sample: str) -> str | None:
    votes: Counter[str] = Counter()
    words = _WORD.findall(sample)
    known = 0
    for word in words:
        meant = _MEANT_BY.get(word, ()) if len(word) > 1 or not word.isascii() else ()
        known += bool(meant)
        for code in meant:
            votes[code] += 6 // len(meant) if len(meant) <= 6 else 1
    if (own := _by_own_letters(words, votes)) is not None:
        return own
    ranked = votes.most_common(2)
    fewest = _FEWEST_WORDS if ranked and ranked[0][0] in _COMMON else _FEWEST_WORDS + 1
    if known < fewest or known < len(words) * _LEAST_SHARE:
        return None
    runner_up = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] > runner_up else None


def _by_own_letters(words: list[str], votes: Counter[str]) -> str | None:
    """Return the one language whose own letters the words have, unless small words speak for another."""
    counts = {code: sum(bool(letters.search(word)) for word in words) for code, letters in _OWN_LETTERS}
    found = [code for code, count in counts.items() if count >= (_FEWEST_OWN if not votes[code] else 1)]
    if len(found) != 1:
        return None
    best = max(votes.values(), default=0)
    return found[0] if found[0] in ("uk", "ru") or votes[found[0]] >= best else None
