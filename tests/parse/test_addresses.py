import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import addresses


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ann@example.org", [("", "ann@example.org")]),
        ("Ann <ann@example.org>", [("Ann", "ann@example.org")]),
        ('"Baker, Ann" <ann@example.org>, b@x.y', [("Baker, Ann", "ann@example.org"), ("", "b@x.y")]),
        ("ann@example.org (Ann (A.) Baker)", [("Ann (A.) Baker", "ann@example.org")]),
        ("Ann (at work) <a@b.c>", [("Ann (at work)", "a@b.c")]),
        ("=?utf-8?Q?J=C3=BCrgen?= <j@x.y>", [("Jürgen", "j@x.y")]),
        ('"=?utf-8?Q?J=C3=BCrgen?=" <j@x.y>', [("Jürgen", "j@x.y")]),
        ("=?utf-8?Q?Baker,_Ann?= <a@b.c>, d@e.f", [("Baker, Ann", "a@b.c"), ("", "d@e.f")]),
        ("Friends: a@b.c, Ben <d@e.f>;, g@h.i", [("", "a@b.c"), ("Ben", "d@e.f"), ("", "g@h.i")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.example:a@b.c>", [("", "a@b.c")]),
        ("<mailto:a@b.c>", [("", "a@b.c")]),
        ("<mailto:a@b.c?subject=x>", [("", "mailto:a@b.c?subject=x")]),
        ("Ann Baker ann@example.org", [("Ann Baker", "ann@example.org")]),
        ("a@b.c d@e.f", [("", "a@b.c"), ("", "d@e.f")]),
        ("A <a@b.c> D <d@e.f>", [("A", "a@b.c"), ("D", "d@e.f")]),
        ("a @ b . c", [("", "a@b.c")]),
        ("root (Cron Daemon)", [("Cron Daemon", "root")]),
        ("Mail Delivery", [("Mail Delivery", "")]),
        ("jürgen@bücher.example", [("", "jürgen@bücher.example")]),
        ('"odd local"@x.y', [("", '"odd local"@x.y')]),
        ('<"odd local"@x.y>', [("", '"odd local"@x.y')]),
        ('"open <a@b.c>', [("open", "a@b.c")]),
        ("Ann <a@b.c", [("Ann", "a@b.c")]),
        ("<>", []),
        (",,;", []),
        ("", []),
        ("x@[IPv6:::1]", [("", "x@[IPv6:::1]")]),
        ("Re: me <a@b.c>", [("Re: me", "a@b.c")]),
    ],
)
def test_lists_are_read_also_when_broken(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(box.name, box.address) for box in addresses.read(text)] == wanted


def test_long_lists_are_cut() -> None:
    assert len(addresses.read("a@b.c, " * 5000)) == addresses.MAX_MAILBOXES


@given(st.text(alphabet='ab@.<>"\\,;:() =?', max_size=100))
def test_any_text_gives_mailboxes_property(text: str) -> None:
    for box in addresses.read(text):
        assert box.name or box.address
        assert "\n" not in box.name + box.address
