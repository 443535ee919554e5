"""The schema's steps: all or nothing, never back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from sevenbot.errors import ConfigError
from sevenbot.state import migrations
from sevenbot.state.migrations import MIGRATIONS, migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def test_a_new_database_gets_both_tables(connection: sqlite3.Connection) -> None:
    migrate(connection)

    assert version(connection) == len(MIGRATIONS)
    assert {"telegram-users", "email-processing-state"} <= names(connection)


def test_migrating_again_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection)
    before = names(connection)

    migrate(connection)

    assert names(connection) == before


def test_a_step_that_fails_undoes_all_and_is_taken_again(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (("CREATE TABLE a (x)",), ("CREATE TABLE b (x)", "NONSENSE")))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection)
    assert (version(connection), names(connection), connection.in_transaction) == (0, set(), False)

    monkeypatch.setattr(migrations, "MIGRATIONS", (("CREATE TABLE a (x)",), ("CREATE TABLE b (x)",)))
    migrate(connection)

    assert (version(connection), names(connection)) == (2, {"a", "b"})


def test_only_the_missing_steps_are_taken(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (("CREATE TABLE a (x)",),))
    migrate(connection)
    monkeypatch.setattr(migrations, "MIGRATIONS", (("CREATE TABLE a (x)",), ("CREATE TABLE b (x)",)))

    migrate(connection)

    assert names(connection) == {"a", "b"}


def test_a_newer_database_is_refused_untouched(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA user_version = 99")

    with pytest.raises(ConfigError, match="SEVENBOT_STATE: the database has schema 99"):
        migrate(connection)

    assert names(connection) == set()
