"""
Amazon's DynamoDB Local: a second opinion on how DynamoDB answers, of the people who make it (in its version of 2020).

It listens on every interface, so it runs in a network of its own, and a socket on loopback leads to it.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aws.ministack import ROOT, client

FOLDER = ROOT / ".venv-dynamodb-local"
PORT = "8000"  # in its own network


@functools.cache
def _why_not() -> str:
    """Return why it cannot run here, or nothing; the first that asks fetches it."""
    if missing := [name for name in ("java", "npm", "unshare") if shutil.which(name) is None]:
        return f"DynamoDB Local needs {' and '.join(missing)}"
    alone = subprocess.run([*_alone(), "true"], capture_output=True, text=True, check=False)
    if alone.returncode:
        return f"DynamoDB Local listens on every interface, and there is no network of its own: {alone.stderr.strip()}"
    with (ROOT / ".venv-dynamodb-local.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["sh", ".ci/dynamodb-local"], cwd=ROOT, capture_output=True, text=True, check=False)
    return f"DynamoDB Local cannot be fetched: {done.stderr.strip().splitlines()[-1:]}" if done.returncode else ""


def _alone() -> list[str]:
    as_anybody = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *as_anybody, "--net", "--pid", "--kill-child"]


@contextlib.contextmanager
def dynamodb_local() -> Iterator[str]:
    """Start one and yield its URL; skips the test when it cannot run here."""
    if reason := _why_not():
        pytest.skip(reason)
    bridge = str(Path(__file__).with_name("behind_loopback.py"))
    java = [
        "java",
        "-Xmx256m",
        f"-Djava.library.path={FOLDER}/DynamoDBLocal_lib",
        "-jar",
        f"{FOLDER}/DynamoDBLocal.jar",
    ]
    with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryFile() as log:
        descriptor = listener.fileno()
        process = subprocess.Popen(
            [*_alone(), sys.executable, bridge, str(descriptor), PORT, *java, "-inMemory", "-port", PORT],
            pass_fds=[descriptor],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            _wait_until_ready(url, process)
            yield url
        finally:
            process.communicate()  # closes its standard input


@functools.cache
def running() -> str:
    """Return the URL of the one of this test process, which ends with it."""
    stack = contextlib.ExitStack()
    url = stack.enter_context(dynamodb_local())
    atexit.register(stack.close)
    return url


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    import botocore.exceptions

    for _ in range(600):
        assert process.poll() is None, "DynamoDB Local ended"
        with contextlib.suppress(botocore.exceptions.HTTPClientError):
            client(url, "dynamodb").list_tables()
            return
        time.sleep(0.05)
    raise AssertionError("DynamoDB Local is not ready within 30 s")
