"""All cases that somebody may see, at one look: what is late, what comes next, what waits for their decision.

Everything is worked out from the cases themselves with the engine's own functions: that something waits for a person's
decision is found by asking the engine whether it would take it from them, never by a second copy of its rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count, Max, Sum
from django.utils.translation import pgettext

from muster.cases import editions, state
from muster.cases.models import CaseRecord
from muster.cases.state import Head
from muster.console import naming
from muster.console.ruler import Mark
from muster.engine import Case, Program, Refusal, decide
from muster.engine.clocks import is_ready
from muster.engine.commands import AnyCommand, Approve, ApproveWarning, ConfirmLevel, IssueWarning
from muster.engine.state import LIVE, Status, TaskState
from muster.plans.model import TaskKind

What = Literal["confirm", "approve-warning", "issue-warning", "approve", "decide"]


@dataclass(frozen=True, slots=True)
class Running:
    """One case that runs, with its value and the program it runs under; `held` are the reader's actors of its plan."""

    record: CaseRecord
    case: Case
    program: Program
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A task past its due instant."""

    running: Running
    task: TaskState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for somebody who reads this: `by` is the actor in whose name they could take it.

    `since` is None where a case does not keep since when: a proposed level is only what the criteria say now.
    """

    running: Running
    what: What
    by: str
    since: datetime | None
    scale: str = ""
    level: str = ""
    task: TaskState | None = None


def running(rows: Iterable[CaseRecord], held: Mapping[str, tuple[str, ...]]) -> list[Running]:
    """The cases of a board with their values: two statements at most, none for those still in memory."""
    records = list(rows)
    cases = state.load_many([Head(each.pk, each.version, each.head_hash) for each in records])
    return [
        Running(each, cases[each.pk], editions.program(each.edition_id), held.get(each.plan, ())) for each in records
    ]


def title(each: Running) -> str:
    """The title of a case; a drill says that it is one wherever it is named."""
    said = each.case.title
    return pgettext("drill", "[DRILL] %(title)s") % {"title": said} if each.record.is_drill else said


def late(cases: Iterable[Running], now: datetime) -> list[Late]:
    """Every task past its due instant, whether a timekeeper has come by or not; the longest overdue first."""
    found = [Late(each, task) for each in cases for task in each.case.tasks.values() if is_late(task, now)]
    return sorted(found, key=lambda one: (one.task.due_at, one.running.record.pk, one.task.key))


def is_late(task: TaskState, now: datetime) -> bool:
    """Owed, and its due instant has passed. What is only offered is never late."""
    return task.status in (Status.OPEN, Status.ACTIVE) and task.due_at is not None and task.due_at < now


def next_clock(case: Case, now: datetime) -> tuple[TaskState, ...]:
    """The tasks of the next due instant that is still ahead: several where they fall due together."""
    ahead = [t for t in case.tasks.values() if t.is_live and t.due_at is not None and t.due_at >= now]
    if not ahead:
        return ()
    first = min(t.due_at for t in ahead if t.due_at is not None)
    names = [t for t in ahead if t.due_at == first]
    return tuple(t for t in names if t.task == names[0].task)


def progress(case: Case) -> tuple[int, int]:
    """How many tasks of a case are done, of how many that are or were owed."""
    owed = [t for t in case.tasks.values() if t.status in (Status.OPEN, Status.ACTIVE, Status.COMPLETED) and not t.step]
    return sum(t.status == Status.COMPLETED for t in owed), len(owed)


def version(
    held: Mapping[str, object], unread: int, now: datetime, rows: Sequence[CaseRecord] | None = None,
    *, kinds: Sequence[str] = (),
) -> str:  # fmt: skip
    """Changes whenever a page about all running cases could: with a case, a notice, and every minute, as time does.

    `rows`, where given, are all the running cases (of these `kinds`, where given) that these plans have; without them it
    takes one statement.
    """
    minute = int(now.timestamp()) // 60
    if rows is not None:
        latest = max((each.updated_at for each in rows if each.updated_at is not None), default=None)
        count, versions = len(rows), sum(each.version for each in rows)
    else:
        seen = CaseRecord.objects.filter(plan__in=list(held), is_over=False, version__gt=0)
        if kinds:
            seen = seen.filter(kind__in=list(kinds))
        found = seen.aggregate(count=Count("pk"), latest=Max("updated_at"), versions=Sum("version"))
        count, versions, latest = found["count"], found["versions"] or 0, found["latest"]
    return f"{count}.{versions}.{int(latest.timestamp() * 1000) if latest else 0}.{unread}.{minute}"


# --- what waits for a decision


def waiting(cases: Iterable[Running], now: datetime) -> list[Waiting]:
    """What waits for a decision that the reader may take: levels first, since they open the rest, then the longest wait."""
    found = [one for each in cases if each.held for one in _waiting_in(each, now)]
    return sorted(found, key=lambda one: (one.running.record.is_drill, one.since is not None, one.since or now))


def _waiting_in(each: Running, now: datetime) -> Iterable[Waiting]:
    case = each.case
    if case.proposal is not None:
        proposal, scale = case.proposal, each.program.main_scale(case)
        if proposal.approved_at is None and (by := _may(each, lambda by: ApproveWarning(by=by), now)):
            yield Waiting(each, "approve-warning", by, proposal.at, scale, proposal.colour)
        if proposal.approved_at is not None and (by := _may(each, lambda by: IssueWarning(by=by), now)):
            yield Waiting(each, "issue-warning", by, proposal.approved_at, scale, proposal.colour)
    settled_by_task: set[str] = set()
    for scale_id, standing in case.standings.items():
        if standing.proposed and standing.proposed != standing.confirmed and case.kind != "warning":
            proposed = standing.proposed
            if by := _may(each, lambda by: ConfirmLevel(by=by, level=proposed, scale=scale_id, reason="?"), now):  # noqa: B023
                settled_by_task.add(scale_id)
                yield Waiting(each, "confirm", by, None, scale_id, proposed)
    for task in case.tasks.values():
        if task.status not in LIVE:
            continue
        if task.step:
            if by := _may(each, lambda by: Approve(by=by, task=task.key), now):  # noqa: B023
                yield Waiting(each, "approve", by, task.opened_at, task=task)
        elif (planned := each.program.edition.tasks.get(task.task)) is not None and planned.kind == TaskKind.DECISION:
            if planned.settles in settled_by_task or task.status == Status.OFFERED:
                continue
            if planned.settles in each.program.edition.scales:
                continue  # a level is confirmed when the criteria propose one, or by hand in the room
            if is_ready(each.program, case, task) and (by := owner(each, task)):
                yield Waiting(each, "decide", by, task.since or task.opened_at, task=task)


def _may(each: Running, wish: Callable[[str], AnyCommand], now: datetime) -> str:
    """The first actor of the reader in whose name the engine would take a command; "" where it would from none."""
    for by in each.held:
        if not isinstance(decide(each.program, each.case, wish(by), now), Refusal):
            return by
    return ""


def owner(each: Running, task: TaskState) -> str:
    """In whose name the reader works on a task: as its owner, rather than as somebody who may act for the owner."""
    direct = next((by for by in each.held if by in task.who), "")
    return direct or next((by for by in each.held if each.program.acts_for_any(each.case, by, task.who)), "")


# --- the ruler


def marks(cases: Sequence[Running], now: datetime, until: datetime) -> list[Mark]:
    """The due instants and aims of all cases up to `until`, and what is late: for the ruler."""
    several = len(cases) > 1
    found = []
    for each in cases:
        for task in each.case.tasks.values():
            if not task.is_live or task.status == Status.OFFERED:
                continue
            at, kind = (task.due_at, "due") if task.due_at is not None else (task.aim_at, "own")
            if at is None or at > until or (kind == "own" and at < now):
                continue
            sub = naming.owners(each.program, task)
            if several:
                sub = naming.phrases([sub, each.record.place or each.record.number])
            late_by = now - at if at < now else None
            found.append(Mark(at, naming.task(each.program, task), sub, "due" if kind == "due" else "own", late_by))
    return found


def due_within(cases: Iterable[Running], now: datetime, span: timedelta) -> list[datetime]:
    """The due instants ahead within a span, in order."""
    return sorted(
        task.due_at
        for each in cases
        for task in each.case.tasks.values()
        if task.status in (Status.OPEN, Status.ACTIVE) and task.due_at is not None and now <= task.due_at <= now + span
    )
