"""Claiming rows that are ready, so that many processes can share the work and none loses any.

A row has an instant `ready` (null: nothing to do) and a number `attempt`. Whoever claims it moves `ready` to the end of
a lease and raises `attempt` by one:

1. While the lease runs, nobody else sees the row as ready.
2. When the work is done, `ready` is set to what comes next, by whoever still holds the attempt (the fencing token).
3. When the process dies, the lease runs out and the row is ready again, for anybody. Nothing has to be cleaned up.
4. When the work fails, `ready` is pushed ahead, further each time, so that one bad row cannot hold up the others.

Used for cases (`wake_at`), the outbox and notices (`ready_at`), on both databases: PostgreSQL skips rows that somebody
is just claiming; SQLite has one writer at a time anyway. docs/adr/0004-leases.md says why it is not a library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from muster.cases.sql import from_db, to_db, writing
from muster.journal.sql import places

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Queue:
    """A table with ready rows. `when` narrows it down, in SQL."""

    table: str
    ready: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is ours until the lease ends. `ready_at` is since when it was ready."""

    row_id: int
    attempt: int
    ready_at: datetime


def claim(queue: Queue, now: datetime, *, limit: int, lease: timedelta) -> list[Claim]:
    """Take up to `limit` rows that are ready at `now`, those that have waited longest first."""
    skip_locked = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    when = f" AND {queue.when}" if queue.when else ""
    with writing() as cursor:
        cursor.execute(
            f'SELECT "id", "attempt", "{queue.ready}" FROM "{queue.table}" WHERE "{queue.ready}" <= %s{when} '  # noqa: S608
            f'ORDER BY "{queue.ready}" LIMIT %s{skip_locked}',
            [to_db(now), limit],
        )
        rows = cursor.fetchall()
        if rows:
            cursor.execute(
                f'UPDATE "{queue.table}" SET "{queue.ready}" = %s, "attempt" = "attempt" + 1 '  # noqa: S608
                f'WHERE "id" IN {places(len(rows))}',
                [to_db(now + lease), *(row[0] for row in rows)],
            )
    return [Claim(row_id, attempt + 1, from_db(ready) or now) for row_id, attempt, ready in rows]


def is_ready(queue: Queue, now: datetime) -> bool:
    """Whether anything is ready, without taking it: a look into an index, and no transaction that writes."""
    when = f" AND {queue.when}" if queue.when else ""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{queue.table}" WHERE "{queue.ready}" <= %s{when} LIMIT 1', [to_db(now)])  # noqa: S608
        return cursor.fetchone() is not None


def next_ready(queue: Queue) -> datetime | None:
    """The earliest instant at which a row will be ready, leases included."""
    when = f" WHERE {queue.when}" if queue.when else ""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT min("{queue.ready}") FROM "{queue.table}"{when}')  # noqa: S608
        return from_db(cursor.fetchone()[0])


def postpone(queue: Queue, claimed: Claim, now: datetime, error: str) -> bool:
    """Push a row ahead whose work failed, and keep what went wrong. False where the claim is no longer ours."""
    return _settle(queue, claimed, now + pause(claimed.attempt), error)


def settle(cursor: Any, queue: Queue, claims: Sequence[Claim], values: dict[str, Any]) -> int:
    """Nothing more is to be done for these rows: set `values` and take them off the queue; how many were still ours."""
    if not claims:
        return 0
    sets = "".join(f', "{column}" = %s' for column in values)
    settled = 0
    for attempt in {each.attempt for each in claims}:
        ids = [each.row_id for each in claims if each.attempt == attempt]
        cursor.execute(
            f'UPDATE "{queue.table}" SET "{queue.ready}" = NULL, "last_error" = \'\'{sets} '  # noqa: S608
            f'WHERE "attempt" = %s AND "id" IN {places(len(ids))}',
            [*values.values(), attempt, *ids],
        )
        settled += cursor.rowcount
    return settled


def pause(attempt: int) -> timedelta:
    """How long to leave a row alone that has failed so many times: 5 s, doubled each time, at most a quarter of an hour."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 20))


def _settle(queue: Queue, claimed: Claim, ready_at: datetime, error: str) -> bool:
    with writing() as cursor:
        cursor.execute(
            f'UPDATE "{queue.table}" SET "{queue.ready}" = %s, "last_error" = %s WHERE "id" = %s AND "attempt" = %s',  # noqa: S608
            [to_db(ready_at), error, claimed.row_id, claimed.attempt],
        )
        return bool(cursor.rowcount == 1)
