"""The instance of a task that a command means, what must hold before it is worked on, and its completion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from muster.engine import events as e
from muster.engine.clocks import waits_for
from muster.engine.decide.settle import after_completion, end_approvals
from muster.engine.decide.turn import Turn
from muster.engine.evaluate import UNKNOWN
from muster.engine.refusals import refuse
from muster.engine.state import ANSWER, LIVE, Case, Standing, Status, TaskState
from muster.engine.values import as_plain, filled_fields, missing_fields, near, typed_fields
from muster.plans.model import Check, Task, TaskKind, Words

KIND_NAMES: dict[str, Words] = {
    TaskKind.ACTION: Words("行动", "action"),
    TaskKind.DECISION: Words("决定", "decision"),
    TaskKind.REPORT: Words("报告", "report"),
    TaskKind.RELEASE: Words("发布", "release"),
    TaskKind.RECORD: Words("记录", "record"),
    TaskKind.MEETING: Words("会议", "meeting"),
    TaskKind.APPOINT: Words("指定", "appointment"),
    TaskKind.DISPATCH: Words("派出", "dispatch"),
}
OVER: dict[str, Words] = {
    Status.COMPLETED: Words("完成", "done"),
    Status.TERMINATED: Words("终止", "terminated"),
    Status.WAIVED: Words("免办", "waived"),
    Status.DECLINED: Words("放弃", "declined"),
}


def task_name(turn: Turn, key: str) -> Words:
    """What a task is called, with whose instance it is."""
    state = turn.case.tasks[key]
    name = turn.program.task_name(state)
    if not state.for_:
        return name
    whose = turn.name(state.for_)
    return Words(f"{name.zh}（{whose.zh}）", f"{name.say('en')} ({whose.say('en')})")


# --- finding the instance that is meant


def find(turn: Turn, named: str, for_: str = "", *, step: bool = False, over: bool = False) -> TaskState:
    """The standing instance that a command means, by key or by task id; refused where none or several could be.

    `step`: approvals of papers are meant. `over`: finished instances are looked for as well.
    """
    turn.needs_actor()
    case, program = turn.case, turn.program
    exact = case.tasks.get(named)
    if exact is not None and not for_ and (over or exact.status in LIVE) and bool(exact.step) == step:
        return exact
    task_id = exact.task if exact is not None and not for_ else named
    if task_id not in program.edition.tasks and exact is None:
        raise refuse("task.unknown", task=named, hint=near(named, program.edition.tasks))
    everything = [s for s in case.tasks.values() if s.task == task_id and bool(s.step) == step]
    if for_:
        everything = [s for s in everything if s.for_ == for_]
    found = [s for s in everything if over or s.status in LIVE]
    if len(found) > 1:
        mine = [s for s in found if program.acts_for_any(case, turn.by, s.who)]
        found = mine or found
    if len(found) > 1:
        direct = [s for s in found if turn.by in s.who or s.for_ == turn.by]
        found = direct or found
    if len(found) > 1 and len({s.for_ for s in found}) == 1:
        found = [max(found, key=lambda s: (s.round, s.step))]
    if len(found) == 1:
        return found[0]
    if found:
        raise refuse(
            "task.which", task=_name(turn, task_id), count=len(found), allowed=[task_name(turn, s.key) for s in found]
        )
    if everything:
        last = everything[-1]
        raise refuse("task.over", task=task_name(turn, last.key), state=OVER[last.status])
    raise refuse("task.not-standing", task=_name(turn, task_id), why=_why_not(turn, task_id))


def _name(turn: Turn, task_id: str) -> Words:
    task = turn.program.edition.tasks.get(task_id)
    return task.name if task else Words(task_id, task_id)


def _why_not(turn: Turn, task_id: str) -> Words:
    task = turn.program.edition.tasks.get(task_id)
    if task is None or task.section != turn.case.kind:
        return Words("不属于这类事项", "it does not belong to this kind of case")
    env = turn.env()
    if turn.program.whiles[task_id](env) is False:
        return Words("条件不适用（级别、类型或阶段）", "its condition does not apply (level, type or stage)")
    if turn.program.whens[task_id](env) is False:
        return Words("条件不成立", "its condition does not hold")
    return Words("条件尚未明确", "its condition is not known yet")


def needs_own(turn: Turn, state: TaskState) -> None:
    """The task is this actor's to do."""
    if not turn.program.acts_for_any(turn.case, turn.by, state.who):
        who = turn.names(state.who)
        raise refuse("task.not-yours", task=task_name(turn, state.key), who=who, by=turn.name(turn.by))


def needs_ready(turn: Turn, state: TaskState) -> None:
    """What must come before it is done."""
    waiting = waits_for(turn.program, turn.case, state)
    if waiting:
        names = [task_name(turn, each.key) for each in waiting]
        raise refuse("task.waits", task=task_name(turn, state.key), tasks=names)


def known_to_case(turn: Turn) -> dict[str, Any]:
    """What a form can take over: facts, instants, levels, the report itself, fields of forms filled in before."""
    case = turn.case
    known: dict[str, Any] = {name: at.isoformat() for name, at in case.instants.items()}
    known.update(title=case.title, summary=case.summary, place=case.place, by=turn.name(turn.by).zh)
    known["now"] = turn.now.isoformat()
    if case.types:
        known["types"] = list(case.types)
    known.update({scale: standing.confirmed for scale, standing in case.standings.items() if standing.confirmed})
    known.update(case.facts)
    known.update(_derived(turn, case))
    for state in case.tasks.values():
        if state.fields and (task := turn.program.edition.tasks.get(state.task)) is not None:
            known.update({f"{task.form}.{name}": value for name, value in state.fields.items()})
    return known


def _derived(turn: Turn, case: Case) -> dict[str, Any]:
    """What is computed and has an answer, in a case as it is or as it is about to become."""
    env = turn.program.env(case, turn.now, by=turn.by)
    values = {
        fact.id: as_plain(turn.program.value(fact.derived, env))
        for fact in turn.program.edition.facts.values()
        if fact.derived is not None
    }
    return {name: value for name, value in values.items() if value is not None}


def _decided(turn: Turn, settles: str, value: Any) -> dict[str, Any]:
    """What is known once a decision is taken: its value, and what is computed of it."""
    case, edition = turn.case, turn.program.edition
    if settles in edition.scales:
        standing = Standing(confirmed=value, confirmed_at=turn.now)
        case = replace(case, standings={**case.standings, settles: standing})
    elif settles in edition.facts:
        case = replace(case, facts={**case.facts, settles: value})
    elif settles == "types":
        case = replace(case, types=tuple(value))
    return {**_derived(turn, case), settles: value}


def checked_fields(turn: Turn, task: Task, given: dict[str, Any], decided: Any = None) -> dict[str, Any]:
    """The form of a task as it will be kept, with what the case knows filled in; required ones must be there.

    `decided` is what is being decided with it: the form may say it, too.
    """
    form = turn.program.edition.forms.get(task.form)
    if form is None:
        return dict(given)
    known = known_to_case(turn)
    if task.settles and decided is not None:
        known.update(_decided(turn, task.settles, decided))
    fields = filled_fields(form, known, given)
    if missing := missing_fields(form, fields):
        raise refuse("form.missing", form=form.name, fields=missing)
    return fields


def broken_check(turn: Turn, task: Task, fields: dict[str, Any]) -> Check | None:
    """The first thing that the plan asks of a completion and that does not hold, or cannot be seen to."""
    form = turn.program.edition.forms.get(task.form)
    for check in task.done:
        env = turn.program.env(turn.case, turn.now, by=turn.by, form=typed_fields(form, fields))
        value = turn.program.value(check.that, env)
        if value is UNKNOWN or not value:
            return check
    return None


def needs_checks(turn: Turn, task: Task, fields: dict[str, Any]) -> None:
    """What the plan asks of a completion; refused with the plan's own sentence."""
    check = broken_check(turn, task, fields)
    if check is not None:
        raise refuse("task.check", say=check.say)


def lateness(state: TaskState, at: datetime) -> int:
    """Seconds past the due instant, 0 if in time or without a limit."""
    return max(0, int((at - state.due_at).total_seconds())) if state.due_at is not None else 0


def finish(
    turn: Turn,
    state: TaskState,
    how: str,
    *,
    at: datetime | None = None,
    value: Any = None,
    note: str = "",
    fields: dict[str, Any] | None = None,
    evidence: tuple[str, ...] = (),
    reason: str = "",
    to: tuple[str, ...] = (),
) -> None:
    """Complete an instance. A clock that had run out unseen falls due first, so that the record shows it."""
    done_at = at or turn.now
    late = lateness(state, done_at)
    if late and state.overdue_at is None and state.due_at is not None:
        turn.emit(e.ClockFellDue(at=turn.now, key=state.key, due=state.due_at))
    turn.emit(
        e.TaskCompleted(
            at=done_at, by=turn.by, person=turn.person, key=state.key, how=how, value=value, note=note.strip(),
            fields=fields or {}, evidence=evidence, late=late, reason=reason.strip(), to=to,
        ),
        f"done:{state.task.removesuffix(ANSWER)}",
    )  # fmt: skip
    if how == "sent" and not state.step:
        _ask_for_answers(turn, turn.case.tasks[state.key])
    if not state.step:
        end_approvals(turn, state, "no-longer-applies")
        after_completion(turn, turn.case.tasks[state.key])


def _ask_for_answers(turn: Turn, state: TaskState) -> None:
    """Where the plan wants an answer (`reply`), every addressee owes one; that of an outsider is noted by whoever asked."""
    task = turn.program.edition.tasks.get(state.task)
    if task is None or not task.reply:
        return
    for actor in state.to:
        if actor in task.cc:
            continue
        turn.emit(
            e.TaskOpened(
                at=turn.now, key=f"{state.key}{ANSWER}{actor}", task=f"{state.task}{ANSWER}", for_=actor,
                since=turn.now, who=(actor,) if turn.program.is_inside(actor) else state.who,
            )
        )  # fmt: skip


def not_kind(turn: Turn, state: TaskState, act: Words) -> Exception:
    task = turn.program.edition.tasks.get(state.task)
    kind = KIND_NAMES[task.kind] if task else KIND_NAMES[TaskKind.ACTION]
    return refuse("task.not-kind", task=task_name(turn, state.key), kind=kind, act=act)


def planned(turn: Turn, state: TaskState, act: Words) -> Task:
    """The task of the plan that an instance is of; a measure outside the plan has none, and is only done or not."""
    task = turn.program.edition.tasks.get(state.task)
    if task is None:
        raise not_kind(turn, state, act)
    return task


def settle_decisions(turn: Turn, settles: str, value: Any, *, own_only: bool = False, but: str = "") -> None:
    """Complete the open decisions that ask for this fact, level or act; with `own_only`, those of this actor; none
    with the key `but`.

    One obligation, two doors: what was decided by its command is not asked for again as a task.
    """
    for task_id in turn.program.index.settled_by.get(settles, ()):
        for state in list(turn.case.tasks.values()):
            if state.task == task_id and state.status in LIVE and not state.step and state.key != but:
                if own_only and not turn.program.acts_for_any(turn.case, turn.by, state.who):
                    continue
                finish(turn, state, "decided", value=value)
