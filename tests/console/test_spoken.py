"""Conditions and clocks of a plan, said as sentences."""

import pytest
from django.utils import translation

from muster.console import spoken
from muster.engine import Program
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
        assert spoken.clock(program, due) == "事发起1小时"
    with translation.override("en"):
        assert spoken.clock(program, due) == "1 h from occurrence"


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
        assert spoken.condition(program, [group.while_]) == "Ⅲ级以上"


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
