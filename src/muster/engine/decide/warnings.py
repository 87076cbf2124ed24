"""Warnings: proposed, approved, issued, adjusted, lifted. Who may is written in the plan for each colour."""

from __future__ import annotations

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.decide.checking import checked_facts, checked_units
from muster.engine.decide.instances import known_to_case, settle_decisions
from muster.engine.decide.levels import level_name
from muster.engine.decide.turn import Turn
from muster.engine.refusals import refuse
from muster.engine.state import Case, Proposal
from muster.engine.values import filled_fields, missing_fields
from muster.plans.model import CaseKind, RightName, Scale, Stage, Words


def colour_scale(turn: Turn) -> Scale:
    """The scale of warnings."""
    scales = turn.program.scales_by_kind[CaseKind.WARNING]
    if not scales:
        raise refuse("warning.no-scale")
    return scales[0]


def _checked_colour(turn: Turn, colour: str) -> Scale:
    scale = colour_scale(turn)
    if colour not in {level.id for level in scale.levels}:
        names = [level.name for level in scale.levels]
        raise refuse("level.unknown", level=colour, allowed=names)
    return scale


def propose(turn: Turn, command: c.ProposeWarning) -> None:
    """Propose a warning, which opens its case, or another colour for one in force."""
    scale = _checked_colour(turn, command.colour)
    if turn.case.version:
        turn.needs_open("warning")
    else:
        turn.needs_actor()
        facts = checked_facts(turn, command.facts)
        edition = turn.program.edition
        _needs_right_on(turn, Case(kind="warning"), RightName.PROPOSE, command.colour, scale)
        for actor, bound in command.units.items():
            checked_units(turn, actor, bound)
        turn.emit(
            e.CaseOpened(
                at=turn.now, by=turn.by, person=turn.person, kind="warning", plan=edition.id, edition=edition.digest,
                title=command.title or level_name(turn, scale.id, command.colour).zh, summary=command.reason,
                instants={"reported": turn.now}, units=command.units, is_drill=command.is_drill,
            )
        )  # fmt: skip
        if facts:
            turn.emit(e.FactsAnswered(at=turn.now, by=turn.by, person=turn.person, facts=facts))
        turn.fresh = True
    if turn.case.level(scale.id) == command.colour:
        raise refuse("warning.same", colour=level_name(turn, scale.id, command.colour))
    turn.needs_right(RightName.PROPOSE, candidate=command.colour, scale=scale.id)
    pending = turn.case.proposal.contents if turn.case.proposal else {}
    contents = {**turn.case.contents, **pending, **_checked_contents(turn, scale, command.contents)}
    turn.emit(
        e.WarningProposed(
            at=turn.now, by=turn.by, person=turn.person, colour=command.colour, contents=contents,
            reason=command.reason.strip(),
        )
    )  # fmt: skip


def _needs_right_on(turn: Turn, case: Case, right: RightName, colour: str, scale: Scale) -> None:
    """The right, asked before the case exists."""
    kept, turn.case = turn.case, case
    try:
        turn.needs_right(right, candidate=colour, scale=scale.id)
    finally:
        turn.case = kept


def _checked_contents(turn: Turn, scale: Scale, contents: dict[str, object]) -> dict[str, object]:
    return filled_fields(turn.program.edition.forms.get(scale.form), {}, contents)


def _proposal(turn: Turn) -> Proposal:
    turn.needs_open("warning")
    if turn.case.proposal is None:
        raise refuse("warning.none-proposed")
    return turn.case.proposal


def approve(turn: Turn, command: c.ApproveWarning) -> None:
    proposal = _proposal(turn)
    if proposal.approved_at is not None:
        raise refuse("warning.approved")
    turn.needs_right(RightName.APPROVE, candidate=proposal.colour, scale=colour_scale(turn).id)
    turn.emit(
        e.WarningApproved(
            at=turn.now, by=turn.by, person=turn.person, colour=proposal.colour, note=command.note.strip()
        )
    )


def return_proposal(turn: Turn, command: c.ReturnWarning) -> None:
    proposal = _proposal(turn)
    turn.needs_right(RightName.APPROVE, candidate=proposal.colour, scale=colour_scale(turn).id)
    turn.needs_reason(command.reason, Words("退回意见", "why the proposal is returned"))
    turn.emit(
        e.WarningReturned(
            at=turn.now, by=turn.by, person=turn.person, colour=proposal.colour, reason=command.reason.strip()
        )
    )


def issue(turn: Turn, command: c.IssueWarning) -> None:
    """Issue the approved colour. Where the plan asks for an approval, issuing without it is refused."""
    proposal = _proposal(turn)
    scale = colour_scale(turn)
    name = level_name(turn, scale.id, proposal.colour)
    turn.needs_right(RightName.ISSUE, candidate=proposal.colour, scale=scale.id)
    approvers = turn.program.holders(
        turn.case, RightName.APPROVE, turn.now, candidate=proposal.colour, scale=scale.id
    )  # fmt: skip
    if turn.program.states(RightName.APPROVE) and approvers and proposal.approved_at is None:
        raise refuse("warning.not-approved", colour=name, who=turn.names(approvers))
    form = turn.program.edition.forms.get(scale.form)
    known = {**known_to_case(turn), scale.id: proposal.colour, "issued": turn.now.isoformat()}
    altered = [name for name, value in command.contents.items() if proposal.contents.get(name, value) != value]
    if altered:  # what was approved is issued; only what was left open can be added
        names = {field.id: field.name for field in form.fields} if form is not None else {}
        raise refuse("warning.contents", fields=[names.get(name, name) for name in altered])
    contents = filled_fields(form, known, {**command.contents, **proposal.contents})
    if form is not None and (missing := missing_fields(form, contents)):
        raise refuse("form.missing", form=form.name, fields=missing)
    previous = turn.case.level(scale.id)
    by, person = turn.by, turn.person
    turn.emit(
        e.WarningIssued(
            at=turn.now, by=by, person=person, colour=proposal.colour, previous=previous, contents=contents
        ),
        "issued",
    )
    turn.emit(
        e.LevelConfirmed(at=turn.now, by=by, person=person, scale=scale.id, level=proposal.colour, previous=previous),
        scale.id,
    )
    if turn.case.stage != Stage.RESPONSE:
        turn.emit(
            e.StageChanged(
                at=turn.now, by=by, person=person, stage=Stage.RESPONSE, previous=turn.case.stage, act="start"
            ),
            "stage",
            "started",
        )


def lift(turn: Turn, command: c.LiftWarning) -> None:
    """The danger is gone: the warning ends, and with it every measure that stood only under it."""
    turn.needs_open("warning")
    scale = colour_scale(turn)
    colour = turn.case.level(scale.id)
    if not colour:
        raise refuse("warning.not-issued")
    turn.needs_right(RightName.LIFT)
    settle_decisions(turn, "lift", True)
    by, person, reason = turn.by, turn.person, command.reason.strip()
    turn.emit(e.WarningLifted(at=turn.now, by=by, person=person, scale=scale.id, colour=colour, reason=reason))
    turn.emit(
        e.StageChanged(
            at=turn.now, by=by, person=person, stage=Stage.CLOSED, previous=turn.case.stage, act="lift", reason=reason
        ),
        "stage",
    )
