"""Every rule: its page, its examples, and what they give."""

import pytest

from muster.plans.check import Rule, check, rules
from muster.plans.check.examples import SMALLEST, Example, marked_lines, plan_of
from muster.plans.reading import read_plan

BAD = [pytest.param(rule, each, id=f"{rule.code}-{n}") for rule in rules() for n, each in enumerate(rule.bad, 1)]
GOOD = [pytest.param(rule, each, id=f"{rule.code}-{n}") for rule in rules() for n, each in enumerate(rule.good, 1)]


def findings(plan: str) -> list[tuple[str, int]]:
    return [(each.rule, each.line) for each in check(read_plan(plan))]


def test_the_smallest_plan_has_no_findings() -> None:
    assert findings(SMALLEST) == []


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_gives_exactly_this_finding_at_the_marked_line(rule: Rule, example: Example) -> None:
    plan = plan_of(example)
    assert findings(plan) == [(rule.code, line) for line in marked_lines(plan)]


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_gives_no_finding(rule: Rule, example: Example) -> None:
    assert findings(plan_of(example)) == []
