"""
The SQLite schema as a list of steps: append, never edit. `PRAGMA user_version` counts the steps a database has seen.

The two tables carry the names and attributes of `telegram-users` and `email-processing-state` (see users.py and
ledger.py), the third is that of positions.py; moments are ISO 8601 text with microseconds, `settings` is a JSON object,
absent values are NULL.
"""

from __future__ import annotations

import sqlite3

from sevenbot.errors import ConfigError

USERS = '"telegram-users"'
LEDGER = '"email-processing-state"'
POSITIONS = '"imap-positions"'

UNFINISHED = "status IN ('received', 'leased', 'sending', 'retry')"
#: When an unfinished item may be leased; the index below must use these very words for SQLite to see that it fits.
FREE_AT = "coalesce(lease_until, due_at)"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"""
        CREATE TABLE {USERS} (
            chat_id INTEGER PRIMARY KEY,
            email_address TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            last_summary_time TEXT,
            email_count INTEGER NOT NULL,
            username TEXT,
            first_name TEXT,
            status TEXT NOT NULL,
            settings TEXT NOT NULL
        )
        """,
        f'CREATE INDEX "telegram-users-by-age" ON {USERS} (created_at, chat_id)',
        # Rows are listed newest first by rowid, which every index carries; so these serve `find` without sorting.
        f"""
        CREATE TABLE {LEDGER} (
            arrival INTEGER PRIMARY KEY AUTOINCREMENT,
            message_id TEXT NOT NULL UNIQUE,
            chat_id INTEGER NOT NULL,
            email_address TEXT NOT NULL,
            raw_key TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            received_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            due_at TEXT NOT NULL,
            ttl INTEGER NOT NULL,
            opened_at TEXT NOT NULL,
            status TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            interruptions INTEGER NOT NULL,
            lease_until TEXT,
            lease_token TEXT,
            possible_repeat INTEGER NOT NULL,
            summary TEXT,
            telegram_message_id INTEGER,
            error TEXT,
            sender_domain TEXT NOT NULL,
            sender TEXT NOT NULL,
            subaddress TEXT,
            via TEXT NOT NULL,
            client TEXT,
            helo TEXT
        )
        """,
        f'CREATE INDEX "items-unfinished" ON {LEDGER} ({FREE_AT}, message_id) WHERE {UNFINISHED}',
        f"CREATE INDEX \"items-finished\" ON {LEDGER} (ttl) WHERE status IN ('delivered', 'dead', 'discarded')",
        f'CREATE INDEX "items-by-status" ON {LEDGER} (status)',
        f'CREATE INDEX "items-by-chat" ON {LEDGER} (chat_id)',
        f'CREATE INDEX "items-by-raw-key" ON {LEDGER} (raw_key)',
    ),
    (
        f"""
        CREATE TABLE {POSITIONS} (
            mailbox TEXT PRIMARY KEY,
            uid_validity INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            since INTEGER NOT NULL,
            pending TEXT NOT NULL
        )
        """,
    ),
)


def migrate(connection: sqlite3.Connection) -> None:
    """
    Bring the database to the schema of this code, in one transaction: after a crash it is the old one or the new one.

    Raises:
        ConfigError: The database was written by newer code.
        sqlite3.Error: It did not work; nothing was changed.
    """
    if (seen := _version(connection)) > len(MIGRATIONS):
        words = f"the database has schema {seen}, this SevenBot knows schemas up to {len(MIGRATIONS)}"
        raise ConfigError(
            [f"SEVENBOT_STATE: {words}. A newer SevenBot has used it: upgrade this one, or restore a backup."]
        )
    if seen == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        seen = _version(connection)  # anew: another process may have migrated while we waited for the lock
        for statement in (statement for step in MIGRATIONS[seen:] for statement in step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
