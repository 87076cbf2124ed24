"""A group without a single task."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words
from muster.plans.shapes import SECTION_KEY


def find(plan: View) -> Iterator[Found]:
    for group in plan.edition.groups.values():
        if group.id not in plan.index.by_group:
            yield Found(
                (SECTION_KEY[group.section], group.id),
                Words(f"任务组“{group.name.zh}”是空的", f"the group “{group.name.say('en')}” holds no task"),
            )


RULE = Rule(
    code="P215",
    name=Words("空的任务组", "empty group"),
    severity=Severity.WARNING,
    what=Words("任务组里没有任务。", "A group of tasks holds none."),
    why=Words(
        "标题还在，措施没写。翻到这一级响应的人会以为无事可做。",
        "The heading is there, the measures are not: whoever comes to it finds nothing to do.",
    ),
    mend=Words("写上任务，或删去这一组", "write its tasks, or drop the group"),
    bad=(
        Example(
            """\
tasks:
  large: {name: {zh: 较大事件响应, en: Larger}, while: level == high, tasks: {}}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  large:
    name: {zh: 较大事件响应, en: Larger}
    while: level == high
    tasks: {extra: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, cite: 五}}
"""
        ),
    ),
    find=find,
)
