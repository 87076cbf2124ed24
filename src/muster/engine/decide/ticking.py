"""Time has passed: reminders, clocks that fall due and climb, marks, further rounds, conditions that time turns."""

from __future__ import annotations

from muster.engine import events as e
from muster.engine.clocks import REPEATS, marks_ahead
from muster.engine.decide.settle import next_rounds
from muster.engine.decide.turn import Turn
from muster.engine.refusals import refuse
from muster.engine.state import LIVE, Status, TaskState


def tick(turn: Turn) -> None:
    """Do everything that has come due, once. After a long silence everything is caught up, each clock with its true
    due instant; nothing is told twice for the time that was slept through."""
    if not turn.case.version:
        raise refuse("case.not-open")
    if turn.case.is_over:
        return
    next_rounds(turn)
    for state in list(turn.case.tasks.values()):
        if state.status in LIVE:
            _clock(turn, turn.case.tasks[state.key])


def clocks_of_new_tasks(turn: Turn) -> None:
    """A task whose limit has passed when it opens is overdue from the start, and says so at once."""
    for event in list(turn.events):
        if isinstance(event, e.TaskOpened | e.ClockMoved) and event.due is not None and event.due <= turn.now:
            state = turn.case.tasks[event.key]
            if state.status in LIVE:
                _fall_due(turn, state)


def _clock(turn: Turn, state: TaskState) -> None:
    now = turn.now
    task = turn.program.edition.tasks.get(state.task)
    if task is not None and task.marks and not state.step:
        for mark, at in list(marks_ahead(turn.program, task, state, turn.program.env(turn.case, now))):
            if at <= now:
                turn.emit(e.MarkReached(at=now, key=state.key, mark=mark))
    if state.status == Status.OFFERED:
        return
    if state.due_at is not None and state.overdue_at is None and state.due_at <= now:
        _fall_due(turn, turn.case.tasks[state.key])
    elif state.remind_at is not None and state.remind_at <= now and state.due_at is not None:
        turn.emit(e.ClockReminded(at=now, key=state.key, due=state.due_at))
    elif state.climb_at is not None and state.climb_at <= now:
        _climb(turn, state)


def _fall_due(turn: Turn, state: TaskState) -> None:
    if state.due_at is None or state.overdue_at is not None or state.status == Status.OFFERED:
        return
    climbs = turn.now + turn.program.climb_every
    turn.emit(e.ClockFellDue(at=turn.now, key=state.key, due=state.due_at, next=climbs))


def _climb(turn: Turn, state: TaskState) -> None:
    """Tell the next in the chain; at its end the last a few times more, then be silent: the board shows it anyway."""
    steps = turn.program.chain(turn.case, state.who)
    if not steps:
        turn.emit(e.ClockClimbed(at=turn.now, key=state.key, step=state.climbed + 1, to=state.who))
        return
    to = steps[min(state.climbed, len(steps) - 1)]
    more = state.climbed + 1 < len(steps) + REPEATS
    turn.emit(
        e.ClockClimbed(
            at=turn.now, key=state.key, step=state.climbed + 1, to=to,
            next=turn.now + turn.program.climb_every if more else None,
        )
    )  # fmt: skip
