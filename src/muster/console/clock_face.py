"""What a clock shows at an instant: its state, what is left, how much of the limit is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from muster.console import words
from muster.console.parts import Clock, ClockState

NEAR_WITHOUT_ANCHOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Face:
    """`shown_at` is the wall clock that stands first (None: there is none); `used` is 0 to 100, None without a limit."""

    state: ClockState
    shown_at: datetime | None
    left: str
    used: int | None
    ticks: bool  # the browser counts it on


def state_of(clock: Clock, now: datetime) -> ClockState:
    """The state follows from the instants. A clock is overdue when its due instant has passed, not when it has come."""
    if clock.state is not None:
        return clock.state
    if clock.done_at is not None:
        if clock.due_at is None or clock.done_at <= clock.due_at or clock.by == "own":
            return "met"
        return "met-late"
    if clock.due_at is None:
        return "none"
    if now > clock.due_at:
        return "past-aim" if clock.by == "own" else "overdue"
    return "soon" if clock.due_at - now <= near(clock) else "open"


def near(clock: Clock) -> timedelta:
    """The last stretch before a clock is due, in which it is drawn as near: a quarter of its limit."""
    if clock.due_at is None or clock.started_at is None:
        return NEAR_WITHOUT_ANCHOR
    return (clock.due_at - clock.started_at) / 4


def face(clock: Clock, now: datetime) -> Face:
    """Everything that the `clock` part draws."""
    state = state_of(clock, now)
    match state:
        case "unset":
            return Face(state, None, clock.left or _("start not known"), None, ticks=False)
        case "pending":
            return Face(state, None, clock.left or _("condition open"), None, ticks=False)
        case "none":
            since = words.no_limit() if clock.started_at is None else words.elapsed(now - clock.started_at)
            return Face(state, None, clock.left or since, None, ticks=clock.started_at is not None and not clock.left)
        case "met" | "met-late":
            assert clock.done_at is not None
            return Face(state, clock.done_at, clock.left or _said_when_done(clock, clock.done_at), None, ticks=False)
    assert clock.due_at is not None
    rest = clock.due_at - now
    if state == "overdue":
        said = words.overdue(-rest)
    elif state == "past-aim":
        said = words.past_aim(-rest)
    else:
        said = words.left(rest)
    # A rest given in working days holds until the clock has run out; then the plain words say how late it is.
    if clock.left and state in ("open", "soon"):
        said = clock.left
    return Face(state, clock.due_at, said, _used(clock, now), ticks=True)


def _said_when_done(clock: Clock, done_at: datetime) -> str:
    if clock.due_at is None:
        return _("done")
    if done_at <= clock.due_at:
        return words.early(clock.due_at - done_at)
    if clock.by == "own":
        return words.past_aim(done_at - clock.due_at)
    return words.late(done_at - clock.due_at)


def _used(clock: Clock, now: datetime) -> int | None:
    if clock.due_at is None or clock.started_at is None or clock.due_at <= clock.started_at:
        return None
    return max(0, min(100, round(100 * ((now - clock.started_at) / (clock.due_at - clock.started_at)))))
