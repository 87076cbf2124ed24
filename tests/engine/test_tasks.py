"""Tasks of every kind: who may, what must come first, what proves it done."""

from __future__ import annotations

from collections.abc import Callable

from muster.engine import Program
from muster.engine.clocks import open_question, waits_for
from muster.engine.commands import (
    AddTask,
    Appoint,
    Approve,
    Arrive,
    Assess,
    Complete,
    ConfirmLevel,
    Decide,
    Decline,
    Direct,
    Draft,
    Jot,
    OpenIncident,
    Publish,
    Register,
    Send,
    Sign,
    Take,
    Waive,
    Withdraw,
)
from muster.engine.state import Status
from muster.testing.story import Story


def gathering(story: Story, people: int) -> Story:
    story.does(OpenIncident(by="duty-office", title="聚集", occurred=story.at("08:50")))
    story.does(Assess(by="duty-office", facts={"people_gathered": people}, types=("gathering",)))
    return story


def test_a_task_is_refused_to_those_whose_it_is_not(accident: Story) -> None:
    refusal = accident.is_refused(Complete(by="settlement-dept", task="diagnose"))
    assert refusal.code == "task.not-yours"
    assert "技术部" in refusal.say("zh")
    assert accident.is_refused(Complete(by="nobody-at-all", task="diagnose")).code == "actor.unknown"
    assert accident.is_refused(Complete(task="diagnose")).code == "actor.missing"


def test_a_mistyped_task_gets_a_hint(accident: Story) -> None:
    refusal = accident.is_refused(Take(by="duty-office", task="phone-repotr"))
    assert refusal.code == "task.unknown"
    assert "phone-report" in refusal.say("en")


def test_the_form_takes_over_what_is_known_and_asks_for_what_is_missing(accident: Story) -> None:
    refusal = accident.is_refused(Complete(by="technology-dept", task="diagnose"))
    assert refusal.code == "form.missing"
    assert "定性" in refusal.say("zh")
    accident.does(Complete(by="technology-dept", task="diagnose", fields={"cause": "human"}))
    assert accident.task("diagnose").fields == {"cause": "human"}


def test_what_must_come_before_is_named(accident: Story) -> None:
    state = accident.task("decide-close")
    assert [each.key for each in waits_for(accident.program, accident.case, state)] == ["diagnose"]
    refusal = accident.is_refused(Decide(by="leading-group", task="decide-close", value=True))
    assert refusal.code == "task.waits"
    assert "查明故障" in refusal.say("zh")


def test_a_decision_settles_its_fact_and_an_answer_settles_the_decision(accident: Story) -> None:
    accident.does(Complete(by="technology-dept", task="diagnose", fields={"cause": "human"}))
    assert accident.is_refused(Decide(by="leading-group", task="decide-close", value="也许")).code == "fact.wrong"
    accident.does(Decide(by="leading-group", task="decide-close", value=True))
    assert accident.case.facts["early_close"] is True
    assert accident.task("decide-close").value is True


def test_a_meeting_with_six_delegates_is_refused_with_the_plan_s_sentence(story: Story) -> None:
    gathering(story, 8)
    six = {"cause": "human", "delegates": ["一", "二", "三", "四", "五", "六"]}
    refusal = story.is_refused(Complete(by="director", task="receive-delegates", fields=six))
    assert (refusal.code, refusal.say("zh")) == ("task.check", "代表应为 3 至 5 人")
    story.does(Complete(by="director", task="receive-delegates", fields={**six, "delegates": six["delegates"][:4]}))


def test_a_time_in_a_form_is_compared_as_a_time(program_with: Callable[..., Program]) -> None:
    check = "done: {that: form.happened >= occurred, say: 不能早于发生}"
    story = Story(
        program_with({"    form: incident-report\n": f"    form: incident-report\n    {check}\n"}),
        starts="2026-03-05 09:00",
    )
    story.does(OpenIncident(by="duty-office", title="中断", occurred=story.at("08:40")))
    phoned = [Complete(by=by, task="phone-report") for by in ("duty-office", "technology-dept")]
    for command in phoned:
        story.does(command)
    fields = {"summary": "x", "happened": story.at("08:30").isoformat()}
    story.does(Draft(by="duty-office", task="written-report", fields=fields))
    story.does(Approve(by="director", task="written-report"))
    assert story.is_refused(Send(by="duty-office", task="written-report")).code == "task.check"


def test_a_duty_once_there_does_not_vanish_when_the_fact_turns(story: Story) -> None:
    gathering(story, 8)
    story.does(Assess(by="duty-office", facts={"people_gathered": 2}))
    assert "receive-delegates" in story.live


def test_a_task_that_waits_for_an_answer_names_the_question(story: Story) -> None:
    story.does(OpenIncident(by="duty-office", title="不明"))
    task = story.program.edition.tasks["receive-delegates"]
    assert open_question(story.program, story.case, task, story.now) == "people_gathered"


def test_an_offer_may_be_declined_what_is_owed_may_not(story: Story) -> None:
    gathering(story, 3)
    assert story.task("go").status == Status.OFFERED
    story.does(Decline(by="duty-officer", task="go", reason="电话已能掌握情况"))
    assert story.task("go").status == Status.DECLINED
    story.hears()
    story.does(Decline(by="duty-office", task="phone-report", reason="线路故障"))
    assert story.task("phone-report@duty-office").status == Status.OPEN
    assert "climbed" in story.hears()["duty-officer"]


def test_one_leaves_before_one_arrives(story: Story) -> None:
    gathering(story, 3)
    assert story.is_refused(Arrive(by="duty-officer", task="go")).code == "task.not-left"
    story.does(Take(by="duty-officer", task="go"))
    story.moves_to("09:20")
    story.does(Arrive(by="duty-officer", task="go"))
    state = story.task("go")
    assert (story.clock(state.taken_at), story.clock(state.arrived_at)) == ("03-05 09:00", "03-05 09:20")
    assert state.status == Status.COMPLETED


def test_waiving_needs_the_right_and_a_reason(accident: Story) -> None:
    assert accident.is_refused(Waive(by="duty-office", task="diagnose", reason="x")).code == "right.not-yours"
    assert accident.is_refused(Waive(by="director", task="diagnose")).code == "reason.missing"
    accident.does(Waive(by="director", task="diagnose", reason="厂商已定位"))
    assert waits_for(accident.program, accident.case, accident.task("decide-close")) == ()


def test_every_party_registered_has_a_task_and_its_name_stays_out_of_the_journal(accident: Story) -> None:
    accident.does(Register(by="duty-office", party="disputing-trader", name="张三"))
    accident.does(Register(by="duty-office", party="disputing-trader", ref="t-2"))
    assert {"dispute@disputing-trader-1", "dispute@t-2"} <= accident.live
    assert all("张三" not in str(event) for event in accident.events)
    accident.does(Withdraw(by="duty-office", party="disputing-trader", ref="t-2", reason="和解"))
    assert accident.task("dispute@t-2").how == "withdrawn"


def test_a_signature_may_be_refused_and_is_then_recorded(accident: Story) -> None:
    accident.does(Register(by="duty-office", party="disputing-trader", ref="t-1"))
    complete = Complete(by="settlement-dept", task="dispute@t-1", fields={"cause": "human"})
    assert accident.is_refused(complete).code == "paper.unsigned"
    accident.does(Sign(by="settlement-dept", task="dispute@t-1", signer="t-1", refused=True, reason="不认可金额"))
    accident.does(complete)
    assert accident.task("dispute@t-1").signatures[0].refused


def test_a_post_of_the_case_is_filled_from_those_the_plan_names(accident: Story) -> None:
    accident.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    accident.does(ConfirmLevel(by="leading-group", level="III"))
    refusal = accident.is_refused(Appoint(by="leading-group", post="spokesperson", to=("duty-officer",)))
    assert refusal.code == "actor.outside"
    accident.does(Appoint(by="leading-group", post="spokesperson", to=("risk-director",)))
    assert accident.task("name-speaker").status == Status.COMPLETED
    assert accident.program.acts_for(accident.case, "risk-director", "spokesperson")


def test_a_measure_outside_the_plan_is_recorded_as_such(accident: Story) -> None:
    command = AddTask(by="director", name="请厂商驻场", who="technology-dept", due=accident.at("12:00"))
    assert accident.is_refused(command).code in ("reason.missing", "right.not-yours")
    accident.does(
        AddTask(by="duty-office", name="请厂商驻场", who="technology-dept", due=accident.at("12:00"), reason="故障反复")
    )
    for paper_act in (Draft, Approve, Send, Publish, Sign, Arrive):
        assert accident.is_refused(paper_act(by="technology-dept", task="added-1")).code == "task.not-kind"
    accident.moves_to("12:01")
    assert "added-1" in accident.overdue
    accident.does(Complete(by="technology-dept", task="added-1"))


def test_the_one_who_received_the_call_may_write_it_down(program_with: Callable[..., Program]) -> None:
    story = Story(
        program_with({"to: [county-government, finance-bureau]": "to: [settlement-dept]"}), starts="2026-03-05 09:00"
    )
    story.does(OpenIncident(by="duty-office", title="中断", occurred=story.at("08:40")))
    story.does(Complete(by="settlement-dept", task="phone-report", for_="technology-dept"))
    assert story.task("phone-report@technology-dept").ended_by == "settlement-dept"


def test_what_happened_is_written_down_with_its_own_time(accident: Story) -> None:
    accident.moves_to("10:00")
    accident.does(Jot(by="duty-office", text="厂商到场", at=accident.at("09:30")))
    assert accident.clock(accident.events[-1].at) == "03-05 09:30"
    assert accident.is_refused(Jot(by="duty-office", text="将来", at=accident.at("11:00"))).code == "time.future"


def test_a_direction_reaches_those_it_is_for(accident: Story) -> None:
    accident.hears()
    accident.does(Direct(by="director", to=("technology-dept",), text="一小时内查明", kind="chase"))
    assert accident.hears() == {"technology-dept": {"direction"}}
    assert accident.is_refused(Direct(by="director", to=(), text="")).code == "directive.empty"
