"""The life of a case: start, end, review, close, reopen; and the ways in which it ends without its procedure."""

from __future__ import annotations

from typing import Any

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.decide.instances import needs_ready, settle_decisions, task_name
from muster.engine.decide.turn import Turn
from muster.engine.evaluate import UNKNOWN
from muster.engine.refusals import Refused, refuse
from muster.engine.state import LIVE, Status, answers_of
from muster.engine.values import fact_value
from muster.plans.model import CaseKind, RightName, Stage, TaskKind, Words

STAGE_NAMES: dict[str, Words] = {
    Stage.INTAKE: Words("接报", "intake"),
    Stage.ASSESSMENT: Words("研判", "assessment"),
    Stage.RESPONSE: Words("处置", "response"),
    Stage.RECOVERY: Words("善后", "recovery"),
    Stage.REVIEW: Words("评估", "review"),
    Stage.CLOSED: Words("归档", "closed"),
}
VERBS: dict[str, Words] = {
    "start": Words("启动响应", "start"),
    "end": Words("终止响应", "end the response"),
    "review": Words("开始评估", "go to review"),
    "close": Words("归档", "be closed"),
}


def start(turn: Turn, command: c.StartResponse) -> None:
    """Start the response, once a level is confirmed."""
    turn.needs_open("incident", "hazard")
    _needs_stage(turn, Stage.RESPONSE)
    if turn.case.stage not in (Stage.INTAKE, Stage.ASSESSMENT):
        raise _wrong_stage(turn, "start")
    scale = turn.program.main_scale(turn.case)
    if scale and not turn.case.level(scale) and not _graded_after_start(turn, scale):
        raise refuse("stage.ungraded")
    turn.needs_right(RightName.START)
    _needs_decidable(turn, "start")
    _guard(turn, Stage.RESPONSE, "start")
    _change(turn, Stage.RESPONSE, "start", command.note)
    settle_decisions(turn, "start", True)


def _graded_after_start(turn: Turn, scale: str) -> bool:
    """Whether the plan has the level decided only after the start: the group takes charge, then judges."""
    index = turn.program.index
    before = {earlier for task in index.settled_by.get(scale, ()) for earlier in _all_before(turn, task)}
    return any(task in before for task in index.settled_by.get("start", ()))


def _all_before(turn: Turn, task_id: str) -> set[str]:
    tasks, found, waiting = turn.program.edition.tasks, set[str](), [task_id]
    while waiting:
        earlier = set(tasks[waiting.pop()].after) - found
        found |= earlier
        waiting.extend(earlier)
    return found


def end(turn: Turn, command: c.EndResponse) -> None:
    """End the response; the grounds are asked for, since plans leave them to judgement."""
    turn.needs_open("incident", "hazard")
    if turn.case.stage != Stage.RESPONSE or _has_ended(turn):
        raise _wrong_stage(turn, "end")
    turn.needs_right(RightName.END)
    _needs_decidable(turn, "end")
    _guard(turn, Stage.RECOVERY, "end")
    _change(turn, _after_response(turn), "end", command.reason)
    settle_decisions(turn, "end", True)


def review(turn: Turn, command: c.BeginReview) -> None:
    """Go from recovery to the review. Where a plan has no recovery, the end of the response leads there itself."""
    turn.needs_open()
    _needs_stage(turn, Stage.REVIEW)
    if turn.case.stage != Stage.RECOVERY:
        raise _wrong_stage(turn, "review")
    turn.needs_right(RightName.REVIEW)
    _guard(turn, Stage.REVIEW, "review")
    _change(turn, Stage.REVIEW, "review", command.note)


def close(turn: Turn, command: c.CloseCase) -> None:
    """Close the case; refused while a task that guards the closing is open."""
    turn.needs_open()
    allowed = {Stage.RECOVERY, Stage.REVIEW}
    if Stage.RECOVERY not in turn.program.edition.stages and Stage.REVIEW not in turn.program.edition.stages:
        allowed.add(Stage.RESPONSE)
    if _never_responds(turn):
        # A response that was started all the same is ended first, by whoever may.
        allowed |= {Stage.INTAKE, Stage.ASSESSMENT}
        if turn.case.kind != "incident":
            allowed.add(Stage.RESPONSE)
    if turn.case.stage not in allowed:
        raise _wrong_stage(turn, "close")
    turn.needs_right(RightName.CLOSE)
    _guard(turn, Stage.CLOSED, "close")
    _change(turn, Stage.CLOSED, "close", command.note)


_WORK = (e.TaskCompleted, e.TaskTerminated, e.TaskWaived, e.TaskDeclined, e.FactsAnswered, e.TypesSet)


def file_occurrence(turn: Turn) -> None:
    """An occurrence of a standing duty is over when everything in it is done: nobody has to file what is finished.

    It stays open while a condition of what may follow upon it is still unknown, and where somebody has reopened it,
    until something more is done in it.
    """
    case, program = turn.case, turn.program
    if not any(isinstance(event, _WORK) for event in turn.events):
        return
    if case.kind != CaseKind.STANDING or not case.task or case.is_over:
        return
    own = [state for state in case.tasks.values() if not state.step]
    if any(state.status in LIVE and state.status != Status.OFFERED for state in case.tasks.values()):
        return
    if not any(state.status == Status.COMPLETED for state in own):
        return
    env = turn.env()
    opened = {state.task for state in own}
    for step in program.index.steps_of.get(case.task, ()):
        if step not in opened and program.whiles[step](env) is not False and program.whens[step](env) is UNKNOWN:
            return
    turn.emit(
        e.StageChanged(
            at=turn.now, by=turn.by, person=turn.person, stage=Stage.CLOSED, previous=case.stage, act="close"
        ),
        "stage",
    )


def _never_responds(turn: Turn) -> bool:
    """Whether the case is closed without a response: of a kind or under a plan that has none, where nothing in the plan
    starts one for this case, or where it was decided not to."""
    if turn.case.kind in ("standing", "hazard"):
        return True
    if not {Stage.RESPONSE, Stage.RECOVERY, Stage.REVIEW} & set(turn.program.edition.stages):
        return True
    program, case = turn.program, turn.case
    deciding = program.index.settled_by.get("start", ())
    if not deciding:
        return not program.starts_by_decision and not program.main_scale(case)
    if any(s.task in deciding and s.status == Status.COMPLETED and s.value is False for s in case.tasks.values()):
        return True
    env = turn.env()
    return all(program.whiles[task](env) is False or program.whens[task](env) is False for task in deciding)


def reopen(turn: Turn, command: c.ReopenCase) -> None:
    """Take a case that is over up again: a closed one for recovery, or to be judged anew where no response had been
    started; any other where it stood."""
    case = turn.case
    if not case.version:
        raise refuse("case.not-open")
    if not case.is_over:
        raise refuse("case.not-over")
    turn.needs_right(RightName.REOPEN)
    turn.needs_reason(command.reason, Words("为何重新开启", "why the case is reopened"))
    stage = case.stage
    if stage == Stage.CLOSED:
        stage = _stage_after_closing(turn)
    turn.emit(
        e.StageChanged(
            at=turn.now, by=turn.by, person=turn.person, stage=stage, previous=case.stage, act="reopen",
            reason=command.reason.strip(),
        )
    )  # fmt: skip
    turn.fresh = True


def _stage_after_closing(turn: Turn) -> Stage:
    stages = turn.program.edition.stages
    first = Stage.RECOVERY if "started" in turn.case.instants else Stage.ASSESSMENT
    return next((stage for stage in (first, Stage.ASSESSMENT) if stage in stages), Stage.INTAKE)


def dismiss(turn: Turn, command: c.Dismiss) -> None:
    """No incident after all; the reason is kept."""
    turn.needs_open()
    turn.needs_right(RightName.DISMISS)
    turn.needs_reason(command.reason, Words("为何作误报处理", "why it is no incident"))
    _finish(turn, "dismissed", command.reason)


def merge_into(turn: Turn, command: c.MergeInto) -> None:
    """The same occurrence as another case; everything known goes there with `Absorb`."""
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    _finish(turn, "merged", command.reason, command.into)


def absorb(turn: Turn, command: c.Absorb) -> None:
    """Take over what another report of the same occurrence knew; what is known here already stays."""
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    turn.emit(
        e.CaseAbsorbed(
            at=turn.now, by=turn.by, person=turn.person, other=command.other, title=command.title,
            summary=command.summary,
        ),
        "times_raised",
    )  # fmt: skip
    new: dict[str, Any] = {}
    for name, value in command.facts.items():
        if name not in turn.case.facts:
            try:
                plain = fact_value(turn.program, name, value)
            except Refused:
                continue  # the other case may run under another edition: what this plan cannot take stays there
            if plain is not None:
                new[name] = plain
    if new:
        turn.emit(e.FactsAnswered(at=turn.now, by=turn.by, person=turn.person, facts=new), *new)


def hand_over(turn: Turn, command: c.HandOver) -> None:
    turn.needs_open()
    turn.needs_right(RightName.HAND_OVER)
    if not command.to.strip():
        raise refuse("directive.empty")
    turn.needs_reason(command.reason, Words("为何移交", "why the case is handed over"))
    _finish(turn, "handed-over", command.reason, command.to)


def seal(turn: Turn, command: c.Seal) -> None:
    """The matter is classified: it goes on outside this system, and only a reference stays."""
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    turn.needs_reason(command.reference, Words("写明涉密程序的文号", "the reference of the classified procedure"))
    for state in turn.case.tasks.values():
        task = turn.program.edition.tasks.get(state.task)
        if task is not None and task.kind == TaskKind.RELEASE and state.status == Status.COMPLETED and not state.step:
            raise refuse("seal.public")
    _finish(turn, "sealed", "", command.reference)


def open_guards(turn: Turn, stage: Stage) -> list[str]:
    """The live tasks that keep a stage from beginning, by key."""
    index = turn.program.index
    order = list(Stage)
    guarding = {
        task_id for each in order[: order.index(stage) + 1] for task_id in index.before.get(each, ())
    }  # fmt: skip
    found = []
    for state in turn.case.tasks.values():
        if state.task in guarding and state.status in LIVE and state.status != Status.OFFERED and not state.step:
            task = turn.program.edition.tasks[state.task]
            rounds_done = sum(
                s.task == state.task and s.for_ == state.for_ and s.status == Status.COMPLETED
                for s in turn.case.tasks.values()
            )
            # A task that recurs guards until it was done as often as the plan asks.
            # A round that came of what others completed stands for a reason of its own.
            if task.again is None or task.again.on or rounds_done < max(task.again.least, 1):
                found.append(state.key)
    found += [a.key for task_id in guarding for a in answers_of(turn.case, task_id) if a.status in LIVE]
    return found


def _needs_decidable(turn: Turn, act: str) -> None:
    """What must come before the decision of the plan comes before the act, too: both doors have the same lock."""
    for task_id in turn.program.index.settled_by.get(act, ()):
        for state in turn.case.tasks.values():
            if state.task == task_id and state.status in LIVE and not state.step:
                needs_ready(turn, state)


def _guard(turn: Turn, stage: Stage, act: str) -> None:
    waiting = open_guards(turn, stage)
    if act in ("start", "end"):  # the decision that is being taken does not stand in its own way
        settling = turn.program.index.settled_by.get(act, ())
        waiting = [key for key in waiting if turn.case.tasks[key].task not in settling]
    if waiting:
        names = [task_name(turn, key) for key in waiting]
        raise refuse("stage.open-tasks", act=VERBS[act], count=len(waiting), tasks=names)


def _after_response(turn: Turn) -> Stage:
    stages = turn.program.edition.stages
    # A plan with nothing after the response ends it where it is, and then closes the case.
    return next((stage for stage in (Stage.RECOVERY, Stage.REVIEW) if stage in stages), Stage.RESPONSE)


def _has_ended(turn: Turn) -> bool:
    """Whether the response that was started last is over already."""
    started, ended = turn.case.instants.get("started"), turn.case.instants.get("ended")
    return ended is not None and (started is None or ended >= started)


def _needs_stage(turn: Turn, stage: Stage) -> None:
    """The plan has such a stage."""
    if stage not in turn.program.edition.stages:
        raise refuse("stage.none", stage=STAGE_NAMES[stage])


def _wrong_stage(turn: Turn, act: str) -> Exception:
    return refuse("stage.wrong", stage=STAGE_NAMES[turn.case.stage], act=VERBS[act])


def _change(turn: Turn, stage: Stage, act: str, reason: str) -> None:
    instant = {"start": "started", "end": "ended"}.get(act)
    event = e.StageChanged(
        at=turn.now, by=turn.by, person=turn.person, stage=stage, previous=turn.case.stage, act=act,
        reason=reason.strip(),
    )  # fmt: skip
    turn.emit(event, "stage", *((instant,) if instant else ()))


def _finish(turn: Turn, how: str, reason: str, to: str = "") -> None:
    turn.emit(e.CaseEnded(at=turn.now, by=turn.by, person=turn.person, how=how, reason=reason.strip(), to=to))
