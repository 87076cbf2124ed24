"""Which occurrences a duty has had, has, and will have: a pure function of the editions that were in force.

A duty keeps its anchor from edition to edition as long as each of them asks for it. Where its recurrence changes, the
period under way keeps its end, and the new rule counts from there: nothing is skipped, nothing comes twice, and nothing
that was due before is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from muster.engine import NEW, Program
from muster.engine.recurrence import periods
from muster.plans.conditions import Span
from muster.plans.model import Again, CaseKind, Moved, Task

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""How long an interval is hangs on no instant; the environment of an expression wants one."""


@dataclass(frozen=True, slots=True)
class Term:
    """An edition and since when it was in force; until the next term of its plan begins."""

    since: datetime
    digest: str
    program: Program


@dataclass(frozen=True, slots=True)
class Owed:
    """One occurrence: its period, and the edition under which the period began."""

    begins: datetime
    due: datetime
    guessed: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when a duty stands, and since when it no longer does."""

    anchor: datetime
    ended: datetime | None = None


def is_duty(program: Program, task: Task) -> bool:
    """Whether a task is a standing duty by itself, not a step that follows upon one."""
    if task.section is not CaseKind.STANDING:
        return False
    return not any(task.id in steps for steps in program.index.steps_of.values())


def recurs(task: Task | None) -> bool:
    """Whether a duty comes again as time passes. What may be done, but need not, is never owed."""
    return (
        task is not None
        and task.section is CaseKind.STANDING
        and task.again is not None
        and task.again.by_time
        and not task.may
    )


def asks_calendar(program: Program, again: Again) -> bool:
    """Whether a recurrence goes by days worked and days off, so that a year nobody knows the holidays of makes it a guess."""
    if again.days is not None or again.moved is not Moved.NOWHERE:
        return True
    every = program.value(again.every, program.env(NEW, _LONG_AGO)) if again.every is not None else None
    return isinstance(every, Span) and bool(every.working_days)


def standing(terms: Sequence[Term]) -> dict[str, Standing]:
    """Every duty that recurs, or once did, by task."""
    found: dict[str, Standing] = {}
    for term in terms:
        tasks = term.program.edition.tasks
        for task_id, known in found.items():
            if known.ended is None and not recurs(tasks.get(task_id)):
                found[task_id] = Standing(known.anchor, term.since)
        for task in tasks.values():
            if recurs(task) and (task.id not in found or found[task.id].ended is not None):
                found[task.id] = Standing(term.since)
    return found


def owed(terms: Sequence[Term], task_id: str, until: datetime) -> Iterator[Owed]:
    """The occurrences of a duty that begin not later than `until`, in order; each begins as the one before falls due."""
    anchor: datetime | None = None
    reached: datetime | None = None
    for number, term in enumerate(terms):
        ends = terms[number + 1].since if number + 1 < len(terms) else None
        task = term.program.edition.tasks.get(task_id)
        if task is None or task.again is None or not recurs(task):
            anchor = None
            continue
        if anchor is None:
            anchor = term.since
            # A duty that comes back while its last period still runs goes on from the end of that.
            reached = max(reached, anchor) if reached is not None else anchor
        for period in periods(term.program, task.again, anchor):
            assert reached is not None
            if period.due <= reached:
                continue
            if reached > until or (ends is not None and reached >= ends):
                break
            yield Owed(reached, period.due, period.guessed and asks_calendar(term.program, task.again), term.digest)
            reached = period.due


def next_of(terms: Sequence[Term], task_id: str, reached: datetime | None) -> Owed | None:
    """The occurrence that begins when the one due at `reached` is over, as the present edition says; None where none does."""
    if not terms:
        return None
    last = terms[-1]
    task = last.program.edition.tasks.get(task_id)
    if task is None or task.again is None or not recurs(task):
        return None
    anchor = standing(terms)[task_id].anchor
    reached = max(reached, anchor) if reached is not None else anchor
    for period in periods(last.program, task.again, anchor):
        if period.due > reached:
            return Owed(reached, period.due, period.guessed and asks_calendar(last.program, task.again), last.digest)
    return None
