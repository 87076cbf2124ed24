"""The life of a case: start, end, close, reopen; dismissal, merging, handing over; warnings."""

from __future__ import annotations

import pytest

from muster.engine import wake_at
from muster.engine.commands import (
    Absorb,
    ApproveWarning,
    Assess,
    CloseCase,
    Complete,
    ConfirmLevel,
    Decide,
    Dismiss,
    EndResponse,
    HandOver,
    IssueWarning,
    LiftWarning,
    MergeInto,
    OpenIncident,
    OpenOccurrence,
    ProposeWarning,
    ReopenCase,
    ReturnWarning,
    Seal,
    StartResponse,
    Tick,
)
from muster.engine.state import Status
from muster.testing.story import Story


@pytest.fixture
def running(accident: Story) -> Story:
    """The response to a level IV accident is under way."""
    accident.does(Assess(by="duty-office", facts={"affected_area": "county"}))
    accident.does(ConfirmLevel(by="duty-office", level="IV"))
    accident.does(StartResponse(by="leading-group"))
    return accident


def test_a_response_starts_only_when_a_level_is_confirmed(accident: Story) -> None:
    assert accident.is_refused(StartResponse(by="leading-group")).code == "stage.ungraded"
    assert accident.is_refused(EndResponse(by="leading-group")).code == "stage.wrong"


def test_who_may_start_is_said_by_the_refusal(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "county"}))
    accident.does(ConfirmLevel(by="duty-office", level="IV"))
    assert accident.is_refused(StartResponse(by="settlement-dept")).code == "right.not-yours"


def test_deciding_to_end_and_ending_are_one_obligation_with_two_doors(running: Story) -> None:
    running.does(Assess(by="duty-office", facts={"restored_at": running.at("08:59").isoformat()}))
    assert "end-response" in running.live
    running.does(Decide(by="leading-group", task="end-response", value=True))
    assert running.case.stage == "recovery"
    assert running.task("end-response").status == Status.COMPLETED


def test_closing_is_refused_while_the_review_is_open(running: Story) -> None:
    running.does(EndResponse(by="leading-group", reason="系统恢复"))
    refusal = running.is_refused(CloseCase(by="duty-office"))
    assert refusal.code == "stage.open-tasks"
    assert "总结评估" in refusal.say("zh")
    running.does(Complete(by="leading-group", task="review", fields={"cause": "human"}))
    running.does(CloseCase(by="duty-office"))
    assert running.case.is_over
    assert not running.live
    assert wake_at(running.program, running.case) is None
    assert running.is_refused(Assess(by="duty-office", facts={"affected_area": "city"})).code == "case.over"
    assert running.does(Tick()) == ()


def test_a_closed_case_can_be_reopened_with_a_reason(running: Story) -> None:
    running.does(EndResponse(by="leading-group", reason="系统恢复"))
    running.does(Complete(by="leading-group", task="review", fields={"cause": "human"}))
    assert running.is_refused(ReopenCase(by="duty-office", reason="x")).code == "case.not-over"
    running.does(CloseCase(by="duty-office"))
    assert running.is_refused(ReopenCase(by="duty-office")).code == "reason.missing"
    running.does(ReopenCase(by="duty-office", reason="交易商提出新的投诉"))
    assert running.case.stage == "recovery"
    assert "written-report" in running.live
    assert running.task("review").status == Status.COMPLETED


def test_a_false_alarm_is_dismissed_with_a_reason_and_nothing_runs_on(accident: Story) -> None:
    assert accident.is_refused(Dismiss(by="duty-office")).code == "reason.missing"
    accident.does(Dismiss(by="duty-office", reason="监控误报"))
    assert (accident.case.ended, accident.live) == ("dismissed", set())
    accident.does(ReopenCase(by="duty-office", reason="又报一次"))
    assert "written-report" in accident.live


def test_a_duplicate_goes_on_in_the_other_case_with_what_it_knew(accident: Story) -> None:
    accident.does(MergeInto(by="duty-office", into="2026-0305-02", reason="同一故障"))
    assert (accident.case.ended, accident.case.ended_to) == ("merged", "2026-0305-02")
    other = Story(accident.program, starts="2026-03-05 09:05")
    other.does(OpenIncident(by="duty-office", title="中断"))
    other.does(Absorb(by="duty-office", other="2026-0305-01", facts={"affected_area": "city"}))
    assert other.case.facts["affected_area"] == "city"
    assert other.case.absorbed == ("2026-0305-01",)


def test_what_is_out_of_scope_is_handed_over_to_somebody(accident: Story) -> None:
    assert accident.is_refused(HandOver(by="duty-office", to="", reason="x")).code == "directive.empty"
    accident.does(HandOver(by="duty-office", to="县公安局", reason="属治安案件"))
    assert accident.case.ended == "handed-over"


def test_a_classified_matter_leaves_only_a_reference(accident: Story) -> None:
    accident.does(Seal(by="duty-office", reference="密 2026-7"))
    assert (accident.case.ended, accident.case.ended_to) == ("sealed", "密 2026-7")


# --- warnings


@pytest.fixture
def proposed(story: Story) -> Story:
    story.does(ProposeWarning(by="duty-office", colour="yellow", title="行情剧烈波动", reason="连续涨停"))
    return story


def test_a_warning_is_proposed_approved_and_issued_by_those_the_plan_names(proposed: Story) -> None:
    assert proposed.is_refused(IssueWarning(by="leading-group")).code == "warning.not-approved"
    assert proposed.is_refused(ApproveWarning(by="duty-office")).code == "right.not-yours"
    proposed.does(ApproveWarning(by="leading-group"))
    refusal = proposed.is_refused(IssueWarning(by="duty-office"))
    assert refusal.code == "right.not-yours"
    assert "黄色" not in refusal.details["who"]
    proposed.does(IssueWarning(by="leading-group"))
    assert proposed.case.level("colour") == "yellow"
    assert {"verify", "yellow-meeting"} <= proposed.live


def test_lowering_a_colour_ends_what_stood_only_under_the_higher_one(proposed: Story) -> None:
    proposed.does(ApproveWarning(by="leading-group"))
    proposed.does(IssueWarning(by="leading-group"))
    proposed.does(ProposeWarning(by="duty-office", colour="blue", reason="趋缓"))
    proposed.does(ApproveWarning(by="leading-group"))
    proposed.does(IssueWarning(by="duty-office"))
    assert proposed.task("yellow-meeting").how == "no-longer-applies"
    assert "verify" in proposed.live


def test_lifting_ends_the_warning_and_its_measures(proposed: Story) -> None:
    assert proposed.is_refused(LiftWarning(by="leading-group", reason="x")).code == "warning.not-issued"
    proposed.does(ApproveWarning(by="leading-group"))
    proposed.does(IssueWarning(by="leading-group"))
    proposed.does(LiftWarning(by="leading-group", reason="行情平稳"))
    assert proposed.case.is_over
    assert proposed.case.level("colour") == ""
    assert not proposed.live


def test_a_returned_proposal_is_gone(proposed: Story) -> None:
    proposed.does(ReturnWarning(by="leading-group", reason="依据不足"))
    assert proposed.is_refused(ApproveWarning(by="leading-group")).code == "warning.none-proposed"


def test_an_unknown_colour_is_refused_with_the_colours_there_are(story: Story) -> None:
    refusal = story.is_refused(ProposeWarning(by="duty-office", colour="purple"))
    assert refusal.code == "level.unknown"
    assert refusal.details["allowed"] == ["蓝色", "黄色", "红色"]


def test_nothing_is_opened_twice_and_nothing_in_the_future(accident: Story) -> None:
    assert accident.is_refused(OpenIncident(by="duty-office", title="x")).code == "case.open-already"
    fresh = Story(accident.program, starts="2026-03-05 09:00")
    future = OpenIncident(by="duty-office", title="x", occurred=fresh.at("09:30"))
    assert fresh.is_refused(future).code == "time.future"
    assert fresh.is_refused(OpenIncident(by="duty-office")).code == "case.nothing-said"
    assert fresh.is_refused(Tick()).code == "case.not-open"


# --- what runs between incidents


def test_one_occurrence_of_a_standing_duty_is_a_case_of_its_own(story: Story) -> None:
    refusal = story.is_refused(OpenOccurrence(by="duty-office", kind="standing", title="检查", task="check-equipmnt"))
    assert "check-equipment" in refusal.say("en")
    story.does(OpenOccurrence(by="duty-office", kind="standing", title="一季度检查", task="check-equipment"))
    assert story.live == {"check-equipment"}
    assert story.clock(story.task("check-equipment").due_at) == "06-05 00:00"


def test_a_hazard_is_open_until_it_is_rectified(story: Story) -> None:
    story.does(OpenOccurrence(by="duty-office", kind="hazard", title="机房漏水"))
    assert story.clock(story.task("rectify").due_at) == "04-05 09:00"
    assert story.is_refused(CloseCase(by="duty-office")).code == "stage.open-tasks"
    story.does(Complete(by="technology-dept", task="rectify", note="已修复"))
    story.does(CloseCase(by="duty-office"))
    assert story.case.is_over
