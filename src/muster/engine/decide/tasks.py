"""Working on tasks: taking, completing, deciding, declining, waiving, agreeing on another date."""

from __future__ import annotations

from typing import Any

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import reminder
from muster.engine.decide import levels, papers, stages, warnings
from muster.engine.decide.assessing import set_types
from muster.engine.decide.checking import checked_addressees, checked_types, not_in_future
from muster.engine.decide.instances import (
    checked_fields,
    find,
    finish,
    needs_checks,
    needs_own,
    needs_ready,
    not_kind,
    planned,
    task_name,
)
from muster.engine.decide.settle import end_approvals
from muster.engine.decide.turn import Turn
from muster.engine.refusals import refuse
from muster.engine.state import ANSWER, LIVE, Status, TaskState, answers_of
from muster.engine.values import as_bool, fact_value
from muster.plans.model import RightName, Task, TaskKind, Words


def take(turn: Turn, command: c.Take) -> None:
    """Say "I have it": the task is being worked on and its clock climbs no further."""
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    needs_own(turn, state)
    needs_ready(turn, state)
    turn.emit(e.TaskTaken(at=turn.now, by=turn.by, person=turn.person, key=state.key, note=command.note))


def arrive(turn: Turn, command: c.Arrive) -> None:
    """The dispatched have arrived, which completes the dispatch."""
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    needs_own(turn, state)
    arriving = Words("登记到达", "have somebody arrive")
    if planned(turn, state, arriving).kind != TaskKind.DISPATCH:
        raise not_kind(turn, state, arriving)
    if state.taken_at is None or (command.at is not None and command.at < state.taken_at):
        raise refuse("task.not-left")
    not_in_future(turn, command.at, Words("到达时间", "the time of arrival"))
    turn.emit(e.TaskArrived(at=command.at or turn.now, by=turn.by, person=turn.person, key=state.key))
    finish(turn, turn.case.tasks[state.key], "done", at=command.at, note=command.note)


def complete(turn: Turn, command: c.Complete) -> None:
    """Finish a task: note, form, evidence, value. Reports go out with it, decisions settle their fact."""
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    task = turn.program.edition.tasks.get(state.task)
    if task is None:  # a measure that is not in the plan
        needs_own(turn, state)
        finish(turn, state, "done", note=command.note, evidence=command.evidence, reason=command.reason)
        return
    _needs_own_or_received(turn, task, state)
    if task.kind == TaskKind.DECISION and (task.settles or command.value is not None):
        _settle(turn, task, state, command.value, command.note, command.reason, command.fields)
        return
    needs_ready(turn, state)
    not_in_future(turn, command.at, Words("完成时间", "the time of completion"))
    if task.kind == TaskKind.RELEASE:
        papers.publish_paper(turn, task, state, command.note, command.fields, command.reason)
        return
    fields = papers.present_fields(turn, task, state, command.fields)
    needs_checks(turn, task, fields)
    how = "sent" if task.kind == TaskKind.REPORT else "done"
    to = checked_addressees(turn, task, command.to)
    finish(
        turn, turn.case.tasks[state.key], how, at=command.at, note=command.note, fields=fields,
        evidence=command.evidence, reason=command.reason, value=command.value, to=to,
    )  # fmt: skip


def _needs_own_or_received(turn: Turn, task: Task, state: TaskState) -> None:
    """Whoever owes it; for a report by telephone also whoever received the call and writes it down."""
    if task.kind == TaskKind.REPORT and "phone" in task.channel:
        inside = [actor for actor in task.to if turn.program.is_inside(actor)]
        if turn.program.acts_for_any(turn.case, turn.by, inside):
            return
    needs_own(turn, state)


def decide_task(turn: Turn, command: c.Decide) -> None:
    """Settle what a decision asks."""
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    task = turn.program.edition.tasks.get(state.task)
    if task is None or task.kind != TaskKind.DECISION:
        raise not_kind(turn, state, Words("作决定", "be decided"))
    _settle(turn, task, state, command.value, command.note, command.reason, command.fields)


def _settle(
    turn: Turn, task: Task, state: TaskState, value: Any, note: str, reason: str, fields: dict[str, Any]
) -> None:
    """One obligation, two doors: deciding the task is the same as the command it stands for, and the other way."""
    edition = turn.program.edition
    if task.settles in edition.scales:
        scale = edition.scales[task.settles]
        names = [level.name for level in scale.levels]
        if value is None:
            raise refuse("task.value-missing", task=task.name, allowed=names)
        if str(value) not in {level.id for level in scale.levels}:
            raise refuse("level.unknown", level=value, allowed=names)
        needs_ready(turn, state)
        kept = checked_fields(turn, task, fields, str(value))
        needs_checks(turn, task, kept)
        if turn.case.level(scale.id) == str(value):  # decided as it stands already: nothing is confirmed anew
            needs_own(turn, state)
        else:
            command = c.ConfirmLevel(
                by=turn.by, person=turn.person, level=str(value), scale=scale.id, reason=reason or note
            )
            levels.confirm_level(turn, command, deciding=state.key)
        finish(turn, turn.case.tasks[state.key], "decided", value=str(value), note=note, reason=reason, fields=kept)
        return
    needs_own(turn, state)
    needs_ready(turn, state)
    plain = value
    if task.settles in edition.facts:
        plain = fact_value(turn.program, task.settles, value)
    elif task.settles == "types":
        given = [value] if isinstance(value, str) else value
        named = isinstance(given, list | tuple) and given
        plain = list(checked_types(turn, tuple(str(each) for each in given))) if named else None
    elif task.settles in ("start", "end", "lift"):
        plain = True if value == task.settles else as_bool(value)
    kept = checked_fields(turn, task, fields, plain)
    if task.settles == "types":
        _settle_types(turn, task, state, plain, note, reason, kept)
        return
    if task.settles in ("start", "end", "lift"):
        _settle_act(turn, task, state, plain, note, reason, kept)
        return
    if task.settles:
        if plain is None:
            fact = edition.facts[task.settles]
            allowed = [choice.name for choice in fact.values] or [Words("是", "yes"), Words("否", "no")]
            raise refuse("task.value-missing", task=task.name, allowed=allowed)
        value = plain
    needs_checks(turn, task, kept)
    # The answer comes first, so that what recurs upon the decision sees it.
    if task.settles and turn.case.facts.get(task.settles) != value:
        turn.emit(
            e.FactsAnswered(at=turn.now, by=turn.by, person=turn.person, facts={task.settles: value}), task.settles
        )
    finish(turn, state, "decided", value=value, note=note, reason=reason, fields=kept)


def _settle_types(
    turn: Turn, task: Task, state: TaskState, types: list[str] | None, note: str, reason: str, fields: dict[str, Any]
) -> None:
    """Set the types of the incident; what was set before and is not named any more is dropped."""
    if not types:
        raise refuse(
            "task.value-missing", task=task.name, allowed=[t.name for t in turn.program.edition.types.values()]
        )
    needs_checks(turn, task, fields)
    finish(turn, state, "decided", value=types, note=note, reason=reason, fields=fields)
    set_types(turn, tuple(types))


def _settle_act(
    turn: Turn, task: Task, state: TaskState, yes: bool | None, note: str, reason: str, fields: dict[str, Any]
) -> None:
    """Start, end or lift, or decide not to. The task is done first: the act may end the case."""
    if yes is None:
        allowed = [Words("是", "yes"), Words("否", "no")]
        raise refuse("task.value-missing", task=task.name, allowed=allowed)
    needs_checks(turn, task, fields)
    finish(turn, state, "decided", value=yes, note=note, reason=reason, fields=fields)
    if not yes:
        return
    who = {"by": turn.by, "person": turn.person}
    match task.settles:
        case "start":
            stages.start(turn, c.StartResponse(**who, note=note))
        case "end":
            stages.end(turn, c.EndResponse(**who, reason=reason or note))
        case _:
            warnings.lift(turn, c.LiftWarning(**who, reason=reason or note))


def decline(turn: Turn, command: c.Decline) -> None:
    """Decline an offer; or, of what is owed, say that one cannot do it, and let the chain know at once."""
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    needs_own(turn, state)
    turn.needs_reason(command.reason, Words("为何不办", "why it is declined"))
    turn.emit(
        e.TaskDeclined(at=turn.now, by=turn.by, person=turn.person, key=state.key, reason=command.reason.strip()),
        f"done:{state.task}",
    )
    if state.status == Status.OFFERED:
        end_approvals(turn, state, "no-longer-applies")
    else:
        steps = turn.program.chain(turn.case, state.who)
        if state.climbed < len(steps):
            to = steps[state.climbed]
            turn.emit(
                e.ClockClimbed(
                    at=turn.now, key=state.key, step=state.climbed + 1, to=to,
                    next=turn.now + turn.program.climb_every if state.overdue_at else None,
                )
            )  # fmt: skip


def waive(turn: Turn, command: c.Waive) -> None:
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    turn.needs_right(RightName.WAIVE)
    task = turn.program.edition.tasks.get(state.task)
    if task is not None and (task.pack or task.also):
        raise refuse("task.fixed-by-law", task=task.name, cite=task.cite)
    turn.needs_reason(command.reason, Words("为何免办", "why the task is waived"))
    turn.emit(
        e.TaskWaived(at=turn.now, by=turn.by, person=turn.person, key=state.key, reason=command.reason.strip()),
        f"done:{state.task.removesuffix(ANSWER)}",
    )
    end_approvals(turn, state, "no-longer-applies")


def agree_due(turn: Turn, command: c.AgreeDue) -> None:
    """Another date, with the party's agreement as evidence. If the old one has passed, it was late and is agreed."""
    turn.needs_open()
    state = find(turn, command.task, command.for_)
    needs_own(turn, state)
    if not any(each.strip() for each in command.evidence):
        raise refuse("due.evidence")
    if command.due <= turn.now:
        raise refuse("due.past")
    turn.emit(
        e.ClockMoved(
            at=turn.now, by=turn.by, person=turn.person, key=state.key, why="agreed", since=state.since,
            due=command.due, aim=state.aim_at, remind=reminder(turn.now, command.due, turn.now),
            evidence=command.evidence, reason=command.reason,
        )
    )  # fmt: skip


def add_task(turn: Turn, command: c.AddTask) -> None:
    """A measure that the plan does not name, ordered by whoever commands."""
    turn.needs_open()
    turn.needs_right(RightName.COMMAND)
    turn.needs_reason(command.reason, Words("为何增加预案之外的措施", "why a measure outside the plan is added"))
    if not command.name.strip():
        raise refuse("case.nothing-said")
    if not turn.program.knows_actor(turn.case, command.who):
        raise refuse("actor.unknown", actor=command.who)
    if command.due is not None and command.due <= turn.now:
        raise refuse("due.past")
    number = 1 + sum(state.task.startswith("added-") for state in turn.case.tasks.values())
    turn.emit(
        e.TaskOpened(
            at=turn.now, by=turn.by, person=turn.person, key=f"added-{number}", task=f"added-{number}",
            since=turn.now, due=command.due, remind=reminder(turn.now, command.due, turn.now),
            name=command.name.strip(), who=(command.who,), reason=command.reason.strip(),
        )
    )  # fmt: skip


def acknowledge(turn: Turn, command: c.Acknowledge) -> None:
    """Confirm the receipt of a report that was sent; or answer for an overdue task, so that it climbs no further."""
    turn.needs_open()
    state = find(turn, command.task, command.for_, over=True)
    task = turn.program.edition.tasks.get(state.task)
    if state.status == Status.COMPLETED and task is not None and task.kind in (TaskKind.REPORT, TaskKind.RELEASE):
        told = (*task.to, *task.cc) if task.reach == "each" else state.to
        answering = [
            answer
            for answer in answers_of(turn.case, state.task)
            if answer.status in LIVE
            and answer.key.startswith(f"{state.key}{ANSWER}")
            and turn.program.acts_for_any(turn.case, turn.by, (answer.for_, *answer.who))
        ]
        if not answering and not turn.program.acts_for_any(turn.case, turn.by, told):
            raise refuse("task.not-yours", task=task.name, who=turn.names(told), by=turn.name(turn.by))
        turn.emit(
            e.ReportReceived(at=turn.now, by=turn.by, person=turn.person, key=state.key, note=command.note),
            f"received:{state.task}",
        )
        if command.note.strip():  # what the addressee says upon it is the answer
            for answer in answering:
                finish(turn, answer, "done", note=command.note)
        return
    if state.status not in LIVE:
        raise refuse("report.not-sent", task=task_name(turn, state.key))
    asked = {*state.who, turn.program.edition.duty_post}
    for step in turn.program.chain(turn.case, state.who)[: state.climbed]:
        asked.update(step)
    asked.update(actor for actor in (task.to if task else ()) if turn.program.is_inside(actor))
    if not turn.program.acts_for_any(turn.case, turn.by, asked):
        raise refuse(
            "task.not-yours", task=task_name(turn, state.key), who=turn.names(state.who), by=turn.name(turn.by)
        )
    turn.emit(e.ClockAnswered(at=turn.now, by=turn.by, person=turn.person, key=state.key, note=command.note))
