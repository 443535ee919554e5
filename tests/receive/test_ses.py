"""What queue messages say, in the shapes that AWS documents and in any other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.receive.ses import (
    Again,
    Broken,
    Message,
    Received,
    Stored,
    Unknown,
    again_body,
    read_body,
    read_event,
)

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus/aws-events"
EVENTS = sorted(CORPUS.glob("*.json"))
ID = "5f" * 20

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
#: Words that mean something to us, in shapes that may mean nothing.
WORDS = st.sampled_from(
    [
        *(
            "Records",
            "Type",
            "Message",
            "Notification",
            "notificationType",
            "Received",
            "receipt",
            "recipients",
            "mail",
        ),
        *("action", "bucketName", "objectKey", "source", "sevenbot", "message_id", "reopen", "eventSource", "aws:s3"),
        *("eventName", "ObjectCreated:Put", "s3", "bucket", "object", "name", "key", "Event", "s3:TestEvent"),
        *("messageId", "receiptHandle", "body", "attributes", "ApproximateReceiveCount", ID),
    ]
)
ALMOST = st.recursive(
    WORDS | st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=30,
)


def notice(**changes: Any) -> dict[str, Any]:
    receipt = {
        "recipients": ["maple-otter-k7m4qx92@example.org"],
        "spfVerdict": {"status": "PASS"},
        "dkimVerdict": {"status": "FAIL"},
        "action": {"type": "S3", "bucketName": "mail", "objectKey": "inbound/o3vr", "topicArn": "arn:..."},
    }
    mail = {"source": "bob@example.net", "timestamp": "2026-11-02T10:00:00.123Z", "messageId": "o3vr"}
    return {"notificationType": "Received", "receipt": receipt | changes, "mail": mail}


def wrapped(message: str) -> str:
    return json.dumps({"Type": "Notification", "MessageId": "d88d", "Message": message, "Signature": "x"})


def test_a_notice_of_ses_names_mail_envelope_and_verdicts() -> None:
    expected = Received(
        "mail",
        "inbound/o3vr",
        "bob@example.net",
        ("maple-otter-k7m4qx92@example.org",),
        datetime(2026, 11, 2, 10, 0, 0, 123000, UTC),
        {"spf": "PASS", "dkim": "FAIL"},
    )

    assert read_body(json.dumps(notice())) == [expected]
    assert read_body(wrapped(json.dumps(notice()))) == [expected]


def test_the_null_sender_may_be_written_as_nothing_or_missing() -> None:
    without = notice()
    del without["mail"]["source"]
    for given_, sender in ((without, ""), (notice() | {"mail": {"source": "<>"}}, "")):
        (found,) = read_body(json.dumps(given_))
        assert isinstance(found, Received)
        assert found.sender == sender


def test_an_event_of_s3_tells_of_each_new_object_by_its_decoded_key() -> None:
    def record(name: str, key: str) -> dict[str, Any]:
        return {"eventSource": "aws:s3", "eventName": name, "s3": {"bucket": {"name": "mail"}, "object": {"key": key}}}

    records = [record("ObjectCreated:Put", "raw/2026/a+b%C3%A4.eml"), record("ObjectRemoved:Delete", "raw/x")]

    assert read_body(json.dumps({"Records": records})) == [
        Stored("mail", "raw/2026/a bä.eml"),
        Unknown("an event of S3, ObjectRemoved:Delete"),
    ]


@pytest.mark.parametrize("reopen", [None, datetime(2026, 11, 2, 10, tzinfo=UTC)])
def test_what_we_send_ourselves_comes_back_as_it_was(reopen: datetime | None) -> None:
    again = Again(ID, reopen)

    assert read_body(again_body(again)) == [again]
    assert json.loads(again_body(Again(ID))) == {"sevenbot": {"message_id": ID}}


@pytest.mark.parametrize(
    "body",
    [
        notice(recipients=[]),
        notice(recipients=[1]),
        notice(recipients="a@example.org"),
        notice(action={"type": "SNS"}),
        notice(action=None),
        {"notificationType": "Received"},
        {"sevenbot": None},
        {"sevenbot": {"message_id": "x" * 40}},
        {"Records": [{"eventSource": "aws:s3"}]},
    ],
)
def test_what_should_tell_of_a_mail_and_does_not_is_broken(body: Any) -> None:
    (found,) = read_body(json.dumps(body))

    assert isinstance(found, Broken)


@pytest.mark.parametrize(
    "body", ["", "x", "null", "[]", "{}", '{"Records": []}', '{"Records": 1}', '"a"', wrapped("x")]
)
def test_what_is_none_of_ours_is_unknown(body: str) -> None:
    (found,) = read_body(body)

    assert isinstance(found, Unknown)


def test_the_messages_of_an_event_come_with_the_count_of_their_receives() -> None:
    record = {"messageId": "1", "receiptHandle": "h", "body": "b", "attributes": {"ApproximateReceiveCount": "3"}}
    odd = {**record, "attributes": {"ApproximateReceiveCount": "9" * 5000}}

    assert read_event({"Records": [record, odd, {"messageId": 1}]}) == (
        [Message("1", "h", "b", 3), Message("1", "h", "b", 1)],
        1,
    )
    assert read_event({}) == ([], 1)
    assert read_event({"Records": []}) == ([], 0)


@given(st.one_of(JSON, ALMOST))
def test_property_any_event_is_read(event: Any) -> None:
    messages, strange = read_event(event)

    assert strange >= 0
    assert all(message.receives >= 0 for message in messages)


@given(st.one_of(st.text(), JSON.map(json.dumps), ALMOST.map(json.dumps), ALMOST.map(json.dumps).map(wrapped)))
def test_property_any_body_means_something(body: str) -> None:
    assert read_body(body)


@pytest.mark.skipif(not EVENTS, reason="the corpus is not beside the repository")
@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_real_events_of_all_kinds_are_read(path: Path) -> None:
    event = json.loads(path.read_text())

    messages, _ = read_event(event)

    is_of_a_queue = path.stem.lower().endswith(("sqsevent", "sqsfifoevent"))
    assert bool(messages) == is_of_a_queue
    for body in [message.body for message in messages] + [json.dumps(event)]:
        assert read_body(body)


@pytest.mark.skipif(not EVENTS, reason="the corpus is not beside the repository")
def test_a_real_event_of_s3_in_a_message_names_its_object() -> None:
    ((message,), _) = read_event(json.loads((CORPUS / "s3SqsEvent.json").read_text()))

    assert read_body(message.body) == [Stored("xxx", "test.pdf")]


@pytest.mark.skipif(not EVENTS, reason="the corpus is not beside the repository")
def test_a_real_notification_of_sns_is_unwrapped() -> None:
    event = json.loads((CORPUS / "snsSqsEvent.json").read_text())
    ((message,), _) = read_event(event)
    body = json.loads(message.body) | {"Message": json.dumps(notice())}

    assert isinstance(read_body(json.dumps(body))[0], Received)
