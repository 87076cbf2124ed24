"""Inserting rows in plain SQL, with one short statement whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

# psycopg takes a statement with this many places from its cache and reads a longer one again each time, which for some
# thousand places takes longer than PostgreSQL itself.
_PLACES_AT_ONCE = 50
# SQLite allows 32,766.
_PLACES_AT_MOST = 30_000


@dataclass(frozen=True)
class Table:
    """A table and those of its columns that are written, each with its type on PostgreSQL.

    Where a row is there already, the new one replaces it (with `key`, its key), or is dropped (`keeps`), or is refused.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...] = ()
    keeps: bool = False

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def conflict(self) -> str:
        if self.keeps:
            return "ON CONFLICT DO NOTHING"
        if not self.key:
            return ""
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name, _ in self.columns if name not in self.key)
        return f"ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET {sets}"

    @property
    def into(self) -> str:
        return f'INSERT INTO "{self.name}" (' + ", ".join(f'"{name}"' for name, _ in self.columns) + ")"


def table(name: str, columns: str, *, key: tuple[str, ...] = (), keeps: bool = False) -> Table:
    """`columns` as "case_id bigint, key text"."""
    pairs = tuple((column.split()[0], column.split()[1]) for column in columns.split(","))
    return Table(name, pairs, key, keeps)


def insert(cursor: Any, into: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows in the transaction of the caller."""
    width = len(into.columns)
    if len(rows) * width > _PLACES_AT_ONCE and connection.vendor == "postgresql":
        cursor.execute(_unnested(into), [list(column) for column in zip(*rows, strict=True)])
        return
    at_once = _PLACES_AT_MOST // width
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        cursor.execute(_listed(into, len(some)), [value for row in some for value in row])


@lru_cache(maxsize=256)
def places(columns: int, rows: int = 1) -> str:
    """`(%s, %s), (%s, %s)`: places for the values of some rows."""
    return ", ".join(["(" + ", ".join(["%s"] * columns) + ")"] * rows)


@lru_cache(maxsize=256)
def _listed(into: Table, rows: int) -> str:
    return f"{into.into} VALUES {places(len(into.columns), rows)} {into.conflict}"


@lru_cache(maxsize=32)
def _unnested(into: Table) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for _, kind in into.columns)
    return f"{into.into} SELECT * FROM unnest({arrays}) {into.conflict}"  # noqa: S608
