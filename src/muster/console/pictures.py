"""Pictures of a plan, drawn from its data: who belongs to whom, and how a response of a level unfolds.

Only geometry is worked out here: boxes, lines and words with their places in px. `console/_picture.html` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.console import naming, words
from muster.console.ruler import text_width
from muster.engine import Program
from muster.engine.evaluate import UNKNOWN
from muster.engine.state import Case
from muster.plans import conditions as c
from muster.plans.conditions import Span
from muster.plans.model import Actor, ActorKind, Filled, Scale, Task, TaskKind

WIDTH = 1152
PAD = 10
GAP = 12
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""An instant for questions whose answer does not hang on the time: which tasks belong to a level, who holds a right."""


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text. `look` is its class: t, t2, t3, tb, on-key; `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    look: str = "t"
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its whole name for those who point at it. `look`: box, box box--key, box box--later, span."""

    x: float
    y: float
    width: float
    height: float
    look: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path: a wire, a gate, a limit."""

    d: str
    look: str
    title: str = ""


@dataclass
class Picture:
    """What one picture shows, in the order in which it is drawn; `says` is the picture in a sentence."""

    says: str
    height: float = 0
    width: float = WIDTH
    lanes: list[Box] = field(default_factory=list)
    wires: list[Shape] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    gates: list[Shape] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def breadth(text: str) -> float:
    """The width of a line of text in px. Latin letters are narrower than the ruler's safe guess."""
    return text_width(text) - 0.9 * sum(character.isascii() for character in text)


def fit(text: str, room: float) -> str:
    """A text cut to what fits, with the sign that something is missing."""
    if breadth(text) <= room:
        return text
    kept = ""
    for character in text:
        if breadth(kept + character + "…") > room:
            break
        kept += character
    return kept + "…"


# --- the organisation


def organisation(program: Program) -> Picture | None:
    """Who leads, who works under them, who is a member, who is named in each case. None for a plan without bodies."""
    actors = program.edition.actors
    bodies = [each for each in actors.values() if each.kind == ActorKind.BODY]
    if not bodies:
        return None
    parts = {each.id: [other for other in bodies if other.part_of == each.id] for each in bodies}
    main = max(bodies, key=lambda each: len(each.members) + len(parts[each.id]))
    picture = Picture(
        _("Organisation: %(body)s with %(count)d members") % {"body": naming.say(main.name), "count": len(main.members)}
    )
    shown = {main.id}
    y = 4.0
    middle = WIDTH / 2
    if main.chair:
        shown.add(main.chair)
        _box(picture, actors[main.chair], middle - 150, y, 300, 48)
        y += 48
        if main.deputies:
            _down(picture, middle, y, y + 20)
            y += 20
            width = min(300.0, (WIDTH - GAP * (len(main.deputies) - 1)) / len(main.deputies))
            x = middle - (width * len(main.deputies) + GAP * (len(main.deputies) - 1)) / 2
            if len(main.deputies) > 1:
                picture.wires.append(Shape(f"M{x + width / 2:.0f} {y:.0f}H{WIDTH - x - width / 2:.0f}", "wire--b"))
            for deputy in main.deputies:
                shown.add(deputy)
                _down(picture, x + width / 2, y, y + 8)
                _box(picture, actors[deputy], x, y + 8, width, 48)
                _down(picture, x + width / 2, y + 56, y + 72)
                x += width + GAP
            y += 72
        else:
            _down(picture, middle, y, y + 20)
            y += 20
    count = ngettext("%(count)d member", "%(count)d members", len(main.members)) % {"count": len(main.members)}
    _box(picture, main, 310, y, WIDTH - 620, 52, look="box box--key", second=count)
    y += 52
    office = actors.get(program.edition.duty_post)
    if office is not None and office.kind == ActorKind.BODY and office.id not in shown:
        shown.add(office.id)
        _down(picture, middle, y, y + 20)
        _box(picture, office, middle - 180, y + 20, 360, 48)
        y += 68
    groups = parts[main.id]
    if groups:
        shown.update(each.id for each in groups)
        picture.wires.append(Shape(f"M{middle:.0f} {y:.0f}V{y + 16:.0f}", "wire"))
        y = _grid(picture, program, groups, y + 24, _("Set up with the response"), height=48, second=True)
    members = [actors[each] for each in main.members if each in actors and each not in shown]
    shown.update(each.id for each in members)
    y = _grid(picture, program, members, y + 16, _("Members"))
    others = [each for each in bodies if each.id not in shown and each.filled != Filled.CASE]
    y = _grid(picture, program, others, y + 16, _("Other bodies"))
    named = [
        each
        for each in actors.values()
        if each.filled == Filled.CASE and each.id not in shown and each.kind != ActorKind.PARTY
    ]
    y = _grid(picture, program, named, y + 16, _("Named in each case"))
    parties = [each for each in actors.values() if each.kind == ActorKind.PARTY]
    y = _grid(picture, program, parties, y + 16, _("Outside"))
    picture.height = y + 4
    return picture


def _down(picture: Picture, x: float, top: float, bottom: float) -> None:
    picture.wires.append(Shape(f"M{x:.0f} {top:.0f}V{bottom:.0f}", "wire--b"))


def _box(
    picture: Picture,
    actor: Actor,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    look: str = "box",
    second: str = "",
) -> None:
    name = naming.say(actor.name)
    under = second or naming.say(actor.held_by or actor.text)
    key = "box--key" in look
    picture.boxes.append(Box(x, y, width, height, look, f"{name}　{under}" if under else name))
    middle = x + width / 2
    if under:
        picture.words.append(Word(middle, y + height / 2 - 4, fit(name, width - PAD), "on-key" if key else "tb"))
        picture.words.append(Word(middle, y + height / 2 + 14, fit(under, width - PAD), "on-key" if key else "t2"))
    else:
        picture.words.append(Word(middle, y + height / 2 + 4, fit(name, width - PAD), "on-key" if key else "tb"))


def _grid(
    picture: Picture,
    program: Program,
    actors: Sequence[Actor],
    y: float,
    title: str,
    *,
    height: float = 28,
    second: bool = False,
) -> float:
    """Boxes of one width in rows under a title; gives where they end."""
    if not actors:
        return y - 16
    picture.words.append(Word(0, y + 10, title, "t3", "start"))
    y += 18
    longest = max(breadth(naming.say(each.name)) for each in actors) + 2 * PAD
    across = max(2, min(7, len(actors), int((WIDTH + GAP) / (min(longest, 360) + GAP))))
    width = (WIDTH - GAP * (across - 1)) / across
    for n, each in enumerate(actors):
        x = (n % across) * (width + GAP)
        top = y + (n // across) * (height + 8)
        later = each.filled != Filled.STANDING or (not each.duties and each.kind == ActorKind.BODY and not second)
        look = "box box--later" if later else "box"
        name = naming.say(each.name)
        picture.boxes.append(Box(x, top, width, height, look, name))
        if second:
            leads = each.chair or (each.members[0] if each.members else "")
            picture.words.append(Word(x + width / 2, top + height / 2 - 4, fit(name, width - PAD), "tb"))
            said = _("led by %(who)s") % {"who": naming.actor(program, leads)} if leads else ""
            picture.words.append(Word(x + width / 2, top + height / 2 + 14, fit(said, width - PAD), "t2"))
        else:
            picture.words.append(Word(x + width / 2, top + height / 2 + 4, fit(name, width - PAD), "t"))
    return y + ((len(actors) - 1) // across + 1) * (height + 8)


# --- how a response unfolds

TIMED = 330.0
STEP = 26.0
BOX = 22.0
COLUMN_GAP = 26.0


def _lane_name() -> float:
    """The room for the names of the lanes: English ones are longer."""
    return 180.0 if naming.language() == "zh" else 270.0


def _longest_label() -> float:
    return 160.0 if naming.language() == "zh" else 230.0


@dataclass(frozen=True, slots=True)
class _Node:
    """A task, or a step of approval of its paper, in its lane and its column."""

    key: str
    name: str
    lane: str
    column: int
    is_gate: bool
    title: str
    before: tuple[str, ...] = ()


def response(program: Program, scale: Scale, level: str) -> Picture | None:
    """How the response of a level unfolds: numbers to scale at the left, then what follows what, with its gates.

    Shown is what the level brings without any further answer: tasks whose conditions hold once it is confirmed. What
    stands alone, neither with a number nor before or after anything, is left to the table. None where nothing is left.
    """
    tasks = [
        task
        for task in program.edition.tasks.values()
        if task.section == scale.of and _belongs(program, task, scale, level)
    ]
    timed = [(task, length) for task in tasks if (length := _after_occurrence(task)) is not None]
    prompt = [task for task in tasks if task.word and _from_the_start(task)]
    nodes = _ordered(program, tasks, scale, {task.id for task, _length in timed} | {task.id for task in prompt})
    if not timed and not nodes:
        return None
    shown = naming.level_in_words(program, scale.id, level)
    picture = Picture(_("How a response of %(level)s unfolds") % {"level": shown})
    lanes = _lanes(program, timed, prompt, nodes)
    if not lanes:
        return None
    heights = {lane: _height(lane, program, timed, prompt, nodes) for lane in lanes}
    right = _columns(nodes)
    split = _lane_name() + (TIMED + 40 if timed or prompt else 0)
    picture.width = round(max(WIDTH, split + (right[-1] if right else 0) + 20))
    tops = _draw_lanes(picture, program, lanes, heights)
    if timed or prompt:
        _draw_timed(picture, program, timed, prompt, tops, heights, split)
    _draw_order(picture, nodes, tops, right, split)
    return picture


def _belongs(program: Program, task: Task, scale: Scale, level: str) -> bool:
    """Whether a task stands at a level with nothing else known, before the response has started."""
    if task.may:
        return False
    supposed = Case(
        kind=scale.of.value, version=1, stage="assessment", last_at=LONG_AGO, instants={"reported": LONG_AGO}
    )
    env = program.env(supposed, LONG_AGO, overrides={scale.id: level})
    for part in (*task.while_, *task.when):
        value = program.value(part, env)
        if value is UNKNOWN or not value:
            return False
    return True


def _after_occurrence(task: Task) -> timedelta | None:
    """The length of a limit that counts from the occurrence or the report, where it is a plain number."""
    match task.due.tree if task.due is not None else None:
        case c.Sum("+", c.Name("occurred" | "reported" | "detected"), c.Constant(Span(seconds=seconds))) if seconds:
            return timedelta(seconds=seconds) if seconds <= 86_400 else None
    return None


def _from_the_start(task: Task) -> bool:
    match task.since.tree if task.since is not None else None:
        case c.Name("occurred" | "reported" | "detected"):
            return task.kind != TaskKind.DECISION and task.due is None
    return False


def _ordered(program: Program, tasks: Sequence[Task], scale: Scale, timed: set[str]) -> list[_Node]:
    """What follows what: `after`, the steps of approval, and that what a level brings follows its confirmation."""
    included = {task.id: task for task in tasks if task.id not in timed}
    graded = next((task.id for task in included.values() if task.settles == scale.id), "")
    before: dict[str, tuple[str, ...]] = {}
    for task in included.values():
        known = tuple(each for each in task.after if each in included)
        if not known and graded and task.id != graded and any(scale.id in part.reads for part in task.while_):
            known = (graded,)
        before[task.id] = known
    followed = {each for known in before.values() for each in known}
    kept = [task for task in included.values() if before[task.id] or task.id in followed]
    nodes: dict[str, _Node] = {}
    last: dict[str, str] = {}

    def place(task_id: str) -> int:
        if task_id in last:
            return nodes[last[task_id]].column
        task = included[task_id]
        last[task_id] = task_id
        nodes[task_id] = _Node(task_id, "", "", 0, False, "")  # a plan's `after` has no cycles; this guards against one
        column = max((place(each) + 1 for each in before[task_id]), default=0)
        name = naming.say(task.name)
        is_gate = task.kind in (TaskKind.DECISION, TaskKind.APPOINT)
        nodes[task_id] = _Node(task_id, name, task.who[0] if task.who else "", column, is_gate, name,
                               tuple(last[each] for each in before[task_id]))  # fmt: skip
        for step, approval in enumerate(task.approve, start=1):
            key = f"{task_id}!{step}"
            who = approval.who[0] if approval.who else ""
            title = _("Approve: %(paper)s") % {"paper": name}
            nodes[key] = _Node(key, _("approve"), who, column + step, True, title, (last[task_id],))
            last[task_id] = key
        return nodes[last[task_id]].column

    for task in kept:
        place(task.id)
    return list(nodes.values())


def _lanes(
    program: Program, timed: Sequence[tuple[Task, timedelta]], prompt: Sequence[Task], nodes: Sequence[_Node]
) -> list[str]:
    """Who takes part, those with a number first, then in the order of what they do."""
    order: dict[str, None] = {}
    for task in prompt:
        order.update(dict.fromkeys(task.who[:1]))
    for task, _length in timed:
        order.update(dict.fromkeys(task.who))
    for node in sorted(nodes, key=lambda each: each.column):
        if node.lane:
            order.setdefault(node.lane)
    return list(order)


def _height(
    lane: str,
    program: Program,
    timed: Sequence[tuple[Task, timedelta]],
    prompt: Sequence[Task],
    nodes: Sequence[_Node],
) -> float:
    spans = sum(lane in task.who for task, _length in timed) + sum(lane in task.who[:1] for task in prompt)
    columns: dict[int, int] = {}
    for node in nodes:
        if node.lane == lane:
            columns[node.column] = columns.get(node.column, 0) + 1
    return max(spans, max(columns.values(), default=0), 1) * STEP + 10


def _columns(nodes: Sequence[_Node]) -> list[float]:
    """The left edges of the columns and, last, where they end, counted from the first."""
    if not nodes:
        return []
    edges, x = [], 0.0
    for column in range(max(node.column for node in nodes) + 1):
        edges.append(x)
        longest = max((_node_width(node) for node in nodes if node.column == column), default=0.0)
        x += longest + COLUMN_GAP
    return [*edges, x]


def _node_width(node: _Node) -> float:
    return min(breadth(node.name), _longest_label()) + (28 if node.is_gate else 2 * PAD)


def _draw_lanes(
    picture: Picture, program: Program, lanes: Sequence[str], heights: dict[str, float]
) -> dict[str, float]:
    tops: dict[str, float] = {}
    y = 36.0
    for n, lane in enumerate(lanes):
        tops[lane] = y
        if n % 2 == 0:
            picture.lanes.append(Box(0, y, picture.width, heights[lane], "lane--alt"))
        name = fit(naming.actor(program, lane), _lane_name() - 16)
        picture.words.append(Word(8, y + heights[lane] / 2 + 4, name, "t", "start"))
        y += heights[lane]
    picture.height = y + 8
    return tops


def _draw_timed(
    picture: Picture,
    program: Program,
    timed: Sequence[tuple[Task, timedelta]],
    prompt: Sequence[Task],
    tops: dict[str, float],
    heights: dict[str, float],
    split: float,
) -> None:
    longest = max((length for _task, length in timed), default=timedelta(hours=1))
    bottom = picture.height - 8

    def at(length: timedelta) -> float:
        return _lane_name() + TIMED * (length / longest)

    picture.wires.append(Shape(f"M{_lane_name():.0f} 28V{bottom:.0f}", "grid"))
    picture.words.append(Word(_lane_name(), 20, _("occurrence"), "tb", "start"))
    for length in sorted({length for _task, length in timed}):
        picture.wires.append(Shape(f"M{at(length):.1f} 28V{bottom:.0f}", "grid"))
        picture.words.append(Word(at(length), 20, words.duration(length), "tb", "end"))
    used: dict[str, int] = {}
    for task in prompt:
        for lane in task.who[:1]:
            y = tops[lane] + 5 + STEP * used.get(lane, 0)
            used[lane] = used.get(lane, 0) + 1
            name = naming.say(task.name)
            width = min(breadth(name) + 2 * PAD, TIMED)
            picture.boxes.append(Box(_lane_name(), y, width, BOX, "span span--open", name))
            picture.words.append(Word(_lane_name() + 6, y + 15, fit(name, width - 12), "t", "start"))
            if naming.language() == "zh":
                picture.words.append(Word(_lane_name() + width + 6, y + 15, task.word, "t3", "start"))
    for task, length in timed:
        for lane in task.who:
            y = tops[lane] + 5 + STEP * used.get(lane, 0)
            used[lane] = used.get(lane, 0) + 1
            name = naming.say(task.name)
            width = at(length) - _lane_name()
            picture.boxes.append(Box(_lane_name(), y, width, BOX, "span", name))
            picture.words.append(Word(_lane_name() + 6, y + 15, fit(name, width - 12), "t", "start"))
            picture.gates.append(Shape(f"M{at(length):.1f} {y - 2:.1f}V{y + BOX + 2:.1f}", "limit"))
    picture.wires.append(Shape(f"M{split - 16:.0f} 28l4 8-8 16 4 8V{bottom:.0f}", "wire--b"))
    picture.words.append(Word(split, 20, _("what follows what, without numbers"), "t3", "start"))


def _draw_order(
    picture: Picture, nodes: Sequence[_Node], tops: dict[str, float], columns: Sequence[float], split: float
) -> None:
    used: dict[tuple[str, int], int] = {}
    places: dict[str, tuple[float, float, float]] = {}
    for node in nodes:
        n = used.get((node.lane, node.column), 0)
        used[node.lane, node.column] = n + 1
        width = _node_width(node)
        places[node.key] = (split + columns[node.column], tops.get(node.lane, 36.0) + 5 + STEP * n, width)
    for node in nodes:
        x, y, _width = places[node.key]
        for earlier in node.before:
            from_x, from_y, from_width = places[earlier]
            bend = x - COLUMN_GAP / 2
            path = f"M{from_x + from_width:.1f} {from_y + BOX / 2:.1f}H{bend:.1f}V{y + BOX / 2:.1f}H{x:.1f}"
            picture.wires.append(Shape(path, "wire--b"))
    for node in nodes:
        x, y, width = places[node.key]
        label = fit(node.name, _longest_label())
        if node.is_gate:
            right = x + width
            picture.gates.append(
                Shape(
                    f"M{x + 8:.1f} {y:.1f}H{right - 8:.1f}L{right:.1f} {y + BOX / 2:.1f}L{right - 8:.1f} {y + BOX:.1f}"
                    f"H{x + 8:.1f}L{x:.1f} {y + BOX / 2:.1f}Z",
                    "gate",
                    node.title,
                )
            )
        else:
            picture.boxes.append(Box(x, y, width, BOX, "box", node.title))
        picture.words.append(Word(x + width / 2, y + 15, label, "tb" if node.is_gate else "t"))
