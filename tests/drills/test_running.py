"""What a scenario says happens, at the instant it says; and what it expects is held against what came out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.scenarios import found_instead

from muster.drills.running import Outcome
from muster.engine import replay
from muster.engine.state import Status

NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


def test_clocks_act_at_their_own_instant_between_the_inputs(drill):
    run = drill("expect: [{at: 3h, stage: intake}]")
    fell_due = [(event.key, event.at) for event in run.events if type(event).__name__ == "ClockFellDue"]
    # The phone report is due an hour, the written one ninety minutes after 08:40.
    assert ("phone-report@duty-office", NINE + timedelta(minutes=40)) in fell_due
    assert ("written-report", NINE + timedelta(minutes=70)) in fell_due


def test_a_condition_of_time_opens_its_task_at_that_minute(drill):
    run = drill("expect: [{at: 9m, not_owed: [tell-traders]}, {at: 10m, owed: [tell-traders]}]")
    assert run.passed, found_instead(run)


def test_an_input_that_is_refused_without_being_expected_fails_the_run(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, summary: 停}}
  - {at: 5m, confirm: {by: duty-office, level: II}}
"""
    )
    assert [verdict.word for verdict in run.failures] == ["allowed"]
    assert "应急处理工作领导小组" in run.failures[0].found.zh
    assert run.failures[0].line == 8


def test_a_refusal_that_is_expected_is_no_failure(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, summary: 停}}
  - {at: 5m, confirm: {by: duty-office, level: II}}
expect:
  - {at: 5m, refused: true, says: 领导小组}
"""
    )
    assert run.passed, found_instead(run)


def test_a_refusal_in_other_words_than_expected_fails(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, summary: 停}}
  - {at: 5m, confirm: {by: duty-office, level: II}}
expect:
  - {at: 5m, refused: true, says: 审计}
"""
    )
    assert [word for word, _ in found_instead(run)] == ["refused"]


def test_an_input_that_was_to_be_refused_and_was_allowed_fails(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, summary: 停}}
  - {at: 5m, assess: {by: duty-office, facts: {affected_area: county}}}
expect:
  - {at: 5m, refused: true}
"""
    )
    assert found_instead(run) == [("refused", "获准")]


def test_of_several_inputs_at_one_instant_the_verb_says_which_is_refused(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, summary: 停}}
  - {at: 5m, assess: {by: duty-office, facts: {affected_area: county}}}
  - {at: 5m, start: {by: leading-group}}
expect:
  - {at: 5m, refused: start}
"""
    )
    assert run.passed, found_instead(run)


def test_who_does_what_the_office_may_in_time_is_met_and_scored(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, occurred: -20m, summary: 停}}
  - {at: 30m, complete: {task: phone-report, by: duty-officer}}
  - {at: 50m, complete: {task: phone-report, by: technology-dept}}
expect:
  - {at: 30m, met: [phone-report], for: duty-office, told: [county-government, finance-bureau]}
  - {at: 40m, overdue: [phone-report]}
  - {at: 50m, late: {phone-report: 10m}, for: technology-dept, done: [phone-report]}
"""
    )
    assert run.passed, found_instead(run)
    outcomes = {clock.key: clock.outcome for clock in run.clocks}
    assert outcomes["phone-report@duty-office"] is Outcome.MET
    assert outcomes["phone-report@technology-dept"] is Outcome.LATE


def test_told_counts_from_the_expectation_before(drill):
    run = drill(
        """
expect:
  - {at: 40m, told: [technology-dept, duty-office]}
  - {at: 41m, told: []}
"""
    )
    assert run.passed, found_instead(run)


def test_an_empty_list_means_that_there_is_none(drill):
    run = drill("expect: [{at: 9m, overdue: []}, {at: 10m, overdue: []}]")
    assert [word for word, _ in found_instead(run)] == ["overdue"]
    assert "向交易商通报情况" in run.failures[0].found.zh


def test_a_list_names_at_least_these(drill):
    run = drill("expect: [{at: 0m, owed: [diagnose]}]")
    assert run.passed


@pytest.mark.parametrize(
    ("expectation", "found"),
    [
        ("stage: 处置", "接报"),
        ("level: III", "无"),
        ("types: [gathering]", "交易事故"),
        ("lead: [director]", "值班室"),
        ("due: {phone-report: 41m}", "09:40"),
        ("done: [diagnose]", "在办"),
        ("terminated: [diagnose]", "在办"),
        ("met: [phone-report]", "限09:40"),
        ("late: {phone-report: 1m}", "限09:40"),
        ("told: [county-government]", "技术部"),
        ("not_told: [technology-dept]", "通知了技术部"),
        ("not_owed: [diagnose]", "在办"),
        ("papers: [written-report]", "没有书面报告"),
        ("missed: [diagnose]", "在办"),
        ("closed_by: closed", "仍在办理"),
        ("question: people_gathered", "影响范围"),
        ("proposed: II", "无"),
        ("colour: blue", "无"),
    ],
)
def test_a_failing_expectation_says_what_was_found_instead(drill, expectation, found):
    run = drill(f"expect: [{{at: 0m, {expectation}}}]")
    assert len(run.failures) == 1
    assert found in run.failures[0].found.zh
    assert run.failures[0].found.en


def test_because_lists_every_criterion_that_holds(drill):
    text = """
inputs:
  - {{at: 0m, report: {{by: duty-office, occurred: -3h, summary: 停, facts: {{trading_interrupted: true, affected_area: city}}}}}}
expect:
  - {{at: 0m, proposed: {{level: III, because: [{because}]}}}}
"""
    assert drill(text.format(because="III-1, III-2")).passed
    assert not drill(text.format(because="III-1")).passed


def test_a_release_needs_its_approvals_and_completing_it_publishes(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, type: trading-accident, occurred: -40m, summary: 停}}
  - {at: 5m, complete: {task: tell-traders, by: settlement-dept}}
  - {at: 6m, draft: {task: tell-traders, by: settlement-dept, note: 第一稿}}
  - {at: 7m, approve: {task: tell-traders, by: risk-director}}
  - {at: 8m, approve: {task: tell-traders, by: director}}
  - {at: 9m, confirm: {by: leading-group, level: III, reason: 已过半小时}}
  - {at: 10m, publish: {task: tell-traders, by: leading-group}}
  - {at: 11m, complete: {task: "sheet:accident-tell-traders", by: risk-director}}
expect:
  - {at: 5m, refused: true}
  - {at: 10m, refused: true}
  - {at: 11m, done: ["sheet:notify-traders-30min"], told: [all-traders], papers: [tell-traders]}
"""
    )
    assert run.passed, found_instead(run)


def test_a_warning_is_proposed_approved_issued_adjusted_and_lifted(drill):
    run = drill(
        """
inputs:
  - {at: 0m, propose: {by: duty-office, colour: 蓝色, reason: 预告暴雨}}
  - {at: 5m, issue: {by: duty-office}}
  - {at: 10m, approve: {by: leading-group}}
  - {at: 15m, issue: {by: duty-office, colour: blue}}
  - {at: 20m, adjust: {by: duty-office, colour: yellow, reason: 雨势增大}}
  - {at: 25m, approve: {by: leading-group, colour: red}}
  - {at: 26m, approve: {by: leading-group, colour: yellow}}
  - {at: 30m, issue: {by: leading-group}}
  - {at: 1d 09:00, lift: {by: leading-group, reason: 雨停}}
expect:
  - {at: 5m, refused: true}
  - {at: 15m, colour: 蓝, owed: [verify], not_owed: [yellow-meeting]}
  - {at: 20m, proposed: yellow, colour: blue}
  - {at: 25m, refused: true, says: 不是红色}
  - {at: 30m, colour: yellow, owed: [yellow-meeting]}
  - {at: end, stage: closed, closed_by: lifted}
"""
    )
    assert run.passed, found_instead(run)


def test_a_hazard_is_a_case_of_its_own(drill):
    run = drill(
        """
inputs:
  - {at: 0m, open: {by: technology-dept, kind: hazard, title: 蓄电池鼓包}}
  - {at: 1h, close: {by: duty-office}}
  - {at: 2h, complete: {task: rectify, by: technology-dept}}
  - {at: 3h, close: {by: duty-office}}
expect:
  - {at: 0m, owed: [rectify], due: {rectify: 2026-04-03 09:00}}
  - {at: 1h, refused: true, says: 整改}
  - {at: end, closed_by: close}
"""
    )
    assert run.passed, found_instead(run)


def test_a_party_goes_by_its_name_in_the_scenario_and_not_in_the_journal(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, type: trading-accident, summary: 停, parties: [{party: disputing-trader, name: 王某}]}}
  - {at: 10m, register: {by: duty-office, party: disputing-trader, name: 李某}}
  - {at: 20m, sign: {by: settlement-dept, task: dispute, for: 李某, signer: 李某, refused: true, reason: 不认可}}
  - {at: 30m, complete: {by: settlement-dept, task: dispute, for: 李某, fields: {定性: 人为}}}
expect:
  - {at: 30m, done: [dispute], for: 李某}
  - {at: 30m, owed: [dispute], for: 王某}
"""
    )
    assert run.passed, found_instead(run)
    assert all("李某" not in repr(event) for event in run.events)


def test_what_people_write_becomes_the_value_that_is_meant(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, summary: 停, type: 交易事故, occurred: "08:40", facts: {聚集人数: 1.2千人, 影响范围: 全市, trading_interrupted: 是}}}
  - {at: 2h, assess: {by: duty-office, facts: {restored_at: 90m}}}
"""
    )
    assert run.passed, found_instead(run)
    assert run.case.facts["people_gathered"] == 1200
    assert run.case.facts["affected_area"] == "city"
    assert run.case.facts["trading_interrupted"] is True
    assert run.case.facts["restored_at"] == "2026-03-03T02:30:00+00:00"
    assert run.case.instants["occurred"] == NINE - timedelta(minutes=20)


def test_what_nobody_did_before_the_end_is_missed(drill):
    run = drill("expect: [{at: 2h, stage: 接报}, {at: end, missed: ['sheet:written-90min']}]")
    assert run.passed, found_instead(run)
    assert {clock.outcome for clock in run.clocks if clock.task == "written-report"} == {Outcome.MISSED}


def test_the_record_tells_every_event_in_both_languages(drill):
    run = drill("expect: [{at: 2h, stage: 接报}]")
    assert [entry.event for entry in run.entries if entry.kind == "event"] == list(run.events)
    assert all(entry.says.zh and entry.says.en for entry in run.entries)


def test_the_events_of_a_run_are_the_case_again(drill):
    run = drill("expect: [{at: 2d 09:30, stage: 接报}]")
    assert replay(run.events) == run.case
    assert run.case.is_drill


def test_completing_the_approval_of_a_paper_is_approving_it(drill):
    run = drill(
        """
inputs:
  - {at: 0m, report: {by: duty-office, occurred: -10m, summary: 停}}
  - {at: 1m, complete: {task: phone-report, by: duty-office}}
  - {at: 1m, complete: {task: phone-report, by: technology-dept}}
  - {at: 2m, draft: {task: written-report, by: duty-office, fields: {summary: 停}}}
  - {at: 3m, complete: {task: written-report!1, by: director}}
  - {at: 4m, send: {task: written-report, by: duty-office}}
expect:
  - {at: 3m, done: [written-report!1]}
  - {at: 4m, done: [written-report]}
"""
    )
    assert run.passed, found_instead(run)
    assert run.case.tasks["written-report"].status == Status.COMPLETED
