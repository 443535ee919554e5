"""
The characters that show nothing.

They pad preheaders, they hide words from the reader's eye but not from a model's, and the directional ones turn around
the text beside them (Unicode TR 9; TR 36 §2.10). Each step takes them out of what it shows.

Not among them: U+200C and U+200D, which are spelling in Persian, in Indic scripts and in emoji, and are judged where
they stand; U+FE0E and U+FE0F, which choose between text and emoji; white space; controls.
"""

from __future__ import annotations

#: For a character class of `re`: soft hyphen, blank letters, directional and zero-width marks, annotations, the formats
#: of shorthand and music, tags, and the variation selectors of ideographs and Mongolian.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
