"""What a command says, checked before anything happens: answers, types, instants, who fills a place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from muster.engine.decide.turn import Turn
from muster.engine.refusals import refuse
from muster.engine.values import fact_value
from muster.plans.model import Filled, Task, TaskKind, Words

# Clocks of two machines differ a little: what happened "just now" elsewhere is not yet the future.
LEEWAY = timedelta(minutes=2)


def not_in_future(turn: Turn, at: datetime | None, what: Words) -> None:
    """A happening cannot be dated later than now."""
    if at is not None and at > turn.now + LEEWAY:
        local = at.astimezone(turn.program.zone)
        raise refuse("time.future", what=what, at=f"{local:%Y-%m-%d %H:%M}")


def checked_facts(turn: Turn, facts: dict[str, Any]) -> dict[str, Any]:
    """Every answer made plain, or a refusal that names the first one that cannot be."""
    return {name: fact_value(turn.program, name, value) for name, value in facts.items()}


def checked_types(turn: Turn, types: tuple[str, ...]) -> tuple[str, ...]:
    known = turn.program.edition.types
    for each in types:
        if each not in known:
            raise refuse("type.unknown", type=each, allowed=[kind.name for kind in known.values()])
    return tuple(dict.fromkeys(types))


def checked_addressees(turn: Turn, task: Task, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a report goes to: those chosen must be addressees of it, and where each is owed it, none can be left out."""
    if task.kind != TaskKind.REPORT:
        return ()
    allowed = turn.program.addressees(turn.case, task)
    for actor in chosen:
        if actor not in allowed and actor not in task.to:
            raise refuse("report.not-addressee", actor=turn.name(actor), allowed=turn.names(allowed))
    if chosen and task.reach == "each" and (left_out := [a for a in allowed if a not in chosen]):
        raise refuse("report.each", task=task.name, left_out=turn.names(left_out))
    return turn.program.sent_to(turn.case, task, chosen)


def checked_units(turn: Turn, actor_id: str, units: tuple[str, ...]) -> None:
    """An actor of a case can be filled by those the plan names for it, and by no more than it has places."""
    actor = turn.program.actor(actor_id)
    if actor is None:
        raise refuse("actor.unknown", actor=actor_id)
    if actor.filled not in (Filled.CASE, Filled.RESPONSE):
        raise refuse("actor.not-filled", actor=actor.name)
    if actor.among:
        for unit in units:
            if unit not in actor.among:
                raise refuse("actor.outside", unit=turn.name(unit), allowed=turn.names(actor.among))
    most = actor.seats[1]
    if most and len(units) > most:
        raise refuse("actor.seats", actor=actor.name, most=most, given=len(units))
