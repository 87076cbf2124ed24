"""The database itself refuses to change or remove an entry, whoever asks: a console, a script, a bug.

An owner of the database can take the guard down, as the tests of tampering do. What was altered then is found by
`muster journal verify`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

SAYS = "an entry of the journal is never changed or removed"

_UP = {
    "sqlite": (
        'CREATE TRIGGER IF NOT EXISTS "journal_entry_is_not_changed" BEFORE UPDATE ON "journal_entry" '
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        'CREATE TRIGGER IF NOT EXISTS "journal_entry_is_not_removed" BEFORE DELETE ON "journal_entry" '
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION journal_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        'CREATE OR REPLACE TRIGGER "journal_entry_is_not_changed" BEFORE UPDATE OR DELETE ON "journal_entry" '
        "FOR EACH ROW EXECUTE FUNCTION journal_entry_stays()",
        'CREATE OR REPLACE TRIGGER "journal_entry_is_not_emptied" BEFORE TRUNCATE ON "journal_entry" '
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_stays()",
    ),
}
_DOWN = {
    "sqlite": (
        'DROP TRIGGER IF EXISTS "journal_entry_is_not_changed"',
        'DROP TRIGGER IF EXISTS "journal_entry_is_not_removed"',
    ),
    "postgresql": (
        'DROP TRIGGER IF EXISTS "journal_entry_is_not_changed" ON "journal_entry"',
        'DROP TRIGGER IF EXISTS "journal_entry_is_not_emptied" ON "journal_entry"',
    ),
}
_COUNT = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'journal_entry'::regclass AND NOT tgisinternal "
    "AND tgenabled <> 'D'",
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Have the database refuse UPDATE, DELETE and TRUNCATE of entries. Harmless where it already does."""
    _run(connection, _UP)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Let entries be changed again: for tests, which empty their tables."""
    _run(connection, _DOWN)


def is_up(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT[connection.vendor])
        return bool(cursor.fetchone()[0] == 2)


def _run(connection: BaseDatabaseWrapper, statements: Mapping[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
