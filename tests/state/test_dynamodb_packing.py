from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sevenbot.state.dynamodb_packing import pack, unpack


@given(st.text(max_size=500))
@example("é\U0001f600" * 9)
@example("\U0001f600é")
@example("\U0010ffff")
def test_packing_property_any_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("word", ["посылка", "พัสดุ", "पार्सल", "παραγγελία", "طرد", "parcel"])
def test_a_text_takes_about_as_few_bytes_in_any_script(word: str) -> None:
    words = [word[number % len(word) :] + word[: number % 3] for number in range(60)]

    assert len(pack(" ".join(words))) < len(" ".join(words)) / 2


def test_what_was_packed_long_ago_can_be_read() -> None:
    packed = bytes.fromhex("000863a022a8863964fa865d1bb62bec3bb4ffc0864dbbb7ee25e0aea2522cee0200")

    assert unpack(packed) == '{"text":"Заказ отправлен","source":"model","language":"ru","degraded":false}'
