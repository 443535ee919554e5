"""
The words of a mail that say what the numbers beside them are: a code to be entered, or something else.

    "Your code for order 12345 is 7712"  ->  "code" (a code), "order" (something else)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sevenbot.parse import code_signs as signs
from sevenbot.parse import code_words as words

_WORD = re.compile(r"[^\W\d_][\w'-]*|#|№|n[°º]|(?<!\w)2fa(?!\w)")
_EASTERN = re.compile(
    "(?P<other>" + "|".join(map(re.escape, sorted(words.EASTERN_OTHERS, key=len, reverse=True))) + ")|"
    "(?P<code>" + "|".join(map(re.escape, sorted(words.EASTERN_CODES, key=len, reverse=True))) + ")"
    "[\u0530-\u0dff\u10a0-\u10ff\u1200-\u137f]*"  # with its ending, where writing has blanks
)
_CODE_STEMS = words.listed("""
    msimbo chód kóð token puk 2fa mfa cod cód kod kód kôd kood код κωδ otp pin tan pass parol парол mã şifre
    contraseñ clave senha hasł hesl jelsz adgangs salasan slapta lozink лозинк gesl clé chave parool contraseny siri
    tunnus wachtwoord kennwort lösenord mật númer number numer numéro nummer zahl getal chiffre digit dígit cijfer
    ziffer cyfr cifr siffr номер цифр rakam
""")

# A mail about a code says early what it is for.
_MAIL_CHARS = 1_500
_SHORT_CHARS = 160
_ONE_NUMBER = re.compile(r"[^0-9]*[0-9](?:[ -]?[0-9]){4,7}[^0-9]*")
_BESIDE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that says what the numbers beside it are."""

    start: int
    end: int
    is_code: bool
    # A code of what nobody knows, as in "branch code", is one for entering only if the mail speaks of that.
    is_sure: bool = True


def read(low: str) -> list[Mark]:
    """Return the marks of a text (in the form of `flat`) in order; none when it cannot speak of a code."""
    return every(low) if _may_have_code(low) else []


def every(low: str) -> list[Mark]:
    """Return the marks of a text that may speak of a code without any word for it."""
    marks = sorted(_marks(low), key=lambda mark: mark.start)
    if all(mark.is_sure for mark in marks) or signs.SECRECY.search(low, 0, _MAIL_CHARS):
        return marks
    body = low[low.find("\n") + 1 :]
    if len(body) <= _SHORT_CHARS and _ONE_NUMBER.fullmatch(body):
        return marks  # it says nothing else
    return [mark if mark.is_sure or _is_explained(low, mark) else replace(mark, is_code=False) for mark in marks]


def _is_explained(low: str, mark: Mark) -> bool:
    """Say whether the words beside a code of what nobody knows speak of logging in or confirming."""
    return signs.OCCASION.search(low, max(mark.start - _BESIDE_CHARS, 0), mark.end + _BESIDE_CHARS) is not None


def _may_have_code(low: str) -> bool:
    return any(stem in low for stem in _CODE_STEMS) or (not low.isascii() and _EASTERN.search(low) is not None)


def _marks(low: str) -> Iterator[Mark]:
    if not low.isascii():
        for match in _EASTERN.finditer(low):
            yield Mark(match.start(), match.end(), match.lastgroup == "code")
    found = list(_WORD.finditer(low))
    texts = [match.group() for match in found]
    for at, (match, word) in enumerate(zip(found, texts, strict=True)):
        if _is_code_word(word, low, found, at):
            behind = _NEXT_WORDS.match(low, match.end())
            following = behind[0].split() if behind else []
            is_past = _is_of_what_was(low, match, texts[max(at - 2, 0) : at], following)
            is_other = is_past or _is_other_code(word, texts, at, following)
            is_sure = is_other or _is_known(word, _words_before(low, found, at)[-3:], following)
            yield Mark(match.start(), match.end(), not is_other, is_sure)
        elif _is_other_word(word, low, match.end()) and not (at and _is_code_word(texts[at - 1], low, found, at - 1)):
            yield Mark(match.start(), match.end(), is_code=False)


def _is_of_what_was(low: str, code: re.Match[str], before: list[str], following: list[str]) -> bool:
    if any(map(_FAILURE.match, before)):
        return True
    if not any(map(_APPROVAL.match, (*before, *following))):
        return False
    return _SETTLED.search(low, max(code.start() - _BESIDE_CHARS, 0), code.end() + _BESIDE_CHARS) is not None


def _is_other_word(word: str, low: str, end: int) -> bool:
    if word in words.OTHER_WORDS or word.startswith(words.OTHER_STEMS) or word.endswith(words.OTHER_ENDINGS):
        return True
    if word in words.NUMBERS and len(word) > 2 and not signs.DIGITS.match(word):
        return True
    is_number = (word in words.NUMBERS and not signs.DIGITS.match(word)) or word in ("#", "№")
    return is_number and _NUMBER_BEHIND.match(low, end) is not None


# "failed with code 5031", and the "approval code 8821" that a terminal prints for the merchant.
_FAILURE = re.compile(r"fail|error|fehler|erreur|errore|ошибк|помилк|hata|crash|exit")
_APPROVAL = re.compile(r"d'autor|autor|approv|genehmig|onay|авториз")
_SETTLED = re.compile(r"merchant|terminal|approved|comerci|commerçant|händler|sprzedaw|торгов|işyeri|\bnsu\b|加盟")
_NUMBER_BEHIND = re.compile(r"[.:]? ?[0-9]")


def _is_for_once(word: str) -> bool:
    return signs.QUALITY.match(word) is not None or signs.COLLECT.match(word) is not None


def _is_code_word(word: str, low: str, found: list[re.Match[str]], at: int) -> bool:
    if words.CODE_WORD.fullmatch(word) or word in words.ONE_TIME_PASSWORDS:
        return True
    if word.endswith(words.OTHER_ENDINGS) and signs.QUALITY.match(word):  # Sicherheitsnummer
        return True
    is_password = signs.PASSWORD.match(word) is not None
    if is_password and _NUMBER_NEXT.match(low, found[at].end()):
        return True
    return (is_password or word in words.NUMBERS) and _is_for_codes(low, found, at, is_password=is_password)


# The number of "the password 448219" and of "Kennwort zum Öffnen der Nachricht: 448219".
_NUMBER_NEXT = re.compile(
    r"(?:|[^.!?\n0-9]{0,60}?(?::|\b(?:is|ist|lautet|est|es|è|é|jest|to|är|er|je|ni|on|este|είναι|е|є|-)))[ \n]{1,3}"
    r"(?:[0-9]{5,8}|[0-9]{3} [0-9]{3})(?![\w.,/-]*[0-9])"
)


_VERIFY = re.compile(r"v[eé]rif|weryf|провер|перевір|doğrulama|prüf|kontroll")


def _is_for_codes(low: str, found: list[re.Match[str]], at: int, *, is_password: bool) -> bool:
    """Say whether the words beside a password or a number say that it is one for once, or this one to be entered."""
    before = _words_before(low, found, at)
    match = _MORE_WORDS.match(low, found[at].end())
    behind = match[0].split() if match else []
    near = {*before[-2:], *behind}
    if is_password and (near & words.LOGINS or any(map(_is_for_once, near))):
        return True
    if any(map(_VERIFY.match, near)) or near & words.ONE_TIME - {"confirmation"}:  # that number is what hotels give
        return True
    return bool(words.THIS & {*before[-1:], *behind[:1]}) and signs.ENTER.search(" ".join(before)) is not None


def _words_before(low: str, found: list[re.Match[str]], at: int) -> list[str]:
    """Return up to five words before a word, with nothing between them but blanks."""
    first = at
    while first and at - first < 5 and low[found[first - 1].end() : found[first].start()] == " ":
        first -= 1
    return [match.group() for match in found[first:at]]


_COMPOUND = re.compile(r"(.+?)-?(?:codes?|coden|kod\w*|kood\w*|k[óô]d\w*|код\w*)")
_KNOWN = (signs.QUALITY, signs.OCCASION, signs.COLLECT, signs.OPENED, signs.ENTER, signs.ARRIVED)


def _is_known(word: str, before: list[str], following: list[str]) -> bool:
    """Say whether a word for "code" tells what it is for, or leaves it open; "branch code", "kod urzędu" do neither."""
    if compound := _COMPOUND.fullmatch(word):
        return _tells(compound[1]) or word in words.CODES_BY_NAME
    if not words.PLAIN_CODE_WORD.fullmatch(word) or _YOUR_ENDING.search(word):
        return True
    if following and following[0] in words.OF_ITS_OWN:
        following = following[1:]
    named = " ".join(following).removeprefix("d'")
    if len(named.partition(" ")[0]) > _SMALL_CHARS and named.partition(" ")[0] not in words.SAYS:
        return _tells(named) or signs.YOURS.match(named) is not None
    return not before or signs.ARTICLE.match(before[-1]) is not None or any(map(_tells, before))


def _tells(word: str) -> bool:
    return any(sign.match(word) for sign in (*_KNOWN, signs.YOURS))


# Turkish: kodunuz, kodumuz.
_YOUR_ENDING = re.compile(r"kodu[nm]u")
# Words so short are no names, but "of", "is", "for" and the like.
_SMALL_CHARS = 2


# Up to four words behind a word, within its sentence.
_MORE_WORDS = re.compile(r"(?: [^\W\d_][\w'-]*){1,4}")
# Up to two words behind a word, within its sentence.
_NEXT_WORDS = re.compile(r"(?: [^\W\d_](?:[^\W\d_]|['-])*(?![\w'-])){1,2}")


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
