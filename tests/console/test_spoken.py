"""Conditions and clocks of a plan, said as sentences."""

import pytest
from django.utils import translation

from muster.console import spoken
from muster.engine import Program
from muster.plans.reading import read_plan
from muster.plans.shelf import read_library_plan


@pytest.fixture(scope="module")
def program() -> Program:
    return Program(read_library_plan("luohe-finance").edition)


def said(program: Program, criterion: str, language: str) -> str:
    scale = program.edition.scales["level"]
    when = next(each.when for each in scale.criteria if each.id == criterion)
    with translation.override(language):
        return spoken.condition(program, [when])


def test_a_limit_is_said_with_its_anchor(program):
    due = program.edition.tasks["phone-report"].due
    with translation.override("zh-hans"):
        assert spoken.clock(program, due) == "事发后1小时内"
    with translation.override("en"):
        assert spoken.clock(program, due) == "within 1 hour of occurrence"


def test_no_limit_is_nothing(program):
    assert spoken.clock(program, None) == ""
    assert spoken.condition(program, []) == ""


@pytest.mark.parametrize(
    ("criterion", "chinese", "english"),
    [
        ("IV-1", "发生范围为一个县区，且影响范围为一个县区",
         "Where it arose is One county or district and How far its influence reaches is One county or district"),
        ("IV-2", "县区能单独应对，且非“需跨县区协调”",
         "The county can cope alone and not: Coordination across counties is needed"),
        ("I-1", "影响范围为全国", "How far its influence reaches is The whole country"),
    ],
)  # fmt: skip
def test_conditions_are_said_with_the_plans_own_names(program, criterion, chinese, english):
    assert said(program, criterion, "zh-hans") == chinese
    assert said(program, criterion, "en") == english


def test_levels_in_conditions_go_by_their_names(program):
    group = program.edition.groups["raised"]
    with translation.override("zh-hans"):
        assert spoken.condition(program, [group.while_]) == "事件级别为Ⅲ级及以上"


def test_every_expression_of_the_plan_can_be_said_in_both_languages(program):
    edition = program.edition
    expressions = [
        e for task in edition.tasks.values() for e in (*task.while_, *task.when, task.due, task.aim, task.since) if e
    ]
    expressions += [c.when for scale in edition.scales.values() for c in scale.criteria if c.when]
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for each in expressions:
                words = spoken.condition(program, [each])
                assert words
                assert "==" not in words
                assert "(" not in words or language == "en"


PLAN = """
id: office
title: t
edition: "1"
issuer: x
posts: {clerk: {name: {zh: 文员, en: Clerk}}}
parties: {guests: {name: {zh: 宾客, en: Guests}, many: true}}
settings:
  limit: {name: {zh: 处理时限, en: Time limit}, type: duration, value: 30m}
  unset: {name: {zh: 未定时限, en: Open limit}, type: duration, value: 0m}
facts:
  cut: {name: {zh: 已停水, en: Water is off}, type: bool}
  hurt: {name: {zh: 伤者人数, en: Persons hurt}, type: int, unit: {zh: 人, en: persons}}
  gone: {name: {zh: 离开时间, en: Left at}, type: instant}
  ways: {name: {zh: 渠道, en: Channels}, type: set, values: {phone: {zh: 电话, en: Phone}, mail: {zh: 信函, en: Mail}}}
scales: {level: {name: {zh: 级别, en: Level}, of: incident, levels: {low: {name: {zh: 低, en: Low}}, high: {name: {zh: 高, en: High}}}}}
types: {fire: {name: {zh: 火灾, en: Fire}}, flood: {name: {zh: 水灾, en: Flood}}}
tasks:
  call: {kind: report, name: {zh: 报告, en: Report}, who: clerk, to: guests}
  go: {kind: action, name: {zh: 到场, en: Go}, who: clerk, when: WHEN, due: DUE}
"""


def small(when: str = "cut", due: str = "occurred + 1h") -> Program:
    loaded = read_plan(PLAN.replace("WHEN", f'"{when}"').replace("DUE", f'"{due}"'))
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition)


@pytest.mark.parametrize(
    ("when", "chinese", "english"),
    [
        ("fire in types or flood in types", "类型为火灾或水灾", "type is Fire or Flood"),
        ("not known(started)", "尚未启动响应", "the response has not started"),
        ("known(ended)", "已终止响应", "the response has ended"),
        ("not known(cut) or cut", "已停水（或尚不清楚）", "Water is off, or not known yet"),
        ("not known(hurt) or hurt < 3", "伤者人数不到3人（或尚不清楚）", "Persons hurt is less than 3 persons, or not known yet"),
        ("not known(cut) or not cut", "非“已停水”（或尚不清楚）", "not: Water is off, or not known yet"),
        ("known(cut) and cut", "已停水", "Water is off"),
        ("not (cut and hurt >= 3)", "并非（已停水，且伤者人数在3人以上）",
         "not (Water is off and Persons hurt is at least 3 persons)"),
        ("not known(level)", "级别尚未确认", "Level is not confirmed yet"),
        ("known(confirmed(level)) and level < high", "级别已确认，且级别不到高", "Level is confirmed and Level is less than High"),
        ("known(done(call))", "“报告”已完成", "“Report” is done"),
        ("not known(done(call))", "“报告”尚未完成", "“Report” is not done yet"),
        ("not known(gone)", "“离开时间”尚不清楚", "“Left at” is not known yet"),
        ("hurt >= 3", "伤者人数在3人以上", "Persons hurt is at least 3 persons"),
        ("hurt < 3", "伤者人数不到3人", "Persons hurt is less than 3 persons"),
        ("count(guests) >= 1", "有宾客", "there is: Guests"),
        ("phone in ways", "渠道包括电话", "Channels include Phone"),
        ("not working_hours", "非工作时间", "outside working hours"),
        ("elapsed(occurred) > limit", "事发至今超过处理时限（30分钟）",
         "time since occurrence is more than Time limit (30 minutes)"),
    ],
)  # fmt: skip
def test_conditions_are_said_as_an_office_says_them(when, chinese, english):
    program = small(when=when)
    parts = program.edition.tasks["go"].when
    with translation.override("zh-hans"):
        assert spoken.condition(program, parts) == chinese
    with translation.override("en"):
        assert spoken.condition(program, parts) == english


@pytest.mark.parametrize(
    ("due", "chinese", "english"),
    [
        ("occurred + 24h", "事发后24小时内", "within 24 hours of occurrence"),
        ("occurred + 3d", "事发后3天内", "within 3 days of occurrence"),
        ("reported + 5wd", "接报后5个工作日内", "within 5 working days of report received"),
        ("end_of_day(reported)", "接报当日内", "by the end of the day of report received"),
        ("next(friday, reported)", "自接报起首个周五当日内", "by the end of the first Friday on or after report received"),
        ("first_known(occurred, detected) + 10m", "事发（不明的按发现）后10分钟内",
         "within 10 minutes of occurrence (where not known: detection)"),
        ("first_known(received(call), done(call)) + 15m", "“报告”送达或完成后15分钟内",
         "within 15 minutes of receipt or completion of “Report”"),
        ("reported + limit", "接报后处理时限（30分钟）内", "within Time limit (30 minutes) of report received"),
        ("reported + unset", "接报后未定时限（未设定）内", "within Open limit (not set) of report received"),
        ("gone", "不迟于离开时间", "no later than Left at"),
        ("if cut then occurred + 1h else reported + 2h", "已停水时事发后1小时内，否则接报后2小时内",
         "within 1 hour of occurrence if Water is off, else within 2 hours of report received"),
    ],
)  # fmt: skip
def test_limits_are_said_with_what_they_count_from(due, chinese, english):
    program = small(due=due)
    given = program.edition.tasks["go"].due
    with translation.override("zh-hans"):
        assert spoken.clock(program, given) == chinese
    with translation.override("en"):
        assert spoken.clock(program, given) == english
