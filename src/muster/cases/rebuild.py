"""Making every read model again from the journals.

What cannot be made again is who a case is and where its journal ends; that is kept, and what a journal says is believed
only where its chain verifies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from muster import engine
from muster.cases import editions, state, writing
from muster.cases.models import CaseRecord
from muster.cases.sql import to_db
from muster.cases.sql import writing as transaction_that_writes
from muster.engine.state import NEW, Case
from muster.journal import store, verify
from muster.journal.sql import insert
from muster.journal.verify import Chain, Fault

_SETS = ", ".join(f'"{column}" = %s' for column in ("opened_at", "updated_at", *writing.DERIVED))


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases were rebuilt, and the first fault of each that was left as it is because its journal is not sound."""

    cases: int
    faults: list[Fault]


def chains(case_ids: Iterable[int] | None = None) -> Iterator[Chain]:
    """What the register says of every journal, or of those of the named cases."""
    records = CaseRecord.objects.order_by("pk")
    if case_ids is not None:
        records = records.filter(pk__in=list(case_ids))
    fields = ("pk", "number", "plan", "edition_id", "version", "head_hash")
    for row in records.values_list(*fields).iterator(chunk_size=1000):
        yield Chain(*row)


def faults(case_ids: Iterable[int] | None = None) -> Iterator[Fault]:
    """The first bad entry of every journal that has one; of all journals, those whose case is gone as well."""
    for chain in chains(case_ids):
        fault = verify.first_fault(chain)
        if fault is not None:
            yield fault
    if case_ids is None:
        yield from verify.orphans()


def rebuild(case_ids: Iterable[int] | None = None) -> Rebuilt:
    """Make the read models of all cases again, or of the named ones; each case in a transaction of its own.

    May run while the installation is in use: a case that somebody acts on meanwhile is simply up to date already.
    """
    bad: list[Fault] = []
    count = 0
    for chain in list(chains(case_ids)):
        fault = verify.first_fault(chain)
        if fault is not None:
            bad.append(fault)
            continue
        _rebuild(chain)
        count += 1
    state.forget_all()
    return Rebuilt(count, bad)


def _rebuild(chain: Chain) -> None:
    program = editions.program(chain.edition)
    case: Case = NEW
    before = NEW
    snapshot: Case | None = None
    opened_at = updated_at = None
    for entry in store.entries(chain.case_id, before=chain.version + 1):
        if entry.first == entry.seq:  # the last command is complete: where it made a snapshot, so do we
            snapshot = case if state.wants_snapshot(before, case) else snapshot
            before = case
        case = engine.evolve(case, store.event(entry))
        if opened_at is None:
            opened_at = case.last_at
        updated_at = datetime.fromisoformat(entry.recorded_at)
    snapshot = case if state.wants_snapshot(before, case) else snapshot
    with transaction_that_writes() as cursor:
        cursor.execute(
            f'UPDATE "cases_case" SET {_SETS} WHERE "id" = %s AND "version" = %s',  # noqa: S608
            [to_db(opened_at), to_db(updated_at), *writing.case_columns(program, case), chain.case_id, chain.version],
        )
        if cursor.rowcount != 1:
            return
        for table in ("cases_task_actor", "cases_task", "cases_snapshot"):
            cursor.execute(f'DELETE FROM "{table}" WHERE "case_id" = %s', [chain.case_id])  # noqa: S608
        tasks = list(case.tasks.values())
        insert(cursor, writing.TASKS, [writing.task_row(chain.case_id, program, each) for each in tasks])
        actors = [(actor, chain.case_id, each.key) for each in tasks for actor in each.who]
        insert(cursor, writing.ACTORS, actors)
        if snapshot is not None:
            insert(cursor, writing.SNAPSHOTS, [writing.snapshot_row(chain.case_id, snapshot)])
