"""What a person may see of cases. Every function takes the person who asks and gives only what their posts allow.

Deny by default: whoever holds no actor of a plan sees none of its cases, and a case that may not be seen cannot be told
from one that does not exist. The number of statements is fixed, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from muster.cases import editions, state
from muster.cases.models import CaseRecord, CaseTask, TaskActor
from muster.cases.state import Head
from muster.engine import Program
from muster.engine.events import AnyEvent
from muster.engine.state import NEW, Case
from muster.journal import store
from muster.people import reads as people
from muster.people.models import Person

JOURNAL_PAGE = 50
BOARD_ROWS = 100


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry as a page shows it. `person` is the name of who acted, "" for the engine itself."""

    seq: int
    first: int
    event: AnyEvent
    recorded_at: datetime
    person: str
    hash: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries newest first. `before` asks for the next page with `journal_page`; None where this is the oldest one."""

    entries: Sequence[JournalEntry]
    before: int | None


@dataclass(frozen=True, slots=True)
class Room:
    """Everything an incident room shows. `held` are the actors that this person holds under the case's plan."""

    record: CaseRecord
    case: Case
    program: Program
    held: tuple[str, ...]
    journal: JournalPage

    @property
    def etag(self) -> str:
        """Changes whenever the case does, and with what this person holds."""
        return _etag(self.record.version, self.held)


@dataclass(frozen=True, slots=True)
class Board:
    """Cases for a board, those with overdue tasks first; `hidden` is how many this person's posts do not let them see."""

    rows: Sequence[CaseRecord]
    more: bool
    hidden: int
    held: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MyTasks:
    """Live tasks of what this person holds, the most urgent first; each with its case."""

    rows: Sequence[CaseTask]
    more: bool
    held: Mapping[str, tuple[str, ...]]


def _visible(held: Mapping[str, object]) -> QuerySet[CaseRecord]:
    return CaseRecord.objects.filter(plan__in=list(held), version__gt=0)


def board(
    person: Person,
    now: datetime,
    *,
    over: bool = False,
    drills: bool | None = None,
    kinds: Sequence[str] = (),
    limit: int = BOARD_ROWS,
) -> Board:
    """Cases that run (or, with `over`, that have ended), of all plans of which this person holds something.

    `drills`: only drills, none, or (None) both. `kinds` narrows it to kinds of case. Three statements.
    """
    held = people.plans_of(person, now)
    wanted = Q(is_over=over)
    if drills is not None:
        wanted &= Q(is_drill=drills)
    if kinds:
        wanted &= Q(kind__in=list(kinds))
    order = (
        ("-updated_at", "-pk") if over else ("is_drill", "-tasks_overdue", F("next_due_at").asc(nulls_last=True), "-pk")
    )
    rows = list(_visible(held).filter(wanted).order_by(*order)[: limit + 1]) if held else []
    hidden = CaseRecord.objects.filter(wanted, version__gt=0).exclude(plan__in=list(held)).count()
    return Board(rows[:limit], len(rows) > limit, hidden, held)


def find(person: Person, case: int | str, now: datetime) -> tuple[CaseRecord, tuple[str, ...]] | None:
    """A case by id or number with what this person holds under its plan; None where they may not see it. Two statements."""
    record = CaseRecord.objects.filter(Q(pk=case) if isinstance(case, int) else Q(number=case), version__gt=0).first()
    if record is None:
        return None
    held = people.actors_of(person, record.plan, now)
    return (record, held) if held else None


def room(person: Person, case: int | str, now: datetime, *, entries: int = JOURNAL_PAGE) -> Room | None:
    """One case with its tasks (in `case.tasks`) and the latest page of its journal; None where they may not see it.

    At most seven statements, and as quick with thousands of entries as with fifty.
    """
    found = find(person, case, now)
    if found is None:
        return None
    record, held = found
    value = state.load(Head(record.pk, record.version, record.head_hash))
    return Room(record, value, editions.program(record.edition_id), held, _journal_page(record.pk, None, entries))


def etag(person: Person, case: int | str, now: datetime) -> str | None:
    """The room's ETag without the room: for pages that ask whether anything has changed. Two statements."""
    found = find(person, case, now)
    return _etag(found[0].version, found[1]) if found is not None else None


def journal_page(
    person: Person, case: int | str, now: datetime, *, before: int | None = None, limit: int = JOURNAL_PAGE
) -> JournalPage | None:
    """One page of a journal, newest first; None where this person may not see the case. Four statements."""
    found = find(person, case, now)
    return _journal_page(found[0].pk, before, limit) if found is not None else None


def my_tasks(person: Person, now: datetime, *, drills: bool | None = None, limit: int = BOARD_ROWS) -> MyTasks:
    """The live tasks of every actor that this person holds, or acts for as chair, deputy or stand-in.

    Overdue ones first, then by due instant. Two statements, and one for each plan that this person holds something of.
    """
    held = people.plans_of(person, now)
    mine = Q()
    for plan, actors in held.items():
        owned = TaskActor.objects.filter(
            case_id=OuterRef("case_id"), key=OuterRef("key"), actor__in=_acting(plan, actors)
        )
        mine |= Q(case__plan=plan) & Q(Exists(owned))
    if not held:
        return MyTasks([], False, held)
    tasks = CaseTask.objects.filter(mine, is_live=True).select_related("case")
    if drills is not None:
        tasks = tasks.filter(case__is_drill=drills)
    # An overdue task was due before any that is not, so that one order serves both.
    rows = list(tasks.order_by("case__is_drill", F("due_at").asc(nulls_last=True), "opened_at", "key")[: limit + 1])
    return MyTasks(rows[:limit], len(rows) > limit, held)


def _acting(plan: str, held: Sequence[str]) -> list[str]:
    """Every actor of a plan in whose name somebody with these actors may act."""
    program = editions.in_force(plan)
    if program is None:
        return list(held)
    acting = {actor for actor in program.edition.actors if any(program.acts_for(NEW, each, actor) for each in held)}
    return sorted(acting.union(held))


def _etag(version: int, held: tuple[str, ...]) -> str:
    return f'"{version}-{"+".join(held)}"'


def _journal_page(case_id: int, before: int | None, limit: int) -> JournalPage:
    found = store.latest(case_id, before=before, limit=limit)
    names = people.names({entry.person for entry in found if entry.person})
    entries = [
        JournalEntry(
            entry.seq,
            entry.first,
            store.event(entry),
            datetime.fromisoformat(entry.recorded_at),
            names.get(entry.person, entry.person),
            entry.hash,
        )
        for entry in found
    ]
    return JournalPage(entries, found[-1].seq if found and found[-1].seq > 1 else None)
