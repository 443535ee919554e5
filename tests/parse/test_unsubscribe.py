import pytest

from sevenbot.parse import fields, unsubscribe
from sevenbot.parse.message import Unsubscribe

POST = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"
SIGNED = "DKIM-Signature: v=1; d=a.example; h=From:List-Unsubscribe:\n List-Unsubscribe-Post; b=x\n"
UNSIGNED = "DKIM-Signature: v=1; d=a.example; h=from:list-unsubscribe; b=x\n"


def read(header: str) -> Unsubscribe | None:
    return unsubscribe.read(fields.read(f"{header}\n".encode(), 0, len(header) + 1)[0])


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("<https://a.example/u>", Unsubscribe(one_click=False, url="https://a.example/u", mailto=None)),
        ("<mailto:u@a.example?subject=x>", Unsubscribe(one_click=False, url=None, mailto="mailto:u@a.example?subject=x")),
        (
            "<http://a.example>, <https://b.example>, <mailto:u@a.example>",
            Unsubscribe(one_click=False, url="https://b.example", mailto="mailto:u@a.example"),
        ),
        ("https://a.example/u, mailto:u@a.example", Unsubscribe(one_click=False, url="https://a.example/u", mailto="mailto:u@a.example")),
        ("<https://a.example/\n long/path>", Unsubscribe(one_click=False, url="https://a.example/long/path", mailto=None)),
        ("<javascript:alert(1)>", None),
        ("write to us", None),
        ("", None),
    ],
)  # fmt: skip
def test_targets_are_read(value: str, wanted: Unsubscribe | None) -> None:
    assert read(f"List-Unsubscribe: {value}\n") == wanted


@pytest.mark.parametrize(
    ("header", "one_click"),
    [
        ("List-Unsubscribe: <https://a.example/u>\n" + POST + SIGNED, True),
        ("List-Unsubscribe: <https://a.example/u>\n" + POST + UNSIGNED + SIGNED, True),
        ("List-Unsubscribe: <https://a.example/u>\n" + POST + UNSIGNED, False),
        ("List-Unsubscribe: <https://a.example/u>\n" + POST, False),
        ("List-Unsubscribe: <https://a.example/u>\n" + SIGNED, False),
        ("List-Unsubscribe: <http://a.example/u>\n" + POST + SIGNED, False),
        ("List-Unsubscribe: <mailto:u@a.example>\n" + POST + SIGNED, False),
    ],
    ids=["all", "one of two signatures", "not covered", "not signed", "no post", "http", "mailto"],
)
def test_one_click_needs_post_https_and_a_signature_over_both(header: str, *, one_click: bool) -> None:
    found = read(header)

    assert found is not None
    assert found.one_click is one_click
