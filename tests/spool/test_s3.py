"""What S3 adds to the contract of every store: how objects lie there, and what each failure is told as."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from sevenbot.aws.client import Aws, open_aws
from sevenbot.envelope import Envelope, Recipient
from sevenbot.errors import RawGone, StorageFull, StoreUnavailable
from sevenbot.spool.s3 import LARGE_BYTES, S3Store
from tests.aws import ministack

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = "2026/11/02/" + "0" * 32 + ".eml"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ministack.environment(ministack.running()):
        yield ministack.running()


@pytest.fixture
def bucket(url: str) -> str:
    return ministack.make_bucket(url)


@pytest.fixture
async def aws(url: str) -> AsyncIterator[Aws]:
    async with open_aws() as opened:
        yield opened


def keys_in(url: str, bucket: str) -> list[str]:
    answer = ministack.client(url, "s3").list_objects_v2(Bucket=bucket)
    return [entry["Key"] for entry in answer.get("Contents", [])]


async def test_an_object_is_a_mail_encrypted_with_its_checksum_below_the_prefix(
    url: str, bucket: str, aws: Aws
) -> None:
    raw = b"Subject: x\r\n\r\n\xff\r\n"

    raw_key = await S3Store(aws, bucket, "raw/eu").put(raw, NOW)

    found = ministack.client(url, "s3").get_object(Bucket=bucket, Key=f"raw/eu/{raw_key}")
    assert found["Body"].read() == raw
    assert found["ContentType"] == "message/rfc822"
    assert found["ServerSideEncryption"] == "AES256"
    assert found["Metadata"] == {"sha256": hashlib.sha256(raw).hexdigest()}


async def test_without_a_prefix_the_date_comes_first(url: str, bucket: str, aws: Aws) -> None:
    raw_key = await S3Store(aws, bucket).put(b"x", NOW)

    assert keys_in(url, bucket) == [raw_key]


async def test_a_key_is_written_once(bucket: str, aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _: "0" * 32)
    store = S3Store(aws, bucket)
    await store.put(b"first", NOW)

    with pytest.raises(StoreUnavailable, match="another object"):
        await store.put(b"second", NOW)

    assert await store.get(KEY) == b"first"


async def test_a_write_whose_first_attempt_got_through_unanswered_is_done(
    bucket: str, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _: "0" * 32)
    store = S3Store(aws, bucket)
    await store.put(b"same", NOW)

    assert await store.put(b"same", NOW) == KEY


async def test_damaged_bytes_are_never_given_back(url: str, bucket: str, aws: Aws) -> None:
    ministack.client(url, "s3").put_object(
        Bucket=bucket, Key=KEY, Body=b"damaged", Metadata={"sha256": hashlib.sha256(b"intact").hexdigest()}
    )

    with pytest.raises(StoreUnavailable, match="damaged"):
        await S3Store(aws, bucket).get(KEY)


async def test_a_mail_somebody_else_put_there_is_read_too(url: str, bucket: str, aws: Aws) -> None:
    ministack.client(url, "s3").put_object(Bucket=bucket, Key=KEY, Body=b"from SES")

    assert await S3Store(aws, bucket).get(KEY) == b"from SES"


async def test_keys_come_over_several_pages_and_only_ours(
    url: str, bucket: str, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = S3Store(aws, bucket, "raw")
    call = store._call

    async def in_small_pages(operation: str, *expected: str, **arguments: Any) -> dict[str, Any]:
        return await call(operation, *expected, **arguments, **({"MaxKeys": 2} if "list" in operation else {}))

    monkeypatch.setattr(store, "_call", in_small_pages)
    kept = [await store.put(b"x", NOW) for _ in range(5)]
    for other in ("raw/notes.txt", f"rawer/{KEY}", KEY):
        ministack.client(url, "s3").put_object(Bucket=bucket, Key=other, Body=b"x")

    assert [key async for key in store.keys(datetime.now(UTC) + HOUR)] == sorted(kept)


async def test_a_check_interrupted_at_any_time_leaves_nothing_behind(url: str, bucket: str, aws: Aws) -> None:
    for milliseconds in (0, 2, 5, 10, 20, 40):
        check = asyncio.create_task(S3Store(aws, bucket).check())
        await asyncio.wait([check], timeout=milliseconds / 1000)
        check.cancel()
        await asyncio.wait([check])

    assert keys_in(url, bucket) == []


async def test_a_link_gives_the_raw_mail_and_is_signed_for_its_lifetime(bucket: str, aws: Aws) -> None:
    store = S3Store(aws, bucket, "raw")
    raw_key = await store.put(b"Subject: x\r\n\r\n", NOW)

    link = await store.link(raw_key, HOUR)

    assert "X-Amz-Expires=3600" in link
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in link
    with await asyncio.to_thread(urllib.request.urlopen, link) as answer:
        assert answer.read() == b"Subject: x\r\n\r\n"


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(days=-1), timedelta(days=7, seconds=1)])
async def test_a_link_that_cannot_hold_is_not_made(bucket: str, aws: Aws, lifetime: timedelta) -> None:
    with pytest.raises(ValueError, match="from a second to a week"):
        await S3Store(aws, bucket).link(KEY, lifetime)


async def test_there_is_no_link_to_what_is_no_mail(bucket: str, aws: Aws) -> None:
    with pytest.raises(RawGone):
        await S3Store(aws, bucket).link("../secrets", HOUR)


async def test_a_missing_bucket_is_for_the_operator_to_mend(aws: Aws) -> None:
    store = S3Store(aws, "no-such-bucket-here")

    for work in (store.put(b"x", NOW), store.get(KEY), store.delete(KEY), store.check()):
        with pytest.raises(StoreUnavailable, match="NoSuchBucket"):
            await work


# Failures that an emulator does not make: a server that answers every call with one.


@asynccontextmanager
async def failing_store(status: int, code: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[S3Store]:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        asked.append(request)
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>as the test says</Message></Error>"
        return web.Response(status=status, text=body, content_type="application/xml")

    asked: list[web.Request] = []
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    for name, value in ministack.settings(f"http://127.0.0.1:{port}").items():
        monkeypatch.setenv(name, value)
    aws = Aws(attempts=1)
    try:
        yield S3Store(aws, "mail")
    finally:
        await aws.close()
        await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "code", "maybe_done"),
    [
        (503, "SlowDown", True),
        (500, "InternalError", True),
        (403, "AccessDenied", False),
        (400, "ExpiredToken", False),
        (403, "RequestTimeTooSkewed", False),
        (403, "SignatureDoesNotMatch", False),
        (404, "NoSuchBucket", False),
        (409, "ConditionalRequestConflict", False),
    ],
)
async def test_each_failure_is_transient_and_named(
    status: int,
    code: str,
    maybe_done: bool,  # noqa: FBT001 - a column of the table above
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with failing_store(status, code, monkeypatch) as store:
        for work in (store.put(b"x", NOW), store.get(KEY)):
            with pytest.raises(StoreUnavailable, match=code) as caught:
                await work
            assert caught.value.maybe_done is maybe_done


async def test_a_compatible_server_that_is_full_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with failing_store(507, "XMinioStorageFull", monkeypatch) as store:
        with pytest.raises(StorageFull):
            await store.put(b"x", NOW)


async def test_a_server_that_cannot_write_once_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    async with failing_store(501, "NotImplemented", monkeypatch) as store:
        with pytest.raises(StoreUnavailable, match="If-None-Match"):
            await store.put(b"x", NOW)


async def test_no_answer_is_transient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ministack.settings("http://127.0.0.1:9").items():
        monkeypatch.setenv(name, value)
    aws = Aws(attempts=1)

    with pytest.raises(StoreUnavailable, match="not reached"):
        await S3Store(aws, "mail").put(b"x", NOW)

    await aws.close()


# what others put there, and hear of


async def test_a_mail_of_ses_is_read_under_its_own_key_and_removed(url: str, bucket: str, aws: Aws) -> None:
    ministack.client(url, "s3").put_object(Bucket=bucket, Key="inbound/o3vr", Body=b"from SES")
    store = S3Store(aws, bucket, "raw")

    assert await store.get("inbound/o3vr") == b"from SES"
    await store.delete("inbound/o3vr")

    assert keys_in(url, bucket) == []
    with pytest.raises(RawGone):
        await store.get("inbound/o3vr")


async def test_a_mail_kept_with_its_envelope_is_told_whom_for(bucket: str, aws: Aws) -> None:
    store = S3Store(aws, bucket, "raw")
    envelope = Envelope("bob@example.net", (Recipient(42, "maple@example.org", "магазин"),), NOW, "imap")
    (raw_key,) = await store.put_all([(b"Subject: x\r\n\r\n", envelope)])

    async with store.fetch(f"raw/{raw_key}") as deposit:
        assert (deposit.raw, deposit.raw_key, deposit.envelope) == (b"Subject: x\r\n\r\n", raw_key, envelope)


async def test_a_mail_without_an_envelope_is_told_as_such(url: str, bucket: str, aws: Aws) -> None:
    ministack.client(url, "s3").put_object(Bucket=bucket, Key="inbound/o3vr", Body=b"x")

    async with S3Store(aws, bucket, "raw").fetch("inbound/o3vr") as deposit:
        assert (deposit.raw_key, deposit.envelope) == ("inbound/o3vr", None)


@pytest.mark.parametrize("key", ["elsewhere/x.eml", KEY, f"rawer/{KEY}", "raw/notes.txt", "inbound/", "inbound/\n"])
async def test_an_object_that_is_no_mail_by_its_key_is_none(bucket: str, aws: Aws, key: str) -> None:
    with pytest.raises(RawGone):
        async with S3Store(aws, bucket, "raw").fetch(key):
            pass


@pytest.mark.parametrize("keeps_versions", [True, False])
async def test_where_versions_are_kept_a_mail_that_was_removed_is_told_from_one_that_never_was(
    url: str,
    bucket: str,
    aws: Aws,
    keeps_versions: bool,  # noqa: FBT001 - both kinds of buckets
) -> None:
    if keeps_versions:
        ministack.client(url, "s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    store = S3Store(aws, bucket)
    removed = await store.put(b"x", NOW)
    await store.delete(removed)

    for raw_key, was_there in ((removed, keeps_versions), (KEY, False)):
        with pytest.raises(RawGone) as gone:
            await store.get(raw_key)
        assert gone.value.was_removed is was_there


async def test_large_mails_are_fetched_one_at_a_time(bucket: str, aws: Aws) -> None:
    store = S3Store(aws, bucket)
    keys = [await store.put(b"x" * (LARGE_BYTES + 1), NOW) for _ in range(3)]
    open_now, most = 0, 0

    async def fetch(key: str) -> None:
        nonlocal open_now, most
        async with store.fetch(key):
            open_now += 1
            most = max(most, open_now)
            await asyncio.sleep(0)
            open_now -= 1

    await asyncio.gather(*map(fetch, keys))

    assert most == 1
