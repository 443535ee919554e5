"""
AWS on this machine: one ministack for each process of the test run, and a fresh pair of tables for each test.

The first that needs it makes `.venv-ministack` from the hashed lock in requirements/.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from sevenbot.aws.client import Aws

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "123456789012"
REGION = "eu-central-1"
_NUMBERS = itertools.count()


@functools.cache
def interpreter() -> Path:
    """Return ministack's Python; skips the test when it cannot be installed here."""
    with (ROOT / ".venv-ministack.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            ["sh", ".ci/ministack", sys.executable], cwd=ROOT, capture_output=True, text=True, check=False
        )
    if done.returncode:
        pytest.skip(f"ministack cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
    return ROOT / ".venv-ministack/bin/python"


@contextlib.contextmanager
def ministack(**environ: str) -> Iterator[str]:
    """Start one (with AUTH="true", say, for tests of permissions) and yield its URL."""
    python = interpreter()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
    }
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | own | environ
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [python, python.with_name("ministack")], env=environ, cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url, process)
            yield url
        finally:
            process.terminate()
            process.wait(10)


@functools.cache
def running() -> str:
    """Return the URL of the one ministack of this test process, which ends with it."""
    stack = contextlib.ExitStack()
    url = stack.enter_context(ministack())
    atexit.register(stack.close)
    return url


def session() -> Aws:
    """Return our own client of the one ministack."""
    return connected(running())


@functools.cache
def connected(url: str) -> Aws:
    """Return our own client of what is at *url*, shared by the tests of this process."""
    with environment(url):
        aws = Aws()
        aws.client("dynamodb")
    return aws


def with_clients(*services: str) -> Aws:
    """Return `session()`, able to call these services outside of `environment` too."""
    with environment(running()):
        for service in services:
            session().client(service)
    return session()


@contextlib.contextmanager
def environment(url: str) -> Iterator[None]:
    """Turn the SDK to the ministack at *url* while inside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    with mock.patch.dict(os.environ, kept | settings(url), clear=True):
        yield


def settings(url: str) -> dict[str, str]:
    """Return the environment that turns the SDK to *url*; any keys do."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def operator(url: str, region: str) -> dict[str, str]:
    """Return the environment of somebody who works on the account at *url* with the `aws` command."""
    tools = interpreter().parent
    return {
        **os.environ,
        **settings(url),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_PAGER": "",
        "PATH": f"{tools}:{os.environ['PATH']}",
    }


def shell(commands: str, environ: dict[str, str]) -> str:
    """Run a page's commands as they are written; each must succeed."""
    done = subprocess.run(["sh", "-e", "-c", commands], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "ministack ended"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/_ministack/health", timeout=2):
            return
        time.sleep(0.05)
    raise AssertionError("ministack is not ready within 30 s")


@functools.cache
def client(url: str, service: str) -> Any:
    """Return a blocking client, for what a test does as the operator; made once, since that takes long."""
    import boto3

    return boto3.client(
        service, endpoint_url=url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )


def tables(dynamodb: Any) -> list[str]:
    """Return the names of all tables; an answer lists a hundred (API_ListTables)."""
    return [name for page in dynamodb.get_paginator("list_tables").paginate() for name in page["TableNames"]]


def make_tables(url: str, *, index: bool = True) -> tuple[str, str]:
    """Make a fresh pair of tables as the setup guide does, and return the names of users and ledger."""
    dynamodb = client(url, "dynamodb")
    mark = f"{os.getpid()}-{next(_NUMBERS)}"
    users, ledger = f"telegram-users-{mark}", f"email-processing-state-{mark}"
    dynamodb.create_table(
        TableName=users,
        AttributeDefinitions=[
            {"AttributeName": "chat_id", "AttributeType": "N"},
            *([{"AttributeName": "email_address", "AttributeType": "S"}] if index else []),
        ],
        KeySchema=[{"AttributeName": "chat_id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": [INDEX]} if index else {}),
    )
    dynamodb.create_table(
        TableName=ledger,
        AttributeDefinitions=[{"AttributeName": "message_id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "message_id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return users, ledger


def make_bucket(url: str) -> str:
    """Make a fresh bucket and return its name."""
    bucket = f"mail-{os.getpid()}-{next(_NUMBERS)}"
    client(url, "s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    return bucket


INDEX = {
    "IndexName": "email-address-index",
    "KeySchema": [{"AttributeName": "email_address", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
}
