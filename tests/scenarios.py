"""Scenarios under the small plan, in a few lines each."""

from __future__ import annotations

from tests.programs import small_program

from muster.drills import Run, faults_of, read_scenario

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


def faults_in(content: str | bytes) -> list[str]:
    """The codes of everything wrong with a scenario, of its names too."""
    loaded = read_scenario(content)
    found = loaded.findings or (faults_of(small_program(), loaded) if loaded.scenario else ())
    return [each.rule for each in found]


def found_instead(run: Run) -> list[tuple[str, str]]:
    """What failed: each word with what was found."""
    return [(verdict.word, verdict.found.zh) for verdict in run.failures]
