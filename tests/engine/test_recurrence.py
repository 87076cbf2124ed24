"""When standing duties fall due: rules, spans, days of the working calendar, and where holidays move them."""

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from muster.engine import Program
from muster.engine.calendar import WorkCalendar
from muster.engine.recurrence import Period, period_at, periods
from muster.plans import shelf
from muster.plans.check.examples import SMALLEST
from muster.plans.reading import read_plan

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar.from_table(shelf.calendar_table())
MARCH = datetime(2026, 3, 3, 9, 0, tzinfo=CHINA)


def program_with(again: str) -> Program:
    text = SMALLEST.replace("again: {every: 2y}", f"again: {{{again}}}")
    assert again in text
    loaded = read_plan(text, name="example.yaml")
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition, CALENDAR)


def found(again: str, anchor: datetime = MARCH, count: int = 3) -> list[Period]:
    program = program_with(again)
    task = program.edition.tasks["drill"]
    assert task.again is not None
    return list(islice(periods(program, task.again, anchor), count))


def dues(again: str, anchor: datetime = MARCH, count: int = 3) -> list[str]:
    return [f"{each.due.astimezone(CHINA):%Y-%m-%d %H:%M}" for each in found(again, anchor, count)]


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("rule: FREQ=WEEKLY;BYDAY=FR", ["2026-03-07 00:00", "2026-03-14 00:00", "2026-03-21 00:00"]),
        ('rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00"', ["2026-03-06 17:00", "2026-03-13 17:00", "2026-03-20 17:00"]),
        ('rule: FREQ=MONTHLY;BYMONTHDAY=-1, by: "12:00"', ["2026-03-31 12:00", "2026-04-30 12:00", "2026-05-31 12:00"]),
        ('every: 1d, by: "09:30"', ["2026-03-03 09:30", "2026-03-04 09:30", "2026-03-05 09:30"]),
        ('by: "08:00"', ["2026-03-04 08:00", "2026-03-05 08:00", "2026-03-06 08:00"]),
        ("every: 7d", ["2026-03-10 00:00", "2026-03-17 00:00", "2026-03-24 00:00"]),
        ("every: 2y", ["2028-03-03 00:00", "2030-03-03 00:00", "2032-03-03 00:00"]),
        ("every: 8h", ["2026-03-03 17:00", "2026-03-04 01:00", "2026-03-04 09:00"]),
        ('days: working, by: "18:00"', ["2026-03-03 18:00", "2026-03-04 18:00", "2026-03-05 18:00"]),
    ],
)
def test_a_recurrence_falls_due_on_its_days(again, expected):
    assert dues(again) == expected


def test_each_period_begins_as_the_one_before_falls_due():
    first, second, third = found('rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00"')
    assert (first.begins, second.begins, third.begins) == (MARCH, first.due, second.due)


def test_a_clock_time_that_has_passed_on_the_first_day_waits_for_the_next():
    assert dues('rule: FREQ=WEEKLY;BYDAY=TU, by: "08:00"', count=1) == ["2026-03-10 08:00"]


def test_dues_are_in_utc():
    assert all(each.due.tzinfo is UTC for each in found("every: 7d"))


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ("", ["2026-04-24 17:00", "2026-05-01 17:00", "2026-05-08 17:00"]),
        (", moved: before", ["2026-04-24 17:00", "2026-04-30 17:00", "2026-05-08 17:00"]),
        # The holiday of May 2026 lasts to Tuesday the fifth.
        (", moved: after", ["2026-04-24 17:00", "2026-05-06 17:00", "2026-05-08 17:00"]),
    ],
)
def test_a_friday_that_is_a_holiday_is_moved_as_the_plan_says(moved, expected):
    anchor = datetime(2026, 4, 20, 9, 0, tzinfo=CHINA)
    assert dues(f'rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00"{moved}', anchor) == expected


def test_the_days_before_the_holidays_of_2026_are_the_last_that_are_worked():
    anchor = datetime(2026, 1, 5, 9, 0, tzinfo=CHINA)
    assert dues('days: before_holidays, by: "17:00"', anchor, 4) == [
        "2026-02-14 17:00",  # a Saturday that is worked, before the spring festival
        "2026-04-03 17:00",
        "2026-04-30 17:00",
        "2026-06-18 17:00",
    ]


def test_a_month_that_ends_early_does_not_shift_those_after_it():
    anchor = datetime(2026, 1, 31, 9, 0, tzinfo=CHINA)
    # Months are counted from the anchor, not from one another: the 31st stays the 31st.
    assert dues("every: 1mo", anchor, 4) == [
        "2026-02-28 00:00",
        "2026-03-31 00:00",
        "2026-04-30 00:00",
        "2026-05-31 00:00",
    ]


def test_a_leap_day_comes_once_in_four_years():
    anchor = datetime(2026, 1, 1, tzinfo=CHINA)
    assert dues('rule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29, by: "12:00"', anchor, 2) == [
        "2028-02-29 12:00", "2032-02-29 12:00",
    ]  # fmt: skip


def test_a_year_whose_holidays_are_not_known_is_said_to_be_guessed():
    anchor = datetime(max(CALENDAR.years), 12, 22, 9, 0, tzinfo=CHINA)
    weeks = found("rule: FREQ=WEEKLY;BYDAY=FR, moved: before", anchor, 4)
    assert [each.guessed for each in weeks] == [False, *[each.due.year > anchor.year for each in weeks[1:]]]
    assert weeks[-1].guessed


def test_days_before_holidays_that_nobody_has_announced_yet_are_not_made_up():
    assert found("days: before_holidays", datetime(max(CALENDAR.years), 12, 1, tzinfo=CHINA)) == []


def test_what_recurs_on_the_work_of_others_has_no_periods_of_its_own():
    assert found("on: training") == []


def test_the_period_that_begins_now_ends_a_whole_span_from_now_or_at_the_next_day_of_the_rule():
    for again, expected in (
        ("every: 7d", "2026-03-10 00:00"),
        ('rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00"', "2026-03-06 17:00"),
    ):
        program = program_with(again)
        task = program.edition.tasks["drill"]
        period = period_at(program, task.again, MARCH)
        assert f"{period.due.astimezone(CHINA):%Y-%m-%d %H:%M}" == expected
