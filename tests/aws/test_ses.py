from collections.abc import Callable

import pytest

from sevenbot.aws.ses import Identity, Record, Ses, api_records, records
from sevenbot.doctor.mx import BadAnswer
from tests.aws import ministack

IDENTITY = Identity(is_verified=False, tokens=("abc", "def"))


@pytest.fixture
def ses() -> Ses:
    return Ses(ministack.with_clients("ses", "sesv2"))


def answering(*found: str) -> Callable[[str, str], list[str]]:
    return lambda _name, _kind: list(found)


def silent(_name: str, _kind: str) -> list[str]:
    raise BadAnswer("the answer breaks off")


def test_the_records_lead_mail_here_and_prove_the_domain() -> None:
    mx, spf, *dkim = records("example.org", "eu-west-1", IDENTITY)

    assert (mx.kind, mx.value) == ("MX", "10 inbound-smtp.eu-west-1.amazonaws.com")
    assert (spf.kind, spf.value) == ("TXT", '"v=spf1 -all"')
    assert [(record.name, record.value) for record in dkim] == [
        ("abc._domainkey.example.org", "abc.dkim.amazonses.com"),
        ("def._domainkey.example.org", "def.dkim.amazonses.com"),
    ]


@pytest.mark.parametrize(
    ("record", "found", "seen"),
    [
        (0, ["inbound-smtp.eu-west-1.amazonaws.com"], True),
        (0, ["mx.elsewhere.example"], False),
        (0, [], False),
        (1, ["v=spf1 include:_spf.example.com ~all"], True),
        (1, ["some-verification=1"], False),
        (2, ["abc.dkim.amazonses.com"], True),
    ],
)
def test_a_record_that_stands_is_seen(record: int, found: list[str], seen: bool) -> None:  # noqa: FBT001
    assert records("example.org", "eu-west-1", IDENTITY)[record].is_seen(answering(*found)) is seen


def test_without_an_answer_nothing_is_said() -> None:
    assert Record("example.org", "MX", "10 mx", "").is_seen(silent) is None


def test_a_name_of_ones_own_for_the_api_needs_a_record_too() -> None:
    outputs = {"ApiUrl": "https://bot.example.org", "ApiDomainTarget": "d-1.execute-api.eu-west-1.amazonaws.com"}

    (record,) = api_records(outputs)

    assert (record.name, record.kind, record.value) == ("bot.example.org", "CNAME", outputs["ApiDomainTarget"])
    assert api_records({"ApiUrl": "https://abc.execute-api.eu-west-1.amazonaws.com"}) == []


def test_an_emulator_takes_no_mail(ses: Ses) -> None:
    assert "not to Amazon" in (ses.why_not() or "")


def test_a_domain_is_told_once(ses: Ses) -> None:
    assert ses.identity("told.example.org") is None

    ses.introduce("told.example.org")

    assert ses.introduce("told.example.org") == ses.identity("told.example.org")


def test_only_our_own_rule_set_is_put_out_of_force(ses: Ses) -> None:
    client = ministack.client(ministack.running(), "ses")
    for name in ("ours", "theirs"):
        client.create_receipt_rule_set(RuleSetName=name)
    ses.activate("theirs")

    ses.deactivate("ours")
    assert ses.active_rule_set() == "theirs"

    ses.activate("ours")
    ses.deactivate("ours")
    assert ses.active_rule_set() is None
