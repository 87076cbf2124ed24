"""The working calendar and the reckoning of spans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from muster.engine.calendar import WorkCalendar, add_span, end_of_day, next_clock_time, next_weekday
from muster.plans import shelf
from muster.plans.conditions import Span

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.from_table(
    {
        "years": {2026: {"holidays": ["2026-10-01", "2026-10-02"], "worked": ["2026-10-10"]}},
        "hours": [["08:30", "17:30"]],
    }
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_moved_weekends_are_worked_and_holidays_are_not() -> None:
    assert CALENDAR.is_working(local("2026-10-10").date())
    assert not CALENDAR.is_working(local("2026-10-01").date())
    assert not CALENDAR.is_working(local("2026-10-11").date())


def test_working_days_are_counted_from_the_next_worked_day() -> None:
    assert CALENDAR.add_working_days(local("2026-09-30T10:00"), 1, ZONE).at == local("2026-10-05T10:00")
    assert CALENDAR.add_working_days(local("2026-10-05T10:00"), -1, ZONE).at == local("2026-09-30T10:00")


def test_a_year_that_is_not_known_is_marked_as_guessed() -> None:
    assert not CALENDAR.add_working_days(local("2026-12-28T10:00"), 2, ZONE).guessed
    assert CALENDAR.add_working_days(local("2026-12-30T10:00"), 5, ZONE).guessed


def test_a_month_ends_on_the_last_day_of_a_shorter_one() -> None:
    assert add_span(local("2026-01-31T08:00"), Span(months=1), CALENDAR, ZONE).at == local("2026-02-28T08:00")
    assert add_span(local("2024-02-29T08:00"), Span(months=24), CALENDAR, ZONE).at == local("2026-02-28T08:00")


def test_the_end_of_a_day_is_local_midnight() -> None:
    late_in_utc = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)  # already the sixth in Shanghai
    assert end_of_day(late_in_utc, ZONE) == local("2026-03-07T00:00")
    assert next_clock_time("24:00", local("2026-03-05T00:00"), ZONE) == local("2026-03-06T00:00")
    assert next_clock_time("18:00", local("2026-03-05T18:00"), ZONE) == local("2026-03-06T18:00")


def test_next_friday_is_today_on_a_friday() -> None:
    assert next_weekday("friday", local("2026-03-06T09:00"), ZONE) == local("2026-03-07T00:00")
    assert next_weekday("friday", local("2026-03-07T09:00"), ZONE) == local("2026-03-14T00:00")


def test_working_hours_turn_when_they_begin_and_end() -> None:
    assert CALENDAR.in_working_hours(local("2026-03-05T08:30"), ZONE)
    assert not CALENDAR.in_working_hours(local("2026-03-05T17:30"), ZONE)
    assert CALENDAR.next_turn(local("2026-03-05T07:00"), ZONE) == local("2026-03-05T08:30")
    assert CALENDAR.next_turn(local("2026-03-05T18:00"), ZONE) == local("2026-03-06T00:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 30)), st.integers(1, 40))
def test_going_forward_and_back_again_ends_on_the_same_working_day(start: datetime, days: int) -> None:
    at = start.replace(tzinfo=ZONE)
    there = CALENDAR.add_working_days(at, days, ZONE).at
    assert CALENDAR.is_working(there.date())
    back = CALENDAR.add_working_days(there, -days, ZONE).at
    assert timedelta(0) <= abs(at - back) < timedelta(days=4)
    assert CALENDAR.add_working_days(back, days, ZONE).at == there or not CALENDAR.is_working(at.date())


def test_the_calendar_that_is_shipped_knows_the_moved_weekends_of_2026() -> None:
    china = WorkCalendar.from_table(shelf.calendar_table())
    assert not china.is_working(local("2026-10-01").date())
    assert china.is_working(local("2026-10-10").date())
    assert china.add_working_days(local("2026-09-30T10:00"), 1, ZONE).at == local("2026-10-08T10:00")
    assert china.add_working_days(local("2026-12-30T10:00"), 3, ZONE).guessed
