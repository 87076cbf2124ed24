"""A hundred thousand open cases within a minute or so: one is opened as people open it, the others are copies of it.

A copy is complete: its own number, its own row, tasks and actors, and a journal of its own whose chain holds, since each
copied entry is sealed anew under the copy's id. Left out are its notices, as if they had long been delivered and cleared
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from muster.cases.execute import execute
from muster.cases.models import CaseRecord, CaseTask, TaskActor
from muster.cases.sql import writing
from muster.engine.commands import OpenIncident
from muster.journal import chain, store
from muster.journal.models import Entry
from muster.testing.builders import done

AT_ONCE = 5_000
"""Cases copied in one transaction."""
REPORTED_WITHIN = timedelta(hours=1)
"""From the occurrence to the instant at which the report by telephone is due, by the Luohe plan."""

_OWN = {
    "cases_case": {"id": "c.id", "number": "c.number", "open_key": "NULL", "head_hash": "c.head"},
    "cases_task": {"case_id": "c.id"},
    "cases_task_actor": {"case_id": "c.id"},
    "journal_entry": {"case_id": "h.case_id", "key": "NULL", "prev_hash": "h.prev_hash", "hash": "h.hash"},
}
"""What of a row is the copy's own; the rest is the original's."""


def open_one(occurred: datetime, now: datetime) -> int:
    """Report an incident of the Luohe plan; the id of its case."""
    opening = OpenIncident(
        by="county-government",
        title="投资公司办公场所关门",
        place="源汇区",
        occurred=occurred,
        types=("illegal-finance",),
        facts={"trigger": "illegal_activity", "origin": "county"},
    )
    return done(execute(None, opening, now=now, plan="luohe-finance")).case_id


def copy(case_id: int, ids: range) -> None:
    """Make copies of an open case under these ids."""
    original = CaseRecord.objects.get(pk=case_id)
    entries = list(store.entries(case_id))
    for start in range(0, len(ids), AT_ONCE):
        copies: list[tuple[Any, ...]] = []
        hashes: list[tuple[Any, ...]] = []
        for each in ids[start : start + AT_ONCE]:
            number = f"{original.number}-{each}"
            head = chain.root(each, number, original.plan, original.edition_id)
            for entry in entries:
                sealed = chain.seal(entry._replace(case_id=each, key=None, prev_hash=head))
                hashes.append((each, entry.seq, head, sealed))
                head = sealed
            copies.append((each, number, head))
        with writing() as cursor:
            _load(cursor, "copies", "id bigint, number text, head text", copies)
            _load(cursor, "hashes", "case_id bigint, seq int, prev_hash text, hash text", hashes)
            for model, id_column in ((CaseRecord, "id"), (CaseTask, "case_id"), (TaskActor, "case_id")):
                _multiply(cursor, model, f'copies c WHERE o."{id_column}" = %s', case_id)
            _multiply(cursor, Entry, "hashes h WHERE o.seq = h.seq AND o.case_id = %s", case_id)
            cursor.execute("DROP TABLE copies")
            cursor.execute("DROP TABLE hashes")


def _load(cursor: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows into a temporary table, by the fastest way that the database has."""
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as loading:
            for row in rows:
                loading.write_row(row)
    else:
        places = ", ".join(["%s"] * (columns.count(",") + 1))
        cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _multiply(cursor: Any, model: type[models.Model], source: str, case_id: int) -> None:
    """Insert the original's rows of a table once for each copy."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_concrete_fields if field.column]
    own = _OWN[table]
    values = [own.get(column, f'o."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" o, {source}', [case_id])
