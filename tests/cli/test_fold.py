import io

import pytest

from sevenbot.cli.fold import folded


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_a_long_sentence_is_folded_at_blanks_and_hangs() -> None:
    lines = folded("Error: " + "word " * 25 + "\n  → " + "advice " * 20, Terminal(), hang=4).split("\n")

    assert max(map(len, lines)) <= 80
    assert [line[:4] for line in lines] == ["Erro", "    ", "  → ", "    "]


def test_what_is_copied_stays_whole() -> None:
    url = "https://example.org/" + "x" * 90

    assert url in folded(f"posted to {url}", Terminal()).split()


def test_indents_and_empty_lines_stay() -> None:
    assert folded("a:\n  b\n\nc", Terminal()) == "a:\n  b\n\nc"


def test_where_nobody_looks_a_sentence_is_one_line() -> None:
    assert folded("word " * 30, io.StringIO()) == "word " * 30
