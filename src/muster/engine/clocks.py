"""Clocks: when a task falls due, when it reminds, when its next round begins, and when the case must wake.

Every instant is computed from the plan's expressions and the case; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from muster.engine.calendar import add_span, end_of_day, next_clock_time
from muster.engine.evaluate import UNKNOWN, Env
from muster.engine.program import LONGEST_REMINDER, Program
from muster.engine.state import LIVE, Case, Status, TaskState, answers_of
from muster.plans.conditions import Span
from muster.plans.model import CaseKind, Task

# A reminder comes when a quarter of the limit is left, but never for limits so short that it would only disturb.
SHORTEST_REMINDED = timedelta(minutes=10)
# An unanswered clock climbs its chain once and then asks the last in it this many times more, no more.
REPEATS = 3


class Timing(NamedTuple):
    """What a clock says: the anchor of elapsed time, the limit, the organisation's aim, the reminder, the next round.

    `guessed`: the limit crosses a year whose holidays are not known, and was counted by weekdays.
    """

    since: datetime | None
    due: datetime | None
    aim: datetime | None
    remind: datetime | None
    next_round: datetime | None
    guessed: bool


def timing(program: Program, case: Case, task: Task, now: datetime, *, opened_at: datetime, round_: int = 1) -> Timing:
    """What the clock of an instance opened at `opened_at` says, as far as its anchors are known."""
    env = program.env(case, now)
    since = program.instant(task.since, env) if task.since else opened_at
    due = program.instant(task.due, env)
    aim = program.instant(task.aim, env)
    next_round = None
    if recurs_by_time(task):
        next_round = round_end(program, task, env, opened_at)
        if due is None or round_ > 1:
            due = next_round
    elif task.again is not None and task.again.by_time and due is None:
        due = case.due_at
    return Timing(since, due, aim, reminder(since or opened_at, due, now), next_round, env.guessed)


def recurs_by_time(task: Task) -> bool:
    """Whether rounds of the task follow one another within a case. An occurrence of a standing duty is a case itself."""
    return task.again is not None and task.again.by_time and task.section != CaseKind.STANDING


def round_end(program: Program, task: Task, env: Env, opened_at: datetime) -> datetime:
    """When a round that began at `opened_at` is over: at the clock time `by`, or after `every`."""
    again = task.again
    assert again is not None
    span = program.value(again.every, env) if again.every is not None else Span(seconds=86_400)
    if again.by:
        first = next_clock_time(again.by, opened_at, program.zone)
        days = span.seconds // 86_400 if isinstance(span, Span) else 1
        if days <= 1:
            return first
        return end_of_day(first + timedelta(days=days - 1, seconds=-1), program.zone)
    if not isinstance(span, Span):
        span = Span(seconds=86_400)
    at, guessed = add_span(opened_at, span, program.calendar, program.zone)
    env.guessed = env.guessed or guessed
    return at


def reminder(since: datetime, due: datetime | None, now: datetime) -> datetime | None:
    """When to remind: a quarter of the limit before it is over, at most a day, and only if that is still to come."""
    if due is None:
        return None
    limit = due - since
    if limit < SHORTEST_REMINDED:
        return None
    at = due - min(limit / 4, LONGEST_REMINDER)
    return at if at > now else None


def marks_ahead(program: Program, task: Task, state: TaskState, env: Env) -> Iterator[tuple[int, datetime]]:
    """The marks of a task that have not been announced, with their instants; one that had passed before the task
    stood is never announced."""
    for position, mark in enumerate(task.marks):
        if not state.marks & 1 << position:
            at = program.instant(mark.at, env)
            if at is not None and at >= state.opened_at:
                yield position, at


def _clock_instants(program: Program, case: Case, state: TaskState, env: Env) -> Iterator[datetime]:
    # Nobody is reminded of what is only offered.
    if state.remind_at is not None and state.status != Status.OFFERED:
        yield state.remind_at
    if state.due_at is not None and state.overdue_at is None and state.status != Status.OFFERED:
        yield state.due_at
    if state.climb_at is not None:
        yield state.climb_at
    task = program.edition.tasks.get(state.task)
    if task is not None and task.marks and not state.step:
        for _, at in marks_ahead(program, task, state, env):
            yield at


def turns(program: Program, case: Case, now: datetime) -> Iterable[datetime]:
    """The instants at which a condition of the plan can turn by time passing alone."""
    env = program.env(case, now)
    for task_id in program.index.timed:
        if program.edition.tasks[task_id].section == case.kind:
            # A duty that stood stays: what opens it needs no watching any more, what ends it does.
            if program.whiles[task_id](env) is not False and not _stands(case, task_id):
                program.whens[task_id](env)
    for scale in program.scales_by_kind[CaseKind(case.kind)]:
        if scale.id in program.timed_scales:
            if scale.when is not None:
                program.value(scale.when, env)
            for criterion in scale.criteria:
                if criterion.when is not None:
                    program.value(criterion.when, env)
    return env.turns


def _stands(case: Case, task_id: str) -> bool:
    return any(state.task == task_id and state.how != "never-stood" for state in case.tasks.values())


def wake_at(program: Program, case: Case, now: datetime | None = None) -> datetime | None:
    """The earliest instant at which something in the case falls due or can turn; None where nothing can.

    `now`, where given, is the instant of the last tick: what time could turn up to then has been looked at, even if
    nothing came of it. The answer may lie in the past: then it is due now.
    """
    if case.is_over or not case.version:
        return None
    assert case.last_at is not None
    now = case.last_at if now is None or now < case.last_at else now
    earliest: datetime | None = None
    env = program.env(case, now)
    for state in case.tasks.values():
        if state.next_round_at is not None and (earliest is None or state.next_round_at < earliest):
            earliest = state.next_round_at
        if state.status in LIVE:
            for at in _clock_instants(program, case, state, env):
                if earliest is None or at < earliest:
                    earliest = at
    for at in turns(program, case, now):
        if earliest is None or at < earliest:
            earliest = at
    return earliest


def is_ready(program: Program, case: Case, state: TaskState) -> bool:
    """Whether what must come before a task is done; `waits_for` names what is not."""
    return not waits_for(program, case, state)


def waits_for(program: Program, case: Case, state: TaskState) -> tuple[TaskState, ...]:
    """The standing tasks that `after` names and that are not done yet.

    Where a predecessor stands once for each actor, only the one of the same actor counts. What is terminated, waived,
    only offered, or never came to stand does not block.
    """
    task = program.edition.tasks.get(state.task)
    if task is None or not task.after or state.step:
        return ()
    waiting: list[TaskState] = []
    for earlier in task.after:
        standing = [s for s in case.tasks.values() if s.task == earlier and not s.step]
        own = [s for s in standing if s.for_ == state.for_] if state.for_ else []
        first_done = any(s.status == Status.COMPLETED for s in own or standing)
        for each in own or standing:
            if each.status in (Status.OPEN, Status.ACTIVE) and not (each.round > 1 and first_done):
                waiting.append(each)
        waiting += [answer for answer in answers_of(case, earlier) if answer.status in LIVE]
    return tuple(waiting)


def open_question(program: Program, case: Case, task: Task, now: datetime) -> str:
    """The fact, scale or instant that a task waits for an answer to; "" where its conditions are known."""
    env = program.env(case, now)
    for part in (*task.while_, *task.when):
        value = program.value(part, env)
        if value is False:
            return ""
        if value is UNKNOWN:
            for name in sorted(program.reads(part)):
                if _is_open(program, case, name):
                    return name
    return ""


def _is_open(program: Program, case: Case, name: str) -> bool:
    fact = program.edition.facts.get(name)
    if fact is not None:
        return fact.derived is None and name not in case.facts
    if name in program.edition.scales:
        return not case.level(name)
    return False
