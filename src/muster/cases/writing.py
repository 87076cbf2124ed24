"""The SQL behind `execute`: one committed change of a case, or of many at once.

Per transaction, whatever the number of events: one UPDATE of the case that also proves that nobody was first, one INSERT
of its journal entries, one upsert of the tasks that changed, one INSERT of what is to be told. Nothing else in Muster
writes these tables, but for the claims of the timekeeper and the deliverer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from muster import engine
from muster.cases import state
from muster.cases.sql import to_db
from muster.engine import Program
from muster.engine.events import AnyEvent
from muster.engine.state import Case, TaskState, encode_case
from muster.journal import chain, store
from muster.journal.sql import insert, table


class Conflict(Exception):
    """Somebody else changed the case since it was read. Nothing is written; reading it again and retrying helps."""


@dataclass(frozen=True, slots=True)
class Change:
    """Events decided for a case that was read as `before`; `head` is the hash of its last entry then."""

    case_id: int
    program: Program
    before: Case
    after: Case
    head: str
    events: tuple[AnyEvent, ...]
    key: str = ""


CASES = table(
    "cases_case",
    "kind text, title text, place text, stage text, ended text, is_over bool, is_drill bool, level text, proposed text, "
    "colour text, types text, occurred_at timestamptz, next_due_at timestamptz, tasks_live int, tasks_overdue int, "
    "wake_at timestamptz",
)
DERIVED = tuple(name for name, _ in CASES.columns)
_SETS = ", ".join(f'"{name}" = %s' for name in DERIVED)
_UPDATE_ONE = (
    'UPDATE "cases_case" SET "version" = %s, "head_hash" = %s, "updated_at" = COALESCE(%s, "updated_at"), '  # noqa: S608
    f'"attempt" = 0, "last_error" = \'\', {_SETS} WHERE "id" = %s AND "version" = %s'
)
# The same for many at once. PostgreSQL reads and plans a statement anew each time; SQLite keeps it prepared.
_TYPES = ("int", "text", "timestamptz", *(kind for _, kind in CASES.columns), "bigint", "int")
_UPDATE_MANY = (
    'UPDATE "cases_case" AS c SET "version" = v."version", "head_hash" = v."head_hash", '  # noqa: S608
    '"updated_at" = COALESCE(v."updated_at", c."updated_at"), "attempt" = 0, "last_error" = \'\', '
    + ", ".join(f'"{name}" = v."{name}"' for name in DERIVED)
    + f" FROM unnest({', '.join(f'%s::{kind}[]' for kind in _TYPES)}) AS v("
    + ", ".join(f'"{name}"' for name in ("version", "head_hash", "updated_at", *DERIVED, "id", "before"))
    + ') WHERE c."id" = v."id" AND c."version" = v."before"'
)

TASKS = table(
    "cases_task",
    "case_id bigint, key text, task text, kind text, name text, name_en text, who text, step int, status text, "
    "is_live bool, opened_at timestamptz, due_at timestamptz, overdue_at timestamptz, ended_at timestamptz, late int",
    key=("case_id", "key"),
)
ACTORS = table("cases_task_actor", "actor text, case_id bigint, key text", keeps=True)
OUTBOX = table(
    "notices_outbox",
    "case_id bigint, seq int, nth smallint, actor text, kind text, key text, words text, words_en text, urgent bool, "
    "is_drill bool, said_at timestamptz, state text, ready_at timestamptz, attempt int, last_error text",
)
SNAPSHOTS = table("cases_snapshot", "case_id bigint, version int, made_by text, data text", key=("case_id",))


def write(cursor: Any, changes: Sequence[Change], now: datetime) -> list[str]:
    """Write changes of different cases in the caller's transaction; give the new head of each, in order.

    Raises Conflict, after which the caller must roll back.
    """
    recorded = to_db(now)
    updates: list[list[Any]] = []
    entries: list[chain.Entry] = []
    tasks: list[tuple[Any, ...]] = []
    actors: list[tuple[Any, ...]] = []
    exchanged: list[tuple[int, str]] = []
    told: list[tuple[Any, ...]] = []
    snapshots: list[tuple[Any, ...]] = []
    heads: list[str] = []
    for change in changes:
        made = chain.chained(
            change.case_id, change.before.version, change.head, change.events, recorded_at=now, key=change.key
        )
        head = made[-1].hash if made else change.head
        heads.append(head)
        entries += made
        derived = case_columns(change.program, change.after, now)
        # A tick without events only sets the next wake_at; to people, nothing has changed.
        at = recorded if made else None
        updates.append([change.after.version, head, at, *derived, change.case_id, change.before.version])
        for each in _changed_tasks(change.before, change.after):
            tasks.append(task_row(change.case_id, change.program, each))
            known = change.before.tasks.get(each.key)
            if known is None or known.who != each.who:
                actors += [(actor, change.case_id, each.key) for actor in each.who]
                if known is not None:
                    exchanged.append((change.case_id, each.key))
        told += _told(change, recorded)
        if state.wants_snapshot(change.before, change.after):
            snapshots.append(snapshot_row(change.case_id, change.after))

    # The case first: where somebody was faster, this says so before anything else is written.
    if len(updates) == 1:
        cursor.execute(_UPDATE_ONE, updates[0])
    elif connection.vendor == "postgresql":
        cursor.execute(_UPDATE_MANY, [list(column) for column in zip(*updates, strict=True)])
    else:
        cursor.executemany(_UPDATE_ONE, updates)
    if cursor.rowcount != len(updates):
        raise Conflict
    store.append(cursor, entries)
    if tasks:
        insert(cursor, TASKS, tasks)
    for each_exchanged in exchanged:
        cursor.execute('DELETE FROM "cases_task_actor" WHERE "case_id" = %s AND "key" = %s', each_exchanged)
    if actors:
        insert(cursor, ACTORS, actors)
    if told:
        insert(cursor, OUTBOX, told)
    if snapshots:
        insert(cursor, SNAPSHOTS, snapshots)
    return heads


def case_columns(program: Program, case: Case, now: datetime | None = None) -> list[Any]:
    """The values of `DERIVED` for a case; `now`, where known, is when a decision last looked at it."""
    scale = program.main_scale(case)
    standing = case.standings.get(scale)
    confirmed = standing.confirmed if standing else ""
    is_warning = case.kind == "warning"
    live = overdue = 0
    next_due: datetime | None = None
    for each in case.tasks.values():
        if not each.is_live:
            continue
        live += 1
        if each.overdue_at is not None:
            overdue += 1
        elif each.due_at is not None and (next_due is None or each.due_at < next_due):
            next_due = each.due_at
    return [
        case.kind,
        case.title,
        case.place,
        case.stage,
        case.ended,
        case.is_over,
        case.is_drill,
        "" if is_warning else confirmed,
        standing.proposed if standing else "",
        confirmed if is_warning else "",
        " ".join(case.types),
        to_db(case.instants.get("occurred")),
        to_db(next_due),
        live,
        overdue,
        to_db(engine.wake_at(program, case, now)),
    ]


def task_row(case_id: int, program: Program, each: TaskState) -> tuple[Any, ...]:
    """The values of `TASKS` for one instance of a task."""
    planned = program.edition.tasks.get(each.task)
    name, name_en = (planned.name.zh, planned.name.en) if planned is not None and not each.name else (each.name, "")
    return (
        case_id,
        each.key,
        each.task,
        planned.kind.value if planned is not None else "",
        name,
        name_en,
        " ".join(each.who),
        each.step,
        each.status.value,
        each.is_live,
        to_db(each.opened_at),
        to_db(each.due_at),
        to_db(each.overdue_at),
        to_db(each.ended_at),
        each.late,
    )


def snapshot_row(case_id: int, case: Case) -> tuple[Any, ...]:
    return (case_id, case.version, state.made_by(), encode_case(case).decode())


def _changed_tasks(before: Case, after: Case) -> Iterable[TaskState]:
    # What an event does not touch is shared between the two, so that looking at identity is enough.
    if before.tasks is after.tasks:
        return ()
    known = before.tasks
    return [each for key, each in after.tasks.items() if known.get(key) is not each]


def _told(change: Change, recorded: Any) -> Iterable[tuple[Any, ...]]:
    case = change.before
    for event in change.events:
        following = engine.evolve(case, event)
        for nth, notice in enumerate(engine.tell(change.program, case, following, event)):
            yield (
                change.case_id, following.version, nth, notice.to, notice.kind, notice.key, notice.says.zh,
                notice.says.en, notice.urgent, following.is_drill, recorded, "queued", recorded, 0, "",
            )  # fmt: skip
        case = following
