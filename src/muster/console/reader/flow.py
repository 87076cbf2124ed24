"""A response as a picture: the tasks that stand, group by group, from left to right as one follows the other.

Each group is a band. Within it a task stands one step to the right of what it waits for; what waits for nothing of its
group and is waited for by nothing there fills rows of its own. A chain longer than the picture is wide goes on below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from muster.console import naming
from muster.console.reader.plan import Lane, Response, Stands
from muster.console.reader.svg import LINE, WIDTH, Box, Picture, Wire, Word, breadth, fit, wrapped
from muster.console.reader.tasks import is_release, is_report
from muster.plans.model import TaskKind

ACROSS = 5
GAP = 30.0
SIDE = 16.0
BETWEEN = 10.0
CARD = (WIDTH - 2 * SIDE - GAP * (ACROSS - 1)) / ACROSS
PAD = 12.0
HEAD = 30.0
GATES = frozenset({TaskKind.DECISION, TaskKind.APPOINT})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A card with its place: `top` is where its row begins."""

    box: Box
    row: int
    column: int
    top: float


def flow(response: Response) -> Picture | None:
    """The picture of a response; None where nothing stands."""
    if not response.count:
        return None
    picture = Picture(
        _("How a response unfolds: %(what)s") % {"what": response.name},
        ngettext("%(count)d task", "%(count)d tasks", response.count) % {"count": response.count},
        "flow",
    )
    here = {each.task.id for lane in response.lanes for each in lane.tasks}
    y = 0.0
    for number, lane in enumerate(response.lanes):
        y = _lane(picture, lane, here, y, is_dark=number % 2 == 0)
    picture.height = y
    return picture


def _lane(picture: Picture, lane: Lane, here: set[str], top: float, *, is_dark: bool) -> float:
    inside = {each.task.id for each in lane.tasks}
    before = {each.task.id: tuple(one.id for one in each.task.after if one.id in inside) for each in lane.tasks}
    followed = {one for known in before.values() for one in known}
    chained = [each for each in lane.tasks if before[each.task.id] or each.task.id in followed]
    alone = [each for each in lane.tasks if not before[each.task.id] and each.task.id not in followed]
    notes = wrapped(_("if %(condition)s") % {"condition": lane.if_}, WIDTH - 2 * SIDE, 2) if lane.if_ else []
    y = top + (HEAD if lane.name or lane.cite else 12) + LINE * len(notes)
    placed: dict[str, _Placed] = {}
    if chained:
        y = _chained(chained, before, here - inside, y, placed)
    if alone:
        y = _in_rows(sorted(alone, key=_early), here - inside, y, placed)
    bottom = y + 4
    if is_dark:
        picture.bands.append(Box(0, top, picture.width, bottom - top, "band"))
    if lane.name or lane.cite:
        picture.words.append(Word(SIDE, top + 20, fit(lane.name, WIDTH - 260), "tb"))
        picture.words.append(Word(WIDTH - SIDE, top + 20, lane.cite, "t3", "end"))
    first = top + (36 if lane.name or lane.cite else 20)
    picture.words += [Word(SIDE, first + LINE * n, text, "t2") for n, text in enumerate(notes)]
    picture.boxes += [each.box for each in placed.values()]
    for task_id, known in before.items():
        for earlier in known:
            picture.wires.append(_wire(placed[earlier], placed[task_id]))
    return bottom


def _early(each: Stands) -> tuple[float, bool]:
    return (each.task.weight, not each.task.prompt)


def _chained(
    tasks: Sequence[Stands],
    before: dict[str, tuple[str, ...]],
    elsewhere: set[str],
    y: float,
    placed: dict[str, _Placed],
) -> float:
    steps = _steps(before, [each.task.id for each in tasks])
    rows: dict[int, dict[int, list[Stands]]] = {}
    for each in tasks:
        row, column = divmod(steps[each.task.id], ACROSS)
        rows.setdefault(row, {}).setdefault(column, []).append(each)
    for row, columns in sorted(rows.items()):
        lowest = y
        for column, stack in columns.items():
            top = y
            for each in sorted(stack, key=_early):
                box = _card(each, elsewhere, SIDE + column * (CARD + GAP), top)
                placed[each.task.id] = _Placed(box, row, column, y)
                top += box.height + BETWEEN
            lowest = max(lowest, top)
        y = lowest + 6
    return y


def _steps(before: dict[str, tuple[str, ...]], order: Sequence[str]) -> dict[str, int]:
    """How many steps lie before each task. A circle, which the check refuses, ends where it began."""
    steps: dict[str, int] = {}

    def step(task_id: str, under: frozenset[str]) -> int:
        if task_id not in steps:
            earlier = [step(each, under | {task_id}) + 1 for each in before[task_id] if each not in under]
            steps[task_id] = max(earlier, default=0)
        return steps[task_id]

    for each in order:
        step(each, frozenset({each}))
    return steps


def _in_rows(tasks: Sequence[Stands], elsewhere: set[str], y: float, placed: dict[str, _Placed]) -> float:
    for start in range(0, len(tasks), ACROSS):
        lowest = y
        for column, each in enumerate(tasks[start : start + ACROSS]):
            box = _card(each, elsewhere, SIDE + column * (CARD + GAP), y)
            placed[each.task.id] = _Placed(box, -1, column, y)
            lowest = max(lowest, y + box.height)
        y = lowest + BETWEEN
    return y


def _card(each: Stands, elsewhere: set[str], x: float, y: float) -> Box:
    """A task: what kind of thing, its clock, its name, who, to whom, whose approval, what is still open."""
    task = each.task
    room = CARD - 2 * PAD
    kind = task.kind_name + (f"　{_('may be done')}" if task.is_offer else "")
    lines: list[tuple[str, str]] = [(kind, "t3")]
    lines += [(line, "tb") for line in wrapped(task.name, room - 4, 3)]
    lines += [(line, "t2") for line in wrapped(task.who, room, 2)]
    if task.to:
        lines.append((fit(f"→ {task.to}", room), "t2"))
    if task.clock:
        lines += [(line, "ta" if task.has_number else "t") for line in wrapped(task.clock, room, 2)]
    if task.approve:
        lines += [(line, "t2") for line in wrapped(_("approval: %(who)s") % {"who": task.approve}, room, 2)]
    waits = [one.name for one in task.after if one.id in elsewhere]
    if waits:
        lines += [(line, "t3") for line in wrapped(_("after “%(task)s”") % {"task": naming.join(waits)}, room, 2)]
    if each.if_:
        lines += [(line, "t3") for line in wrapped(_("if %(condition)s") % {"condition": each.if_}, room, 2)]
    words = [Word(x + PAD, y + 18 + LINE * n, text, look) for n, (text, look) in enumerate(lines)]
    if breadth(kind) + breadth(task.cite.text) + 8 < room:
        words.append(Word(x + CARD - PAD, y + 18, task.cite.text, "t3", "end"))
    look = "box"
    if task.kind in GATES:
        look += " box--gate"
    elif is_release(task):
        look += " box--release"
    elif is_report(task):
        look += " box--report"
    if each.if_ or task.is_offer:
        look += " box--open"
    title = naming.phrases([task.name, task.who, task.clock, task.approve, each.if_])
    return replace(
        Box(x, y, CARD, 12 + LINE * len(lines) + 2, look, task.id, title, f"#{task.anchor}", tuple(words)),
        is_gate=task.kind in GATES,
    )


def _wire(one: _Placed, other: _Placed) -> Wire:
    """From the end of a task to the start of what follows it: along the gap where they stand side by side, and down
    above the row of what follows where the chain skips a step or goes on below."""
    start_x, start_y = one.box.x + one.box.width, one.box.y + min(one.box.height / 2, 26)
    end_x, end_y = other.box.x, other.box.y + min(other.box.height / 2, 26)
    if one.box.is_gate:
        start_y = one.box.y + one.box.height / 2
    if other.box.is_gate:
        end_y = other.box.y + other.box.height / 2
    bend = end_x - GAP / 2
    if one.row == other.row and other.column == one.column + 1:
        return Wire(f"M{start_x:.1f} {start_y:.1f}H{bend:.1f}V{end_y:.1f}H{end_x:.1f}", "wire--b")
    out = start_x + GAP / 2 - 4
    level = other.top - 6
    return Wire(f"M{start_x:.1f} {start_y:.1f}H{out:.1f}V{level:.1f}H{bend:.1f}V{end_y:.1f}H{end_x:.1f}", "wire--b")
