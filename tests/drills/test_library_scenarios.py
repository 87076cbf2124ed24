"""Every scenario of the library comes out as it says, under the plan of the library."""

from __future__ import annotations

import pytest
from tests.programs import library_program

from muster.drills import faults_of, read_scenario, run
from muster.plans import shelf

SCENARIOS = [(plan, name) for plan in shelf.plan_ids() for name in shelf.scenarios(plan)]


@pytest.mark.parametrize(("plan", "name"), SCENARIOS, ids=[f"{plan}/{name}" for plan, name in SCENARIOS])
def test_a_scenario_of_the_library_comes_out_as_it_says(plan: str, name: str) -> None:
    loaded = read_scenario(shelf.scenarios(plan)[name], name=name)
    assert loaded.scenario is not None, [(each.line, each.says.en) for each in loaded.findings]
    assert loaded.scenario.plan == plan
    program = library_program(plan)
    assert not faults_of(program, loaded)
    result = run(program, loaded.scenario)
    assert not [(verdict.line, verdict.word, verdict.expected.en, verdict.found.en) for verdict in result.failures]
    assert result.verdicts, "a scenario that expects nothing proves nothing"


@pytest.mark.parametrize(("plan", "name"), SCENARIOS, ids=[f"{plan}/{name}" for plan, name in SCENARIOS])
def test_a_scenario_of_the_library_runs_the_same_twice(plan: str, name: str) -> None:
    scenario = read_scenario(shelf.scenarios(plan)[name]).scenario
    assert scenario is not None
    first, second = (run(library_program(plan), scenario) for _ in range(2))
    assert first.events == second.events
    assert first.verdicts == second.verdicts


def test_every_plan_of_the_library_has_a_scenario() -> None:
    assert {plan for plan, _ in SCENARIOS} == set(shelf.plan_ids())
