"""One thing repeated on and on, without a line's or a sentence's end, is read within the limits wherever it stands."""

import pytest

from tests.parse.limited import report_within_limits

REPEATED = ["word ", "a", " ", "\u00a0", "1", "a.", "_", ": ", "- ", "at a@b.cc ", "中", "ا", "the ai, ", "code 1234 "]


@pytest.mark.parametrize("repeated", REPEATED)
def test_endless_line_is_read_within_the_limits(repeated: str) -> None:
    line = repeated * (50_000 // len(repeated))

    found = report_within_limits(
        "From: MAILER-DAEMON@example.org\nSubject: "
        f"failure {line[:5000]}\nContent-Type: text/plain; charset=utf-8\n\nHello.\n--\n{line}\n".encode()
    )

    assert found["subject"].startswith("failure")
    assert found["text"].startswith("Hello.")
