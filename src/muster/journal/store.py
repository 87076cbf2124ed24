"""Appending to journals, and reading them, in plain SQL through Django's connection.

This is the only module that writes journal_entry, and it only inserts. Appending goes around the ORM because that
reaches a tenth of the bare driver here (docs/adr/0003-append-path-in-plain-sql.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from muster.engine.events import AnyEvent
from muster.journal import lifting
from muster.journal.chain import Entry
from muster.journal.sql import insert, table

ENTRIES = table(
    "journal_entry",
    "case_id bigint, seq int, first int, key text, name text, version smallint, at text, recorded_at text, by text, "
    "person text, data text, prev_hash text, hash text",
)
COLUMNS = ", ".join(f'"{name}"' for name, _ in ENTRIES.columns)

_CHUNK = 2000


def append(cursor: Any, entries: Sequence[Entry]) -> None:
    """Add entries, inside the transaction of the caller. Raises IntegrityError where a number is already taken."""
    insert(cursor, ENTRIES, entries)


def entries(case_id: int, *, after: int = 0, before: int | None = None) -> Iterator[Entry]:
    """The entries of a case in order, those numbered over `after` and under `before`, a few thousand at a time."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {COLUMNS} FROM "journal_entry" WHERE "case_id" = %s AND "seq" > %s'  # noqa: S608
                + (' AND "seq" < %s' if before is not None else "")
                + f' ORDER BY "seq" LIMIT {_CHUNK}',
                [case_id, after] if before is None else [case_id, after, before],
            )
            rows = cursor.fetchall()
        for row in rows:
            yield Entry(*row)
        if len(rows) < _CHUNK:
            return
        after = rows[-1][1]


def latest(case_id: int, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """One page of a journal, newest first: the last `limit` entries, or those numbered under `before`.

    Costs the same however long the journal is.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {COLUMNS} FROM "journal_entry" WHERE "case_id" = %s'  # noqa: S608
            + (' AND "seq" < %s' if before is not None else "")
            + ' ORDER BY "seq" DESC LIMIT %s',
            [case_id, limit] if before is None else [case_id, before, limit],
        )
        return [Entry(*row) for row in cursor.fetchall()]


def event(entry: Entry) -> AnyEvent:
    """What an entry says, lifted to the present version of its event."""
    return lifting.read(entry.name, entry.version, entry.data)


def events(case_id: int, *, after: int = 0) -> Iterator[AnyEvent]:
    """What happened in a case, in order, lifted to the present versions."""
    for entry in entries(case_id, after=after):
        yield event(entry)


def of_command(case_id: int, key: str) -> list[Entry]:
    """The entries that the command with this key made in a case; none if it has not been executed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {COLUMNS} FROM "journal_entry" WHERE "case_id" = %s AND "first" = '  # noqa: S608
            '(SELECT "seq" FROM "journal_entry" WHERE "case_id" = %s AND "key" = %s) AND "seq" >= "first" ORDER BY "seq"',
            [case_id, case_id, key],
        )
        return [Entry(*row) for row in cursor.fetchall()]


def unregistered(limit: int = 100) -> list[int]:
    """Cases of which the journal has entries although no case has that id: somebody removed the case's row."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT DISTINCT "case_id" FROM "journal_entry" WHERE "case_id" NOT IN (SELECT "id" FROM "cases_case") '
            'ORDER BY "case_id" LIMIT %s',
            [limit],
        )
        return [row[0] for row in cursor.fetchall()]
