from __future__ import annotations

import pytest

from sevenbot.parse.links import safe_url


@pytest.mark.parametrize(
    ("href", "url"),
    [
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("HTTPS://example.org/", "HTTPS://example.org/"),
        ("//example.org/x", "https://example.org/x"),
        ("ht\ntps://exam\tple.org/", "https://example.org/"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
    ids=["spaces", "upper-case", "no-scheme", "broken-over-lines", "mailto"],
)
def test_a_link_a_person_may_follow_is_kept(href: str, url: str) -> None:
    assert safe_url(href) == url


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", "javascript://example.org/%0aalert(1)", "java\nscript:alert(1)", "JaVaScRiPt://a.b/c"),
        *("data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "tg://resolve?domain=x", "cid:part1"),
        *("", "#top", "/relative", "https://", "http:example.org", "mailto:", "https://[::1", "\x00"),
    ],
)
def test_any_other_is_none(href: str) -> None:
    assert safe_url(href) is None
