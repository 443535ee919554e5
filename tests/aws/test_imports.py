"""What belongs in the functions' package, read from the sources."""

from __future__ import annotations

import ast

import pytest

from sevenbot.aws.imports import IN_RUNTIME, _imported, file_of, needed_by, normalised

NEEDS = needed_by("sevenbot.lambdas")


@pytest.mark.parametrize("module", ["sevenbot", "sevenbot.lambdas", "sevenbot.worker", "sevenbot.state.dynamodb"])
def test_what_the_functions_run_is_needed(module: str) -> None:
    assert module in NEEDS.modules


@pytest.mark.parametrize("part", ["demo", "cli", "doctor", "serve", "web.serve", "receive.smtp", "inspect", "docs"])
def test_what_only_a_machine_has_is_not(part: str) -> None:
    assert not [module for module in NEEDS.modules if f"{module}.".startswith(f"sevenbot.{part}.")]


def test_distributions_bring_along_what_they_require() -> None:
    assert NEEDS.distributions >= {"aiohttp", "yarl", "multidict", "mangum", "starlette", "anyio", "tzdata"}


def test_neither_what_the_runtime_has_nor_what_only_a_machine_needs_is_packed() -> None:
    unwanted = IN_RUNTIME | {"aiosmtpd", "click", "h11", "httptools", "uvicorn", "uvloop"}

    assert not NEEDS.distributions & unwanted


def test_imports_inside_functions_count_and_those_for_types_do_not() -> None:
    code = """
import a, b.c
from d import e
if TYPE_CHECKING:
    import for_types
def work():
    import late
try:
    import f
except ImportError:
    pass
"""

    assert set(_imported(ast.parse(code))) == {"a", "b.c", "d", "late", "f"}


def test_a_package_is_its_init_file() -> None:
    assert file_of("sevenbot.texts").as_posix() == "sevenbot/texts/__init__.py"
    assert file_of("sevenbot.worker").as_posix() == "sevenbot/worker.py"


def test_names_of_distributions_have_one_form() -> None:
    assert normalised("Python_Dotenv") == normalised("python.dotenv") == "python-dotenv"
