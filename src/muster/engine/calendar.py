"""The working calendar: which days are worked, which hours, and how limits in working days are counted.

Chinese practice moves weekends around public holidays (调休), by a yearly notice of the State Council. A year whose
notice is not known is counted by its weekdays, and the answer says that it was guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from msgspec import Struct

from muster.plans.conditions import Span

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Reckoned(NamedTuple):
    """An instant, and whether a year without a known holiday table had to be crossed to find it."""

    at: datetime
    guessed: bool


class WorkCalendar(Struct, frozen=True):
    """Days off and days worked where they differ from the week, for the `years` that are known.

    `hours` are the working hours of a working day, as (from, to) pairs in local time.
    """

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    hours: tuple[tuple[time, time], ...] = ((time(8, 30), time(12, 0)), (time(14, 30), time(18, 0)))

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> WorkCalendar:
        """From a holiday table: {years: {2026: {holidays: [dates], worked: [dates]}}, hours: [["08:30", "12:00"]]}."""

        def days(kind: str) -> frozenset[date]:
            return frozenset(
                d if isinstance(d, date) else date.fromisoformat(str(d))
                for year in table["years"].values()
                for d in year.get(kind, ())
            )

        hours = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in table.get("hours", ()))
        known = frozenset(int(year) for year in table["years"])
        return (
            cls(known, days("holidays"), days("worked"), hours)
            if hours
            else cls(known, days("holidays"), days("worked"))
        )

    def is_working(self, day: date) -> bool:
        """Whether a day is worked; by its weekday alone where the year is not known."""
        if day in self.off:
            return False
        return day in self.worked or day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        """Whether a day belongs to a public holiday: a run of days off, weekends included, of which the notice names one."""
        return not self.is_working(day) and any(
            each in self.off for step in (DAY, -DAY) for each in self._run(day, step)
        )

    def _run(self, day: date, step: timedelta) -> Iterator[date]:
        while not self.is_working(day):
            yield day
            day += step

    def knows(self, days: Iterable[date]) -> bool:
        return all(day.year in self.years for day in days)

    def add_working_days(self, start: datetime, count: int, zone: tzinfo) -> Reckoned:
        """The same time of day, `count` working days after `start` (before it, where count is negative)."""
        local = start.astimezone(zone)
        day, step, left = local.date(), DAY if count >= 0 else -DAY, abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        due = datetime.combine(day, local.timetz().replace(tzinfo=None), tzinfo=zone)
        return Reckoned(due.astimezone(start.tzinfo), not self.knows((local.date(), day)))

    def in_working_hours(self, at: datetime, zone: tzinfo) -> bool:
        local = at.astimezone(zone)
        clock = local.time()
        return self.is_working(local.date()) and any(a <= clock < b for a, b in self.hours)

    def next_turn(self, at: datetime, zone: tzinfo) -> datetime:
        """The next instant after `at` at which working hours begin or end, or a day does."""
        local = at.astimezone(zone)
        edges = sorted({edge for pair in self.hours for edge in pair})
        for edge in edges:
            if edge > local.time():
                return datetime.combine(local.date(), edge, tzinfo=zone).astimezone(at.tzinfo)
        return datetime.combine(local.date() + DAY, time(0), tzinfo=zone).astimezone(at.tzinfo)


def add_months(start: datetime, months: int, zone: tzinfo) -> datetime:
    """The same day and time so many months later, or the last day of a shorter month."""
    local = start.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    moved = datetime.combine(date(year, month + 1, day), local.time(), tzinfo=zone)
    return moved.astimezone(start.tzinfo)


def add_span(start: datetime, span: Span, calendar: WorkCalendar, zone: tzinfo, sign: int = 1) -> Reckoned:
    """`start` plus (or, with sign -1, minus) a span: months first, then working days, then seconds."""
    at, guessed = start, False
    if span.months:
        at = add_months(at, sign * span.months, zone)
    if span.working_days:
        at, guessed = calendar.add_working_days(at, sign * span.working_days, zone)
    if span.seconds:
        at += timedelta(seconds=sign * span.seconds)
    return Reckoned(at, guessed)


def end_of_day(at: datetime, zone: tzinfo) -> datetime:
    """24:00 of the local day of `at`."""
    local = at.astimezone(zone)
    return datetime.combine(local.date() + DAY, time(0), tzinfo=zone).astimezone(at.tzinfo)


def next_weekday(weekday: str, at: datetime, zone: tzinfo) -> datetime:
    """24:00 of the first such weekday that is not before the local day of `at`."""
    local = at.astimezone(zone)
    ahead = (WEEKDAYS.index(weekday) - local.weekday()) % 7
    return end_of_day(at + ahead * DAY, zone)


def next_clock_time(clock: str, at: datetime, zone: tzinfo) -> datetime:
    """The first local "HH:MM" after `at`; "24:00" is the end of its day."""
    if clock == "24:00":
        return end_of_day(at, zone)
    local = at.astimezone(zone)
    moment = datetime.combine(local.date(), time.fromisoformat(clock), tzinfo=zone)
    if moment <= local:
        moment = datetime.combine(local.date() + DAY, time.fromisoformat(clock), tzinfo=zone)
    return moment.astimezone(at.tzinfo)
