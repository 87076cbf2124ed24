"""When the occurrences of a standing duty fall due: the periods of a recurrence on the working calendar.

An occurrence owns the time since the one before it: it begins as that one fell due, and must be done by its own due
instant. What was not done in its period is missed; nothing moves it into the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import NamedTuple

from muster.engine.calendar import WorkCalendar, add_span, end_of_day, next_clock_time
from muster.engine.program import Program
from muster.engine.state import NEW
from muster.plans.conditions import Span
from muster.plans.model import Again, Days, Moved
from muster.plans.recurrences import HORIZON_YEARS, dates_of

DAY = timedelta(days=1)
A_DAY = 86_400
# A day is moved over a holiday, the longest of which lasts eight days with the weekends around it.
MOST_DAYS_MOVED = 31


class Period(NamedTuple):
    """One occurrence: when it begins and falls due. `guessed`: by weekdays alone, in a year whose holidays are not known."""

    begins: datetime
    due: datetime
    guessed: bool = False


def periods(program: Program, again: Again, anchor: datetime) -> Iterator[Period]:
    """The occurrences of a recurrence from `anchor` on, such as the instant at which the edition came into force.

    Nothing for a recurrence that goes by what others complete. Ends `HORIZON_YEARS` after the anchor.
    """
    if (span := _short_span(program, again, anchor)) is not None:
        for number in range(366 * HORIZON_YEARS):
            yield Period(anchor + number * span, anchor + (number + 1) * span)
        return
    begins = anchor
    for day, guessed in _days(program, again, anchor):
        due = _at(again.by, day, program)
        if due > begins:
            yield Period(begins, due, guessed)
            begins = due


def period_at(program: Program, again: Again, now: datetime) -> Period | None:
    """The occurrence that begins now: by its rule or its days the next one, else a whole span from now."""
    return next(periods(program, again, now), None)


def _days(program: Program, again: Again, anchor: datetime) -> Iterator[tuple[date, bool]]:
    """The days on which something falls due, moved where they are days off."""
    calendar, zone = program.calendar, program.zone
    start = anchor.astimezone(zone).date()
    if again.days is not None:
        yield from _calendar_days(calendar, again.days, start)
        return
    if again.rule:
        found: Iterator[date] = dates_of(again.rule, start, start)
    elif again.every is not None or again.by:
        found = _by_span(program, again, anchor)
    else:
        return
    for day in found:
        yield moved(calendar, again.moved, day), not calendar.knows((day,))


def _span(program: Program, again: Again, anchor: datetime) -> Span:
    """The span of `every`; a day where only a clock time is written; nothing where its setting is not known."""
    if again.every is None:
        return Span(seconds=A_DAY)
    span = program.value(again.every, program.env(NEW, anchor))
    return span if isinstance(span, Span) else Span()


def _short_span(program: Program, again: Again, anchor: datetime) -> timedelta | None:
    """The span of a recurrence that comes more than once a day."""
    if again.rule or again.days is not None or again.every is None:
        return None
    span = _span(program, again, anchor)
    short = 0 < span.seconds < A_DAY and not span.working_days and not span.months
    return timedelta(seconds=span.seconds) if short else None


def _by_span(program: Program, again: Again, anchor: datetime) -> Iterator[date]:
    """The last day of each period, of which the first begins on the day of the anchor: a week from Monday ends on Sunday."""
    span = _span(program, again, anchor)
    if span == Span():
        return
    last = anchor.date() + timedelta(days=366 * HORIZON_YEARS)
    for number in count(1):
        whole = Span(span.seconds * number, span.working_days * number, span.months * number)
        day = add_span(anchor, whole, program.calendar, program.zone).at.astimezone(program.zone).date() - DAY
        if day > last:
            return
        yield day


def _calendar_days(calendar: WorkCalendar, days: Days, start: date) -> Iterator[tuple[date, bool]]:
    for number in range(366 * HORIZON_YEARS):
        day = start + number * DAY
        fits = {
            Days.WORKING: calendar.is_working(day),
            Days.HOLIDAYS: calendar.is_holiday(day),
            Days.BEFORE_HOLIDAYS: calendar.is_working(day) and calendar.is_holiday(day + DAY),
        }[days]
        if fits:
            yield day, not calendar.knows((day,))


def moved(calendar: WorkCalendar, where: Moved, day: date) -> date:
    """`day`, or the working day before or after it where it is a day off and the plan says so."""
    step = {Moved.NOWHERE: timedelta(), Moved.BEFORE: -DAY, Moved.AFTER: DAY}[where]
    for number in range(MOST_DAYS_MOVED if step else 0):
        if calendar.is_working(day + number * step):
            return day + number * step
    return day


def _at(clock: str, day: date, program: Program) -> datetime:
    """The clock time `clock` of a local day, in UTC; its end where there is none."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=program.zone)
    if not clock or clock == "24:00":
        return end_of_day(midnight, program.zone).astimezone(tz=UTC)
    return next_clock_time(clock, midnight - timedelta(seconds=1), program.zone).astimezone(tz=UTC)
