import pytest
from botocore.exceptions import ClientError

from sevenbot.aws.artifacts import KEPT, Artifacts, key_of
from sevenbot.errors import StackFailed
from tests.aws import ministack


def artifacts(account: str) -> Artifacts:
    return Artifacts(ministack.with_clients("s3"), account)


def test_the_same_code_is_uploaded_once_into_a_private_bucket() -> None:
    code = artifacts("111111111111")
    key = key_of("stack", b"zip")

    assert code.upload(key, b"zip")
    assert not code.upload(key, b"zip")

    s3 = ministack.client(ministack.running(), "s3")
    assert s3.get_object(Bucket=code.bucket, Key=key)["Body"].read() == b"zip"
    block = s3.get_public_access_block(Bucket=code.bucket)["PublicAccessBlockConfiguration"]
    assert set(block.values()) == {True}


def test_other_code_has_another_key() -> None:
    assert key_of("stack", b"one") != key_of("stack", b"two")
    assert key_of("stack", b"one").startswith("stack/")


def test_the_bucket_goes_with_the_last_stack_that_used_it() -> None:
    code = artifacts("222222222222")
    code.upload(key_of("one", b"zip"), b"zip")
    code.upload(key_of("two", b"zip"), b"zip")
    buckets = ministack.client(ministack.running(), "s3").list_buckets

    code.remove("one")
    assert code.bucket in {bucket["Name"] for bucket in buckets()["Buckets"]}

    code.remove("two")
    code.remove("two")
    assert code.bucket not in {bucket["Name"] for bucket in buckets()["Buckets"]}


def test_the_newest_code_stays_and_what_is_in_use_however_old() -> None:
    code = artifacts("333333333333")
    keys = [key_of("one", b"%d" % number) for number in range(KEPT + 3)]
    for number, key in enumerate(keys):
        code.upload(key, b"%d" % number)
    code.upload(key_of("two", b"zip"), b"zip")

    code.prune("one", in_use=keys[0])

    found = ministack.client(ministack.running(), "s3").list_objects_v2(Bucket=code.bucket)["Contents"]
    left = {entry["Key"] for entry in found}
    assert left >= {keys[0], keys[-1], key_of("two", b"zip")}
    assert len(left & set(keys)) == KEPT


def test_a_bucket_of_the_same_name_in_another_account_gets_no_code() -> None:
    code = artifacts("444444444444")
    events = code.aws.client("s3").meta.events

    def refuse(request: object, **_: object) -> None:
        assert request.headers["x-amz-expected-bucket-owner"] == b"444444444444"  # type: ignore[attr-defined]
        raise ClientError({"Error": {"Code": "403", "Message": "Forbidden"}}, "HeadBucket")

    events.register("before-send.s3.HeadBucket", refuse)
    try:
        with pytest.raises(StackFailed, match="another account's"):
            code.upload(key_of("one", b"zip"), b"zip")
    finally:
        events.unregister("before-send.s3.HeadBucket", refuse)
