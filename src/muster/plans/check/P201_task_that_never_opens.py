"""Conditions of a task, and of the groups around it, that cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        conditions = [*task.while_, *task.when]
        if plan.boxes.can_hold([each.tree for each in conditions]):
            continue
        key = "when" if task.when else "while"
        said = " and ".join(each.source for each in conditions)
        yield Found(
            plan.task(task, key),
            Words(
                f"“{task.name.zh}”永远不会出现，条件不能同时成立：{said}",
                f"“{task.name.say('en')}” can never open; this cannot hold: {said}",
            ),
        )


RULE = Rule(
    code="P201",
    name=Words("永远不会出现的任务", "task that never opens"),
    severity=Severity.ERROR,
    what=Words(
        "任务自己的 while、when 与外层各组的条件合起来不可能成立。",
        "The `while` and `when` of a task, with those of the groups around it, cannot all hold.",
    ),
    why=Words(
        "任务写在预案里，事发时却从不出现，也没有人会发现少了它。",
        "The task stands in the plan and never on anybody's list, and nobody will miss it.",
    ),
    mend=Words("改条件，或把任务移出这一组", "mend a condition, or move the task out of its group"),
    bad=(
        Example(
            """\
tasks:
  large:
    name: {zh: 较大事件, en: Larger}
    while: level == high
    tasks:
      extra: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, cite: 五,
        when: people < 5 and people > 8}  # <-
"""
        ),
        Example(
            """\
tasks:
  large:
    name: {zh: 较大事件, en: Larger}
    while: level == high
    tasks:
      small:
        while: level == low  # <-
        tasks:
          extra: {kind: action, name: {zh: 就地处理, en: Settle it on the spot}, who: office, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  large:
    name: {zh: 较大事件, en: Larger}
    while: level == high
    tasks:
      extra: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, when: people > 5 or not known(people), cite: 五}
"""
        ),
    ),
    find=find,
)
