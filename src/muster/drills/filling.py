"""Answers that a plan accepts: for its facts, its forms, its decisions. Each has variants, so that another can be tried."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from muster.engine.program import Program
from muster.engine.state import Case
from muster.plans.model import Choice, Field, Task

# So many variants there are; the next would be the first again (an enum or a scale with more values has more).
VARIANTS = 6

_NUMBERS = (1, 0, 3, 100, 10, 10_000_000)
_SPANS = ("30m", "0m", "2h", "1d", "60m", "3d")
_NEAR = (
    timedelta(),
    timedelta(hours=-1),
    timedelta(days=1),
    timedelta(days=-2),
    timedelta(days=20),
    timedelta(hours=1),
)
_NAMES = ("甲", "乙", "丙", "丁", "戊", "己")


def answer(kind: str, choices: tuple[Choice, ...], now: datetime, variant: int = 0) -> Any:
    """A value that a fact or a field of this type takes."""
    at = variant % VARIANTS
    match kind:
        case "bool":
            return variant % 2 == 0
        case "int" | "number" | "money":
            return _NUMBERS[at]
        case "duration":
            return _SPANS[at]
        case "instant":
            return (now + _NEAR[at]).isoformat()
        case "date":
            return (now + _NEAR[at]).date().isoformat()
        case "enum" if choices:
            return choices[variant % len(choices)].id
        case "set" if choices:
            return [choices[variant % len(choices)].id]
        case "list":
            return list(_NAMES[: at + 1])
        case _:
            return "已知情况"


def fields(program: Program, form_id: str, now: datetime, variant: int = 0, *, optional: bool = True) -> dict[str, Any]:
    """A form filled in; without `optional` only what must be."""
    form = program.edition.forms.get(form_id)
    if form is None:
        return {}
    return {each.id: _field(each, now, variant) for each in form.fields if optional or each.required}


def _field(field: Field, now: datetime, variant: int) -> Any:
    return answer(field.type, field.values, now, variant)


def decision(program: Program, case: Case, task: Task, now: datetime, variant: int = 0) -> Any:
    """What a decision could be settled as: the criteria's level first, yes before no."""
    edition = program.edition
    if task.settles in edition.scales:
        levels = [level.id for level in edition.scales[task.settles].levels]
        proposed = case.standings[task.settles].proposed if task.settles in case.standings else ""
        first = [proposed] if proposed else []
        ordered = [*first, *(level for level in levels if level not in first)]
        return ordered[variant % len(ordered)]
    if task.settles == "types":
        types = list(edition.types)
        return [types[variant % len(types)]] if types else None
    fact = edition.facts.get(task.settles)
    if fact is not None:
        return answer(fact.type, fact.values, now, variant)
    return variant % 2 == 0 if task.settles else None


def unit(program: Program, actor_id: str, variant: int = 0) -> tuple[str, ...]:
    """Who could fill an actor of a case."""
    actor = program.edition.actors[actor_id]
    return (actor.among[variant % len(actor.among)],) if actor.among else ("某单位",)
