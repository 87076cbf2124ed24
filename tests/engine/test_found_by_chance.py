"""What random commands once found: each stays mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.programs import library_program

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine import wake_at
from muster.engine.state import Status
from muster.testing.story import Story

DESK = "duty-office"


def _raised_to_three(accident):
    accident.does(c.Assess(by=DESK, facts={"affected_area": "city"}))
    accident.does(c.ConfirmLevel(by="leading-group", level="III"))
    return accident


def test_what_is_noted_later_than_it_happened_does_not_set_the_case_back(accident):
    before = accident.case.last_at
    accident.moves_to("09:20")
    accident.does(c.Jot(by=DESK, text="09:05 技术部来电", at=accident.at("09:05")))
    assert accident.case.last_at is not None
    assert accident.case.last_at >= before


def test_a_round_whose_limit_was_agreed_to_lie_later_stays_open_beside_the_next(accident):
    _raised_to_three(accident)
    later = accident.now + timedelta(days=5)
    accident.does(c.AgreeDue(by=DESK, task="daily", due=later, evidence=("县政府来函",)))
    accident.moves_to("+2d 09:00")
    assert accident.case.tasks["daily"].status == Status.OPEN
    assert accident.case.tasks["daily"].overdue_at is None
    assert accident.case.tasks["daily#2"].round == 2


def test_nobody_is_reminded_of_an_offer_and_a_declined_one_has_no_clock(accident):
    accident.does(c.Assess(by=DESK, facts={"people_gathered": 3}))
    accident.does(
        c.AgreeDue(by="duty-officer", task="go", due=accident.now + timedelta(days=2), evidence=("电话约定",))
    )
    accident.moves_to("+3d 09:00")
    assert not [
        event for event in accident.events if isinstance(event, e.ClockReminded | e.ClockFellDue) and event.key == "go"
    ]
    accident.does(c.Decline(by="duty-officer", task="go", reason="已有人在场"))
    assert accident.case.tasks["go"].remind_at is None
    assert accident.case.tasks["go"].status == Status.DECLINED


def test_another_report_brings_only_what_this_plan_can_take(accident):
    accident.does(
        c.Absorb(
            by=DESK,
            other="7",
            facts={
                "people_gathered": "说不清",
                "restored_at": "昨天",
                "affected_area": "city",
                "lasting": 5,
                "weather": "雨",
            },
        )
    )
    assert accident.case.facts["affected_area"] == "city"
    assert not {"people_gathered", "restored_at", "lasting", "weather"} & set(accident.case.facts)


def test_a_tick_that_brought_nothing_is_not_asked_for_again(accident):
    """At 10:40 the outage has lasted two hours, which makes it level III; but level II is proposed already."""
    accident.does(c.Assess(by=DESK, facts={"affected_area": "province"}))
    for office in (DESK, "technology-dept"):
        accident.does(c.Complete(by=office, task="phone-report"))
    for task in ("written-report", "tell-traders"):
        accident.moves_to("10:11")
        accident.does(c.Acknowledge(by=DESK, task=task))
    accident.moves_to("10:39")
    two_hours = accident.at("10:40")
    assert wake_at(accident.program, accident.case, accident.now) == two_hours
    version = accident.case.version
    accident.does(c.Tick())  # nothing yet
    accident.now = two_hours
    accident.does(c.Tick())
    assert accident.case.version == version
    wakes = wake_at(accident.program, accident.case, two_hours)
    assert wakes is None or wakes > two_hours


def test_the_issue_of_a_warning_may_add_to_what_was_approved_and_change_nothing_of_it(story, program_with):
    program = program_with(
        {
            "    suggests: level\n": "    suggests: level\n    form: incident-report\n",
        }
    )
    story.program = program
    story.does(c.ProposeWarning(by=DESK, colour="blue", contents={"summary": "暴雨"}))
    story.does(c.ApproveWarning(by="leading-group"))
    changed = story.is_refused(c.IssueWarning(by=DESK, contents={"summary": "冰雹"}))
    assert changed.code == "warning.contents"
    assert "基本情况" in changed.say("zh")
    story.does(c.IssueWarning(by=DESK, contents={"happened": "2026-03-05T01:00:00+00:00"}))
    assert story.case.contents["summary"] == "暴雨"
    assert story.case.contents["happened"]


# --- approvals live and end with their paper


def _drafted(accident):
    accident.does(c.Draft(by="settlement-dept", task="tell-traders", fields={}))
    return accident


def test_the_approval_of_a_paper_that_ends_with_its_task_ends_once(accident):
    accident.moves_to("09:11")
    _drafted(accident)
    brought = accident.does(c.Assess(by=DESK, drop_types=("trading-accident",)))
    ended = [event.key for event in brought if isinstance(event, e.TaskTerminated)]
    assert sorted(ended) == sorted(set(ended))
    assert {"tell-traders", "tell-traders!1"} <= set(ended)


def test_approvals_asked_of_several_at_once_outlast_a_corrected_clock(story, program_with):
    """Each approver has an instance in his own name, which is not the name of anybody the task itself stands for."""
    story.program = program_with(
        {"    approve: director\n": "    approve: {who: [director, risk-director], mode: each}\n"}
    )
    story.does(c.OpenIncident(by=DESK, title="交易系统中断", occurred=story.at("08:40")))
    for office in (DESK, "technology-dept"):
        story.does(c.Complete(by=office, task="phone-report"))
    story.does(c.Draft(by=DESK, task="written-report", fields={"summary": "08:40 起交易中断"}))
    story.does(c.Correct(by=DESK, instants={"occurred": story.at("08:35")}))
    assert {"written-report!1@director", "written-report!1@risk-director"} <= story.live


# --- levels


def test_a_scale_that_comes_to_apply_proposes_its_level_at_once(story, program_with):
    story.program = program_with(
        {
            "    of: incident\n": "    of: incident\n    when: people_gathered > 0\n",
            "when: lasting >= 2h and not known(restored_at)": "when: judgement",  # time would make it look again
        }
    )
    story.does(c.OpenIncident(by=DESK, title="聚集", facts={"affected_area": "city"}))
    assert not story.case.standings
    story.does(c.Assess(by=DESK, facts={"people_gathered": 3}))
    assert story.case.standings["level"].proposed == "III"


# --- stages

ALL_STAGES = "stages: [intake, assessment, response, recovery, review, closed]"


def _started(story):
    story.does(
        c.OpenIncident(by=DESK, title="交易系统中断", occurred=story.at("08:40"), facts={"affected_area": "county"})
    )
    story.does(c.ConfirmLevel(by=DESK, level="IV"))
    story.does(c.StartResponse(by="leading-group"))
    return story


def test_a_stage_that_the_plan_does_not_have_is_never_entered(story, program_with):
    story.program = program_with({ALL_STAGES: "stages: [intake, assessment, closed]"})
    story.does(c.OpenIncident(by=DESK, title="交易系统中断", facts={"affected_area": "county"}))
    story.does(c.ConfirmLevel(by=DESK, level="IV"))
    refusal = story.is_refused(c.StartResponse(by="leading-group"))
    assert refusal.code == "stage.none"
    assert "处置" in refusal.say("zh")


def test_a_review_does_not_go_round_the_end_of_the_response(story, program_with):
    """Where the plan has no recovery, the end leads to the review; whoever may review may not end."""
    story.program = program_with({ALL_STAGES: "stages: [intake, assessment, response, review, closed]"})
    _started(story)
    assert story.is_refused(c.BeginReview(by="leading-group")).code == "stage.wrong"
    story.does(c.EndResponse(by="leading-group", reason="平息"))
    assert story.case.stage == "review"


def test_a_response_that_was_started_is_ended_before_the_case_is_closed():
    """The Luohe plan has a decision to start that does not concern every case; a start without it is a start as well."""
    story = Story(library_program("luohe-finance"), starts="2026-03-05 09:00")
    story.does(c.OpenIncident(by="mechanism-office", title="停业"))
    story.does(c.ConfirmLevel(by="central-agencies", level="I", reason="研判认定"))
    story.does(c.StartResponse(by="concerned-departments"))
    assert story.is_refused(c.CloseCase(by="mechanism-office")).code == "stage.wrong"


def test_a_case_closed_without_a_response_is_judged_anew_when_it_is_reopened(story, program_with):
    """At recovery nobody could start the response any more that was not thought necessary at first."""
    story.program = program_with(
        {
            "  review: {kind: record": "  begin: {kind: decision, name: {zh: 是否启动, en: Start}, settles: start, who: leading-group}\n"
            "  review: {kind: record"
        }
    )
    story.does(c.OpenIncident(by=DESK, title="交易系统中断", facts={"affected_area": "county"}))
    story.does(c.ConfirmLevel(by=DESK, level="IV"))
    story.does(c.Decide(by="leading-group", task="begin", value=False))
    story.does(c.Complete(by="leading-group", task="review", fields={"cause": "human"}))
    story.does(c.CloseCase(by=DESK))
    story.does(c.ReopenCase(by=DESK, reason="次日又中断"))
    assert story.case.stage == "assessment"


# --- what stood before


def test_a_reopened_case_does_not_catch_up_on_the_rounds_of_the_time_it_was_over(accident):
    _raised_to_three(accident)
    accident.does(c.Complete(by=DESK, task="daily"))
    accident.does(c.Dismiss(by=DESK, reason="误报"))
    accident.moves_to("+10d 09:00")
    accident.does(c.ReopenCase(by=DESK, reason="不是误报"))
    accident.moves_to("09:10")
    assert [key for key in accident.case.tasks if key.startswith("daily")] == ["daily", "daily#2"]
    assert accident.task("daily#2").overdue_at is None


IN_WORKING_HOURS = {
    "who: technology-dept, form: accident-record, word: 立即": "who: technology-dept, form: accident-record, when: working_hours, word: 立即"
}


def _opened_at_nine(story, program_with):
    story.program = program_with(IN_WORKING_HOURS)
    story.does(
        c.OpenIncident(
            by=DESK,
            title="交易系统中断",
            types=("trading-accident",),
            occurred=story.at("08:40"),
            detected=story.at("08:45"),
        )
    )
    assert "diagnose" in story.live
    return story


def test_a_duty_that_stands_again_did_stand_whatever_the_hour(story, program_with):
    _opened_at_nine(story, program_with)
    story.does(c.Assess(by=DESK, drop_types=("trading-accident",)))
    assert "diagnose" not in story.live
    story.moves_to("22:00")
    story.does(c.Assess(by=DESK, types=("trading-accident",)))
    assert "diagnose" in story.live


def test_a_duty_that_never_stood_then_but_stands_now_is_opened_in_the_same_breath(story, program_with):
    _opened_at_nine(story, program_with)
    story.moves_to("+1d 09:30")
    story.does(c.Correct(by=DESK, instants={"detected": story.at("+0d 09:30") - timedelta(hours=11)}))
    assert "diagnose" in story.live


def test_nobody_is_asked_to_approve_the_paper_of_a_task_that_was_waived(accident):
    accident.moves_to("09:11")
    _drafted(accident)
    assert "tell-traders!1" in accident.live
    accident.does(c.Waive(by="director", task="tell-traders", reason="已当面告知"))
    assert not {key for key in accident.live if key.startswith("tell-traders")}


def test_what_was_done_by_everybody_is_open_again_when_another_owes_it(story, program_with):
    """The rolling watch had ended with the last report; a further trader must report, so it goes on."""
    story.program = program_with(
        {"    when: crowd\n": "    when: not known(done(dispute))\n    again: {until: known(done(dispute))}\n"}
    )
    story.does(c.OpenIncident(by=DESK, title="交易系统中断", types=("trading-accident",)))
    story.does(c.Register(by=DESK, party="disputing-trader", ref="first"))
    assert "receive-delegates" in story.live
    story.does(c.Sign(by="settlement-dept", task="dispute@first", signer="first"))
    story.does(c.Complete(by="settlement-dept", task="dispute@first", fields={"cause": "human"}))
    assert "receive-delegates" not in story.live
    story.does(c.Register(by=DESK, party="disputing-trader", ref="second"))
    assert "receive-delegates" in story.live


def test_an_occurrence_that_somebody_reopens_stays_open_until_something_is_done(story):
    story.does(c.OpenOccurrence(by=DESK, kind="standing", title="设备检查", task="check-equipment"))
    story.does(c.Complete(by="technology-dept", task="check-equipment"))
    assert story.case.is_over
    story.does(c.ReopenCase(by=DESK, reason="漏查一处"))
    assert not story.case.is_over
    story.does(c.AddTask(by=DESK, name="补查机房", who="technology-dept", reason="漏查"))
    story.does(c.Complete(by="technology-dept", task="added-1", note="已补查"))
    assert story.case.is_over


@pytest.mark.parametrize(
    ("settles", "value"), [("level", True), ("level", "VII"), ("types", True), ("types", []), ("types", ["weather"])]
)
def test_what_is_no_level_and_no_type_is_refused_before_a_form_is_filled_with_it(story, program_with, settles, value):
    story.program = program_with(
        {
            "  review: {kind: record": f"  judge: {{kind: decision, name: {{zh: 判定, en: Judge}}, settles: {settles}, who: duty-office, form: incident-report}}\n"
            "  review: {kind: record"
        }
    )
    story.does(c.OpenIncident(by=DESK, title="交易系统中断", occurred=story.at("08:40")))
    refusal = story.is_refused(c.Decide(by=DESK, task="judge", value=value, fields={"summary": "中断"}))
    assert refusal.code in ("level.unknown", "type.unknown", "task.value-missing")
