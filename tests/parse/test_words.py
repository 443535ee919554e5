import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import words

ROSE = base64.b64encode("Rosé 🌹".encode()).decode()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", "plain"),
        ("=?utf-8?Q?gr=C3=BC=C3=9Fe?=", "grüße"),
        ("=?UTF-8?b?" + ROSE + "?=", "Rosé 🌹"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
        ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"),
        ("=?utf-8?B?8J+M?= =?utf-8?B?uQ==?=", "🌹"),
        ("=?iso-8859-1?Q?=E1?= =?utf-8?Q?=C3=A9?=", "áé"),
        ("=?utf-8*en?Q?a_b?=", "a b"),
        ("=?utf-8?Q?two words?=", "two words"),
        ("=?utf-8?Q?really??=", "really?"),
        ("=?utf-8?Q?Hel\n_lo?=", "Hel lo"),
        ("=?utf-8?B?SGVsbG8?=", "Hello"),
        ("[SPAM]=?utf-8?Q?a?=", "[SPAM] a"),
        ("Cze=?utf-8?Q?=C5=9B=C4=87?=", "Cześć"),
        ("=?utf-8?Q?a", "a"),
        ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
        ("=?nonsense?Q?a=C3=BC?=", "aü"),
        ("=?us-ascii?Q?Stra=DFe?=", "Straße"),
        ("a\u200bb\u202ec", "abc"),
    ],
)
def test_words_are_decoded_also_when_broken(text: str, wanted: str) -> None:
    assert words.decode(text) == wanted


def test_subject_keeps_its_runs_of_spaces() -> None:
    assert words.shown("Re:  two   =?utf-8?Q?=E2=82=AC?=") == "Re:  two   €"


@given(st.text(max_size=200))
def test_result_is_one_clean_line_property(text: str) -> None:
    decoded = words.decode(text)

    assert decoded == " ".join(decoded.split())
    assert not any(
        ord(char) < 0x20 or 0xD800 <= ord(char) < 0xE000 for char in decoded if ord(char) not in map(ord, text)
    )


@given(st.text(alphabet="=?utf-8QBqb_ abÿ\n", max_size=120))
def test_broken_words_become_one_line_property(text: str) -> None:
    assert "\n" not in words.shown(text)
