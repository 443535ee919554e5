"""
The functions' code as a zip: ours and the wheels it needs, compiled, the same bytes at each building.

What belongs in it follows from what `sevenbot.lambdas` imports (imports.py); versions and hashes are those of the lock
file. What the Lambda runtime has already stays out. The compiled files are for the Python that runs this, so the
functions must run on that version; they are valid whatever the time of their sources (unchecked-hash, PEP 552).

Sources: AWS Lambda developer guide, "Working with .zip file archives for Python Lambda functions" and "Lambda
runtimes"; PEP 600, manylinux tags (read 2026-11).
"""

from __future__ import annotations

import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from sevenbot import compiled_patterns
from sevenbot.aws.imports import IN_RUNTIME, PACKAGE, file_of, needed_by, normalised
from sevenbot.errors import NotBuilt

MODULE = "sevenbot.lambdas"
HANDLERS = ("telegram_webhook", "email_processor", "email_fetcher")

#: As Lambda names processors, and as wheels do.
MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}

LARGEST_BYTES = 12_000_000
"""More than this is a mistake; Lambda itself takes 50 MB."""

#: Imports are timed so often, and the shortest counts: what else a machine does only makes them longer.
TRIES = 3

#: Where Lambda unpacks a package: what compiled code says of its sources.
TASK_FOLDER = "/var/task"

#: The oldest C library that wheels ask for, and the runtime's: Amazon Linux 2 below Python 3.12, then 2023.
_OLDEST_GLIBC, _GLIBC = 5, 26 if sys.version_info < (3, 12) else 34
_OLD_NAMES = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}

#: Files of wheels that no function reads.
_NEEDLESS = re.compile(r"\.(pyi|pyx|pxd|pxi|c|h|hash|typed)$|(^|/)(tests?|\.hash)/|\.dist-info/|\.data/")
#: A requirement and its hashes, a line each, with a backslash before each line end but the last.
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==(?:.*\\\n)*.*\n", re.MULTILINE)
#: A compiled module's file names its processor (PEP 3149).
_LIBRARY = re.compile(r"\.cpython-\d+-([a-z0-9_]+)-linux-gnu\.so$")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell


@dataclass(frozen=True, slots=True)
class Built:
    """A package, and what there is to tell of it."""

    content: bytes
    import_seconds: Mapping[str, float]  # of CPU, by handler; empty when made for another processor than this one's


def build(architecture: str) -> bytes:
    """
    Return the package for arm64 or x86_64.

    Raises:
        NotBuilt: No wheels could be had, or it came out too large.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _zipped(_unpacked(Path(folder), architecture))


def read(file: Path, architecture: str) -> bytes:
    """
    Return a package that was made before.

    Raises:
        NotBuilt: It is none, or for another processor or Python: the functions would fail at their first call.
    """
    content = file.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as exc:
        raise NotBuilt(f"{file} is no zip; `sevenbot aws package` makes one") from exc
    tag = sys.implementation.cache_tag
    if f"sevenbot/__pycache__/lambdas.{tag}.pyc" not in names:
        raise NotBuilt(f"{file} is no package of the functions for {tag}; `sevenbot aws package` makes one")
    machines = {found[1] for found in map(_LIBRARY.search, names) if found}
    if machines - {MACHINES[architecture]}:
        raise NotBuilt(f"{file} is for another processor than {architecture}; --arch says for which the functions are")
    return content


def build_and_try(architecture: str) -> Built:
    """Return the package and, where this processor is that of the functions, how long its import takes; see `build`."""
    with tempfile.TemporaryDirectory() as folder:
        task = _unpacked(Path(folder), architecture)
        is_ours = sys.platform == "linux" and platform.machine() == MACHINES[architecture]
        return Built(_zipped(task), import_seconds(task, Path(folder) / "runtime") if is_ours else {})


def import_seconds(task: Path, runtime: Path) -> dict[str, float]:
    """
    Import each handler of an unpacked package beside nothing but what the runtime has; return the CPU seconds it takes.

    Args:
        runtime: A folder to be made, for links to the SDK.

    Raises:
        NotBuilt: An import fails: something is missing in the package.
    """
    _link_runtime(runtime)
    return {handler: min(_import_seconds(handler, task, runtime) for _ in range(TRIES)) for handler in HANDLERS}


def _import_seconds(handler: str, task: Path, runtime: Path) -> float:
    script = (
        f"import sys, time; sys.path[:0] = [{str(task)!r}, {str(runtime)!r}]; began = time.process_time()\n"
        f"from {MODULE} import {handler}\nprint(time.process_time() - began)"
    )
    command = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=task)
    if done.returncode:
        raise NotBuilt(f"the package cannot be imported: {_last_line(done.stderr)}")
    return float(done.stdout)


def _unpacked(folder: Path, architecture: str) -> Path:
    """Put all that belongs in the package below *folder*, compiled, and return where."""
    needs = needed_by(MODULE)
    wheels, task = folder / "wheels", folder / "task"
    _fetch(sorted(needs.distributions), architecture, wheels)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(task, [name for name in archive.namelist() if not _NEEDLESS.search(name)])
    for file in map(file_of, sorted(needs.modules)):
        (task / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGE.parent / file, task / file)
    _compile(task)
    _compile_patterns(task / file_of(compiled_patterns.__name__).with_name(compiled_patterns.FILE.name))
    return task


def _fetch(distributions: Sequence[str], architecture: str, wheels: Path) -> None:
    """Fetch the wheels with pip, which checks their hashes."""
    lock = wheels.with_suffix(".txt")
    lock.write_text("".join(_locked(distributions)), encoding="utf-8")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    platforms = [word for tag in _platform_tags(MACHINES[architecture]) for word in ("--platform", tag)]
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", str(lock), "--dest", str(wheels)),
        *("--python-version", version, "--implementation", "cp", *platforms),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(
            f"the wheels for {architecture} could not be fetched: {_last_line(done.stderr)} "
            "(pip and a package index are needed, and both are this Python's own: see `python -m pip config list`)"
        )


def _locked(distributions: Sequence[str]) -> Iterator[str]:
    """Yield the lock file's entries of *distributions*."""
    found = {normalised(entry[1]): entry[0] for entry in _ENTRY.finditer(_lock_text())}
    for name in distributions:
        if name not in found:
            raise NotBuilt(f"{name} is imported, but not in requirements/run.txt")
        yield found[name]


def _lock_text() -> str:
    """Return the lock file: beside this module in an installed SevenBot, in its own folder in a working copy."""
    beside = Path(__file__).with_name("run.txt")
    path = beside if beside.exists() else PACKAGE.parents[1] / "requirements/run.txt"
    return path.read_text(encoding="utf-8")


def _platform_tags(machine: str) -> Iterator[str]:
    for minor in range(_GLIBC, _OLDEST_GLIBC - 1, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in _OLD_NAMES:
            yield f"{_OLD_NAMES[minor]}_{machine}"


def _compile(task: Path) -> None:
    """
    Compile every source beside it, in a process of its own.

    What `marshal` writes depends on what else a process has in memory, so the bytes are the same only from a fresh one.
    """
    command = [
        *(sys.executable, "-S", "-s", "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"),
        *("-s", str(task), "-p", TASK_FOLDER, str(task)),
    ]
    environ = {"PYTHONHASHSEED": "0", "PATH": os.defpath}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(f"a source cannot be compiled: {_last_line(done.stdout + done.stderr)}")


def _compile_patterns(file: Path) -> None:
    """Write the functions' patterns, compiled: beside what is installed here, whose processor may be another."""
    script = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        f"from sevenbot.aws import patterns; patterns.write({str(file)!r}, {MODULE!r}, {HANDLERS!r})"
    )
    environ = {"PYTHONHASHSEED": "0", "PATH": os.defpath}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(f"the patterns cannot be compiled: {_last_line(done.stderr)}")


def _zipped(task: Path) -> bytes:
    """Return everything below *task* as a zip whose bytes depend on nothing but the files'."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(file for file in task.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(task).as_posix(), _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose permissions follow
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    size_bytes = content.tell()
    if size_bytes > LARGEST_BYTES:
        raise NotBuilt(f"the package has {size_bytes / 1e6:.1f} MB, more than {LARGEST_BYTES / 1e6:.0f} MB")
    return content.getvalue()


def _link_runtime(folder: Path) -> None:
    """Make *folder* hold what the runtime has, as links to what is installed here."""
    folder.mkdir()
    for distribution in metadata.distributions():
        if normalised(distribution.name) not in IN_RUNTIME:
            continue
        for top in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            (folder / top).symlink_to(str(distribution.locate_file(top)))


def _last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1] if lines else "no reason given"
