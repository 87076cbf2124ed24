"""Every plan of the library carries everything its written plan asks for, and every story of it is played."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.programs import library_program

from muster.drills import read_scenario
from muster.drills.names import Names
from muster.plans import shelf
from muster.plans.coverage import Sheet, State, coverage, read_sheet

SHEETS = Path(__file__).parent / "sheets"


@cache
def sheet_of(plan: str) -> Sheet:
    return read_sheet((SHEETS / f"{plan}.yaml").read_bytes(), name=plan)


@cache
def stories_of(plan: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, content in shelf.scenarios(plan).items():
        scenario = read_scenario(content, name=name).scenario
        for story in scenario.sheet if scenario else ():
            found[story] = (*found.get(story, ()), name)
    return found


def test_there_is_a_fact_sheet_for_every_plan() -> None:
    assert {path.stem for path in SHEETS.glob("*.yaml")} == set(shelf.plan_ids())


@pytest.mark.parametrize("plan", shelf.plan_ids())
def test_nothing_of_the_written_plan_is_missing(plan: str) -> None:
    result = coverage(library_program(plan).edition, sheet_of(plan), stories_of(plan))
    assert not [line.entry.id for line in result.of(State.MISSING)]
    assert not result.unknown, "ids that the written plan does not have"
    assert {line.entry.section for line in result.of(State.LEFT)} <= {"excluded", "ambiguities"}


@pytest.mark.parametrize("plan", shelf.plan_ids())
def test_a_scenario_can_name_everything_that_is_done_by_its_id_of_the_fact_sheet(plan: str) -> None:
    """A story is written from the sheet alone: steps and reports lead to tasks, posts to actors, levels to levels."""
    names = Names(library_program(plan))
    index = library_program(plan).index
    for entry in sheet_of(plan).entries:
        if entry.section in ("excluded", "ambiguities", "stories"):
            continue
        assert index.sheet.get(entry.id), entry.id
        kinds = {kind for kind, _ in index.sheet[entry.id]}
        if kinds & {"task", "approval"}:
            assert names.targets(f"sheet:{entry.id}"), entry.id
