from __future__ import annotations

import pytest

from sevenbot.demo.entities import Parsed, checked_link, trimmed, with_found
from sevenbot.demo.markup import parse_html


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("https://a.example", "https://a.example/"),
        ("a.example/x", "http://a.example/x"),
        ("http://user@a.example:8080/x", "http://user@a.example:8080/x"),
        ("tg://resolve?domain=a", "tg://resolve?domain=a"),
        ("https://192.0.2.1/", "https://192.0.2.1/"),
        ("http://localhost/", None),
        ("https://", None),
        ("https://a b.example/", None),
        ("ftp://a.example/", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
    ],
)
def test_links_are_checked_as_telegram_does(url: str, checked: str | None) -> None:
    assert checked_link(url) == checked


def test_telegram_finds_commands_addresses_and_urls_by_itself() -> None:
    found = with_found(Parsed("/start a@b.example (https://c.example/d)."))

    assert [(e["type"], e["offset"], e["length"]) for e in found.entities] == [
        ("bot_command", 0, 6),
        ("email", 7, 11),
        ("url", 20, 19),
    ]


def test_nothing_is_found_inside_code() -> None:
    assert [e["type"] for e in with_found(parse_html("<code>a@b.example</code>")).entities] == ["code"]


def test_white_space_around_goes_and_entities_follow() -> None:
    assert trimmed(parse_html(" \n <b> Hi </b> ")) == Parsed("Hi", [{"type": "bold", "offset": 0, "length": 2}])
