"""What the plans of the library ask of the engine beyond tasks and clocks: answers, addressees, signatures, types."""

from __future__ import annotations

from muster.engine import Program, WorkCalendar
from muster.engine.commands import (
    Acknowledge,
    Assess,
    CloseCase,
    Complete,
    Decide,
    Draft,
    OpenIncident,
    OpenOccurrence,
    Publish,
    Register,
    Sign,
    StartResponse,
)
from muster.plans import shelf
from muster.plans.reading import read_plan
from muster.testing.story import Story

HEAD = """
id: market-hall
title: {zh: 市场应急预案, en: Market plan}
edition: "1"
issuer: {zh: 市场, en: Market}
posts:
  officer: {name: {zh: 值班员, en: Duty officer}}
  engineer: {name: {zh: 工程师, en: Engineer}}
  manager: {name: {zh: 经理, en: Manager}}
  head: {name: {zh: 负责人, en: Head}}
parties:
  operator: {name: {zh: 运营商, en: Operator}}
  trader: {name: {zh: 商户, en: Trader}, many: true, personal: true}
facts:
  broken: {name: {zh: 已损坏, en: Broken}, ask: {zh: 坏了吗？, en: Is it broken?}, type: bool}
  proved: {name: {zh: 属实, en: Proved}, ask: {zh: 属实吗？, en: Is it true?}, type: bool}
  late_by: {name: {zh: 拖延, en: Delay}, type: duration, is: detected - occurred}
types: {fire: {name: {zh: 火灾, en: Fire}}, theft: {name: {zh: 失窃, en: Theft}}}
forms:
  note: {name: {zh: 记录, en: Note}, fields: {text: {name: {zh: 内容, en: Text}, type: text, required: true}}}
"""


def story(rest: str, *, starts: str = "2026-03-05 09:00") -> Story:
    loaded = read_plan(HEAD + rest)
    assert loaded.edition is not None, [(each.line, each.says.en) for each in loaded.findings]
    return Story(Program(loaded.edition, WorkCalendar.from_table(shelf.calendar_table())), starts=starts)


def reported(rest: str) -> Story:
    told = story(rest)
    told.does(OpenIncident(by="officer", title="停电", occurred=told.at("08:40"), detected=told.at("08:50")))
    return told


# --- a report that wants an answer

ASKING = """
tasks:
  ask: {kind: report, name: {zh: 询问技术, en: Ask}, who: officer, to: [engineer, operator], reply: true, due: reported + 10m, before: closed}
  handle: {kind: action, name: {zh: 处置, en: Then}, who: officer, after: ask}
stages: [intake, closed]
"""


def test_a_report_that_wants_an_answer_is_done_when_the_answers_have_come() -> None:
    told = reported(ASKING)
    told.does(Complete(by="officer", task="ask"))
    assert told.task("ask").late == 0, "the limit is for the asking"
    assert {"ask~engineer", "ask~operator"} <= told.live
    assert told.is_refused(Complete(by="officer", task="handle")).code == "task.waits"
    assert told.is_refused(CloseCase(by="officer")).code == "stage.open-tasks"
    told.does(Acknowledge(by="engineer", task="ask"))
    assert "ask~engineer" in told.live, "a receipt is no answer"
    told.does(Acknowledge(by="engineer", task="ask", note="是保险丝"))
    told.does(Acknowledge(by="officer", task="ask", note="运营商电话答复：线路正常"))
    assert told.task("ask~engineer").note == "是保险丝"
    told.does(Complete(by="officer", task="handle"))
    told.does(CloseCase(by="officer"))


def test_an_answer_that_is_owed_is_told_to_whoever_owes_it() -> None:
    told = reported(ASKING)
    told.hears()
    told.does(Complete(by="officer", task="ask"))
    assert "owed" in told.hears()["engineer"]
    assert told.program.task_name(told.task("ask~engineer")).zh == "答复：询问技术"


# --- to any of several, or to the next one up

LADDER = """
tasks:
  up: {kind: report, name: {zh: 逐级上报, en: Up}, who: officer, to: [manager, head], reach: up}
  any: {kind: report, name: {zh: 报其一, en: Any}, who: officer, to: [manager, head], reach: any}
  each: {kind: report, name: {zh: 都报, en: Each}, who: officer, to: [manager, head], cc: engineer}
"""


def test_the_next_level_up_is_told_and_those_above_are_not() -> None:
    told = reported(LADDER)
    told.does(Complete(by="officer", task="up"))
    assert told.task("up").to == ("manager",)
    assert told.is_refused(Acknowledge(by="head", task="up")).code == "task.not-yours"
    told.does(Acknowledge(by="manager", task="up"))


def test_where_any_will_do_it_goes_to_the_one_that_was_told() -> None:
    told = reported(LADDER)
    assert told.is_refused(Complete(by="officer", task="any", to=("engineer",))).code == "report.not-addressee"
    told.does(Complete(by="officer", task="any", to=("head",)))
    assert told.task("any").to == ("head",)


def test_where_each_must_be_told_nobody_can_be_left_out() -> None:
    told = reported(LADDER)
    refusal = told.is_refused(Complete(by="officer", task="each", to=("head",)))
    assert refusal.code == "report.each"
    assert "经理" in refusal.say("zh")
    told.does(Complete(by="officer", task="each"))
    assert told.task("each").to == ("manager", "head", "engineer")


# --- decisions

DECISIONS = """
stages: [intake, assessment, response, closed]
scales: {level: {levels: [low, high], criteria: {high-1: {level: high, when: broken}}}}
tasks:
  sort: {kind: decision, name: {zh: 定类, en: Sort}, who: officer, settles: types, form: sorting}
  grade: {kind: decision, name: {zh: 定级, en: Grade}, who: manager, settles: level, after: sort, form: grading}
  lead: {kind: decision, name: {zh: 牵头, en: Lead}, who: head, settles: start}
  prove: {kind: decision, name: {zh: 认定, en: Prove}, who: [officer, manager], mode: any, settles: proved, after: collect,
          done: [{that: by != done_by(collect), say: {zh: 须由另一人认定, en: Somebody else has to decide}}]}
  collect: {kind: record, name: {zh: 取证, en: Collect}, who: officer, form: note}
"""
FORMS = """
  sorting: {name: {zh: 定类单, en: Sorting}, fields: {types: {name: {zh: 类别, en: Types}, type: set, values: [fire, theft], from: types}}}
  grading: {name: {zh: 定级单, en: Grading}, fields: {
    level: {name: {zh: 级别, en: Level}, type: level, from: level},
    why: {name: {zh: 依据, en: Why}, type: text, required: true}}}
"""


def test_a_decision_can_set_the_types_of_an_incident() -> None:
    told = reported(FORMS + DECISIONS)
    assert told.is_refused(Decide(by="officer", task="sort", value="flood")).code == "type.unknown"
    told.does(Decide(by="officer", task="sort", value=["fire", "theft"]))
    assert told.case.types == ("fire", "theft")
    assert told.task("sort").fields["types"] == ["fire", "theft"], "the form sees what is decided with it"


def test_setting_the_types_settles_the_decision_that_asked_for_them() -> None:
    told = reported(FORMS + DECISIONS)
    told.does(Assess(by="officer", types=("theft",)))
    assert "sort" in told.done


def test_a_decision_about_the_level_keeps_its_form_and_waits_like_any_other() -> None:
    told = reported(FORMS + DECISIONS)
    told.does(Assess(by="officer", facts={"broken": True}))
    assert told.is_refused(Decide(by="manager", task="grade", value="high")).code == "task.waits"
    told.does(Decide(by="officer", task="sort", value="fire"))
    assert told.is_refused(Decide(by="manager", task="grade", value="high")).code == "form.missing"
    told.does(Decide(by="manager", task="grade", value="high", fields={"why": "已坏"}))
    assert told.case.level() == "high"
    assert told.task("grade").fields == {"level": "high", "why": "已坏"}


def test_the_lock_of_a_decision_holds_at_the_other_door_as_well() -> None:
    told = reported(FORMS + DECISIONS)
    assert told.is_refused(Assess(by="officer", facts={"proved": True})).code == "task.waits"
    told.does(Complete(by="officer", task="collect", fields={"text": "录音"}))
    assert "另一人" in told.is_refused(Assess(by="officer", facts={"proved": True})).say("zh")
    told.does(Decide(by="manager", task="prove", value=True))
    assert told.case.facts["proved"] is True


def test_where_the_level_is_judged_after_the_start_the_start_asks_for_none() -> None:
    asks = reported(FORMS + DECISIONS)
    assert asks.is_refused(StartResponse(by="head")).code == "stage.ungraded"
    later = reported(FORMS + DECISIONS.replace("after: sort, form: grading", "after: lead, form: grading"))
    later.does(StartResponse(by="head"))
    assert later.case.stage == "response"


def test_a_scale_for_one_type_grades_no_incident_of_another() -> None:
    told = reported(FORMS + DECISIONS.replace("levels: [low", "when: theft in types, levels: [low"))
    told.does(Assess(by="officer", types=("fire",)))
    told.does(StartResponse(by="head"))
    assert told.case.stage == "response"


def test_an_incident_that_is_decided_not_to_be_run_can_be_closed() -> None:
    told = reported(FORMS + DECISIONS)
    assert told.is_refused(CloseCase(by="head")).code == "stage.wrong"
    told.does(Decide(by="head", task="lead", value=False))
    told.does(CloseCase(by="head"))
    assert told.case.stage == "closed"


def test_who_has_no_right_under_a_condition_is_told_what_it_hangs_on() -> None:
    told = reported("rights: {close: {who: head, when: proved}}\nstages: [intake, closed]\n")
    refusal = told.is_refused(CloseCase(by="head"))
    assert refusal.code == "right.nobody-now"
    assert "属实：不清楚" in refusal.say("zh")


# --- signatures and papers

SETTLING = """
  terms: {name: {zh: 和解方案, en: Terms}, fields: {terms: {name: {zh: 内容, en: Terms}, type: text, required: true}}}
tasks:
  settle: {kind: record, name: {zh: 和解, en: Settle}, who: officer, form: terms, sign: [officer, trader]}
  tell: {kind: release, name: {zh: 通报, en: Tell}, who: officer, to: operator, due: reported + 10m}
"""


def settling() -> Story:
    told = story(SETTLING)
    told.does(OpenIncident(by="officer", title="纠纷"))
    told.does(Register(by="officer", party="trader", ref="t1"))
    told.does(Register(by="officer", party="trader", ref="t2"))
    return told


def test_everybody_present_signs_or_his_refusal_is_recorded() -> None:
    told = settling()
    told.does(Draft(by="officer", task="settle", fields={"terms": "退款"}))
    told.does(Sign(by="officer", task="settle"))
    told.does(Sign(by="officer", task="settle", signer="t1"))
    assert told.is_refused(Complete(by="officer", task="settle")).code == "paper.unsigned"
    told.does(Sign(by="officer", task="settle", signer="t2", refused=True, reason="要再想想"))
    told.does(Complete(by="officer", task="settle"))


def test_who_signed_has_signed_the_text_that_he_saw() -> None:
    told = settling()
    told.does(Draft(by="officer", task="settle", fields={"terms": "退款"}))
    for signer in ("officer", "t1", "t2"):
        told.does(Sign(by="officer", task="settle", signer=signer))
    assert told.is_refused(Complete(by="officer", task="settle", fields={"terms": "不退"})).code == "paper.changed"
    told.does(Draft(by="officer", task="settle", fields={"terms": "退一半"}))
    assert told.is_refused(Complete(by="officer", task="settle")).code == "paper.unsigned"


def test_a_late_release_says_why() -> None:
    told = settling()
    told.moves_to("09:13")
    told.does(Publish(by="officer", task="tell", reason="等待核实"))
    assert (told.task("tell").late, told.task("tell").reason) == (180, "等待核实")


# --- looking back

BACK = """
tasks:
  weekend: {kind: action, name: {zh: 节假日值守, en: Weekend}, who: officer, when: holiday and not known(started)}
  again: {kind: record, name: {zh: 请示, en: Ask again}, who: officer, form: note, again: {on: [answer], least: 1, until: proved}}
  answer: {kind: decision, name: {zh: 批复, en: Answer}, who: head, settles: proved, again: {on: [again], least: 1}}
  written: {kind: record, name: {zh: 迟报说明, en: Written}, who: officer, form: delay}
"""
DELAY = "  delay: {name: {zh: 迟报, en: Delay}, fields: {late_by: {name: {zh: 拖延, en: Delay}, type: duration, from: late_by}}}\n"


def test_a_duty_that_stood_is_not_undone_by_what_happened_after_it() -> None:
    told = story(DELAY + BACK, starts="2026-03-07 09:00")  # a Saturday
    told.does(OpenIncident(by="officer", title="停电"))
    assert "weekend" in told.live
    told.moves_to("09:30")
    told.does(StartResponse(by="head"))
    told.moves_to("10:30")
    assert "weekend" in told.live


def test_what_recurs_upon_a_decision_sees_what_was_decided() -> None:
    told = reported(DELAY + BACK)
    told.does(Complete(by="officer", task="again", fields={"text": "一"}))
    told.does(Decide(by="head", task="answer", value=False))
    assert "again#2" in told.live
    told.does(Complete(by="officer", task="again", fields={"text": "二"}))
    told.does(Decide(by="head", task="answer#2", value=True))
    assert not any(key.startswith("again") for key in told.live)
    assert "again#3" not in told.case.tasks


def test_a_form_takes_over_what_is_computed() -> None:
    told = reported(DELAY + BACK)
    told.does(Complete(by="officer", task="written"))
    assert told.task("written").fields["late_by"] == 600


# --- what recurs between incidents

STANDING = """
standing:
  meeting: {kind: meeting, name: {zh: 周例会, en: Weekly meeting}, who: manager, again: {rule: "FREQ=WEEKLY;BYDAY=FR", by: "17:00", moved: before}}
  minutes: {kind: record, name: {zh: 会议纪要, en: Minutes}, who: officer, form: note, after: meeting}
  drill: {kind: record, name: {zh: 演练, en: Drill}, who: manager, form: note, again: {every: 2y}}
"""


def test_an_occurrence_is_due_at_the_end_of_its_period_and_brings_what_follows_upon_it() -> None:
    told = story(STANDING, starts="2026-09-28 09:00")
    told.does(OpenOccurrence(by="manager", kind="standing", task="meeting", title="例会"))
    assert told.clock(told.task("meeting").due_at) == "09-30 17:00", "the Friday is a holiday: the working day before"
    assert told.live == {"meeting", "minutes"}
    told.does(Complete(by="manager", task="meeting"))
    told.moves_to("+20d 09:00")
    assert "meeting#2" not in told.case.tasks, "the next week is another case"
    assert told.live == {"minutes"}
    told.does(Complete(by="officer", task="minutes", fields={"text": "议定三项"}))
    assert told.case.stage == "closed", "what is finished is filed by itself"


# --- what an organisation has not set yet

UNSET = """
settings: {limit: {name: {zh: 规定时限, en: Prescribed time}, type: duration}}
tasks:
  handle: {kind: action, name: {zh: 处理, en: Handle}, who: officer, due: reported + limit}
"""


def test_a_limit_that_the_organisation_has_not_set_is_no_limit_and_never_late() -> None:
    told = reported("  unused: {name: {zh: 空, en: None}, fields: {a: {name: {zh: 甲, en: A}, type: text}}}" + UNSET)
    assert told.task("handle").due_at is None
    told.moves_to("+300d 09:00")
    assert not told.overdue


def test_a_limit_that_is_set_holds() -> None:
    told = reported(
        "  unused: {name: {zh: 空, en: None}, fields: {a: {name: {zh: 甲, en: A}, type: text}}}"
        + UNSET.replace("type: duration}", "type: duration, value: 2h}")
    )
    assert told.clock(told.task("handle").due_at) == "03-05 11:00"
