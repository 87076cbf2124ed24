"""The engine runs one case: commands in, events out. Pure, deterministic, and without any clock of its own."""

from muster.engine.calendar import WorkCalendar
from muster.engine.clocks import wake_at
from muster.engine.decide import decide
from muster.engine.evolve import evolve, replay
from muster.engine.grading import grade
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import NEW, Case
from muster.engine.telling import Notice, tell

__all__ = [
    "NEW",
    "Case",
    "Notice",
    "Program",
    "Refusal",
    "WorkCalendar",
    "decide",
    "evolve",
    "grade",
    "replay",
    "tell",
    "wake_at",
]
