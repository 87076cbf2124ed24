"""What stands in the way of an act that moves the stage of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muster.console.room.scene import Scene
from muster.engine.commands import Tick
from muster.engine.decide.stages import open_guards
from muster.engine.decide.turn import Turn
from muster.engine.state import TaskState
from muster.plans.model import Stage

BEGINS: Mapping[str, Stage] = {
    "start": Stage.RESPONSE,
    "end": Stage.RECOVERY,
    "review": Stage.REVIEW,
    "close": Stage.CLOSED,
}
"""The stage that each of these acts begins."""


def still_open(scene: Scene, act: str) -> Sequence[TaskState]:
    """The tasks that have to be done before the act; none where it moves no stage. The decision on the act itself is
    not in its own way."""
    stage = BEGINS.get(act)
    if stage is None:
        return ()
    keys = open_guards(Turn(scene.program, scene.case, Tick(), scene.now), stage)
    found = [scene.case.tasks[key] for key in keys]
    return [s for s in found if (planned := scene.planned(s)) is None or planned.settles != act]
