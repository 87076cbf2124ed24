"""A task that should keep a stage from beginning which the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.before is not None and task.before not in plan.edition.stages:
            yield Found(
                plan.task(task, "before"),
                Words(
                    f"“{task.name.zh}”须在 {task.before.value} 阶段之前完成，而预案没有这个阶段",
                    f"“{task.name.say('en')}” is due before the stage `{task.before.value}`, which the plan does not use",
                ),
            )


RULE = Rule(
    code="P206",
    name=Words("把关的阶段不存在", "guard on a stage not used"),
    severity=Severity.WARNING,
    what=Words("before 所写的阶段不在 stages 中。", "`before` names a stage that is not among the plan's `stages`."),
    why=Words(
        "写了“未办完不得进入”，而那个阶段从不开始，关口不在预想的地方起作用。",
        "“Not before this is done” guards a stage that never begins, so it does not act where the plan wants it.",
    ),
    mend=Words("在 stages 中加上它，或改为预案使用的阶段", "add the stage to `stages`, or name one that the plan uses"),
    bad=(
        Example(
            """\
stages: [intake, response, closed]
tasks:
  list-losses: {kind: action, name: {zh: 清点损失, en: List the losses}, who: office, cite: 六,
    before: recovery}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
stages: [intake, response, recovery, closed]
tasks:
  list-losses: {kind: action, name: {zh: 清点损失, en: List the losses}, who: office, before: recovery, cite: 六}
"""
        ),
    ),
    find=find,
)
