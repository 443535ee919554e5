import io
import json
import sys
from pathlib import Path

import pytest

from sevenbot import cli

MAIL = b"From: Ann <ann@example.org>\r\nSubject: Soup\r\n\r\nSoup on Thursday?\r\n"


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    return path


def test_people_see_sender_subject_and_text(mail: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["inspect", str(mail)]) == cli.DONE

    out = capsys.readouterr().out
    assert "Ann <ann@example.org>" in out
    assert "Soup on Thursday?" in out


def test_json_is_one_object(mail: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["inspect", "--json", str(mail)]) == cli.DONE

    assert json.loads(capsys.readouterr().out)["subject"] == "Soup"


def test_several_mails_are_one_line_of_json_each(mail: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["inspect", "--json", str(mail), str(mail)]) == cli.DONE

    assert [json.loads(line)["subject"] for line in capsys.readouterr().out.splitlines()] == ["Soup", "Soup"]


def test_several_mails_are_told_apart_for_people(mail: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.invoke(["inspect", str(mail), str(mail)])

    assert capsys.readouterr().out.count(f"== {mail}") == 2


def test_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MAIL)))

    assert cli.invoke(["inspect", "--json", "-"]) == cli.DONE

    assert json.loads(capsys.readouterr().out)["subject"] == "Soup"


@pytest.mark.parametrize("name", ["nowhere.eml", "."])
def test_what_cannot_be_read_is_told_and_exits_2(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["inspect", name]) == cli.WRONG_USE

    assert f"{name} cannot be read" in capsys.readouterr().err


def test_no_mail_is_wrong_use() -> None:
    assert cli.invoke(["inspect"]) == cli.WRONG_USE


def test_garbage_still_gives_the_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(bytes(range(256)) * 50)

    assert cli.invoke(["inspect", "--json", str(path)]) == cli.DONE

    assert json.loads(capsys.readouterr().out)["kind"] == "other"


def test_mail_cannot_write_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(
        b"From: \x1b[31mRed\x1b[0m <a@b.example>\r\nSubject: =?utf-8?q?=1B]0;title=07?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\n\r\nText \x1b[2J\xc2\x9b31m\r\n--x\r\nContent-Disposition: attachment; filename*=utf-8''a%1Bb.txt\r\n\r\nx\r\n--x--"
    )

    assert cli.invoke(["inspect", str(path)]) == cli.DONE

    out = capsys.readouterr().out
    assert "\x1b]" not in out
    assert "\x9b" not in out
    assert "\x1b[2J" not in out
