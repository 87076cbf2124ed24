"""Scenarios on a virtual clock: what people do when, and what must come out. Pure: no clock, no files, no chance."""

from muster.drills.checking import faults_of
from muster.drills.reading import LoadedScenario, read_scenario
from muster.drills.running import Run, run
from muster.drills.scenario import Scenario

__all__ = ["LoadedScenario", "Run", "Scenario", "faults_of", "read_scenario", "run"]
