"""The one way in: every change of a case is one command that goes through `execute`.

In one transaction: read the case, let the engine decide, append the events to the journal, bring the read models up to
date, put what is to be told into the outbox, set the instant at which the case wakes. All of it is committed, or nothing.

Two who act on one case at once are told apart by its version: the second one's UPDATE finds no row, and it starts again
from what the first has made of the case, this time holding the case's row, so that it cannot be overtaken once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from msgspec import json
from msgspec.structs import replace

from muster import engine
from muster.cases import editions, state, waking, writing
from muster.cases.refusals import refuse
from muster.cases.sql import to_db
from muster.cases.sql import writing as transaction_that_writes
from muster.cases.state import Head
from muster.cases.writing import Change, Conflict
from muster.engine import Program, Refusal
from muster.engine.commands import Absorb, AnyCommand, MergeInto
from muster.engine.events import AnyEvent
from muster.engine.state import NEW, Case
from muster.journal import chain, store
from muster.people import reads as people
from muster.people.models import Person

RETRIES = 5


@dataclass(frozen=True, slots=True)
class Done:
    """Committed. `version` is the case's after it; `events` are what the command made happen.

    `repeated` says that a command with this key had been executed before: nothing new happened, these are its events.
    """

    case_id: int
    version: int
    events: tuple[AnyEvent, ...] = field(repr=False)
    number: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    case_id: int
    number: str
    plan: str
    edition: str
    version: int
    head: str
    is_drill: bool
    is_repeated: bool


def execute(
    case_id: int | None,
    command: AnyCommand,
    *,
    now: datetime,
    person: Person | None = None,
    plan: str = "",
    edition: str = "",
) -> Done | Refusal:
    """Execute one command on a case, or on none to open a new one under the edition of `plan` that is in force.

    `edition` names another adopted edition by its digest (a drill of a draft). `person` is who asks: they must hold the
    actor that `command.by` names. Without a person no such right is checked; that is for the machine's own owner (CLI),
    the timekeeper and benchmarks. A command with a `key` is executed once: repeated, it gives its first result.
    """
    command, refused = _checked(command)
    if refused is not None:
        return refused
    for attempt in range(RETRIES):
        try:
            if case_id is None:
                return _open(command, now, person, plan, edition)
            return _act(case_id, command, now, person, hold=attempt > 0)
        except Conflict:
            continue
    return refuse("case.busy")


def merge(
    case_id: int, other_id: int, *, by: str, reason: str, now: datetime, person: Person | None = None, key: str = ""
) -> Done | Refusal:
    """Merge a case into another of the same occurrence: it ends there, and the other takes over what it knew.

    Both happen in one transaction. The result is that of the case that goes on.
    """
    if case_id == other_id:
        return refuse("merge.same")
    for _ in range(RETRIES):
        try:
            return _merge(case_id, other_id, by, reason, now, person, key)
        except Conflict:
            continue
    return refuse("case.busy")


class _Refused(Exception):
    """Leaves the transaction, so that nothing of it stays, and carries the refusal out."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal


def _checked(command: AnyCommand) -> tuple[AnyCommand, Refusal | None]:
    # PostgreSQL cannot store a null character in text; SQLite would, and the two must not differ.
    if b"\\u0000" in json.encode(command):
        return command, refuse("case.text")
    return command, None


def _act(case_id: int, command: AnyCommand, now: datetime, person: Person | None, hold: bool) -> Done | Refusal:
    try:
        with transaction_that_writes() as cursor:
            row = _read(cursor, case_id, hold, command.key)
            if row is None:
                return refuse("case.unknown", case=str(case_id))
            if row.is_repeated:
                return _repeated(row, command)
            change = _decided(row, command, now, person)
            head = writing.write(cursor, [change], now)[0]
    except _Refused as refused:
        return refused.refusal
    except IntegrityError as error:
        raise _conflict_or(error) from error
    _committed(change, head)
    return Done(case_id, change.after.version, change.events, row.number)


def _open(command: AnyCommand, now: datetime, person: Person | None, plan: str, edition: str) -> Done | Refusal:
    if command.key and (before := _opened_before(command.key)) is not None:
        return before
    found = editions.of_digest(edition) if edition else editions.in_force(plan)
    if found is None:
        return refuse("plan.unknown", plan=plan or edition, known=editions.plans_in_force())
    program = found
    command, not_allowed = _as_held(command, program, person, now)
    if not_allowed is not None:
        return not_allowed
    decided = engine.decide(program, NEW, command, now)
    if isinstance(decided, Refusal):
        return decided
    after = engine.replay(decided)
    try:
        with transaction_that_writes() as cursor:
            case_id, number = _register(cursor, program, after, command.key, decided[0].at)
            root = chain.root(case_id, number, program.edition.id, program.edition.digest)
            change = Change(case_id, program, NEW, after, root, decided, command.key)
            head = writing.write(cursor, [change], now)[0]
    except IntegrityError as error:
        raise _conflict_or(error) from error
    _committed(change, head)
    return Done(case_id, after.version, decided, number)


def _merge(
    case_id: int, other_id: int, by: str, reason: str, now: datetime, person: Person | None, key: str
) -> Done | Refusal:
    try:
        with transaction_that_writes() as cursor:
            # Always in the order of their ids, so that two merges cannot wait for each other.
            rows = {each: _read(cursor, each, hold=True, key=key) for each in sorted((case_id, other_id))}
            ending, going_on = rows[case_id], rows[other_id]
            if ending is None or going_on is None:
                return refuse("case.unknown", case=str(case_id if ending is None else other_id))
            if ending.plan != going_on.plan:
                return refuse("merge.other-plan")
            absorb = Absorb(by=by, key=key, other=ending.number)
            if going_on.is_repeated:
                return _repeated(going_on, absorb)
            ended = _decided(ending, MergeInto(by=by, into=going_on.number, reason=reason), now, person)
            known = ended.before
            absorbed = _decided(
                going_on,
                replace(absorb, title=known.title, summary=known.summary, facts=dict(known.facts)),
                now,
                person,
            )
            changes = sorted((ended, absorbed), key=lambda change: change.case_id)
            heads = writing.write(cursor, changes, now)
    except _Refused as refused:
        return refused.refusal
    except IntegrityError as error:
        raise _conflict_or(error) from error
    for change, head in zip(changes, heads, strict=True):
        _committed(change, head)
    return Done(other_id, absorbed.after.version, absorbed.events, going_on.number)


# Whether there was a command with this key is asked along with the case: on PostgreSQL each question is a round trip.
_READ = (
    'SELECT "id", "number", "plan", "edition_id", "version", "head_hash", "is_drill", '
    'EXISTS (SELECT 1 FROM "journal_entry" WHERE "case_id" = %s AND "key" = %s) FROM "cases_case" WHERE "id" = %s'
)


def _read(cursor: Any, case_id: int, hold: bool, key: str) -> _Row | None:
    """The case's row; held until the end of the transaction where asked for (on SQLite there is no other writer)."""
    if hold and connection.vendor == "postgresql":
        # By itself: a statement that waits for a lock sees the row as it is then, but everything else as it was before.
        cursor.execute('SELECT 1 FROM "cases_case" WHERE "id" = %s FOR UPDATE', [case_id])
    cursor.execute(_READ, [case_id, key or None, case_id])
    found = cursor.fetchone()
    return _Row(*found) if found is not None else None


def _decided(row: _Row, command: AnyCommand, now: datetime, person: Person | None) -> Change:
    program = editions.program(row.edition)
    command, not_allowed = _as_held(command, program, person, now)
    if not_allowed is not None:
        raise _Refused(not_allowed)
    case = state.load(Head(row.case_id, row.version, row.head))
    if case.version != row.version:
        raise Conflict
    decided = engine.decide(program, case, command, now)
    if isinstance(decided, Refusal):
        raise _Refused(decided)
    return Change(row.case_id, program, case, engine.replay(decided, case), row.head, decided, command.key)


def _as_held(
    command: AnyCommand, program: Program, person: Person | None, now: datetime
) -> tuple[AnyCommand, Refusal | None]:
    """The command in the name of its person, and a refusal where they do not hold what it is said in the name of."""
    if person is None:
        return command, None
    held = people.actors_of(person, program.edition.id, now)
    if not held:
        return command, refuse("person.holds-nothing")
    if command.by not in held:
        names = program.edition.actors
        held_names = [names[actor].name if actor in names else actor for actor in held]
        asked = names[command.by].name if command.by in names else command.by
        return command, refuse("person.not-holder", by=asked, held=held_names)
    return replace(command, person=person.ref), None


def _register(cursor: Any, program: Program, case: Case, key: str, opened_at: datetime) -> tuple[int, str]:
    """Give a new case its number and its row, still without a journal."""
    prefix = ("演" if case.is_drill else "") + opened_at.astimezone(program.zone).strftime("%Y-%m%d")
    cursor.execute(
        'INSERT INTO "cases_numbering" ("prefix", "last") VALUES (%s, 1) '
        'ON CONFLICT ("prefix") DO UPDATE SET "last" = "cases_numbering"."last" + 1 RETURNING "last"',
        [prefix],
    )
    number = f"{prefix}-{cursor.fetchone()[0]:02}"
    derived = writing.case_columns(program, case)
    columns = (
        "number",
        "plan",
        "edition_id",
        "open_key",
        "version",
        "head_hash",
        "opened_at",
        "attempt",
        "last_error",
        *writing.DERIVED,
    )
    values = [number, program.edition.id, program.edition.digest, key or None, 0, "", to_db(opened_at), 0, "", *derived]
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f'INSERT INTO "cases_case" ({names}) VALUES ({", ".join(["%s"] * len(values))}) RETURNING "id"',  # noqa: S608
        values,
    )
    return cursor.fetchone()[0], number


def _repeated(row: _Row, command: AnyCommand) -> Done:
    entries = store.of_command(row.case_id, command.key)
    return Done(row.case_id, entries[-1].seq, tuple(map(store.event, entries)), row.number, repeated=True)


def _opened_before(key: str) -> Done | None:
    from muster.cases.models import CaseRecord

    record = CaseRecord.objects.filter(open_key=key).only("id", "number").first()
    if record is None:
        return None
    entries = store.of_command(record.pk, key)
    return Done(record.pk, entries[-1].seq, tuple(map(store.event, entries)), record.number, repeated=True)


def _conflict_or(error: IntegrityError) -> Exception:
    """A number or a key that somebody took at the same instant is a conflict; anything else is a bug."""
    said = str(error)
    taken = ("journal_entry", "journal_command_once", "open_key", "cases_case_number", "cases_case.number")
    return Conflict() if any(name in said for name in taken) else error


def _committed(change: Change, head: str) -> None:
    """What others in this process should know, once the transaction is really over."""

    def tell() -> None:
        state.remember(change.case_id, head, change.after)
        waking.poke()

    transaction.on_commit(tell)
