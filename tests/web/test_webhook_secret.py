from __future__ import annotations

from pathlib import Path

import pytest

from sevenbot.errors import ConfigError
from sevenbot.web.webhook_secret import kept_secret


def test_the_first_call_makes_it_and_later_ones_find_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "webhook-secret"

    first = kept_secret(path)

    assert len(first.reveal()) == 43
    assert kept_secret(path).reveal() == first.reveal()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [child.name for child in path.parent.iterdir()] == [path.name]


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "one").reveal() != kept_secret(tmp_path / "two").reveal()


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_file_is_no_secret(tmp_path: Path, content: str) -> None:
    path = tmp_path / "webhook-secret"
    path.write_text(content)

    assert len(kept_secret(path).reveal()) == 43


def test_what_an_operator_wrote_is_taken_without_the_line_end(tmp_path: Path) -> None:
    path = tmp_path / "webhook-secret"
    path.write_text("their-own\n")

    assert kept_secret(path).reveal() == "their-own"


def test_a_death_while_it_was_written_leaves_no_half_of_it(tmp_path: Path) -> None:
    (tmp_path / "webhook-secret.new").write_text("hal")

    assert len(kept_secret(tmp_path / "webhook-secret").reveal()) == 43
    assert [child.name for child in tmp_path.iterdir()] == ["webhook-secret"]


def test_a_place_that_cannot_be_written_is_told_as_a_setting(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")

    with pytest.raises(ConfigError, match="SEVENBOT_DATA_DIR"):
        kept_secret(tmp_path / "data" / "webhook-secret")


def test_bytes_that_are_no_text_are_told_as_a_setting(tmp_path: Path) -> None:
    (tmp_path / "webhook-secret").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConfigError, match="SEVENBOT_DATA_DIR"):
        kept_secret(tmp_path / "webhook-secret")
