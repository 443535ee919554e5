"""
Sentences of a text in any of the languages people mail in.

A line break ends a sentence unless the line was only wrapped (RFC 5322 §2.1.1 recommends 78 characters, and mail
programs wrap at about 72). Within a paragraph a sentence ends at . ! ? … when a blank and a likely beginning follow,
and at 。！？ (no blank needed), ؟, ۔ and ।. Not an end: abbreviations (z. B., Mr., т. д.), initials (J. R. R.),
ordinals before a word (5. März), numbers (3.14), host names (example.org).
"""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import words

# A line this long was probably wrapped by the sender's mail program, a shorter one ended by the sender.
_WRAPPED_FROM = 50
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
# Writing without blanks between words: Chinese, Japanese.
_UNSPACED = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]")
_BULLET = re.compile(r"\s*(?:[-*•·●▪◦‣–—>+☐✓✔►▶→]\s|\(?[0-9a-zA-Z]{1,2}[.)]\s)")

_END = re.compile(
    r"(?:[.!?…]{1,8}[\"'”’»)\]]{0,3}(?=\s)|[؟۔।]{1,4}[\"'”’»)\]]{0,3}(?=\s|$)|[。！？｡]{1,8}[」』”’）)]{0,3})"
)
_STARTS_LOWER = re.compile(r"[\"'“‘«(\[]{0,3}[a-zà-öø-ÿа-яёіїєґąćęłńóśźżğışčěřšůž]")
_LAST_WORD = re.compile(r"[\w.:&-]{1,20}\Z")

ABBREVIATIONS = words(
    # en
    "mr mrs ms dr prof st sr jr vs etc no nos inc ltd co corp dept est approx ave blvd rd fig vol ed e.g i.e cf "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m u.s u.k "
    "incl excl "
    # de
    "med med.dent z.b d.h u.a bzw ca usw evtl ggf inkl exkl zzgl str tel nr hr fr dipl ing abs art bd mio mrd max min "
    "s.o s.u i.d.r i.a i.v z.hd o.ä u.u vgl sog geb z d u "
    # fr es it pt nl
    "m mme mlle mm p.ex env réf av boul sra srta dn ud uds vd pág núm aprox sig sigg dott avv ing geom egr spett "
    "ecc pag es dra exmo exma av núm dhr mevr bijv blz enz i.v.m t.a.v m.b.t "
    # pl tr
    "np itd itp ul godz tj dr.n r s sn sok cad mah vb örn "
    # ru uk
    "т.е т.д т.п т.к т др пр г гг ул д кв стр руб коп тыс млн млрд им см рис тел проф акад н.э вул буд грн"
)


def paragraphs(text: str, *, wrapped: bool = True) -> list[str]:
    """
    Return the paragraphs of *text*, each on one line.

    Args:
        text: With LF line ends.
        wrapped: Long lines may have been wrapped by the sender (plain text); False when each line is one block (HTML).
    """
    done: list[str] = []
    open_line = ""
    for line in text.split("\n"):
        stripped = line.strip()
        if open_line and stripped and _continues(open_line, line, wrapped=wrapped):
            glue = "" if _UNSPACED.match(stripped) and _UNSPACED.match(open_line[-1]) else " "
            done[-1] += glue + stripped
        elif stripped:
            done.append(stripped)
        open_line = stripped
    return done


def _continues(previous: str, line: str, *, wrapped: bool) -> bool:
    if _BULLET.match(line) or not (_has_word(line) and _has_word(previous)):
        return False
    if _STARTS_LOWER.match(line.lstrip()):
        return not previous.endswith((",", ":")) or len(previous) >= _WRAPPED_FROM
    width = len(previous) + len(_WIDE.findall(previous))
    return wrapped and width >= _WRAPPED_FROM and not previous.endswith(":")


def _has_word(line: str) -> bool:
    """Tell a line of text from a separator."""
    return any(map(str.isalnum, line))


def split(paragraph: str) -> list[str]:
    """Return the sentences of one paragraph, stripped, in order; what has no end mark is a sentence too."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(paragraph):
        if end.start() >= start and _ends_sentence(paragraph, start, end):
            found.append(paragraph[start : end.end()].strip())
            start = end.end()
    rest = paragraph[start:].strip()
    return [sentence for sentence in [*found, rest] if sentence]


def _ends_sentence(paragraph: str, start: int, end: re.Match[str]) -> bool:
    mark = end.group()
    following = paragraph[end.end() : end.end() + 4].lstrip()
    if not following or mark[0] in "。！？｡؟۔।":
        return True
    if _STARTS_LOWER.match(following):
        return False
    if mark != ".":
        return True
    before = paragraph[max(start, end.start() - 20) : end.start()]
    last = _LAST_WORD.search(before)
    return last is None or not _is_short_form(last.group().lower(), following)


def _is_short_form(word: str, following: str) -> bool:
    if word in ABBREVIATIONS or word.endswith("str"):  # "Flughafenstr."
        return True
    if len(word) == 1 and word.isalpha():  # an initial; a lone "I" or "à" hardly ends a sentence
        return True
    # "am 5. März": an ordinal. "in 2024. Then": a year. "Chapter 12. Then" is read as an ordinal: a longer sentence
    # is the smaller harm.
    return word.isdigit() and len(word) <= 2 and following[:1].isalpha()


def sentences(text: str, *, wrapped: bool = True) -> list[str]:
    """Return all sentences of *text* in order (see `paragraphs`)."""
    return [sentence for paragraph in paragraphs(text, wrapped=wrapped) for sentence in split(paragraph)]


LEADS_ON = (":", "：")
"""How a sentence ends that something must follow."""


def is_finished(sentence: str) -> bool:
    """Say whether *sentence* has an end mark; a heading or a table cell has none."""
    return sentence.rstrip("\"'”’»)]」』）").endswith((".", "!", "?", "…", "。", "！", "？", "｡", "؟", "۔", "।"))


def size(text: str) -> float:
    """Return the length of *text* in words; two characters of Chinese or Japanese count as one word."""
    wide = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len((_UNSPACED.sub(" ", text) if wide else text).split()) + wide / 2
