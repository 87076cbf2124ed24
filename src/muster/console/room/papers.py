"""Reports and releases as tables, and the text of one paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.console import facts, naming
from muster.console.parts import Clock
from muster.console.room import answers
from muster.console.room.scene import Scene
from muster.console.room.tasks import Directory, Row, dom_id, paper_says, state_mark, task_row
from muster.engine.clocks import waits_for
from muster.engine.state import Status, TaskState
from muster.plans.model import Form, RightName, TaskKind

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Report:
    """One report: what, by whom, to whom, its clock, and what became of it."""

    id: str
    name: str
    url: str
    by: str
    to: str
    due: Clock | None
    clock: Clock
    says: str
    is_late: bool


def reports(scene: Scene) -> list[Report]:
    """Every report that is owed or was sent, in the order in which they fell due; those on offer only once sent."""
    found = []
    for state in scene.case.tasks.values():
        planned = scene.planned(state)
        if planned is None or planned.kind != TaskKind.REPORT or state.step:
            continue
        if state.status not in (Status.OPEN, Status.ACTIVE, Status.COMPLETED):
            continue
        if state.is_live and waits_for(scene.program, scene.case, state) and state.due_at is None:
            continue
        found.append(state)
    found.sort(key=lambda s: (s.due_at is None, s.due_at or s.opened_at, s.opened_at))
    return [_report(scene, state) for state in found[:SHOWN]]


def _report(scene: Scene, state: TaskState) -> Report:
    planned = scene.planned(state)
    assert planned is not None
    clock = naming.clock(scene.program, state)
    says = _("received by %(who)s") % {"who": naming.actors(scene.program, state.received)} if state.received else ""
    silent = answers.silent(scene.program, scene.case, state)
    if silent:
        says = naming.phrases([says, silent])
    if state.is_live:
        says = naming.phrases(paper_says(scene, state)) or (_("being prepared") if state.taken_at else "")
    return Report(
        dom_id("r", state.key), _numbered(scene, state),
        reverse("room-task", args=[scene.number, state.key]), naming.owners(scene.program, state),
        naming.actors(scene.program, planned.to), Clock(due_at=state.due_at) if state.due_at else None, clock, says,
        state_mark(scene, state) == "overdue",
    )  # fmt: skip


def _numbered(scene: Scene, state: TaskState) -> str:
    """Its name; of one that recurs, with which time it is."""
    name = naming.task(scene.program, state)
    return naming.phrases([name, _("round %(number)d") % {"number": state.round}]) if state.round > 1 else name


def releases(scene: Scene, people: Directory) -> tuple[list[Row], str]:
    """The releases of a case, and who publishes at this level."""
    found = [
        s for s in scene.case.tasks.values()
        if (planned := scene.planned(s)) is not None and planned.kind == TaskKind.RELEASE and not s.step
        and (s.status in (Status.COMPLETED, Status.OPEN, Status.ACTIVE) or s.paper is not None)
    ]  # fmt: skip
    found.sort(key=lambda s: (s.is_live, s.opened_at), reverse=True)
    says = ""
    if scene.program.states(RightName.PUBLISH):
        who = scene.program.holders(scene.case, RightName.PUBLISH, scene.now)
        says = _("now published by %(who)s") % {"who": naming.actors(scene.program, who)} if who else ""
    return [_distinct(task_row(scene, state, people)) for state in found[:SHOWN]], says


def _distinct(row: Row) -> Row:
    """The same task stands under its owner as well: here it goes by another id, and its forms open here."""

    panel = f"rel-{row.panel}"
    return replace(
        row, row=replace(row.row, id=f"rel-{row.row.id}", words="", contact=""), panel=panel,
        buttons=[replace(each, target=panel, key="") for each in row.buttons],
    )  # fmt: skip


def fields(scene: Scene, form: Form | None, values: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """What a paper, or a completed form, says: field → text. Without a form, whatever was given."""
    if form is None:
        return [(name, str(value)) for name, value in values.items()]
    found = []
    for field in form.fields:
        value = values.get(field.id)
        if value in (None, "", []):
            continue
        names = {choice.id: naming.say(choice.name) for choice in field.values}
        if isinstance(value, bool):
            text = _("yes") if value else _("no")
        elif names:
            given = value if isinstance(value, list | tuple) else [value]
            text = naming.join(names.get(str(each), str(each)) for each in given)
        elif field.type == "level":
            text = next((naming.level_in_words(scene.program, scale.id, str(value)) for scale in
                         scene.program.edition.scales.values() if any(level.id == value for level in scale.levels)), str(value))  # fmt: skip
        else:
            text = facts.as_text(field.type, value, scene.program.zone)
        found.append((naming.say(field.name), text))
    return found
