"""What must be true under every plan of the library, whatever people do; and that every case can be brought to its end.

The cases are the same every time. To look further, at others:

    STRESS_RUNS=200 STRESS_SEED=7000 .venv/bin/pytest tests/drills/test_library_properties.py
"""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
from tests.programs import library_program, small_program

from muster.drills import chance, promises, stressing
from muster.drills.closing import close
from muster.drills.stressing import START, Stress, stress
from muster.engine import NEW, Case, Program, decide, evolve, replay
from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.refusals import Refusal
from muster.engine.state import Status, TaskState
from muster.plans import shelf
from muster.plans.model import CaseKind, RightName

PLANS = shelf.plan_ids()
RUNS = int(os.environ.get("STRESS_RUNS", "8"))
SEED = int(os.environ.get("STRESS_SEED", "1"))
# Short ones are read easily when they fail, long ones reach further.
LENGTHS = (5, 15, 40, 80, 120)
# More than the longest way out of any case of the library, from wherever chance has left it.
LONGEST_WAY_OUT = 60


def _told(result: Stress, seed: int, steps: int) -> list[str]:
    again = f"random.Random({seed}), {steps} steps"
    return [f"{breach.rule}: {breach.says} after {breach.command} ({again})" for breach in result.breaches]


def _kinds(program: Program) -> list[str]:
    kinds = ["incident", "incident", "hazard"]
    if program.scales_by_kind[CaseKind.WARNING]:
        kinds.append("warning")
    if program.index.by_section[CaseKind.STANDING]:
        kinds.append("standing")
    return kinds


@pytest.mark.parametrize("plan", PLANS)
def test_whatever_people_do_the_promises_hold_and_the_case_can_be_closed(plan: str) -> None:
    program = library_program(plan)
    told, events, ends = [], 0, set()
    for number in range(RUNS):
        seed, steps = SEED + number, LENGTHS[number % len(LENGTHS)]
        for turn, kind in enumerate(_kinds(program)):
            result = stress(program, random.Random(seed * 10 + turn), steps, kind=kind)
            told += _told(result, seed * 10 + turn, steps)
            events += result.events
            if result.closing is not None:
                ends.add(result.closing.case.ended or result.closing.case.stage)
                assert len(result.closing.steps) <= LONGEST_WAY_OUT
    assert not told
    assert events > 100 * RUNS, "cases in which nothing happens prove nothing"
    assert "closed" in ends


def _opened(program: Program, command: c.AnyCommand) -> Case:
    decided = decide(program, NEW, command, START)
    assert not isinstance(decided, Refusal), decided.says.en
    return replay(decided)


def _insider(program: Program) -> str:
    return next(actor for actor in program.edition.actors if program.is_inside(actor))


@pytest.mark.parametrize("plan", PLANS)
def test_an_incident_of_any_type_at_any_level_can_be_closed_without_waiving_anything(plan: str) -> None:
    program = library_program(plan)
    by = _insider(program)
    for kind in ("", *program.edition.types):
        opened = _opened(program, c.OpenIncident(by=by, title="事件", types=(kind,) if kind else (), occurred=START))
        scale = program.main_scale(opened)
        for level in ("", *(level.id for level in program.edition.scales[scale].levels)) if scale else ("",):
            case = opened
            for holder in (
                program.holders(case, RightName.CONFIRM, START, candidate=level, scale=scale) if level else ()
            ):
                confirmed = decide(
                    program, case, c.ConfirmLevel(by=holder, level=level, scale=scale, reason="研判"), START
                )
                if not isinstance(confirmed, Refusal):
                    case = replay(confirmed, case)
                    break
            closing = close(program, case, START)
            assert not closing.stuck, (kind, level, closing.stuck)
            assert not closing.waived, (kind, level, closing.waived)
            assert closing.case.stage == "closed"
            assert len(closing.steps) <= LONGEST_WAY_OUT


@pytest.mark.parametrize("plan", PLANS)
def test_every_standing_duty_can_be_done_and_closed(plan: str) -> None:
    program = library_program(plan)
    for duty in program.index.by_section[CaseKind.STANDING]:
        case = _opened(program, c.OpenOccurrence(by=_insider(program), kind="standing", title="常态工作", task=duty))
        closing = close(program, case, START)
        assert not closing.stuck, (duty, closing.stuck)
        assert closing.case.stage == "closed"


def test_the_way_out_is_one_that_the_engine_accepts_step_by_step() -> None:
    program = library_program("redwood-exchange")
    case = _opened(program, c.OpenIncident(by=_insider(program), title="事件", occurred=START))
    closing = close(program, case, START)
    for now, command in closing.steps:
        decided = decide(program, case, command, now)
        assert not isinstance(decided, Refusal), decided.says.en
        case = replay(decided, case)
    assert case == closing.case
    assert case.is_over


# --- what breaks a promise is seen


def _broken(event: e.AnyEvent, command: c.AnyCommand | None = None, **tasks: TaskState) -> set[str]:
    """The rules that one event breaks in a case of the small plan with these tasks."""
    by = c.OpenIncident(by="duty-office", title="交易系统中断", occurred=START, types=("trading-accident",))
    before = _opened(small_program(), by)
    before = type(before)(
        **{**{name: getattr(before, name) for name in before.__struct_fields__}, "tasks": {**before.tasks, **tasks}}
    )
    after = evolve(before, event)
    return {each.rule for each in promises.of_event(small_program(), command or c.Jot(by="director", text="-"), before, after, event)}  # fmt: skip


def _state(key: str, status: Status = Status.OPEN, **more: object) -> TaskState:
    return TaskState(key=key, task=key, status=status, opened_at=START, who=("duty-office",), **more)  # type: ignore[arg-type]


LATER = START + timedelta(hours=3)


def test_a_task_that_was_done_and_is_ended_afterwards_is_seen() -> None:
    done = _state("review", Status.COMPLETED, how="done", ended_at=START)
    rules = _broken(e.TaskTerminated(at=LATER, key="review", why="no-longer-applies"), review=done)
    assert {"ended-twice", "done-and-superseded"} <= rules
    assert "done-and-superseded" in _broken(e.TaskOpened(at=LATER, key="review", task="review"), review=done)


def test_a_level_that_nobody_confirmed_is_seen() -> None:
    confirmed = e.LevelConfirmed(at=LATER, scale="level", level="II")
    assert {"time-acts", "level-by-itself"} <= _broken(confirmed, c.Tick())
    assert "level-by-itself" in _broken(e.LevelConfirmed(at=LATER, by="director", scale="level", level="II"))


def test_a_stage_that_begins_although_a_task_guards_it_is_seen() -> None:
    closing = e.StageChanged(at=LATER, by="duty-office", stage="closed", previous="intake", act="close")
    assert "guard" in _broken(closing, c.CloseCase(by="duty-office"))


def test_a_clock_that_runs_out_too_early_or_in_a_dead_task_is_seen() -> None:
    soon = LATER + timedelta(minutes=5)
    assert "due-early" in _broken(e.ClockFellDue(at=LATER, key="review", due=soon))
    waived = _state("review", Status.WAIVED, ended_at=START)
    assert "dead-clock" in _broken(e.ClockFellDue(at=LATER, key="review", due=LATER), review=waived)


def test_a_lateness_that_does_not_follow_from_the_clock_is_seen() -> None:
    due = _state("review", due_at=LATER)
    for late in (-60, 60):
        done = e.TaskCompleted(at=LATER, by="leading-group", key="review", late=late)
        assert "late" in _broken(done, review=due)


def test_a_report_that_goes_out_without_its_approval_is_seen() -> None:
    sent = e.TaskCompleted(at=START, by="duty-office", key="written-report", how="sent", fields={"summary": "-"})
    assert "approved-text" in _broken(sent)


def test_a_task_without_end_and_a_clock_before_its_anchor_are_seen() -> None:
    program = small_program()
    case = _opened(program, c.OpenIncident(by="duty-office", title="交易系统中断", occurred=START))
    states = {
        "over": _state("review", Status.COMPLETED, how="done"),
        "early": TaskState(
            key="early", task="written-report", opened_at=START, who=("duty-office",), due_at=START - timedelta(hours=1)
        ),
    }
    broken = type(case)(**{**{name: getattr(case, name) for name in case.__struct_fields__}, "tasks": states})
    assert {"ended", "anchor"} <= {each.rule for each in promises.of_case(program, broken, START)}


def test_a_look_that_left_something_out_is_seen() -> None:
    program = small_program()
    case = _opened(program, c.OpenIncident(by="duty-office", title="交易系统中断", occurred=START))
    assert not list(promises.of_rest(program, case, START))
    forgotten = type(case)(**{**{name: getattr(case, name) for name in case.__struct_fields__}, "tasks": {}})
    assert {each.rule for each in promises.of_rest(program, forgotten, START)} == {"left-out"}


def test_a_natural_person_s_name_in_an_event_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def names_everybody(program: Program, case: Case, command: c.AnyCommand, now: object) -> object:
        decided = decide(program, case, command, now)  # type: ignore[arg-type]
        if isinstance(decided, Refusal) or not isinstance(command, c.Register):
            return decided
        return tuple(
            e.PartyRegistered(at=each.at, by=each.by, party=each.party, ref=each.ref, name=chance.SOMEBODY)
            if isinstance(each, e.PartyRegistered)
            else each
            for each in decided
        )

    monkeypatch.setattr(stressing, "decide", names_everybody)
    found = {
        breach.rule
        for seed in range(20)
        for breach in stress(small_program(), random.Random(seed), 60, kind="incident", to_the_end=False).breaches
    }
    assert "personal" in found


def test_a_plan_that_nobody_can_close_is_seen(program_with_nobody: Program) -> None:
    result = stress(program_with_nobody, random.Random(1), 5, kind="incident")
    assert "no-way-out" in {breach.rule for breach in result.breaches}
    assert result.closing is not None
    assert any("CloseCase" in each for each in result.closing.stuck)


@pytest.fixture
def program_with_nobody() -> Program:
    """The small plan, where only a level that no incident has may be closed."""
    from tests.programs import SMALL

    from muster.plans.reading import read_plan

    text = SMALL.read_text(encoding="utf-8")
    changed = text.replace(
        "  close: {who: duty-office}", "  close: {who: duty-office, when: people_gathered > 100000000}"
    )
    assert changed != text
    edition = read_plan(changed).edition
    assert edition is not None
    return Program(edition)
