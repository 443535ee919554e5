"""
Replay the SMTP conversations in tests/dialogs against the real door.

    # a comment
    limits: max_recipients=2        settings of the door, optional, before the conversation
    S: 220 example.org *            the door says this line; * stands for anything
    C: EHLO client.test             the client says this line; CRLF is added
    C> RSET\\r\\nNOOP\\n               the client sends exactly this, with \\r \\n \\0 \\xNN as in Python
    S! closed                       the door closes the connection
    =: 1                            so many mails are kept
"""

import fnmatch
import shlex
from ast import literal_eval
from pathlib import Path

import pytest

from .conftest import OpenDoor, RunningDoor, Wire

DIALOGS = sorted((Path(__file__).parents[1] / "dialogs").glob("*.txt"))


def said(text: str) -> bytes:
    return text.encode().decode("unicode_escape").encode("latin-1")


def play(line: str, client: Wire, door: RunningDoor) -> None:
    mark, text = line[:2], line[3:]
    match mark:
        case "S:":
            heard = client.line().rstrip("\r\n")
            assert fnmatch.fnmatchcase(heard, text.replace("[", "[[]")), f"expected {text!r}, heard {heard!r}"
        case "C:":
            client.send(text.encode() + b"\r\n")
        case "C>":
            client.send(said(text))
        case "S!":
            assert client.is_closed()
        case "=:":
            assert len(door.mails) == int(text)
        case _:
            pytest.fail(f"no such mark: {line!r}")


def limits_of(line: str) -> dict[str, object]:
    words = shlex.split(line.removeprefix("limits:"))
    return {name: literal_eval(value) for name, _, value in (word.partition("=") for word in words)}


@pytest.mark.parametrize("path", DIALOGS, ids=lambda path: path.stem)
def test_dialog(open_door: OpenDoor, path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    limits = limits_of(lines.pop(0)) if lines[0].startswith("limits:") else {}
    door = open_door(**limits)
    client = door.client(greeted=False)

    for line in lines:
        play(line, client, door)


def test_there_are_dialogs() -> None:
    assert len(DIALOGS) >= 15
