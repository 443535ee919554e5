"""Every mail of tests/messages against what should be seen in it."""

import json
from pathlib import Path

import pytest

from sevenbot.inspect import report

MESSAGES = Path(__file__).resolve().parents[1] / "messages"
MAILS = sorted([*MESSAGES.glob("*.eml"), *(MESSAGES / "private").glob("*.eml")])


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_mail_is_seen_as_expected(mail: Path, *, accept: bool) -> None:
    got = json.dumps(report(mail.read_bytes()), ensure_ascii=False, indent=2) + "\n"
    expected, differing = mail.with_suffix(".json"), mail.with_suffix(".got")

    if accept:
        expected.write_text(got, encoding="utf-8")
        differing.unlink(missing_ok=True)
    if not expected.exists() and mail.parent.name == "private":
        return
    same = expected.exists() and expected.read_text(encoding="utf-8") == got
    if not same:
        differing.write_text(got, encoding="utf-8")

    assert same, (
        f"{mail.name} is seen differently: compare {expected.name} with {differing.name}, or keep it (--accept)"
    )


def test_there_are_mails_of_all_kinds() -> None:
    kinds = {json.loads(path.read_text(encoding="utf-8"))["kind"] for path in MESSAGES.glob("*.json")}

    assert kinds >= {
        "personal",
        "newsletter",
        "transactional",
        "code",
        "invite",
        "bounce",
        "auto-reply",
        "notification",
    }
