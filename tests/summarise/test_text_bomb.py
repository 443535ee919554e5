"""Texts built to cost the summary more than they are worth."""

import pytest

from tests.parse.limited import report_within_limits

MIB = 2**20

BOMBS = {
    "number signs": b"#" * (24 * MIB),
    "lines of number signs": (b"#" * 900 + b"\r\n") * (20 * MIB // 902),
    "lines of underscores": (b"_" * 290 + b"x\r\n") * (3 * MIB // 293),
    "lines of spaces": (b" " * 290 + b"x\r\n") * (3 * MIB // 293),
    "number signs and dots": b"# . " * (6 * MIB),
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_bomb_is_read_within_two_seconds_and_300_mb(body: bytes) -> None:
    found = report_within_limits(b"From: a@example.org\r\nSubject: hello\r\n\r\n" + body)

    assert found["summary"]["text"]
