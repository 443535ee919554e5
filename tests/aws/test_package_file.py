"""A package that was made before: only one that the functions can run from is taken."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from sevenbot.aws.package import read
from sevenbot.errors import NotBuilt

OURS = f"sevenbot/__pycache__/lambdas.{sys.implementation.cache_tag}.pyc"
OTHER_PYTHON = "sevenbot/__pycache__/lambdas.cpython-27.pyc"
ARM = "multidict/_multidict.cpython-311-aarch64-linux-gnu.so"
INTEL = "multidict/_multidict.cpython-311-x86_64-linux-gnu.so"
ANY = "rust/core.abi3.so"


def zipped(folder: Path, *names: str) -> Path:
    file = folder / "functions.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return file


def test_a_package_for_this_python_and_the_functions_processor_is_taken(tmp_path: Path) -> None:
    file = zipped(tmp_path, OURS, ARM, ANY)

    assert read(file, "arm64") == file.read_bytes()


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ((OURS, INTEL), "another processor than arm64"),
        ((OTHER_PYTHON, ARM), "no package of the functions"),
        (("notes.txt",), "no package of the functions"),
    ],
    ids=["processor", "python", "other-zip"],
)
def test_what_the_functions_could_not_run_from_is_refused(tmp_path: Path, names: tuple[str, ...], reason: str) -> None:
    with pytest.raises(NotBuilt, match=reason):
        read(zipped(tmp_path, *names), "arm64")


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "functions.zip"
    file.write_text("hello")

    with pytest.raises(NotBuilt, match="is no zip"):
        read(file, "arm64")
