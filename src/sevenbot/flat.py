"""
A flat copy of a text to search in, as long as the text, so that a place found in it is a place in the text.

Digits of other scripts become 0-9, every blank a space, every dash a hyphen, letters lower case.
"""

from __future__ import annotations

_BLANKS = "\t\x0b\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Digits of Arabic, Persian, the scripts of India, Thai, Lao, Burmese and Khmer, and the full-width ones of East Asia.
_DIGIT_ZEROS = (
    *(0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66),
    *(0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10),
)
_FLAT: dict[int, str] = {
    **{ord(blank): " " for blank in _BLANKS},
    **{ord(dash): "-" for dash in _DASHES},
    **{zero + digit: str(digit) for zero in _DIGIT_ZEROS for digit in range(10)},
    **{0xFF21 + letter: chr(0x61 + letter) for letter in range(26)},
    **{0xFF41 + letter: chr(0x61 + letter) for letter in range(26)},
    ord("\u2019"): "'",
    ord("："): ":",
    ord("．"): ".",
    ord("＃"): "#",
    ord("￥"): "¥",
    ord("İ"): "i",  # the one letter whose lower case is longer than itself
}

# Letters of other alphabets that look like Latin ones (Unicode TR 39, confusables.txt), after the letter they resemble.
_ALIKE = "aаɑα eеҽ oоοօ pрρ cсϲ yуγ xхх iіιɩ jј sѕ hһհ dԁ qԛգ wԝωѡ vνѵ lӏɭ gɡց kкκ mм tтτ uυսц nոпη bьв rг zʐ"
#: For `str.translate`.
LOOK_ALIKES = {ord(alike): group[0] for group in _ALIKE.split(" ") for alike in group[1:]}


def flat(text: str) -> str:
    """Return *text* for searching: as long as *text*, lower case, with plain digits, blanks and hyphens."""
    if not text.isascii():
        text = text.translate(_FLAT)
    return text.replace("\t", " ").lower()
