"""What must be true of the engine whatever people do, and whenever the timekeeper comes."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.programs import library_program, small_program

from muster.drills.stressing import START, Stress, stress
from muster.engine import NEW, Program, decide, evolve, wake_at
from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.refusals import Refusal
from muster.engine.state import Case

PROGRAMS = [small_program, lambda: library_program("luohe-finance")]
IDS = ["small plan", "luohe-finance"]


def _told(result: Stress) -> list[str]:
    return [f"{breach.rule}: {breach.says} after {breach.command}" for breach in result.breaches]


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
@pytest.mark.parametrize("kind", ["incident", "warning", "hazard"])
@settings(max_examples=40)
@given(chance=st.randoms(use_true_random=False), steps=st.integers(1, 60))
def test_whatever_people_do_the_engine_keeps_its_promises(program, kind, chance, steps):
    """Replaying gives the case, what is written can be read, clocks run forwards, done stays done, no wake-up is vain."""
    assert not _told(stress(program(), chance, steps, kind=kind))


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
@pytest.mark.parametrize("seed", range(20))
def test_long_cases_keep_them_as_well(program, seed):
    result = stress(program(), random.Random(seed), 150)
    assert not _told(result)
    assert result.events > 20, "a case in which nothing happens proves nothing"


def test_a_breach_would_be_seen(monkeypatch):
    """The invariants are looked at: an engine that forgets tasks, or that asks to be woken in vain, is found out."""
    import muster.drills.stressing as stressing

    monkeypatch.setattr(stressing, "wake_at", lambda program, case, now=None: now)
    rules = {breach.rule for breach in stress(small_program(), random.Random(1), 60, kind="incident").breaches}
    assert "wake-stuck" in rules
    monkeypatch.undo()
    monkeypatch.setattr(stressing, "replay", lambda events: NEW)
    rules = {breach.rule for breach in stress(small_program(), random.Random(1), 5, kind="incident").breaches}
    assert "replay" in rules


def test_the_same_chances_give_the_same_case():
    first, second = (stress(small_program(), random.Random(7), 80) for _ in range(2))
    assert first == second


# --- time


def _apply(program: Program, case: Case, command: c.AnyCommand, now) -> tuple[Case, tuple[e.AnyEvent, ...]]:
    decided = decide(program, case, command, now)
    assert not isinstance(decided, Refusal), decided
    for event in decided:
        case = evolve(case, event)
    return case, decided


def _opened(program: Program) -> Case:
    by = "duty-office" if "duty-office" in program.edition.actors else "county-government"
    return _apply(program, NEW, c.OpenIncident(by=by, title="事件", occurred=START), START)[0]


def _due(events: list[e.AnyEvent]) -> dict[str, object]:
    return {event.key: event.due for event in events if isinstance(event, e.ClockFellDue)}


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
@settings(max_examples=30)
@given(gaps=st.lists(st.integers(1, 400_000), min_size=1, max_size=8))
def test_whenever_the_timekeeper_comes_every_clock_falls_due_at_the_same_instant(program, gaps):
    """A process that was down catches up: late ticks find every clock that punctual ones found, at its true instant."""
    late_case, punctual_case = _opened(program()), _opened(program())
    now, late, punctual = START, [], []
    for gap in gaps:
        now += timedelta(seconds=gap)
        late_case, events = _apply(program(), late_case, c.Tick(), now)
        late += events
    end = now
    now = START
    while (wakes := wake_at(program(), punctual_case, now)) is not None and wakes <= end:
        now = max(now, wakes)
        punctual_case, events = _apply(program(), punctual_case, c.Tick(), now)
        punctual += events
    assert _due(late) == _due(punctual)


@pytest.mark.parametrize("program", PROGRAMS, ids=IDS)
def test_ticking_at_every_wake_up_comes_to_rest_or_goes_on(program):
    case, now = _opened(program()), START
    for _ in range(2000):
        wakes = wake_at(program(), case, now)
        if wakes is None or wakes > START + timedelta(days=60):
            break
        assert wakes > now or case.last_at == now, "a wake-up that does not advance"
        now = max(now, wakes)
        case, _ = _apply(program(), case, c.Tick(), now)
    else:
        pytest.fail("two thousand wake-ups in sixty days without anybody doing anything")
