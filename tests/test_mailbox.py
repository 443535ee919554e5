"""The settings of an IMAP mailbox."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.config import Secret, Settings, load
from sevenbot.errors import ConfigError
from sevenbot.mailbox import Backlog, Done, ImapUrl, Mailbox, read_imap_url
from sevenbot.setting_values import Problem


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("imaps://ann:pw@mail.example.org", ("imaps", "mail.example.org", 993, "ann", "pw", "INBOX")),
        ("imap://ann:pw@[::1]/", ("imap", "::1", 143, "ann", "pw", "INBOX")),
        ("imap+clear://ann:pw@10.0.0.1:1143/X", ("imap+clear", "10.0.0.1", 1143, "ann", "pw", "X")),
        ("imaps://ann@example.org:pw@H/Lists/Seven", ("imaps", "h", 993, "ann@example.org", "pw", "Lists/Seven")),
        (
            "imaps://ann%40example.org:a%2Fb%3Ac%25@h:993/Gel%C3%B6scht%20%26%20alt",
            ("imaps", "h", 993, "ann@example.org", "a/b:c%", "Gelöscht & alt"),
        ),
        ("imaps://ann:abcd efgh ijkl mnop@h", ("imaps", "h", 993, "ann", "abcd efgh ijkl mnop", "INBOX")),
    ],
)
def test_a_url_names_server_user_and_folder(raw: str, read: tuple[Any, ...]) -> None:
    url = read_imap_url(raw)

    assert (url.scheme, url.host, url.port, url.user, url.password.reveal(), url.folder) == read


@pytest.mark.parametrize(
    "raw",
    [
        "mail.example.org",
        "https://ann:pw@h/INBOX",
        "imaps://h/INBOX",
        "imaps://ann@h/INBOX",
        "imaps://:pw@h",
        "imaps://ann:pw@",
        "imaps://ann:pw@h:0",
        "imaps://ann:pw@h:x",
        "imaps://ann:pw@h/INBOX?x=y",
        "imaps://ann:p#w@h/INBOX",
        "imaps://ann:p%0D%0Aw@h/INBOX",
        "imaps://ann:pw@h/A%0AB",
        "imaps://ann:p%FFw@h",
        "imaps://ann:pw@[::1",
    ],
)
def test_what_is_no_such_url_is_refused_without_being_shown(raw: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load({"SEVENBOT_IMAP_URL": raw})

    (problem,) = caught.value.problems
    assert problem.startswith("SEVENBOT_IMAP_URL: got a value (hidden), expected imaps://")


@given(st.text())
def test_property_any_text_is_a_url_or_a_problem(raw: str) -> None:
    try:
        url = read_imap_url(f"imaps://ann:pw@{raw}")
    except Problem:
        return
    assert url.folder.isprintable()


def test_neither_user_nor_password_is_ever_shown() -> None:
    settings = load({"SEVENBOT_IMAP_URL": "imaps://ann:pa%2Fss@h/A%20B"})

    assert settings.shown()["SEVENBOT_IMAP_URL"] == "imaps://****@h:993/A%20B"
    assert "pa/ss" not in repr(settings)


def test_a_mailbox_is_told_all_it_needs() -> None:
    settings = load(
        {
            "SEVENBOT_IMAP_URL": "imaps://ann:pw@h/A",
            "SEVENBOT_IMAP_BACKLOG": "ALL",
            "SEVENBOT_IMAP_DONE": "move:Old Mail",
            "SEVENBOT_MAX_MAIL_BYTES": "1000",
        }
    )

    url = ImapUrl("imaps", "h", 993, "ann", Secret("pw"), "A")
    done = Done("move", "Old Mail")
    assert settings.mailbox == Mailbox(url, Backlog.ALL, done, 1000, settings.retention)
    assert settings.shown()["SEVENBOT_IMAP_DONE"] == "move:Old Mail"
    assert Settings().mailbox is None


@pytest.mark.parametrize("done", ["read", "move", "move:", "delete:X", "seen:X", "move:A\nB"])
def test_a_wrong_done_is_told(done: str) -> None:
    with pytest.raises(ConfigError, match="expected seen, delete or move:FOLDER"):
        load({"SEVENBOT_IMAP_DONE": done})


def test_a_wrong_backlog_is_told() -> None:
    with pytest.raises(ConfigError, match="got 'some', expected unseen, all or none"):
        load({"SEVENBOT_IMAP_BACKLOG": "some"})


def test_mails_are_not_moved_to_where_they_are() -> None:
    with pytest.raises(ConfigError, match="SEVENBOT_IMAP_DONE: moves mails to where they are"):
        load({"SEVENBOT_IMAP_URL": "imaps://ann:pw@h", "SEVENBOT_IMAP_DONE": "move:Inbox"})


def test_the_position_belongs_to_host_user_and_folder() -> None:
    def key(url: str) -> str:
        mailbox = load({"SEVENBOT_IMAP_URL": url}).mailbox
        assert mailbox is not None
        return mailbox.key

    first = key("imaps://ann:pw@h/A")
    assert first == key("imap://ann:another@H:1143/A")
    assert len({first, key("imaps://bob:pw@h/A"), key("imaps://ann:pw@i/A"), key("imaps://ann:pw@h/B")}) == 4
