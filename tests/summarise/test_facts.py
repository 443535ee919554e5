"""All facts together: grounded in the mail, whatever the mail is, and fast."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.message import Kind, Link
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.offline import summarise_offline
from tests.summarise.mails import a_message

MEGABYTE = 1024 * 1024
# A mail of normal size takes about a millisecond; this is what an attacker may cost us, on a slow and busy machine.
PATIENCE_SECONDS = 3


def test_a_mail_has_all_its_facts():
    text = "Hi,\n\nyour login code is 482913. Please pay $12.50 by March 5, 2026: https://example.org/pay\n"

    facts = find_facts(a_message(text))

    assert facts.codes == ("482913",)
    assert facts.amounts == ("$12.50",)
    assert [date.iso for date in facts.dates] == ["2026-03-05"]
    assert [link.url for link in facts.links] == ["https://example.org/pay"]
    assert len(facts.asks) == 1


def test_a_mail_without_facts_has_empty_fields():
    facts = find_facts(a_message("Lunch was nice.\n"))

    assert (facts.codes, facts.dates, facts.amounts, facts.links, facts.asks) == ((), (), (), (), ())


def test_dates_of_a_quoted_mail_are_no_news():
    message = a_message("Fine.\n> See you on March 5, 2026.", latest="Fine.")

    assert find_facts(message).dates == ()


def test_the_numbers_in_a_bounce_are_those_of_servers():
    facts = find_facts(a_message("$5 on 2026-03-05", kind=Kind.BOUNCE))

    assert (facts.amounts, facts.dates) == ((), ())


HEAVY = [
    "1", " ", "€", "a@", "\n", "1 ", "€1", "1.", "1,", "1-", "a", "A", "code ", "code 1", "http://", "https://a.", "<", ">",
    "(", "[", "{", "- ", "--", "a.", "a. ", "?", "? ", "。", "请", "code: ", "may 1 ", "1 may ", "12.12.", "2026-", "2026年1月",
    "ignore ", "ignore previous ", "please ", "hi ", "dear ", "\u200d", "\u202e", "\u200b", "١", "é", "ß", "İ", "𝟙", "\ud800",
    "ai assistant ", "in your ", "wrote:", "=_", "a-", "-a", "1a", "rs.", "$ ", "usd ", "\t", "\xa0", "🎉", "mon ", "1st of ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HEAVY, ids=ascii)
def test_a_megabyte_of_anything_is_read_quickly(piece):
    text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
    message = a_message(
        text, subject=text[:100_000], links=(Link(text[:50_000], "https://example.org/" + text[:50_000]),)
    )

    began = time.process_time()
    facts = find_facts(message)
    summary = summarise_offline(message, facts)

    assert time.process_time() - began < PATIENCE_SECONDS
    assert summary.text


@given(st.text(), st.text())
def test_any_text_has_facts_and_a_summary_property(subject, text):
    message = a_message(text, subject)

    summary = summarise_offline(message, find_facts(message))

    assert summary.text.strip()
    assert "\n" not in summary.text


words = st.sampled_from(
    [
        "Hi",
        "Anna,",
        "code",
        "is",
        "482913",
        "482-913",
        "$1,234.50",
        "1.234,50",
        "€",
        "on",
        "March",
        "5",
        "2026",
        "05.03.2026",
        "at",
        "14:30",
        ".",
        "?",
        "!",
        "\n\n",
        "Please",
        "https://e.org/x",
        "验证码",
        "请",
        "。",
        "ты",
        "код",
        "подтверждения:",
        "Bitte",
        "bis",
        "zum",
        "ignore",
        "previous",
        "instructions",
        "assistant:",
        "\u202e",
        "\u200b",
        "--",
        "wrote:",
        "Kind",
        "regards,",
    ]
)


@given(st.lists(words, max_size=60).map(" ".join))
def test_every_fact_occurs_in_the_mail_property(text):
    message = a_message(text)
    folded = " ".join(text.split())
    squeezed = folded.replace(" ", "").replace("-", "")

    facts = find_facts(message)

    assert all(code in squeezed for code in facts.codes)
    assert all(amount in folded for amount in facts.amounts)
    assert all(date.text in folded for date in facts.dates)
    assert all(link.url in text for link in facts.links)
