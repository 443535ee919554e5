"""Links: the few worth a tap, with the mail's own words and targets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse.message import Kind, Link
from sevenbot.summarise.links import LONGEST_URL, MOST_LINKS, bare_urls, find_links, host, without_urls
from sevenbot.summarise.summary import LinkFact
from tests.summarise.mails import a_message


def links_of(*links):
    message = a_message("text", links=tuple(Link(text, url) for text, url in links))
    return [(fact.text, fact.url) for fact in find_links(message)]


def test_a_call_to_action_keeps_its_words_and_target():
    assert links_of(("Reset password", "https://example.org/r?t=1")) == [
        ("Reset password", "https://example.org/r?t=1")
    ]


def test_a_call_to_action_comes_before_other_links():
    found = links_of(("our long article", "https://example.org/a"), ("Confirm your address", "https://example.org/c"))

    assert [text for text, _ in found] == ["Confirm your address", "our long article"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Unsubscribe", "https://example.org/u"),
        ("click", "https://example.org/unsubscribe?x=1"),
        ("Abmelden", "https://example.org/a"),
        ("Se désabonner", "https://example.org/a"),
        ("Отписаться", "https://example.org/a"),
        ("退订", "https://example.org/a"),
        ("View in browser", "https://example.org/v"),
        ("Privacy policy", "https://example.org/p"),
        ("Datenschutz", "https://example.org/d"),
        ("Manage preferences", "https://example.org/m"),
        ("Facebook", "https://www.facebook.com/example"),
        ("", "https://twitter.com/example"),
        ("logo", "https://example.org/logo.png"),
        ("write", "mailto:a@example.org"),
        ("run", "javascript:alert(1)"),
        ("get", "ftp://example.org/x"),
        ("bank", "https://bank.example@evil.example/"),
        ("odd", "http://["),
        ("long", "https://example.org/" + "x" * LONGEST_URL),
        ("odd", "https://exa\u202emple.org/"),
    ],
)
def test_a_link_nobody_came_for_is_left_out(text, url):
    assert links_of((text, url)) == []


def test_a_link_a_person_sends_to_a_video_is_kept():
    assert links_of(("https://www.youtube.com/watch?v=1", "https://www.youtube.com/watch?v=1"))


def test_the_same_target_is_shown_once_with_the_better_words():
    assert links_of(("https://example.org/x", "https://example.org/x"), ("Track parcel", "https://example.org/x")) == [
        ("Track parcel", "https://example.org/x")
    ]


def test_links_are_bounded():
    assert len(links_of(*((f"Read {n}", f"https://example.org/{n}") for n in range(500)))) == MOST_LINKS


def test_a_bare_url_in_the_text_is_a_link():
    message = a_message("See https://example.org/a_(b), or (https://example.net/c).")

    assert find_links(message) == (
        LinkFact("https://example.org/a_(b)", "https://example.org/a_(b)"),
        LinkFact("https://example.net/c", "https://example.net/c"),
    )


def test_an_address_that_is_only_the_words_of_a_link_is_no_link():
    says, leads = "https://www.bank.example/login", "http://bank.example.account-check.test/login"
    message = a_message(f"Confirm it here: {says}", links=(Link(says, leads),))

    assert [fact.url for fact in find_links(message)] == [leads]


def test_the_words_of_a_link_hold_no_controls():
    assert links_of(("Pay\u202e now\x00\n!", "https://example.org/p")) == [("Pay now !", "https://example.org/p")]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://WWW.Example.org/x", "example.org"),
        ("http://[::1]:80/", "::1"),
        ("mailto:a@b", None),
        ("https://", None),
    ],
)
def test_the_host_of_a_url(url, name):
    assert host(url) == name


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Reply here<http://foo.example> please.", "Reply here please."),
        ("See [our guide](https://example.org/guide).", "See [our guide]."),
        ("See https://example.org/a.", "See https://example.org/a."),
        ("See https://example.org/" + "a" * 60, "See example.org/…"),
        ("No links.", "No links."),
    ],
)
def test_urls_in_a_sentence_are_shortened(sentence, shown):
    assert without_urls(sentence) == shown


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=60).map("https://".__add__)), max_size=8), st.text())
def test_every_link_is_http_and_from_the_mail_property(links, text):
    message = a_message(text, links=tuple(Link(words, url) for words, url in links))
    known = {url.strip() for _, url in links} | set(bare_urls(text))

    for fact in find_links(message):
        assert fact.url in known
        assert host(fact.url)
        assert fact.text


def test_links_of_what_is_answered_and_of_signatures_are_left_out():
    text = "The plans are ready.\nAnna\nOn Monday Tom wrote:\nOld plans: https://old.example/1"
    links = (Link("Anna's page", "https://anna.example"), Link("the plans", "https://plans.example/2"))
    message = a_message(
        f"{text}\nAnna's page", kind=Kind.PERSONAL, latest="Here are the plans.", text_source="html", links=links
    )

    assert [link.url for link in find_links(message)] == ["https://plans.example/2"]


def test_a_bare_link_after_words_for_unsubscribing_is_left_out():
    assert find_links(a_message("News of the mill.\nUnsubscribe: https://mill.example/u/5\n")) == ()


def test_read_more_under_one_of_many_articles_names_nothing():
    links = (Link("Read more", "https://news.example/1"), Link("The storm of the year", "https://news.example/2"))
    message = a_message("News.", kind=Kind.NEWSLETTER, links=links)

    assert [link.text for link in find_links(message)] == ["The storm of the year"]
