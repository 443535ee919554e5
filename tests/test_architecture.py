"""
Imports point inwards: doors -> wiring -> stages -> ports -> values; and what is pure stays pure.

Each table says what stands today; a new line in one is a decision to be argued for, not a formality.
"""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "sevenbot"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

#: What each part may import of ours, beside itself, `errors`, and the values of `envelope`, `flat` and `unseen`.
MAY_IMPORT = {
    "parse": set(),
    "texts": set(),
    "summarise": {"parse.message", "parse.subjects", "config", "texts"},  # config: the Secret that is a model's key
    "state": {"aws.client", "folders", "group_commit"},
    "spool": {
        "aws.client",
        "folders",
        "group_commit",
        "maillog",
        "shielded",
        "state.ledger",
        "state.users",
        "state.transitions",
    },
    "receive": {"config", "listening", "mailbox", "maillog", "parse.addresses", "parse.fields", "state.positions"},
    "deliver": {
        "config",
        "parse.message",
        "state.ledger",
        "summarise.around",
        "summarise.summary",
        "summarise.told",
        "texts",
    },
    "bot": {"alias", "deliver", "parse.mail", "parse.message", "spool.store", "state.ledger", "state.users", "texts"},
    "web": {"config", "deliver.telegram", "folders", "listening", "maillog", "metrics"},
    "reading.py": {"parse", "spool.store", "state.ledger", "summarise.facts", "summarise.summary"},
    "worker.py": {
        "deliver",
        "maillog",
        "reading",
        "schedule",
        "spool.store",
        "state.ledger",
        "state.users",
        "summarise",
    },
    "consumer.py": {"follower", "receive.ses", "state.ledger"},
    "follower.py": {
        "address",
        "maillog",
        "receive.policy",
        "receive.ses",
        "spool.accept",
        "spool.store",
        "state.ledger",
        "state.transitions",
        "worker",
    },
    "schedule.py": {"state.ledger"},
    "maillog.py": set(),
    "envelope.py": set(),
    "address.py": set(),
    "errors.py": set(),
    "config.py": {"mailbox", "setting_values"},
    "mailbox.py": {"setting_values"},
    "inspect.py": {"parse", "summarise"},
}

#: Waiting, the network, the disk, the clock and chance.
IMPURE = {"aiohttp", "asyncio", "logging", "os", "random", "secrets", "socket", "sqlite3", "threading", "time"}
PURE = (
    *("parse/", "texts/", "summarise/", "inspect.py", "envelope.py", "address.py", "mailbox.py"),
    *(
        "receive/policy.py",
        "receive/ses.py",
        "receive/imap_headers.py",
        "receive/imap_responses.py",
        "state/positions.py",
    ),
    *("spool/digest.py", "spool/envelope_text.py", "state/ledger.py", "state/transitions.py", "state/users.py"),
    *(f"deliver/{name}.py" for name in ("clean", "courier", "filename", "links", "render", "retry", "rich", "rows")),
    "deliver/turns.py",
)
IMPURE_ALL_THE_SAME = {"summarise/openai.py"}  # the adapter in its port's folder

#: Who imports them all: what is kept, and whom we speak to.
ADAPTERS = {
    "storage.py": {"spool.disk", "spool.s3", "state.sqlite", "state.dynamodb"},
    "wiring.py": {"deliver.telegram_courier", "storage", "summarise.openai"},
}

#: Whoever takes an error it does not know and goes on has a reason beside it: a loop that must outlive what it runs, a
#: door's outermost frame, or an exception handed to the caller it belongs to. Undoing and raising again is no such case.
BROAD_EXCEPTS = {
    "consumer.py": 1,
    "worker.py": 2,
    "bot/bot.py": 1,
    "bot/polling.py": 1,
    "receive/connection.py": 1,
    "receive/imap.py": 1,
    "receive/imap_thread.py": 1,
    "group_commit.py": 1,
    "spool/accept.py": 1,
    "state/sqlite_threads.py": 2,
}


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text())


@cache
def imported(file: str) -> frozenset[str]:
    """Return the modules a file imports, wherever in it; `from sevenbot.parse import part` is sevenbot.parse.part."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {_module(node.module, alias.name) for alias in node.names}
    return frozenset(found)


def _module(package: str, name: str) -> str:
    folder = PACKAGE.parent / package.replace(".", "/")
    is_module = (folder / f"{name}.py").exists() or (folder / name).is_dir()
    return f"{package}.{name}" if is_module else package


def ours(file: str) -> set[str]:
    return {name.removeprefix("sevenbot.") for name in imported(file) if name.startswith("sevenbot.")}


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_lies_further_in(part: str) -> None:
    allowed = MAY_IMPORT[part] | {"errors", "envelope", "flat", "unseen", part.removesuffix(".py")}
    outside = {
        f"{file} imports {name}"
        for file in FILES
        if file == part or file.startswith(f"{part}/")
        for name in ours(file)
        if not any(name == inner or name.startswith(f"{inner}.") for inner in allowed)
    }

    assert outside == set()


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(PURE) and file not in IMPURE_ALL_THE_SAME])
def test_a_pure_file_reaches_for_nothing(file: str) -> None:
    assert {name.partition(".")[0] for name in imported(file)} & IMPURE == set()


@pytest.mark.parametrize("where", ADAPTERS)
def test_only_wiring_imports_every_adapter(where: str) -> None:
    assert [file for file in FILES if ours(file) >= ADAPTERS[where]] == [where]


def test_a_port_is_used_without_knowing_its_adapter() -> None:
    knowing = {file for file in FILES if ours(file) & {"spool.disk", "spool.s3", "state.sqlite", "summarise.openai"}}

    assert knowing == {
        "wiring.py",
        "storage.py",
        "doctor/aws.py",
        "doctor/storage.py",
        "state/dynamodb.py",
    }  # the last: a ledger beside


def test_only_doors_read_the_environment() -> None:
    readers = {
        file
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }

    assert readers == {"cli/options.py", "functions/invocation.py"}


def test_every_broad_except_is_counted() -> None:
    found = Counter(
        file
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and ast.unparse(node.body[-1]) != "raise"
    )

    assert found == BROAD_EXCEPTS
