"""Confirming a level: the criteria propose, a person with the right disposes."""

from __future__ import annotations

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.decide.assessing import begin_assessment
from muster.engine.decide.instances import settle_decisions
from muster.engine.decide.turn import Turn
from muster.engine.grading import Verdict, grade
from muster.engine.refusals import refuse
from muster.engine.state import Standing
from muster.plans.model import CaseKind, RightName, Stage, Words


def level_name(turn: Turn, scale_id: str, level_id: str) -> Words:
    """ "Ⅲ级 较大": the level as people say it."""
    for level in turn.program.edition.scales[scale_id].levels:
        if level.id == level_id:
            return level.name
    return Words(level_id, level_id)


def confirm_level(turn: Turn, command: c.ConfirmLevel, *, deciding: str = "") -> None:
    """Confirm a level. A reason is needed where it is not what the criteria say, and to lower one.

    `deciding`: the task by which it is decided, which is completed there. A rise keeps what was done: only what no longer applies ends, and what the new level adds opens.
    """
    turn.needs_open()
    scale = turn.program.edition.scales.get(command.scale)
    if scale is None or scale.of != turn.case.kind or scale.of == CaseKind.WARNING:
        raise refuse("scale.unknown", scale=command.scale)
    if command.level not in {level.id for level in scale.levels}:
        names = [level.name for level in scale.levels]
        raise refuse("level.unknown", level=command.level, allowed=names)
    before = turn.case.standings.get(scale.id) or Standing()
    if before.confirmed == command.level:
        raise refuse("level.same", level=level_name(turn, scale.id, command.level))
    lowers = bool(before.confirmed) and scale.rank(command.level) < scale.rank(before.confirmed)
    right = RightName.LOWER if lowers else RightName.CONFIRM
    turn.needs_right(right, candidate=command.level, scale=scale.id)
    grading = grade(turn.program, turn.case, scale.id, turn.now)
    if (why := _why_a_reason(turn, command, grading.proposed, grading.verdict(command.level), lowers)) is not None:
        if not command.reason.strip():
            raise refuse("level.reason", level=level_name(turn, scale.id, command.level), why=why)
    because = tuple(
        each.criterion.id
        for level in grading.levels
        if level.level == command.level
        for each in level.criteria
        if each.holds
    )
    turn.emit(
        e.LevelConfirmed(
            at=turn.now, by=turn.by, person=turn.person, scale=scale.id, level=command.level,
            previous=before.confirmed, because=because, reason=command.reason.strip(),
        ),
        scale.id,
    )  # fmt: skip
    settle_decisions(turn, scale.id, command.level, but=deciding)
    begin_assessment(turn)
    if scale.id == turn.program.main_scale(turn.case) and not turn.program.starts_by_decision:
        _start_by_confirmation(turn)


def _why_a_reason(turn: Turn, command: c.ConfirmLevel, proposed: str, verdict: Verdict, lowers: bool) -> Words | None:
    if lowers:
        return Words("降低级别", "the level is lowered")
    if verdict == Verdict.EXCLUDED:
        return Words("没有一条标准成立，属于研判认定", "no criterion holds, so it is a matter of judgement")
    if verdict == Verdict.POSSIBLE:
        return Words("尚无标准成立，仍有未答要素", "no criterion holds yet, and questions are open")
    if proposed != command.level:
        name = level_name(turn, command.scale, proposed)
        return Words(f"标准指向{name.zh}", f"the criteria point to {name.en or name.zh}")
    return None


def _start_by_confirmation(turn: Turn) -> None:
    """Where the plan has no decision to start, confirming the level starts the response."""
    if turn.case.stage in (Stage.INTAKE, Stage.ASSESSMENT) and Stage.RESPONSE in turn.program.edition.stages:
        turn.emit(
            e.StageChanged(
                at=turn.now, by=turn.by, person=turn.person, stage=Stage.RESPONSE, previous=turn.case.stage, act="start"
            ),
            "stage",
            "started",
        )
