"""What the whole suite shares: Hypothesis profiles, and options of the run."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Deadlines measure the machine, not the code: there are none. `make fuzz` takes many more examples.
settings.register_profile(
    "default", max_examples=60, deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
settings.register_profile("fuzz", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="keep what tests/messages got as what is expected")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))
