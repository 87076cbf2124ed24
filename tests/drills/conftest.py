"""One line to run a scenario with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.programs import small_program
from tests.scenarios import HEAD, REPORT

from muster.drills import Run, faults_of, read_scenario, run


@pytest.fixture
def drill() -> Callable[[str], Run]:
    """Run a scenario under the small plan: expectations follow the report, unless a text has inputs of its own."""

    def run_text(text: str) -> Run:
        content = HEAD + ("" if "inputs:" in text else REPORT) + text
        loaded = read_scenario(content)
        assert loaded.scenario is not None, [(each.line, each.says.en) for each in loaded.findings]
        faults = faults_of(small_program(), loaded)
        assert not faults, [(each.line, each.says.en) for each in faults]
        return run(small_program(), loaded.scenario)

    return run_text
