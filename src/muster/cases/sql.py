"""What plain SQL needs and the ORM would have done: instants, one writer at a time on SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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
    """An instant as a parameter. SQLite keeps text in UTC, exactly as the ORM writes it (and a third as slowly)."""
    if at is None or connection.vendor != "sqlite":
        return at
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).replace(tzinfo=None).isoformat(" ")


def from_db(value: Any) -> datetime | None:
    """An instant from a row read in plain SQL. Of SQLite it is without a zone, and text where it was computed."""
    if value is None:
        return None
    found: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)
