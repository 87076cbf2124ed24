"""What plain SQL needs and the ORM would have done: instants, lists of places, one writer at a time on SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

# SQLite lets one connection write at a time; those that wait poll, and under load some wait for seconds. Threads of one
# process queue up here instead, in order. Other processes, and Django's own writes (sessions), still wait by polling.
_one_writer = threading.RLock()


@contextmanager
def writing() -> Iterator[Any]:
    """One transaction that writes, with a cursor in it. Everything in it is committed at its end, or nothing."""
    if connection.vendor == "sqlite":
        with _one_writer, transaction.atomic(), connection.cursor() as cursor:
            yield cursor
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            yield cursor


def clock() -> datetime:
    """The present instant as the database sees it, which on PostgreSQL is one clock for all machines."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now: datetime = cursor.fetchone()[0]
            return now.astimezone(UTC)
    return datetime.now(UTC)


def to_db(at: datetime | None) -> Any:
    """An instant as a parameter. SQLite keeps text in UTC, exactly as the ORM writes it."""
    return connection.ops.adapt_datetimefield_value(at) if at is not None else None


def from_db(value: Any) -> datetime | None:
    """An instant from a row read in plain SQL."""
    if value is None:
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    found: datetime = value
    return found.astimezone(UTC)


@lru_cache(maxsize=256)
def places(columns: int, rows: int = 1) -> str:
    """`(%s, %s), (%s, %s)`: places for the values of some rows."""
    return ", ".join(["(" + ", ".join(["%s"] * columns) + ")"] * rows)


@lru_cache(maxsize=256)
def insert(table: str, columns: tuple[str, ...], rows: int, on_conflict: str = "") -> str:
    """An INSERT of so many rows. Names come from this package, never from outside."""
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES {places(len(columns), rows)} {on_conflict}'  # noqa: S608


def upsert(key: Sequence[str], columns: Sequence[str]) -> str:
    """The ON CONFLICT part that makes an INSERT replace the row with the same key."""
    sets = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"


def in_rows(cursor: Any, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]], on_conflict: str = "") -> None:
    """Insert rows, as few statements as the number of parameters allows."""
    at_once = max(1, 30000 // len(columns))
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        cursor.execute(insert(table, columns, len(some), on_conflict), [value for row in some for value in row])
