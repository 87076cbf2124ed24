"""Where the clocks of a board or a case stand on one line.

Labels stand in stairs above the axis. Each hangs on its leader, a vertical line from the label down to the axis, and no
leader may cross another label: a label that reaches over the leader of a later mark stands above that mark's label. The
horizontal places are percentages, so the line stretches; the stairs are calculated for the narrowest width at which the
ruler is shown, and a wider page only pulls labels apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

NARROWEST = 976.0  # 64 rem less the margins of the page, in px
ROW = 21.0  # from one stair to the next, in px
LABEL_GAP = 6.0  # from a leader to its label
APART = 14.0  # least distance between two labels on one stair
MOST_ROWS = 5
MOST_LABELS = 60
WIDEST_LABEL = 360.0
BAND = 6.0  # height of a band, in px

MarkState = Literal["due", "own", "fact"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant with a name. `due`: the plan's limit (solid dot); `own`: set by ourselves; `fact`: it happened (hollow)."""

    at: datetime
    label: str
    sub: str = ""
    state: MarkState = "due"
    late_by: timedelta | None = None  # overdue by so much, now


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the axis in the hue of a level, with the level's words."""

    start: datetime
    end: datetime
    hue: str
    label: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its place. `x` and `late_width` in percent of the line; all other lengths in px, `left` from the leader."""

    mark: Mark
    when: str
    late: str
    x: float
    row: int  # 0 is the lowest stair
    left: float
    width: float
    late_width: float
    label: str
    sub: str
    flipped: bool = False
    shown: bool = True  # without room the label goes and the dot stays

    @property
    def span(self) -> tuple[float, float]:
        """From where to where leader and label reach on the narrowest line, in px."""
        x = self.x / 100 * NARROWEST
        return (x - self.width - LABEL_GAP, x) if self.flipped else (x, x + LABEL_GAP + self.width)


@dataclass(frozen=True, slots=True)
class PlacedBand:
    band: Band
    x: float
    width: float
    label_left: float | None  # px from the start of the band; None: no room for the words between the leaders


@dataclass(frozen=True, slots=True)
class Tick:
    at: datetime
    x: float
    is_named: bool


@dataclass(frozen=True, slots=True)
class Layout:
    marks: Sequence[Placed]
    bands: Sequence[PlacedBand]
    ticks: Sequence[Tick]
    rows: int
    now_x: float | None
    days: bool  # the ticks are days, not hours


def text_width(text: str, size: float = 12.0) -> float:
    """The width of a line of text in px, guessed on the safe side: full-width characters are square."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size * 0.6 for c in text)


def lay_out(
    start: datetime,
    end: datetime,
    now: datetime,
    marks: Sequence[Mark],
    bands: Sequence[Band] = (),
    *,
    say_when: Callable[[datetime], str],
    say_late: Callable[[timedelta], str],
) -> Layout:
    """Place marks and bands between `start` and `end`.

    Marks outside are left out, but one that is late and began before `start` is kept at the left edge. Marks with the
    same instant, label and state become one, their subs joined. Raises ValueError if the line has no length.
    """
    if end <= start:
        raise ValueError("a ruler needs an end after its start")

    def percent(at: datetime) -> float:
        return 100 * max(0.0, min(1.0, (at - start) / (end - start)))

    seen = [m for m in _joined(marks) if start <= m.at <= end or (m.late_by is not None and m.at < start)]
    placed = [_measure(m, percent, say_when, say_late) for m in sorted(seen, key=lambda m: m.at)]
    placed = _keep_labels(placed, MOST_LABELS)
    # A late label may stand left of its leader, over what is past, where it is in nobody's way.
    placed = min((_in_stairs(placed, late_left=left) for left in (False, True)), key=_rows)
    left = any(p.flipped and p.late for p in placed)
    while _rows(placed) > MOST_ROWS:
        placed = _in_stairs(_give_way(placed), late_left=left)
    step, named = _steps(end - start)
    return Layout(
        marks=placed,
        bands=[_place_band(b, percent, placed) for b in bands if b.end > start and b.start < end],
        ticks=_ticks(start, end, step, named, percent),
        rows=_rows(placed),
        now_x=percent(now) if start <= now <= end else None,
        days=named >= timedelta(days=1),
    )


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    kept: dict[tuple[datetime, str, str], Mark] = {}
    for mark in marks:
        key = (mark.at, mark.label, mark.state)
        if key in kept:
            first = kept[key]
            subs = "、".join(dict.fromkeys(s for s in (*first.sub.split("、"), mark.sub) if s))
            late = max((m for m in (first.late_by, mark.late_by) if m is not None), default=None)
            kept[key] = replace(first, sub=subs, late_by=late)
        else:
            kept[key] = mark
    return list(kept.values())


def _measure(
    mark: Mark,
    percent: Callable[[datetime], float],
    say_when: Callable[[datetime], str],
    say_late: Callable[[timedelta], str],
) -> Placed:
    late = "" if mark.late_by is None else say_late(mark.late_by)
    late_width = 0.0 if mark.late_by is None else percent(mark.at + mark.late_by) - percent(mark.at)
    placed = Placed(
        mark, say_when(mark.at), late, percent(mark.at), 0, LABEL_GAP, 0.0, late_width, mark.label, mark.sub
    )
    room = WIDEST_LABEL - _width(replace(placed, sub=""))
    if placed.sub and text_width("　" + placed.sub) > room:
        placed = replace(placed, sub=_cut(placed.sub, room - text_width("　…")))
    return replace(placed, width=_width(placed))


def _width(p: Placed) -> float:
    words = f"{p.when}　{p.label}" + (f"　{p.sub}" if p.sub else "")
    return text_width(words) + (text_width(p.late) + 22 if p.late else 0)


def _cut(text: str, room: float) -> str:
    kept = ""
    for character in text:
        if text_width(kept + character) > room:
            break
        kept += character
    return f"{kept}…" if kept else ""


def _without_sub(p: Placed) -> Placed:
    bare = replace(p, sub="")
    return replace(bare, width=_width(bare))


class _TangledError(Exception):
    """Two labels each reach over the other's leader. `index` is the one to give up."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def _in_stairs(marks: Sequence[Placed], *, late_left: bool) -> list[Placed]:
    """Decide for each label on which side of its leader and on which stair it stands."""
    while True:
        sided = _choose_sides(marks, late_left=late_left)
        try:
            return _climb(sided)
        except _TangledError as tangled:
            marks = [replace(p, shown=False) if i == tangled.index else p for i, p in enumerate(sided)]


def _climb(marks: Sequence[Placed]) -> list[Placed]:
    shown = [i for i, p in enumerate(marks) if p.shown]
    rows: dict[int, int] = {}

    def row_of(i: int, above: frozenset[int]) -> int:
        if i in above:
            raise _TangledError(i)
        if i not in rows:
            below = [row_of(k, above | {i}) for k in shown if k != i and _reaches_over(marks, i, k)]
            row = max(below, default=-1) + 1
            taken = {rows[k] for k in rows if _overlap(marks[i], marks[k])}
            while row in taken:
                row += 1
            rows[i] = row
        return rows[i]

    for i in reversed(shown):
        row_of(i, frozenset())
    return [replace(p, row=rows.get(i, 0)) for i, p in enumerate(marks)]


def _choose_sides(marks: Sequence[Placed], *, late_left: bool) -> list[Placed]:
    """Labels stand right of their leaders, except where the line ends; whoever would tangle with such a one turns too."""
    sided: list[Placed] = []
    turned: list[tuple[float, float]] = []
    for p in reversed(marks):
        x = p.x / 100 * NARROWEST
        reach = x + LABEL_GAP + p.width
        must_turn = (
            reach > NARROWEST
            or (late_left and bool(p.late))
            or any(low - APART <= x and t <= reach + APART for low, t in turned)
        )
        if p.shown and must_turn and x - LABEL_GAP - p.width >= 0:
            p = replace(p, flipped=True, left=-LABEL_GAP - p.width)
            turned.append(p.span)
        else:
            p = replace(p, flipped=False, left=LABEL_GAP)
        sided.append(p)
    return sided[::-1]


def _reaches_over(marks: Sequence[Placed], i: int, k: int) -> bool:
    """Whether label i covers the place of leader k, so that it must stand above label k. Of two at one place: the first."""
    low, high = marks[i].span
    x = marks[k].x / 100 * NARROWEST
    if marks[i].flipped:
        return low - APART < x <= high and k < i
    return low <= x < high + APART and k > i


def _overlap(a: Placed, b: Placed) -> bool:
    return a.span[0] < b.span[1] + APART and b.span[0] < a.span[1] + APART


def _rows(marks: Sequence[Placed]) -> int:
    return max((p.row + 1 for p in marks if p.shown), default=0)


def _weight(p: Placed) -> tuple[bool, int, float]:
    """What keeps its label longest: what is late, then the plan's limits, then our own, then facts; the earlier first."""
    return (p.mark.late_by is not None, {"fact": 0, "own": 1, "due": 2}[p.mark.state], -p.x)


def _keep_labels(marks: Sequence[Placed], most: int) -> list[Placed]:
    kept = sorted(marks, key=_weight, reverse=True)[:most]
    return [p if p in kept else replace(p, shown=False) for p in marks]


def _give_way(marks: Sequence[Placed]) -> list[Placed]:
    """Make the tallest stairs lower: the longest label loses its sub; without subs the lightest loses its label."""
    top = max((p for p in marks if p.shown), key=lambda p: p.row)
    near = [p for p in marks if p.shown and _overlap(p, top)]
    if subs := [p for p in near if p.sub]:
        longest = max(subs, key=lambda p: p.width)
        return [_without_sub(p) if p is longest else p for p in marks]
    lightest = min(near, key=_weight)
    return [replace(p, shown=False) if p is lightest else p for p in marks]


def _place_band(band: Band, percent: Callable[[datetime], float], marks: Sequence[Placed]) -> PlacedBand:
    """The words of a band stand just above it, where no leader passes."""
    x, to = percent(band.start), percent(band.end)
    begin, end = x / 100 * NARROWEST, to / 100 * NARROWEST
    width = text_width(band.label) + LABEL_GAP
    at = begin
    for leader in sorted(p.x / 100 * NARROWEST for p in marks):
        if at - 1 <= leader < at + width + LABEL_GAP:
            at = leader + LABEL_GAP
    fits = at + width <= max(end, begin + width)
    return PlacedBand(band, x, to - x, at - begin if fits else None)


def _steps(length: timedelta) -> tuple[timedelta, timedelta]:
    """Distance of the ticks, and of those with a name."""
    hours = length / timedelta(hours=1)
    for most, step, named in ((3, 0.25, 0.5), (7, 0.25, 1), (14, 1, 1), (30, 1, 3), (72, 6, 12)):
        if hours <= most:
            return timedelta(hours=step), timedelta(hours=named)
    days = max(1, round(length / timedelta(days=12)))
    return timedelta(days=days), timedelta(days=days)


def _ticks(
    start: datetime, end: datetime, step: timedelta, named: timedelta, percent: Callable[[datetime], float]
) -> list[Tick]:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    count = -(-(start - midnight) // step)
    ticks = []
    while (at := midnight + count * step) <= end:
        ticks.append(Tick(at, percent(at), (at - midnight) % named == timedelta(0)))
        count += 1
    return ticks
