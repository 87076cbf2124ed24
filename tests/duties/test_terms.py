"""Which occurrences a duty has had: found by chance that none is skipped and none comes twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from tests.duties.conftest import DUTIES, china, program_of

from muster.duties.terms import Term, next_of, owed, standing

RECURRENCES = (
    'rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00", moved: before',
    "rule: FREQ=MONTHLY;BYMONTHDAY=-1, moved: after",
    "days: before_holidays, by: \"15:00\"",
    'every: 1d, by: "09:00"',
    "every: 8h",
    "every: 3mo",
    "every: 10wd",
)  # fmt: skip
MEETING = 'rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00", moved: before'
PROGRAMS = {again: program_of(str(number), DUTIES.replace(MEETING, again)) for number, again in enumerate(RECURRENCES)}
WITHOUT = program_of("0", DUTIES[: DUTIES.index("  meeting:")] + DUTIES[DUTIES.index("  register:") :])

# All of it lies in years whose holidays are known.
instants = st.datetimes(datetime(2025, 1, 1), datetime(2025, 11, 30), timezones=st.just(UTC))


def term(since: datetime, again: str | None) -> Term:
    program = PROGRAMS[again] if again is not None else WITHOUT
    return Term(since, program.edition.digest, program)


@given(instants, st.sampled_from(RECURRENCES), st.timedeltas(timedelta(), timedelta(days=90)))
@example(china("2026-03-06 17:00"), MEETING, timedelta())
def test_periods_follow_one_another_from_the_adoption_to_now_without_a_gap(since, again, later):
    now = since + later
    found = list(owed([term(since, again)], "meeting", now))
    assert found[0].begins == since
    assert all(one.begins < one.due for one in found)
    assert [one.due for one in found[:-1]] == [one.begins for one in found[1:]]
    assert found[-1].begins <= now < found[-1].due


@given(instants, st.sampled_from(RECURRENCES), st.lists(st.timedeltas(timedelta(), timedelta(days=30)), max_size=6))
def test_it_makes_no_difference_when_somebody_looked(since, again, pauses):
    terms, known, now = [term(since, again)], [], since
    for pause in pauses:
        now += pause
        reached = known[-1].due if known else None
        known += [each for each in owed(terms, "meeting", now) if reached is None or each.due > reached]
        assert next_of(terms, "meeting", known[-1].due).begins == known[-1].due
    assert known == (list(owed(terms, "meeting", now)) if pauses else [])


@given(
    instants,
    st.lists(
        st.tuples(st.sampled_from((*RECURRENCES, None)), st.timedeltas(timedelta(minutes=1), timedelta(days=60))),
        min_size=1, max_size=5,
    ),
)  # fmt: skip
def test_changes_of_edition_take_nothing_back_and_owe_nothing_for_the_time_without_the_duty(since, changes):
    terms, at = [], since
    for again, lasts in changes:
        terms.append(term(at, again))
        at += lasts
    found = list(owed(terms, "meeting", at))
    assert len({one.due for one in found}) == len(found)
    assert all(one.begins < one.due for one in found)
    assert all(one.due <= other.begins for one, other in pairwise(found))
    for one in found:
        # What is owed was asked for by the edition that was in force as its period began.
        ruling = [each for each in terms if each.since <= one.begins][-1]
        assert (ruling.digest, ruling.program is WITHOUT) == (one.digest, False)
    for number, each in enumerate(terms):
        # While an edition asks for it, some period is always running.
        ends = terms[number + 1].since if number + 1 < len(terms) else at
        if each.program is not WITHOUT:
            assert any(one.begins <= each.since < one.due or one.begins == each.since for one in found)
            assert any(one.begins <= ends - timedelta(microseconds=1) < one.due for one in found)
    # An edition that comes later changes nothing of what was owed before.
    earlier = list(owed(terms[:-1], "meeting", terms[-1].since - timedelta(microseconds=1))) if len(terms) > 1 else []
    assert found[: len(earlier)] == earlier


def test_a_duty_stands_from_the_first_edition_that_asks_for_it_to_the_one_that_does_not():
    first, second, third = (china(f"2026-0{month}-01 00:00") for month in (3, 4, 5))
    ended = standing([term(first, MEETING), term(second, "every: 8h"), term(third, None)])["meeting"]
    assert (ended.anchor, ended.ended) == (first, third)
    again = standing([term(first, MEETING), term(second, None), term(third, MEETING)])["meeting"]
    assert (again.anchor, again.ended) == (third, None)
