"""
Raw mails as objects of an S3 bucket, durable when S3 answered.

    <prefix>/2026/11/02/9b...e1.eml    Content-Type: message/rfc822    x-amz-meta-sha256: <hex>
                                       x-amz-meta-envelope: see envelope_text.py
    inbound/o3vrnil0e2ic28tr           put there by Amazon SES; read and removed, never written

An object is written once (If-None-Match: *), encrypted by the service, and its SHA-256 travels with it both ways: S3
refuses bytes that were damaged on their way in, and bytes damaged on their way out are never given back as a mail.
Whatever is no failure of the network or the service, a missing bucket or a missing permission, is transient too: the
operator can mend it, and no mail may be refused for it.

Sources: Amazon S3 API reference, PutObject, GetObject, ListObjectsV2; user guide, "Conditional writes" (read 2026-11).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

from sevenbot.aws.client import Aws, Refused, translated
from sevenbot.envelope import Envelope
from sevenbot.errors import RawGone, StorageFull, StoreUnavailable, Transient
from sevenbot.shielded import to_its_end
from sevenbot.spool.envelope_text import read, written
from sevenbot.spool.store import Deposit

KEY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9a-f]{32}\.eml", re.ASCII)
INBOUND = re.compile(r"inbound/[!-~]{1,1000}", re.ASCII)
CONTENT_TYPE = "message/rfc822"

#: Mails above this are fetched one at a time.
LARGE_BYTES = 1024 * 1024

#: A signed link holds for a week at most (Signature Version 4, query parameters).
LONGEST_LINK = timedelta(days=7)

#: What compatible servers say when they are full; Amazon's never is.
FULL = ("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage")

#: What MinIO without a key server says to a write that shall be encrypted.
NO_SUCH_FEATURE = ("NotImplemented",)

#: There is no such object. With no permission to list the bucket, S3 says AccessDenied instead, which is no proof.
GONE = ("NoSuchKey",)
WRITTEN_BEFORE = ("PreconditionFailed", "412")


class S3Store:
    """The store below one prefix of one bucket; see `Store`."""

    def __init__(self, aws: Aws, bucket: str, prefix: str = "") -> None:
        self._aws = aws
        self.bucket = bucket
        self._folder = f"{prefix}/" if prefix else ""
        self._large = asyncio.Lock()
        self._encryption = {"ServerSideEncryption": "AES256"}

    async def put(self, raw: bytes, now: datetime) -> str:
        """Keep *raw*; see `Store.put`. The key's date is *now* in UTC."""
        return await self._put(raw, now, {})

    async def _put(self, raw: bytes, now: datetime, metadata: Mapping[str, str]) -> str:
        key = f"{now.astimezone(UTC):%Y/%m/%d}/{secrets.token_hex(16)}.eml"
        try:
            await self._write(key, raw, metadata)
        except Refused as exc:
            if exc.code in FULL:
                raise StorageFull("s3: the store is full") from exc
            if exc.code in NO_SUCH_FEATURE:
                raise StoreUnavailable("s3: the server cannot write an object once only (If-None-Match)") from exc
            await self._must_be_ours(key, hashlib.sha256(raw).hexdigest())
        return key

    async def put_all(self, mails: Sequence[tuple[bytes, Envelope]]) -> list[str | Transient]:
        """Keep many mails at once; for each its key, or why it was not kept. An object costs the same either way."""

        async def key_or_reason(raw: bytes, envelope: Envelope) -> str | Transient:
            text = written(envelope)
            try:
                return await self._put(raw, envelope.received_at, {"envelope": text} if text else {})
            except Transient as exc:
                return exc

        return await asyncio.gather(*(key_or_reason(raw, envelope) for raw, envelope in mails))

    async def _write(self, key: str, raw: bytes, metadata: Mapping[str, str]) -> None:
        digest = hashlib.sha256(raw)
        arguments = {
            "Key": self._folder + key,
            "Body": raw,
            "ContentType": CONTENT_TYPE,
            "IfNoneMatch": "*",
            "ChecksumSHA256": base64.b64encode(digest.digest()).decode("ascii"),
            "Metadata": {"sha256": digest.hexdigest(), **metadata},
        }
        try:
            await self._call("put_object", *FULL, *WRITTEN_BEFORE, *NO_SUCH_FEATURE, **arguments, **self._encryption)
        except Refused as exc:
            if exc.code not in NO_SUCH_FEATURE or not self._encryption:
                raise
            self._encryption = {}  # from now on, as the server itself keeps things
            await self._write(key, raw, metadata)

    async def get(self, raw_key: str) -> bytes:
        """Return the bytes; see `Store.get`. A key of another shape (a path, say) is a key that is not there."""
        return await asyncio.to_thread(_read, await self._get(raw_key))

    @asynccontextmanager
    async def fetch(self, object_key: str) -> AsyncIterator[Deposit]:
        """
        Give the mail that an event tells of by the key of its object; large ones one at a time, to spare memory.

        Raises:
            RawGone: There is no such object, or it is no mail by its key.
            StoreUnavailable: The medium failed.
        """
        raw_key = self.raw_key(object_key)
        if raw_key == object_key and self._folder and not INBOUND.fullmatch(object_key):
            raise RawGone("the object is not where mails are kept")
        answer = await self._get(raw_key)
        text = answer.get("Metadata", {}).get("envelope")
        async with self._large if answer["ContentLength"] > LARGE_BYTES else nullcontext():
            yield Deposit(await asyncio.to_thread(_read, answer), raw_key, read(text) if text else None)

    def raw_key(self, object_key: str) -> str:
        """Return the key by which items name the mail in an object."""
        return object_key.removeprefix(self._folder)

    async def _get(self, raw_key: str) -> dict[str, Any]:
        try:
            return await self._call("get_object", *GONE, Key=self._object_key(raw_key), ChecksumMode="ENABLED")
        except Refused as exc:
            headers = exc.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
            was_removed = headers.get("x-amz-delete-marker") == "true"  # known where the bucket keeps versions
            raise RawGone("the raw mail is no longer kept", was_removed=was_removed) from exc

    def _object_key(self, raw_key: str) -> str:
        if INBOUND.fullmatch(raw_key):
            return raw_key
        if not KEY.fullmatch(raw_key):
            raise RawGone("no such raw mail")
        return self._folder + raw_key

    async def delete(self, raw_key: str) -> None:
        """Remove the bytes; see `Store.delete`."""
        with contextlib.suppress(RawGone):  # no key of ours is no key that is there
            await self._call("delete_object", Key=self._object_key(raw_key))

    async def keys(self, before: datetime) -> AsyncIterator[str]:
        """
        Yield the keys of everything put before *before*, a page of a thousand at a time, oldest date first.

        When a mail was put is what S3 says, since a receiver may pass an older date to `put`.
        """
        last = f"{before.astimezone(UTC):%Y/%m/%d}/~"
        page: dict[str, Any] = {}
        while True:
            answer = await self._call("list_objects_v2", Prefix=self._folder, **page)
            for entry in answer.get("Contents", []):
                key = entry["Key"].removeprefix(self._folder)
                if KEY.fullmatch(key) and key > last:
                    return
                if KEY.fullmatch(key) and entry["LastModified"] < before:
                    yield key
            if not answer.get("IsTruncated"):
                return
            page = {"ContinuationToken": answer["NextContinuationToken"]}

    async def check(self) -> None:
        """Raise StoreUnavailable or StorageFull unless a small write, read and delete work now; see `Store.check`."""
        await to_its_end(self._try_out())

    async def _try_out(self) -> None:
        probe = b"Subject: SevenBot's test, to be removed\r\n\r\n" + secrets.token_hex(16).encode("ascii")
        key = await self.put(probe, datetime.now(UTC))
        try:
            if await self.get(key) != probe:
                raise StoreUnavailable("s3: other bytes came back than were written")
        except RawGone as exc:
            raise StoreUnavailable("s3: an object was gone right after it was written") from exc
        finally:
            await self.delete(key)

    async def link(self, raw_key: str, lifetime: timedelta) -> str:
        """
        Return a link to the raw mail that anybody can open until *lifetime* has passed.

        It is made without asking S3: whether the mail is still there shows when it is opened. It ends early when the
        credentials that signed it do.

        Args:
            lifetime: At most a week.

        Raises:
            RawGone: No raw key has this shape.
            ValueError: The lifetime is none, or longer.
        """
        object_key = self._object_key(raw_key)
        if not timedelta(seconds=1) <= lifetime <= LONGEST_LINK:
            raise ValueError("a link's lifetime is from a second to a week")
        return await asyncio.to_thread(self._sign, object_key, lifetime)

    def _sign(self, object_key: str, lifetime: timedelta) -> str:
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415 - as in aws/client.py: only where it is used

        what = {
            "Bucket": self.bucket,
            "Key": object_key,
            "ResponseContentType": CONTENT_TYPE,
            "ResponseContentDisposition": 'attachment; filename="mail.eml"',
        }
        try:
            link: str = self._aws.client("s3").generate_presigned_url(
                "get_object", Params=what, ExpiresIn=int(lifetime.total_seconds())
            )
        except BotoCoreError as exc:
            raise translated(exc, "s3", StoreUnavailable) from exc
        return link

    async def _must_be_ours(self, key: str, sha256: str) -> None:
        """
        Let a repeated write pass: nobody else can know the key, so an earlier attempt got through unanswered.

        Raises:
            StoreUnavailable: What stands there is something else all the same.
        """
        answer = await self._call("head_object", Key=self._folder + key)
        if answer.get("Metadata", {}).get("sha256") != sha256:
            raise StoreUnavailable("s3: another object has the key of this mail")

    async def _call(self, operation: str, *expected: str, **arguments: Any) -> dict[str, Any]:
        return await self._aws.call(
            "s3", operation, unavailable=StoreUnavailable, expected=expected, Bucket=self.bucket, **arguments
        )


def _read(answer: Mapping[str, Any]) -> bytes:
    """Return the body, in a thread: the bytes still come from the network, and are checked as they come."""
    from botocore.exceptions import BotoCoreError, HTTPClientError  # noqa: PLC0415 - see _sign

    try:
        raw: bytes = answer["Body"].read()
    except (BotoCoreError, HTTPClientError, OSError) as exc:
        raise translated(exc, "s3", StoreUnavailable) from exc
    sha256 = answer.get("Metadata", {}).get("sha256")
    if sha256 is not None and hashlib.sha256(raw).hexdigest() != sha256:
        raise StoreUnavailable("s3: the bytes that came back are damaged")
    return raw
