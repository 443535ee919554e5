"""What `sevenbot run` does before it serves; the serving itself is in tests/test_serve.py and tests/journeys."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from sevenbot.cli.run import OPEN_FILES, allow_open_files


@pytest.fixture
def hard_limit() -> Iterator[int]:
    """Give the limit that cannot be passed, and put back the one in force."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield limits[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_a_low_limit_on_open_files_is_raised(hard_limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard_limit))

    allow_open_files()

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (OPEN_FILES, hard_limit)


def test_a_high_limit_on_open_files_stays(hard_limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES + 1, hard_limit))

    allow_open_files()

    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (OPEN_FILES + 1, hard_limit)
