"""Which tasks stand for a type and a level: decided from the plan alone, with every other question open.

A condition is true, false, or open. What is false for a type and level cannot stand there; what is open stands as soon
as the rest of its condition holds, and the reader says which rest that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from muster.engine import Program
from muster.plans import conditions as c
from muster.plans.conditions import Expression, Node
from muster.plans.model import CaseKind, IncidentType, Scale, Task

RESPONSES = (CaseKind.INCIDENT, CaseKind.WARNING, CaseKind.HAZARD)
"""The kinds of case that somebody responds to; standing duties come by the calendar."""
NO_TYPE = "-"
"""How one asks for what stands whatever the type."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is supposed: the kind of case, its type ("" for none of the plan's types) and its level ("" for none)."""

    kind: CaseKind
    type: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A task that stands, and the parts of its condition that the situation does not decide."""

    task: Task
    open: tuple[Node, ...]


def standing(program: Program, supposed: Situation) -> list[Standing]:
    """The tasks that stand in a situation, in the order of the plan."""
    judge = _Judge(program, supposed)
    found = []
    for task in program.edition.tasks.values():
        if task.section != supposed.kind:
            continue
        judged = [(part, judge.holds(part.tree)) for part in (*task.while_, *task.when)]
        if all(holds is not False for _part, holds in judged):
            rest = (each for part, holds in judged if holds is None for each in judge.rest(part.tree))
            found.append(Standing(task, tuple(dict.fromkeys(rest))))
    return found


def may_hold(program: Program, supposed: Situation, condition: Expression | None) -> bool:
    """Whether a condition holds in a situation, or still can."""
    return condition is None or _Judge(program, supposed).holds(condition.tree) is not False


def open_rest(program: Program, supposed: Situation, condition: Expression | None) -> tuple[Node, ...] | None:
    """What a condition still asks for in a situation: nothing where it holds; None where it cannot hold there."""
    judge = _Judge(program, supposed)
    holds = True if condition is None else judge.holds(condition.tree)
    if holds is False:
        return None
    return () if condition is None or holds else tuple(judge.rest(condition.tree))


def scale_for(program: Program, kind: CaseKind, type_: str = "") -> Scale | None:
    """The scale by which a case of this kind and type is graded: the first that can apply to it."""
    for scale in program.scales_by_kind[kind]:
        if may_hold(program, Situation(kind, type_), scale.when):
            return scale
    return None


def kinds(program: Program) -> tuple[CaseKind, ...]:
    """The kinds of case that the plan has tasks for."""
    given = {task.section for task in program.edition.tasks.values()}
    return tuple(kind for kind in RESPONSES if kind in given)


def types(program: Program, kind: CaseKind) -> tuple[IncidentType, ...]:
    return tuple(program.edition.types.values()) if kind == CaseKind.INCIDENT else ()


def levels(scale: Scale | None) -> tuple[str, ...]:
    """The levels of a scale, highest first."""
    return tuple(each.id for each in reversed(scale.levels)) if scale is not None else ()


def situation(program: Program, kind: str = "", type_: str = "", level: str = "") -> Situation | None:
    """The situation that is asked for; what is missing or not in the plan gives way to what shows most.

    A plan that goes by types shows its first, one that goes by levels its second highest. None for a plan that has
    nothing but standing duties.
    """
    known = kinds(program)
    if not known:
        return None
    chosen = next((each for each in known if each.value == kind), known[0])
    of_types = [each.id for each in types(program, chosen)]
    if type_ not in of_types:
        type_ = of_types[0] if of_types and type_ != NO_TYPE and scale_for(program, chosen) is None else ""
    found = levels(scale_for(program, chosen, type_))
    if level not in found:
        level = found[min(1, len(found) - 1)] if found else ""
    return Situation(chosen, type_, level)


class _Judge:
    def __init__(self, program: Program, supposed: Situation) -> None:
        self.edition = program.edition
        self.supposed = supposed
        scale = None
        if supposed.level:
            scale = next(
                (
                    each
                    for each in program.scales_by_kind[supposed.kind]
                    if supposed.level in {x.id for x in each.levels}
                ),
                None,
            )
        self.scale = scale
        self.foreign = {each.id for each in program.edition.scales.values() if each.of != supposed.kind}

    def holds(self, tree: Node) -> bool | None:
        """True, False, or None for open."""
        match tree:
            case c.Constant(bool() as given):
                return given
            case c.Not(of):
                inner = self.holds(of)
                return None if inner is None else not inner
            case c.And(parts):
                values = [self.holds(each) for each in parts]
                return False if False in values else None if None in values else True
            case c.Or(parts):
                values = [self.holds(each) for each in parts]
                return True if True in values else None if None in values else False
            case c.Choose(when, yes, no):
                chosen = self.holds(when)
                if chosen is None:
                    both = {self.holds(yes), self.holds(no)}
                    return both.pop() if len(both) == 1 else None
                return self.holds(yes if chosen else no)
            case c.Name(name) if (fact := self.edition.facts.get(name)) is not None and fact.derived is not None:
                return self.holds(fact.derived.tree)
            case c.Compare(operator, left, right):
                return self._compares(operator, left, right)
            case c.Call("known", (c.Name(name),)) if self.scale is not None and name == self.scale.id:
                return True
            # `known(confirmed(level))` stays open: it tells the time before the level is confirmed from the time after.
        return None

    def _compares(self, operator: str, left: Node, right: Node) -> bool | None:
        match left, right:
            case c.Name(name), _any if name in self.foreign:
                return False  # a warning's colour is never known of an incident, nor an incident's level of a warning
            case c.Name(kind), c.Name("types") if self.supposed.kind == CaseKind.INCIDENT and operator == "in":
                return kind == self.supposed.type
            case c.Name(name), c.Name(level) if self.scale is not None and name == self.scale.id:
                if level not in {each.id for each in self.scale.levels}:
                    return None
                here, there = self.scale.rank(self.supposed.level), self.scale.rank(level)
                return {
                    "==": here == there, "!=": here != there, "<": here < there, "<=": here <= there,
                    ">": here > there, ">=": here >= there,
                }.get(operator)  # fmt: skip
            case c.Name(name), c.ListOf(items) if self.scale is not None and name == self.scale.id:
                return self.supposed.level in {each.id for each in items if isinstance(each, c.Name)}
        return None

    def rest(self, tree: Node) -> Iterator[Node]:
        """What of an open condition the situation leaves undecided."""
        if isinstance(tree, c.And):
            for part in tree.parts:
                if self.holds(part) is None:
                    yield from self.rest(part)
        elif isinstance(tree, c.Or):
            left = tuple(part for part in tree.parts if self.holds(part) is None)
            yield left[0] if len(left) == 1 else c.Or(left)
        else:
            yield tree
