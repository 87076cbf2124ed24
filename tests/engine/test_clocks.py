"""Clocks: anchors, reminders, overdue, climbing, moving, recurring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from muster.engine import Program, wake_at
from muster.engine.commands import (
    Acknowledge,
    AgreeDue,
    Assess,
    Complete,
    ConfirmLevel,
    Correct,
    Jot,
    OpenIncident,
    StartResponse,
    Take,
    Tick,
)
from muster.engine.events import ClockFellDue, TaskOpened
from muster.engine.state import Status
from muster.testing.story import Story


def test_each_office_has_a_clock_of_its_own(accident: Story) -> None:
    assert accident.clock(accident.task("phone-report@duty-office").due_at) == "03-05 09:40"
    accident.does(Complete(by="duty-office", task="phone-report"))
    accident.moves_to("09:41")
    assert "phone-report@technology-dept" in accident.overdue
    assert "phone-report@duty-office" not in accident.overdue


def test_a_clock_runs_from_the_occurrence_even_if_nobody_saw_it(story: Story) -> None:
    story.does(OpenIncident(by="duty-office", title="夜间中断", occurred=story.at("06:00"), detected=story.at("08:50")))
    assert {"phone-report@duty-office", "phone-report@technology-dept", "written-report"} <= story.overdue
    fell = [event for event in story.events if isinstance(event, ClockFellDue)]
    assert {story.clock(event.due) for event in fell} == {"03-05 07:00", "03-05 07:30"}


def test_an_unknown_occurrence_leaves_the_clock_unset_and_visible(story: Story) -> None:
    story.does(OpenIncident(by="duty-office", title="不知何时发生"))
    assert story.task("written-report").due_at is None
    assert "written-report" in story.live
    story.does(Correct(by="duty-office", instants={"occurred": story.at("08:30")}))
    assert story.clock(story.task("written-report").due_at) == "03-05 10:00"


def test_a_corrected_occurrence_moves_the_clocks_and_keeps_what_they_said(accident: Story) -> None:
    accident.does(Correct(by="duty-office", instants={"occurred": accident.at("08:20")}, reason="值班记录"))
    report = accident.task("written-report")
    assert accident.clock(report.due_at) == "03-05 09:50"
    assert [accident.clock(at) for at in report.earlier] == ["03-05 10:10"]


def test_a_clock_reminds_falls_due_once_and_climbs_until_somebody_answers(accident: Story) -> None:
    accident.hears()
    accident.moves_to("09:39")
    assert "reminder" in accident.hears()["duty-office"]
    accident.moves_to("09:40")
    assert "overdue" in accident.hears()["technology-dept"]
    accident.moves_to("09:50")
    heard = accident.hears()
    assert "climbed" in heard["risk-director"]
    accident.does(Acknowledge(by="risk-director", task="phone-report@technology-dept"))
    accident.does(Take(by="duty-office", task="phone-report@duty-office"))
    accident.moves_to("10:11")
    accident.does(Acknowledge(by="duty-office", task="written-report"))
    accident.hears()
    accident.moves_to("18:00")
    assert not [n for n in accident.notices if n.kind == "climbed" and "report" in n.key]
    assert sum(isinstance(event, ClockFellDue) and "phone" in event.key for event in accident.events) == 2


def test_an_unanswered_clock_falls_silent_in_the_end(accident: Story) -> None:
    accident.moves_to("+1d 09:00")
    accident.hears()
    accident.moves_to("+3d 09:00")
    assert "written-report" in accident.overdue
    assert all("climbed" not in kinds for kinds in accident.hears().values())


def test_after_a_long_sleep_every_clock_is_caught_up_with_its_true_due_instant(accident: Story) -> None:
    accident.now = accident.at("+1d 07:00")
    accident.does(Tick())
    dues = {event.key: accident.clock(event.due) for event in accident.events if isinstance(event, ClockFellDue)}
    assert dues["phone-report@duty-office"] == "03-05 09:40"
    assert dues["written-report"] == "03-05 10:10"


def test_a_second_tick_at_the_same_instant_brings_nothing(accident: Story) -> None:
    accident.moves_to("10:30")
    assert accident.does(Tick()) == ()


def test_a_late_report_says_how_late_it_was(accident: Story) -> None:
    accident.moves_to("09:51")
    accident.does(Complete(by="technology-dept", task="phone-report", reason="等待核实"))
    report = accident.task("phone-report@technology-dept")
    assert (report.late, report.reason) == (11 * 60, "等待核实")


def test_a_limit_that_is_its_own_condition_never_stands_if_repaired_before(accident: Story) -> None:
    accident.moves_to("09:05")
    accident.does(Assess(by="duty-office", facts={"restored_at": accident.at("09:05").isoformat()}))
    accident.moves_to("12:00")
    assert "tell-traders" not in accident.case.tasks


def test_thirty_minutes_bring_the_duty_exactly_then(accident: Story) -> None:
    accident.moves_to("09:09")
    assert "tell-traders" not in accident.case.tasks
    accident.moves_to("09:10")
    assert accident.clock(accident.task("tell-traders").due_at) == "03-05 09:10"


def test_learned_later_that_it_was_repaired_before_the_duty_never_stood(accident: Story) -> None:
    accident.moves_to("09:15")
    assert "tell-traders" in accident.live
    accident.does(Assess(by="duty-office", facts={"restored_at": accident.at("09:09").isoformat()}))
    assert accident.task("tell-traders").how == "never-stood"


def test_repaired_after_the_limit_the_duty_stays(accident: Story) -> None:
    accident.moves_to("09:15")
    accident.does(Assess(by="duty-office", facts={"restored_at": accident.at("09:12").isoformat()}))
    assert "tell-traders" in accident.live


def test_a_daily_report_that_is_missing_at_midnight_is_missed_and_the_next_day_opens(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    accident.does(ConfirmLevel(by="leading-group", level="III"))
    accident.does(StartResponse(by="leading-group"))
    accident.moves_to("17:00")
    accident.does(Complete(by="duty-office", task="daily"))
    accident.moves_to("+3d 08:00")
    statuses = [accident.task(key).status for key in ("daily", "daily#2", "daily#3", "daily#4")]
    assert statuses == [Status.COMPLETED, Status.TERMINATED, Status.TERMINATED, Status.OPEN]
    assert accident.task("daily#2").how == "missed"
    assert accident.clock(accident.task("daily#4").due_at) == "03-09 00:00"


def test_an_agreed_date_needs_evidence_and_keeps_the_original(accident: Story) -> None:
    assert (
        accident.is_refused(AgreeDue(by="duty-office", task="written-report", due=accident.at("12:00"))).code
        == "due.evidence"
    )
    accident.does(
        AgreeDue(by="duty-office", task="written-report", due=accident.at("12:00"), evidence=("县政府值班室电话同意",))
    )
    report = accident.task("written-report")
    assert report.agreed
    assert accident.clock(report.due_at) == "03-05 12:00"
    assert accident.clock(report.earlier[0]) == "03-05 10:10"


def test_working_days_skip_holidays_and_count_moved_weekends(program: Program) -> None:
    story = Story(program, starts="2026-09-30 10:00")
    story.does(OpenIncident(by="duty-office", title="国庆前", facts={"affected_area": "county"}))
    story.does(ConfirmLevel(by="duty-office", level="IV"))
    # 8 and 9 October, the worked Saturday 10, then Monday 12 and Tuesday 13
    assert story.clock(story.task("review").due_at) == "10-13 10:00"
    assert not story.task("review").guessed


def test_a_year_whose_holidays_are_not_known_is_said_not_guessed_in_silence(program: Program) -> None:
    story = Story(program, starts="2026-12-30 10:00")
    story.does(OpenIncident(by="duty-office", title="跨年", facts={"affected_area": "county"}))
    story.does(ConfirmLevel(by="duty-office", level="IV"))
    assert story.task("review").guessed


def test_a_mark_is_announced_without_being_owed_but_not_after_its_time(program_with: Callable[..., Program]) -> None:
    for mark, announced in (("35m", 1), ("25m", 0)):  # the duty opens at thirty minutes
        story = Story(program_with({"at: occurred + 25m": f"at: occurred + {mark}"}), starts="2026-03-05 09:00")
        story.does(
            OpenIncident(
                by="duty-office",
                title="中断",
                types=("trading-accident",),
                occurred=story.at("08:40"),
                facts={"trading_interrupted": True},
            )
        )
        story.moves_to("09:30")
        assert story.task("tell-traders").marks == announced
        assert [n.says.zh for n in story.notices if n.kind == "mark"] == ["五分钟后须通报"] * announced


def test_the_case_wakes_at_the_earliest_instant_at_which_anything_is_due(accident: Story) -> None:
    wake = wake_at(accident.program, accident.case)
    assert accident.clock(wake) == "03-05 09:10"  # the thirty minutes; before the reminder of the phone report
    opened = [event for event in accident.events if isinstance(event, TaskOpened)]
    assert all(event.due is None or event.due > accident.now for event in opened)


def test_a_condition_that_turned_unseen_is_not_hidden_by_the_next_command(accident: Story) -> None:
    accident.now = accident.at("09:11")  # the timekeeper is a minute late, and somebody is quicker
    accident.does(Jot(by="duty-office", text="厂商已联系"))
    assert accident.clock(accident.task("tell-traders").due_at) == "03-05 09:10"


def test_words_without_a_number_are_never_late(accident: Story) -> None:
    accident.moves_to("+5d 09:00")
    diagnose = accident.task("diagnose")
    assert diagnose.overdue_at is None
    assert accident.clock(diagnose.since) == "03-05 08:45"
    assert accident.now - diagnose.since > timedelta(days=5)
