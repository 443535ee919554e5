from __future__ import annotations

import re
import unicodedata

import pytest

from sevenbot.deliver import clean
from sevenbot.parse import visible
from sevenbot.summarise import plain
from sevenbot.unseen import UNSEEN

EVERY = re.findall(f"[{UNSEEN}]", "".join(map(chr, range(0x20000))) + "".join(map(chr, range(0xE0000, 0xE1000))))

#: Signs that stand over or before letters and show, the joiners (see the module), and Egyptian layout.
SHOWN_ALL_THE_SAME = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, 0x200C, 0x200D}
EGYPTIAN = range(0x13430, 0x13456)


def test_every_format_character_of_unicode_is_among_them() -> None:
    formats = {code for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"}

    assert formats - set(map(ord, EVERY)) - SHOWN_ALL_THE_SAME - set(EGYPTIAN) == set()


@pytest.mark.parametrize(
    "shown", [visible.fold, plain.plain, clean.one_line], ids=["parsed", "summarised", "delivered"]
)
def test_no_step_shows_one(shown) -> None:
    assert shown(f"a{''.join(EVERY)}b") == "ab"
