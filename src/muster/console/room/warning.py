"""A warning: the ladder of colours with what each adds, the proposal that waits, and the text of the warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from msgspec.structs import replace

from muster.console import facts, naming, words
from muster.console.commands import ACTS, judged
from muster.console.forms.fields import Target
from muster.console.parts import Cite, Level, Rung, Step
from muster.console.room.history import Confirmation
from muster.console.room.scene import Scene
from muster.console.room.tasks import Button, act_url, state_mark
from muster.engine.state import Standing, TaskState
from muster.plans.model import CaseKind, RightName, Scale

OFFERED = ("approve-warning", "issue-warning", "return-warning", "propose", "lift-warning")


@dataclass(frozen=True, slots=True)
class Proposed:
    """The proposal on its way: who proposed what and when, on what grounds, and what this reader may do about it."""

    title: str
    level: Level | None
    says: str
    buttons: Sequence[Button]
    cites: Sequence[Cite]
    since: object


@dataclass(frozen=True, slots=True)
class Ladder:
    rungs: Sequence[Rung]
    proposed: Proposed | None
    contents: Sequence[tuple[str, str]]
    missing: int
    buttons: Sequence[Button]


def ladder(scene: Scene, history: Sequence[Confirmation]) -> Ladder | None:
    """The stairs of a warning; None for another kind of case, or a plan without colours."""
    scales = scene.program.scales_by_kind[CaseKind.WARNING]
    if scene.case.kind != "warning" or not scales:
        return None
    scale = scales[0]
    contents, missing = _contents(scene, scale)
    may = {name: judged(name, Target(scene, {})).is_offered for name in OFFERED}
    proposal = scene.case.proposal

    def offer(name: str, *, is_main: bool = False) -> list[Button]:
        act = ACTS[name]
        return [Button(act.label(), act_url(scene, name), "do-case", is_main=is_main, act=name)] if may[name] else []

    proposed = None
    if proposal is not None:
        is_approved = proposal.approved_at is not None
        buttons = [] if is_approved else offer("approve-warning", is_main=True)
        buttons += offer("issue-warning", is_main=is_approved)
        buttons += offer("return-warning")
        proposed = Proposed(
            _("%(who)s proposes: %(colour)s") % {
                "who": naming.actor(scene.program, proposal.by),
                "colour": naming.level_in_words(scene.program, scale.id, proposal.colour),
            },
            naming.level(scene.program, scale.id, proposal.colour),
            _stands(scene, scale),
            buttons,
            [],
            proposal.approved_at or proposal.at,
        )  # fmt: skip
    return Ladder(
        _rungs(scene, scale, history), proposed, contents, missing, [*offer("propose"), *offer("lift-warning")]
    )


def _stands(scene: Scene, scale: Scale) -> str:
    """Who has approved the proposal, or has to; who issues it."""
    proposal = scene.case.proposal
    assert proposal is not None
    program = scene.program
    issuers = program.holders(scene.case, RightName.ISSUE, scene.now, candidate=proposal.colour, scale=scale.id)
    if proposal.approved_at is not None:
        return _("approved by %(who)s %(time)s, to be issued by %(issuer)s") % {
            "who": naming.actor(program, proposal.approved_by), "time": words.wall(proposal.approved_at, scene.now),
            "issuer": naming.actors(program, issuers),
        }  # fmt: skip
    approvers = program.holders(scene.case, RightName.APPROVE, scene.now, candidate=proposal.colour, scale=scale.id)
    return _("to be approved by %(who)s, then issued by %(issuer)s") % {
        "who": naming.actors(program, approvers), "issuer": naming.actors(program, issuers),
    }  # fmt: skip


def _rungs(scene: Scene, scale: Scale, history: Sequence[Confirmation]) -> list[Rung]:
    program, case = scene.program, scene.case
    present = case.level(scale.id)
    rank = scale.rank(present) if present else -1
    rungs, below = [], set()
    kept = 0
    for place, level in enumerate(scale.levels):
        tasks = _tasks_under(scene, scale, level.id)
        added = [task for task in tasks if task not in below]
        below.update(tasks)
        shown = naming.level(program, scale.id, level.id)
        assert shown is not None
        issued = next((each for each in history if each.level == level.id), None)
        proposal = case.proposal
        status = ""
        says = words.wall(issued.at, scene.now) if issued is not None else _("not issued")
        if level.id == present:
            status = _("in force")
        elif proposal is not None and proposal.colour == level.id:
            status = _("to be issued") if proposal.approved_at else _("to be approved")
            says = words.wall(proposal.at, scene.now)
        rungs.append(
            Rung(
                shown, naming.level_in_words(program, scale.id, level.id), says, status, _who(scene, scale, level.id),
                _carries(scene, scale, place, kept, len(added)), kept, [_step(scene, task) for task in added],
                is_on=place <= rank,
            )
        )  # fmt: skip
        kept += len(added)
    return rungs


def _carries(scene: Scene, scale: Scale, place: int, kept: int, added: int) -> str:
    if not place:
        return _("%(added)d at this colour") % {"added": added}
    before = naming.level(scene.program, scale.id, scale.levels[place - 1].id)
    return _("%(before)s %(kept)d, and %(added)d more") % {
        "before": before.code if before is not None else "", "kept": kept, "added": added,
    }  # fmt: skip


def _tasks_under(scene: Scene, scale: Scale, colour: str) -> list[str]:
    """The tasks of the plan that stand, or could stand, under a colour: those whose condition it does not exclude."""
    program, case = scene.program, scene.case
    standing = case.standings.get(scale.id)

    supposed = replace(
        case, stage="response",
        standings={**case.standings, scale.id: replace(standing or Standing(), confirmed=colour)},
    )  # fmt: skip
    env = program.env(supposed, scene.now)
    found = []
    for task_id in program.index.by_section.get(CaseKind.WARNING, ()):
        task = program.edition.tasks[task_id]
        reads = {name for part in (*task.while_, *task.when) for name in program.reads(part)}
        if scale.id not in reads:
            continue
        if program.whiles[task_id](env) is not False and program.whens[task_id](env) is not False:
            found.append(task_id)
    return found


def _step(scene: Scene, task_id: str) -> Step:
    """One measure as a step: in its state where it stands, as later where it does not."""
    task = scene.program.edition.tasks[task_id]
    states: list[TaskState] = [s for s in scene.case.tasks.values() if s.task == task_id and not s.step]
    if not states:
        return Step("waiting", naming.say(task.name), naming.actors(scene.program, task.who[:3]))
    marks = [state_mark(scene, state) for state in states]
    mark = next((m for m in ("overdue", "open", "acknowledged", "returned", "waiting") if m in marks), marks[0])
    done = sum(m == "done" for m in marks)
    says = f"{done}/{len(marks)}" if len(marks) > 1 else ""
    return Step(mark, naming.say(task.name), says)


def _who(scene: Scene, scale: Scale, colour: str) -> list[tuple[str, str]]:
    """Who proposes, approves and issues a colour."""
    labels = {
        RightName.PROPOSE: pgettext("right", "propose a warning"),
        RightName.APPROVE: pgettext("right", "approve a warning"),
        RightName.ISSUE: pgettext("right", "issue a warning"),
        RightName.LIFT: pgettext("right", "lift a warning"),
    }
    program = scene.program
    return [
        (label, naming.actors(program, program.holders(scene.case, right, scene.now, candidate=colour, scale=scale.id)))
        for right, label in labels.items()
        if program.states(right)
    ]


def _contents(scene: Scene, scale: Scale) -> tuple[list[tuple[str, str]], int]:
    """The text of the warning, of the proposal where there is one; how many of its required fields are still empty."""
    form = scene.program.edition.forms.get(scale.form)
    if form is None:
        return [], 0
    proposal = scene.case.proposal
    given = proposal.contents if proposal is not None else scene.case.contents
    known = facts.known_to_form(scene.case, scene.program)
    rows, missing = [], 0
    for field in form.fields:
        value = given.get(field.id) or (known.get(field.source) if field.source else None)
        if field.id == scale.id or field.type == "level":
            level = proposal.colour if proposal is not None else scene.case.level(scale.id)
            rows.append(
                (naming.say(field.name), naming.level_in_words(scene.program, scale.id, level) if level else "")
            )
        elif value or field.required:
            rows.append((naming.say(field.name), facts.as_text(field.type, value, scene.program.zone)))
            missing += not value and field.required
    return rows, missing
