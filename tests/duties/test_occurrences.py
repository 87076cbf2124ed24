"""Standing duties open as their time comes; what was not done stays where it was."""

import threading
from datetime import UTC, timedelta

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection
from tests.duties.conftest import DUTIES, PLAN, china, put_in_force

from muster.cases import editions, timekeeper
from muster.cases.models import CaseRecord, InForce
from muster.duties import reads, writes
from muster.duties.models import Duty, Followed, Occurrence
from muster.duties.reads import State
from muster.duties.writes import OPENED_LATE, open_by_hand, open_due, rebuild, register_hazard
from muster.engine import Refusal
from muster.engine.calendar import WorkCalendar
from muster.engine.commands import AgreeDue, CloseCase, Complete, Waive
from muster.testing.builders import does, done

pytestmark = pytest.mark.django_db
HELD = {PLAN: ("secretary",)}


def dues(task: str) -> list:
    return list(Occurrence.objects.filter(task=task).order_by("due_at").values_list("due_at", flat=True))


def states(task: str, now) -> list[State]:
    """Of the occurrences of a duty, the earliest first."""
    return [each.state for each in reversed(reads.history(HELD, PLAN, task, now))]


def case_due(task: str, due) -> int:
    return Occurrence.objects.get(task=task, due_at=due).case_id


def holds_meeting(due, now, **more):
    return does(case_due("meeting", due), Complete(by="secretary", task="meeting", fields={"text": "无"}, **more), now)


def test_a_weekly_meeting_is_open_from_the_first_day_and_due_on_friday(town, at):
    at("2026-03-03 09:00")
    assert dues("meeting") == [china("2026-03-06 17:00")]
    record = Occurrence.objects.get(task="meeting").case
    assert (record.kind, record.is_over, record.next_due_at) == ("standing", False, china("2026-03-06 17:00"))


def test_the_next_one_opens_when_the_one_before_falls_due(town, at):
    at("2026-03-03 09:00")
    at("2026-03-06 16:59")
    assert len(dues("meeting")) == 1
    at("2026-03-06 17:00")
    assert dues("meeting") == [china("2026-03-06 17:00"), china("2026-03-13 17:00")]


def test_looking_again_opens_nothing_twice(town, at, clock):
    at("2026-03-03 09:00")
    before = CaseRecord.objects.count()
    assert open_due(clock()) == 0
    Duty.objects.update(wake_at=clock(), reached_at=None)
    assert open_due(clock()) == Duty.objects.count()
    assert CaseRecord.objects.count() == before


def test_where_nothing_is_due_looking_costs_one_statement(town, at, clock, django_assert_num_queries):
    at("2026-03-03 09:00")
    with django_assert_num_queries(1):
        assert open_due(clock() + timedelta(hours=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_a_meeting_once_a_week(town, clock):
    now = clock.moves(days=24)
    ready, errors = threading.Barrier(2), []

    def works():
        try:
            ready.wait()
            open_due(now)
        except Exception as error:  # noqa: BLE001  whatever it is, the test shows it
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=works) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    while open_due(now):
        pass
    assert not errors
    fridays = [china(f"2026-03-{day:02} 17:00") for day in (6, 13, 20, 27)]
    assert dues("meeting") == fridays
    assert CaseRecord.objects.filter(kind="standing", title__startswith="周例会").count() == len(fridays)


def test_after_weeks_in_which_nobody_looked_every_meeting_has_its_true_due_instant(town, at):
    at("2026-03-03 09:00")
    now = at("2026-03-25 10:00")  # from the fourth of March on nothing ran
    assert dues("meeting") == [china(f"2026-03-{day:02} 17:00") for day in (6, 13, 20, 27)]
    assert states("meeting", now) == [State.MISSED, State.MISSED, State.OVERDUE, State.OPEN]
    late = [each for each in reads.history(HELD, PLAN, "meeting", now) if each.state is State.OVERDUE]
    assert [part.due_at for part in late[0].parts] == [china("2026-03-20 17:00")]


def test_a_silence_of_many_weeks_gives_the_last_ones_a_case_and_records_the_others_as_missed(town, at):
    now = at("2026-12-30 10:00")
    rows = Occurrence.objects.filter(task="meeting")
    late = rows.filter(due_at__lte=now)
    assert late.filter(case__isnull=False).count() == OPENED_LATE
    assert late.filter(case=None).count() == late.count() - OPENED_LATE > 20
    assert len(set(dues("meeting"))) == rows.count()
    shown = reads.history(HELD, PLAN, "meeting", now, limit=100)
    assert [each.how for each in shown if each.record is None] == ["not-opened"] * rows.filter(case=None).count()
    assert {each.state for each in shown if each.record is None} == {State.MISSED}


def test_however_much_was_missed_it_is_all_counted_and_what_is_late_is_still_shown(town, at, monkeypatch):
    monkeypatch.setattr(reads, "SHOWN", 10)
    now = at("2027-03-10 09:00")  # the training was due on the third
    seen = reads.overview(HELD, now)
    assert len(seen.missed) == 10
    weeks = Occurrence.objects.filter(task="meeting", due_at__lte=now).count()
    assert seen.missed_of[PLAN, "meeting"] == weeks - 1
    assert seen.missed_in_all == 2 * (weeks - 1) + seen.missed_of[PLAN, "inspection"]
    assert {each.task.id for each in seen.overdue} == {"meeting", "register", "training", "inspection"}
    shown = reads.history(HELD, PLAN, "meeting", now, limit=1000)
    assert sum(each.state is State.MISSED for each in shown) == weeks - 1


@pytest.mark.parametrize("ends", ["waived", "closed", "done late", "agreed"])
def test_the_count_of_what_was_missed_agrees_with_the_states(town, at, ends):
    at("2026-03-03 09:00")
    now = at("2026-03-16 09:00")
    case = case_due("meeting", china("2026-03-06 17:00"))
    match ends:
        case "waived":
            does(case, Waive(by="director", task="meeting", reason="全员抗洪"), now)
        case "closed":
            does(case, CloseCase(by="director"), now)
        case "done late":
            holds_meeting(china("2026-03-06 17:00"), now)
        case "agreed":
            does(
                case,
                AgreeDue(
                    by="secretary",
                    task="meeting",
                    due=china("2026-03-20 17:00"),
                    reason="县里统一安排",
                    evidence=("县函2号",),
                ),
                now,
            )
    seen = reads.overview(HELD, now)
    listed = [each for each in seen.missed if each.task.id == "meeting"]
    assert seen.missed_of.get((PLAN, "meeting"), 0) == len(listed) == (1 if ends in ("waived", "closed") else 0)
    first = reads.history(HELD, PLAN, "meeting", now)[-1]
    assert first.period_ends_at == china("2026-03-06 17:00")
    if ends == "agreed":
        assert (first.state, first.due_at) == (State.OPEN, china("2026-03-20 17:00"))
        assert first.was_due_at == china("2026-03-06 17:00"), "what it said before stays visible"


def test_a_meeting_held_late_is_done_and_says_how_late(town, at):
    at("2026-03-03 09:00")
    now = at("2026-03-09 09:30")
    holds_meeting(china("2026-03-06 17:00"), now, reason="场地占用")
    first = reads.history(HELD, PLAN, "meeting", now)[-1]
    assert (first.state, first.done_by, first.done_at) == (State.DONE, ("secretary",), now)
    assert first.late_by == now - china("2026-03-06 17:00")


def test_one_that_was_missed_is_late_for_its_own_week_even_when_it_is_done_at_last(town, at):
    at("2026-03-03 09:00")
    now = at("2026-03-16 09:00")
    assert states("meeting", now) == [State.MISSED, State.OVERDUE, State.OPEN]
    holds_meeting(china("2026-03-06 17:00"), now)
    assert states("meeting", now) == [State.DONE, State.OVERDUE, State.OPEN]
    assert reads.history(HELD, PLAN, "meeting", now)[-1].late_by == now - china("2026-03-06 17:00")


def test_one_that_is_closed_undone_is_missed_at_once(town, at):
    now = at("2026-03-03 09:00")
    does(case_due("meeting", china("2026-03-06 17:00")), CloseCase(by="director"), now)
    missed = reads.history(HELD, PLAN, "meeting", now)[0]
    assert (missed.state, missed.how) == (State.MISSED, "case-closed")


def test_one_that_was_waived_is_not_done_and_keeps_the_reason(town, at):
    now = at("2026-03-03 09:00")
    case = case_due("meeting", china("2026-03-06 17:00"))
    does(case, Waive(by="director", task="meeting", reason="全员抗洪"), now)
    shown = reads.history(HELD, PLAN, "meeting", now)[0]
    assert (shown.state, shown.how, shown.reason) == (State.MISSED, "waived", "全员抗洪")


def test_a_duty_of_several_is_done_when_each_has_done_it(town, at):
    now = at("2026-03-03 09:00")
    case = Occurrence.objects.get(task="training").case_id
    does(case, Complete(by="bank", task="training"), now)
    half = reads.history(HELD, PLAN, "training", now)[0]
    assert (half.state, half.done, half.owed, half.waits_for) == (State.OPEN, 1, 2, ("secretary",))
    does(case, Complete(by="secretary", task="training"), now)
    assert reads.history(HELD, PLAN, "training", now)[0].state is State.DONE


def test_a_meeting_on_a_holiday_is_moved_to_the_working_day_before(town, at):
    at("2026-04-24 18:00")
    # The first of May 2026 is a Friday and a holiday.
    assert dues("meeting")[-1] == china("2026-04-30 17:00")
    assert dues("register")[-1] == china("2026-05-01 17:00")


def test_a_drill_is_owed_within_two_years_of_the_plan_coming_into_force(town, at):
    at("2026-03-03 09:00")
    assert dues("drill") == [china("2028-03-03 00:00")]


def test_what_may_be_done_is_never_opened_by_itself(town, at):
    at("2026-03-25 10:00")
    assert not Occurrence.objects.filter(task="ad-hoc").exists()


def test_what_follows_upon_a_duty_is_shown_until_it_is_done_and_is_no_duty_by_itself(town, at):
    at("2026-03-03 09:00")
    now = at("2026-03-04 09:00")
    case = Occurrence.objects.get(task="inspection").case_id
    assert reads.overview(HELD, now).follow_ups == []
    does(case, Complete(by="secretary", task="inspection"), now)
    for text in ("2026-03-05 09:00", "2026-09-01 09:00"):  # however long ago the inspection was
        (step,) = (each.step for each in reads.overview(HELD, at(text)).follow_ups)
        assert (step.task, step.due_at) == ("rectify-findings", now + timedelta(days=5))
    does(case, Complete(by="bank", task="rectify-findings"), at("2026-09-01 10:00"))
    seen = reads.overview(HELD, at("2026-09-01 10:00"))
    assert seen.follow_ups == []
    assert "rectify-findings" not in {each.task.id for each in (*seen.duties, *seen.unnumbered)}


# --- by hand


def test_a_duty_without_a_recurrence_is_opened_by_those_whose_it_is(town, at):
    now = at("2026-03-03 09:00")
    opened = done(open_by_hand(PLAN, "archive", by="archivist", now=now))
    shown = reads.history(HELD, PLAN, "archive", now)
    assert [(each.state, each.record.pk) for each in shown] == [(State.OPEN, opened.case_id)]
    does(opened.case_id, Complete(by="archivist", task="archive"), now)
    line = next(each for each in reads.overview(HELD, now).unnumbered if each.task.id == "archive")
    assert line.latest.state is State.DONE


@pytest.mark.parametrize(
    ("task", "by", "code"),
    [("archive", "secretary", "duty.not-yours"), ("meeting", "secretary", "duty.recurs"), ("repair", "secretary", "duty.unknown"),
     ("phone-report", "secretary", "duty.unknown")],
)  # fmt: skip
def test_nobody_opens_what_is_not_theirs_or_opens_by_itself(town, at, task, by, code):
    refused = open_by_hand(PLAN, task, by=by, now=at("2026-03-03 09:00"))
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert "{" not in refused.say("zh") + refused.say("en")


# --- editions


CHANGED = DUTIES.replace('FREQ=WEEKLY;BYDAY=FR, by: "17:00", moved: before', 'FREQ=WEEKLY;BYDAY=MO, by: "10:00"')
ENDED = DUTIES[: DUTIES.index("  meeting:")] + DUTIES[DUTIES.index("  register:") :]


def test_a_new_edition_keeps_the_anchor_and_the_history_of_a_duty_that_goes_on(town, at):
    at("2026-03-03 09:00")
    now = at("2026-03-11 09:00")
    put_in_force(now, "2", CHANGED)
    at("2026-03-20 09:00")
    duty = Duty.objects.get(task="meeting")
    assert (duty.anchor_at, duty.ended_at) == (china("2026-03-03 09:00"), None)
    # The week under way keeps its end; from there the new rule counts.
    assert dues("meeting") == [
        china("2026-03-06 17:00"), china("2026-03-13 17:00"), china("2026-03-16 10:00"), china("2026-03-23 10:00"),
    ]  # fmt: skip
    old, new = Occurrence.objects.get(due_at=china("2026-03-13 17:00"), task="meeting"), dues("meeting")[-1]
    assert old.case.edition_id == town.digest
    assert Occurrence.objects.get(task="meeting", due_at=new).case.edition.edition == "2"


def test_a_duty_that_the_new_edition_no_longer_has_ends_and_its_history_stays(town, at):
    at("2026-03-03 09:00")
    now = at("2026-03-11 09:00")
    put_in_force(now, "2", ENDED)
    later = at("2026-04-20 09:00")
    duty = Duty.objects.get(task="meeting")
    assert (duty.ended_at, duty.wake_at) == (now, None)
    assert dues("meeting") == [china("2026-03-06 17:00"), china("2026-03-13 17:00")]
    assert [each.state for each in reads.history(HELD, PLAN, "meeting", later)] == [State.OVERDUE, State.MISSED]
    assert {each.task.id for each in reads.overview(HELD, later).overdue} >= {"meeting"}


def test_periods_that_passed_under_an_edition_no_longer_in_force_are_opened_under_it(town, at):
    at("2026-03-03 09:00")
    put_in_force(china("2026-03-18 09:00"), "2", ENDED)
    at("2026-04-01 09:00")  # nobody had looked since the third of March
    assert dues("meeting") == [china(f"2026-03-{day:02} 17:00") for day in (6, 13, 20)]
    opened = Occurrence.objects.filter(task="meeting").values_list("case__edition_id", flat=True)
    assert set(opened) == {town.digest}


def test_a_duty_that_comes_back_owes_nothing_for_the_time_without_it(town, at):
    at("2026-03-03 09:00")
    put_in_force(at("2026-03-04 09:00"), "2", ENDED)
    put_in_force(at("2026-04-07 09:00"), "3", DUTIES)
    at("2026-04-08 09:00")
    assert dues("meeting") == [china("2026-03-06 17:00"), china("2026-04-10 17:00")]
    assert Duty.objects.get(task="meeting").anchor_at == china("2026-04-07 09:00")


def test_what_was_in_force_when_is_kept(town, at):
    second = put_in_force(at("2026-03-11 09:00"), "2", CHANGED)
    put_in_force(at("2026-03-12 09:00"), "1")
    assert list(InForce.objects.order_by("since").values_list("edition_id", flat=True)) == [
        town.digest, second.digest, town.digest,
    ]  # fmt: skip


# --- when opening fails


def test_a_duty_that_cannot_be_opened_says_why_and_holds_up_no_other(town, at, clock, monkeypatch):
    opens = writes.execute

    def stumbles(case, command, **more):
        return (
            writes.refuse("duty.unknown", task="meeting") if command.task == "meeting" else opens(case, command, **more)
        )

    monkeypatch.setattr(writes, "execute", stumbles)
    open_due(clock())
    duty = Duty.objects.get(task="meeting")
    assert "meeting" in duty.trouble
    assert duty.wake_at == clock() + writes.TRIES_AGAIN
    assert dues("register")
    monkeypatch.setattr(writes, "execute", opens)
    open_due(clock.moves(minutes=10))
    assert (dues("meeting"), Duty.objects.get(task="meeting").trouble) == ([china("2026-03-06 17:00")], "")


def test_a_duty_at_which_the_program_stumbles_holds_up_no_other_either(town, clock, monkeypatch):
    opens = writes._open_one

    def stumbles(duty, each, now):
        if duty.task == "meeting":
            raise RuntimeError("这项工作有毛病")
        return opens(duty, each, now)

    monkeypatch.setattr(writes, "_open_one", stumbles)
    open_due(clock())
    duty = Duty.objects.get(task="meeting")
    assert "这项工作有毛病" in duty.trouble
    assert dues("register")
    said = [
        message for message in run_checks(tags=[Tags.database], databases=["default"]) if message.id == "muster.E106"
    ]
    assert "周例会" in said[0].msg
    assert "这项工作有毛病" in said[0].msg


def test_a_process_that_dies_between_the_case_and_its_row_leaves_one_case(town, clock, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Occurrence.objects, "update_or_create", lambda **given: 1 / 0)
        open_due(clock())
    assert not Occurrence.objects.exists()
    opened = CaseRecord.objects.filter(title__startswith="周例会").count()
    assert opened == 1
    clock.moves(hours=1)
    while open_due(clock()):
        pass
    assert dues("meeting") == [china("2026-03-06 17:00")]
    assert CaseRecord.objects.filter(title__startswith="周例会").count() == opened


def test_the_timekeeper_opens_duties_as_their_time_comes(town, monkeypatch, clock):
    monkeypatch.setattr(timekeeper, "clock", clock)
    keeper = timekeeper.Timekeeper(besides=[open_due])
    keeper.step()
    assert dues("meeting") == [china("2026-03-06 17:00")]
    clock.now = china("2026-03-06 17:00")
    keeper.step()
    assert len(dues("meeting")) == 2
    clock.moves(days=7, milliseconds=-200)
    keeper.step()
    clock.moves(milliseconds=200)
    keeper.step()
    assert len(dues("meeting")) == 2, "asked again within a second"
    clock.moves(seconds=1)
    keeper.step()
    assert len(dues("meeting")) == 3


def test_holidays_that_become_known_while_a_period_runs_neither_skip_it_nor_open_it_twice(town, at, monkeypatch):
    """The first of May 2026 is a Friday. As long as nobody knows that it is a holiday, the meeting is due on it."""
    unknown = WorkCalendar()
    after = DUTIES.replace("moved: before", "moved: after")
    with monkeypatch.context() as patched:
        patched.setattr(editions, "working_calendar", lambda: unknown)
        editions.forget_all()
        put_in_force(at("2026-03-10 09:00"), "2", after)
        at("2026-04-28 09:00")
        running = Occurrence.objects.filter(task="meeting").latest("due_at")
        assert (running.due_at, running.guessed) == (china("2026-05-01 17:00"), True)
    editions.forget_all()
    at("2026-05-06 18:00")
    at("2026-05-07 18:30")
    assert dues("meeting")[-2:] == [china("2026-05-01 17:00"), china("2026-05-08 17:00")]


# --- again from the journals


def everything():
    return (
        sorted(Occurrence.objects.values_list("plan", "task", "begins_at", "due_at", "guessed", "case_id"), key=str),
        sorted(Duty.objects.values_list("plan", "task", "anchor_at", "ended_at", "reached_at")),
    )


def test_duties_made_again_from_editions_and_journals_are_the_same(town, at):
    at("2026-03-03 09:00")
    put_in_force(at("2026-03-18 09:00"), "2", CHANGED)
    now = at("2026-12-01 09:00")  # long enough for periods without a case
    done(open_by_hand(PLAN, "archive", by="archivist", now=now))
    before = everything()
    assert any(row[-1] is None for row in before[0])
    Occurrence.objects.all().delete()
    Duty.objects.all().delete()
    Followed.objects.all().delete()
    rebuild(now)
    open_due(now)
    assert everything() == before


# --- hazards


def test_a_hazard_is_open_until_it_is_rectified_checked_and_closed(town, at):
    now = at("2026-03-03 09:00")
    found = done(register_hazard(PLAN, by="secretary", title="机房漏水", summary="", now=now))
    shown = reads.hazards(HELD)
    assert [(each.record.title, each.record.next_due_at) for each in shown] == [("机房漏水", now + timedelta(days=7))]
    does(found.case_id, Complete(by="director", task="rectify"), now)
    does(found.case_id, Complete(by="director", task="check"), now)
    assert len(reads.hazards(HELD)) == 1
    does(found.case_id, CloseCase(by="director"), now)
    assert reads.hazards(HELD) == []


# --- who sees it


def test_whoever_holds_nothing_of_a_plan_sees_none_of_its_duties(town, at):
    now = at("2026-03-25 09:00")
    register_hazard(PLAN, by="secretary", title="机房漏水", summary="", now=now)
    for held in ({}, {"another-plan": ("secretary",)}):
        seen = reads.overview(held, now)
        assert seen == reads.Overview()
        assert reads.history(held, PLAN, "meeting", now) == []
        number = Occurrence.objects.filter(task="meeting").first().case.number
        assert reads.occurrence(held, number, now) is None


def test_the_overview_takes_the_same_statements_however_many_weeks_there_are(town, at, django_assert_max_num_queries):
    for text in ("2026-03-25 10:00", "2026-06-25 10:00"):
        now = at(text)
        with django_assert_max_num_queries(24):
            reads.overview(HELD, now)


def test_resources_to_be_checked_are_named_with_the_instant_of_the_check_under_way(town, at):
    now = at("2026-03-25 10:00")
    checks = reads.overview(HELD, now).checks
    assert [(each.resource.id, each.due_at) for each in checks] == [("backup", china("2026-04-03 00:00"))]
    assert checks[0].due_at.tzinfo is UTC
