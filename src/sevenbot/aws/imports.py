"""
What a module of ours needs to run: read from the sources, imports inside functions included.

    needs = needed_by("sevenbot.lambdas")
    needs.modules         {"sevenbot", "sevenbot.lambdas", "sevenbot.consumer", ...}
    needs.distributions   {"aiohttp", "aiosignal", "mangum", ...}: whatever these require themselves included

What is imported for types only (`if TYPE_CHECKING:`) does not count.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

#: What a Lambda runtime for Python has: the SDK and what it requires (developer guide, "Runtime-included SDK").
IN_RUNTIME = frozenset({"boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3"})

#: Found by name while it runs, by `zoneinfo`: no import tells.
NAMED_NOWHERE = frozenset({"tzdata"})

_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Needs:
    """What runs together."""

    modules: frozenset[str]  # of ours
    distributions: frozenset[str]  # of others, by normalised name, without what the runtime has


def needed_by(module: str) -> Needs:
    """Return what *module*, of ours, needs."""
    ours, others, waiting = set(), set(), [module]
    while waiting:
        name = waiting.pop()
        if name in ours:
            continue
        ours.add(name)
        parent = name.rpartition(".")[0]
        found = set(_imported(_source(name))) | ({parent} if parent else set())
        waiting += [one for one in found if one.partition(".")[0] == PACKAGE.name]
        others |= {one.partition(".")[0] for one in found} - {PACKAGE.name}
    return Needs(frozenset(ours), _distributions(others - sys.stdlib_module_names))


def file_of(module: str) -> Path:
    """Return the file of a module of ours, relative to the folder that holds the package."""
    path = Path(*module.split("."))
    return path / "__init__.py" if (PACKAGE.parent / path).is_dir() else path.with_suffix(".py")


def normalised(name: str) -> str:
    """Return a distribution's name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _source(module: str) -> ast.Module:
    return ast.parse((PACKAGE.parent / file_of(module)).read_text(encoding="utf-8"))


def _imported(node: ast.AST) -> Iterator[str]:
    """Yield the modules that a piece of code imports, wherever in it."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(str(package), names):
                yield package
                yield from (f"{package}.{alias.name}" for alias in names if _is_ours(f"{package}.{alias.name}"))
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                continue
            case _:
                yield from _imported(child)


def _is_ours(module: str) -> bool:
    return (PACKAGE.parent / file_of(module)).is_file()


def _distributions(names: set[str]) -> frozenset[str]:
    """Return the distributions of top-level modules, and all that these require."""
    by_module = metadata.packages_distributions()
    found, waiting = set(), [normalised(by_module[name][0]) for name in names] + sorted(NAMED_NOWHERE)
    while waiting:
        name = waiting.pop()
        if name not in found and name not in IN_RUNTIME:
            found.add(name)
            waiting += _required_by(name)
    return frozenset(found)


def _required_by(distribution: str) -> list[str]:
    """Return what is required without any extra, and is installed: what is not was left out for a reason (a marker)."""
    required = []
    for line in metadata.requires(distribution) or ():
        requirement, _, marker = line.partition(";")
        match = _REQUIREMENT.match(requirement.strip())
        if match and "extra" not in marker and _is_installed(match[0]):
            required.append(normalised(match[0]))
    return required


def _is_installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
