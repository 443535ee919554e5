"""
Guess the charset of bytes nobody labelled, by how plausible the letters look.

Each candidate reads a sample; its score is how far the result looks like running text of its script: common letters,
few capitals inside words, no controls and no unassigned code points. Multi-byte charsets are tried first, since random
single-byte text rarely fits their grammar.
"""

from __future__ import annotations

import re
from itertools import islice

_SAMPLE_BYTES = 4096

# The letters that make up most of running text; a wrong charset yields the rare ones.
_COMMON = {
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчійіїє",
    "koi8-r": "оеаинтсрвлкмдпуяыьгзбчійіїє",
    "koi8-u": "оеаинтсрвлкмдпуяыьгзбчійіїє",
    "cp866": "оеаинтсрвлкмдпуяыьгзбчій",
    "iso-8859-5": "оеаинтсрвлкмдпуяыьгзбчій",
    "cp1252": "éèêàâäöüßçñóíáúãõåøæôîûïëÉÄÖÜ’“”‘–…·«»°€§£",
    "cp1250": "łąęśżźćńěščřžýáíéůúőűöüóşţăâ„”–",
    "cp1253": "αοιετσνηυρπκμλςάέόίήώύ",
    "cp1254": "ıışğüöçİŞâ",
    "cp1255": "יוהלאמתרבשנקדםעח",
    "cp1256": "اليمونرتبةعدسفهكقأحج",
    "cp874": "านรกเงอมยลวดทสตะคป่้ีิัุ",
}
_OTHER_LETTERS = {codec: re.compile(rf"[^\W\d_\x00-\x7f²³¹¼½¾{common}]") for codec, common in _COMMON.items()}

_KANA = re.compile(r"[\u3040-\u30ff]")
_HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_ODD = re.compile(r"[\x80-\x9f\ufffd\ue000-\uf8ff]")
_HUMP = re.compile(r"[a-zа-яёα-ω][A-ZА-ЯЁΑ-Ω]")
_BLEND = re.compile(r"[A-Za-z][^\x00-\xbf\u2000-\u206f][A-Za-z]")
# The everyday characters: GB 2312 level 1 and Big5 level 1 fill these lead bytes.
_COMMON_LEAD = {"gb18030": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6), "cp949": (0xB0, 0xC8)}
_LATIN = ("cp1252", "cp1250", "cp1254")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ]{4}")
_GARBLED_WORDS = 3
_ENOUGH = 0.45  # below this share of plausible characters a guess is worse than windows-1252


def codec_of(raw: bytes) -> str:
    """Return the codec that makes the most sense of *raw*; cp1252 when none stands out."""
    if b"\x1b$" in raw or b"\x1b(J" in raw:
        return "iso-2022-jp"
    sample = _sample(raw)
    high = len(sample) - len(sample.decode("ascii", "ignore"))
    if not high:
        return "utf-8"
    if (wide := _utf_16(sample)) is not None:
        return wide
    if _utf8_share(sample) > 0.7:  # UTF-8 with some damage
        return "utf-8"
    scores = {
        codec: _double_byte(sample, codec, high) for codec in ("gb18030", "big5hkscs", "cp932", "euc-jp", "cp949")
    }
    scores |= {codec: _single_byte(sample, codec, high) for codec in _COMMON}
    if is_garbled(sample.decode("cp1252", "ignore")):
        scores = {codec: score for codec, score in scores.items() if codec not in _LATIN}
    best = max(scores, key=lambda codec: scores[codec])
    return best if scores[best] >= _ENOUGH else "cp1252"


def is_garbled(text: str) -> bool:
    """Say whether *text*, read as windows-1252, is no Latin writing, which never has four accented letters in a row."""
    return not text.isascii() and sum(1 for _ in islice(_ACCENTED.finditer(text), _GARBLED_WORDS)) == _GARBLED_WORDS


def _sample(raw: bytes) -> bytes:
    first = next((match.start() for match in [re.search(rb"[\x80-\xff]", raw)] if match), 0)
    return raw[max(first - 200, 0) :][:_SAMPLE_BYTES]


def _utf_16(sample: bytes) -> str | None:
    if sample.count(0) * 3 < len(sample):
        return None
    return "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"


def _utf8_share(sample: bytes) -> float:
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    foreign = _foreign(text)
    return (foreign - bad) / (foreign or 1)


def _foreign(text: str) -> int:
    """Return how many characters are none of ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _double_byte(sample: bytes, codec: str, high: int) -> float:
    # An error in the last bytes is only the sample's end.
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError as exc:
        if len(sample) - exc.start > 3 or exc.start == 0:
            return 0.0
        text = sample[: exc.start].decode(codec)
    foreign = _foreign(text) or 1
    if _ODD.search(text) or (codec == "euc-jp" and high < foreign * 1.5):
        return 0.0
    kana = len(_KANA.findall(text))
    if codec in ("cp932", "euc-jp"):
        if len(_HALF_WIDTH.findall(text)) * 2 > foreign:
            return 0.0
        return min(1.0, (kana * 2 + len(_HAN.findall(text)) * 0.4) / foreign) if kana else 0.3
    if codec == "cp949":  # before Chinese on a tie: Hangul fills a part of the rows that GB 2312 fills
        return len(_HANGUL.findall(text)) / foreign * _everyday(sample, codec) * 1.02
    return (len(_HAN.findall(text)) - kana) / foreign * _everyday(sample, codec) if foreign else 0.0


def _everyday(sample: bytes, codec: str) -> float:
    first, last = _COMMON_LEAD[codec]
    leads = []
    i = 0
    while i < len(sample) - 1:
        if sample[i] > 0x7F:
            leads.append(sample[i])
            i += 1
        i += 1
    wanted = [lead for lead in leads if lead < 0xA1 or lead > 0xA3]  # punctuation says nothing
    return sum(first <= lead <= last for lead in wanted) / (len(wanted) or 1)


def _single_byte(sample: bytes, codec: str, high: int) -> float:
    text = sample.decode(codec, "replace")
    good = sum(map(text.count, set(_COMMON[codec])))
    other_letters = len(_OTHER_LETTERS[codec].findall(text))
    wrong = len(_ODD.findall(text)) + len(_HUMP.findall(text))
    score = (good + other_letters * 0.3 - wrong) / high
    if codec not in _LATIN:  # other scripts do not sit inside Latin words
        score -= len(_BLEND.findall(text)) / high
    return score


def decoded_once_more(text: str) -> str | None:
    """Return what UTF-8 read as Latin-1 and encoded again was ("grÃ¼n" is "grün"), or None when the text is none."""
    if not _UTF8_AS_LATIN.search(text):
        return None
    for codec in ("latin-1", "cp1252"):
        try:
            return text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return None


# The bytes of a letter in UTF-8, each as a character of its own.
_UTF8_AS_LATIN = re.compile(r"[\u00c2-\u00df][\u0080-\u00bf]|[\u00c3\u00c2][\u0152-\u2122]")
