"""What follows from what has happened: tasks open, end, or move; levels are proposed. Run to completion.

Only what can have changed is looked at: every event leaves the names whose values it changed, and the index of the
plan says which tasks read them.
"""

from __future__ import annotations

from datetime import datetime

from muster.engine import events as e
from muster.engine.clocks import recurs_by_time, reminder, timing
from muster.engine.decide.turn import Turn
from muster.engine.grading import propose
from muster.engine.state import LIVE, Standing, Status, TaskState, key_of
from muster.plans.model import CaseKind, Mode, Task

# A plan whose tasks open one another in a circle is refused by the check; this bounds what an unchecked one can do.
MOST_ROUNDS = 100
# After a long time without the timekeeper, so many missed rounds of one task are recorded at most.
MOST_MISSED_ROUNDS = 400

# What ended for one of these reasons stands again when its condition holds again.
REOPENABLE = frozenset({"no-longer-applies", "bound", "case-closed", "case-ended"})

UNITS = "units:"
PARTIES = "parties:"


def settle(turn: Turn) -> None:
    """Draw every conclusion until nothing changes any more."""
    program, index = turn.program, turn.program.index
    for _ in range(MOST_ROUNDS):
        if turn.fresh:
            turn.fresh = False
            turn.signals.clear()
            tasks = dict.fromkeys(index.by_section[CaseKind(turn.case.kind)])
            scales = [scale.id for scale in program.scales_by_kind[CaseKind(turn.case.kind)]]
        elif turn.signals:
            signals, turn.signals = turn.signals, {}
            tasks = {}
            for signal in signals:
                tasks.update(dict.fromkeys(index.readers.get(signal, ())))
                if signal.startswith(UNITS):
                    tasks.update(dict.fromkeys(program.each_of.get(signal[len(UNITS) :], ())))
                elif signal.startswith(PARTIES):
                    tasks.update(dict.fromkeys(program.per_party.get(signal[len(PARTIES) :], ())))
            scales = [
                scale.id
                for scale in program.scales_by_kind[CaseKind(turn.case.kind)]
                if not program.criteria_reads[scale.id].isdisjoint(signals)
            ]
        else:
            return
        if turn.case.is_over:
            turn.signals.clear()
            return
        for scale in scales:
            regrade(turn, scale)
        for task_id in tasks:
            task = program.edition.tasks[task_id]
            if belongs(turn, task):
                reconcile(turn, task)


def belongs(turn: Turn, task: Task) -> bool:
    """Whether a task is one of this case's: of its section, and, for one occurrence of a standing duty, that duty
    with what follows upon it."""
    case = turn.case
    if task.section != case.kind:
        return False
    return not case.task or task.id == case.task or task.id in turn.program.index.steps_of.get(case.task, ())


def look_at_time(turn: Turn) -> None:
    """Look again at every condition that time alone can turn."""
    program = turn.program
    for scale in program.scales_by_kind[CaseKind(turn.case.kind)]:
        if scale.id in program.timed_scales:
            regrade(turn, scale.id)
    for task_id in program.index.timed:
        task = program.edition.tasks[task_id]
        if belongs(turn, task):
            reconcile(turn, task)


def regrade(turn: Turn, scale_id: str) -> None:
    """Propose another level where the criteria say so; what is confirmed stays until a person changes it."""
    scale = turn.program.edition.scales[scale_id]
    level, because = propose(turn.program, turn.case, scale, turn.now)
    before = turn.case.standings.get(scale_id) or Standing()
    if level != before.proposed or because != before.because:
        turn.emit(e.LevelProposed(at=turn.now, scale=scale_id, level=level, because=because))


# --- tasks


def wanted(turn: Turn, task: Task) -> dict[str, tuple[str, ...]]:
    """For whom a task stands, and who does it: once, once per actor, or once per registered party."""
    case = turn.case
    if task.per:
        return {
            party.ref: task.who for party in case.parties.values() if party.party == task.per and not party.withdrawn
        }
    if task.mode == Mode.EACH:
        found: dict[str, tuple[str, ...]] = {}
        for actor in task.who:
            for unit in turn.program.units(case, actor):
                # A unit bound by a name of its own answers through the actor it fills.
                found.setdefault(unit, (unit,) if unit in turn.program.edition.actors else (actor, unit))
        return found
    return {"": task.who}


def latest_round(turn: Turn, task: Task, for_: str) -> TaskState | None:
    """The newest instance of a task for one actor or party."""
    tasks = turn.case.tasks
    found = tasks.get(key_of(task.id, for_))
    while found is not None and (after := tasks.get(key_of(task.id, for_, found.round + 1))) is not None:
        found = after
    return found


def reconcile(turn: Turn, task: Task) -> None:
    """Bring the instances of one task in line with its conditions."""
    program, case = turn.program, turn.case
    env = program.env(case, turn.now)
    holds = program.whiles[task.id](env)
    if holds is False:
        stop(turn, task)
        return
    need = wanted(turn, task)
    for state in _live(turn, task):
        if state.for_ not in need:
            end(turn, state, "withdrawn" if task.per else "bound")
        else:
            _recheck(turn, task, state)
    if holds is not True:
        return
    latched = any(s.task == task.id and not s.step and s.how != "never-stood" for s in turn.case.tasks.values())
    if not latched and program.whens[task.id](env) is not True:
        return
    until = task.again.until if task.again else None
    if until is not None and program.value(until, env) is True:
        stop(turn, task)
        return
    for for_, who in need.items():
        standing = latest_round(turn, task, for_)
        if standing is None:
            if not _waits_for_its_cause(task):
                open_instance(turn, task, for_, who)
        elif standing.status == Status.TERMINATED and standing.how in REOPENABLE:
            open_instance(turn, task, for_, who, round_=standing.round, anew=True)
        elif standing.status == Status.COMPLETED and recurs_by_time(task) and standing.next_round_at is None:
            open_instance(turn, task, for_, who, round_=standing.round + 1)
        elif standing.status == Status.TERMINATED and standing.how == "never-stood" and not latched:
            open_instance(turn, task, for_, who, round_=standing.round)


def _live(turn: Turn, task: Task) -> list[TaskState]:
    """The live instances of a task. The approvals of their papers live and end with them."""
    return [s for s in turn.case.tasks.values() if s.task == task.id and s.status in LIVE and not s.step]


def stop(turn: Turn, task: Task) -> None:
    """The task applies no longer: what is open ends, and no further round begins."""
    for state in _live(turn, task):
        end(turn, state, "no-longer-applies")
    if recurs_by_time(task):
        for state in list(turn.case.tasks.values()):
            if state.task == task.id and state.next_round_at is not None:
                turn.emit(e.RoundsEnded(at=turn.now, key=state.key))


def _waits_for_its_cause(task: Task) -> bool:
    """A task that recurs on others opens with the first of them, unless it must be done at least once anyway."""
    return task.again is not None and bool(task.again.on) and task.again.least == 0


def open_instance(
    turn: Turn,
    task: Task,
    for_: str,
    who: tuple[str, ...],
    *,
    round_: int = 1,
    at: datetime | None = None,
    anew: bool = False,
) -> None:
    """Open an instance, with its clock as far as its anchors are known. `at`: when a round began, if not now; `anew`:
    it stood before."""
    opened = at or turn.now
    clock = timing(turn.program, turn.case, task, turn.now, opened_at=opened, round_=round_)
    turn.emit(
        e.TaskOpened(
            at=opened, key=key_of(task.id, for_, round_), task=task.id, for_=for_, round=round_, offered=task.may,
            since=clock.since, due=clock.due, aim=clock.aim, remind=clock.remind, next_round=clock.next_round,
            guessed=clock.guessed, who=who, anew=anew,
        ),
        f"done:{task.id}",  # done for everybody until now, it is so no longer
    )  # fmt: skip


def end(turn: Turn, state: TaskState, why: str) -> None:
    """End an instance, and with it the approvals of its paper."""
    turn.emit(e.TaskTerminated(at=turn.now, key=state.key, why=why), f"done:{state.task}")
    if not state.step:
        end_approvals(turn, state, why)


def end_approvals(turn: Turn, state: TaskState, why: str) -> None:
    """Nobody is asked any more to approve the paper of an instance that is over."""
    prefix = f"{state.key}!"
    for other in list(turn.case.tasks.values()):
        if other.step and other.status in LIVE and other.key.startswith(prefix):
            turn.emit(e.TaskTerminated(at=turn.now, key=other.key, why=why))


def _recheck(turn: Turn, task: Task, state: TaskState) -> None:
    """Move a clock whose anchor became known or was corrected; end a duty that, as we now know, never stood."""
    program = turn.program
    if task.id in program.index.timed and not state.anew:
        then = program.env(turn.case, state.since if state.since and state.since > state.opened_at else state.opened_at)
        then.as_of = True
        if program.whens[task.id](then) is False:
            end(turn, state, "never-stood")
            return
    if state.agreed or state.round > 1:
        return
    clock = timing(program, turn.case, task, turn.now, opened_at=state.opened_at)
    due = clock.due if clock.due is not None else state.due_at
    since = clock.since if clock.since is not None else state.since
    confirmed_anew = (
        state.since is not None
        and since != state.since
        and task.since is not None
        and any(name in program.edition.scales for name in task.since.reads)
    )
    if confirmed_anew:  # what ran since the first confirmation runs on when the level rises further
        since = state.since
    if due != state.due_at or since != state.since or clock.aim != state.aim_at:
        known = state.due_at is None and state.since in (None, state.opened_at)
        remind = reminder(since or state.opened_at, due, turn.now)
        turn.emit(
            e.ClockMoved(
                at=turn.now, key=state.key, why="known" if known else "corrected", since=since, due=due,
                aim=clock.aim, remind=remind, guessed=clock.guessed,
            )
        )  # fmt: skip


def after_completion(turn: Turn, state: TaskState) -> None:
    """What the completion of an instance brings: further rounds of itself, and of what recurs on it."""
    program = turn.program
    task = program.edition.tasks.get(state.task)
    if task is None:
        return
    env = program.env(turn.case, turn.now)
    if task.again is not None and not task.again.by_time and not task.again.on:
        # Rolling: as one is done the next may begin, until the plan's condition holds.
        until = task.again.until
        if (until is None or program.value(until, env) is not True) and program.whiles[task.id](env) is not False:
            open_instance(turn, task, state.for_, state.who, round_=state.round + 1)
    for follower_id in program.index.recurs_on.get(state.task, ()):
        follower = program.edition.tasks[follower_id]
        if not belongs(turn, follower) or program.whiles[follower_id](env) is not True:
            continue
        if program.whens[follower_id](env) is not True:
            continue
        over = follower.again.until if follower.again else None
        if over is not None and program.value(over, env) is True:
            continue
        for for_, who in wanted(turn, follower).items():
            standing = latest_round(turn, follower, for_)
            if standing is None or standing.status not in LIVE:
                open_instance(turn, follower, for_, who, round_=standing.round + 1 if standing else 1)


def next_rounds(turn: Turn) -> None:
    """Begin the rounds whose time has come; a round that was not done in its time is missed, and says so."""
    for state in list(turn.case.tasks.values()):
        for _ in range(MOST_MISSED_ROUNDS):
            if state.next_round_at is None or state.next_round_at > turn.now:
                break
            if turn.case.tasks.get(key_of(state.task, state.for_, state.round + 1)) is not None:
                break
            task = turn.program.edition.tasks.get(state.task)
            begins = state.next_round_at
            if task is None:
                break
            if turn.program.whiles[task.id](turn.program.env(turn.case, begins)) is False:
                turn.emit(e.RoundsEnded(at=turn.now, key=state.key))
                break
            # A round whose limit was agreed to lie beyond its successor's beginning stays open beside it.
            if state.status in LIVE and (state.due_at is None or state.due_at <= begins):
                if state.due_at is not None and state.overdue_at is None and state.status != Status.OFFERED:
                    turn.emit(e.ClockFellDue(at=turn.now, key=state.key, due=state.due_at))
                turn.emit(e.TaskTerminated(at=turn.now, key=state.key, why="missed"))
            open_instance(turn, task, state.for_, state.who, round_=state.round + 1, at=begins)
            state = turn.case.tasks[key_of(state.task, state.for_, state.round + 1)]
