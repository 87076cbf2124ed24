"""A small plan to run scenarios under, and one line to run them with."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from muster.drills import Run, faults_of, read_scenario, run
from muster.engine import Program
from muster.plans import shelf
from muster.plans.reading import read_plan

SMALL = Path(__file__).parent.parent / "plans" / "small.yaml"

HEAD = """
scenario: test
plan: river-county-exchange
starts: 2026-03-03T09:00:00+08:00
"""

# The duty office reports; trading stopped twenty minutes before.
REPORT = """
inputs:
  - {at: 0m, report: {by: duty-office, type: trading-accident, occurred: -20m, summary: 撮合停止, facts: {trading_interrupted: true}}}
"""


@cache
def small_program() -> Program:
    loaded = read_plan(SMALL.read_bytes(), name="small.yaml")
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition)


@cache
def library_program(plan: str) -> Program:
    edition = shelf.read_library_plan(plan).edition
    assert edition is not None
    return Program(edition)


@pytest.fixture
def program() -> Program:
    return small_program()


@pytest.fixture
def drill() -> Callable[[str], Run]:
    """Run a scenario under the small plan: inputs and expectations follow the report, unless a text has its own."""

    def run_text(text: str) -> Run:
        content = HEAD + ("" if "inputs:" in text else REPORT) + text
        loaded = read_scenario(content)
        assert loaded.scenario is not None, [(each.line, each.says.en) for each in loaded.findings]
        faults = faults_of(small_program(), loaded)
        assert not faults, [(each.line, each.says.en) for each in faults]
        return run(small_program(), loaded.scenario)

    return run_text


def faults_in(content: str | bytes) -> list[str]:
    """The codes of everything wrong with a scenario, of its names too."""
    loaded = read_scenario(content)
    found = loaded.findings or (faults_of(small_program(), loaded) if loaded.scenario else ())
    return [each.rule for each in found]


def found_instead(run: Run) -> list[tuple[str, str]]:
    """What failed: each word with what was found."""
    return [(verdict.word, verdict.found.zh) for verdict in run.failures]
