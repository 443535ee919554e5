"""The commands of our own pages on AWS, run as they are written: what they make by hand, SevenBot can work with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.aws import ministack

REGION = "us-east-1"
BUCKET = "s3://your-bucket/mail"  # as the pages say


def commands(page: str) -> list[str]:
    text = (ministack.ROOT / "docs/aws" / page).read_text()
    return re.findall(r"^```bash\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    """An account after all commands of both pages."""
    with ministack.ministack() as url:
        environ = ministack.operator(url, REGION)
        for block in (*commands("dynamodb.md"), *commands("s3.md")):
            ministack.shell(block, environ)
        yield environ


def sevenbot(environ: dict[str, str], folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "-m", "sevenbot", *arguments, "--spool", BUCKET, "--json"],
        env=environ,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)["checks"]


def test_the_pages_have_commands_for_tables_time_to_live_index_and_bucket() -> None:
    assert [len(commands(page)) for page in ("dynamodb.md", "s3.md")] == [3, 1]


def test_tables_and_bucket_pass_the_check(environ: dict[str, str], tmp_path: Path) -> None:
    code, checks = sevenbot(environ, tmp_path, "tables", "check")

    details = [check["detail"] for check in checks]
    assert code == 0
    assert "index email-address-index on email_address (S), all attributes" in details
    assert "time to live on ttl" in details
    assert "mail is deleted after 30 days" in details
    assert "public access is not blocked altogether" not in details


def test_doctor_can_do_all_that_the_bot_does_there(environ: dict[str, str], tmp_path: Path) -> None:
    _, checks = sevenbot(environ, tmp_path, "doctor", "--state", "dynamodb://")

    on_aws = [check for check in checks if check["check"] in ("aws", "dynamodb", "s3")]
    assert [check["result"] for check in on_aws] == ["ok"] * 4
