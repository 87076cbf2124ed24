"""The head of a room: level, stage, command, next clock; the ruler; and what the last rise of the level changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec.structs import replace

from muster.console import naming, overview, words
from muster.console.parts import Clock, Level, Node, Stage
from muster.console.room.history import Confirmation
from muster.console.room.scene import Scene
from muster.console.room.tasks import Directory, holders_say
from muster.console.ruler import Band, Mark
from muster.engine.state import Status
from muster.people import reads as people_reads
from muster.plans.model import ActorKind, CaseKind, Filled, RightName
from muster.plans.model import Stage as PlanStage

LOOKS_BACK = timedelta(hours=3)
LOOKS_AHEAD = timedelta(hours=6)
LONGEST_PAST = timedelta(hours=30)


@dataclass(frozen=True, slots=True)
class Holder:
    """A post that commands or coordinates, and who holds it."""

    names: str
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class Next:
    """The next clock, or the one that is most overdue."""

    clock: Clock
    name: str
    who: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    level: Level | None
    proposed: Level | None
    level_says: str
    stages: Sequence[Stage]
    stage_says: str
    command: Sequence[Holder]
    unnamed: str
    """The posts that command and that nobody is entered for."""
    coordinate: Sequence[Holder]
    next: Next | None
    late: int


@dataclass(frozen=True, slots=True)
class Rise:
    """What the last change of the level did: numbers of tasks kept, added and ended, and the rights that moved."""

    title: str
    kept: int
    added: Sequence[str]
    ended: Sequence[str]
    moved: Sequence[str]
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """The ruler: from when to when, its marks and its bands."""

    start: datetime
    end: datetime
    marks: Sequence[Mark]
    bands: Sequence[Band]


def head(scene: Scene, history: Sequence[Confirmation], people: Directory, names: dict[str, str]) -> Head:
    program, case = scene.program, scene.case
    scale = program.main_scale(case)
    standing = case.standings.get(scale)
    confirmed = case.level(scale) if scale else ""
    proposed = standing.proposed if standing is not None and standing.proposed != confirmed else ""
    last = next((each for each in reversed(history) if each.scale == scale and each.level == confirmed), None)
    commanding = _holders(scene, RightName.COMMAND, people)
    return Head(
        naming.level(program, scale, confirmed),
        naming.level(program, scale, proposed),
        _level_says(scene, scale, last, names),
        _stages(scene),
        _stage_says(scene),
        [each for each in commanding if each.names],
        naming.join(each.post for each in commanding if not each.names),
        _holders(scene, RightName.COORDINATE, people),
        _next(scene),
        sum(overview.is_late(state, scene.now) for state in case.tasks.values()),
    )


def _level_says(scene: Scene, scale: str, last: Confirmation | None, names: dict[str, str]) -> str:
    """13:05由Ⅳ级升级，陈立民确认."""
    if last is None:
        return ""
    who = names.get(last.person) or naming.actor(scene.program, last.by)
    values = {"time": words.wall(last.at, scene.now), "who": who}
    if last.previous:
        before = naming.level(scene.program, scale, last.previous)
        values["before"] = before.code if before is not None else last.previous
        ranks = scene.program.edition.scales[scale]
        if ranks.rank(last.level) > ranks.rank(last.previous):
            return _("%(time)s raised from %(before)s, confirmed by %(who)s") % values
        return _("%(time)s lowered from %(before)s by %(who)s") % values
    if scene.case.kind == "warning":
        return _("%(time)s issued by %(who)s") % values
    return _("%(time)s confirmed by %(who)s") % values


def _stages(scene: Scene) -> list[Stage]:
    case = scene.case
    stages = [str(stage) for stage in scene.program.edition.stages]
    if case.kind == "warning":
        stages = ["intake", "response", "closed"]
    here = stages.index(case.stage) if case.stage in stages else 0
    return [
        Stage(naming.stage(stage, case.kind), "past" if n < here else "now" if n == here else "next")
        for n, stage in enumerate(stages)
    ]


def _stage_says(scene: Scene) -> str:
    case = scene.case
    if case.ended:
        return naming.phrases([naming.ended(case.ended), case.ended_to])
    done, owed = overview.progress(case)
    return _("%(done)d of %(owed)d tasks done") % {"done": done, "owed": owed} if owed else ""


def _holders(scene: Scene, right: RightName, people: Directory) -> list[Holder]:
    program, case = scene.program, scene.case
    if not program.states(right):
        return []
    found = []
    for actor in program.holders(case, right, scene.now):
        persons = people.get(actor, ())
        found.append(
            Holder(
                naming.join(person.name for person in persons),
                naming.actor(program, actor),
                next((person.phone for person in persons if person.phone), ""),
            )
        )
    # Those with a person first; of the rest their posts say that nobody is entered.
    return sorted(found, key=lambda each: not each.names)


def _next(scene: Scene) -> Next | None:

    case = scene.case
    late = [s for s in case.tasks.values() if overview.is_late(s, scene.now)]
    ahead = overview.next_clock(case, scene.now)
    shown = ahead or tuple(sorted(late, key=lambda s: s.due_at or s.opened_at)[:1])
    if not shown or case.is_over:
        return None
    first = shown[0]
    return Next(
        naming.clock(scene.program, first), naming.task(scene.program, first),
        naming.join(dict.fromkeys(naming.owners(scene.program, state) for state in shown)),
        reverse("room-task", args=[scene.number, first.key]),
    )  # fmt: skip


# --- the ruler


def line(scene: Scene, history: Sequence[Confirmation]) -> Line | None:
    """All clocks of a case around now, what has happened, and the levels as bands."""
    case, now = scene.case, scene.now
    marks = [*_happened(scene), *_clocks(scene)]
    if not marks:
        return None
    instants = [each.at for each in marks]
    if case.is_over and case.last_at is not None:  # the whole of it, to look back on
        return _whole(scene, marks, _bands(scene, history, case.last_at))
    near = [at for at in instants if now - LONGEST_PAST <= at <= now + LONGEST_PAST]
    start = min([*(at for at in near if at <= now), now - LOOKS_BACK / 3])
    ahead = [at for at in near if at > now]
    end = max([now + LOOKS_AHEAD / 3, *(at for at in ahead if at <= now + LOOKS_AHEAD), *(ahead[:1])])
    span = end - start
    start, end = start - span / 50, end + span / 12
    bands = [Band(max(start, b.start), max(start, b.end), b.hue, b.label) for b in _bands(scene, history, now)]
    return Line(
        start, end, [m for m in marks if start <= m.at <= end or m.late_by], [b for b in bands if b.end > b.start]
    )


def _whole(scene: Scene, marks: Sequence[Mark], bands: Sequence[Band]) -> Line:
    """A case that is over, from its first instant to its last."""
    assert scene.case.last_at is not None
    start, end = min(mark.at for mark in marks), scene.case.last_at
    span = max(end - start, timedelta(hours=1))
    return Line(start - span / 50, end + span / 12, [m for m in marks if m.at <= end], bands)


def _bands(scene: Scene, history: Sequence[Confirmation], until: datetime) -> list[Band]:
    """The levels of a case one after another, the last one until now or until its end."""
    scale = scene.program.main_scale(scene.case)
    levels = [each for each in history if each.scale == scale]
    found = []
    for place, each in enumerate(levels):
        shown = naming.level(scene.program, scale, each.level)
        ends = levels[place + 1].at if place + 1 < len(levels) else until
        if shown is not None and shown.hue and ends > each.at:
            found.append(Band(each.at, ends, shown.hue, f"{shown.code} {shown.name}".strip()))
    return found


def _happened(scene: Scene) -> list[Mark]:
    labels = {
        "occurred": _("Occurred"), "detected": _("Detected"), "reported": _("Reported"), "started": _("Response started"),
        "ended": _("Response ended"), "issued": _("Warning issued"),
    }  # fmt: skip
    found = []
    for name, at in scene.case.instants.items():
        if name in labels:
            found.append(Mark(at, labels[name], "", "fact"))
    return found


def _clocks(scene: Scene) -> list[Mark]:
    """Due instants of what is open; of what is done, the limit with whether it was met."""
    found = []
    for state in scene.case.tasks.values():
        if state.step and not state.is_live:
            continue
        who = naming.owners(scene.program, state)
        name = naming.task(scene.program, state)
        if state.is_live and state.status != Status.OFFERED:
            if state.due_at is not None:
                late = scene.now - state.due_at if state.due_at < scene.now else None
                found.append(Mark(state.due_at, name, who, "due", late))
            elif state.aim_at is not None and state.aim_at > scene.now:
                found.append(Mark(state.aim_at, name, who, "own"))
        elif state.status == Status.COMPLETED and state.due_at is not None and state.ended_at is not None:
            met = (
                words.late(state.ended_at - state.due_at) if state.late else words.early(state.due_at - state.ended_at)
            )
            found.append(Mark(state.due_at, name, f"{who} {met}", "due"))
    return found


# --- what a change of the level did


def rise(scene: Scene, history: Sequence[Confirmation]) -> Rise | None:
    """What the last change of the main level kept, added and ended; None where there was only one level, or none.

    Everything that a confirmation brings happens at its own instant, so that the case itself tells.
    """
    case, program = scene.case, scene.program
    scale = program.main_scale(case)
    last = next((each for each in reversed(history) if each.scale == scale), None)
    if last is None or not last.previous or case.is_over:
        return None
    tasks = [state for state in case.tasks.values() if not state.step]
    added = [s for s in tasks if s.opened_at == last.at and s.round == 1 and s.status != Status.OFFERED]
    ended = [s for s in tasks if s.ended_at == last.at and s.how == "no-longer-applies" and s.opened_at < last.at]
    kept = [s for s in tasks if s.opened_at < last.at and (s.ended_at is None or s.ended_at > last.at)]
    title = _("%(time)s %(before)s to %(level)s:") % {
        "time": words.wall(last.at, scene.now),
        "before": _code(scene, scale, last.previous), "level": _code(scene, scale, last.level),
    }  # fmt: skip
    return Rise(
        title, len(kept),
        list(dict.fromkeys(naming.task(program, s) for s in added)),
        list(dict.fromkeys(naming.task(program, s) for s in ended)),
        _moved(scene, scale, last), last.seq,
    )  # fmt: skip


def _code(scene: Scene, scale: str, level_id: str) -> str:
    level = naming.level(scene.program, scale, level_id)
    return level.code if level is not None else level_id


WATCHED = (RightName.PUBLISH, RightName.COMMAND, RightName.COORDINATE, RightName.START, RightName.END)


def _moved(scene: Scene, scale: str, last: Confirmation) -> list[str]:
    """The rights whose holders differ between the level before and this one."""
    case, program = scene.case, scene.program
    standing = case.standings[scale]
    before = replace(case, standings={**case.standings, scale: replace(standing, confirmed=last.previous)})
    after = replace(case, standings={**case.standings, scale: replace(standing, confirmed=last.level)})
    found = []
    for right in WATCHED:
        if not program.states(right):
            continue
        held, holds = program.holders(before, right, scene.now), program.holders(after, right, scene.now)
        if holds and set(held) != set(holds):
            found.append(
                _("%(right)s now with %(who)s") % {"right": naming.right(right), "who": naming.actors(program, holds)}
            )
    return found


# --- who commands whom


def tree(scene: Scene, people: Directory) -> list[Node]:
    """Coordination above command, command above the bodies that are set up or will be, with their persons."""
    program, case = scene.program, scene.case
    command = program.holders(case, RightName.COMMAND, scene.now) if program.states(RightName.COMMAND) else ()
    above = program.holders(case, RightName.COORDINATE, scene.now) if program.states(RightName.COORDINATE) else ()
    working = _bodies(scene, people)
    below = [_node(scene, actor, people, _("commands")) for actor in command if actor not in above]
    top = [_node(scene, actor, people, _("coordinates")) for actor in above]
    if not top:
        return [*below, *working]
    return [*top[:-1], _with_below(top[-1], [*below, *working])]


def _with_below(node: Node, below: Sequence[Node]) -> Node:
    return Node(node.name, node.role, node.telephone, node.says, node.is_later, below)


def _node(scene: Scene, actor_id: str, people: Directory, role: str) -> Node:
    persons = people.get(actor_id, ())
    post = naming.actor(scene.program, actor_id)
    name = naming.join(person.name for person in persons)
    if not name:
        return Node(post, role, says=_("nobody entered"))
    return Node(name, naming.phrases([post, role]), next((p.phone for p in persons if p.phone), ""))


def _bodies(scene: Scene, people: Directory) -> list[Node]:
    """The bodies that have something to do in this case, and those that the response sets up."""
    program, case = scene.program, scene.case
    busy = {who for state in case.tasks.values() if state.is_live and not state.step for who in state.who}
    found, later = [], []
    for actor in program.edition.actors.values():
        if actor.kind != ActorKind.BODY:
            continue
        bound = case.units.get(actor.id, ())
        if actor.filled == Filled.RESPONSE and case.stage in (PlanStage.INTAKE, PlanStage.ASSESSMENT):
            if case.kind == CaseKind.INCIDENT:
                later.append(naming.say(actor.name))
            continue
        if actor.id in busy or bound:
            name = naming.actors(program, bound) if bound else naming.say(actor.name)
            role = naming.say(actor.name) if bound and name != naming.say(actor.name) else ""
            says = holders_say(scene, [actor.id], people)
            phone = next((p.phone for p in people.get(actor.id, ()) if p.phone), "")
            found.append(Node(name, naming.phrases([role, says]), phone))
    if later:
        found.append(Node(naming.join(later), says=_("set up with the response"), is_later=True))
    return found


def directory(scene: Scene) -> Directory:
    """Everybody who holds something of the plan, in one statement."""
    return people_reads.directory(scene.program.edition.id, scene.now)
