"""Every event is one readable line in both languages."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from tests.programs import small_program

from muster.drills.stressing import stress
from muster.engine import Program
from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.narrating import _TELL, Importance, actor_of, criterion_says, level_says, narrate, narration
from muster.engine.state import NEW, Case
from muster.plans.model import Words

AT = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)


def test_every_kind_of_event_has_its_line():
    assert set(_TELL) == set(e.AnyEvent.__args__)


def _line(program: Program, case: Case, event: e.AnyEvent) -> Words:
    return narrate(program, case, event)


def test_a_confirmed_level_is_said_with_its_grounds(story, accident):
    confirmed = e.LevelConfirmed(at=AT, by="leading-group", scale="level", level="III", because=("III-1", "III-2"))
    said = _line(story.program, NEW, confirmed)
    assert said.zh == "事件级别确认为Ⅲ级 较大（依据Ⅲ-1、Ⅲ-2）"
    assert said.en == "Level of the incident confirmed as level III, larger (by Ⅲ-1, Ⅲ-2)"
    assert actor_of(story.program, confirmed).zh == "应急处理工作领导小组"


def test_a_raised_level_says_from_where():
    said = narration(
        small_program(), NEW, e.LevelConfirmed(at=AT, scale="level", level="III", previous="IV", reason="扩散")
    )
    assert said.says.zh == "事件级别由Ⅳ级 一般升为Ⅲ级 较大"
    assert said.detail.zh == "扩散"
    assert said.importance is Importance.KEY


def test_an_overdue_clock_names_task_office_and_local_time(story, accident):
    story.moves_to("09:40")
    event = next(event for event in story.events if isinstance(event, e.ClockFellDue) and "technology" in event.key)
    said = _line(story.program, story.case, event)
    assert said.zh == "电话报告（技术部）逾期，应于09:40前完成"
    assert said.en == "Phone report (Technology department) is overdue, was due 09:40"


def test_a_report_says_to_whom_and_how_late(story, accident):
    story.moves_to("09:52").does(c.Complete(by="technology-dept", task="phone-report", reason="在查原因"))
    event = next(event for event in reversed(story.events) if isinstance(event, e.TaskCompleted))
    said = _line(story.program, story.case, event)
    assert said.zh == "电话报告（技术部）已报县政府、县金融工作局（迟12分，在查原因）"
    assert "12 min late" in said.en


def test_facts_are_said_with_their_questions_and_units():
    said = _line(small_program(), NEW, e.FactsAnswered(at=AT, facts={"people_gathered": 1200, "affected_area": "city"}))
    assert said.zh == "聚集人数：1,200人；影响范围：全市"
    assert said.en == "People gathered: 1,200 people; Area affected: the whole city"


def test_an_answer_taken_back_is_said():
    assert "不清楚" in _line(small_program(), NEW, e.FactsAnswered(at=AT, facts={"people_gathered": None})).zh


def test_levels_and_criteria_carry_the_numeral_that_plans_print():
    scale = small_program().edition.scales["level"]
    assert level_says(scale, "II") == Words("Ⅱ级 重大", "level II, major")
    assert level_says(small_program().edition.scales["colour"], "blue").zh == "蓝色"
    assert criterion_says("III-2") == "Ⅲ-2"
    assert criterion_says("trend") == "trend"


def test_no_event_of_random_cases_is_left_without_words():
    for seed in range(10):
        result = stress(small_program(), random.Random(seed), 60)
        assert not [breach for breach in result.breaches if breach.rule == "narrated"]
