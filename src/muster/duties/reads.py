"""What is owed between incidents: which occurrences are open, late, done, missed. Every function takes what the reader
holds (`people.plans_of`) and gives only their plans; the number of statements is fixed, whatever the number of rows.

An occurrence that was not done by its due instant is overdue until the period after it is over as well; from then on, or
as soon as it is closed undone, it is missed. Done after all, it is done, and late by its own due instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from muster.cases import editions, state
from muster.cases.models import CaseRecord, CaseTask, InForce
from muster.cases.state import Head
from muster.duties.models import Duty, Occurrence
from muster.duties.terms import Owed, is_duty, next_of, recurs
from muster.duties.writes import terms_of
from muster.engine import Program
from muster.engine.recurrence import periods
from muster.engine.state import Case, Status, TaskState
from muster.plans.model import Resource, Task

SHOWN = 400
"""Occurrences at most on one page; what is beyond is counted."""
HISTORY = 60
RECENT = timedelta(days=35)


class State(StrEnum):
    """Of one occurrence."""

    UPCOMING = "upcoming"
    OPEN = "open"
    OVERDUE = "overdue"
    MISSED = "missed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Doing:
    """One occurrence and what has become of it.

    `due_at` is its clock: the period's end, unless the plan or an agreement says otherwise; `was_due_at` what the clock
    said before another date was agreed. `late_by` is how long after
    it the last part was done. `done` of `owed` parts are done: a duty may stand once for each who owes it. `how` says
    what ended it undone (waived, declined, closed …), with the `reason` that was given.
    """

    plan: str
    task: Task
    state: State
    begins_at: datetime
    period_ends_at: datetime | None
    due_at: datetime | None
    was_due_at: datetime | None = None
    guessed: bool = False
    record: CaseRecord | None = None
    case: Case | None = None
    parts: tuple[TaskState, ...] = ()
    done_at: datetime | None = None
    done_by: tuple[str, ...] = ()
    late_by: timedelta = timedelta()
    how: str = ""
    reason: str = ""

    @property
    def done(self) -> int:
        return sum(part.status == Status.COMPLETED for part in self.parts)

    @property
    def owed(self) -> int:
        return len(self.parts)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Whose part is not done: actors."""
        who = dict.fromkeys(
            each for part in self.parts if part.is_live for each in ((part.for_,) if part.for_ else part.who)
        )
        return tuple(who) or (() if self.parts else self.task.who)


@dataclass(frozen=True, slots=True)
class DutyNow:
    """One duty of a plan in force that recurs: what is open of it, the latest that was done, how many were missed."""

    plan: str
    task: Task
    since: datetime
    present: Doing | None
    coming: Owed | None
    last_done: Doing | None
    missed: int
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """A duty without a recurrence: owed all the time, or as needed. The latest time that somebody recorded one."""

    plan: str
    task: Task
    latest: Doing | None = None


@dataclass(frozen=True, slots=True)
class CheckByHand:
    """A resource that the plan wants checked, though no duty of it asks for that: Muster opens no case for it."""

    plan: str
    resource: Resource
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard that is not closed: found, being rectified, or waiting for the check."""

    record: CaseRecord
    case: Case
    program: Program


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What follows upon an occurrence that was done, and is not done itself: rectify what an inspection found."""

    doing: Doing
    step: TaskState


@dataclass(slots=True)
class Overview:
    """Everything a page about standing duties shows, most urgent first."""

    overdue: list[Doing] = field(default_factory=list)
    open: list[Doing] = field(default_factory=list)
    done: list[Doing] = field(default_factory=list)
    missed: list[Doing] = field(default_factory=list)
    missed_of: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often each duty was missed, by plan and task; `missed` may hold only the latest."""
    follow_ups: list[FollowUp] = field(default_factory=list)
    duties: list[DutyNow] = field(default_factory=list)
    unnumbered: list[Unnumbered] = field(default_factory=list)
    checks: list[CheckByHand] = field(default_factory=list)
    hazards: list[Hazard] = field(default_factory=list)

    @property
    def missed_in_all(self) -> int:
        return sum(self.missed_of.values())


# --- what has become of one occurrence


def judge(
    case: Case | None, task_id: str, due_at: datetime | None, next_due: datetime | None, now: datetime
) -> tuple[State, str]:
    """The state of an occurrence and, where it was ended undone, how. `next_due`: when the period after it is over."""
    if case is None:
        return State.MISSED, "not-opened"
    parts = own_parts(case, task_id)
    live = [part for part in parts if part.is_live]
    undone = [part for part in parts if not part.is_live and part.status != Status.COMPLETED]
    if parts and not live and not undone:
        return State.DONE, ""
    if parts and not live:
        return State.MISSED, undone[0].how or undone[0].status.value
    if case.is_over:
        return State.MISSED, case.ended or "closed"
    clocks = [part.due_at for part in live if part.due_at is not None] or ([due_at] if due_at is not None else [])
    if not clocks or now < min(clocks):
        return State.OPEN, ""
    return (State.MISSED if next_due is not None and next_due <= now else State.OVERDUE), ""


def own_parts(case: Case, task_id: str) -> tuple[TaskState, ...]:
    """The instances of the duty itself in one of its occurrences: one, or one for each who owes it."""
    return tuple(each for each in case.tasks.values() if each.task == task_id and not each.step)


def steps_of(each: Doing) -> list[TaskState]:
    """What is owed in an occurrence besides the duty itself."""
    if each.case is None or each.case.is_over:
        return []
    return [
        task for task in each.case.tasks.values()
        if task.is_live and task.status != Status.OFFERED and (task.task != each.task.id or task.step)
    ]  # fmt: skip


def doing(row: Occurrence, task: Task, case: Case | None, next_due: datetime | None, now: datetime) -> Doing:
    """An occurrence from its row and the value of its case."""
    found, how = judge(case, row.task, row.due_at, next_due, now)
    parts = own_parts(case, row.task) if case is not None else ()
    finished = [part for part in parts if part.status == Status.COMPLETED and part.ended_at is not None]
    live = [part.due_at for part in parts if part.is_live and part.due_at is not None]
    known = [part.due_at for part in parts if part.due_at is not None]
    return Doing(
        plan=row.plan,
        task=task,
        state=found,
        begins_at=row.begins_at,
        period_ends_at=row.due_at,
        due_at=min(live or known, default=row.due_at),
        was_due_at=min((part.earlier[0] for part in parts if part.agreed and part.earlier), default=None),
        guessed=row.guessed,
        record=row.case,
        case=case,
        parts=parts,
        done_at=max((part.ended_at for part in finished if part.ended_at is not None), default=None),
        done_by=tuple(dict.fromkeys(part.ended_by for part in finished if part.ended_by)),
        late_by=timedelta(seconds=max((part.late for part in finished), default=0)),
        how=how,
        reason=next((part.reason for part in parts if part.reason and part.status != Status.COMPLETED), ""),
    )


# --- reading them


_UNDONE = CaseTask.objects.filter(case_id=OuterRef("case_id"), task=OuterRef("task"), step=0).exclude(
    status="completed"
)
_LIVE = CaseTask.objects.filter(case_id=OuterRef("case_id"), is_live=True).exclude(status="offered")
_LATER = (
    Occurrence.objects.filter(plan=OuterRef("plan"), task=OuterRef("task"), due_at__gt=OuterRef("due_at"))
    .order_by("due_at")
    .values("due_at")[:1]
)


def _missed(now: datetime) -> Q:
    """What `judge` calls missed, for the database; of rows that have their `next_due`."""
    own = CaseTask.objects.filter(case_id=OuterRef("case_id"), task=OuterRef("task"), step=0, is_live=True)
    is_late = own.filter(Q(due_at__lte=now) | Q(due_at=None))
    return (
        Q(case=None)
        | Q(Exists(_UNDONE) & ~Exists(own))
        | Q(Exists(_UNDONE) & Exists(is_late) & Q(next_due__isnull=False, next_due__lte=now))
    )


def _rows(plans: Iterable[str]) -> QuerySet[Occurrence]:
    return (
        Occurrence.objects.filter(plan__in=list(plans))
        .annotate(next_due=Subquery(_LATER))
        .select_related("case")
        .order_by(F("due_at").desc(nulls_last=True), "-begins_at", "-pk")
    )


def _doings(rows: Sequence[Occurrence], now: datetime) -> list[Doing]:
    heads = [Head(row.case.pk, row.case.version, row.case.head_hash) for row in rows if row.case is not None]
    cases = state.load_many(heads) if heads else {}
    found: list[Doing] = []
    for row in rows:
        program = editions.program(row.case.edition_id) if row.case is not None else editions.in_force(row.plan)
        task = program.edition.tasks.get(row.task) if program is not None else None
        if task is None:
            task = _earlier(row)
        if task is not None:
            found.append(doing(row, task, cases.get(row.case_id or 0), getattr(row, "next_due", None), now))
    return found


def _earlier(row: Occurrence) -> Task | None:
    """The task of an occurrence without a case whose duty the present edition no longer has."""
    return next((term.program.edition.tasks[row.task] for term in reversed(terms_of(row.plan))
                 if row.task in term.program.edition.tasks), None)  # fmt: skip


def overview(held: Mapping[str, Sequence[str]], now: datetime) -> Overview:
    """What all plans of the reader owe between incidents."""
    found = Overview()
    plans = list(held)
    if not plans:
        return found
    recent = Q(due_at__gte=now - RECENT) | Q(due_at=None, begins_at__gte=now - RECENT)
    missed = _missed(now)
    # However many were missed, what is still to be done is never crowded out by it.
    live = _rows(plans).filter(Exists(_UNDONE) | Exists(_LIVE) | recent).exclude(missed)
    all_doings = _doings([*live, *_rows(plans).filter(missed)[:SHOWN]], now)
    for each in all_doings:
        {State.OVERDUE: found.overdue, State.OPEN: found.open, State.DONE: found.done, State.MISSED: found.missed}[
            each.state
        ].append(each)
    found.overdue.sort(key=lambda one: one.due_at or now)
    found.open.sort(key=lambda one: (one.due_at is None, one.due_at or now))
    found.done.sort(key=lambda one: one.done_at or now, reverse=True)
    counted = _rows(plans).filter(missed).order_by().values("plan", "task").annotate(count=Count("pk"))
    found.missed_of = {(each["plan"], each["task"]): each["count"] for each in counted}
    found.follow_ups = sorted(
        (FollowUp(each, step) for each in found.done for step in steps_of(each)),
        key=lambda one: (one.step.due_at is None, one.step.due_at or now),
    )
    latest = _latest_done(plans, now)
    for plan in plans:
        program = editions.in_force(plan)
        if program is None:
            continue
        _of_plan(found, plan, program, all_doings, latest, now)
    found.duties.sort(key=lambda one: _urgency(one, now))
    found.hazards = hazards(held)
    return found


def _urgency(one: DutyNow, now: datetime) -> tuple[bool, datetime]:
    due = one.present.due_at if one.present is not None else one.coming.due if one.coming is not None else None
    return due is None, due or now


def _of_plan(
    found: Overview, plan: str, program: Program, doings: Sequence[Doing], latest: Mapping[tuple[str, str], Doing],
    now: datetime,
) -> None:  # fmt: skip
    known = {duty.task: duty for duty in Duty.objects.filter(plan=plan)}
    terms = terms_of(plan)
    for task in program.edition.tasks.values():
        if not is_duty(program, task):
            continue
        own = [each for each in doings if each.plan == plan and each.task.id == task.id]
        last_done = latest.get((plan, task.id))
        if not recurs(task):
            found.unnumbered.append(Unnumbered(plan, task, next(iter(own), last_done)))
            continue
        duty = known.get(task.id)
        running = [each for each in own if each.period_ends_at is not None and each.period_ends_at > now]
        found.duties.append(
            DutyNow(
                plan=plan,
                task=task,
                since=duty.anchor_at if duty is not None else terms[-1].since if terms else now,
                present=running[-1] if running else None,
                coming=next_of(terms, task.id, duty.reached_at if duty is not None else None),
                last_done=last_done,
                missed=found.missed_of.get((plan, task.id), 0),
                trouble=duty.trouble if duty is not None else "",
            )
        )
    found.checks += checks(plan, program, now)


def _latest_done(plans: Sequence[str], now: datetime) -> dict[tuple[str, str], Doing]:
    """The latest occurrence of every duty in which all parts are done."""
    own = CaseTask.objects.filter(case_id=OuterRef("case_id"), task=OuterRef("task"), step=0)
    done = (
        Occurrence.objects.filter(
            ~Exists(_UNDONE), Exists(own), plan=OuterRef("plan"), task=OuterRef("task"), case__isnull=False
        )
        .order_by("-begins_at", "-pk")
        .values("pk")[:1]
    )
    rows = _rows(plans).filter(pk=Subquery(done))
    return {(each.plan, each.task.id): each for each in _doings(list(rows), now)}


def history(
    held: Mapping[str, Sequence[str]], plan: str, task_id: str, now: datetime, limit: int = HISTORY
) -> list[Doing]:
    """The occurrences of one duty, the latest first; [] where the reader holds nothing of the plan."""
    if plan not in held:
        return []
    return _doings(list(_rows([plan]).filter(task=task_id)[:limit]), now)


def tally(plan: str, task_id: str) -> tuple[int, int]:
    """How many occurrences a duty has had, and how many of them never got a case."""
    counted = Occurrence.objects.filter(plan=plan, task=task_id).aggregate(
        all=Count("pk"), none=Count("pk", filter=Q(case=None))
    )
    return counted["all"], counted["none"]


def occurrence(held: Mapping[str, Sequence[str]], number: str, now: datetime) -> Doing | None:
    """The occurrence whose case has this number; None where there is none that the reader may see."""
    row = _rows(list(held)).filter(case__number=number).first()
    return next(iter(_doings([row], now)), None) if row is not None else None


def find(plan: str, task_id: str) -> tuple[Program, Task] | None:
    """A duty and the program that says so: of the edition in force, else of the latest that had it."""
    for term in reversed(terms_of(plan)):
        task = term.program.edition.tasks.get(task_id)
        if task is not None and is_duty(term.program, task):
            return term.program, task
    return None


def checks(plan: str, program: Program, now: datetime) -> list[CheckByHand]:
    """The resources that the plan wants checked, and when the check under way is due by its own recurrence.

    A resource names nobody who owes the check, so no case is opened for it; a plan that wants one writes a duty.
    """
    found = []
    since: datetime | None = None
    for resource in program.edition.resources.values():
        if resource.again is None:
            continue
        if since is None:
            since = (
                InForce.objects.filter(plan=plan).order_by("since", "pk").values_list("since", flat=True).first() or now
            )
        due = next((each.due for each in periods(program, resource.again, since) if each.due > now), None)
        found.append(CheckByHand(plan, resource, due))
    return found


def hazards(held: Mapping[str, Sequence[str]]) -> list[Hazard]:
    """The hazards that are not closed, those with overdue tasks first. Two statements, whatever their number."""
    rows = list(
        CaseRecord.objects.filter(plan__in=list(held), kind="hazard", is_over=False, is_drill=False, version__gt=0)
        .order_by("-tasks_overdue", F("next_due_at").asc(nulls_last=True), "pk")[:SHOWN]
    )  # fmt: skip
    cases = state.load_many([Head(row.pk, row.version, row.head_hash) for row in rows]) if rows else {}
    return [Hazard(row, cases[row.pk], editions.program(row.edition_id)) for row in rows]
