"""
Who writes: a person or a firm, by a few signs with points, so that no single word decides.

A firm is told by whom the address belongs to; what a person says of himself, and how he signs, speaks against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from unicodedata import combining, name, normalize

from sevenbot.parse import kind_words as words
from sevenbot.parse import signoffs
from sevenbot.parse.message import Mailbox

# From this many points on it is a firm; below 0 it is a person; between them nobody can say.
_FIRM = 3
_LOOK_CHARS = 6_000
# A signature is at the end: this many lines, none longer than this.
_END_LINES = 6
_LINE_CHARS = 200
_NAME_WORDS = 4
# Letters and their vowel signs.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~、。，：！]{2,}")


@dataclass(frozen=True)
class Writer:
    """The sender of a mail, and what he writes."""

    sender: Mailbox | None
    text: str

    @property
    def is_firm(self) -> bool:
        """Say whether it is more than likely a firm."""
        return self.points >= _FIRM

    @property
    def is_person(self) -> bool:
        """Say whether more speaks for a person; of some mails nobody can say."""
        return self.points < 0

    @cached_property
    def points(self) -> int:
        """Return how much speaks for a firm; a name of one's own weighs more than all of that."""
        is_firms = self._is_role or self._is_in_domain or self._is_organisation
        signs = (
            (3 if is_firms else 2, is_firms or self._is_stranger),
            (1, bool(words.FORMAL.search(self.text, 0, _LOOK_CHARS))),
            (1, bool(words.REFERENCE.search(self.text, 0, _LOOK_CHARS))),
            (1, bool(words.MONEY.search(self.text, 0, _LOOK_CHARS))),
            (-7, self._is_own_mailbox),
            (-3, self._is_anybodys),
            (-3, bool(words.ONE_PERSON.search(self.text, 0, _LOOK_CHARS))),
            (-7, self._signs),
            (-2, self._sends_regards),
        )
        return sum(points for points, is_so in signs if is_so)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        if self.sender is None or "@" in self.sender.name:  # an address for a name says nothing of who has the mailbox
            return ()
        return tuple(_WORD.findall(_plain(self.sender.name[:_LINE_CHARS])))

    @property
    def _local(self) -> str:
        return self.sender.address.rpartition("@")[0][:_LINE_CHARS].lower() if self.sender else ""

    @property
    def _domain(self) -> str:
        return self.sender.address.rpartition("@")[2][-_LINE_CHARS:].lower() if self.sender else ""

    @property
    def _is_role(self) -> bool:
        return words.NO_REPLY.match(self._local) is not None

    @property
    def _is_in_domain(self) -> bool:
        """Say whether the name is the domain's: "Nest" of home@nest.example."""
        site = self._domain.rpartition(".")[0]
        return any(_is_in(word, site, 4) and not _is_in(word, self._local, 3) for word in self._named)

    @property
    def _is_organisation(self) -> bool:
        return bool(self.sender and words.ORGANISATION.search(self.sender.name, 0, _LINE_CHARS))

    @property
    def _is_stranger(self) -> bool:
        """Say whether a name of some words and the mailbox have nothing to do with each other."""
        comparable = [word for word in self._named if _sounds(word)]
        return len(comparable) > 1 and not any(_is_in(word, self._local, 3) for word in self._named)

    @property
    def _is_anybodys(self) -> bool:
        """Say whether people choose such a mailbox for themselves: with a number, or where all may have one."""
        if self._domain in words.FREE_MAIL or words.MAIL_PROVIDER.search(self._domain):
            return True
        return re.search("[a-z][0-9]", self._local) is not None

    @cached_property
    def _is_own_mailbox(self) -> bool:
        """Say whether the mailbox has its owner's name: "Lea Kurz" of lea@, "Bill Nest" of bill.nest@."""
        pieces = [piece for piece in re.split(r"[._-]+", self._local) if piece]
        roles = [piece for piece in pieces if words.NO_REPLY.fullmatch(piece)]
        if len(pieces) == 2 and not roles and all(piece.isalpha() for piece in pieces):
            return True  # given name and surname, also those of scripts nobody can compare
        own = [
            word for word in self._named if not words.NO_REPLY.fullmatch(word) and not words.ORGANISATION.match(word)
        ]
        if any(_is_in(word, self._local, 3) and not _is_in(word, self._domain, 4) for word in own):
            return True
        return not self._is_role and (self._local in _MYSELF or self._has_initials)

    @property
    def _has_initials(self) -> bool:
        """Say whether the mailbox is the first letters of the name: nsb@."""
        local, named = self._local, self._named
        return bool(named) and len(local) <= _NAME_WORDS and local[:1] == named[0][0] and local[-1:] == named[-1][0]

    @cached_property
    def _signs(self) -> bool:
        """Say whether the sender signs with a name of his own, which is not the firm's."""
        if self._is_organisation:
            return False
        named = [word for word in self._named if len(word) > 2 or not word.isascii()]
        own = [word for word in named if not _is_in(word, self._domain, 3) or word == self._local]
        return any(_is_signed(line, own) for line in self._end)

    @property
    def _sends_regards(self) -> bool:
        """Say whether a person's name stands below regards, whoever the sender calls himself."""
        for above, line in pairwise(self._end):
            named = re.findall(r"[^\W\d_]+", _plain(line))
            if signoffs.is_regards(above) and len(named) <= _NAME_WORDS and not words.ORGANISATION.search(line):
                return not words.FORMAL.search(line) and any(not _is_in(word, self._domain, 3) for word in named)
        return False

    @cached_property
    def _end(self) -> list[str]:
        return [line.strip()[:_LINE_CHARS] for line in self.text[-_LOOK_CHARS:].splitlines() if line.strip()][
            -_END_LINES:
        ]


def _is_signed(line: str, own: list[str]) -> bool:
    return any(word in own for word in _WORD.findall(re.split("[0-9]", _plain(line))[-1])[-3:])


def _is_in(word: str, place: str, least: int) -> bool:
    """Say whether *word* is in a part of an address: a piece of it, or at least so long, or by its sound."""
    if word in re.split(r"[.\d_-]+", place) or (len(word) >= least and word in place):
        return True
    sounds = "" if word.isascii() else _sounds(word)
    if len(sounds) > 2:
        return sounds in _sounds(place)
    return len(sounds) > 1 and sounds in map(_sounds, re.split(r"[.\d_-]+", place))


def _plain(text: str) -> str:
    """Return *text* in small letters without accents: "Léa" is lea@."""
    bare = "".join(char for char in normalize("NFD", text.lower()) if combining(char) != _ACCENT)
    return normalize("NFC", bare).translate(_BARE)


# The combining class of what stands above a letter.
_ACCENT = 230
_BARE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


def _sounds(text: str) -> str:
    """Return the consonants of *text* in Latin letters, by the names of its characters: "Олег" and oleg are "lg"."""
    latin = "".join(char if char.isascii() else _letter(char) for char in text.lower())
    return re.sub(r"(.)\1+", r"\1", re.sub("[^a-z]|[aeiouyhjw]", "", latin).translate(_SAME_SOUND))


_SAME_SOUND = str.maketrans("cqfzv", "kkpsb")


def _letter(char: str) -> str:
    called = name(char, "").partition(" WITH ")[0].lower()
    script, _, letter = called.rpartition(" ")
    if letter == "virama" or not re.match(
        r"(?:cyrillic|devanagari|hiragana|katakana|hangul syllable|greek|arabic|hebrew)\b", script
    ):
        return ""
    return letter[:1] if script.startswith(("greek", "arabic", "hebrew")) else letter


# A person's mailbox in a domain of the same name, beside the initials.
_MYSELF = ("me", "i", "ich", "moi", "yo", "io", "eu", "ik", "ja")
