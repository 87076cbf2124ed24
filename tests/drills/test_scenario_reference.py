"""The reference names everything that a scenario may say, and every fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.programs import library_program

from muster.drills import faults_of, read_scenario, run
from muster.drills.faults import SCENARIO_FAULTS
from muster.drills.scenario import EXPECTATIONS, VERBS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "scenarios.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", [*VERBS, *EXPECTATIONS, "for", "says", "by"])
def test_every_word_has_its_line(word):
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("argument", sorted({key for verb in VERBS.values() for key in verb.takes}))
def test_every_argument_is_named(argument):
    assert f"`{argument}`" in PAGE


@pytest.mark.parametrize("code", SCENARIO_FAULTS)
def test_every_fault_is_named(code):
    assert code in PAGE


def test_the_example_of_the_page_runs_as_it_says():
    content = PAGE.split("```yaml\n")[1].split("```")[0]
    loaded = read_scenario(content)
    assert loaded.scenario is not None
    assert not faults_of(library_program("luohe-finance"), loaded)
    assert run(library_program("luohe-finance"), loaded.scenario).passed
