"""What stands for a type and a level: what the engine would open, whatever else is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from muster.console.reader import standing
from muster.console.reader.standing import Situation
from muster.engine import Program
from muster.engine.evaluate import UNKNOWN
from muster.engine.state import Case
from muster.plans import shelf
from muster.plans.model import CaseKind, Task
from muster.plans.reading import read_plan

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
PLANS = [each for each in shelf.plan_ids() if shelf.read_library_plan(each).edition is not None]

TWO_WAYS = """
id: office
title: t
edition: "1"
issuer: x
posts: {clerk: {name: 文员}, chief: {name: 主任}}
facts:
  crowd: {name: 有人聚集, type: bool}
  grave: {name: 严重, type: bool, is: level >= high}
types: {fire: {name: 火灾}, flood: {name: 水灾}}
scales:
  level: {name: 级别, of: incident, levels: {low: {name: 低}, high: {name: 高}}}
tasks:
  always: {kind: action, name: 接报, who: clerk}
  fire-only: {kind: action, name: 灭火, who: clerk, while: fire in types}
  flood-only: {kind: action, name: 排水, who: clerk, while: flood in types}
  either: {kind: action, name: 疏散, who: clerk, while: fire in types or flood in types}
  high-only: {kind: action, name: 报上级, who: clerk, while: level == high}
  grave-only: {kind: action, name: 主任到场, who: chief, while: grave}
  not-high: {kind: action, name: 自行处置, who: clerk, while: level < high}
  crowded: {kind: action, name: 劝离, who: clerk, while: fire in types, when: crowd and level == high}
"""


@pytest.fixture(scope="module")
def office() -> Program:
    loaded = read_plan(TWO_WAYS)
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition)


def ids(program: Program, type_: str, level: str) -> set[str]:
    return {each.task.id for each in standing.standing(program, Situation(CaseKind.INCIDENT, type_, level))}


@pytest.mark.parametrize(
    ("type_", "level", "stands"),
    [
        ("fire", "high", {"always", "fire-only", "either", "high-only", "grave-only", "crowded"}),
        ("fire", "low", {"always", "fire-only", "either", "not-high"}),
        ("flood", "high", {"always", "flood-only", "either", "high-only", "grave-only"}),
        ("", "low", {"always", "not-high"}),
    ],
)
def test_a_task_stands_where_nothing_of_its_condition_is_false(office, type_, level, stands):
    assert ids(office, type_, level) == stands


def test_only_what_the_situation_leaves_open_is_left_of_a_condition(office):
    found = standing.standing(office, Situation(CaseKind.INCIDENT, "fire", "high"))
    left = {each.task.id: [part.id for part in each.open] for each in found if each.open}
    assert left == {"crowded": ["crowd"]}


def test_a_plan_that_goes_by_types_shows_its_first_and_one_by_levels_its_second_highest(office):
    assert standing.situation(office) == Situation(CaseKind.INCIDENT, "", "low")
    redwood = Program(shelf.read_library_plan("redwood-exchange").edition)
    assert standing.situation(redwood) == Situation(CaseKind.INCIDENT, "petition", "")
    assert standing.situation(redwood, type_=standing.NO_TYPE) == Situation(CaseKind.INCIDENT, "", "")
    assert standing.situation(redwood, "nonsense", "nonsense", "nonsense") == standing.situation(redwood)


def test_a_plan_of_standing_duties_alone_has_no_response():
    loaded = read_plan(
        'id: p\ntitle: t\nedition: "1"\nissuer: x\nposts: {a: {name: 甲}}\nstanding: {s: {kind: meeting, name: 例会, who: a, again: {every: 1mo}}}\n'
    )
    assert standing.situation(Program(loaded.edition)) is None


def situations(program: Program) -> Iterator[Situation]:
    for kind in standing.kinds(program):
        for type_ in ["", *(each.id for each in standing.types(program, kind))]:
            for level in standing.levels(standing.scale_for(program, kind, type_)) or ("",):
                yield Situation(kind, type_, level)


def opened(program: Program, supposed: Situation, task: Task) -> bool:
    """Whether the engine opens a task in a case of the situation, at any stage of it, with every question open."""
    scale = standing.scale_for(program, supposed.kind, supposed.type)
    overrides = {scale.id: supposed.level} if scale is not None else None
    types = (supposed.type,) if supposed.type else ()
    for stage in program.edition.stages:
        for instants in ({"reported": NOW}, {"reported": NOW, "occurred": NOW, "started": NOW},
                         {"reported": NOW, "occurred": NOW, "started": NOW, "ended": NOW}):  # fmt: skip
            case = Case(kind=supposed.kind.value, version=1, stage=stage.value, last_at=NOW, types=types,
                        instants=instants)  # fmt: skip
            env = program.env(case, NOW, overrides=overrides)
            values = [program.value(part, env) for part in (*task.while_, *task.when)]
            if all(value is not UNKNOWN and value for value in values):
                return True
    return False


@pytest.mark.parametrize("plan", PLANS)
def test_whatever_the_engine_opens_for_a_type_and_level_stands_in_the_reader(plan):
    program = Program(shelf.read_library_plan(plan).edition)
    for supposed in situations(program):
        shown = {each.task.id for each in standing.standing(program, supposed)}
        for task in program.edition.tasks.values():
            if task.section == supposed.kind and opened(program, supposed, task):
                assert task.id in shown, (supposed, task.id)


@pytest.mark.parametrize("plan", PLANS)
def test_what_hangs_on_type_and_level_alone_stands_exactly_where_the_engine_opens_it(plan):
    program = Program(shelf.read_library_plan(plan).edition)
    for supposed in situations(program):
        scale = standing.scale_for(program, supposed.kind, supposed.type)
        decided = {"types", scale.id if scale is not None else "types"}
        shown = {each.task.id: each for each in standing.standing(program, supposed)}
        for task in program.edition.tasks.values():
            parts = (*task.while_, *task.when)
            if task.section == supposed.kind and all(
                part.reads <= decided and not part.tasks and "confirmed(" not in part.source for part in parts
            ):
                assert (task.id in shown) == opened(program, supposed, task), (supposed, task.id)
                assert task.id not in shown or not shown[task.id].open
