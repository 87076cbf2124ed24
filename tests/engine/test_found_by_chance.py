"""What random commands once found: each stays mended."""

from __future__ import annotations

from datetime import timedelta

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine import wake_at
from muster.engine.state import Status

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
