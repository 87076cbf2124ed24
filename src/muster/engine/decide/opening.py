"""Opening a case: an incident is reported, a hazard found, a standing duty's occurrence begun."""

from __future__ import annotations

from datetime import datetime

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.decide.checking import checked_facts, checked_types, checked_units, not_in_future
from muster.engine.decide.turn import Turn
from muster.engine.recurrence import period_at
from muster.engine.refusals import refuse
from muster.engine.values import near
from muster.plans.model import CaseKind, Words


def open_incident(turn: Turn, command: c.OpenIncident) -> None:
    """Open an incident. Anybody whom the plan knows may report one."""
    if turn.case.version:
        raise refuse("case.open-already")
    turn.needs_actor()
    if not (command.title.strip() or command.summary.strip()):
        raise refuse("case.nothing-said")
    not_in_future(turn, command.occurred, Words("发生时间", "the time of occurrence"))
    not_in_future(turn, command.detected, Words("发现时间", "the time of detection"))
    if command.occurred and command.detected and command.detected < command.occurred:
        raise refuse("time.order", what=Words("发现时间", "detection"), other=Words("发生时间", "occurrence"))
    facts = checked_facts(turn, command.facts)
    types = checked_types(turn, command.types)
    instants = {"reported": turn.now}
    if command.occurred:
        instants["occurred"] = command.occurred
    if command.detected:
        instants["detected"] = command.detected
    _open(turn, "incident", command.title or command.summary, instants, command.units, command)
    if facts:
        turn.emit(e.FactsAnswered(at=turn.now, by=turn.by, person=turn.person, facts=facts))
    if types:
        turn.emit(e.TypesSet(at=turn.now, by=turn.by, person=turn.person, types=types))
    turn.fresh = True


def open_occurrence(turn: Turn, command: c.OpenOccurrence) -> None:
    """Open a hazard, or one occurrence of a standing duty."""
    if turn.case.version:
        raise refuse("case.open-already")
    turn.needs_actor()
    if not (command.title.strip() or command.summary.strip()):
        raise refuse("case.nothing-said")
    facts = checked_facts(turn, command.facts)
    task = turn.program.edition.tasks.get(command.task)
    if command.task and (task is None or task.section != command.kind):
        duties = turn.program.index.by_section[CaseKind(command.kind)]
        raise refuse("task.unknown", task=command.task, hint=near(command.task, duties))
    due = command.due
    if (
        due is None
        and task is not None
        and task.again is not None
        and (period := period_at(turn.program, task.again, turn.now))
    ):
        due = period.due
    _open(turn, command.kind, command.title or command.summary, {"reported": turn.now}, command.units, command, due)
    if facts:
        turn.emit(e.FactsAnswered(at=turn.now, by=turn.by, person=turn.person, facts=facts))
    turn.fresh = True


def _open(
    turn: Turn,
    kind: str,
    title: str,
    instants: dict[str, datetime],
    units: dict[str, tuple[str, ...]],
    command: c.OpenIncident | c.OpenOccurrence,
    due: datetime | None = None,
) -> None:
    for actor, bound in units.items():
        checked_units(turn, actor, bound)
    edition = turn.program.edition
    turn.emit(
        e.CaseOpened(
            at=turn.now, by=turn.by, person=turn.person, kind=kind, plan=edition.id, edition=edition.digest,
            title=title.strip(), summary=command.summary.strip(), instants=instants, units=units,
            place=getattr(command, "place", ""), source=getattr(command, "source", ""),
            task=getattr(command, "task", ""), due=due, is_drill=command.is_drill,
        )
    )  # fmt: skip
