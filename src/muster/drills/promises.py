"""What must be true of every case, whatever people do: looked at after each decision, and told where it is not.

Each rule here is said a second time, in other words than the engine's own, so that a mistake there is seen here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import recurs_by_time, timing
from muster.engine.decide.settle import settle
from muster.engine.decide.turn import Turn
from muster.engine.evaluate import instances
from muster.engine.program import Program
from muster.engine.state import Case, Status, TaskState
from muster.plans.conditions import INSTANTS, And, Call, Choose, Compare, ListOf, Name, Node, Not, Or, Sum
from muster.plans.model import Mode, Stage, Task

FINISHED = frozenset({Status.COMPLETED, Status.WAIVED, Status.DECLINED})
WAYS_DONE = frozenset({"done", "decided", "sent", "published", "approved"})
WAYS_ENDED = frozenset(
    {"no-longer-applies", "never-stood", "bound", "withdrawn", "new-version", "returned", "missed", "case-ended",
     "case-closed"}
)  # fmt: skip
# What the timekeeper may bring: nobody acts as time passes, and nobody's level is confirmed by it.
OF_TIME = (
    e.TaskOpened, e.TaskTerminated, e.RoundsEnded, e.LevelProposed, e.ClockMoved, e.ClockReminded, e.ClockFellDue,
    e.ClockClimbed, e.MarkReached,
)  # fmt: skip
ENDING = (e.TaskCompleted, e.TaskTerminated, e.TaskWaived, e.TaskDeclined)
OF_CLOCKS = (e.ClockReminded, e.ClockFellDue, e.ClockClimbed)
# By these commands a person confirms a level; no other may bring one.
CONFIRMING = (c.ConfirmLevel, c.Complete, c.Decide, c.IssueWarning)
# One decision follows from one command: it ends, and does not run on through round after round.
MOST_EVENTS = 2_000


class Broken(NamedTuple):
    """A rule, by its short name, and what was seen."""

    rule: str
    says: str


def of_event(program: Program, command: c.AnyCommand, before: Case, after: Case, event: e.AnyEvent) -> Iterator[Broken]:
    """What one event may do to a case."""
    name = e.name_of(event)
    if after.version != before.version + 1:
        yield Broken("version", f"{name} does not count")
    if isinstance(command, c.Tick) and (event.by or not isinstance(event, OF_TIME)):
        yield Broken("time-acts", f"time alone brings {name}")
    if isinstance(event, ENDING):
        state = before.tasks.get(event.key)
        if state is None or not state.is_live:
            yield Broken("ended-twice", f"{name}: {event.key} was {state.status if state else 'never open'}")
    if isinstance(event, e.TaskOpened):
        yield from _opened(program, before, event)
    if isinstance(event, OF_CLOCKS):
        yield from _clock_event(before, event)
    if isinstance(event, e.TaskCompleted):
        yield from _completed(program, before, event)
    if isinstance(event, e.LevelConfirmed) and not (event.by and isinstance(command, CONFIRMING)):
        yield Broken("level-by-itself", f"{event.scale} becomes {event.level} by {type(command).__name__}")
    for scale, standing in after.standings.items():
        if standing.confirmed != before.level(scale) and not isinstance(event, e.LevelConfirmed | e.WarningLifted):
            yield Broken("level-by-itself", f"{name} makes {scale} {standing.confirmed or 'none'}")
    if isinstance(event, e.StageChanged):
        yield from _stage(program, before, event)
    yield from _history(before, after)


def _opened(program: Program, before: Case, event: e.TaskOpened) -> Iterator[Broken]:
    there = before.tasks.get(event.key)
    if there is not None and there.is_live:
        yield Broken("opened-twice", f"{event.key} is open already")
    if there is not None and there.status in FINISHED and not event.step:
        yield Broken("done-and-superseded", f"{event.key} was {there.status} and opens again")
    if event.round > 1 and before.tasks.get(event.key.replace(f"#{event.round}", f"#{event.round - 1}", 1)) is None:
        first = event.key.replace(f"#{event.round}", "", 1)
        if event.round != 2 or first not in before.tasks:
            yield Broken("rounds", f"{event.key} opens without the round before")
    task = program.edition.tasks.get(event.task)
    until = task.again.until if task is not None and task.again is not None else None
    if until is not None and event.round > 1 and not event.step:
        if program.value(until, program.env(before, event.at)) is True:
            yield Broken("until", f"{event.key} opens although `until` holds")
    if before.is_over:
        yield Broken("over", f"{event.key} opens in a case that is over")


def _clock_event(before: Case, event: e.ClockReminded | e.ClockFellDue | e.ClockClimbed) -> Iterator[Broken]:
    state = before.tasks[event.key]
    name = e.name_of(event)
    if not state.is_live and not (isinstance(event, e.ClockClimbed) and state.status == Status.DECLINED):
        yield Broken("dead-clock", f"{name}: {event.key} is {state.status}")
    if isinstance(event, e.ClockFellDue):
        if event.due > event.at:
            yield Broken("due-early", f"{event.key} falls due at {event.due} and says so at {event.at}")
        if state.overdue_at is not None:
            yield Broken("due-twice", f"{event.key} falls due twice")


def _completed(program: Program, before: Case, event: e.TaskCompleted) -> Iterator[Broken]:
    if event.how not in WAYS_DONE:
        yield Broken("how", f"{event.key} is completed by {event.how}")
    if event.late < 0:
        yield Broken("late", f"{event.key} is {event.late} seconds late")
    state = before.tasks.get(event.key)
    if state is None:
        return
    late = 0 if state.due_at is None else max(0, int((event.at - state.due_at).total_seconds()))
    if late != event.late:
        yield Broken("late", f"{event.key} is {late} seconds late and says {event.late}")
    task = program.edition.tasks.get(state.task)
    if task is None:
        return
    if state.step:
        if not program.acts_for_any(before, event.by, state.who):
            yield Broken("not-approver", f"{event.by} approves {event.key}, which is for {state.who}")
        return
    if task.approve and event.how in ("sent", "published", "done") and event.fields:
        yield from _approvals(program, before, state, task, event)


def _approvals(
    program: Program, before: Case, state: TaskState, task: Task, event: e.TaskCompleted
) -> Iterator[Broken]:
    """What goes out is what was approved, by everybody who had to."""
    env = program.env(before, event.at, by=event.by)
    paper = state.paper
    for number, approval in enumerate(task.approve, start=1):
        if approval.when is not None and program.value(approval.when, env) is not True:
            continue
        if paper is None or paper.fields != event.fields:
            yield Broken("approved-text", f"{event.key} goes out in another text than was put to approval")
            return
        for actor in approval.who if approval.mode == Mode.EACH else ("",):
            step = before.tasks.get(f"{state.key}!{number}" + (f"@{actor}" if actor else ""))
            if step is None or step.status != Status.COMPLETED or step.value != paper.digest:
                yield Broken("unapproved", f"{event.key} goes out without approval {number} {actor}")


def _is_done(case: Case) -> bool:
    """Whether a case is an occurrence of a standing duty with nothing left to do: that one files itself."""
    return bool(case.task) and not any(s.is_live and s.status != Status.OFFERED for s in case.tasks.values())


def _stage(program: Program, before: Case, event: e.StageChanged) -> Iterator[Broken]:
    if event.previous != before.stage:
        yield Broken("stage", f"from {event.previous}, but the case was at {before.stage}")
    if not event.by and not (_is_done(before) and event.stage == Stage.CLOSED):
        yield Broken("stage", f"{event.stage} is entered by nobody")
    if event.act not in ("start", "end", "review", "close") or before.kind == "warning":
        return
    order = list(Stage)
    for state in before.tasks.values():
        task = program.edition.tasks.get(state.task)
        if task is None or task.before is None or state.step or state.status not in (Status.OPEN, Status.ACTIVE):
            continue
        if order.index(task.before) > order.index(Stage(event.stage)) or task.settles == event.act:
            continue
        done = sum(
            s.status == Status.COMPLETED and s.for_ == state.for_ for s in instances(before, state.task) if not s.step
        )
        if task.again is None or task.again.on or done < max(task.again.least, 1):
            yield Broken("guard", f"{event.stage} begins although {state.key} is open")


def _history(before: Case, after: Case) -> Iterator[Broken]:
    """What one event may not do to tasks: forget one, or open again what was done."""
    if before.tasks is after.tasks:
        return
    for key, state in before.tasks.items():
        now = after.tasks.get(key)
        if now is None:
            yield Broken("task-history", f"{key} has vanished")
        elif now is not state and state.status in FINISHED and now.status != state.status:
            # An approval may be asked for again: a new version of a paper voids what was approved.
            if not (state.step and now.status == Status.OPEN):
                yield Broken("done-and-superseded", f"{key} was {state.status} and is {now.status}")


# --- after a decision


def of_case(program: Program, case: Case, now: datetime) -> Iterator[Broken]:
    """What every case is at rest."""
    if case.stage not in _stages(program):
        yield Broken("stage", f"{case.stage} is no stage of the plan")
    if case.last_at is not None and case.last_at > now:
        yield Broken("time", f"the case is at {case.last_at}, later than now")
    started, ended = case.instants.get("started"), case.instants.get("ended")
    if case.stage in (Stage.RECOVERY, Stage.REVIEW) and (started is None or ended is None) and not case.ended:
        if case.kind == "incident":
            yield Broken("stage", f"{case.stage} without a start and an end")
    for key, state in case.tasks.items():
        yield from _task(program, case, key, state)


def _stages(program: Program) -> set[Stage]:
    """The stages that a case can be at: those of the plan, and the first and the last, which every case has."""
    return {*program.edition.stages, Stage.INTAKE, Stage.CLOSED}


def _task(program: Program, case: Case, key: str, state: TaskState) -> Iterator[Broken]:
    if state.key != key:
        yield Broken("key", f"{key} holds the state of {state.key}")
    if state.is_live:
        if case.is_over:
            yield Broken("over", f"{key} is live in a case that is over")
        if state.ended_at is not None or state.how:
            yield Broken("done-and-superseded", f"{key} is live and ended {state.how}")
    else:
        if state.ended_at is None:
            yield Broken("ended", f"{key} is {state.status}, nobody knows when")
        known = {Status.COMPLETED: WAYS_DONE, Status.TERMINATED: WAYS_ENDED}.get(state.status)
        if known is not None and state.how not in known:
            yield Broken("done-and-superseded", f"{key} is {state.status} by {state.how}")
        if state.remind_at is not None or state.climb_at is not None:
            yield Broken("dead-clock", f"{key} is {state.status} and its clock runs")
    if case.is_over and state.next_round_at is not None:
        yield Broken("over", f"{key} has a further round in a case that is over")
    if state.late < 0:
        yield Broken("late", f"{key} is {state.late} seconds late")
    if state.overdue_at is not None:
        if case.last_at is not None and state.overdue_at > case.last_at:
            yield Broken("clock", f"{key} fell due at {state.overdue_at}, which is still to come")
        if state.overdue_at not in (state.due_at, *state.earlier):
            yield Broken("clock", f"{key} fell due at {state.overdue_at}, when it never was due")
        if state.status == Status.OFFERED:
            yield Broken("clock", f"{key} is only offered and overdue")
    if state.step and state.is_live:
        paper = case.tasks.get(key.split("!")[0])
        if paper is None or not paper.is_live or paper.paper is None or paper.paper.returned:
            yield Broken("approval-of-nothing", f"{key} is asked for, and there is no paper to approve")
    task = program.edition.tasks.get(state.task)
    if task is None or state.step:
        return
    if task.section != case.kind:
        yield Broken("section", f"{key} stands in a case of kind {case.kind}")
    if state.is_live and state.due_at is not None and not state.agreed:
        yield from _anchor(program, case, task, state, state.due_at)


def _anchor(program: Program, case: Case, task: Task, state: TaskState, due: datetime) -> Iterator[Broken]:
    """No clock is due before what it is counted from, and it follows where that moves."""
    if recurs_by_time(task):
        if due < state.opened_at:
            yield Broken("anchor", f"{state.key} was due before its round began")
        return
    if state.round > 1:
        return
    assert case.last_at is not None
    clock = timing(program, case, task, case.last_at, opened_at=state.opened_at)
    if clock.due is not None and clock.due != due:
        yield Broken("anchor", f"{state.key} is due at {due}, and what it is counted from gives {clock.due}")
    if task.due is None or clock.due is None or _subtracts(task.due.tree):
        return
    anchors = list(_anchors(program, case, task.due.tree))
    if anchors and None not in anchors and due < min(at for at in anchors if at is not None):
        yield Broken("anchor", f"{state.key} is due at {due}, before everything it is counted from")


def _parts(node: Node) -> Sequence[Node]:
    match node:
        case And(parts) | Or(parts):
            return parts
        case ListOf(items):
            return items
        case Call(_, arguments):
            return arguments
        case Compare(_, left, right) | Sum(_, left, right):
            return (left, right)
        case Choose(condition, yes, no):
            return (condition, yes, no)
        case Not(of):
            return (of,)
        case _:
            return ()


def _subtracts(node: Node) -> bool:
    return (isinstance(node, Sum) and node.operator == "-") or any(_subtracts(part) for part in _parts(node))


def _anchors(program: Program, case: Case, node: Node) -> Iterator[datetime | None]:
    """The instants that an expression counts from; None for one that is computed, and not looked through here."""
    edition = program.edition
    match node:
        case Name(name) if name in INSTANTS:
            if (at := case.instants.get(name)) is not None:
                yield at
        case Name(name) if name in edition.facts:
            fact = edition.facts[name]
            if fact.derived is not None:
                yield None
            elif fact.type == "instant" and name in case.facts:
                yield datetime.fromisoformat(case.facts[name])
        case Call("done", (Name(task),)):
            ends = [s.ended_at for s in instances(case, task) if s.status == Status.COMPLETED]
            yield from (at for at in ends if at is not None)
        case Call("received", (Name(task),)):
            yield from (at for state in instances(case, task) for at in state.received.values())
        case Call("confirmed", (Name(scale),)):
            standing = case.standings.get(scale)
            if standing is not None and standing.confirmed_at is not None:
                yield standing.confirmed_at
        case _:
            for part in _parts(node):
                yield from _anchors(program, case, part)


# --- what the engine looked at


def of_rest(program: Program, case: Case, now: datetime) -> Iterator[Broken]:
    """A case at rest is at rest: looking at the whole plan brings nothing that looking at what changed left out."""
    if case.is_over or not case.version:
        return
    turn = Turn(program, case, c.Tick(), now)
    turn.fresh = True
    settle(turn)
    for event in turn.events[:3]:
        yield Broken("left-out", f"a look at the whole plan brings {msgspec.json.encode(event).decode()}")
