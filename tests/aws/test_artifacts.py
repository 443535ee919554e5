from sevenbot.aws.artifacts import Artifacts, key_of
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
