import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sevenbot.receive.commands import declared_size, mail_parameters_problem, read_path


@pytest.mark.parametrize(
    ("argument", "address"),
    [
        ("FROM:<ann@example.net>", "ann@example.net"),
        ("from: <ann@example.net>", "ann@example.net"),
        ("FROM:<>", ""),
        ("FROM: <>", ""),
        ("FROM:ann@example.net", "ann@example.net"),
        ("FROM:<MAILER-DAEMON>", "MAILER-DAEMON"),
        ("FROM:<@relay.example,@other.example:ann@example.net>", "ann@example.net"),
        ('FROM:<"ann lee"@example.net>', '"ann lee"@example.net'),
        (r'FROM:<"a\"<b>"@example.net>', r'"a\"<b>"@example.net'),
        ("FROM:<ann..lee.@example.net>", "ann..lee.@example.net"),
        ("FROM:<bounce+x=y%z#1!a/b@mail.example.net>", "bounce+x=y%z#1!a/b@mail.example.net"),
        ("FROM:<SRS0=aB1c=XY=example.net=ann@forwarder.example>", "SRS0=aB1c=XY=example.net=ann@forwarder.example"),
        ("FROM:<ann@[192.0.2.1]>", "ann@[192.0.2.1]"),
        ("FROM:<ann@[IPv6:2001:db8::1]>", "ann@[IPv6:2001:db8::1]"),
        ("FROM:<jörg@exämple.net>", "jörg@exämple.net"),
        ("FROM:<\ufffd@example.net>", "\ufffd@example.net"),
        ("FROM:<@example.net>", "@example.net"),
    ],
)
def test_an_address_is_read_as_real_senders_write_it(argument: str, address: str) -> None:
    path = read_path(argument, "FROM:")

    assert path is not None
    assert path == (address, [])


@pytest.mark.parametrize(
    "argument",
    [
        None,
        "FROM",
        "FROM:",
        "FROM: ",
        "TO:<ann@example.net>",
        "FROM:<ann@example.net",
        "FROM:ann@example.net>",
        "FROM:<<ann@example.net>>",
        "FROM:<ann@example.net>>",
        "FROM:<ann lee@example.net>",
        'FROM:<"ann@example.net>',
        "FROM:<ann@example.net>SIZE=1",
        "FROM:<ann\0@example.net>",
        "FROM:<ann\x7f@example.net>",
        'FROM:<"a\x01b"@example.net>',
        "FROM:Ann <ann@example.net> <bob@example.net>\n",
    ],
)
def test_what_is_no_path_is_not_guessed_at(argument: str | None) -> None:
    path = read_path(argument, "FROM:")

    assert path is None


def test_parameters_follow_the_path_in_any_case() -> None:
    path = read_path("FROM:<a@example.net>  size=10 Body=8bitMIME SMTPUTF8", "FROM:")

    assert path is not None
    assert path.parameters == ["SIZE=10", "BODY=8BITMIME", "SMTPUTF8"]
    assert mail_parameters_problem(path.parameters) is None
    assert declared_size(path.parameters) == 10


@pytest.mark.parametrize(
    ("parameter", "code"),
    [
        ("SIZE", "501"),
        ("SIZE=", "501"),
        ("SIZE=-1", "501"),
        ("SIZE=1e9", "501"),
        ("SIZE=٣", "501"),
        ("SIZE=²", "501"),
        ("SIZE=" + "9" * 21, "501"),
        ("BODY=BINARYMIME", "501"),
        ("BODY", "501"),
        ("SMTPUTF8=YES", "501"),
        ("RET=FULL", "555"),
        ("AUTH=<>", "555"),
        ("MT-PRIORITY=3", "555"),
        ("=", "555"),
    ],
)
def test_a_parameter_we_cannot_honour_is_refused(parameter: str, code: str) -> None:
    problem = mail_parameters_problem(["BODY=7BIT", parameter])

    assert problem is not None
    assert problem.startswith(f"{code} 5.5.4 ")


def test_the_largest_declared_size_counts() -> None:
    assert declared_size(["SIZE=1", "SIZE=999", "BODY=7BIT"]) == 999


@given(st.text() | st.lists(st.sampled_from(list('<>"\\@:, \r\0aä')), max_size=60).map("".join))
@example('<"' + '\\"' * 30)
def test_property_any_argument_is_read_or_refused_without_controls_in_the_address(text: str) -> None:
    path = read_path("TO:" + text, "TO:")

    assert path is None or not any(ord(c) < 32 for c in path.address)


@pytest.mark.parametrize("text", ['<"' + "\\" * 60_000, "<" + "a" * 60_000, "<@" + ",@" * 30_000, "<" + '""' * 30_000])
def test_a_hostile_argument_takes_no_time(text: str) -> None:
    began_at = time.process_time()
    path = read_path("TO:" + text, "TO:")

    assert path is None
    assert time.process_time() - began_at < 0.2
