"""Grading with reasons: for every level certain, possible or excluded, and the question whose answer settles most.

Hit policy is DMN's Priority: any one criterion suffices, the highest level counts, the order of the text does not.
No criterion met is "not graded", never the lowest level.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from muster.engine.evaluate import UNKNOWN
from muster.engine.program import Program
from muster.engine.state import Case
from muster.plans.conditions import Compare, Constant, Expression, Name
from muster.plans.model import Criterion, Fact, Scale
from muster.plans.parsing import walk


class Verdict(StrEnum):
    """Of a level, from its criteria: one holds; none holds but one may; none can."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


class CriterionStanding(Struct, frozen=True):
    """`holds`: True, False, or None while a question it needs is open (`open`); `judgement` never holds by itself."""

    criterion: Criterion
    holds: bool | None
    judgement: bool
    facts: tuple[str, ...]
    open: tuple[str, ...]


class LevelStanding(Struct, frozen=True):
    level: str
    verdict: Verdict
    criteria: tuple[CriterionStanding, ...]


class Answer(Struct, frozen=True):
    """What an answer to the open question would lead to: the level that would then be proposed ("": none yet)."""

    value: Any
    proposes: str


class Question(Struct, frozen=True):
    fact: str
    answers: tuple[Answer, ...]


class Grading(Struct, frozen=True):
    """Highest level first. `proposed` is "" where no criterion holds; `because` lists every criterion that does."""

    scale: str
    levels: tuple[LevelStanding, ...]
    proposed: str
    because: tuple[str, ...]
    question: Question | None

    def verdict(self, level: str) -> Verdict:
        return next(each.verdict for each in self.levels if each.level == level)


def _criterion(program: Program, case: Case, criterion: Criterion, now: datetime) -> CriterionStanding:
    if criterion.when is None:
        return CriterionStanding(criterion, None, True, (), ())
    value = program.value(criterion.when, program.env(case, now))
    reads = tuple(sorted(name for name in program.reads(criterion.when) if name in program.edition.facts))
    asked = tuple(n for n in reads if program.edition.facts[n].derived is None and n not in case.facts)
    holds = None if value is UNKNOWN else bool(value)
    return CriterionStanding(criterion, holds, False, reads, asked if holds is None else ())


def standings(program: Program, case: Case, scale: Scale, now: datetime) -> tuple[LevelStanding, ...]:
    """Every level of a scale with its criteria, highest first."""
    found = []
    for level in reversed(scale.levels):
        criteria = tuple(_criterion(program, case, c, now) for c in scale.criteria if c.level == level.id)
        if any(each.holds for each in criteria):
            verdict = Verdict.CERTAIN
        elif any(each.holds is None and not each.judgement for each in criteria):
            verdict = Verdict.POSSIBLE
        else:
            verdict = Verdict.EXCLUDED
        found.append(LevelStanding(level.id, verdict, criteria))
    return tuple(found)


def propose(program: Program, case: Case, scale: Scale, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The highest level of which a criterion holds, and every criterion of it that does; ("", ()) for none."""
    env = program.env(case, now)
    if scale.when is not None and program.value(scale.when, env) is not True:
        return "", ()
    holding: dict[str, list[str]] = {}
    for criterion in scale.criteria:
        if criterion.when is not None and program.value(criterion.when, env) is True:
            holding.setdefault(criterion.level, []).append(criterion.id)
    for level in reversed(scale.levels):
        if level.id in holding:
            return level.id, tuple(holding[level.id])
    return "", ()


def grade(program: Program, case: Case, scale_id: str, now: datetime) -> Grading:
    """The grading of a case on one scale, with its reasons and the open question."""
    scale = program.edition.scales[scale_id]
    levels = standings(program, case, scale, now)
    proposed, because = propose(program, case, scale, now)
    return Grading(scale_id, levels, proposed, because, _question(program, case, scale, levels, proposed, now))


def _question(
    program: Program, case: Case, scale: Scale, levels: tuple[LevelStanding, ...], proposed: str, now: datetime
) -> Question | None:
    """The unanswered fact whose answers would settle most criteria that still matter.

    Only levels above the proposed one matter, since the highest counts. Every possible answer is tried; a fact is
    worth the average number of criteria that its answers settle, and one more for every other level they lead to.
    """
    floor = scale.rank(proposed) if proposed else -1
    undecided = [
        each.criterion
        for level in levels
        if scale.rank(level.level) > floor
        for each in level.criteria
        if each.holds is None and not each.judgement
    ]
    if not undecided:
        return None
    candidates: dict[str, None] = {}
    for criterion in undecided:
        assert criterion.when is not None
        for name in sorted(program.reads(criterion.when)):
            fact = program.edition.facts.get(name)
            if fact is not None and fact.derived is None and name not in case.facts:
                candidates[name] = None
    best: tuple[float, str, tuple[Answer, ...]] | None = None
    for name in candidates:
        values = _possible_values(program.edition.facts[name], undecided)
        if not values:
            continue
        settled = 0
        answers = []
        for value in values:
            supposed = replace(case, facts={**case.facts, name: value})
            env = program.env(supposed, now)
            settled += sum(program.value(c.when, env) is not UNKNOWN for c in undecided if c.when is not None)
            answers.append(Answer(value, propose(program, supposed, scale, now)[0]))
        worth = settled / len(values) + len({answer.proposes for answer in answers}) - 1
        if best is None or worth > best[0]:
            best = (worth, name, tuple(answers))
    if best is None:
        name = next(iter(candidates), "")
        return Question(name, ()) if name else None
    return Question(best[1], best[2])


def _possible_values(fact: Fact, criteria: list[Criterion]) -> tuple[Any, ...]:
    """The answers worth trying: every value of a choice, and the two sides of each boundary of a number."""
    match fact.type:
        case "bool":
            return (True, False)
        case "enum":
            return tuple(choice.id for choice in fact.values)
        case "set":
            return tuple([choice.id] for choice in fact.values)
        case "int" | "number" | "money":
            edges = sorted({edge for c in criteria if c.when for edge in _boundaries(c.when, fact.id)})
            return tuple(sorted({value for edge in edges for value in (edge - 1, edge, edge + 1)}))
        case _:
            return ()


def _boundaries(expression: Expression, name: str) -> list[int | float]:
    """The numbers that a condition compares a fact with."""
    found: list[int | float] = []
    for node in walk(expression.tree):
        if isinstance(node, Compare):
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(side, Name) and side.id == name and isinstance(other, Constant):
                    value = other.value
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        found.append(value)
    return found
